"""What a question shows above its answer: lines of code, or a picture made of the same few marks.

A picture is a list of panels, each with layers of marks at places; the front end draws it
(`nnbook/figures/predict/picture.js`), and matplotlib where there is none. It holds symbols and no
words: what it shows the words say in `alt`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from nnbook.questions.drawing import Axis
from nnlib._validation import one_of

Place = tuple[float, float]

FORMS = ("curve", "points", "bars", "walk", "cells", "texts")
LINES, WIDTH = 6, 42
"""Of code: so it can be read at a glance, and on a phone."""


@dataclass(frozen=True)
class Layer:
    """Marks of one form.

    Attributes
    ----------
    form : {"curve", "points", "bars", "walk", "cells", "texts"}
        A line through all places; a point at each; a bar up to each; an arrow from each to the
        next; a text in a square of side 1 around each, or without the square.
    at : sequence of pairs
        The places.
    color : str
        Of the quantity.
    name : str
        A symbol in mini-TeX, beside the last place.
    texts : sequence of str
        In mini-TeX, one for each place: of cells and texts.
    """

    form: str
    at: Sequence[Place]
    color: str = "ink"
    name: str = ""
    texts: Sequence[str] = ()

    def __post_init__(self) -> None:
        one_of("form", self.form, FORMS)
        needed = len(self.at) if self.form in ("cells", "texts") else 0
        if not self.at or len(self.texts) != needed:
            raise ValueError(
                f"{self.form} need a place or more and {needed or 'no'} texts, "
                f"got {len(self.at)} and {len(self.texts)}"
            )
        if any("$" in text for text in self.texts):
            raise ValueError(f"texts are formulas as they are, without $, got {list(self.texts)}")

    def describe(self) -> dict[str, Any]:
        """Return it for JSON, with few digits: the same on every machine."""
        at = [[float(f"{float(one):.4g}") for one in place] for place in self.at]
        parts = {"form": self.form, "at": at, "color": self.color}
        return (
            parts
            | ({"name": self.name} if self.name else {})
            | ({"texts": list(self.texts)} if self.texts else {})
        )


@dataclass(frozen=True)
class Panel:
    """A plot of its own.

    Attributes
    ----------
    x : Axis
        The horizontal one.
    y : Axis
        The vertical one.
    layers : sequence of Layer
        The later ones lie on top.
    name : str
        Such as ``"A"``: above it. If each option of a question is the name of a panel, the options
        stand in this order.
    bare : bool
        Whether it has no axes.
    """

    x: Axis
    y: Axis
    layers: Sequence[Layer]
    name: str = ""
    bare: bool = False

    def describe(self) -> dict[str, Any]:
        """Return it for JSON."""
        parts = {"name": self.name, "x": self.x.describe(), "y": self.y.describe()}
        layers = {"layers": [layer.describe() for layer in self.layers]}
        return parts | ({"bare": True} if self.bare else {}) | layers


def curve(f: Callable[[Any], Any], axis: Axis, count: int = 41, **look: str) -> Layer:
    """Make the curve of a function of an array, from end to end of an axis."""
    xs = axis.along(count)
    return Layer("curve", list(zip(xs.tolist(), f(xs).tolist(), strict=True)), **look)


def grid(rows: Iterable[Iterable[object]], name: str = "", color: str = "ink") -> Panel:
    """Make a panel of numbers in rows and columns, such as a table or a small picture."""
    texts = [[str(one) for one in row] for row in rows]
    height, width = len(texts), len(texts[0])
    at = [(j + 0.5, height - i - 0.5) for i, j in product(range(height), range(width))]
    cells = Layer("cells", at, color, texts=[one for row in texts for one in row])
    return Panel(
        Axis(symbol="", low=0, high=width),
        Axis(symbol="", low=0, high=height),
        [cells],
        name,
        bare=True,
    )


def added(number: float) -> str:
    """`+ 3` or `- 3`: a number that a line of code adds."""
    return f"{'-' if number < 0 else '+'} {abs(number):g}"


def described(code: str, picture: Sequence[Panel]) -> dict[str, Any]:
    """Return what a question shows, for JSON; nothing of what it does not have."""
    lines = code.splitlines()
    if len(lines) > LINES or any(len(line) > WIDTH for line in lines):
        raise ValueError(
            f"code must have at most {LINES} lines of {WIDTH} characters, got {len(lines)}, the "
            f"longest of {max(map(len, lines))}: shorten it"
        )
    names = [panel.name for panel in picture]
    if len(set(names)) < len(names):
        raise ValueError(f"panels must have different names, got {names}")
    return ({"code": code} if code else {}) | (
        {"picture": [panel.describe() for panel in picture]} if picture else {}
    )
