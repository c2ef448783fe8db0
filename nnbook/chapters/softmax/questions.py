"""The predictions of the chapter on the softmax."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.predictions.formats import fixed, significant
from nnbook.predictions.prediction import Choice, nearest
from nnlib._typing import FloatArray
from nnlib.activations import softmax, softmax_jacobian
from nnlib.datasets import iris
from nnlib.networks import mlp
from nnlib.optim import SGD
from nnlib.preprocessing import standardize
from nnlib.train import fit

FLOWER = np.array([1.43, -0.40, 0.23])

# -- The first probability -----------------------------------------------------------------------


def _first() -> str:
    return nearest(softmax(FLOWER)[0], {"half": 1 / 2, "two_thirds": 2 / 3, "nearly_all": 0.95})


def _first_values() -> dict[str, str]:
    e = np.exp(FLOWER)
    return {
        "ratio_third": fixed(e[0] / e[2], 1),
        "ratio_second": fixed(e[0] / e[1], 1),
        "p": fixed(e[0] / e.sum(), 3),
    }


# -- A shift of all ------------------------------------------------------------------------------


def _shift() -> str:
    before, after = softmax(FLOWER)[0], softmax(FLOWER + 100)[0]
    if np.isclose(after, before, rtol=1e-9):
        return "same"
    return "sharper" if after > before else "softer"


# -- The same formula in the computer ------------------------------------------------------------


def _computed() -> str:
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(FLOWER + 1000)
        p = e / e.sum()
    if np.isnan(p).all():
        return "nan"
    return "same" if np.allclose(p, softmax(FLOWER)) else "one"


# -- A step of one raw output --------------------------------------------------------------------


def _grown() -> float:
    return float(softmax(FLOWER + 0.1 * np.eye(3)[0])[0] - softmax(FLOWER)[0])


def _step() -> str:
    sizes = {"tenth": np.log(0.1), "fiftieth": np.log(0.02), "tiny": np.log(0.002)}
    return nearest(np.log(_grown()), sizes)


def _step_values() -> dict[str, str]:
    return {
        "grown": fixed(_grown(), 4),
        "slope": fixed(softmax_jacobian(FLOWER)[0, 0], 3),
        "far": significant(softmax_jacobian(np.array([7.0, 0.0, 0.0]))[0, 0], 1),
    }


# -- Directions that change nothing --------------------------------------------------------------


def _direction() -> str:
    silent = len(FLOWER) - np.linalg.matrix_rank(softmax_jacobian(FLOWER))
    return {1: "none", 2: "one_more"}.get(int(silent), "all")


# -- What the random start leaves open -----------------------------------------------------------


@cache
def _spreads() -> FloatArray:
    """Return how far six networks disagree about setosa: a flower of the data, a strange one."""
    data = iris()
    X, scaler = standardize(data.X[:, [3, 1]])
    asked = scaler.transform([[1.8, 3.2], [1.0, 4.0]])
    answers = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        network = mlp([2, 8, 3], rng=rng)
        sgd = SGD(network.parameters(), lr=0.2)
        loss = "cross_entropy_with_logits"
        fit(network, X, data.y, loss=loss, optimizer=sgd, epochs=1000, rng=rng)
        answers.append(softmax(network.forward(asked)))
    return np.std(answers, axis=0, ddof=1).max(axis=1)


def _start() -> str:
    near, far = _spreads()
    if far > 3 * near:
        return "far"
    return "nowhere" if far < 0.01 else "everywhere"


PREDICTIONS = {
    "first": Choice(
        again="softmax-ratio",
        options=("half", "two_thirds", "nearly_all"),
        answer=_first,
        values=_first_values,
    ),
    "shift": Choice(again="softmax-change", options=("sharper", "same", "softer"), answer=_shift),
    "computed": Choice(again="softmax-range", options=("same", "one", "nan"), answer=_computed),
    "step": Choice(
        again="softmax-step",
        options=("tenth", "fiftieth", "tiny"),
        answer=_step,
        values=_step_values,
    ),
    "direction": Choice(options=("none", "one_more", "all"), answer=_direction),
    "start": Choice(options=("nowhere", "far", "everywhere"), answer=_start),
}
