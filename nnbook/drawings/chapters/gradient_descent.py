"""The drawing of the chapter on gradient descent."""

from __future__ import annotations

import numpy as np

from nnbook.drawings.drawing import Axis, Condition, Drawing, Given, Mistake
from nnbook.fitted import FITTED
from nnlib._typing import FloatArray
from nnlib.activations import softplus
from nnlib.datasets import dosage
from nnlib.losses import ssr_derivative
from nnlib.optim import gradient_descent

MOST = 1000


def _slope(b3: FloatArray) -> FloatArray:
    """The slope of the SSR of the dosage network in its last bias."""
    data = dosage()
    w1, b1, w2, b2, w3, w4, _ = FITTED.values()
    hidden = w3 * softplus(w1 * data.X + b1) + w4 * softplus(w2 * data.X + b2)
    return np.reshape(np.sum(ssr_derivative(hidden + b3, data.y)), np.shape(b3))


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
