"""The questions on slopes that one sees, on neurons that are off, and on rows of neurons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.formats import MINUS
from nnbook.questions.picture import Panel, curve, grid
from nnbook.questions.question import Question, choice
from nnlib.activations import ACTIVATIONS, relu_derivative

NAMES = ("A", "B", "C")
Z, S = Axis(symbol="z", low=-4, high=4), Axis(symbol="s", low=0, high=1, ticks=(0, 0.5, 1))
SHOWN = {"tanh": r"\tanh(z)", "sigmoid": r"\sigma(z)", "softplus": r"\ln(1 + e^z)"}


def _slope(asked: str, *order: str) -> Choice:
    """Show three slopes in this order, and ask for the one of a function."""
    at = dict(zip(order, NAMES, strict=True))
    middle = {at[key]: float(ACTIVATIONS[key].derivative([0.0]).item()) for key in order}
    ends = {at[key]: round(float(ACTIVATIONS[key].derivative([4.0]).item()), 2) for key in order}
    return choice(
        NAMES,
        at[asked],
        {"asked": SHOWN[asked]}
        | {f"middle_{name.lower()}": middle[name] for name in NAMES}
        | {f"end_{name.lower()}": ends[name] for name in NAMES},
        picture=lambda: [
            Panel(Z, S, [curve(ACTIVATIONS[key].derivative, Z)], name)
            for key, name in zip(order, NAMES, strict=True)
        ],
    )


Sums = tuple[float, ...]


def _off(first: Sums, second: Sums, third: Sums) -> Choice:
    """Ask which of three neurons no sample moves; each has a column of sums."""
    dead = [
        name
        for name, sums in zip(NAMES, (first, second, third), strict=True)
        if not relu_derivative(np.array(sums)).any()
    ]
    assert len(dead) < 2
    return choice(
        (*NAMES, "none"),
        dead[0] if dead else "none",
        {"first": first, "second": second, "third": third},
        picture=lambda: [grid([[*NAMES], *zip(first, second, third, strict=True)])],
    )


RANGES = {
    "sigmoid": ("0", "1"),
    "tanh": (f"{MINUS}1", "1"),
    "softplus": ("0", r"\infty"),
    "plain": (r"-\infty", r"\infty"),
}


def _last(function: str, *targets: float) -> Choice:
    low, high = RANGES[function]
    values = {"low": low, "high": high, "list": targets}
    return choice(tuple(RANGES), function, values)


def _cure(size: float, slope: float, front: float, back: float) -> Choice:
    """Read a table of a tanh network at its start."""
    ratio = front / back
    right = "fine" if 0.3 < ratio < 3 else "smaller" if size > 2 else "larger"
    return choice(
        ("smaller", "larger", "fine"),
        right,
        {"size": size, "slope": slope, "front": front, "back": back},
        picture=lambda: [grid([["|z|", size], ["f'(z)", slope], ["g_1", front], ["g_5", back]])],
    )


T, G, P = "tanh", "sigmoid", "softplus"

QUESTIONS = {
    "slope_seen": Question(
        "sec-activation-table",
        "slope-shape",
        _slope,
        (
            (T, G, P, T, P, G, P, T, G),
            (T, P, G, P, T, G, G, G, T),
            (G, T, P, T, P, T, T, P, G),
            (P, G, T, G, G, P, P, T, P),
        ),
        level="relate",
    ),
    "off": Question(
        "sec-dead",
        "dead-for-all",
        _off,
        (
            (
                (-1, -2, 3),
                (-1, -0.5, -2),
                (1, -1, 0.5),
                (2, 1, 4),
                (-3, -1, -2),
                (0.5, -4, -1),
                (-2, -2, 1),
                (-0.2, -0.1, -3),
                (5, -6, -7),
                (2, -1, -1),
            ),
            (
                (-3, -1, -2),
                (2, -1, -3),
                (-5, 2, -1),
                (-1, -1, 1),
                (1, 2, 3),
                (-1, -0.1, -2),
                (-3, 0.2, -1),
                (-5, -5, 4),
                (-1, -9, 2),
                (-4, 3, -2),
            ),
            (
                (2, 1, -1),
                (-4, -6, 0.1),
                (-2, -3, -4),
                (-2, -4, -1),
                (-1, 2, -5),
                (3, -2, -2),
                (-1, -7, 2),
                (1, -1, -1),
                (-2, 0.3, -4),
                (-1, -2, -0.5),
            ),
        ),
        in_text={"off": replace(_off((-1, -2, 0.5), (2, -1, -3), (-2, -0.5, -1)), picture=tuple)},
        level="apply",
    ),
    "last": Question(
        "sec-activation-table",
        "range-of-outputs",
        _last,
        (
            (
                *("sigmoid", "tanh", "softplus", "plain", "plain", "softplus"),
                *("tanh", "sigmoid", "tanh", "plain", "softplus", "sigmoid"),
            ),
            (0.2, -0.4, 0.3, -3, 15, 2.5, 0.75, 0.01, -0.6, -0.7, 900, 0.66),
            (0.93, 0.9, 12, 0.2, -80, 0.04, -0.98, 0.4, 0.3, 6, 7, 0.08),
            (0.5, 0.1, 150, 41, 2, 31, -0.2, 0.77, -0.05, -22, 0.6, 0.99),
        ),
        level="design",
    ),
    "cure": Question(
        "sec-vanishing",
        "cure",
        _cure,
        (
            (8, 0.05, 0.9, 6, 0.02, 1, 9, 0.1, 0.7),
            (0.01, 0.99, 0.6, 0.02, 1, 0.5, 0.01, 0.98, 0.7),
            (0.002, 0.001, 0.3, 0.004, 0.0003, 0.5, 0.001, 0.002, 0.2),
            (0.1, 0.08, 0.25, 0.3, 0.05, 0.4, 0.2, 0.1, 0.3),
        ),
        level="design",
    ),
}
