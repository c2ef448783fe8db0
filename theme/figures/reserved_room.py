"""The room that a page keeps for an interactive figure until its script has come.

`reserved_room.json` has the measured heights, in pixels at four widths of the screen.
tools/figure_heights.py writes it; the style sheet reads it from here. It is stored and not made
with the site, because only a browser can tell a height: how words wrap, formulas and fonts decide.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from nnbook.messages import ORIGINAL

MEASURED = Path(__file__).resolve().parent / "reserved_room.json"
QUESTION = re.compile(r'"remember":"([\w.-]+)"')
ELEMENT = '<div class="nn-figure"'


@cache
def heights(language: str) -> dict[str, list[int]]:
    """Figure -> its heights on a narrow and a wide phone, a tablet and a laptop."""
    editions: dict[str, dict[str, list[int]]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return editions.get(language, editions[ORIGINAL])


def name_of(element: str, figure: str, seen: Counter[str]) -> str:
    """Name the room of an element: by its question or figure, the second time with a 2."""
    question = QUESTION.search(element)
    name = question[1] if question else figure
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def reserve(element: str, name: str, language: str) -> str:
    """Give the element its name and, once measured, its heights."""
    attributes = f'data-place="{name}"'
    if name in heights(language):
        narrow, wide, tablet, laptop = heights(language)[name]
        rise = (wide - narrow) / 70  # 430 - 360 pixels
        attributes += (
            f' style="--phone:{narrow};--rise:{rise:.2f};--tablet:{tablet};--laptop:{laptop}"'
        )
    return element.replace(ELEMENT, f"{ELEMENT} {attributes}", 1)
