"""On paper: the whole book as one PDF. (Each page as a browser prints it: test_print.py.)"""

import collections
import os
import subprocess
import sys
from xml.etree import ElementTree

import pikepdf
import pytest
import yaml
from browsing import ROOT

from paper import Paper, chapters_of, facts_of, flaws, holds, squeezed

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def facts(html, browser):
    """Return what each page says that it holds."""
    return facts_of(html, browser, chapters_of(html))


@pytest.fixture(scope="module")
def book(html, tmp_path_factory):
    """Return the PDF of the whole book."""
    folder = tmp_path_factory.mktemp("pdf")
    site = os.path.relpath(html, ROOT)
    command = [sys.executable, ROOT / "tools/pdf.py", "en", "--site", site, "--to", folder]
    subprocess.run(command, check=True, cwd=ROOT)
    return Paper((folder / "book-en.pdf").read_bytes())


def test_only_the_last_page_of_a_chapter_is_half_blank(book, facts):
    starts = {page for name, page in book.anchors.items() if "--" not in name}
    assert len(starts) == len(facts) + 1  # and the solutions
    within = set(range(min(starts), len(book))) - {page - 1 for page in starts}
    assert [page for page in sorted(within) if book.half_blank(page - 1)] == []


def test_outputs_stand_below_their_code(book, facts):
    pairs = [pair for found in facts.values() for pair in found["outputs"]]
    joints = [squeezed(above)[-20:] + squeezed(output)[:20] for above, output in pairs]
    assert len(joints) > 200
    assert [joint for joint in joints if not any(joint in text for text in book.texts)] == []


def test_every_question_has_its_choices(book, facts):
    assert book.text.count("☐") == sum(found["choices"] for found in facts.values()) > 100


def contents_of(book):
    """Return (anchor, text) of every line of the contents, which stand behind the title page."""
    first = book.anchors["/intro"]
    return [link for number in range(1, first - 1) for link in book.links(number)]


def bookmarks_of(book):
    """Return (title, page) of every bookmark."""
    with book.parts.open_outline() as outline:
        items = [item for chapter in outline.root for item in (chapter, *chapter.children)]
    return [(item.title, book.numbers[item.destination[0].objgen]) for item in items]


def test_contents_and_bookmarks_name_the_right_pages(book, facts):
    lines, bookmarks = contents_of(book), bookmarks_of(book)
    assert len(lines) > 120
    for (anchor, text), (title, page) in zip(lines, bookmarks, strict=True):
        assert page == book.anchors[anchor]
        # The letters alone: in a PDF a formula may come behind the line that it stands in.
        assert sorted(text) == sorted(squeezed(f"{title}{page}"))
    pages = [page for _, page in bookmarks]
    assert pages == sorted(pages)
    titles = {title for found in facts.values() for title in found["headings"]}
    known = [(title, page) for title, page in bookmarks if title in titles]
    assert len(known) > 100
    wrong = [(title, page) for title, page in known if not holds(book.texts[page - 1], title)]
    assert wrong == []


def test_the_book_holds_every_page(book, facts):
    assert list(flaws(book)) == []
    titles = [title for found in facts.values() for title in found["headings"]]
    assert [title for title in titles if not holds(book.text, title)] == []
    pictures = [picture for found in facts.values() for picture in found["pictures"]]
    assert book.named("/Figure") == collections.Counter(pictures)


def test_every_formula_is_read_aloud(book, facts):
    formulas = collections.Counter(
        " ".join(tex.split()) for found in facts.values() for tex in found["formulas"]
    )
    assert formulas.total() > 5000
    assert formulas - book.named("/Formula") == collections.Counter()  # contents repeat some
    for formula in parts_of(book, "/Formula"):
        spoken = formula.AF[0].EF.F.read_bytes()
        assert ElementTree.fromstring(spoken).tag.endswith("math"), spoken


def parts_of(book, kind):
    """Return the parts of the structure with that tag."""
    found = [part for part in book.parts.objects if isinstance(part, pikepdf.Dictionary)]
    return [part for part in found if "/P" in part and part.get("/S") == kind]


def test_nothing_is_called_what_it_is_not(book):
    assert [figure for figure in parts_of(book, "/Figure") if "/Alt" not in figure] == []
    assert parts_of(book, "/Form") == []


def test_links_say_where_they_lead(book):
    links = [link for page in book.parts.pages for link in page.get("/Annots", [])]
    assert len(links) > 1000
    assert [link for link in links if not str(link.get("/Contents", "")).strip()] == []


def test_links_lead_within_the_book_or_to_the_web(book, facts):
    targets = [target for number in range(len(book)) for target, _ in book.links(number)]
    within = [target for target in targets if target.startswith("/")]
    assert len(within) > 1000
    assert [target for target in within if target not in book.anchors] == []
    external = {address for found in facts.values() for address in found["external"]}
    assert set(targets) - set(within) == external
    assert len(external) > 40


def test_every_solution_is_where_its_exercise_says(book):
    said = [
        (target, text)
        for number in range(len(book))
        for target, text in book.links(number)
        if target.startswith("/solution--") and text.startswith(squeezed("Hint and solution"))
    ]
    assert len(said) > 50
    assert [text for target, text in said if not text.endswith(f"page{book.anchors[target]}")] == []


def test_readers_know_what_they_have(book):
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert str(book.parts.docinfo.Title) == config["title"]
    assert str(book.parts.docinfo.Author) == config["author"]
    assert str(book.parts.Root.Lang) == "en"
    assert [book.parts.pages[place].label for place in (0, 9)] == ["1", "10"]
    with book.parts.open_metadata() as about:
        assert about["dc:title"] == config["title"]
