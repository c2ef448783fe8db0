"""What answers a question of the text, and stands right below it, waits in its box: folded.

`held.json` says of each such question how many blocks that are. Where something else stands below
a question, such as the cell that finds the answer out, nothing waits.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from nnbook.questions.bank import PREDICTIONS
from theme.pages.folding import fold, summary
from theme.strings import strings

BLOCKS: dict[str, int] = json.loads(
    (Path(__file__).resolve().parent / "held.json").read_text(encoding="utf-8")
)
PLACE = re.compile(r'data-place="[\w-]+/(?P<key>(?:predict|draw)\.(?P<name>[\w-]+))"')


class AnswerFirst(SphinxTransform):
    """Fold them."""

    default_priority = 455  # after the answers' fields joined their questions

    def apply(self, **kwargs: object) -> None:
        """Look at each question of the page."""
        for box in list(self.document.findall(nodes.admonition)):
            asked = next(filter(None, map(PLACE.search, map(str, box.findall(nodes.raw)))), None)
            if asked is None or asked["name"] not in BLOCKS:
                continue
            at = box.parent.index(box) + 1
            shown = (node for node in box.parent[at:] if not isinstance(node, nodes.Invisible))
            *_, last = islice(shown, BLOCKS[asked["name"]])
            held = box.parent[at : box.parent.index(last) + 1]
            data = {"data-question": asked["key"]}
            if asked["key"].startswith("predict"):
                judging = PREDICTIONS.find(asked["name"]).judging
                right = judging.get("limits", judging.get("answer"))
                data |= {} if judging.get("estimate") else {"data-right": json.dumps(right)}
            element = fold(classes=["held"], open=False, data=data)
            element += summary("", strings(self.config.language)["held"])
            del box.parent[at : at + len(held)]
            element += held
            box += element
            box["classes"].append("folds")


def setup(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(AnswerFirst)
