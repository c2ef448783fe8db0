"""The notebooks of the book, and the one form in which they are stored.

It is what JupyterLab saves, without what changes from run to run and from reader to reader.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

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
PNG = "image/png"
# Without its model, which only a running kernel has, a widget's view is an error.
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]+)?|[0-9a-f]{32}")


def all_notebooks() -> list[Path]:
    """Return the paths of the book's notebooks, all editions."""
    paths = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
    return [Path(os.path.relpath(path)) for path in paths]


def read(path: Path) -> Notebook:
    """Return a notebook."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


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
