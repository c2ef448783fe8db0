"""``{own-network} parts`` lists the parts, ``{own-network} program`` has the whole program.

Without a script both are the book's; the script says which parts are the reader's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from nnbook.own.parts import Part, parts
from nnbook.own.program import beginning, heading, words
from theme.reading.progress import id_of
from theme.stages import Context, Doctree, on_page, when_written, write_script
from theme.strings import edition_of

BOOK = "_static/own-book.js"
SCRIPT, STYLE = "_static/own/own.js", "_static/own/own.css"


class Network(SphinxDirective):
    """What is done and what is missing, or the program."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write it as it is for a reader who has written nothing yet."""
        self.env.metadata[self.env.docname]["own"] = True
        said = words(edition_of(self.config.language))
        count = said["count"].format(done=0, own=0, all=len(parts()))
        if self.arguments[0] == "parts":
            return [
                nodes.paragraph("", count, ids=["own-count"]),
                nodes.enumerated_list("", *(self._row(part, said) for part in parts().values())),
                nodes.container(ids=["own-files"]),
            ]
        return [block(said, part) for part in parts().values()]

    def _row(self, part: Part, said: dict[str, str]) -> nodes.list_item:
        place = f"{part.exercise.partition('-')[0]}.html#{id_of(part.exercise)}"
        link = nodes.reference("", said[f"part_{part.number}"], internal=True, refuri=place)
        line = nodes.paragraph("", "", link, nodes.Text(" "))
        for name in part.functions:
            line += [nodes.literal("", name), nodes.Text(" ")]
        line += whose(said["row_open"])
        return nodes.list_item("", line, ids=[f"own-part-{part.number}"])


def whose(text: str) -> nodes.inline:
    """Return the words that say whose a part is."""
    return nodes.inline("", text, classes=["own-whose"])


def block(said: dict[str, str], part: Part) -> nodes.container:
    """Return a part of the program."""
    title = nodes.paragraph("", f"{part.number}. {said[f'part_{part.number}']} ")
    title += whose(said["row_book"])
    code = nodes.literal_block(part.code, part.code, language="python")
    return nodes.container("", title, code, ids=[f"own-code-{part.number}"], classes=["own-code"])


def book(language: str) -> dict[str, Any]:
    """Return what the script has to know."""
    return {
        "words": words(language),
        "beginning": beginning(language),
        "parts": [
            {
                "number": part.number,
                "exercise": part.exercise,
                "code": part.code,
                "heading": heading(part.number, own=False, language=language),
                "own_heading": heading(part.number, own=True, language=language),
            }
            for part in parts().values()
        ],
    }


def write_data(app: Sphinx, outdir: Path) -> None:
    """Write what the script loads."""
    write_script(outdir / BOOK, "nnlibOwn", book(edition_of(app.config.language)))


def add_context(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template which scripts the page needs."""
    if app.env.metadata.get(pagename, {}).get("own"):
        context["page_styles"] = [STYLE]
        context["figure_scripts"] = [*context.get("figure_scripts", []), BOOK, SCRIPT]


def setup(app: Sphinx) -> None:
    """Register the directive and connect to the build."""
    app.add_directive("own-network", Network)
    on_page(app, add_context, priority=600)  # after figures have named theirs
    when_written(app, write_data)
