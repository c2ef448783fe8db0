"""The questions on reading a result, planning a comparison and deciding by it."""

from __future__ import annotations

import math

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.drawing import Axis
from nnbook.questions.number import Number
from nnbook.questions.picture import Layer, Panel, curve, grid
from nnbook.questions.question import Question, choice, number, shown, tuples
from nnlib.activations import softmax

NAMES = ("A", "B", "C")
EPOCHS = Axis(symbol="t", low=0, high=100, ticks=(0, 50, 100))
LOSS = Axis(symbol="L", low=0, high=1.2, ticks=(0, 0.5, 1))
AT = (0, 25, 50, 75, 100)  # the epochs that are read out to those who do not see the curves


def _falling(t: np.ndarray, end: float, pace: float) -> np.ndarray:
    return end + (1.1 - end) * np.exp(-np.asarray(t) / pace)


def _curves(kind: str, t: np.ndarray, turn: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the training loss and the validation loss of a network of one kind."""
    if kind == "slow":
        return _falling(t, 0.1, 70), _falling(t, 0.15, 75)
    if kind == "gap":  # far apart, and no longer changing
        return _falling(t, 0.02, 12), _falling(t, 0.6, 12)
    late = np.maximum(np.asarray(t) - turn, 0) / (100 - turn)
    return _falling(t, 0.02, 15), _falling(t, 0.25, turn / 3) + 0.4 * late**1.3


def _panel(name: str, kind: str, turn: float) -> Panel:
    return Panel(
        EPOCHS,
        LOSS,
        [
            curve(lambda t: _curves(kind, t, turn)[0], EPOCHS, color="class0", name="T"),
            curve(lambda t: _curves(kind, t, turn)[1], EPOCHS, color="class1", name="V"),
        ],
        name,
    )


def _sooner(kinds: str, turn: float) -> Choice:
    by_name = dict(zip(NAMES, kinds.split(), strict=True))
    read = {name: _curves(kind, np.array(AT), turn) for name, kind in by_name.items()}
    lost = {name: float(new[-1] - new.min()) for name, (_, new) in read.items()}
    values = {
        f"{part}_{name.lower()}": [round(float(one), 2) for one in losses]
        for name, both in read.items()
        for part, losses in zip(("fit", "new"), both, strict=True)
    }
    return choice(
        NAMES,
        max(lost, key=lambda name: lost[name]),
        values,
        picture=lambda: [_panel(name, kind, turn) for name, kind in by_name.items()],
    )


def _protocol(scaled: str, chooses: str, judges: str, tried: str) -> Choice:
    if scaled != "train":
        right = "leak"
    elif chooses == judges:
        right = "chosen"
    else:
        right = "fair" if chooses == "val" else "heart"
    code = f"""
train, val, test = split(samples)
m, s = mean({scaled}), deviation({scaled})
for k in {tried}:
    A[k] = accuracy(fit(train, k), {chooses})
k = argmax(A)
print accuracy(fit(train, k), {judges})
"""
    return choice(("fair", "chosen", "leak", "heart"), right, {}, code=code.strip())


def _splits(spread: float, least: float) -> Number:
    ratio = 2 * spread / least
    return number(
        "n",
        round(ratio**2, 9),
        {"spread": spread, "least": least, "ratio": round(ratio, 9)},
        {"one": ratio**2 / 4, "linear": ratio},
    )


SPLIT, RIGHT = Axis(symbol="k", low=0, high=9), Axis(symbol="s", low=0.75, high=1)


def _pairs(second: tuple[float, ...], ahead: tuple[float, ...]) -> Choice:
    """`ahead` is by how many percentage points the first network is better on each split."""
    first = [b + d for b, d in zip(second, ahead, strict=True)]
    mean = float(np.mean(ahead)) / 100
    error = float(np.std(ahead, ddof=1)) / 100 / math.sqrt(len(ahead))
    right = "open" if abs(mean) < 2 * error else "up" if mean > 0 else "down"
    lists = {"A": [a / 100 for a in first], "B": [b / 100 for b in second]}

    def panels() -> list[Panel]:
        layers = [
            Layer("points", list(zip(range(1, 9), shares, strict=True)), color, name)
            for (name, shares), color in zip(lists.items(), ("class0", "class1"), strict=True)
        ]
        return [Panel(SPLIT, RIGHT, layers)]

    values = {"list_a": lists["A"], "list_b": lists["B"], "mean": mean, "error": error}
    return choice(("up", "down", "open"), right, values, picture=panels)


Z = np.array([[2.0, 0.5, -1], [0.2, 2.2, 0], [-1, 0.4, 3], [1.5, -2, 0.3], [0.1, 0.4, 1.6]])
CHANGES = {
    "z = {a} * z": lambda z, a: a * z,
    "z = z / {a}": lambda z, a: z / a,
    "z = z + {a}": lambda z, a: z + a,
    "z[2] = z[2] + {a}": lambda z, a: z + a * np.array([0, 1, 0]),
}


def _stretch(change: str, by: float) -> Choice:
    before, after = softmax(Z), softmax(CHANGES[change](Z, by))
    if (before.argmax(axis=1) != after.argmax(axis=1)).any():
        right = "other"
    else:
        surer = float((after.max(axis=1) - before.max(axis=1)).mean())
        right = nearest(surer, {"less": -0.3, "same": 0, "more": 0.1})
    line = change.format(a=f"{by:g}")
    code = f"z = net(x)\n{line}\np = softmax(z)\nanswer = argmax(p)"
    return choice(("more", "less", "same", "other"), right, {}, code=code)


def _doubted(*rows: tuple[float, ...]) -> Choice:
    counts = np.array(rows)
    kept = np.diag(counts) / counts.sum(axis=0)
    values: dict[str, object] = {
        f"share_{name.lower()}": float(share) for name, share in zip(NAMES, kept, strict=True)
    }
    values |= {f"row_{name.lower()}": row for name, row in zip(NAMES, rows, strict=True)}
    table = [[r"\,", *NAMES]] + [
        [name, *map(shown, row)] for name, row in zip(NAMES, rows, strict=True)
    ]
    return choice(NAMES, NAMES[int(kept.argmin())], values, picture=lambda: [grid(table)])


def _cost(one: tuple[float, ...], two: tuple[float, ...], miss: float, alarm: float) -> Choice:
    first, second = (missed * miss + false * alarm for missed, false in (one, two))
    right = "equal" if first == second else "first" if first < second else "second"
    values = {
        "missed_a": one[0],
        "false_a": one[1],
        "missed_b": two[0],
        "false_b": two[1],
        "miss": miss,
        "alarm": alarm,
        "cost_a": first,
        "cost_b": second,
    }
    return choice(("first", "second", "equal"), right, values)


QUESTIONS = {
    "sooner": Question(
        "sec-ce-overfitting",
        "overfitting",
        _sooner,
        (
            (
                "over gap slow",
                "gap over slow",
                "slow gap over",
                "slow over gap",
                "gap slow over",
                "over slow gap",
                "gap over slow",
                "slow gap over",
                "over gap slow",
            ),
            (25, 25, 25, 40, 40, 40, 50, 50, 50),
        ),
        level="diagnose",
    ),
    "protocol": Question(
        "sec-ce-held-out",
        "three-sets",
        _protocol,
        (
            ("train", "train", "samples", "train", "train", "train", "samples", "train", "train"),
            ("val", "test", "val", "train", "val", "val", "val", "train", "val"),
            ("test", "test", "test", "test", "val", "test", "test", "test", "val"),
            ("rates", "rates", "widths", "decays", "widths", "decays", "rates", "widths", "decays"),
        ),
        level="diagnose",
    ),
    "splits": Question(
        "sec-ce-seeds",
        "standard-error",
        _splits,
        (
            (0.03, 0.05, 0.03, 0.07, 0.04, 0.09, 0.05, 0.06, 0.06),
            (0.02, 0.02, 0.01, 0.02, 0.01, 0.02, 0.01, 0.01, 0.02),
        ),
        level="design",
    ),
    "pairs": Question(
        "sec-ce-seeds",
        "paired",
        _pairs,
        (
            tuples(
                "80 92 85 95 78 90 83 94, 88 90 86 91 87 89 92 85, 79 93 84 96 81 90 87 94, "
                "82 94 79 90 97 85 80 91, 90 89 91 88 92 90 87 91, 96 81 89 78 93 85 80 92, "
                "85 87 84 88 86 83 89 85, 78 95 83 91 80 96 86 89, 91 84 95 80 88 93 79 86"
            ),
            tuples(
                "2 3 2 2 3 2 3 2, 4 -5 6 -4 5 -6 -3 6, -2 -2 -3 -2 -1 -3 -2 -2, "
                "3 2 3 4 2 3 2 3, -6 5 3 -4 6 -3 5 -7, -3 -2 -4 -2 -3 -2 -2 -3, "
                "6 -4 7 -5 -6 8 -3 5, 1 2 1 2 2 1 2 1, -2 -3 -1 -2 -2 -3 -2 -3"
            ),
        ),
        level="diagnose",
    ),
    "stretch": Question(
        "sec-gen-sure",
        "temperature",
        _stretch,
        (
            (
                "z = {a} * z",
                "z = z / {a}",
                "z = z + {a}",
                "z[2] = z[2] + {a}",
                "z = {a} * z",
                "z = z / {a}",
                "z = z + {a}",
                "z = {a} * z",
                "z = {a} * z",
            ),
            (4, 4, 3, 5, -1, 0.5, -10, 0.25, 3),
        ),
        level="relate",
    ),
    "doubted": Question(
        "sec-ce-confusion",
        "precision",
        _doubted,
        (
            tuples(
                "40 8 2, 30 2 0, 18 1 1, 50 0 10, 45 15 0, 60 0 0, 20 1 9, 33 0 7, 12 6 2, 28 2 10"
            ),
            tuples(
                "0 30 0, 9 40 1, 0 25 5, 0 40 20, 2 28 0, 8 30 2, 0 40 0, 1 50 9, 0 30 0, 6 50 4"
            ),
            tuples(
                "1 9 20, 9 1 30, 6 4 30, 0 5 45, 0 10 30, 12 8 30, 1 3 26, 9 0 21, 0 1 39, 1 3 16"
            ),
        ),
        level="relate",
    ),
    "cost": Question(
        "sec-ce-confusion",
        "cost",
        _cost,
        (
            tuples("10 20, 3 90, 12 5, 4 60, 5 100, 2 80, 20 10, 6 44, 1 200, 8 30"),
            tuples("2 80, 15 10, 3 95, 20 12, 9 20, 10 40, 5 40, 10 4, 6 50, 3 60"),
            (50, 2, 1, 30, 20, 5, 100, 10, 10, 4),
            (1, 1, 5, 1, 1, 1, 2, 1, 1, 1),
        ),
        level="design",
    ),
}
