"""The tool that keeps the editions together finds every way in which they can come apart."""

import copy
import json

import pytest
import yaml

import editions
import notebooks

ENGLISH = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "start",
            "metadata": {},
            "source": "(sec-start)=\n# How to begin\n\n"
            "See {numref}`fig-one` and [this part](#sec-end).",
        },
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "picture",
            "metadata": {
                "mystnb": {
                    "figure": {"caption": "A line going up.", "name": "fig-one"},
                    "image": {"alt": "A straight line rises."},
                },
                "tags": ["hide-input"],
            },
            "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}],
            "source": "print(1)",
        },
        {
            "cell_type": "markdown",
            "id": "formula",
            "metadata": {},
            "source": ":::{dropdown} Proof. It holds.\n:class: proof\n\n"
            "$$\nx = 1 \\text{ by the rule}\n$$ (eq-one)\n:::",
        },
    ]
}
CHINESE = {
    "start": {
        "text": "(sec-start)=\n# 怎样开始\n\n见{numref}`fig-one`和[这一部分](#sec-end)。",
    },
    "picture": {"caption": "一条上升的线。", "alt": "一条直线向上。"},
    "formula": {
        "text": ":::{dropdown} 证明：成立。\n:class: proof\n\n"
        "$$\nx = 1 \\text{ 由法则}\n$$ (eq-one)\n:::",
    },
}


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Return a small book, translated."""
    monkeypatch.setattr(editions, "ROOT", tmp_path)
    monkeypatch.setattr(editions, "CHINESE", tmp_path / "zh")
    write(tmp_path / "intro.ipynb", ENGLISH)
    editions.write("intro.ipynb", accept=False)
    chinese = editions.read(tmp_path / "zh/intro.ipynb")
    for cell in chinese["cells"]:
        editions.put_words(cell, CHINESE[cell["id"]])
    write(tmp_path / "zh/intro.ipynb", chinese)
    editions.write("intro.ipynb", accept=True)
    return tmp_path


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebooks.serialize(notebook), encoding="utf-8")


def test_a_translated_page_agrees(book):
    assert editions.check("intro.ipynb") == []
    chinese = editions.read(book / "zh/intro.ipynb")
    assert chinese["cells"][1]["source"] == ENGLISH["cells"][1]["source"]
    assert chinese["cells"][1]["outputs"] == ENGLISH["cells"][1]["outputs"]


def test_carrying_over_is_idempotent_and_keeps_words(book):
    before = (book / "zh/intro.ipynb").read_text(encoding="utf-8")
    editions.write("intro.ipynb", accept=False)
    assert (book / "zh/intro.ipynb").read_text(encoding="utf-8") == before


def test_code_and_outputs_are_carried_over(book):
    english = copy.deepcopy(ENGLISH)
    english["cells"][1] |= {"source": "print(2)"}
    english["cells"][1]["outputs"][0]["text"] = ["2\n"]
    write(book / "intro.ipynb", english)
    assert editions.check("intro.ipynb") == ["cell picture: it differs in more than its words"]
    editions.write("intro.ipynb", accept=False)
    assert editions.check("intro.ipynb") == []
    assert "一条上升的线。" in (book / "zh/intro.ipynb").read_text(encoding="utf-8")


def test_the_language_is_the_one_word_of_the_code_that_differs(book):
    english = copy.deepcopy(ENGLISH)
    english["cells"][1]["source"] = 'nnbook.set_language("en")\nprint("en")'
    write(book / "intro.ipynb", english)
    editions.write("intro.ipynb", accept=False)
    assert editions.check("intro.ipynb") == []
    chinese = editions.read(book / "zh/intro.ipynb")
    code = notebooks.text_of(chinese["cells"][1]["source"])
    assert code == 'nnbook.set_language("zh")\nprint("en")'
    chinese["cells"][1]["source"] = english["cells"][1]["source"]
    write(book / "zh/intro.ipynb", chinese)
    assert editions.check("intro.ipynb") == ["cell picture: it differs in more than its words"]


def test_a_translation_follows_its_words_to_another_id(book):
    english = copy.deepcopy(ENGLISH)
    for cell in english["cells"]:
        cell["id"] = f"new-{cell['id']}"
    write(book / "intro.ipynb", english)
    assert editions.write("intro.ipynb", accept=False) == []
    assert editions.check("intro.ipynb") == []
    text = (book / "zh/intro.ipynb").read_text(encoding="utf-8")
    assert "# 怎样开始" in text
    assert "一条上升的线。" in text


def test_two_cells_that_exchange_their_ids_keep_their_translations(book):
    english = copy.deepcopy(ENGLISH)
    first, last = english["cells"][0], english["cells"][2]
    first["id"], last["id"] = last["id"], first["id"]
    write(book / "intro.ipynb", english)
    assert editions.write("intro.ipynb", accept=False) == []
    assert editions.check("intro.ipynb") == []


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"id": "other", "source": "# Other words"}, "start"),
        ({"cell_type": "code", "execution_count": 1, "outputs": [], "source": "1"}, "start"),
        (None, "start"),
    ],
    ids=["renamed and rewritten", "made code", "deleted"],
)
def test_a_translation_that_would_be_lost_is_kept_and_named(
    book, change, cell, monkeypatch, capsys
):
    english = copy.deepcopy(ENGLISH)
    if change is None:
        del english["cells"][0]
    else:
        english["cells"][0] |= change
    write(book / "intro.ipynb", english)
    before = (book / "zh/intro.ipynb").read_bytes()
    monkeypatch.setattr("sys.argv", ["editions.py"])
    assert editions.main() == 1
    assert (book / "zh/intro.ipynb").read_bytes() == before
    assert f"zh/intro.ipynb: not written: cell {cell}: " in capsys.readouterr().err


def test_a_new_cell_waits_for_its_translation(book):
    english = copy.deepcopy(ENGLISH)
    new = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": "Some new words."}
    english["cells"].insert(1, new)
    write(book / "intro.ipynb", english)
    assert editions.check("intro.ipynb") == ["cell new: only in English"]
    editions.write("intro.ipynb", accept=False)
    assert editions.check("intro.ipynb") == ["cell new: not translated"]


@pytest.mark.parametrize(
    ("cell", "change", "problem"),
    [
        (0, {"source": ENGLISH["cells"][0]["source"] + " More words."}, "the English text has"),
        (1, {"metadata": {"mystnb": {"image": {"alt": "An arch."}}}}, "in more than its words"),
    ],
)
def test_a_change_in_english_is_seen(book, cell, change, problem):
    english = copy.deepcopy(ENGLISH)
    english["cells"][cell] |= change
    write(book / "intro.ipynb", english)
    assert problem in "\n".join(editions.check("intro.ipynb"))


@pytest.mark.parametrize(
    ("name", "before", "after", "problem"),
    [
        ("start", "# 怎样开始", "## 怎样开始", "headings: '##' is only in Chinese"),
        ("start", "(sec-start)=", "(sec-begin)=", "labels: 'sec-start' is only in English"),
        ("start", "fig-one", "fig-two", "references: 'numref}`fig-two' is only in Chinese"),
        ("start", "#sec-end", "#sec-other", "targets: '#sec-end' is only in English"),
        ("formula", "x = 1", "x = 2", "formulas: 'x=1' is only in English"),
        ("formula", "{dropdown}", "{admonition}", "directives: 'dropdown' is only in English"),
        ("formula", ":class: proof\n", "", "classes: 'proof' is only in English"),
        ("picture", "一条上升的线。", "A line going up.", "no Chinese in it"),
    ],
)
def test_a_change_in_chinese_is_seen(book, name, before, after, problem):
    chinese = editions.read(book / "zh/intro.ipynb")
    for cell in chinese["cells"]:
        words = editions.words_of(cell)
        if cell["id"] == name:
            editions.put_words(
                cell, {place: text.replace(before, after) for place, text in words.items()}
            )
    write(book / "zh/intro.ipynb", chinese)
    assert f"cell {name}: {problem}" in editions.check("intro.ipynb")


def test_order_and_extra_pages_are_seen(book, monkeypatch, capsys):
    chinese = editions.read(book / "zh/intro.ipynb")
    chinese["cells"].reverse()
    write(book / "zh/intro.ipynb", chinese)
    write(book / "zh/chapters/extra.ipynb", chinese)
    monkeypatch.setattr("sys.argv", ["editions.py", "--check"])
    assert editions.main() == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "zh/intro.ipynb: its cells stand in another order",
        "zh/chapters/extra.ipynb: it has no counterpart in English",
    ]


def test_a_page_of_markdown_records_its_source_in_front(book):
    (book / "chapters").mkdir()
    (book / "chapters/page.md").write_text("# A page\n\nSome words.\n", encoding="utf-8")
    assert editions.check("chapters/page.md") == ["it is missing"]
    editions.write("chapters/page.md", accept=False)
    assert editions.check("chapters/page.md") == ["not translated"]
    target = book / "zh/chapters/page.md"
    target.write_text("# 一页\n\n几个字。\n", encoding="utf-8")
    editions.write("chapters/page.md", accept=True)
    assert editions.check("chapters/page.md") == []
    assert target.read_text(encoding="utf-8").endswith("---\n\n# 一页\n\n几个字。\n")
    (book / "chapters/page.md").write_text("# A page\n\nOther words.\n", encoding="utf-8")
    assert editions.check("chapters/page.md") == [
        "the English text has changed since it was translated"
    ]


# What an edition sets for itself in _config.yml; all else is the same.
OWN = {"title", "author", "exclude_patterns", "bibtex_bibfiles"}
OWN_IN_SPHINX = {"language", "nb_code_prompt_show", "nb_code_prompt_hide", "numfig_format"}


def test_the_settings_of_the_editions_are_the_same(root):
    english, chinese = (
        yaml.safe_load((root / folder / "_config.yml").read_text(encoding="utf-8"))
        for folder in ("", "zh")
    )
    for settings in (english, chinese):
        for name in OWN:
            del settings[name]
        for name in OWN_IN_SPHINX:
            del settings["sphinx"]["config"][name]
        del settings["repository"]["path_to_book"]
        del settings["sphinx"]["local_extensions"]
    assert chinese == english


def test_the_tables_of_contents_are_the_same(root):
    english, chinese = (
        yaml.safe_load((root / folder / "_toc.yml").read_text(encoding="utf-8"))
        for folder in ("", "zh")
    )
    for contents in (english, chinese):
        for part in contents["parts"]:
            del part["caption"]
    assert json.dumps(chinese) == json.dumps(english)
