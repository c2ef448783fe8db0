"""A deck as an HTML file that works by itself, from a folder and without a network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from html import escape

from slide_files.slide import Slide

# As on the pages: no script but the deck's own files, and one whose content is known; nothing is
# fetched. reveal.js writes styles, for paper and for the speaker's window, which frames decks.
POLICY = (
    "default-src 'none'; script-src 'self' '{speaker}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
DECK = """<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{styles}
{scripts}
</head>
<body>
<div class="reveal"><div class="slides">
{slides}
</div></div>
</body>
</html>
"""
SLIDE = """<section class="{kind}"><div class="sheet">
<{level} class="heading">{heading}</{level}>
<div class="main">{body}</div>
<p class="foot">{foot}</p>
</div><aside class="notes">{notes}</aside></section>"""
STYLES = ("site.css", "reveal.css", "slides.css")
SPEAKER = re.compile(r"<script>(.*?)<\\?/script>", re.DOTALL)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def digest(notes: str) -> str:
    """Return how a policy names the script that reveal.js writes into the speaker's window."""
    scripts = SPEAKER.findall(notes)
    if len(scripts) != 1:
        raise ValueError(
            f"the speaker's window of reveal.js must have one script, got {len(scripts)}: "
            "look at what its new version does, and change tools/slide_files/deck.py"
        )
    script = ESCAPED.sub(lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), scripts[0])
    made = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"sha256-{made}"


def deck(
    slides: Sequence[Slide],
    *,
    title: str,
    tag: str,
    foot: str,
    figures: Sequence[str],
    speaker: str,
) -> str:
    """Write the file of a deck.

    Parameters
    ----------
    slides : sequence of Slide
        In their order.
    title, foot : str
        Of the file, as text, and what stands below each slide, as HTML.
    tag : str
        The language.
    figures : sequence of str
        The scripts of its interactive figures.
    speaker : str
        The digest of the script in the speaker's window.
    """
    scripts = [*figures, "reveal.js", "notes.js", "slides.js"]
    return DECK.format(
        tag=tag,
        policy=POLICY.format(speaker=speaker),
        title=escape(title),
        styles="\n".join(f'<link rel="stylesheet" href="shared/{name}">' for name in STYLES),
        scripts="\n".join(f'<script src="shared/{name}" defer></script>' for name in scripts),
        slides="\n".join(written(slide, foot) for slide in slides),
    )


def written(slide: Slide, foot: str) -> str:
    """Write a slide."""
    return SLIDE.format(
        kind=slide.kind,
        level="h1" if slide.kind == "title" else "h2",
        heading=slide.heading,
        body=slide.body,
        foot="" if slide.kind in {"title", "end"} else foot,
        notes="\n".join(slide.notes),
    )
