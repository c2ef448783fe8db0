"""The predictions of the chapter on activation functions."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.predictions.formats import MINUS, fixed, significant
from nnbook.predictions.prediction import Choice, Number, nearest
from nnlib._typing import FloatArray
from nnlib.activations import (
    relu,
    sigmoid,
    sigmoid_derivative,
    softplus,
    softplus_derivative,
    tanh_derivative,
)
from nnlib.datasets import dosage
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential
from nnlib.optim import SGD
from nnlib.train import History, fit

# -- The gap between softplus and ReLU -----------------------------------------------------------


def _gap(z: float) -> float:
    return float(softplus(z) - relu(z))


def _width() -> str:
    right, left = _gap(4), _gap(-4)
    if not np.isclose(left, right):
        return "uneven"
    widths = {"wide": np.log(0.2), "narrow": np.log(0.02), "tiny": np.log(0.002)}
    return nearest(np.log(right), widths)


def _gap_values() -> dict[str, str]:
    places = {"right": 4, "left": -4, "near": 1.5, "far": 6}
    return {name: significant(_gap(z), 2) for name, z in places.items()}


# -- How many pieces -----------------------------------------------------------------------------


def _pieces() -> int:
    """Count the pieces of random networks with two hidden neurons: the most that occur."""
    rng, x = np.random.default_rng(0), np.linspace(-20, 20, 4001)[:, np.newaxis]

    def count() -> int:
        hidden = Linear.from_arrays(rng.normal(size=(1, 2)), rng.normal(size=2))
        network = Sequential(hidden, ReLU(), Linear.from_arrays(rng.normal(size=(2, 1)), [0]))
        network.forward(x)
        slopes = np.ravel(np.asarray(network.backward(np.ones_like(x), input_gradient=True)))
        return 1 + int(np.count_nonzero(~np.isclose(np.diff(slopes), 0)))

    return max(count() for _ in range(20))


# -- Three rates ---------------------------------------------------------------------------------

RATES = {"small": 0.05, "middle": 0.1, "large": 0.2}


@cache
def _run(rate: float) -> tuple[History, FloatArray]:
    """Train the chapter's network: what happened, and the sums after the last step."""
    data = dosage()
    hidden = Linear.from_arrays([[1, 1]], [0.1, -0.2])
    network = Sequential(hidden, ReLU(), Linear.from_arrays([[1.0], [-1.5]], [0]))
    sgd, rng = SGD(network.parameters(), lr=rate), np.random.default_rng(0)
    history = fit(network, data.X, data.y, loss="ssr", optimizer=sgd, epochs=2000, rng=rng)
    return history, hidden.forward(data.X)


def _best_rate() -> str:
    ends = {name: _run(rate)[0].losses[-1] for name, rate in RATES.items()}
    best = min(ends, key=lambda name: ends[name])
    return "same" if np.isclose(ends["small"], ends["large"]) else best


def _rate_values() -> dict[str, str]:
    losses = _run(RATES["middle"])[0].losses
    return {
        "best": fixed(_run(RATES["small"])[0].losses[-1], 4),
        "end": fixed(_run(RATES["large"])[0].losses[-1], 4),
        "start": fixed(losses[0], 2),
        "peak": fixed(max(losses), 2),
    }


# -- The node that lives -------------------------------------------------------------------------


def _living() -> str:
    history, sums = _run(RATES["middle"])
    if not np.isclose(history.losses[-500], history.losses[-1]):
        return "slow"
    return {0: "none", 1: "one", 3: "all"}[int(np.sum(sums[:, 0] > 0))]


def _living_values() -> dict[str, str]:
    history, sums = _run(RATES["middle"])
    first, second, third = (fixed(float(z), 2) for z in sums[:, 0])
    ssr = fixed(history.losses[-1], 4)
    return {"first": first, "second": second, "third": third, "ssr": ssr}


# -- The slope of softplus far out on the left ---------------------------------------------------


def _underflow() -> str:
    slope = float(softplus_derivative(-800))
    if np.isnan(slope):
        return "nan"
    sizes = {0.0: "zero", float(np.finfo(float).smallest_subnormal): "smallest"}
    return sizes.get(slope, "tiny")


def _underflow_values() -> dict[str, str]:
    exponent = int(np.floor(-800 / np.log(10)))
    mantissa = 10 ** (-800 / np.log(10) - exponent)
    smallest = float(np.finfo(float).smallest_subnormal)
    on_paper = rf"{mantissa:.1f}\times10^{{{exponent}}}".replace("-", MINUS)
    return {"on_paper": on_paper, "smallest": significant(smallest, 1)}


# -- Ten factors ---------------------------------------------------------------------------------


def _row() -> tuple[FloatArray, FloatArray]:
    """Return the ten factors and the ten activations."""
    a, found = 0.5, []
    for _ in range(10):
        factor, a = float(sigmoid_derivative(a)), float(sigmoid(a))
        found.append((factor, a))
    factors, activations = np.array(found).T
    return factors, activations


def _row_values() -> dict[str, str]:
    factors, _ = _row()
    return {
        "first": fixed(factors[0], 3),
        "last": fixed(factors[-1], 3),
        "bound": significant(0.25**10, 2),
    }


PREDICTIONS = {
    "pieces": Number(
        again="activations-pieces",
        symbol="N",
        answer=_pieces,
        absolute=0.25,
        decimals=0,
        mistakes={"one": lambda: 1, "neurons": lambda: 2, "combinations": lambda: 2**2},
    ),
    "rates": Choice(
        estimate=True, options=(*RATES, "same"), answer=_best_rate, values=_rate_values
    ),
    "living": Choice(
        again="activations-dead",
        options=("none", "one", "all", "slow"),
        answer=_living,
        values=_living_values,
    ),
    "gap": Choice(options=("wide", "narrow", "tiny", "uneven"), answer=_width, values=_gap_values),
    "underflow": Choice(
        options=("tiny", "smallest", "zero", "nan"), answer=_underflow, values=_underflow_values
    ),
    "steepest": Number(
        again="activations-sigmoid_slope",
        symbol=r"\sigma'(0)",
        answer=lambda: float(sigmoid_derivative(0)),
        absolute=0.015,
        mistakes={
            "value": lambda: float(sigmoid(0)),
            "like_tanh": lambda: float(tanh_derivative(0)),
            "average": lambda: float(sigmoid(4) - sigmoid(-4)) / 8,
            "rise": lambda: float(sigmoid(1) - sigmoid(-1)),
        },
        values=lambda: {
            "low": fixed(float(sigmoid(-1)), 2),
            "high": fixed(float(sigmoid(1)), 2),
        },
    ),
    "product": Number(
        again="activations-row",
        symbol="P",
        answer=lambda: float(np.prod(_row()[0])),
        between=(1e-7, 1e-6),
        mistakes={
            "one_factor": lambda: float(_row()[0][0]),
            "activations": lambda: float(np.prod(_row()[1])),
            "halves": lambda: 0.5**10,
            "tenths": lambda: 0.1**10,
        },
        values=_row_values,
    ),
}
