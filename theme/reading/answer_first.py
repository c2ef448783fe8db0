"""The block that answers a question of the text waits for the reader: folded, right where it is.

`held.json` names it for each question by its first words, in each edition; what begins alike in
all of them, such as code or a formula, needs no edition. Of several blocks in a row, it names the
first and the last. Where nothing near the question answers it, nothing waits.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from nnbook.questions.bank import PREDICTIONS
from theme.pages.folding import fold, summary
from theme.strings import edition_of, strings

BLOCKS: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parent / "held.json").read_text(encoding="utf-8")
)
PLACE = re.compile(r'data-place="[\w-]+/(?P<key>(?:predict|draw)\.(?P<name>[\w-]+))"')


def beginnings(name: str, edition: str) -> list[str]:
    """Return how the first and the last block begin that answer a question; [] if none does."""
    found = BLOCKS.get(name, [])
    found = found[edition] if isinstance(found, dict) else found
    return [found] if isinstance(found, str) else list(found)


def blocks(box: nodes.Element, begins: list[str]) -> list[nodes.Node]:
    """Find these blocks among those that follow a question in its section."""
    following = box.parent[box.parent.index(box) + 1 :]
    texts = [" ".join(node.astext().split()) for node in following]
    places = [
        next((at for at, text in enumerate(texts) if text.startswith(begin)), None)
        for begin in begins
    ]
    if not places or places[0] is None or places[-1] is None:
        return []
    return list(following[places[0] : places[-1] + 1])


class AnswerFirst(SphinxTransform):
    """Fold them."""

    default_priority = 455  # after the answers' fields joined their questions

    def apply(self, **kwargs: object) -> None:
        """Look at each question of the page."""
        edition = edition_of(self.config.language)
        for box in list(self.document.findall(nodes.admonition)):
            asked = next(filter(None, map(PLACE.search, map(str, box.findall(nodes.raw)))), None)
            if asked is None:
                continue
            held = blocks(box, beginnings(asked["name"], edition))
            if not held:
                continue
            data = {"data-question": asked["key"]}
            if asked["key"].startswith("predict"):
                judging = PREDICTIONS.find(asked["name"]).judging
                right = judging.get("limits", judging.get("answer"))
                data |= {} if judging.get("estimate") else {"data-right": json.dumps(right)}
            element = fold(classes=["held"], open=False, data=data)
            element += summary("", strings(self.config.language)["held"])
            at = box.parent.index(held[0])
            box.parent[at : at + len(held)] = [element]
            element += held


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(AnswerFirst)
