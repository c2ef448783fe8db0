"""Python on the page: every code cell can be edited and run in place.

A cell's element says which cell of the notebook it is; all that running needs besides is a script
of its own, `_static/live/pages/PAGE.js`, which a page loads when its reader first edits something.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

from nnbook.exercises.registry import find, words_of
from nnbook.live.names import entry_of, imported_by, is_expression, names_of
from nnbook.messages import load
from theme.live.lines import swaps_of, task_of
from theme.live.numbers import judgement_of, numbers_in
from theme.pages.folding import fold
from theme.practice.exercise_index import minutes_of
from theme.stages import Context, Doctree, on_page, when_written, write_script
from theme.strings import edition_of, strings

CHECK = re.compile(r"""\n*^exercises\.check\(["']([\w-]+)["'].*\Z""", re.MULTILINE)
PAGES = "_static/live/pages"
FRAME = Path(__file__).with_name("static") / "live" / "frame.js"
Cell = dict[str, Any]


def live_words(language: str | None) -> dict[str, str]:
    """Return what the cells say to a reader who edits and runs them, in a language."""
    return load("messages/site/live", edition_of(language))


def read_cells(notebook: Path) -> list[Cell]:
    """Read the cells of a notebook; there are none in a page that is no notebook."""
    if notebook.suffix != ".ipynb":
        return []
    cells: list[Cell] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return cells


def cells_of(app: Sphinx, page: str) -> list[Cell]:
    """Return the cells of a page: its notebook's, or those that a directive put on it."""
    made: list[Cell] = app.env.metadata[page].get("live_cells", [])
    return read_cells(Path(app.env.doc2path(page))) or made


def source_of(cell: Cell) -> str:
    """Join the lines of a cell."""
    return "".join(cell["source"])


def check_in(cell: Cell) -> str:
    """Return the end of a cell's code that checks an answer, with the empty lines before it."""
    found = CHECK.search(source_of(cell))
    return found[0] if found else ""


def exercise_of(cell: Cell) -> tuple[str, str]:
    """Return a cell's role ("answer" or "solution") and its exercise; else two empty strings."""
    role = cell["id"].split("-")[0]
    found = CHECK.search(source_of(cell))
    return (role, found[1]) if found and role in ("answer", "solution") else ("", "")


class LiveCells(SphinxTransform):
    """Name the cells of a page whose code shows, and put what belongs to an exercise into its box.

    A set-up is not shown; what checks an answer is not either: the page has a button for it. Code
    that folds is there for the page's switch (`js/src/live/rest.js`); what a fold's text speaks of
    is inside it.
    """

    default_priority = 440  # before answers to questions move away

    def apply(self, **kwargs: object) -> None:
        """Mark them for the writer."""
        cells = read_cells(Path(self.env.doc2path(self.env.docname)))
        for node in list(self.document.findall(nodes.container)):
            if node.get("nb_element") != "cell_code" or not _shows_code(node):
                continue
            cell = cells[node["cell_index"]]
            if _is_set_up(cells, cell):
                node.parent.remove(node)
                continue
            node["live"] = self._attributes(node, cell)
            if not cell["outputs"] and node.get("hide_mode"):
                node["classes"].append("tag_hide-input")
            if _into_fold(node) or "tag_hide-input" in node["classes"]:
                node["hide_mode"] = ""
        for box in list(self.document.findall(nodes.admonition)):
            if "exercise" in box["classes"]:
                self._frame(box)

    def _attributes(self, node: nodes.container, cell: Cell) -> dict[str, str]:
        attributes = {"data-live": cell["id"], "data-state": "idle"}
        role, exercise = exercise_of(cell)
        if role:
            code, *printed = node.findall(nodes.literal_block)
            code.rawsource = code.astext().removesuffix(check_in(cell))
            code[:] = [nodes.Text(code.rawsource)]
            if role == "solution" and printed and printed[-1].astext().strip() == "True":
                printed[-1].parent.remove(printed[-1])  # that it is right
        if role == "answer":
            attributes["data-exercise"] = exercise
            if count := numbers_in(exercise):
                attributes["data-numbers"] = str(count)
            if swaps_of(exercise):
                attributes["data-lines"] = "yes"
        elif role == "solution":
            attributes["data-solves"] = exercise
        return attributes

    def _frame(self, box: nodes.admonition) -> None:
        """Put into a box what belongs to it: the editor, then hint and solution."""
        parts = box.parent.children[box.parent.index(box) + 1 :]
        after = list(itertools.takewhile(_is_part, parts))
        exercise = next(
            node["live"]["data-exercise"]
            for node in after
            if "data-exercise" in node.get("live", {})
        )
        hints = [node for node in box.children if isinstance(node, fold)]
        for node in (*after, *hints):
            node.parent.remove(node)
        for node in after:
            if isinstance(node, fold):
                node["solves"] = exercise
        last = after.pop()
        box += [*after, *hints, last]
        minutes = minutes_of(find(exercise).level, strings(self.config.language))
        box[0] += nodes.inline("", minutes, classes=["minutes"])


def _is_part(node: nodes.Node) -> bool:
    return isinstance(node, fold) or (isinstance(node, nodes.container) and "live" in node)


def _is_set_up(cells: list[Cell], cell: Cell) -> bool:
    first = next(each for each in cells if each["cell_type"] == "code")
    return cell is first and "hide-cell" in cell["metadata"].get("tags", [])


def _into_fold(node: nodes.container) -> bool:
    """Put a cell that folds into the fold before it, if there is one; return whether there is."""
    before = node.parent[node.parent.index(node) - 1]
    if isinstance(before, nodes.admonition) and "try" in before["classes"]:
        before = before[-1]
    if node.get("hide_mode") != "all" or not isinstance(before, fold):
        return False
    node.parent.remove(node)
    before += node
    return True


def _shows_code(node: nodes.container) -> bool:
    return any(child.get("nb_element") == "cell_code_source" for child in node.children)


def visit_container(writer: HTML5Translator, node: nodes.container) -> None:
    """Open a container; a cell that can be run says which it is."""
    attributes = node.get("live", {})
    writer.body.append(writer.starttag(node, "div", CLASS="docutils container", **attributes))


def depart_container(writer: HTML5Translator, node: nodes.container) -> None:
    """Close it."""
    writer.body.append("</div>\n")


def _is_unseen(cell: Cell) -> bool:
    """Whether the page does not show the code of a cell; it runs on the way to those below."""
    return bool({"remove-cell", "remove-input"} & set(cell["metadata"].get("tags", [])))


def describe(cells: list[Cell], language: str) -> dict[str, Any]:
    """Return what a page needs to run its cells: their code, its words, how it judges by itself."""
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    # An exercise's imports are its own: elsewhere on the page, `layer` may be a variable.
    of_chapter = [cell for cell in code if not exercise_of(cell)[0]]
    modules = set().union(*(imported_by(source_of(cell)) for cell in of_chapter))
    names = {
        cell["id"]: names_of(source, modules | imported_by(source))
        for cell in code
        for source in [source_of(cell)]
    }
    known = {name for each in names.values() for name in entry_of(each)["sets"]}
    described: list[dict[str, Any]] = []
    numbers, lines, mistakes = {}, {}, {}
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        if _is_unseen(cell) and is_expression(source_of(cell)):
            continue  # the answer to a question, or a figure: it makes nothing that others need
        role, exercise = exercise_of(cell)
        entry = {"id": cell["id"], "code": source_of(cell)}
        entry |= entry_of(names[cell["id"]])
        entry["uses"] = sorted(known.intersection(entry["uses"]))
        if role:
            entry |= {"role": role, "exercise": exercise, "check": check_in(cell)}
        if role == "answer":
            mistakes[exercise] = list(words_of(exercise, language)["mistakes"].values())
        if role == "answer" and numbers_in(exercise):
            numbers[exercise] = judgement_of(exercise, language)
        if role == "solution" and swaps_of(exercise):
            lines[exercise] = task_of(exercise, source_of(cell), language)
        described.append(entry)
    told = {"numbers": numbers, "lines": lines, "mistakes": mistakes}
    told["words"] = live_words(language)
    return {"cells": described, "modules": sorted(modules)} | told


def add_live_context(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template where the scripts of a page with code are, and which may be in a frame."""
    context["live_words"] = live_words(app.config.language)
    frame = hashlib.sha256(FRAME.read_bytes()).digest()
    context["frame_script"] = f"sha256-{base64.b64encode(frame).decode()}"
    containers = doctree.findall(nodes.container) if doctree else ()
    cells = [node["live"] for node in containers if "live" in node]
    context["live"] = f"{PAGES}/{pagename}.js" if cells else ""
    asks = any("data-exercise" in attributes for attributes in cells)
    context["live_choices"] = ("keep", "import", "code", *("exercise",) * asks, "forget")


def write_scripts(app: Sphinx, outdir: Path) -> None:
    """Write the script of each page with code, and beside it its notebook, to be downloaded."""
    language = edition_of(app.config.language)
    for page in app.env.found_docs:
        cells = cells_of(app, page)
        if not cells:
            continue
        script = outdir / PAGES / f"{page}.js"
        script.parent.mkdir(parents=True, exist_ok=True)
        write_script(
            script, "nnlibPage", {"name": page, "edition": language} | describe(cells, language)
        )
        write_script(script.with_suffix(".notebook.js"), "nnlibNotebook", notebook_of(app, page))


def notebook_of(app: Sphinx, page: str) -> dict[str, Any]:
    """Return the notebook of a page, or make one of its cells."""
    path = Path(app.env.doc2path(page))
    if path.suffix != ".ipynb":
        form = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return {"cells": cells_of(app, page)} | form
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return stored


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.add_transform(LiveCells)
    app.add_node(nodes.container, override=True, html=(visit_container, depart_container))
    on_page(app, add_live_context)
    when_written(app, write_scripts)
