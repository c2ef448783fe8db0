"""The predictions of the chapter on several inputs and outputs."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnbook.predictions.formats import fixed, significant
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib import SGD, Linear, ReLU, Sequential, accuracy, fit, mlp, one_hot, split, standardize
from nnlib._typing import FloatArray
from nnlib.datasets import iris

W1 = np.array([[-2.0, 2.0], [0.3, -0.6]])
B1 = np.array([1.55, -0.85])
W2 = np.array([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]])
NETWORK = Sequential(Linear.from_arrays(W1, B1), ReLU(), Linear.from_arrays(W2, [-0.04, 1.02, 0.0]))

# -- The silent neuron ---------------------------------------------------------------------------

NARROW = np.array([0.1, 4.1])


def _sums() -> FloatArray:
    return NARROW @ W1 + B1


def _silent() -> str:
    return {
        (True, False): "second",
        (False, True): "first",
        (False, False): "both",
        (True, True): "neither",
    }[tuple(map(bool, _sums() > 0))]  # type: ignore[index]


def _silent_values() -> dict[str, str]:
    sums, petal = _sums(), NARROW[0] * W1[0]
    return {
        "first": fixed(sums[0]),
        "second": fixed(sums[1]),
        "first_petal": fixed(-petal[0], 1),
        "first_rest": fixed(sums[0] - petal[0]),
        "second_petal": fixed(petal[1], 1),
    }


# -- How many pieces -----------------------------------------------------------------------------


def _pieces() -> int:
    """Count the patterns of on and off in the plane, for the best of some pairs of neurons."""
    rng, side = np.random.default_rng(0), np.linspace(-30, 30, 121)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    layers = [Linear.from_arrays(rng.normal(size=(2, 2)), rng.normal(size=2)) for _ in range(10)]
    return max(len(np.unique(layer.forward(grid) > 0, axis=0)) for layer in layers)


# -- Where the folds are -------------------------------------------------------------------------


def _folds() -> str:
    """Walk across both folds, and see where the slope of each output changes."""
    t = np.linspace(0, 2.6, 2601)
    Z = NETWORK.forward(np.column_stack([t, np.full_like(t, 3.5)]))
    first, second, third = (
        set(np.flatnonzero(np.abs(np.diff(z, n=2)) > 1e-9).tolist()) for z in Z.T
    )
    if first == second == third:
        return "same"
    return "one_each" if second == first | third else "own"


# -- Borders -------------------------------------------------------------------------------------


def _borders() -> str:
    """Look at the difference of two outputs on the pieces of a network with eight neurons."""
    rng = np.random.default_rng(0)
    first, last = Linear(2, 8, rng=rng), Linear(8, 2, rng=rng)
    network = Sequential(first, ReLU(), last)
    X = rng.normal(0, 3, size=(400, 2))
    on = first.forward(X) > 0
    one, other = np.nonzero(np.triu((on[:, np.newaxis] == on).all(axis=-1), k=1))

    def gap(points: FloatArray) -> FloatArray:
        Z = network.forward(points)
        return Z[:, 0] - Z[:, 1]

    bend = gap((X[one] + X[other]) / 2) - (gap(X[one]) + gap(X[other])) / 2
    if np.abs(bend).max() > 1e-9:  # not flat inside a piece
        return "smooth"
    W, V = first.weight.value, last.weight.value
    slopes = np.array([W @ np.diag(m) @ (V[:, 0] - V[:, 1]) for m in np.unique(on, axis=0)])
    angles = np.arctan2(slopes[:, 1], slopes[:, 0])
    return "straight" if np.ptp(angles) < 1e-9 else "folds"


# -- Millimeters ---------------------------------------------------------------------------------

FLOWER = np.array([2.5, 3.3])


def _largest(flower: FloatArray) -> float:
    return float(NETWORK.forward(flower[np.newaxis]).max())


# -- Twenty starts -------------------------------------------------------------------------------


@cache
def _runs(hidden: int) -> FloatArray:
    """Train twenty networks as the chapter does: accuracies, and whether a neuron is dead."""
    X, y = iris().X[:, [3, 1]], iris().y
    found = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        X_train, _, y_train, _ = split(X, y, rng=rng)
        X_train, _ = standardize(X_train)
        net = mlp([2, hidden, 3], rng=rng)
        sgd = SGD(net.parameters(), lr=0.2)
        fit(net, X_train, one_hot(y_train, 3), loss="mse", optimizer=sgd, epochs=1000, rng=rng)
        dead = ~(net.layers[0].forward(X_train) > 0).any(axis=0)
        found.append((accuracy(net.forward(X_train), y_train), dead.any()))
    return np.array(found, dtype=float)


def _failed(hidden: int) -> NDArray[np.bool_]:
    return _runs(hidden)[:, 0] < 0.9


def _starts_values() -> dict[str, str]:
    failed, dead = _failed(2), _runs(2)[:, 1] > 0
    return {
        "good": fixed(20 - failed.sum(), 0),
        "failed": fixed(failed.sum(), 0),
        "dead": fixed((failed & dead).sum(), 0),
    }


PREDICTIONS = {
    "silent": Choice(
        again="multiple_outputs-silent",
        options=("first", "second", "both", "neither"),
        answer=_silent,
        values=_silent_values,
    ),
    "pieces": Number(
        again="multiple_outputs-pieces",
        symbol="N",
        answer=_pieces,
        absolute=0.1,
        mistakes={
            "one_a_neuron": lambda: W1.shape[1],
            "folds_apart": lambda: 1 + W1.shape[1],
            "folds_of_all": lambda: W2.size,
            "pieces_of_all": lambda: _pieces() * W2.shape[1],
        },
    ),
    "folds": Choice(
        options=("own", "one_each", "same"),
        answer=_folds,
        values=lambda: {"faint": significant(W1[0, 1] * W2[1, 0])},
    ),
    "borders": Choice(options=("smooth", "straight", "folds", "anywhere"), answer=_borders),
    "millimeters": Number(
        symbol="z",
        answer=lambda: _largest(10 * FLOWER),
        relative=0.1,
        mistakes={
            "unchanged": lambda: _largest(FLOWER),
            "ten_times": lambda: 10 * _largest(FLOWER),
            "capped": lambda: 1.0,
            "hidden": lambda: float((10 * FLOWER @ W1 + B1).max()),
            "farthest": lambda: float(NETWORK.forward(10 * FLOWER[np.newaxis]).min()),
        },
        values=lambda: {
            "small": fixed((FLOWER @ W1)[1]),
            "large": fixed((10 * FLOWER @ W1)[1], 1),
            "sum": fixed((10 * FLOWER @ W1 + B1)[1]),
            "other": fixed(NETWORK.forward(10 * FLOWER[np.newaxis]).min()),
        },
    ),
    "starts": Choice(
        estimate=True,
        options=("all", "eighteen", "twelve", "three"),
        answer=lambda: nearest(
            20 - _failed(2).sum(), {"all": 20, "eighteen": 18, "twelve": 12, "three": 3}
        ),
        values=_starts_values,
    ),
    "wider": Choice(
        estimate=True,
        options=("none", "four", "eight", "more"),
        answer=lambda: nearest(_failed(8).sum(), {"none": 0, "four": 4, "eight": 8, "more": 14}),
        values=lambda: {"worst": fixed(_runs(8)[:, 0].min())},
    ),
}
