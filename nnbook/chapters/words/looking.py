"""The questions on vectors of letters and on attention."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number

Triple = tuple[float, float, float]
LETTERS = "abc"


def _setting(temperature: float, known: int, different: int) -> Choice:
    right = "raise" if known > 80 else "lower" if temperature >= 1 else "train"
    values = {"temperature": temperature, "known": known, "different": different}
    return choice(("raise", "lower", "train"), right, values)


def _weights(e: Triple, v: Triple) -> Number:
    w = nnlib.softmax(np.log(e))
    return number(
        "a",
        w @ np.array(v),
        {
            "e_a": e[0],
            "e_b": e[1],
            "e_c": e[2],
            "v_a": v[0],
            "v_b": v[1],
            "v_c": v[2],
            "total": sum(e),
        },
        {
            "sum": float(np.dot(e, v)),
            "plain": sum(v) / 3,
            "largest": v[int(np.argmax(e))],
        },
    )


def _order(before: str, after: str) -> Choice:
    layer = nnlib.Attention(len(before), 2, rng=0)
    vectors = nnlib.Embedding(27, 2, rng=1)
    a, b = (
        layer(vectors([[nnlib.LETTERS.index(letter) for letter in word]]))
        for word in (before, after)
    )
    right = "same" if np.allclose(a, b, rtol=1e-9, atol=1e-12) else "changes"
    return choice(
        ("same", "changes"), right, {"before": ", ".join(before), "after": ", ".join(after)}
    )


def _reach(window: int, far: int, each: int, most: int) -> Choice:
    right = "keep" if far <= window else "wider" if far * each <= most else "attention"
    values = {"window": window, "far": far, "each": each, "most": most, "cost": far * each}
    return choice(("keep", "wider", "attention"), right, values)


def _race() -> str:
    from nnbook.claims import entry

    return "window" if entry("words-window_wins").found[0][1].effect > 0 else "attention"


VALUES = ((4, 5, -1), (9, 7, 5), (1, 2, -1), (9, 4, 8), (0, 8, 7), (7, 9, 0), (4, 9, 8), (4, 2, 3))

QUESTIONS = {
    "setting": Question(
        "sec-words-write",
        "temperature-to-set",
        _setting,
        (
            (0.3, 1.5, 0.2, 0.5, 1, 0.1, 0.4, 2, 0.3, 1.2),
            (97, 41, 38, 95, 55, 45, 99, 22, 52, 48),
            (12, 96, 20, 18, 94, 9, 8, 99, 22, 92),
        ),
        level="design",
    ),
    "weights": Question(
        "sec-words-attention",
        "weighted-mean",
        _weights,
        (
            (
                (6, 3, 1),
                (1, 1, 2),
                (5, 4, 1),
                (2, 2, 1),
                (1, 7, 2),
                (3, 1, 1),
                (1, 1, 8),
                (4, 5, 1),
            ),
            VALUES,
        ),
        level="apply",
    ),
    "order": Question(
        "sec-words-attention",
        "order",
        _order,
        (
            ("ros", "tyr", "rap", "don", "ell", "nis", "ops", "ceh"),
            ("ors", "try", "arp", "odn", "lle", "ins", "pos", "hec"),
        ),
        in_text={"order": _order("sau", "asu")},
        level="relate",
    ),
    "reach": Question(
        "sec-words-attention",
        "reach",
        _reach,
        (
            (8, 3, 4, 10, 5, 2, 12, 6, 4, 3),
            (5, 6, 200, 10, 300, 8, 7, 90, 12, 400),
            (640, 500, 500, 400, 640, 256, 320, 800, 300, 256),
            (10000, 4000, 20000, 5000, 30000, 4000, 5000, 20000, 6000, 50000),
        ),
        level="design",
    ),
    "race": Question(
        in_text={"race": Choice(options=("window", "attention"), answer=_race, estimate=True)},
        level="relate",
    ),
}
