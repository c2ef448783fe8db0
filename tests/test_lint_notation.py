"""The page on notation is true: every letter of a formula is in its tables, every color too.

What a letter means, no test can read. But a letter that a chapter begins to use has to be put into
a table, and one that it gives up has to leave the second.
"""

import json
import re

import pytest

from nnbook.chapters import CHAPTERS
from nnlib.plots import style

EDITIONS = ("", "zh")
PAGES = CHAPTERS
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
NO_FORMULA = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
# Words, environments, lengths, the T of a transposed matrix, and names such as \cdot.
NO_LETTER = re.compile(
    r"\\(?:text|operatorname|mathrm|mathtt|begin|end)\*?\{[^{}]*\}|\\\\\[\w+\]"
    r"|\\mathsf\s*\{?T\}?|(?<=\})\{r?[lc]+\}"
)
GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|varepsilon|eta|theta|kappa|lambda|mu|xi|pi|rho|sigma|tau"
    "|varphi|ell|Delta|Phi|nabla|partial"
)
LETTER = re.compile(r"\\([A-Za-z]+)|([A-Za-z])")
# Left out of the table of colors: those of the page itself.
NO_QUANTITY = {
    "class2-text",
    "negative-text",
    "ink",
    "muted",
    "grid",
    "soft",
    "surface",
    "edge",
    "rest",
    "amber",
    "right",
}
NO_QUANTITY |= {"background"}


def letters(text):
    """Return the letters of all formulas in a text, without what decorates them."""
    found = set()
    for displayed, inline in FORMULA.findall(NO_FORMULA.sub(" ", text)):
        formula = NO_LETTER.sub(" ", displayed or inline)
        while formula != (bare := NO_LETTER.sub(" ", formula)):
            formula = bare
        for name, letter in LETTER.findall(formula):
            if letter or GREEK.fullmatch(name):
                found.add(letter or "\\" + name)
    return found


def page(root, edition, name):
    """Return the cells of a notebook."""
    folder = root / edition if name == "intro" else root / edition / "chapters"
    return json.loads((folder / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def letters_of(cells):
    """Return the letters of the texts and captions of a notebook."""
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    figures = [cell["metadata"].get("mystnb", {}).get("figure", {}) for cell in cells]
    return set().union(*map(letters, [*texts, *(figure.get("caption", "") for figure in figures)]))


def tables(root, edition):
    """Return the tables of the page by their label: lists of rows, each a list of cells."""
    text = (root / edition / "chapters" / "notation.md").read_text(encoding="utf-8")
    found = {}
    for name, body in re.findall(
        r"^:name: (tbl-[\w-]+)\n\n(.+?)^:::", text, re.DOTALL | re.MULTILINE
    ):
        lines = body.strip().splitlines()[2:]
        found[name] = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return found


def pages_in(cell):
    return re.findall(r"\]\((?:\.\./)?(\w+)\.ipynb\)", cell)


@pytest.fixture(scope="module")
def notation(root):
    """Letters of the whole book, letters of the moment, and (letter, page) for all others."""
    found = tables(root, "")
    everywhere = set().union(*(letters(row[0]) for row in found["tbl-notation-symbols"]))
    moment = set().union(*(letters(row[0]) for row in found["tbl-notation-moment"]))
    special = {
        (letter, name)
        for row in found["tbl-notation-chapters"]
        for letter in letters(row[0])
        for name in pages_in(row[1])
    }
    return everywhere, moment, special


def test_letters_of_a_formula():
    text = r"$$\begin{aligned} \hat y_i &= \text{so } \tanh(W^{\mathsf T}x) \\[6pt] \end{aligned}$$"
    assert letters(text) == {"y", "i", "W", "x"}
    assert letters(r"$\Delta\theta \cdot 3$, `$q$` and $\frac{d L}{d z}$") == {
        "\\Delta", "\\theta", "d", "L", "z",
    }  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", PAGES)
def test_every_letter_is_in_a_table(root, notation, edition, name):
    everywhere, moment, special = notation
    allowed = everywhere | moment | {letter for letter, where in special if where == name}
    assert sorted(letters_of(page(root, edition, name)) - allowed) == []


def test_no_letter_is_listed_where_it_does_not_occur(root, notation):
    _, _, special = notation
    used = {name: letters_of(page(root, "", name)) for name in PAGES}
    assert sorted((letter, name) for letter, name in special if letter not in used[name]) == []


def test_every_letter_of_the_book_is_used(root, notation):
    everywhere, moment, _ = notation
    used = set().union(*(letters_of(page(root, "", name)) for name in PAGES))
    assert sorted((everywhere | moment) - used) == []


def test_a_letter_of_the_moment_has_no_meaning_for_the_whole_book(notation):
    everywhere, moment, _ = notation
    assert everywhere & moment == set()


def test_both_editions_have_the_same_tables(root):
    english, chinese = (
        {
            name: [
                (sorted(letters(row[0])), sorted(pages_in(row[1])), re.findall(r"`[^`]*`", row[0]))
                for row in rows
            ]
            for name, rows in tables(root, edition).items()
        }
        for edition in EDITIONS
    )
    assert english == chinese


# -- Colors --------------------------------------------------------------------------------------


def pictures(root):
    """Yield for each stored picture its page, its label and the names of its colors."""
    names = {token["light"]: name for name, token in style.TOKENS.items()}
    for name in PAGES:
        for cell in page(root, "", name):
            label = cell["metadata"].get("mystnb", {}).get("figure", {}).get("name", cell["id"])
            for output in cell.get("outputs", []):
                picture = "".join(output.get("data", {}).get("image/svg+xml", ""))
                colors = set(re.findall(r"#[0-9a-f]{6}\b", picture))
                if picture:
                    yield name, label, {names.get(color, color) for color in colors}


def test_every_quantity_with_a_color_is_in_the_table(root):
    rows = tables(root, "")["tbl-notation-colors"]
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    classes = {name for name in style.TOKENS if re.fullmatch(r"class\d", name)}
    assert listed - classes == set(style.TOKENS) - NO_QUANTITY - classes
    assert listed & classes == {"class0", "class9"}  # `class0` to `class9`


def test_pictures_have_no_other_colors(root):
    unknown = [(label, name) for _, label, names in pictures(root) for name in names if "#" in name]
    assert unknown == []


def test_colors_of_classes_that_mean_no_class_are_listed(root):
    """Chapters without classes use them only to tell curves apart; the others say where."""
    text = (root / "chapters" / "notation.md").read_text(encoding="utf-8")
    (sentence,) = re.findall(r"^Colors of classes .+$", text, re.MULTILINE)
    listed = set(re.findall(r"\{numref\}`(fig-[\w-]+)`", sentence))
    of_classes = set(CHAPTERS[CHAPTERS.index("multiple_outputs") :])
    using = {
        label
        for name, label, names in pictures(root)
        if name in of_classes and any(color.startswith("class") for color in names)
    }
    assert listed <= using
