"""The drawings of the chapter on activation functions."""

from __future__ import annotations

import numpy as np

from nnbook.questions.drawing import Axis, Condition, Drawing, Given, Mistake
from nnbook.questions.formats import fixed
from nnlib.activations import sigmoid, softplus, softplus_derivative

# -- The slope of softplus -----------------------------------------------------------------------

SLOPE = Drawing(
    x=Axis(symbol="z", low=-6, high=6),
    y=Axis(symbol="f'(z)", low=-0.5, high=2),
    color="gradient",
    curve=softplus_derivative,
    given=[Given("f(z)", softplus, "activation")],
    right=[
        Condition("at", -5.5, -5.5, above=-0.12, below=0.2),
        Condition("at", 5.5, 5.5, above=0.8, below=1.2),
        Condition("at", 0, 0, above=0.3, below=0.7),
        Condition("fall", -6, 6, below=0.25),
    ],
    mistakes={
        "negative": Mistake(lambda z: sigmoid(z) - 0.5, [Condition("min", -6, 6, below=-0.15)]),
        "grows": Mistake(lambda z: 0.9 * softplus(z), [Condition("at", 6, 6, above=1.3)]),
        "bump": Mistake(
            lambda z: 4 * sigmoid(z) * (1 - sigmoid(z)), [Condition("change", 0, 5.5, below=-0.1)]
        ),
        "step": Mistake(lambda z: (z > 0).astype(float), [Condition("rise", -1, 1, above=0.75)]),
        "flat": Mistake(lambda z: np.full_like(z, 0.5), [Condition("rise", -6, 6, below=0.3)]),
    },
    values=lambda: {
        "low": fixed(float(softplus_derivative(-2)), 2),
        "high": fixed(float(softplus_derivative(2)), 2),
    },
)

DRAWINGS = {"softplus_slope": SLOPE}
