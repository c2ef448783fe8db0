"""Pictures for both color schemes: each SVG that a cell drew gets a twin in the dark colors.

The matplotlib style of `nnlib.plots` draws with the light values of `nnlib/tokens.json` and with
nothing else, so the dark picture is the light one with each color replaced by its dark value.
The page carries both; the style sheet shows the right one.
"""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.writers.html5 import HTML5Translator

from nnbook.tokens import darken

STYLED_SIZE = re.compile(r'style="width: (\d+)px; height: (\d+)px;"')
PIXELS_PER_POINT = 96 / 72


def size_in_pixels(svg: str) -> tuple[str, str] | None:
    """Read the width and height, which matplotlib writes in points, as CSS pixels."""
    size = []
    for name in ("width", "height"):
        match = re.search(rf'<svg\b[^>]*?\s{name}="([\d.]+)pt"', svg)
        if match is None:
            return None
        size.append(f"{float(match[1]) * PIXELS_PER_POINT:.0f}px")
    return size[0], size[1]


class DarkTwins(SphinxTransform):
    """Put the dark picture after each picture that a cell drew."""

    default_priority = 400  # before Sphinx collects the images of the page

    def apply(self, **kwargs: object) -> None:
        """Write the twins and add them to the page."""
        source = Path(self.app.srcdir)
        for image in list(self.document.findall(nodes.image)):
            if not (isinstance(image.parent, nodes.container) and image["uri"].endswith(".svg")):
                continue
            picture = source / image["uri"].lstrip("/")
            svg = picture.read_text(encoding="utf-8")
            twin = picture.with_name(picture.stem + "-dark.svg")
            twin.write_text(darken(svg), encoding="utf-8")
            image["loading"] = "lazy"
            if size := size_in_pixels(svg):
                image["width"], image["height"] = size
            dark_image = image.deepcopy()
            dark_image["uri"] = image["uri"].removesuffix(".svg") + "-dark.svg"
            image["classes"].append("only-light")
            dark_image["classes"].append("only-dark")
            image.parent.append(dark_image)


def visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    """Write the size as attributes: the browser then reserves the room before the picture loads.

    docutils writes a style, which would win over the style sheet on a narrow screen.
    """
    HTML5Translator.visit_image(translator, node)
    translator.body[-1] = STYLED_SIZE.sub(r'width="\1" height="\2"', translator.body[-1])


def depart_image(translator: HTML5Translator, node: nodes.image) -> None:
    """Leave the picture."""
    HTML5Translator.depart_image(translator, node)


def setup(app: Sphinx) -> None:
    """Add the transform and the writer of pictures."""
    app.add_transform(DarkTwins)
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
