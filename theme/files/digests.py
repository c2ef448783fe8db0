"""Every file that a page loads has a digest of its content in its address: `site.css?v=1f0c4a2b`.

A browser that has an old file in its store then never puts it under a new page. What is stamped
are addresses in pages (of links, sources and `data-` attributes: a script learns from these what
it may have to load) and in style sheets (fonts). The same address without the query works, too.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

from theme.reference import module_pages
from theme.stages import Stage, when_written

LENGTH = 10
CHANGED_LATER = "downloads"  # the folder whose list is written anew when the pages stand
LOADED = {".css", ".js", ".png", ".svg", ".woff2"}
QUERY = r"(?:\?v=[0-9a-f]+)?"
IN_PAGES = re.compile(rf'(\s(?:src|href|data-[a-z-]+)=")([^"#?:]+){QUERY}(?=")')
IN_STYLES = re.compile(rf"(\burl\()([^)\"'#?:]+){QUERY}(?=\))")


def digest(path: Path) -> str:
    """Name the content of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:LENGTH]


def stamp(path: Path, addresses: re.Pattern[str], digests: dict[Path, str]) -> None:
    """Stamp the addresses in a file that lead to files that pages load."""

    def stamped(match: re.Match[str]) -> str:
        before, address = match.groups()
        target = Path(posixpath.normpath(path.parent / address))
        known = target.suffix in LOADED and target.is_file()
        if not known or target.parent.name == CHANGED_LATER:
            return match[0]
        digests.setdefault(target, digest(target))
        return f"{before}{address}?v={digests[target]}"

    text = path.read_text(encoding="utf-8")
    new = addresses.sub(stamped, text)
    if new != text:
        path.write_text(new, encoding="utf-8")


def stamp_all(outdir: Path, pages: Iterable[str]) -> None:
    """Stamp the style sheets and, when what they load is known, the pages."""
    digests: dict[Path, str] = {}
    for sheet in outdir.glob("_static/**/*.css"):
        stamp(sheet, IN_STYLES, digests)
    for page in pages:
        stamp(outdir / f"{page}.html", IN_PAGES, digests)


def pages_of(app: Sphinx) -> list[str]:
    """List the pages of an edition, as paths without the ending."""
    return sorted([*app.env.found_docs, "index", "search", *module_pages.pages(Path(app.outdir))])


def finish(app: Sphinx, outdir: Path) -> None:
    """Stamp what was built."""
    stamp_all(outdir, pages_of(app))


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    when_written(app, finish, Stage.STAMPED)
