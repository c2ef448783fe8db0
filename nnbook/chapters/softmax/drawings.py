"""The drawing of the chapter on the softmax."""

from __future__ import annotations

import numpy as np

from nnbook.questions.drawing import Axis, Condition, Drawing, Given, Mistake
from nnbook.questions.formats import fixed
from nnlib._typing import FloatArray
from nnlib.activations import sigmoid, softmax


def _first(z1: FloatArray) -> FloatArray:
    """The first probability of the flower of the chapter while its first raw output moves."""
    return softmax(np.stack([z1, np.full_like(z1, -0.40), np.full_like(z1, 0.23)], axis=1))[:, 0]


DRAWINGS = {
    "one_logit": Drawing(
        x=Axis(symbol="z_1", low=-4, high=6),
        y=Axis(symbol="p_1", low=-0.25, high=1.5),
        color="class0",
        curve=_first,
        given=[Given("0.684", _first, "ink", at=1.43)],
        right=[
            Condition("at", -4, -4, above=-0.1, below=0.15),
            Condition("at", 6, 6, above=0.85, below=1.1),
            Condition("fall", -4, 6, below=0.15),
            Condition("rise", 0, 2, above=0.25),
        ],
        mistakes={
            "above": Mistake(
                lambda z: 0.684 * np.exp(0.3 * (z - 1.43)), [Condition("max", -4, 6, above=1.12)]
            ),
            "negative": Mistake(
                lambda z: np.clip(0.684 + 0.15 * (z - 1.43), -0.2, 1),
                [Condition("min", -4, 6, below=-0.12)],
            ),
            "falls": Mistake(lambda z: 0.9 - _first(z), [Condition("change", -3, 5, below=0)]),
            "line": Mistake(
                lambda z: 0.1 + 0.09 * (z + 4),
                [
                    Condition("change", -4, -1.5, above=0.15),
                    Condition("change", 3.5, 6, above=0.12),
                ],
            ),
            "stops": Mistake(
                lambda z: 0.72 * sigmoid(2.5 * z), [Condition("at", 6, 6, below=0.85)]
            ),
        },
        values=lambda: {
            "left": fixed(_first(np.array([-4.0]))[0], 3),
            "right": fixed(_first(np.array([6.0]))[0], 3),
        },
    )
}
