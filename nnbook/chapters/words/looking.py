"""The questions on vectors of letters and on attention."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.picture import Panel, grid
from nnbook.questions.question import Question, choice, number

Triple = tuple[float, float, float]
LETTERS = "abc"


def _row(table: tuple[tuple[float, ...], ...], window: str, place: int) -> Number:
    rows = [LETTERS.index(letter) for letter in window]
    layer = nnlib.Embedding(3, 2, rng=0)
    layer.weight.value = table
    output = layer([rows])[0]
    other = np.array(table)[rows[::-1]].ravel()

    def picture() -> list[Panel]:
        rows = zip(LETTERS, table, strict=True)
        return [grid([[letter, *map("{:g}".format, row)] for letter, row in rows])]

    return number(
        "a",
        output[place],
        {
            "window": window,
            "place": place + 1,
            "table": "; ".join(", ".join(map("{:g}".format, row)) for row in table),
        },
        {"turned": other[place], "flat": np.ravel(table)[place]},
        picture=picture,
    )


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


def _scale(s: int) -> Number:
    return number(
        r"\sigma", float(np.sqrt(s)), {"s": s}, {"variance": s, "one": 1.0, "divided": 1 / s}
    )


def _race() -> str:
    from nnbook.claims import entry

    return "window" if entry("words-window_wins").found[0][1].effect > 0 else "attention"


VALUES = ((4, 5, -1), (9, 7, 5), (1, 2, -1), (9, 4, 8), (0, 8, 7), (7, 9, 0), (4, 9, 8), (4, 2, 3))
TABLES = (
    ((1, 4), (-2, 3), (5, 0)),
    ((2, -1), (0, 6), (3, 7)),
    ((8, 1), (-3, 2), (4, -5)),
    ((0, 9), (5, -4), (-1, 6)),
)

QUESTIONS = {
    "row": Question(
        "sec-words-embedding",
        "row",
        _row,
        (TABLES * 2, ("bc", "bc", "bc", "ac", "ac", "cb", "ac", "ca"), (1, 0, 0, 3, 3, 1, 2, 2)),
        level="apply",
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
    "scale": Question(
        "sec-words-attention",
        "root",
        _scale,
        ((4, 9, 16, 25, 36, 64, 100, 144),),
        level="apply",
    ),
    "race": Question(
        in_text={"race": Choice(options=("window", "attention"), answer=_race, estimate=True)},
        level="relate",
    ),
}
