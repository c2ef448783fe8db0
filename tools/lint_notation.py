"""Say which letters and colors of the pages are not in the tables of the page on notation.

What a letter means, no tool can read. But a letter that a chapter begins to use has to be put into
a table of `chapters/notation.md`, one that it gives up has to leave the table of that chapter, and
both editions have the same tables. So it is with the colors of quantities; pictures have no others.
The mark of a claim stands right behind the punctuation.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import product

from linting import page, run
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS
from nnbook.tokens import load_tokens
from notebook_form import read

Tables = dict[str, list[list[str]]]  # label -> rows of cells

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
ASTRAY = re.compile(r"(?<![.,;:。，；：])\{claim\}`[\w-]+`|\{claim\}`[\w-]+`[.,;:。，；：]")
TABLE = re.compile(r"^:name: (tbl-[\w-]+)\n\n(.+?)^:::", re.DOTALL | re.MULTILINE)
# Left out of the table of colors: those of the page itself.
NO_QUANTITY = {"class2-text", "negative-text", "ink", "muted", "grid", "soft", "surface", "edge"}
NO_QUANTITY |= {"rest", "amber", "right", "background", "highlight"}
CLASS = re.compile(r"class\d")


def letters(text: str) -> set[str]:
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


def letters_on(name: str, language: str) -> set[str]:
    """Return the letters of the texts and captions of a chapter."""
    cells = read(page(name, language))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    figures = [cell["metadata"].get("mystnb", {}).get("figure", {}) for cell in cells]
    captions = [figure.get("caption", "") for figure in figures]
    return set().union(*map(letters, [*texts, *captions]))


def notation(language: str) -> str:
    """Return the text of the page on notation."""
    return page("notation", language).with_suffix(".md").read_text(encoding="utf-8")


def tables(text: str) -> Tables:
    """Return the tables of a page."""
    return {
        name: [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in body.strip().splitlines()[2:]
        ]
        for name, body in TABLE.findall(text)
    }


def pages_in(cell: str) -> list[str]:
    """Return the chapters to which a cell of a table links."""
    return re.findall(r"\]\((?:\.\./)?(\w+)\.ipynb\)", cell)


def letters_in(rows: Iterable[list[str]]) -> set[str]:
    """Return the letters that a table explains."""
    return set().union(*(letters(row[0]) for row in rows))


def unlisted(listed: Tables, used: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    """Yield letters without a row, and rows without a letter; `used` are those of each edition."""
    everywhere = letters_in(listed["tbl-notation-symbols"])
    moment = letters_in(listed["tbl-notation-moment"])
    special = {
        (letter, name)
        for row in listed["tbl-notation-chapters"]
        for letter in letters(row[0])
        for name in pages_in(row[1])
    }
    for language, chapters in used.items():
        for name, found in chapters.items():
            own = {letter for letter, where in special if where == name}
            for letter in sorted(found - everywhere - moment - own):
                yield f"{language}, {name}: {letter} is in no table"
    original = used[ORIGINAL]
    for letter, name in sorted(special):
        if letter not in original[name]:
            yield f"notation: {letter} does not occur in {name}"
    for letter in sorted((everywhere | moment) - set().union(*original.values())):
        yield f"notation: {letter} occurs nowhere"
    for letter in sorted(everywhere & moment):
        yield f"notation: {letter} has a meaning both for the whole book and for a moment"


def skeleton(text: str) -> dict[str, list[object]]:
    """Return what the tables of all editions have in common."""
    return {
        name: [
            (sorted(letters(row[0])), sorted(pages_in(row[1])), re.findall(r"`[^`]*`", row[0]))
            for row in rows
        ]
        for name, rows in tables(text).items()
    }


def unlisted_colors(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield quantities with a color but without a row, and rows without a quantity."""
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    tokens = set(load_tokens())
    classes = {name for name in tokens if CLASS.fullmatch(name)}
    for name in sorted((listed - classes) ^ (tokens - NO_QUANTITY - classes)):
        yield f"notation: the color {name} is in one of the table and nnlib/tokens.json"
    if listed & classes != {"class0", "class9"}:
        yield "notation: the colors of classes are `class0` to `class9`"


def pictures() -> Iterator[tuple[str, str, set[str]]]:
    """Yield for each stored picture its page, its label and the names of its colors."""
    names = {token["light"]: name for name, token in load_tokens().items()}
    for name in CHAPTERS:
        for cell in read(page(name, ORIGINAL))["cells"]:
            label = cell["metadata"].get("mystnb", {}).get("figure", {}).get("name", cell["id"])
            for output in cell.get("outputs", []):
                picture = "".join(output.get("data", {}).get("image/svg+xml", ""))
                colors = set(re.findall(r"#[0-9a-f]{6}\b", picture))
                if picture:
                    yield name, label, {names.get(color, color) for color in colors}


def odd_pictures(text: str, drawn: Iterable[tuple[str, str, set[str]]]) -> Iterator[str]:
    """Yield pictures with colors of no name, and those listed for colors of classes without any.

    Chapters without classes use these only to tell curves apart; the others say where.
    """
    (sentence,) = re.findall(r"^Colors of classes .+$", text, re.MULTILINE)
    listed = set(re.findall(r"\{numref\}`(fig-[\w-]+)`", sentence))
    of_classes = CHAPTERS[CHAPTERS.index("multiple_outputs") :]
    using = set()
    for name, label, colors in drawn:
        for color in sorted(colors):
            if color.startswith("#"):
                yield f"{name}, {label}: {color} is no color of nnlib/tokens.json"
        if name in of_classes and any(map(CLASS.match, colors)):
            using.add(label)
    for label in sorted(listed - using):
        yield f"notation: {label} is listed, but has no colors of classes"


def problems() -> Iterator[str]:
    """Go through all editions."""
    text = notation(ORIGINAL)
    listed = tables(text)
    used = {
        language: {name: letters_on(name, language) for name in CHAPTERS} for language in LANGUAGES
    }
    yield from unlisted(listed, used)
    for language in TRANSLATIONS:
        if skeleton(notation(language)) != skeleton(text):
            yield f"{language}, notation: the tables are not those of the original"
    yield from unlisted_colors(listed["tbl-notation-colors"])
    yield from odd_pictures(text, pictures())
    for name, language in product(CHAPTERS, LANGUAGES):
        for mark in ASTRAY.findall(page(name, language).read_text(encoding="utf-8")):
            yield f"{language}, {name}: {mark} is not right behind the punctuation"


if __name__ == "__main__":
    sys.exit(run(__doc__, problems))
