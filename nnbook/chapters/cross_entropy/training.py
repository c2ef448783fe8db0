"""The questions on training a classifier."""

from __future__ import annotations

import numpy as np

import nnlib
from nnbook.questions.number import Number
from nnbook.questions.question import Question, number


def _steps(samples: int, batch: int, epochs: int) -> Number:
    X, net = np.zeros((samples, 1)), nnlib.mlp((1, 1), rng=0)
    sgd = nnlib.SGD(net.parameters(), lr=0.1)
    history = nnlib.fit(net, X, X, loss="mse", optimizer=sgd, epochs=1, batch_size=batch, rng=0)
    steps = len(history.step_losses)
    return number(
        "n",
        steps * epochs,
        {"samples": samples, "batch": batch, "epochs": epochs, "steps": steps},
        {"dropped": samples // batch * epochs, "one": steps, "epochs": epochs},
        absolute=0.3,
    )


def _nothing(classes: int) -> Number:
    return number(
        "L",
        nnlib.cross_entropy(np.full((1, classes), 1 / classes), [0]),
        {"classes": classes},
        {"share": 1 / classes, "sign": -float(np.log(classes)), "all": classes},
        relative=0.03,
    )


QUESTIONS = {
    "steps": Question(
        "sec-ce-train",
        "epochs",
        _steps,
        (
            (100, 50, 112, 70, 90, 30, 200, 65, 45),
            (16, 20, 32, 16, 20, 8, 64, 30, 10),
            (10, 4, 5, 6, 20, 3, 5, 10, 4),
        ),
    ),
    "nothing": Question(
        "sec-ce-train",
        "know-nothing",
        _nothing,
        ((2, 3, 4, 5, 8, 10, 16, 20, 100, 1000),),
    ),
}
