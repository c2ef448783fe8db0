"""The questions on judging a training: by its answers and its loss."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.multiple_outputs.outputs import Triple
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.picture import grid
from nnbook.questions.question import Question, choice, tuples
from nnlib.losses import ssr
from nnlib.preprocessing import one_hot

CLASSES = ("one", "two", "three")


def _found(*rows: Triple) -> Choice:
    counts = np.array(rows)
    shares = np.diag(counts) / counts.sum(axis=1)
    assert np.sum(shares == shares.min()) == 1
    return choice(
        CLASSES,
        CLASSES[int(np.argmin(shares))],
        {
            f"{key}_{name}": value
            for name, row, own in zip("abc", rows, np.diag(counts), strict=True)
            for key, value in (("row", row), ("own", own), ("all", sum(row)))
        },
        picture=lambda: [grid([[f"{count:g}" for count in row] for row in rows])],
    )


def _dearest(*outputs: Triple) -> Choice:
    target = one_hot([0], 3)
    costs = [ssr([z], target) for z in outputs]
    assert all(np.argmax(z) == 0 for z in outputs)
    values: dict[str, object] = {f"z_{name}": z for name, z in zip("abc", outputs, strict=True)}
    values |= {f"cost_{n}": fixed(cost) for n, cost in zip("abc", costs, strict=True)}
    return choice(CLASSES, CLASSES[int(np.argmax(costs))], values)


QUESTIONS = {
    "found": Question(
        "sec-multi-reading",
        "found-share",
        _found,
        (
            tuples("40 6 4, 9 1 0, 18 1 1, 3 1 1, 45 5 0, 9 0 1, 30 10 0, 5 3 2, 19 0 1"),
            tuples("1 9 0, 10 36 4, 2 7 1, 4 30 6, 3 6 1, 8 40 2, 1 9 0, 8 40 2, 2 2 1"),
            tuples("0 4 6, 0 3 17, 10 2 38, 0 2 8, 1 1 18, 0 3 7, 1 1 8, 0 2 18, 9 1 40"),
        ),
        level="apply",
    ),
    "dearest": Question(
        "sec-multi-training",
        "too-right",
        _dearest,
        (
            tuples(
                "0.6 0.4 0.2, 3 0 0, 1 0.5 0, 0.5 0.4 0.1, 0.9 0.1 0, 0.4 0.3 0.3, "
                "2.5 -1 0, 0.3 0.2 0.1, 0.8 0.2 0"
            ),
            tuples(
                "1 0 0, 0.5 0.4 0, 0.9 0.2 -2, 2.5 0.5 0, 0.2 0.1 0, 0.7 0.2 0.1, "
                "0.6 0.3 0.1, 1 0.1 0, 1.1 0 -1.5"
            ),
            tuples(
                "2 -1 0.5, 0.8 0.2 0, 0.7 0.3 0, 1 0.2 0, 1.5 -0.5 0, 1 0 -2, "
                "0.5 0.4 0.2, 1.8 -0.5 0, 0.6 0.5 0.3"
            ),
        ),
        level="apply",
    ),
}
