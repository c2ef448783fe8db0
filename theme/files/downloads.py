"""The page of downloads: {offered}`PDF <book-en.pdf>` names a file that may be there.

What there is says the list beside the files, `downloads/list.js`. A site that was just built has an
empty one; `make downloads` fills it (tools/downloads.py). A script makes links of what is in it,
so that no page leads to a file that is not there.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

from theme.files.digests import CHANGED_LATER
from theme.files.python import to_site
from theme.stages import Context, Doctree, on_page, when_written, write_script

FOLDER = CHANGED_LATER
LIST = "list.js"
SCRIPT = "_static/downloads.js"

Files = dict[str, dict[str, int | str]]
"""Of each file its size in bytes and its date."""


def write_list(folder: Path, files: Files) -> None:
    """Write which files are there."""
    folder.mkdir(parents=True, exist_ok=True)
    write_script(folder / LIST, "nnlibDownloads", files)


class Offered(ReferenceRole):
    """A file that can be downloaded where it is."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Write what it is called, and note that the page needs the list."""
        self.env.metadata[self.env.docname]["offers"] = True
        html = (
            f'<span class="offered" data-file="{escape(self.target)}">{escape(self.title)}</span>'
        )
        return [nodes.raw("", html, format="html")], []


def add_scripts(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Let the page load the list and what shows it."""
    if app.env.metadata.get(pagename, {}).get("offers"):
        scripts = [f"{to_site(app)}{FOLDER}/{LIST}", SCRIPT]
        context["figure_scripts"] = [*context.get("figure_scripts", []), *scripts]


def begin_list(app: Sphinx, outdir: Path) -> None:
    """Begin with an empty list, one for all editions."""
    if not to_site(app) and not (outdir / FOLDER / LIST).exists():
        write_list(outdir / FOLDER, {})


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.add_role("offered", Offered())
    on_page(app, add_scripts, priority=600)  # after figures have named theirs
    when_written(app, begin_list)
