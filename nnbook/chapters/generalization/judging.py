"""The questions on reading a result."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Panel, added, curve, grid
from nnbook.questions.question import Question, choice, shown, tuples
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
standardize(train, val, test, by={scaled})
for k in {tried}:
    A[k] = accuracy(fit(train, k), {chooses})
k = argmax(A)
print accuracy(fit(train, k), {judges})
"""
    return choice(("fair", "chosen", "leak", "heart"), right, {}, code=code.strip())


Z = np.array([[2.0, 0.5, -1], [0.2, 2.2, 0], [-1, 0.4, 3], [1.5, -2, 0.3], [0.1, 0.4, 1.6]])
CHANGES = {
    "z = {a} * z": lambda z, a: a * z,
    "z = z / {a}": lambda z, a: z / a,
    "z = z {plus}": lambda z, a: z + a,
    "z[2] = z[2] {plus}": lambda z, a: z + a * np.array([0, 1, 0]),
}


def _stretch(change: str, by: float) -> Choice:
    before, after = softmax(Z), softmax(CHANGES[change](Z, by))
    if (before.argmax(axis=1) != after.argmax(axis=1)).any():
        right = "other"
    else:
        surer = float((after.max(axis=1) - before.max(axis=1)).mean())
        right = nearest(surer, {"less": -0.3, "same": 0, "more": 0.1})
    line = change.format(a=f"{by:g}", plus=added(by))
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
        in_text={"protocol": replace(_protocol("train", "test", "test", "rates"), code="")},
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
                "z = z {plus}",
                "z[2] = z[2] {plus}",
                "z = {a} * z",
                "z = z / {a}",
                "z = z {plus}",
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
        level="apply",
    ),
}
