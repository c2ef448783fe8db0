"""The tool that keeps the editions together finds every way in which they can come apart."""

import copy
import functools
import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import editions
import notebook_form
import translations
from nnbook.messages import LANGUAGES, TRANSLATIONS

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
    write(tmp_path / "intro.ipynb", ENGLISH)
    carry_over("intro.ipynb")
    chinese = editions.read(tmp_path / "zh/intro.ipynb")
    for cell in chinese["cells"]:
        translations.put_words(cell, CHINESE[cell["id"]])
    write(tmp_path / "zh/intro.ipynb", chinese)
    assert carry_over("intro.ipynb", accept=True) == []
    return tmp_path


def carry_over(page, *, accept=False):
    return editions.write(page, "zh", accept=accept)


check = functools.partial(editions.check, language="zh")


def write(path, notebook):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook_form.serialize(notebook), encoding="utf-8")


def test_a_translated_page_agrees(book):
    assert check("intro.ipynb") == []
    chinese = editions.read(book / "zh/intro.ipynb")
    assert chinese["cells"][1]["source"] == ENGLISH["cells"][1]["source"]
    assert chinese["cells"][1]["outputs"] == ENGLISH["cells"][1]["outputs"]


def test_carrying_over_is_idempotent_and_keeps_words(book):
    before = (book / "zh/intro.ipynb").read_text(encoding="utf-8")
    carry_over("intro.ipynb")
    assert (book / "zh/intro.ipynb").read_text(encoding="utf-8") == before


def test_code_and_outputs_are_carried_over(book):
    english = copy.deepcopy(ENGLISH)
    english["cells"][1] |= {"source": "print(2)"}
    english["cells"][1]["outputs"][0]["text"] = ["2\n"]
    write(book / "intro.ipynb", english)
    assert check("intro.ipynb") == ["cell picture: it differs in more than its words"]
    carry_over("intro.ipynb")
    assert check("intro.ipynb") == []
    assert "一条上升的线。" in (book / "zh/intro.ipynb").read_text(encoding="utf-8")


def test_the_language_is_the_one_word_of_the_code_that_differs(book):
    english = copy.deepcopy(ENGLISH)
    english["cells"][1]["source"] = 'nnbook.set_language("en")\nprint("en")'
    write(book / "intro.ipynb", english)
    carry_over("intro.ipynb")
    assert check("intro.ipynb") == []
    chinese = editions.read(book / "zh/intro.ipynb")
    code = notebook_form.text_of(chinese["cells"][1]["source"])
    assert code == 'nnbook.set_language("zh")\nprint("en")'
    chinese["cells"][1]["source"] = english["cells"][1]["source"]
    write(book / "zh/intro.ipynb", chinese)
    assert check("intro.ipynb") == ["cell picture: it differs in more than its words"]


def test_a_translation_follows_its_words_to_another_id(book):
    english = copy.deepcopy(ENGLISH)
    for cell in english["cells"]:
        cell["id"] = f"new-{cell['id']}"
    write(book / "intro.ipynb", english)
    assert carry_over("intro.ipynb") == []
    assert check("intro.ipynb") == []
    text = (book / "zh/intro.ipynb").read_text(encoding="utf-8")
    assert "# 怎样开始" in text
    assert "一条上升的线。" in text


def test_two_cells_that_exchange_their_ids_keep_their_translations(book):
    english = copy.deepcopy(ENGLISH)
    first, last = english["cells"][0], english["cells"][2]
    first["id"], last["id"] = last["id"], first["id"]
    write(book / "intro.ipynb", english)
    assert carry_over("intro.ipynb") == []
    assert check("intro.ipynb") == []


# -- What no edit of either edition may do: lose a translation ------------------------------------


def cell(name, words, source=None):
    metadata = {translations.SOURCE: translations.digest_of(source)} if source else {}
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": words}


def described(name, caption, alt=None):
    parts = {"figure": {"caption": caption}} | ({"image": {"alt": alt}} if alt else {})
    own = {"execution_count": 1, "outputs": [], "source": "1", "metadata": {"mystnb": parts}}
    return cell(name, "") | {"cell_type": "code"} | own


PAGE = [cell("a", "First words."), cell("b", "Other words."), cell("c", "Last words.")]
OWN = [
    cell("a", "甲", "First words."),
    cell("b", "乙", "Other words."),
    cell("c", "丙", "Last words."),
]
A, B, C = PAGE


