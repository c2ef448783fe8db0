"""No space between Chinese characters, where Markdown needs one beside its marks: 叫做 **梯度**。

A space that stands inside a piece of text, and not at the edge of something marked, was meant.
"""

from __future__ import annotations

import re
from itertools import accumulate

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

FULL_WIDTH = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’]"
SPACES = re.compile(rf"(?<={FULL_WIDTH})[ \n]+(?={FULL_WIDTH})")
NOT_PROSE = (nodes.literal, nodes.math, nodes.raw)
OTHER = "\ufffc"  # stands for what is no text


def joined(pieces: list[str]) -> list[str]:
    """Leave out the spaces between Chinese characters that stand where two pieces meet."""
    whole, edges = "".join(pieces), [0, *accumulate(map(len, pieces))]
    dropped = {
        place
        for space in SPACES.finditer(whole)
        if any(space.start() <= edge <= space.end() for edge in edges)
        for place in range(*space.span())
    }
    return [
        "".join(sign for place, sign in enumerate(piece, start) if place not in dropped)
        for start, piece in zip(edges, pieces, strict=False)
    ]


def beside(*sentences: str) -> str:
    """Put sentences one after another."""
    return "".join(joined([f"{sentence} " for sentence in sentences])).rstrip()


class JoinedCharacters(SphinxPostTransform):
    """Do it in every paragraph, title and caption, once references have their texts."""

    default_priority = 900

    def run(self, **kwargs: object) -> None:
        """Replace the texts that change."""
        for block in list(self.document.findall(nodes.TextElement)):
            if isinstance(block, nodes.Inline):
                continue
            leaves = [node for node in block.findall() if not node.children]
            pieces = [
                str(leaf)
                if isinstance(leaf, nodes.Text) and not isinstance(leaf.parent, NOT_PROSE)
                else OTHER
                for leaf in leaves
            ]
            for leaf, piece, now in zip(leaves, pieces, joined(pieces), strict=True):
                if now != piece:
                    leaf.parent.replace(leaf, nodes.Text(now))


def setup(app: Sphinx) -> None:
    """Register it, for all that is made of the pages."""
    app.add_post_transform(JoinedCharacters)
