"""The questions on watching a classifier learn: its loss, its answers, the loop, the forces."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.formats import fixed
from nnbook.questions.picture import Layer, Panel, grid
from nnbook.questions.question import Question, choice, tuples
from nnlib._typing import FloatArray

Triple = tuple[float, float, float]
Four = tuple[float, float, float, float]


def _part(early: Four, late: Four) -> Choice:
    """Compare accuracy and loss of two classes, from the probabilities of the true ones."""
    accuracy = [float(np.mean(np.array(p) > 0.5)) for p in (early, late)]
    loss = [nnlib.cross_entropy([[one, 1 - one] for one in p], [0] * len(p)) for p in (early, late)]
    more, dearer = accuracy[1] > accuracy[0], loss[1] > loss[0]
    assert accuracy[0] != accuracy[1]
    return choice(
        ("better", "dearer", "cheaper", "worse"),
        {
            (True, False): "better",
            (True, True): "dearer",
            (False, False): "cheaper",
            (False, True): "worse",
        }[more, bool(dearer)],
        {
            "early": early,
            "late": late,
            "accuracy_early": accuracy[0],
            "accuracy_late": accuracy[1],
            "loss_early": fixed(loss[0]),
            "loss_late": fixed(loss[1]),
        },
    )


def _level(*rows: Triple) -> Choice:
    """Look at the answers of a training whose loss stands still: a row for each true class."""
    counts = np.array(rows)
    said = int(np.sum(counts.sum(axis=0) > 0))
    share = np.trace(counts) / counts.sum()
    assert said < 3 or share > 0.9
    right = {1: "blind", 2: "missing", 3: "done"}[said]
    return choice(
        ("missing", "blind", "done"),
        right,
        {f"row_{name}": row for name, row in zip("abc", rows, strict=True)}
        | {"said": tuple(counts.sum(axis=0).tolist())},
        picture=lambda: [grid([[f"{count:g}" for count in row] for row in rows])],
    )


LOOPS: dict[str, tuple[str, str]] = {
    # the line that makes the slopes in z, and the line that changes the weights
    "right": ("d = p - y", "W = W - {rate} * transpose(x) * d"),
    "turned": ("d = y - p", "W = W - {rate} * transpose(x) * d"),
    "both": ("d = y - p", "W = W + {rate} * transpose(x) * d"),
    "plus": ("d = p - y", "W = W + {rate} * transpose(x) * d"),
    "same": ("d = p - p", "W = W - {rate} * transpose(x) * d"),
    "lost": ("d = p - y", "V = W - {rate} * transpose(x) * d"),
}


def _loop(which: str, rate: float) -> Choice:
    """Run a loop on a few flowers, and see what becomes of the loss."""
    data = nnlib.datasets.iris()
    X, y = data.X[::10], data.y[::10]
    W, Y = np.zeros((X.shape[1], 3)), nnlib.one_hot(y, 3)
    losses = []
    for _ in range(3):
        losses.append(nnlib.cross_entropy_with_logits(X @ W, y))
        p = nnlib.softmax(X @ W)
        d = {"both": Y - p, "turned": Y - p, "same": p - p}.get(which, p - Y)
        sign = {"both": 1, "plus": 1, "lost": 0}.get(which, -1)
        W = W + sign * 0.01 * rate / len(X) * X.T @ d
    change = losses[-1] - losses[0]
    right = "stays" if change == 0 else "falls" if change < 0 else "rises"
    slopes, step = LOOPS[which]
    lines = ("for x, y in batches:", "    p = softmax(x * W)", f"    {slopes}", f"    {step}")
    return choice(("falls", "rises", "stays"), right, {}, code="\n".join(lines).format(rate=rate))


NAMES = ("A", "B", "C")
K, F = Axis(symbol="k", low=0, high=4, ticks=(1, 2, 3)), Axis(symbol="F", low=-1, high=1)


def _panel(name: str, force: FloatArray) -> Panel:
    zero = Layer("curve", [(0, 0), (4, 0)], "muted")
    bars = Layer("bars", list(enumerate(force.tolist(), 1)), "gradient")
    return Panel(K, F, [zero, bars], name)


def _forces(p: Triple, true: int, turn: int) -> Choice:
    """Show the forces beside the slopes and the forces of another true class, in turned order."""
    other = true % 3
    right = -nnlib.cross_entropy_with_logits_derivative(np.log([p]), [true - 1])[0]
    wrong = -nnlib.cross_entropy_with_logits_derivative(np.log([p]), [other])[0]
    shown = [right, -right, wrong]
    order = [shown[(i + turn) % 3] for i in range(3)]
    at = next(i for i, one in enumerate(order) if one is right)
    values = {
        f"f_{name.lower()}": tuple(one.round(3).tolist())
        for name, one in zip(NAMES, order, strict=True)
    }
    return choice(
        NAMES,
        NAMES[at],
        {"list": p, "true": true} | values,
        picture=lambda: list(map(_panel, NAMES, order)),
    )


QUESTIONS = {
    "part": Question(
        "sec-ce-one",
        "loss-and-accuracy",
        _part,
        (
            tuples(
                "0.9 0.9 0.9 0.45, 0.4 0.45 0.6 0.7, 0.6 0.6 0.55 0.55, 0.8 0.9 0.7 0.6, "
                "0.95 0.9 0.4 0.95, 0.6 0.55 0.55 0.6, 0.3 0.4 0.8 0.6, 0.9 0.8 0.9 0.7, "
                "0.8 0.95 0.95 0.48"
            ),
            tuples(
                "0.6 0.6 0.6 0.55, 0.7 0.8 0.9 0.8, 0.95 0.95 0.95 0.45, 0.6 0.4 0.3 0.6, "
                "0.55 0.6 0.6 0.55, 0.9 0.45 0.9 0.95, 0.6 0.7 0.9 0.8, 0.4 0.7 0.6 0.6, "
                "0.6 0.55 0.6 0.55"
            ),
        ),
        level="relate",
    ),
    "level": Question(
        "sec-ce-plateau",
        "missing-class",
        _level,
        (
            tuples(
                "50 0 0, 49 0 1, 0 50 0, 10 0 30, 20 0 0, 0 0 40, 30 1 0, 0 24 1, 15 0 0, 5 0 0"
            ),
            tuples("0 0 50, 0 48 2, 0 50 0, 2 0 28, 0 19 1, 0 0 40, 0 29 1, 0 20 5, 6 9 0, 45 0 0"),
            tuples(
                "0 0 50, 1 1 48, 0 50 0, 1 0 39, 1 0 19, 0 0 40, 0 0 30, 0 3 27, 3 12 0, 30 0 0"
            ),
        ),
        level="diagnose",
    ),
    "loop": Question(
        "sec-ce-train",
        "classifier-loop",
        _loop,
        (
            (
                *("turned", "right", "both", "same", "plus"),
                *("both", "lost", "right", "plus", "turned"),
            ),
            (0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2, 0.2),
        ),
        level="diagnose",
    ),
    "forces": Question(
        "sec-ce-forces",
        "forces",
        _forces,
        (
            tuples(
                "0.5 0.3 0.2, 0.2 0.7 0.1, 0.1 0.2 0.7, 0.6 0.3 0.1, 0.3 0.1 0.6, "
                "0.8 0.05 0.15, 0.15 0.6 0.25, 0.2 0.45 0.35, 0.4 0.4 0.2"
            ),
            (1, 3, 2, 3, 1, 2, 2, 1, 3),
            (0, 1, 2, 0, 2, 1, 1, 0, 2),
        ),
        level="apply",
    ),
}
