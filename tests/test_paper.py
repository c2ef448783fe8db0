"""The paper about the book: what it cites is there, and its numbers are those of the book."""

import re

import pytest
import yaml

from nnbook import claims, widgets
from nnbook.exercises import registry
from nnbook.questions import bank
from nnbook.questions.objective import OBJECTIVES

CITED = re.compile(r"@([\w-]+)")
ENTRY = re.compile(r"^@\w+\{([\w-]+),\n(.*?)^\}", re.MULTILINE | re.DOTALL)
# The parts that the journal asks for, of a learning module.
PARTS = [
    *("Summary", "Statement of need", "Learning objectives, content and sequence"),
    *("Instructional design", "How to adopt it", "Experience of use", "The story of the project"),
    *("Acknowledgements", "References"),
]


@pytest.fixture(scope="module")
def paper(root):
    return (root / "paper" / "paper.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sources(root):
    return dict(ENTRY.findall((root / "paper" / "paper.bib").read_text(encoding="utf-8")))


def test_it_cites_what_is_there_and_all_of_it(paper, sources):
    _, _, text = paper.split("---\n", 2)
    assert {*CITED.findall(text)} == {*sources}


def test_articles_have_a_doi_and_everything_else_an_address(sources):
    for key, entry in sources.items():
        fields = re.findall(r"^  (\w+)\s*= \{", entry, re.MULTILINE)
        assert {"author", "title", "year"} <= {*fields}, key
        # The proceedings of 2006 have neither.
        assert {"doi", "url"} & {*fields} or key == "parsons2006", key
        assert "journal" not in fields or "doi" in fields, key


def test_its_parts_are_those_that_the_journal_asks_for(paper):
    _, head, text = paper.split("---\n", 2)
    assert re.findall(r"^# (.+)$", text, re.MULTILINE) == PARTS
    facts = yaml.safe_load(head)
    assert {"title", "tags", "authors", "affiliations", "date", "bibliography"} <= facts.keys()
    assert 800 < len(text.split()) < 1600


def test_its_numbers_are_those_of_the_book(paper, root):
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    numbered = next(part for part in toc["parts"] if part.get("numbered"))
    numbers = {
        "14 chapters": len(numbered["chapters"]),
        "23 interactive figures": len({*widgets.__all__} - {*widgets.QUESTIONS}),
        "76 exercises": len(registry.names()),
        "54 objectives": len(OBJECTIVES.names()),
        "68 predictions": len(bank.PREDICTIONS.names()),
        "235 questions": len(bank.names()),
        "24 sentences": len(claims.names()),
    }
    text = " ".join(paper.split())
    for words, counted in numbers.items():
        said, thing = words.split(" ", 1)
        assert f" {words}" in text or f" of {words}" in text, words
        assert int(said) == counted, f"{thing}: there are {counted}"


def test_what_only_the_owner_knows_is_named_in_the_list_for_publishing(paper, root):
    """No name, affiliation or classroom is invented."""
    assert paper.count("TO BE ") == 5
    for name in ("README.md", "README.zh-CN.md"):
        assert "paper/paper.md" in (root / name).read_text(encoding="utf-8")
