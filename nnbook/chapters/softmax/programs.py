"""The questions on programs and pictures of shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel, grid
from nnbook.questions.question import Question, choice, shown, tuples
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, softmax

Triple = tuple[float, float, float]
Change = Callable[[FloatArray], FloatArray]

CHANGES: dict[str, tuple[str, Change]] = {
    # before the softmax: the line of code, and what it does
    "cooled": ("z = z / 4", lambda z: z / 4),
    "halved": ("z = z * 0.5", lambda z: z * 0.5),
    "sharpened": ("z = z * 3", lambda z: z * 3),
    "hot": ("z = z / 0.2", lambda z: z / 0.2),
    "raised": ("z = z + 5", lambda z: z + 5),
    "centered": ("z = z - mean(z)", lambda z: z - z.mean()),
    "turned": ("z = -z", lambda z: -z),
    "boosted": ("z[2] = z[2] + 6", lambda z: z + np.array([0, 6, 0])),
}


def _altered(which: str, z: Triple) -> Choice:
    line, change = CHANGES[which]
    first = np.array(z)
    before, after = softmax(first), softmax(change(first))
    leader = int(before.argmax())
    if after.argmax() != leader:
        right = "other"
    elif np.isclose(before[leader], after[leader]):
        right = "same"
    else:
        right = "surer" if after[leader] > before[leader] else "milder"
    return choice(
        ("surer", "milder", "same", "other"),
        right,
        {"list": z},
        code=f"{line}\np = softmax(z)",
    )


PROGRAMS: dict[str, tuple[str, Change]] = {
    "plain": ("e = exp(z)\np = e / sum(e)", softmax),
    "shifted": ("e = exp(z - max(z))\np = e / sum(e)", softmax),
    "mean": ("z = z - mean(z)\ne = exp(z)\np = e / sum(e)", softmax),
    "largest": ("e = exp(z)\np = e / max(e)", lambda z: np.exp(z) / np.exp(z).max()),
    "sigmoids": ("p = 1 / (1 + exp(-z))", sigmoid),
    "linear": ("z = z - min(z)\np = z / sum(z)", lambda z: (z - z.min()) / (z - z.min()).sum()),
    "squares": ("e = z^2\np = e / sum(e)", lambda z: z**2 / np.sum(z**2)),
    "two": ("e = 2^z\np = e / sum(e)", lambda z: 2.0**z / np.sum(2.0**z)),
    "twice": ("e = exp(2 * z)\np = e / sum(e)", lambda z: softmax(2 * z)),
    "late": ("e = exp(z / sum(z))\np = e", lambda z: np.exp(z / z.sum())),
    "others": (
        "e = exp(z)\np = e / (sum(e) - e)",
        lambda z: np.exp(z) / (np.exp(z).sum() - np.exp(z)),
    ),
}


def _program(which: str) -> Choice:
    code, run = PROGRAMS[which]
    z = np.array([1.0, 3.0, -1.5])
    p = run(z)
    if np.allclose(p, softmax(z)):
        right = "softmax"
    else:
        right = "shares" if np.isclose(p.sum(), 1) and p.min() >= 0 else "none"
    return choice(("softmax", "shares", "none"), right, {}, code=code)


NAMES = ("A", "B", "C")
K, P = Axis(symbol="k", low=0, high=4, ticks=(1, 2, 3)), Axis(symbol="p", low=0, high=1)


def _bars(name: str, p: FloatArray) -> Panel:
    return Panel(K, P, [Layer("bars", list(enumerate(p.tolist(), 1)), "prediction")], name)


def _hottest(z: Triple, temperatures: Triple) -> Choice:
    shares = [softmax(np.array(z) / T) for T in temperatures]
    values = {
        f"p_{name.lower()}": tuple(p.round(2).tolist())
        for name, p in zip(NAMES, shares, strict=True)
    }
    return choice(
        NAMES,
        NAMES[int(np.argmax(temperatures))],
        {"list": z} | values,
        picture=lambda: list(map(_bars, NAMES, shares)),
    )


def _miscopied(p: Triple, row: float, column: float, wrong: float) -> Choice:
    """Change one entry of the Jacobian, or none; find the row whose sum is not 0."""
    s = np.array(p)
    J = np.diag(s) - np.outer(s, s)
    if row:
        J[int(row) - 1, int(column) - 1] += wrong
    J = J.round(4)
    off = np.flatnonzero(~np.isclose(J.sum(axis=1), 0))
    right = ("one", "two", "three")[off[0]] if len(off) else "none"
    values = {f"row_{name}": tuple(one.tolist()) for name, one in zip("abc", J, strict=True)}
    return choice(
        ("one", "two", "three", "none"),
        right,
        values,
        picture=partial(_table, J),
    )


def _inherited(first: Triple, second: Triple) -> Choice:
    p, q = softmax(first), softmax(second)
    agree = "answer" if p.argmax() == q.argmax() else "nothing"
    right = "same" if np.allclose(p, q) else agree
    return choice(("same", "answer", "nothing"), right, {"first": first, "second": second})


def _table(J: FloatArray) -> list[Panel]:
    return [grid([[shown(one) for one in row] for row in J])]


QUESTIONS = {
    "altered": Question(
        "sec-softmax-temperature",
        "what-stays",
        _altered,
        (
            (
                *("cooled", "raised", "sharpened", "turned", "halved"),
                *("boosted", "hot", "centered", "cooled", "sharpened"),
            ),
            tuples("2 0 -1, 1 3 0, 0 1 2, 3 1 -2, -1 0 4, 2 0 1, 0.5 1 0, 4 1 1, -2 1 0.5, 1 0 -1"),
        ),
        level="relate",
    ),
    "program": Question(
        "sec-softmax-formula",
        "a-program",
        _program,
        (
            (
                *("shifted", "largest", "linear", "plain", "two"),
                *("sigmoids", "mean", "squares", "others", "twice"),
            ),
        ),
        level="diagnose",
    ),
    "hottest": Question(
        "sec-softmax-temperature",
        "temperature",
        _hottest,
        (
            tuples("2 1 0, 0 2 1, 1 0 3, 3 0 1, 0 1 2, 2 0 0.5, 1 3 0, 0 0.5 2, 1.5 0 1"),
            tuples(
                "1 3 0.4, 4 1 0.5, 0.5 1 3, 1 2 5, 2 0.5 1, 0.6 4 1.5, 1 0.5 2, 3 0.3 1, 0.4 2 1"
            ),
        ),
        level="relate",
    ),
    "miscopied": Question(
        "sec-softmax-jacobian",
        "rows-add-up",
        _miscopied,
        (
            tuples(
                "0.5 0.3 0.2, 0.6 0.3 0.1, 0.4 0.4 0.2, 0.7 0.2 0.1, 0.2 0.5 0.3, "
                "0.1 0.1 0.8, 0.3 0.3 0.4, 0.8 0.1 0.1, 0.2 0.2 0.6, 0.5 0.4 0.1"
            ),
            (1, 2, 0, 3, 2, 1, 0, 3, 2, 1),
            (2, 2, 1, 1, 3, 1, 1, 3, 1, 3),
            (0.05, -0.1, 0, 0.04, 0.3, -0.04, 0, 0.02, 0.08, 0.1),
        ),
        level="diagnose",
    ),
    "inherited": Question(
        "sec-softmax-start",
        "start-remains",
        _inherited,
        (
            tuples(
                "-5.5 3.5 4.5, 3 -1 -3, 2 0.5 -1, -4 2 3, 1 2 0, -1 3 2.5, 4 1 0, 0.5 -2 1, "
                "-3 -1 -2"
            ),
            tuples("-4 5 6, 1 2 -1, 5 3.5 2, -4 1 5, 2 1 0.5, -2 2 1.5, 3 -2 0.5, 2.5 0 3, 2 1 0"),
        ),
        level="relate",
    ),
}
