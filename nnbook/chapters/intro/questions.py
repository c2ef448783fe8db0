"""The question of the first page."""

from __future__ import annotations

import numpy as np

from nnbook.fitted import FITTED
from nnbook.questions.choice import Choice
from nnbook.questions.question import Question
from nnlib import softplus
from nnlib._typing import FloatArray

WEIGHTS = np.array([FITTED[name] for name in ("w1", "w2", "w3", "w4")])


BIASES = np.array([FITTED[name] for name in ("b1", "b2", "b3")])


def _curve(w: FloatArray, b: FloatArray) -> FloatArray:
    x = np.linspace(0, 1, 1001)
    return w[2] * softplus(w[0] * x + b[0]) + w[3] * softplus(w[1] * x + b[1]) + b[2]


def _rises_and_falls(w: FloatArray, b: FloatArray) -> bool:
    steps = np.diff(_curve(w, b))
    return bool(steps.max() > 0 > steps.min())


def _bend() -> str:
    """Find the change after which the curve only rises or only falls; there has to be just one."""
    changed = {
        "no_biases": (WEIGHTS, 0 * BIASES),
        "half_weights": (WEIGHTS / 2, BIASES),
        "one_sign": (WEIGHTS * [1, 1, -1, 1], BIASES),
        "both_signs": (WEIGHTS * [1, 1, -1, -1], BIASES),
    }
    (found,) = (name for name, numbers in changed.items() if not _rises_and_falls(*numbers))
    return found


OPTIONS = ("no_biases", "half_weights", "one_sign", "both_signs")


QUESTIONS = {
    "bend": Question(
        in_text={"bend": Choice(options=OPTIONS, answer=_bend)},
        level="relate",
    )
}