@pytest.mark.parametrize(
    ("english", "chinese", "expected"),
    [
        ([cell("new", "First words."), B, C], OWN, ["甲", "乙", "丙"]),
        ([C, A, B], OWN, ["丙", "甲", "乙"]),
        ([cell("b", "First words."), cell("a", "Other words."), C], OWN, ["甲", "乙", "丙"]),
        ([cell("a", "Edited words."), B, C], OWN, ["甲", "乙", "丙"]),
        ([A, cell("new", "New words."), B, C], OWN, ["甲", "New words.", "乙", "丙"]),
        # One cell gave its id to a new one, or its words to two.
        (
            [cell("a", "New words."), cell("d", "First words."), B, C],
            OWN,
            ["New words.", *"甲乙丙"],
        ),
        ([A, cell("d", "First words."), B, C], OWN, ["甲", "First words.", "乙", "丙"]),
        ([cell("a", "First."), cell("a-2", "Words."), B, C], OWN, ["甲", "Words.", "乙", "丙"]),
        # What was renamed in the translation alone goes back to its name.
        (PAGE, [cell("z", "甲", "First words."), *OWN[1:]], ["甲", "乙", "丙"]),
        # Copies that nobody translated are no loss.
        ([B, C], [cell("a", "1 + 1"), *OWN[1:]], ["乙", "丙"]),
    ],
    ids=[
        *("renamed", "moved", "exchanged", "edited", "inserted"),
        *("id reused", "copied", "split", "renamed in Chinese", "untranslated"),
    ],
)
def test_translations_stay_with_their_words(book, english, chinese, expected):
    write(book / "intro.ipynb", {"cells": english})
    write(book / "zh/intro.ipynb", {"cells": chinese})
    assert carry_over("intro.ipynb") == []
    cells = editions.read(book / "zh/intro.ipynb")["cells"]
    assert [notebook_form.text_of(found["source"]) for found in cells] == expected
    assert [found["id"] for found in cells] == [found["id"] for found in english]


REASONS = {
    "gone": "its original is gone; move its words to where they belong and delete it",
    "fits": "the translation of another cell fits its original better; give it the id of the one",
    "twice": "its id occurs twice in the",
    "two": "its original has another translation already; keep one of the two",
    "place": "the original has no alt there any more; move its words",
    "renamed": "its original is gone; give it the id of the one that says this now (new), or move",
    "moved": "its original is in chapters/other.ipynb now; move it there",
}


@pytest.mark.parametrize(
    ("english", "chinese", "named", "reason"),
    [
        ([B, C], OWN, "a", "gone"),
        ([cell("new", "Edited."), B, C], OWN, "a", "renamed"),
        ([cell("a", "Other words."), cell("b", "First, edited."), C], OWN, "a", "fits"),
        ([A, A | {"source": "More words."}, B, C], OWN, "a", "twice"),
        (PAGE, [OWN[0], cell("a", "再"), *OWN[1:]], "a", "twice"),
        (PAGE, [cell("z", "又", "First words."), *OWN], "z", "two"),
        (PAGE, [*OWN, cell("note", "译者注")], "note", "gone"),
        ([B, C], [cell("a", "x", "First words."), *OWN[1:]], "a", "gone"),
        ([described("a", "A.")], [described("a", "一", "二")], "a", "place"),
        ([described("a", "A."), B, C], OWN, "a", "made code"),
        ([A, B], OWN, "c", "moved"),
    ],
    ids=[
        *("deleted", "renamed and edited", "exchanged and edited", "twice in English"),
        *("twice in Chinese", "two for one", "only in Chinese", "without a Chinese letter"),
        *("alternative text dropped", "made code", "moved to another page"),
    ],
)
@pytest.mark.parametrize("accept", [False, True])
def test_what_would_be_lost_is_named_and_nothing_is_written(
    book, english, chinese, named, reason, accept, monkeypatch, capsys
):
    write(book / "intro.ipynb", {"cells": english})
    write(book / "zh/intro.ipynb", {"cells": chinese})
    if reason == "moved":
        write(book / "chapters/other.ipynb", {"cells": [C]})
    before = (book / "zh/intro.ipynb").read_bytes()
    monkeypatch.setattr("sys.argv", ["editions.py", "intro.ipynb", *["--accept"] * accept])
    assert editions.main() == 1
    assert (book / "zh/intro.ipynb").read_bytes() == before
    refused = f"zh/intro.ipynb: not written: cell {named}: {REASONS.get(reason, '')}"
    assert refused in capsys.readouterr().err


