"""The book without a network: the worker that keeps a copy of an edition knows all of its files."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from pathlib import Path

from sphinx.application import Sphinx

from theme.files import python
from theme.files.digests import digest, pages_of
from theme.stages import Context, Doctree, Stage, on_page, when_written

STAMPED = re.compile(r'["(]([^"()?#:]+\?v=[0-9a-f]+)[")]')
NOT_KEPT = "offline"  # the page in place of one that is not kept


def sha256(path: Path) -> str:
    """Name the content of a file for good: in half of the digits nobody finds another content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:32]


def files_of(outdir: Path, pages: list[str], python_folder: str) -> dict[str, str]:
    """List an edition's pages and all that they load, each with its digest, short and long."""
    found = {}
    pages = [*pages, NOT_KEPT]
    for path in [*(outdir / f"{page}.html" for page in pages), *outdir.glob("_static/site.css")]:
        folder = path.parent.relative_to(outdir).as_posix()
        for stamped in STAMPED.findall(path.read_text(encoding="utf-8")):
            address = posixpath.normpath(posixpath.join(folder, stamped))
            name = address.partition("?")[0]
            in_python = name.startswith(python_folder)  # which joins the site later
            file = python.PARTS / name.removeprefix(python_folder) if in_python else outdir / name
            found[address] = sha256(file)
        if path.suffix == ".html":
            found[f"{path.relative_to(outdir).as_posix()}?v={digest(path)}"] = sha256(path)
    return dict(sorted(found.items()))


def write_worker(
    outdir: Path, pages: list[str], *, keep: bool, python_folder: str = "python/"
) -> None:
    """Write the worker; or, where no copies are to be kept, a worker that deletes them.

    The copy of an edition holds no Python, which is ten times as large: a reader who has used it
    also gets a copy of that. `python_folder` is the way there.
    """
    if keep:
        files = json.dumps(files_of(outdir, pages, python_folder), indent=0)
        version = hashlib.sha256(files.encode()).hexdigest()[:12]
        script = (outdir / "_static" / "worker.js").read_text(encoding="utf-8")
        names = python.addresses_of(python.PARTS)
        parts = json.dumps({python_folder + name: sha256(python.PARTS / name) for name in names})
        script = script.replace('{ FILES: "" }', files).replace('"VERSION"', f'"{version}"')
        script = script.replace('{ PARTS: "" }', parts)
    else:
        script = (outdir / "_static" / "no-worker.js").read_text(encoding="utf-8")
    (outdir / "worker.js").write_text(script, encoding="utf-8")


def finish(app: Sphinx, outdir: Path) -> None:
    """Write what goes with the pages that were built."""
    folder = f"{python.to_site(app)}python/"
    keep = app.config.keep_offline
    write_worker(outdir, pages_of(app), keep=keep, python_folder=folder)


def tell_page(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template whether copies are kept."""
    context["keep_offline"] = app.config.keep_offline


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.add_config_value("keep_offline", True, "html", types=bool)
    on_page(app, tell_page)
    when_written(app, finish, Stage.KEPT_OFFLINE)
