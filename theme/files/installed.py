"""The web app manifest: what a browser needs to install the book like a program.

Each edition has its own, beside its first page. Its addresses are relative, so that it works below
any folder; a page that was opened from a file names none (static/offline.js), because a browser
would refuse to read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from nnbook.messages import LANGUAGES
from nnbook.tokens import load_tokens
from theme.stages import when_written
from theme.strings import edition_of, strings

FILE = "manifest.webmanifest"
ICONS = {  # drawn by tools/icons.py
    "_static/icon-192.png": {"sizes": "192x192"},
    "_static/icon-512.png": {"sizes": "512x512"},
    "_static/icon-maskable.png": {"sizes": "512x512", "purpose": "maskable"},
}


def manifest(title: str, language: str) -> dict[str, Any]:
    """Describe an edition to a browser that installs it."""
    words = strings(language)
    background = load_tokens()["background"]["light"]
    return {
        "name": title,
        "short_name": words["short_title"],
        "description": words["description"],
        "lang": LANGUAGES[language].tag,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": background,
        "theme_color": background,
        "categories": ["education", "books"],
        "icons": [{"src": src, "type": "image/png", **more} for src, more in ICONS.items()],
    }


def write_manifest(app: Sphinx, outdir: Path) -> None:
    """Write it beside the first page."""
    found = manifest(app.config.html_title, edition_of(app.config.language))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    (outdir / FILE).write_text(text + "\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    when_written(app, write_manifest)
