"""Python for the pages: the folder `python/` of the site, which all of the site shares.

`tools/site_python.py` puts it together before the pages are built. Where it is missing, because it
could not be downloaded, the pages say that their cells cannot be run.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from theme.files.digests import digest
from theme.stages import Context, Doctree, on_page, when_written

PARTS = Path(__file__).resolve().parents[2] / "_build" / "python"
LIST = "parts.js"


def to_site(app: Sphinx) -> str:
    """Return the way from an edition to the site."""
    folder = app.config.html_theme_options.get("path_to_docs") or ""
    return "../" * len(Path(folder).parts)


def addresses_of(parts: Path) -> list[str]:
    """Return the addresses of all that the worker fetches, in the folder: each for one content."""
    if not (parts / LIST).exists():
        return []
    text = (parts / LIST).read_text(encoding="utf-8")
    listed: dict[str, Any] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    files = [*listed["python"], *listed["numpy"], listed["book"]]
    files += [*listed["drawing"], listed["letters"]]
    own = [listed["folder"] + name for name in ("pyodide.js", "pyodide.asm.js")]
    return [*own, *(file["address"] for file in files)]


def add_python_context(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template where the list of parts is."""
    path = PARTS / LIST
    context["python_parts"] = (
        f"{to_site(app)}python/{LIST}?v={digest(path)}" if path.exists() else ""
    )


def copy_parts(app: Sphinx, outdir: Path) -> None:
    """Put the folder into the site, which begins with the first edition."""
    if not to_site(app):
        target = outdir / "python"
        if addresses_of(target) != addresses_of(PARTS):  # large, and rarely another
            shutil.rmtree(target, ignore_errors=True)
            if PARTS.is_dir():
                shutil.copytree(PARTS, target)


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, add_python_context)
    when_written(app, copy_parts)
