"""The questions on deep networks whose factors are small, and on what normalization does."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.backpropagation.deep import learned
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, number

RATE = 0.01


def _asleep() -> str:
    """Find the change with which fewest of five starts learn."""
    changes = {name: (name, RATE) for name in ("start", "normalize", "shortcut")}
    changes["rate"] = ("", 100 * RATE)
    return min(changes, key=lambda name: learned(*changes[name], seeds=5).sum())


def _rescaled(times: float) -> Number:
    """Multiply the weights before a normalization layer, and compare the slopes of a loss."""
    rng = np.random.default_rng(0)
    X, W, C = rng.normal(size=(6, 3)), rng.normal(size=3), rng.normal(size=6)

    def loss(w: float) -> float:
        z = X @ np.array([w, *(scale * W[1:])])
        return float(C @ ((z - z.mean()) / z.std()))

    slopes = []
    for scale in (1.0, times):
        h = 1e-5 * scale
        w = scale * W[0]
        slopes.append((loss(w + h) - loss(w - h)) / (2 * h))
    return number(
        "c",
        float(np.round(slopes[1] / slopes[0], 6)),
        {"times": times},
        {"same": 1, "times": times, "square": times**-2},
        relative=0.03,
    )


QUESTIONS = {
    "asleep": Question(
        in_text={
            "asleep": Choice(options=("start", "normalize", "shortcut", "rate"), answer=_asleep)
        },
        level="relate",
    ),
    "rescaled": Question(
        "sec-backprop-deep",
        "normalization",
        _rescaled,
        ((2, 10, 4, 0.5, 5, 0.1, 20, 0.25, 8),),
        level="relate",
    ),
}
