"""The questions on ReLU and its relatives."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import MINUS, fixed, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray
from nnlib.activations import leaky_relu, relu, relu_derivative, softplus, softplus_derivative
from nnlib.datasets import dosage
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential
from nnlib.optim import SGD
from nnlib.train import History, fit

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


def _leaky(alpha: float, z: float) -> Number:
    return number(
        "a",
        leaky_relu([z], alpha).item(),
        {"alpha": alpha, "sum": z},
        {"relu": 0, "line": z, "size": -alpha * z},
        absolute=0.002,
    )


def _pieces_in_text() -> int:
    """Count the pieces of random networks with two hidden neurons: the most that occur."""
    rng, x = np.random.default_rng(0), np.linspace(-20, 20, 4001)[:, np.newaxis]

    def count() -> int:
        hidden = Linear.from_arrays(rng.normal(size=(1, 2)), rng.normal(size=2))
        network = Sequential(hidden, ReLU(), Linear.from_arrays(rng.normal(size=(2, 1)), [0]))
        network.forward(x)
        slopes = np.ravel(np.asarray(network.backward(np.ones_like(x), input_gradient=True)))
        return 1 + int(np.count_nonzero(~np.isclose(np.diff(slopes), 0)))

    return max(count() for _ in range(20))


def _pieces(neurons: int) -> Number:
    corners = np.arange(neurons, dtype=float)
    x = np.arange(-0.5, neurons)[:, np.newaxis]  # one place on each side of every corner
    net = Sequential(
        Linear.from_arrays([np.ones(neurons)], -corners),
        ReLU(),
        Linear.from_arrays(np.ones((neurons, 1)), [0.0]),
    )
    net.forward(x)
    slopes = net.backward(np.ones_like(x), input_gradient=True)
    return number(
        "N",
        len(np.unique(np.asarray(slopes))),
        {"neurons": neurons},
        {"corners": neurons, "doubled": 2 * neurons, "powers": 2**neurons},
    )


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


def _dead(w: float, b: float) -> Choice:
    x = np.array([[0.0], [1.0], [2.0]])
    z = Linear.from_arrays([[w]], [b]).forward(x)
    active = int(relu_derivative(z).sum())
    return choice(
        ("dead", "corner", "line"),
        {0: "dead", 3: "line"}.get(active, "corner"),
        {"weight": w, "bias": b, "sums": tuple(z.ravel().tolist())},
    )


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


QUESTIONS = {
    "leaky": Question(
        "sec-leaky-relu",
        "relu",
        _leaky,
        (
            (0.1, 0.01, 0.2, 0.1, 0.05, 0.3, 0.01, 0.2, 0.1),
            (-3, -5, -4, -0.5, -2, -1, -20, -2.5, -7),
        ),
        level="apply",
    ),
    "pieces": Question(
        "sec-relu",
        "corner",
        _pieces,
        ((3, 4, 5, 6, 7, 8, 10, 12, 9),),
        in_text={
            "pieces": Number(
                symbol="N",
                answer=_pieces_in_text,
                absolute=0.25,
                decimals=0,
                mistakes={"one": lambda: 1, "neurons": lambda: 2, "combinations": lambda: 2**2},
            )
        },
        level="apply",
    ),
    "rates": Question(
        in_text={
            "rates": Choice(
                estimate=True, options=(*RATES, "same"), answer=_best_rate, values=_rate_values
            )
        },
        level="relate",
    ),
    "dead": Question(
        "sec-dead",
        "dead",
        _dead,
        ((1, -2, 2, -2, 0.5, -1, 3, -0.5, 1), (-3, 3, 1, -1, -2, 3, -4, 2, -1.5)),
        in_text={
            "living": Choice(
                options=("none", "one", "all", "slow"),
                answer=_living,
                values=_living_values,
            )
        },
        level="apply",
    ),
    "gap": Question(
        in_text={
            "gap": Choice(
                options=("wide", "narrow", "tiny", "uneven"), answer=_width, values=_gap_values
            )
        },
        level="relate",
    ),
    "underflow": Question(
        in_text={
            "underflow": Choice(
                options=("tiny", "smallest", "zero", "nan"),
                answer=_underflow,
                values=_underflow_values,
            )
        },
        level="relate",
    ),
}
