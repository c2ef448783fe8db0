"""The questions on what backpropagation does, and what a check of it can find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.number import Number
from nnbook.questions.picture import Layer, Panel, curve
from nnbook.questions.question import Question, choice, number, tuples

Train = Callable[[float, float, int], float]
"""From the start of w, the rate and the number of steps to the end of w."""


def _slope(w: float) -> float:
    """Return the slope of a loss whose lowest point is at w = 3."""
    return 2 * (w - 3)


def _plain(w: float, rate: float, n: int) -> float:
    for _ in range(n):
        w -= rate * _slope(w)
    return w


def _measured(w: float, rate: float, n: int) -> float:
    for _ in range(n):
        w -= rate * ((w + 0.5 - 3) ** 2 - (w - 0.5 - 3) ** 2)
    return w


def _halves(w: float, rate: float, n: int) -> float:
    for _ in range(n):
        g = _slope(w)
        w -= rate / 2 * g
        w -= rate / 2 * g
    return w


def _frozen(w: float, rate: float, n: int) -> float:
    return w - n * rate * _slope(w)


def _still(w: float, rate: float, n: int) -> float:
    return w


TRAININGS: dict[str, tuple[str, Train]] = {
    "measured": ("for t in 1 .. {n}:\n    g = differences(w)\n    w = w - {rate} * g", _measured),
    "twice": (
        "for t in 1 .. {n}:\n    g = backward(w)\n    g = backward(w)\n    w = w - {rate} * g",
        _plain,
    ),
    "halves": (
        "for t in 1 .. {n}:\n    g = backward(w)\n"
        "    w = w - {rate}/2 * g\n    w = w - {rate}/2 * g",
        _halves,
    ),
    "unused": ("for t in 1 .. {n}:\n    g = backward(w)", _still),
    "aside": ("for t in 1 .. {n}:\n    g = backward(w)\n    v = w - {rate} * g", _still),
    "frozen": ("g = backward(w)\nfor t in 1 .. {n}:\n    w = w - {rate} * g", _frozen),
    "double": (
        "for t in 1 .. {n}:\n    g = backward(w)\n    g = g + g\n    w = w - {rate} * g",
        lambda w, rate, n: _plain(w, 2 * rate, n),
    ),
}


def _altered(which: str, n: int, rate: float) -> Choice:
    code, train = TRAININGS[which]
    end, usual = train(1.0, rate, n), _plain(1.0, rate, n)
    right = "start" if end == 1 else "same" if np.isclose(end, usual) else "elsewhere"
    return choice(
        ("same", "start", "elsewhere"),
        right,
        {"n": n, "rate": rate},
        code=code.format(n=n, rate=rate),
    )


def _targets(hidden: int, outputs: int, samples: int) -> Number:
    return number(
        "n",
        samples * outputs,
        {"hidden": hidden, "outputs": outputs, "samples": samples},
        {
            "all": samples * (hidden + outputs),
            "hidden": samples * hidden,
            "one": outputs,
        },
    )


Loss = Callable[[float, float], float]
SQUARE = ("(y - p)^2", "2 * (p - y)")
PROGRAMS: dict[str, tuple[str, str, str, str]] = {
    # of the loss, its slope in p, what that is multiplied by, the sign of the step
    "right": (*SQUARE, "x", "-"),
    "half": ("(y - p)^2 / 2", "(p - y)", "x", "-"),
    "two": ("(y - p)^2", "(p - y)", "x", "-"),
    "weight": (*SQUARE, "w", "-"),
    "turned": ("(y - p)^2", "2 * (y - p)", "x", "-"),
    "bias": (*SQUARE, "1", "-"),
    "plus": ("(y + p)^2", "2 * (p + y)", "x", "-"),
    "uphill": (*SQUARE, "x", "+"),
    "other": ("(1 - y - p)^2", "2 * (p + y - 1)", "x", "-"),
    "tripled": ("3 * (y - p)^2", "6 * (p - y)", "x", "-"),
}
LOSSES: dict[str, tuple[Loss, Loss]] = {
    "right": (lambda y, p: (y - p) ** 2, lambda y, p: 2 * (p - y)),
    "half": (lambda y, p: (y - p) ** 2 / 2, lambda y, p: p - y),
    "two": (lambda y, p: (y - p) ** 2, lambda y, p: p - y),
    "turned": (lambda y, p: (y - p) ** 2, lambda y, p: 2 * (y - p)),
    "plus": (lambda y, p: (y + p) ** 2, lambda y, p: 2 * (p + y)),
    "other": (lambda y, p: (1 - y - p) ** 2, lambda y, p: 2 * (p + y - 1)),
    "tripled": (lambda y, p: 3 * (y - p) ** 2, lambda y, p: 6 * (p - y)),
}


def _checked(which: str) -> str:
    """Check the slope of a program against its own loss; then look where its step leads."""
    loss, slope = LOSSES.get(which, LOSSES["right"])
    factor, sign = PROGRAMS[which][2:]
    x, w, y, h = 2.0, 0.3, 1.0, 1e-4

    def loss_at(v: float) -> float:
        return loss(y, v * x)

    dw = slope(y, w * x) * {"x": x, "w": w, "1": 1.0}[factor]
    if not np.isclose(dw, (loss_at(w + h) - loss_at(w - h)) / (2 * h)):
        return "found"
    after = w + (0.01 if sign == "+" else -0.01) * dw
    return "fine" if abs(after * x - y) < abs(w * x - y) else "passes"


def _blind(which: str) -> Choice:
    loss, slope, factor, sign = PROGRAMS[which]
    lines = ("p = w * x", f"L = {loss}", f"dp = {slope}", f"dw = dp * {factor}")
    return choice(
        ("found", "passes", "fine"),
        _checked(which),
        {},
        code="\n".join((*lines, f"w = w {sign} 0.01 * dw")),
    )


W, L = Axis(symbol="w", low=-3, high=3), Axis(symbol="L", low=0, high=6, ticks=(0, 2, 4, 6))
NAMES = ("A", "B", "C")


def _panel(name: str, low: float, at: float) -> Panel:
    point = Layer("points", [(at, (at - low) ** 2)], "weight")
    return Panel(W, L, [curve(lambda w: (w - low) ** 2, W, color="loss"), point], name)


def _place(*places: tuple[float, float]) -> Choice:
    slopes = [2 * (at - low) for low, at in places]
    sizes = sorted(slopes)
    asked = slopes[0]
    shifted = int(abs(asked)) % 3
    order = [places[(i + shifted) % 3] for i in range(3)]
    right = NAMES[[2 * (at - low) for low, at in order].index(asked)]
    assert len(set(sizes)) == 3
    values = {f"low_{n.lower()}": low for n, (low, _) in zip(NAMES, order, strict=True)}
    values |= {f"at_{n.lower()}": at for n, (_, at) in zip(NAMES, order, strict=True)}
    return choice(
        NAMES,
        right,
        {"slope": asked, **values},
        picture=lambda: [_panel(n, *one) for n, one in zip(NAMES, order, strict=True)],
    )


QUESTIONS = {
    "altered": Question(
        "sec-backprop-two-steps",
        "computes-adjusts",
        _altered,
        (
            (
                *("measured", "unused", "frozen", "aside", "halves"),
                *("double", "twice", "measured", "aside", "frozen"),
            ),
            (100, 50, 20, 30, 10, 40, 60, 8, 12, 5),
            (0.1, 0.2, 0.1, 0.05, 0.2, 0.1, 0.05, 0.05, 0.1, 0.2),
        ),
        level="relate",
    ),
    "targets": Question(
        "sec-backprop-seven",
        "hidden-target",
        _targets,
        ((3, 4, 8, 5, 6, 20, 10, 7), (2, 3, 3, 2, 4, 2, 3, 5), (50, 20, 100, 30, 25, 80, 40, 12)),
        level="apply",
    ),
    "blind": Question(
        "sec-backprop-check",
        "gradient-check",
        _blind,
        (
            (
                *("two", "plus", "weight", "right", "turned"),
                *("uphill", "bias", "half", "tripled", "other"),
            ),
        ),
        in_text={"blind": replace(_blind("uphill"), code="")},
        level="diagnose",
    ),
    "place": Question(
        "sec-backprop-two-steps",
        "slope-picture",
        _place,
        (
            tuples("0 1, 1 0, 0 2, -1 -2, 1 2.5, 0 -1.5, -1 0.5, 1 -1, -0.5 0, 0.5 -1"),
            tuples("1 0, 0 2, 1 0, 0 2, 1 0, 0 0.5, 0 -1, 0 1, 1 0, 1 2"),
            tuples("0 2, 0 1, 1 2, 0 1, -1 1, 1 2, 1 1.5, 1 -0.5, 0 2, -1 -1.5"),
        ),
        level="relate",
    ),
}
