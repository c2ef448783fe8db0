"""Interactive figures on the page: each has its picture for readers without JavaScript, and a page
loads the scripts of the figures that it shows and no others.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from nnbook.figures.myst import STATE_MIME, script_of
from nnbook.widgets import QUESTIONS
from theme.figures.reserved_room import name_of, reserve
from theme.stages import Context, Doctree, on_page, when_written
from theme.strings import edition_of

STATIC = Path(__file__).resolve().parents[2] / "nnbook" / "static"
FOLDER = "_static/figures"
logger = logging.getLogger(__name__)


def cell_of(node: nodes.Element) -> nodes.Element:
    """Return the cell of the notebook that contains a node."""
    while node.get("nb_element") != "cell_code":
        node = node.parent
    return node


def join_question(cell: nodes.Element) -> None:
    """Move a cell that takes an answer into the question right above it."""
    parent = cell.parent
    above = parent[max(0, parent.index(cell) - 1)]
    if not isinstance(above, nodes.admonition) or "predict" not in above["classes"]:
        logger.warning(
            "There is no question (an admonition of class predict) directly above", location=cell
        )
        return
    parent.remove(cell)
    above.append(cell)


class PicturesWithoutScript(SphinxTransform):
    """Put the picture of a figure's state into its element, where it shows without JavaScript."""

    default_priority = 450  # after the dark twins, before Sphinx collects the images

    def apply(self, **kwargs: object) -> None:
        """Find the figures of a page and note which there are."""
        figures: set[str] = set()
        answers = []
        seen: Counter[str] = Counter()
        chapter = self.env.docname.rsplit("/", 1)[-1]
        language = edition_of(self.config.language)
        for bundle in self.document.findall(nodes.container):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            outputs = {output["mime_type"]: output for output in bundle.children}
            if STATE_MIME not in outputs:
                continue
            element = outputs[STATE_MIME].children[0]
            own_style = self.env.docname == self.config.root_doc and not figures
            figures.add(element["figure"])
            cell = cell_of(bundle)
            cell["classes"].append("interactive")
            html = element.astext()
            if not own_style:  # as the first figure of the first page has
                name = f"{chapter}/{name_of(html, element['figure'], seen)}"
                html = reserve(html, name, language)
            outputs[STATE_MIME].children = [nodes.raw("", html, format="html")]
            pictures = outputs.get("image/svg+xml")
            if element["figure"] in QUESTIONS:
                answers.append(cell)
            if pictures is None:
                continue
            begin, end = html.rsplit("</div>", 1)
            outputs[STATE_MIME].children = [
                nodes.raw("", begin + "<noscript>", format="html"),
                *[picture.deepcopy() for picture in pictures.children],
                nodes.raw("", "</noscript></div>" + end, format="html"),
            ]
        for cell in answers:
            join_question(cell)
        if figures:
            self.env.metadata[self.env.docname]["figures"] = sorted(figures)


def add_scripts(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template which scripts the figures of a page need."""
    figures = app.env.metadata.get(pagename, {}).get("figures", [])
    files = ["core.js", *map(script_of, figures)] if figures else []
    context["figure_scripts"] = [f"{FOLDER}/{file}" for file in files]


def copy_scripts(app: Sphinx, outdir: Path) -> None:
    """Put the built figures beside the pages."""
    shutil.copytree(STATIC, outdir / FOLDER, dirs_exist_ok=True)


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.add_transform(PicturesWithoutScript)
    on_page(app, add_scripts)
    when_written(app, copy_scripts)
