"""The review questions of an edition: one script, which pages load when they ask the first."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from nnbook.questions.script import script
from theme.stages import when_written
from theme.strings import edition_of

FILE = "_static/review.js"


def write(app: Sphinx, outdir: Path) -> None:
    """Write the script; pages learn its address from the template."""
    labels = app.env.domaindata["std"]["labels"]
    titles = {label: title for label, (_, _, title) in labels.items()}
    text = script(edition_of(app.config.language), titles)
    (outdir / FILE).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    when_written(app, write)
