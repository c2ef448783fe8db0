"""A style sheet and two scripts that every page loads, joined out of what the rooms have."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

from nnbook.tokens import load_tokens
from theme.stages import Stage, when_written

JOINED = {
    "site.css": (
        "katex/katex.css",
        *("ground.css", "frame.css", "in-place.css", "set-by-text.css", "formula-sheet.css"),
        *(
            "text.css",
            "formulas.css",
            "captions.css",
            "code.css",
            "boxes.css",
            "layers.css",
            "answer-first.css",
        ),
        *(
            "practice-boxes.css",
            "claims.css",
            "reference.css",
            "lists.css",
            "search.css",
            "landing.css",
        ),
        *("phone.css", "icons.css", "forced-colors.css"),  # they outrank what is above
        "figures/figures.css",
        "live/rest.css",
        "reading/reading.css",
    ),
    "site-early.js": (
        *("reading/moved.js", "practice/due.js", "early.js"),
        *("first-visit.js", "answer-first.js", "place.js"),
    ),
    "site.js": (
        "book.js",
        "sections.js",
        "offline.js",
        "live/rest.js",
        "reading/reading.js",
    ),
}
# In front of a line, where it is in no text.
COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/)", re.DOTALL | re.MULTILINE)


def css_variables() -> str:
    """One custom property a quantity; `light-dark` follows the color scheme of the page."""
    lines = [
        f"  --nn-{name}: light-dark({token['light']}, {token['dark']});"
        for name, token in load_tokens().items()
    ]
    return "\n".join(["/* Made from nnlib/tokens.json. */", ":root {", *lines, "}", ""])


def tidy(text: str) -> str:
    """Take what only its authors need out of a style sheet or a script: comments and indents."""
    return re.sub(r"\s*\n\s*", "\n", COMMENT.sub("", text))


def join_files(app: Sphinx, outdir: Path) -> None:
    """Join style sheets and scripts: a page waits for each, and the first brings what all need."""
    static = outdir / "_static"
    for joined, names in JOINED.items():
        parts = {name: (static / name).read_text(encoding="utf-8") for name in names}
        if joined == "site.css":
            katex = parts["katex/katex.css"]
            parts["katex/katex.css"] = katex.replace("url(fonts/", "url(katex/fonts/")
            parts = {"tokens": css_variables(), **parts}
        text = "\n".join(map(tidy, parts.values()))
        (static / joined).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    when_written(app, join_files, Stage.JOINED)
