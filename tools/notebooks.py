"""Execute notebooks in a fresh kernel and write them in the one form in which they are stored.

It is the form that JupyterLab saves, without what changes from run to run and from reader to
reader; `tools/lab.py` saves in it, too.

With `--check` nothing is executed or written: the script then says where a notebook is not in that
form or breaks a rule. nbval executes and compares; the rules here close what it leaves open:

* it skips PNG, so pictures are stored as SVG, which it compares;
* it does not compare a cell whose execution count is missing, so the counts are 1, 2, 3, ...;
* it obeys tags and comments that skip a cell or its output, so there are none.

The editions share every code cell and output, so these hold no natural language: words are in
Markdown, captions and alternative texts.
"""

import argparse
import ast
import functools
import io
import json
import os
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import console
from nnbook.messages import LANGUAGES

Cell = dict[str, Any]
Notebook = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
PATTERNS = tuple(
    language.prefix + page
    for language in LANGUAGES.values()
    for page in ("intro.ipynb", "chapters/*.ipynb")
)
# What JupyterLab writes of its kernel, but for Python's version, which is the reader's.
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
NOTEBOOK_METADATA = {"kernelspec": KERNEL, "language_info": LANGUAGE_INFO}
# A translated cell records which words it was made from (tools/translations.py).
CELL_METADATA = {"tags", "mystnb", "jupyter", "translated_from"}
# JupyterLab draws a light background behind a picture that asks for one; nothing else is kept.
OUTPUT_METADATA = {"needs_background", "image/png"}
STATE_MIME = "application/vnd.nnlib.figure+json"
MIME_TYPES = {"image/svg+xml", "text/plain", "text/html", "text/latex", STATE_MIME}
PNG = "image/png"
# Without its model, which only a running kernel has, a widget's view is an error.
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MAX_LINES = 15
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]+)?|[0-9a-f]{32}")
# The first cell installs nnlib where it is missing, as in Colab, and tells another package of that
# name apart: commands are no language.
INSTALL = re.compile(r"%pip install -q .+")
UNINSTALL = re.compile(r"%pip uninstall -y \w+")
NBVAL_MARKER = re.compile(r"nbval|raises-exception|PYTEST_VALIDATE", re.IGNORECASE)
# What may look like language and is not: formulas, matplotlib's places, the repr of a figure.
FORMULA = re.compile(r"\$[^$]*\$")
PLACE = re.compile(r"(upper|lower|center|outside) (left|right|center|upper|lower)")
WRITERS = {"annotate", "figtext", "label", "legend", "print", "set_label", "set_title", "suptitle"}
WRITERS |= {"set_xlabel", "set_ylabel", "text", "title", "xlabel", "ylabel"}
FIGURE = re.compile(r"<Figure size \d+x\d+ with \d+ Axes>")
TAG = re.compile(r"<(style|script).*?</\1>|<[^>]*>", re.DOTALL)
TWO_WORDS = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="execute and write nothing")
    parser.add_argument("--no-execute", action="store_true", help="write, but keep the outputs")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every one of the book")
    arguments = parser.parse_args()
    paths = arguments.notebooks or all_notebooks()
    failed = False
    for path in paths:
        if not arguments.check:
            write(path, execute_cells=not arguments.no_execute)
        for problem in check(path):
            print(f"{path}: {problem}", file=sys.stderr)
            failed = True
    if failed:
        print("Notebooks are written by tools/notebooks.py (make execute).", file=sys.stderr)
    elif arguments.check:
        print(f"{len(paths)} notebooks: in canonical form")
    return int(failed)


def all_notebooks() -> list[Path]:
    """Return the paths of the book's notebooks, all editions."""
    paths = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
    return [Path(os.path.relpath(path)) for path in paths]


# -- Writing -----------------------------------------------------------------------------------


def write(path: Path, *, execute_cells: bool = True) -> None:
    """Execute one notebook and write it in canonical form."""
    notebook = canonical(json.loads(path.read_text(encoding="utf-8")))
    if execute_cells:
        notebook = canonical(execute(notebook, path.parent))
    text = serialize(notebook)
    changed = text != path.read_text(encoding="utf-8")
    save(path, text)
    print(f"{path}: {'written' if changed else 'unchanged'}")


def execute(notebook: Notebook, folder: Path, variables: dict[str, str] | None = None) -> Notebook:
    """Run all cells in a fresh kernel of this Python, started as nbval starts it.

    `variables` is the environment of the kernel, if not that of this process.
    """
    import nbformat
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient
    from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager

    node = nbformat.reads(serialize(notebook), as_version=4)
    kernel = KernelManager(
        kernel_name=CURRENT_ENV_KERNEL_NAME, kernel_spec_manager=NbvalKernelspecManager()
    )
    client = NotebookClient(
        node,
        km=kernel,
        resources={"metadata": {"path": str(folder)}},
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        # Or what the kernel logs about its own sockets would be an output of the cell that runs.
        # In nbval's kernels this is off, too: ipykernel leaves file descriptors to pytest.
        extra_arguments=["--IPKernelApp.capture_fd_output=False"],
    )
    try:
        # It warns about its own transport.
        client.execute(stderr=subprocess.DEVNULL, env=variables or os.environ.copy())
    finally:
        kernel.shutdown_kernel(now=True)
    executed: Notebook = json.loads(nbformat.writes(node))
    return executed


