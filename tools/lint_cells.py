"""Say which rules the cells of notebooks break.

nbval executes them and compares; the rules here close what it leaves open:

* it skips PNG, so pictures are stored as SVG, which it compares;
* it obeys tags and comments that skip a cell or its output, so there are none.

The editions share every code cell and output, so these hold no natural language: words are in
Markdown, captions and alternative texts.
"""

from __future__ import annotations

import ast
import functools
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from typing import Any

from linting import run
from notebook_form import PNG, STATE_MIME, Cell, Notebook, all_notebooks, is_readable, read, text_of

MIME_TYPES = {"image/svg+xml", "text/plain", "text/html", "text/latex", STATE_MIME}
MAX_LINES = 15
OWN = re.compile(r"(answer|solution)-own")  # a part of the reader's own network, as long as it is
# The first cell installs nnlib where it is missing, as in Colab, and tells another package of that
# name apart: commands are no language.
INSTALL = re.compile(r"%pip install -q .+")
UNINSTALL = re.compile(r"%pip uninstall -y \w+")
NBVAL_MARKER = re.compile(r"nbval|raises-exception|PYTEST_VALIDATE", re.IGNORECASE)
# What may look like language and is not: formulas, matplotlib's places, the repr of a figure.
FORMULA = re.compile(r"\$[^$]*\$")
UPRIGHT = re.compile(r"\\(?:mathtt|mathrm|text)\{([^{}]*)\}")  # a word in a formula
PLACE = re.compile(r"(upper|lower|center|outside) (left|right|center|upper|lower)")
WRITERS = {"annotate", "figtext", "label", "legend", "print", "set_label", "set_title", "suptitle"}
WRITERS |= {"label_axes", "set_xlabel", "set_ylabel", "text", "title", "xlabel", "ylabel"}
FIGURE = re.compile(r"<Figure size \d+x\d+ with \d+ Axes>")
TAG = re.compile(r"<(style|script).*?</\1>|<[^>]*>", re.DOTALL)
TWO_WORDS = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")


def problems_of(notebook: Notebook) -> Iterator[str]:
    """Yield what is wrong with the cells of a notebook, one sentence each."""
    for index, cell in enumerate(notebook["cells"]):
        for problem in cell_problems(cell):
            yield f"cell {cell.get('id') or index}: {problem}"


def cell_problems(cell: Cell) -> Iterator[str]:
    """Yield the rules that one cell breaks."""
    if not is_readable(cell.get("id", "")):
        yield "its id is not a readable slug"
    for tag in cell["metadata"].get("tags", []):
        if NBVAL_MARKER.search(tag):
            yield f"the tag {tag} keeps nbval from comparing"
    if cell["cell_type"] == "code":
        source = text_of(cell["source"])
        lines = sum(bool(line.strip()) for line in source.splitlines())
        if lines > MAX_LINES and not OWN.fullmatch(cell.get("id", "")):
            yield f"more than {MAX_LINES} lines of code"
        yield from source_problems(source)
        yield from output_problems(cell)


def source_problems(source: str) -> Iterator[str]:
    """Yield comments, docstrings and words in strings, and what nbval runs differently."""
    if source.rstrip().endswith(";"):
        yield "a trailing semicolon: nbval shows the value nevertheless"
    source = INSTALL.sub("pass", source)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield f"a comment: {token.string}"
    tree = ast.parse(source)
    for text in strings(tree):
        if words(text):
            yield f"words in a string: {text!r}"
    for text in shown_strings(tree):
        text = FORMULA.sub(lambda formula: " ".join(UPRIGHT.findall(formula[0])), text)
        for word in re.findall(r"[^\W\d_]{3,}", text):
            if word.lower() not in names_of_code():
                yield f"a word in the text of a figure or a print: {word}"


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield the string constants below a node."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def shown_strings(tree: ast.AST) -> Iterator[str]:
    """Yield the string constants that a call writes into a figure or prints."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name in WRITERS:
                for argument in node.args:
                    yield from strings(argument)
            for keyword in node.keywords:
                if keyword.arg in WRITERS:
                    yield from strings(keyword.value)


@functools.cache
def names_of_code() -> frozenset[str]:
    """Return the names that a figure may bear in all editions, in lower case."""
    import nnlib

    names = [*nnlib.ACTIVATIONS, *nnlib.LOSSES, *nnlib.datasets.iris().class_names]
    names += ["softmax", "sgd", "adam", "exp", "log", "max", "min", "argmax", "inf", "nan"]
    names += ["pre", "post"]  # columns of a file
    return frozenset(part for name in names for part in name.split("_"))


def output_problems(cell: Cell) -> Iterator[str]:
    """Yield what is stored in the outputs and should not be."""
    shown = pictures = 0
    asks = False
    for output in cell["outputs"]:
        kind = output["output_type"]
        if kind == "error":
            yield f"it stores an error: {output['ename']}"
        elif kind == "stream":
            if output["name"] != "stdout":
                yield f"it writes to {output['name']}"
            if words(text_of(output["text"])):
                yield "words in what it prints"
        else:
            data = output["data"]
            shown += 1
            pictures += "image/svg+xml" in data
            asks = asks or "remember" in data.get(STATE_MIME, {})
            # A PNG accompanies an SVG of the same figure, in which nbval sees every change.
            proved = MIME_TYPES | ({PNG} if {STATE_MIME, "image/svg+xml"} <= set(data) else set())
            for mime in sorted(set(data) - proved):
                yield f"it stores {mime}, which nbval does not check or a page does not show"
            for mime in ("text/plain", "text/html"):
                if words(text_of(data.get(mime, ""))):
                    yield f"words in its {mime}"
    if pictures:
        if shown > 1:
            yield "more than one output beside a picture: each would get the caption"
        yield from picture_problems(cell["metadata"].get("mystnb", {}), asks)


def picture_problems(options: dict[str, Any], asks: bool) -> Iterator[str]:
    """Yield what a cell that draws a picture lacks; one that asks has its question above it."""
    if not asks and not str(options.get("figure", {}).get("caption", "")).strip():
        yield "a picture without a caption (mystnb.figure.caption)"
    if not str(options.get("image", {}).get("alt", "")).strip():
        yield "a picture without an alternative text (mystnb.image.alt)"


def words(text: str) -> bool:
    """Return whether a text holds two words in a row: a sign of natural language."""
    for pattern in (FORMULA, PLACE, FIGURE, TAG, UNINSTALL):
        text = pattern.sub(" | ", text)
    return TWO_WORDS.search(text) is not None


def problems() -> Iterator[str]:
    """Go through all notebooks."""
    for path in all_notebooks():
        yield from (f"{path.as_posix()}: {problem}" for problem in problems_of(read(path)))


if __name__ == "__main__":
    sys.exit(run(__doc__, problems))