def test_a_cell_that_moved_to_another_page_takes_its_translation_along(book):
    write(book / "intro.ipynb", {"cells": PAGE[:2]})
    write(book / "chapters/other.ipynb", {"cells": [C]})
    carry_over("chapters/other.ipynb")
    other = editions.read(book / "zh/chapters/other.ipynb")
    write(book / "zh/chapters/other.ipynb", {"cells": [*other["cells"], OWN[2] | {"id": "pasted"}]})
    write(book / "zh/intro.ipynb", {"cells": OWN[:2]})
    for page in ("intro.ipynb", "chapters/other.ipynb"):
        assert carry_over(page) == []
    (moved,) = editions.read(book / "zh/chapters/other.ipynb")["cells"]
    assert moved == OWN[2] | {"source": ["丙"]}


@pytest.mark.parametrize("name", ["page.md", "page.ipynb"])
def test_a_page_with_another_name_does_not_start_anew(book, name):
    for folder, words in (("chapters", PAGE), ("zh/chapters", OWN)):
        if name.endswith(".md"):
            (book / folder).mkdir(parents=True)
            (book / folder / name).write_text(words[0]["source"], encoding="utf-8")
        else:
            write(book / folder / name, {"cells": words})
    carry_over(f"chapters/{name}", accept=True)
    renamed = f"chapters/new-{name}"
    (book / f"chapters/{name}").rename(book / renamed)
    assert carry_over(renamed) == [
        f"zh/chapters/{name} is its translation under another name: rename that (git mv)"
    ]
    assert not (book / f"zh/{renamed}").exists()
    (book / f"zh/chapters/{name}").rename(book / f"zh/{renamed}")
    assert carry_over(renamed) == []
    assert "甲" in (book / f"zh/{renamed}").read_text(encoding="utf-8")


WORDS = st.sampled_from(["First words.", "Other words.", "Last words.", "New words.", ""])
NAMES = st.sampled_from("abcd")
EDITED = st.lists(st.builds(cell, NAMES, WORDS) | st.builds(described, NAMES, WORDS), max_size=5)
TEXTS = st.sampled_from(["甲", "乙", "丙", "丁", "x = 1"])
TRANSLATED = st.lists(st.builds(cell, NAMES, TEXTS, WORDS.filter(bool)), max_size=5)


@given(english=EDITED, chinese=TRANSLATED, accept=st.booleans())
def test_whatever_was_edited_every_translation_is_still_there(english, chinese, accept):
    """The page as it would be written has the words of all cells, or it is refused."""
    refused = translations.conflicts(english, chinese, "zh", lambda digest: None)
    if refused:
        return
    pairs, _ = translations.paired(english, chinese)
    page = [translations.merged(c, pairs.get(c["id"]), "zh", accept=accept) for c in english]
    said = [notebook_form.text_of(found["source"]) for found in page]
    kept = [found["source"] for found in chinese]
    assert all(said.count(words) >= kept.count(words) for words in kept)
    for cell_now, before in zip(page, english, strict=True):
        if cell_now["cell_type"] == "markdown":  # words of the original have no other's translation
            digest = translations.digest_of(notebook_form.text_of(before["source"]))
            fitting = [c for c in chinese if c["metadata"][translations.SOURCE] == digest]
            own = notebook_form.text_of(cell_now["source"])
            assert not fitting or own in [before["source"], *(c["source"] for c in fitting)]


def test_a_new_cell_waits_for_its_translation(book):
    english = copy.deepcopy(ENGLISH)
    new = {"cell_type": "markdown", "id": "new", "metadata": {}, "source": "Some new words."}
    english["cells"].insert(1, new)
    write(book / "intro.ipynb", english)
    assert check("intro.ipynb") == ["cell new: only in English"]
    carry_over("intro.ipynb")
    assert check("intro.ipynb") == ["cell new: not translated"]


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
    assert problem in "\n".join(check("intro.ipynb"))


