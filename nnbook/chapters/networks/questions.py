"""The predictions of the chapter on the structure of a network."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.fitted import FITTED
from nnbook.predictions.formats import fixed, grouped, significant
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib import Linear, ReLU, Sequential, Softplus, accuracy, one_hot, parameter_count
from nnlib._typing import FloatArray
from nnlib.datasets import digits, dosage


def _dosage_network(*between: Linear, bent: bool = True) -> Sequential:
    """Make the network of the book; `between` are further layers before its output."""
    w1, b1, w2, b2, w3, w4, b3 = FITTED.values()
    first = Linear.from_arrays([[w1, w2]], [b1, b2])
    last = Linear.from_arrays([[w3], [w4]], [b3])
    return Sequential(first, *([Softplus()] if bent else []), *between, last)


def _predicted(model: Sequential, low: float, high: float) -> FloatArray:
    return model.forward(np.linspace(low, high, 2001)[:, np.newaxis])[:, 0]


# -- The smallest number above all predictions ---------------------------------------------------


def _ceiling() -> str:
    model = _dosage_network()
    heights = {"peak": 1.0, "bias": FITTED["b3"]}
    if _predicted(model, -1e4, 1e4).max() > 3:
        return "none"
    return nearest(float(_predicted(model, -10, 10).max()), heights)


def _ceiling_values() -> dict[str, str]:
    model = _dosage_network()
    return {
        "top": fixed(_predicted(model, 0, 1).max()),
        "right": significant(model.forward([[100.0]])[0, 0]),
        "left": significant(model.forward([[-100.0]])[0, 0]),
    }


# -- The first layer on a photograph -------------------------------------------------------------

SIDE, COLORS, HIDDEN = 224, 3, 1000
BYTES = 4  # of a number in single precision


def _megabytes(inputs: int, neurons: int) -> float:
    return BYTES * parameter_count([inputs, neurons]) / 1e6


# -- Without softplus ----------------------------------------------------------------------------


def _is_straight(model: Sequential) -> bool:
    curve = _predicted(model, -2, 3)
    return bool(np.abs(np.diff(curve, n=2)).max() < 1e-9)


def _collapse() -> str:
    rng = np.random.default_rng(0)
    more = [Linear(2, 2, rng=rng) for _ in range(3)]
    if not _is_straight(_dosage_network(bent=False)):
        return "corners"
    return "always" if _is_straight(_dosage_network(*more, bent=False)) else "until_deeper"


# -- Hinges through three points -----------------------------------------------------------------


def _slopes() -> FloatArray:
    data = dosage()
    return np.diff(data.y[:, 0]) / np.diff(data.X[:, 0])


def _hinges() -> int:
    """Count where the slope changes; one hinge would be too few, as it only rises or only falls."""
    return int(np.count_nonzero(np.diff(_slopes(), prepend=0)))


# -- The network that was built from 900 images --------------------------------------------------


@cache
def _accuracy_of_the_memorizer() -> float:
    """Hinges along a random direction through 900 images, asked about the others."""
    data, rng = digits(), np.random.default_rng(0)
    order, v = rng.permutation(len(data.X)), rng.normal(size=64)
    seen, unseen = order[:900], order[900:]
    seen = seen[np.argsort(data.X[seen] @ v)]
    t, Y = data.X[seen] @ v, one_hot(data.y[seen], 10)
    slopes = np.diff(Y, axis=0) / np.diff(t)[:, np.newaxis]
    network = Sequential(
        Linear.from_arrays(np.outer(v, np.ones(len(t) - 1)), -t[:-1]),
        ReLU(),
        Linear.from_arrays(np.diff(slopes, axis=0, prepend=0), Y[0]),
    )
    return accuracy(network.forward(data.X[unseen]), data.y[unseen])


PREDICTIONS = {
    "ceiling": Choice(options=("peak", "bias", "none"), answer=_ceiling, values=_ceiling_values),
    "collapse": Choice(
        again="networks-collapse",
        options=("same", "corners", "until_deeper", "always"),
        answer=_collapse,
    ),
    "hinges": Number(
        symbol="m",
        answer=_hinges,
        absolute=0.1,
        mistakes={
            "one_corner": lambda: int(np.count_nonzero(np.diff(np.sign(_slopes())))),
            "one_a_point": lambda: len(dosage().X),
        },
        values=lambda: {"up": fixed(_slopes()[0], 0), "down": fixed(_slopes()[1], 0)},
    ),
    "explosion": Number(
        again="networks-count",
        symbol="M",
        unit="MB",
        answer=lambda: _megabytes(SIDE * SIDE * COLORS, HIDDEN),
        relative=0.1,
        decimals=0,
        mistakes={
            "colors_forgotten": lambda: _megabytes(SIDE * SIDE, HIDDEN),
            "one_side": lambda: _megabytes(SIDE * COLORS, HIDDEN),
            "one_neuron": lambda: _megabytes(SIDE * SIDE * COLORS, 1),
            "one_byte": lambda: _megabytes(SIDE * SIDE * COLORS, HIDDEN) / BYTES,
        },
        values=lambda: {
            "inputs": grouped(SIDE * SIDE * COLORS),
            "gray": grouped(SIDE * SIDE),
            "millions": grouped(parameter_count([SIDE * SIDE * COLORS, HIDDEN]) / 1e6),
        },
    ),
    "memory": Choice(
        options=("all", "most", "half", "guess"),
        answer=lambda: nearest(
            _accuracy_of_the_memorizer(), {"all": 1.0, "most": 0.9, "half": 0.5, "guess": 0.1}
        ),
        values=lambda: {"share": f"{100 * _accuracy_of_the_memorizer():.0f}%"},
    ),
}
