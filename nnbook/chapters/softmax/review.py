"""The review questions on the softmax."""

from __future__ import annotations

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, number, tuples
from nnlib.activations import sigmoid, softmax, softmax_jacobian

Triple = tuple[float, float, float]


def _shares(shift: float, e: Triple) -> Number:
    z = shift + np.log(e)
    return number(
        "p_1",
        softmax(z)[0],
        {"shift": shift, "e_a": e[0], "e_b": e[1], "e_c": e[2], "total": sum(e)},
        {
            "ratio": e[0] / (e[1] + e[2]),
            "last": softmax(z)[2],
            "linear": z[0] / float(z.sum()),
        },
    )


def _ratio(first: float, second: float) -> Number:
    p = softmax([first, second])
    return number(
        "k",
        p[0] / p[1],
        {"first": first, "second": second, "gap": first - second},
        {"gap": first - second, "quotient": first / second, "power": float(np.exp(first))},
        relative=0.06,
    )


def _change(before: Triple, after: Triple) -> Choice:
    difference = softmax(after)[0] - softmax(before)[0]
    right = "same" if abs(difference) < 1e-12 else "grows" if difference > 0 else "shrinks"
    return choice(("grows", "same", "shrinks"), right, {"before": before, "after": after})


def _temperature(ratio: float, temperature: float) -> Number:
    p = softmax(np.array([np.log(ratio), 0.0]) / temperature)
    return number(
        "k",
        p[0] / p[1],
        {"ratio": ratio, "temperature": temperature},
        {"divided": ratio / temperature, "same": ratio, "times": ratio * temperature},
        relative=0.03,
    )


def _other(p: Triple) -> Number:
    slope = softmax_jacobian(np.log(p))[0, 1]
    return number(
        "s",
        slope,
        {"list": p, "first": p[0], "second": p[1]},
        {"sign": -slope, "own": p[0] * (1 - p[0]), "alone": -p[0]},
        absolute=0.002,
    )


def _step(p: float, move: float) -> Number:
    slope = softmax_jacobian(np.log([p, 1 - p]))[0, 0]
    return number(
        r"\Delta p",
        slope * move,
        {"said": p, "move": move, "slope": slope},
        {"slope": slope, "move": move, "first": p * move},
        relative=0.04,
    )


def _balance(own: float, other: float) -> Number:
    return number(
        "s",
        -own - other,
        {"own": own, "other": other},
        {"sign": own + other, "equal": other, "difference": -own + other},
        absolute=0.002,
    )


def _log_slope(p: float) -> Number:
    slope = softmax_jacobian(np.log([p, 1 - p]))[0, 0]
    return number(
        "s",
        slope / p,
        {"said": p},
        {"slope": slope, "inverse": 1 / p, "turned": -p},
        absolute=0.004,
    )


def _two(first: float, second: float) -> Number:
    return number(
        "p_1",
        softmax([first, second])[0],
        {"first": first, "second": second, "gap": first - second},
        {
            "alone": sigmoid([first]).item(),
            "turned": sigmoid([second - first]).item(),
            "linear": first / (first + second),
        },
        absolute=0.006,
    )


def _range(*z: float) -> Choice:
    with np.errstate(over="ignore"):
        e = np.exp(z)
    right = "overflow" if np.isinf(e).any() else "zero" if e.sum() == 0 else "fine"
    return choice(
        ("fine", "overflow", "zero"), right, {"list": z, "shifted": tuple(x - max(z) for x in z)}
    )


QUESTIONS = {
    "shares": Question(
        "sec-softmax-formula",
        "softmax",
        _shares,
        (
            (1, 2, 5, -1, 3, 4, 10, 2, 1),
            tuples("6 3 1, 1 1 3, 3 5 2, 4 3 1, 2 7 1, 4 1 5, 9 8 3, 5 1 2, 8 1 1"),
        ),
    ),
    "ratio": Question(
        "sec-softmax-formula",
        "differences",
        _ratio,
        ((3, 5, 4, 2.5, 9, 1, 7, 3, 6), (2, 3, 1, 2, 7.5, 3, 2, 3.5, 8.5)),
    ),
    "change": Question(
        "sec-softmax-shift",
        "shift",
        _change,
        (
            tuples("2 1 0, 2 1 0, 2 1 0, 3 1 -1, 3 1 0, 1 0 0, 4 2 1, 5 5 0, 2 0 1"),
            tuples("102 101 100, 4 2 0, 1 0.5 0, 1 -1 -3, 3 1 2, 1 0 -2, 8 4 2, 7 7 2, 1 0 0.5"),
        ),
    ),
    "range": Question(
        "sec-softmax-shift",
        "overflow",
        _range,
        (
            (1000, -900, -800, 2, 5, -1000, 760, -5),
            (999, -901, 0, 800, -2, -1010, 0, -700),
            (998, -905, 1, -800, 300, -1001, -700, 3),
        ),
    ),
    "temperature": Question(
        "sec-softmax-temperature",
        "temperature",
        _temperature,
        ((9, 16, 4, 3, 25, 2, 8, 64, 5), (2, 2, 0.5, 0.5, 2, 0.25, 3, 3, 0.5)),
    ),
    "other": Question(
        "sec-softmax-derivatives",
        "jacobian",
        _other,
        (
            tuples(
                "0.5 0.3 0.2, 0.2 0.7 0.1, 0.6 0.1 0.3, 0.1 0.8 0.1, 0.4 0.4 0.2, "
                "0.3 0.2 0.5, 0.7 0.2 0.1, 0.25 0.5 0.25, 0.9 0.05 0.05"
            ),
        ),
    ),
    "step": Question(
        "sec-softmax-derivatives",
        "small-change",
        _step,
        (
            (0.5, 0.8, 0.2, 0.9, 0.6, 0.7, 0.1, 0.4, 0.3),
            (0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.05, 0.1, 0.05),
        ),
    ),
    "balance": Question(
        "sec-softmax-jacobian",
        "balance",
        _balance,
        (
            (0.21, 0.16, 0.25, 0.24, 0.09, 0.21, 0.16, 0.21, 0.24),
            (-0.15, -0.1, -0.2, -0.08, -0.06, -0.12, -0.14, -0.06, -0.18),
        ),
    ),
    "log_slope": Question(
        "sec-softmax-log",
        "log-softmax",
        _log_slope,
        ((0.1, 0.9, 0.3, 0.7, 0.01, 0.6, 0.8, 0.25, 0.4),),
    ),
    "two": Question(
        "sec-softmax-sigmoid",
        "sigmoid",
        _two,
        ((3, 2, 5, 4, 1, 2.5, 6, 0.5, 2), (2, 5, 2, 4.5, 1.5, 0.5, 8, 3, 1.5)),
    ),
}
