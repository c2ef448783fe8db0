"""When the theme works: as a page is about to be written, and when all pages of the site are."""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Any, TypeAlias

from docutils import nodes
from sphinx.application import Sphinx

Context: TypeAlias = dict[str, Any]
"""What a template is told of its page; `body` is the text as HTML."""
Doctree: TypeAlias = nodes.document | None
"""A page as it was read; one that was made otherwise, such as the search, has none."""


class Stage(IntEnum):
    """What is done once all pages are written, in this order."""

    FIRST_PAGE = 400  # before sphinx-external-toc, which would write a redirect
    FILES = 500  # what stands beside the pages
    JOINED = 600
    LOOKED_UP = 650
    STAMPED = 700
    KEPT_OFFLINE = 800
    LAST = 900


def on_page(
    app: Sphinx, tell: Callable[[Sphinx, str, Context, Doctree], None], *, priority: int = 500
) -> None:
    """Let `tell(app, name, context, doctree)` change what the template is told of each page."""

    def listen(app: Sphinx, name: str, template: str, context: Context, doctree: Doctree) -> None:
        tell(app, name, context, doctree)

    app.connect("html-page-context", listen, priority=priority)


def when_written(
    app: Sphinx, work: Callable[[Sphinx, Path], None], stage: Stage = Stage.FILES
) -> None:
    """Do something in the folder of the site when its pages stand there, and none has failed."""

    def listen(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and app.builder.name == "html":
            work(app, Path(app.outdir))

    app.connect("build-finished", listen, priority=stage)


def write_script(script: Path, name: str, value: dict[str, Any]) -> None:
    """Write a value as a classic script: a page that was opened as a file can load nothing else."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    script.write_text(f"var {name}={text};\n", encoding="utf-8")
