"""The questions on what a network can and cannot do, from a picture or from its code."""

from __future__ import annotations

import math

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel, added, curve
from nnbook.questions.question import Question, choice
from nnlib.activations import relu

NAMES = ("A", "B", "C")
X, Y = Axis(symbol="x", low=0, high=4), Axis(symbol=r"\hat{y}", low=0, high=1)
SMOOTH = 0
"""Corners of a curve that bends everywhere."""


def _judged(asked: str, sample: int) -> Choice:
    goals = {"L": "zero", r"\hat{y}": "target"}  # all others are hidden
    return choice(
        ("none", "target", "zero"), goals.get(asked, "none"), {"asked": asked, "sample": sample}
    )


def _panel(name: str, corners: int) -> Panel:
    if corners == SMOOTH:
        line = curve(lambda x: 0.5 + 0.4 * np.sin(1.5 * x), X, color="prediction")
    else:
        ends = np.linspace(0, 4, corners + 2)
        heights = [0.8 if k % 2 else 0.2 + 0.05 * k for k in range(corners + 2)]
        line = Layer("curve", list(zip(ends.tolist(), heights, strict=True)), "prediction")
    return Panel(X, Y, [line], name)


def _drawable(neurons: int, *corners: int) -> Choice:
    """A line with fewer corners than neurons can be drawn, wherever it begins."""
    (right,) = (
        name
        for name, count in zip(NAMES, corners, strict=True)
        if count != SMOOTH and count < neurons
    )
    values = {f"corners_{name.lower()}": n for name, n in zip(NAMES, corners, strict=True)}
    return choice(
        NAMES,
        right,
        values | {"neurons": neurons},
        picture=lambda: [_panel(*one) for one in zip(NAMES, corners, strict=True)],
    )


RANGES = {
    "z": (-math.inf, math.inf),
    r"\max(0,\,z)": (0.0, math.inf),
    r"\sigma(z)": (0.0, 1.0),
    r"\tanh(z)": (-1.0, 1.0),
}


def _reach(bend: str, target: float) -> Choice:
    low, high = RANGES[bend]
    right = "above" if target < low else "below" if target > high else "reach"
    return choice(("reach", "below", "above"), right, {"bend": bend, "target": target})


PASSES = {
    "right": """
z = {w} * x {b}
a = max(0, z)
y = {v} * a + 1
""",
    "skipped": """
z = {w} * x {b}
a = max(0, z)
y = {v} * z + 1
""",
}


def _runs(code: str, w: float, b: float, v: float) -> str:
    """Run it for x from 0 to 4, and name the shape of y."""
    z = w * np.linspace(0, 4, 401) + b
    y = v * (z if code == "skipped" else relu(z)) + 1
    if np.ptp(y) < 1e-9:
        return "level"
    return "straight" if np.abs(np.diff(y, n=2)).max() < 1e-9 else "corner"


def _code(code: str, w: float, b: float, v: float) -> Choice:
    return choice(
        ("corner", "straight", "level"),
        _runs(code, w, b, v),
        {"left": b, "right": 4 * w + b},
        code=PASSES[code].strip().format(w=w, b=added(b), v=v),
    )


def _changed(asked: str, i: int, j: int) -> Choice:
    """Ask what of Z = XW + b changes with one number of the data or of the layer."""
    names = {"X": ("row", f"X_{{{i}{j}}}"), "W": ("column", f"W_{{{i}{j}}}")}
    names |= {"b": ("column", f"b_{{{j}}}"), "y": ("none", f"y_{{{i}}}")}
    right, symbol = names[asked]
    return choice(("row", "column", "none"), right, {"asked": symbol, "i": i, "j": j})


QUESTIONS = {
    "judged": Question(
        "sec-network-downhill",
        "hidden-target",
        _judged,
        (
            ("a_2", r"\hat{y}", "L", "a_1", r"\hat{y}", "L", "z_1", "z_2", "a_1", "a_2"),
            (5, 3, 4, 7, 2, 8, 6, 9, 3, 4),
        ),
        level="recall",
    ),
    "drawable": Question(
        "sec-network-hinges",
        "corner",
        _drawable,
        (
            (2, 3, 4, 3, 2, 4, 5, 3, 4),
            (1, 4, 0, 2, 3, 0, 6, 5, 7),
            (3, 2, 5, 0, 0, 6, 0, 1, 3),
            (0, 5, 3, 4, 1, 2, 4, 4, 5),
        ),
        level="relate",
    ),
    "reach": Question(
        "sec-forward-pass",
        "output-bend",
        _reach,
        (
            (
                r"\max(0,\,z)",
                r"\max(0,\,z)",
                r"\sigma(z)",
                r"\tanh(z)",
                "z",
                r"\sigma(z)",
                r"\tanh(z)",
                "z",
                r"\sigma(z)",
                r"\max(0,\,z)",
            ),
            (-5, 12, 30, 0.5, -8, -2, 4, 25, 0.3, -0.5),
        ),
        level="relate",
    ),
    "code": Question(
        "sec-neuron",
        "forward-code",
        _code,
        (
            (
                "right",
                "skipped",
                "right",
                "right",
                "skipped",
                "right",
                "right",
                "skipped",
                "right",
                "right",
            ),
            (2, 1, -1, 2, -3, 1, -2, 3, 3, -1),
            (-3, -2, -1, 1, 6, -5, 5, -6, -4, 6),
            (3, 2, 4, 2, 1, 3, 2, -1, -2, 3),
        ),
        level="relate",
    ),
    "changed": Question(
        "sec-network-matrices",
        "rows-and-columns",
        _changed,
        (
            ("X", "W", "y", "b", "X", "y", "W", "X", "b"),
            (3, 2, 4, 1, 2, 1, 4, 1, 3),
            (5, 4, 7, 6, 9, 8, 5, 3, 9),
        ),
        level="relate",
    ),
}
