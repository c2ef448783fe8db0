"""The drawing of the chapter on loss functions."""

from __future__ import annotations

import numpy as np

from nnbook.questions.drawing import Axis, Condition, Drawing, Mistake
from nnbook.questions.formats import fixed
from nnlib._typing import FloatArray
from nnlib.losses import binary_cross_entropy

SPAM = 0.7


def _mean_loss(p: FloatArray) -> FloatArray:
    """The cross-entropy of ten e-mails, seven of them spam, that all get the probability p."""
    targets = np.array([1.0] * 7 + [0.0] * 3)
    inside = (p > 0) & (p < 1)
    losses = [
        float(binary_cross_entropy(np.full(10, one), targets)) if ok else np.inf
        for one, ok in zip(p, inside, strict=True)
    ]
    return np.array(losses)


DRAWINGS = {
    "one_answer": Drawing(
        x=Axis(symbol="p", low=0, high=1),
        y=Axis(symbol="L", low=0, high=3),
        color="loss",
        curve=_mean_loss,
        right=[
            Condition("argmin", 0, 1, above=0.55, below=0.85),
            Condition("min", 0, 1, above=0.3, below=1),
            Condition("at", 0.01, 0.01, above=1.6),
        ],
        mistakes={
            "middle": Mistake(
                lambda p: 0.6 + 8 * (p - 0.5) ** 2,
                [
                    Condition("argmin", 0, 1, above=0.35, below=0.56),
                    Condition("change", 0.5, 1, above=0.2),
                ],
            ),
            "surest": Mistake(lambda p: 2 * (1 - p), [Condition("argmin", 0, 1, above=0.9)]),
            "upside_down": Mistake(
                lambda p: 2 - 4 * (p - 0.7) ** 2, [Condition("argmax", 0, 1, above=0.4, below=0.9)]
            ),
            "zero": Mistake(
                lambda p: np.minimum(3, 6 * (p - 0.7) ** 2), [Condition("min", 0, 1, below=0.25)]
            ),
            "finite": Mistake(
                lambda p: 0.6 + 1.2 * (p - 0.7) ** 2, [Condition("at", 0, 0, below=1.6)]
            ),
        },
        values=lambda: {
            "lowest": fixed(_mean_loss(np.array([SPAM]))[0], 2),
            "half": fixed(_mean_loss(np.array([0.5]))[0], 2),
        },
    )
}
