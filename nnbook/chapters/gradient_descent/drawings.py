"""The drawing of the chapter on gradient descent."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.fitted import FITTED
from nnbook.questions.drawing import Axis, Condition, Drawing, Given, Mistake
from nnlib._typing import FloatArray
from nnlib.activations import softplus
from nnlib.datasets import dosage
from nnlib.losses import ssr_derivative
from nnlib.optim import gradient_descent

MOST = 1000


@cache
def _weighted_sums() -> FloatArray:
    """What the dosage network predicts without its last bias."""
    x, (w1, b1, w2, b2, w3, w4, _) = dosage().X, FITTED.values()
    return w3 * softplus(w1 * x + b1) + w4 * softplus(w2 * x + b2)


@cache
def _targets() -> FloatArray:
    return np.asarray(dosage().y, dtype=float)


def _slope(b3: FloatArray) -> FloatArray:
    """The slope of the SSR of the dosage network in its last bias."""
    slopes = np.asarray(ssr_derivative(_weighted_sums() + b3, _targets()), dtype=float)
    return np.reshape(np.sum(slopes), np.shape(b3))


def _steps(rates: FloatArray) -> FloatArray:
    """The number of steps that the descent of the chapter takes; NaN where it does not arrive."""
    counts = []
    for rate in rates:
        walk = gradient_descent(_slope, 0.0, lr=float(rate), tolerance=1e-6, max_steps=MOST)
        arrived = walk.stop_reason == "tolerance"
        counts.append(len(walk.gradients) if arrived else np.nan)
    return np.array(counts)


DRAWINGS = {
    "steps": Drawing(
        x=Axis(symbol=r"\eta", low=0.01, high=0.41, ticks=(0.01, 0.1, 0.2, 0.3, 0.4)),
        y=Axis(symbol="t", low=1, high=MOST, log=True),
        color="loss",
        curve=_steps,
        given=[Given("17", _steps, "ink", at=0.1)],
        right=[
            Condition("argmin", 0.01, 0.41, above=0.11, below=0.26),
            Condition("at", 0.36, 0.36, above=2.5),
        ],
        mistakes={
            "faster": Mistake(
                lambda rate: 17 * (0.1 / rate) ** 1.1, [Condition("argmin", 0.01, 0.41, above=0.32)]
            ),
            "slower": Mistake(
                lambda rate: 10 ** (0.3 + 6 * rate), [Condition("argmin", 0.01, 0.41, below=0.06)]
            ),
            "no_cliff": Mistake(
                lambda rate: 10 ** (0.4 + 30 * (rate - 0.2) ** 2),
                [
                    Condition("argmin", 0.01, 0.41, above=0.08, below=0.28),
                    Condition("at", 0.38, 0.38, below=2.5),
                ],
            ),
        },
    )
}
