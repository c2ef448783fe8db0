"""The second network by hand: two inputs, two ReLU neurons, a sigmoid, the cross-entropy."""

from __future__ import annotations

import numpy as np

from nnlib._typing import FloatArray
from nnlib.autodiff import Value

YES = (1.0, 0.5, -0.5, 0.5, -1.0, 0.5, 2.0, -1.5, -2.0)
"""The parameters of the network in the text: into neuron 1, into neuron 2, into the output."""


def slopes_of_yes(x1: float = -1.0, x2: float = -2.0) -> FloatArray:
    """The slopes of -ln p in these nine."""
    theta = [Value(number) for number in YES]
    w1, w2, b1, w3, w4, b2, w5, w6, b3 = theta
    a1, a2 = (w1 * x1 + w2 * x2 + b1).relu(), (w3 * x1 + w4 * x2 + b2).relu()
    (-(w5 * a1 + w6 * a2 + b3).sigmoid().log()).backward()
    return np.array([value.grad for value in theta])


def from_the_output(delta: float) -> FloatArray:
    """The same sweep, if it begins with another number."""
    slopes = slopes_of_yes()
    return np.asarray(slopes * delta / slopes[-1])