def canonical(notebook: Notebook) -> Notebook:
    """Return the notebook without what changes from run to run or from tool to tool."""
    kept = {key: notebook["metadata"][key] for key in ("mystnb",) if key in notebook["metadata"]}
    cells = [canonical_cell(cell) for cell in notebook["cells"]]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for count, cell in enumerate(code, start=1):
        cell["execution_count"] = count
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count
    name_cells(cells)
    return {
        "cells": cells,
        "metadata": kept | NOTEBOOK_METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def canonical_cell(cell: Cell) -> Cell:
    """Return a cell with the metadata that the book uses and no other."""
    result: Cell = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", ""),
        "metadata": {key: cell["metadata"][key] for key in CELL_METADATA & set(cell["metadata"])},
        "source": lines(text_of(cell["source"]).strip("\n")),
    }
    if cell.get("attachments"):
        result["attachments"] = cell["attachments"]
    if cell["cell_type"] == "code":
        result["execution_count"] = None
        result["outputs"] = [canonical_output(output) for output in cell["outputs"]]
    return result


def canonical_output(output: Cell) -> Cell:
    """Return an output as Jupyter writes it: text as lists of lines, other data as they are."""
    result = dict(output)
    if "text" in result:
        result["text"] = lines(text_of(result["text"]))
    if "data" in result:
        result["data"] = {
            mime: canonical_data(mime, data)
            for mime, data in result["data"].items()
            if mime != WIDGET_VIEW
        }
        metadata = result.get("metadata", {})
        result["metadata"] = {key: metadata[key] for key in OUTPUT_METADATA & set(metadata)}
    return result


def canonical_data(mime: str, data: Any) -> Any:
    """Return what an output shows as nbformat stores it: text by lines, a PNG in one piece."""
    if mime.startswith("text/") or mime == "image/svg+xml":
        return lines(text_of(data))
    return text_of(data) if mime == PNG else javascript(data)


def javascript(value: Any) -> Any:
    """Return JSON as JavaScript has it, where 1.0 is 1: JupyterLab saves it so."""
    if isinstance(value, dict):
        return {key: javascript(part) for key, part in value.items()}
    if isinstance(value, list):
        return [javascript(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def name_cells(cells: list[Cell]) -> None:
    """Give each cell without a readable id one made from the heading above it."""
    taken = {cell["id"] for cell in cells}
    heading = "start"
    for cell in cells:
        found = re.match(r"#+ (.+)", text_of(cell["source"]))
        if cell["cell_type"] == "markdown" and found:
            words = re.sub(r"[^a-z0-9]+", "-", found[1].lower()).strip("-")[:40].strip("-")
            heading = words if SLUG.fullmatch(words) else "section"
        if not is_readable(cell["id"]):
            stem = heading if cell["cell_type"] == "markdown" else f"{heading}-code"
            cell["id"] = next(
                name
                for n in range(1, len(cells) + 2)
                if (name := stem if n == 1 else f"{stem}-{n}") not in taken
            )
            taken.add(cell["id"])


def is_readable(identifier: str) -> bool:
    """Return whether a cell's id is a slug that a person chose, not random digits."""
    return bool(SLUG.fullmatch(identifier)) and not RANDOM_ID.fullmatch(identifier)


def serialize(notebook: Notebook) -> str:
    """Return the text of the file, laid out as Jupyter saves it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def save(path: Path, text: str) -> None:
    """Write a file at one stroke: whatever happens, the old one or the new one is there, whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def text_of(source: str | list[str]) -> str:
    """Return a multi-line string that may be stored as a list of lines."""
    return source if isinstance(source, str) else "".join(source)


def lines(text: str) -> list[str]:
    """Return the list of lines, ends included, that stores a string."""
    return text.splitlines(keepends=True)


# -- Checking ----------------------------------------------------------------------------------


def check(path: Path) -> list[str]:
    """Return what is wrong with a stored notebook, one sentence each."""
    text = path.read_text(encoding="utf-8")
    notebook: Notebook = json.loads(text)
    problems = [
        f"cell {cell.get('id') or index}: {problem}"
        for index, cell in enumerate(notebook["cells"])
        for problem in cell_problems(cell)
    ]
    identifiers = [cell.get("id") for cell in notebook["cells"]]
    problems += [
        f"cell {identifier}: its id occurs twice"
        for identifier in sorted({i for i in identifiers if i and identifiers.count(i) > 1})
    ]
    if text != serialize(canonical(notebook)):
        problems.append("not in canonical form")
    return problems


def cell_problems(cell: Cell) -> Iterator[str]:
    """Yield the rules that one cell breaks."""
    if not is_readable(cell.get("id", "")):
        yield "its id is not a readable slug"
    for tag in cell["metadata"].get("tags", []):
        if NBVAL_MARKER.search(tag):
            yield f"the tag {tag} keeps nbval from comparing"
    if cell["cell_type"] == "code":
        source = text_of(cell["source"])
        if sum(bool(line.strip()) for line in source.splitlines()) > MAX_LINES:
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
        for word in re.findall(r"[^\W\d_]{3,}", FORMULA.sub("", text)):
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


if __name__ == "__main__":
    sys.exit(main())