@pytest.mark.parametrize(
    ("name", "before", "after", "problem"),
    [
        ("start", "# 怎样开始", "## 怎样开始", "headings: '##' is only in the translation"),
        ("start", "(sec-start)=", "(sec-begin)=", "labels: 'sec-start' is only in English"),
        ("start", "fig-one", "fig-two", "references: 'numref}`fig-two' is only in the translation"),
        ("start", "#sec-end", "#sec-other", "targets: '#sec-end' is only in English"),
        ("formula", "x = 1", "x = 2", "formulas: 'x=1' is only in English"),
        ("formula", "{dropdown}", "{admonition}", "directives: 'dropdown' is only in English"),
        ("formula", ":class: proof\n", "", "classes: 'proof' is only in English"),
        ("formula", "x = 1", "x = 1.5", "numbers: 1.5 is only in the translation"),
        ("picture", "一条上升的线。", "A line going up.", "its text is still English"),
    ],
)
def test_a_change_in_chinese_is_seen(book, name, before, after, problem):
    chinese = editions.read(book / "zh/intro.ipynb")
    for cell in chinese["cells"]:
        words = translations.words_of(cell)
        if cell["id"] == name:
            translations.put_words(
                cell, {place: text.replace(before, after) for place, text in words.items()}
            )
    write(book / "zh/intro.ipynb", chinese)
    assert f"cell {name}: {problem}" in check("intro.ipynb")


def test_order_and_extra_pages_are_seen(book, monkeypatch, capsys):
    chinese = editions.read(book / "zh/intro.ipynb")
    chinese["cells"].reverse()
    write(book / "zh/intro.ipynb", chinese)
    write(book / "zh/chapters/extra.ipynb", chinese)
    monkeypatch.setattr("sys.argv", ["editions.py", "--check"])
    assert editions.main() == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "zh/intro.ipynb: its cells are in a different order",
        "zh/chapters/extra.ipynb: it has no counterpart in English",
    ]


def test_a_page_of_markdown_records_its_source_in_front(book):
    (book / "chapters").mkdir()
    (book / "chapters/page.md").write_text("# A page\n\nSome words.\n", encoding="utf-8")
    assert check("chapters/page.md") == ["it is missing"]
    carry_over("chapters/page.md")
    assert check("chapters/page.md") == ["not translated"]
    target = book / "zh/chapters/page.md"
    target.write_text("# 一页\n\n几个字。\n", encoding="utf-8")
    carry_over("chapters/page.md", accept=True)
    assert check("chapters/page.md") == []
    assert target.read_text(encoding="utf-8").endswith("---\n\n# 一页\n\n几个字。\n")
    (book / "chapters/page.md").write_text("# A page\n\nOther words.\n", encoding="utf-8")
    assert check("chapters/page.md") == ["the English text has changed since it was translated"]


# What an edition sets for itself in _config.yml; all else is the same.
OWN_SETTINGS = {"title", "author", "bibtex_bibfiles"}
OWN_IN_SPHINX = {"language", "nb_code_prompt_show", "numfig_format"}


def settings(root, language, name):
    folder = root / LANGUAGES[language].folder
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_settings_of_the_editions_are_the_same(root, language):
    english, own = (settings(root, key, "_config.yml") for key in ("en", language))
    for found in (english, own):
        for name in OWN_SETTINGS:
            del found[name]
        for name in OWN_IN_SPHINX:
            del found["sphinx"]["config"][name]
        del found["repository"]["path_to_book"]
        del found["sphinx"]["local_extensions"]
    assert own == english


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_tables_of_contents_are_the_same(root, language):
    english, own = (settings(root, key, "_toc.yml") for key in ("en", language))
    for contents in (english, own):
        for part in contents["parts"]:
            part.pop("caption", None)
    assert json.dumps(own) == json.dumps(english)


def test_the_english_text_needs_no_chinese(root):
    """Chinese terms are in the glossary, where readers of both languages look for them."""
    found = {
        (path.stem, cell["id"])
        for path in (root / "intro.ipynb", *root.glob("chapters/*.ipynb"))
        for cell in editions.read(path)["cells"]
        if cell["cell_type"] == "markdown"
        and re.search("[\u4e00-\u9fff]", notebook_form.text_of(cell["source"]))
    }
    assert found == set()


def test_no_marks_of_markdown_are_left_for_the_reader(root):
    """Between a Chinese character and a role or a quotation mark, `**` needs a space before it."""
    reader = MarkdownIt()
    texts = [
        (f"{path.stem} {cell['id']}", notebook_form.text_of(cell["source"]))
        for language in LANGUAGES.values()
        for path in sorted((root / language.folder / "chapters").glob("*.ipynb"))
        for cell in editions.read(path)["cells"]
        if cell["cell_type"] == "markdown"
    ]
    left = {
        place
        for place, text in texts
        for inline in reader.parse(text)
        for piece in inline.children or ()
        if piece.type == "text" and "**" in piece.content
    }
    assert len(texts) > 1000
    assert left == set()
