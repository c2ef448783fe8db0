"""The questions to which one looks at a picture."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel, curve
from nnbook.questions.question import Question, choice
from nnlib.optim import gradient_descent

START = 2.0
NAMES = ("A", "B", "C")
W, L = Axis(symbol="w", low=-2.2, high=2.2), Axis(symbol="L", low=0, high=4.5, ticks=(0, 2, 4))


def _walk(rate: float) -> list[float]:
    descent = gradient_descent(lambda w: 2 * w, START, lr=rate, max_steps=4, tolerance=1e-12)
    return np.ravel(descent.points).tolist()


def _panel(name: str, rate: float) -> Panel:
    walk = Layer("walk", [(w, w**2) for w in _walk(rate)], "weight")
    return Panel(W, L, [curve(lambda w: w**2, W, color="loss"), walk], name)


def _fastest(*rates: float) -> Choice:
    steps = {name: START - _walk(rate)[1] for name, rate in zip(NAMES, rates, strict=True)}
    right = max(steps, key=lambda name: steps[name])
    values = {
        f"places_{name.lower()}": [round(w, 2) for w in _walk(rate)[:4]]
        for name, rate in zip(NAMES, rates, strict=True)
    }
    return choice(
        NAMES,
        right,
        values | {"step": steps[right], "rate": max(rates)},
        picture=lambda: [_panel(name, rate) for name, rate in zip(NAMES, rates, strict=True)],
    )


def _doubling(*rates: float) -> Choice:
    """Ask which of the rates one must not double: the one whose walk jumps over the valley."""
    (right,) = (name for name, rate in zip(NAMES, rates, strict=True) if _walk(rate)[1] < 0)
    return choice(
        NAMES,
        right,
        {f"next_{name.lower()}": _walk(rate)[1] for name, rate in zip(NAMES, rates, strict=True)},
        picture=lambda: [_panel(name, rate) for name, rate in zip(NAMES, rates, strict=True)],
    )


QUESTIONS = {
    "fastest": Question(
        "sec-counting-steps",
        "walks",
        _fastest,
        (
            (0.1, 0.4, 0.9, 0.45, 0.3, 0.85, 0.05, 0.8, 0.2),
            (0.45, 0.95, 0.5, 0.7, 0.5, 0.4, 0.1, 0.5, 0.4),
            (0.8, 0.1, 0.3, 0.55, 0.9, 0.55, 0.15, 0.75, 0.9),
        ),
        level="relate",
    ),
    "doubling": Question(
        "sec-counting-steps",
        "walks",
        _doubling,
        (
            (0.1, 0.6, 0.3, 0.8, 0.2, 0.15, 0.7, 0.4, 0.05),
            (0.45, 0.3, 0.75, 0.4, 0.9, 0.35, 0.2, 0.1, 0.65),
            (0.8, 0.2, 0.4, 0.1, 0.45, 0.7, 0.4, 0.85, 0.3),
        ),
        level="relate",
    ),
}
