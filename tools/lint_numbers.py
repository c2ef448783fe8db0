"""Say which numbers in the text of a notebook none of its cells shows.

A number of the text, or of a caption, is shown if a cell of the same notebook prints it, has it in
its code or in the state of its figure: to as many digits as the text quotes, as a share or in
percent. Integers below 10 are words, and digits in an index, an exponent, a name, an address or a
reference are none; numbers of experiments come by a role. What is left is a year, a definition, or
worked out in the sentence: `chapters/quoted_numbers.toml` says which for each, and has no others.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping

from linting import ROOT, run
from nnbook.figures.myst import STATE_MIME
from notebook_form import Notebook, all_notebooks, read

EXPLAINED = ROOT / "chapters" / "quoted_numbers.toml"
SMALL = 10  # integers below it are not looked for

NUMBER = re.compile(r"(?<![\w.])\d{1,3}(?:(?:\{,\}|,|\\,)\d{3})+(?:\.\d+)?|(?<![\w.])\d+(?:\.\d+)?")
SHOWN = re.compile(r"\d+(?:\.\d*)?(?:e[+-]?\d+)?")
# What is no number of the text: code, roles, labels, addresses, indices and exponents, LaTeX's
# lengths. A role's own words stay.
UNREAD = (
    re.compile(r"^`{3,}.*?^`{3,}|`[^`\n]*`", re.DOTALL | re.MULTILINE),
    re.compile(r"^ *\d+\. |\]\([^)]*\)|https?://\S+|^\(.*\)=$|^:\w+:.*$|\]\[\w*\]", re.MULTILINE),
    re.compile(r"[_^](?:\{[^{}]*\}|\\\w+|\S)|\\\\\[\w+\]|\\[a-z]+frac\d+|\\frac\d+"),
)
ROLE = re.compile(r"\{[\w:+-]+\}`(?:([^`<]*?)\s*<[^`>]*>|[^`]*)`")


def without_source(notebook: Notebook) -> dict[str, str]:
    """Return each number that no cell shows, with the words around its first place."""
    shown = set(shown_in(notebook))
    found: dict[str, str] = {}
    for text in texts(notebook):
        for match in NUMBER.finditer(text):
            number = re.sub(r"\{,\}|,|\\,", "", match[0])
            if not is_shown(number, shown):
                around = text[max(0, match.start() - 40) : match.end() + 30]
                found.setdefault(number, " ".join(around.split()))
    return found


def texts(notebook: Notebook) -> Iterator[str]:
    """Yield what a reader reads, without what only looks like a number."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            yield readable("".join(cell["source"]))
        else:
            figure = cell["metadata"].get("mystnb", {}).get("figure", {})
            yield readable(figure.get("caption", ""))


def readable(text: str) -> str:
    """Take out of a text what is no number of it."""
    text = ROLE.sub(lambda role: role[1] or " ", text)
    for pattern in UNREAD:
        text = pattern.sub(" ", text)
    return text


def shown_in(notebook: Notebook) -> Iterator[float]:
    """Yield the numbers of all cells: code, what is printed, the states of figures."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        yield from values("".join(cell["source"]).replace("_", ""))
        for output in cell["outputs"]:
            data = output.get("data", {})
            yield from values("".join(output.get("text", [])))
            for kind in ("text/plain", "text/html"):
                yield from values("".join(data.get(kind, [])))
            yield from values(json.dumps(data.get(STATE_MIME, {}).get("state", {})))


def values(text: str) -> Iterable[float]:
    """Return the numbers of a text, those with an exponent also without it."""
    for match in SHOWN.finditer(text):
        yield float(match[0])
        yield float(match[0].split("e")[0])


def is_shown(number: str, shown: set[float]) -> bool:
    """Whether a number is a word, or a number that is shown, rounded as the text rounds."""
    value, decimals = float(number), len(number.partition(".")[2])
    if not decimals and value < SMALL:
        return True
    half = 0.5 * 10.0**-decimals * (1 + 1e-9)
    return any(
        abs(value - source * factor) <= half for source in shown for factor in (1, 100, 0.01)
    )


def unexplained(
    left: Mapping[str, Mapping[str, str]], reasons: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Yield numbers without a reason, and reasons that no number needs; editions share them.

    `left` is path of a notebook -> number that no cell shows -> the words around it, `reasons` is
    name of a notebook -> number -> why it may stay.
    """
    needed: dict[str, set[str]] = {}
    for path, numbers in left.items():
        name = path.rpartition("/")[2].removesuffix(".ipynb")
        needed.setdefault(name, set()).update(numbers)
        for number, around in numbers.items():
            if number not in reasons.get(name, {}):
                yield f"{path}: no cell shows {number}  ... {around} ..."
    for name, own in reasons.items():
        for number in sorted(set(own) - needed.get(name, set())):
            yield f"{EXPLAINED.name}, {name}: {number} needs no reason"


def problems() -> Iterator[str]:
    """Go through all notebooks."""
    paths = all_notebooks()
    left = {path.as_posix(): without_source(read(path)) for path in paths}
    yield from unexplained(left, tomllib.loads(EXPLAINED.read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.exit(run(__doc__, problems))
