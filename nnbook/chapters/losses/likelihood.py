"""The questions on the likelihood and the cross-entropy."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed, significant
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib.losses import (
    binary_cross_entropy,
    binary_cross_entropy_derivative,
    binary_cross_entropy_with_logits_derivative,
    ssr,
    ssr_derivative,
)


def _slopes_in_z(p: float, y: float) -> tuple[float, float]:
    """Return the slopes in z, of the squared residual and of the cross-entropy."""
    found = [slope([p], [y])[0] for slope in (ssr_derivative, binary_cross_entropy_derivative)]
    return found[0] * p * (1 - p), found[1] * p * (1 - p)


NETWORKS = {"a": (0.9, 0.8, 0.3), "b": (0.99, 0.99, 0.9)}
SPAM = (1.0, 1.0, 0.0)


def _likelihood_of(network: str) -> float:
    """Return the probability that it gives to what the three e-mails turn out to be."""
    return float(np.exp(-3 * binary_cross_entropy(NETWORKS[network], SPAM)))


def _likelihood_in_text() -> str:
    ratio = float(np.log(_likelihood_of("a") / _likelihood_of("b")))
    return nearest(ratio, {"all": np.log(5), "share": 0.0, "each": -np.log(5)})


def _likelihood_values() -> dict[str, str]:
    return {"of_a": fixed(_likelihood_of("a"), 3), "of_b": fixed(_likelihood_of("b"), 3)}


def _likelihood(first: float, second: float) -> Number:
    loss = binary_cross_entropy([first, second], [1.0, 0.0])
    return number(
        "P",
        float(np.exp(-2 * loss)),
        {"first": first, "second": second, "other": 1 - second},
        {
            "unturned": first * second,
            "mean": (first + 1 - second) / 2,
            "added": first + 1 - second,
        },
        absolute=0.004,
    )


def _log_loss(p: float, y: int) -> Number:
    true = p if y else 1 - p
    return number(
        "L",
        binary_cross_entropy([p], [float(y)]),
        {"said": p, "target": y, "true": true},
        {
            "other": binary_cross_entropy([1 - p], [float(y)]),
            "missing": 1 - true,
            "sign": float(np.log(true)),
        },
        relative=0.03,
    )


def _push_in_text() -> str:
    square, cross_entropy = map(abs, _slopes_in_z(0.01, 1))
    if square > cross_entropy:
        return "square"
    ratios = {"two": np.log(2), "ten": np.log(10), "fifty": np.log(50)}
    return nearest(np.log(cross_entropy / square), ratios)


def _push_values() -> dict[str, str]:
    square, cross_entropy = _slopes_in_z(0.01, 1)
    return {
        "square": significant(square),
        "cross_entropy": significant(cross_entropy),
        "ratio": fixed(cross_entropy / square, 1),
        "factor": significant(0.01 * (1 - 0.01)),
        "loss_ratio": fixed(
            binary_cross_entropy([0.01], [1.0]) / ssr([0.01], [1.0]),
            1,
        ),
    }


def _push(p: float, y: int) -> Choice:
    through = p * (1 - p)
    square = abs(ssr_derivative([p], [float(y)])[0] * through)
    cross_entropy = abs(binary_cross_entropy_derivative([p], [float(y)])[0] * through)
    ratios = {"two": np.log(2), "five": np.log(5.5), "fifty": np.log(50), "many": np.log(500)}
    return choice(
        list(ratios),
        nearest(float(np.log(cross_entropy / square)), ratios),
        {"said": p, "target": y, "square": square, "cross_entropy": cross_entropy},
    )


def _in_z(p: float, y: int) -> Number:
    z = np.log(p / (1 - p))
    slope = float(binary_cross_entropy_with_logits_derivative([z], [float(y)])[0])
    return number(
        "s",
        slope,
        {"said": p, "target": y},
        {
            "turned": -slope,
            "in_p": float(binary_cross_entropy_derivative([p], [float(y)])[0]),
            "square": float(ssr_derivative([p], [float(y)])[0]) * p * (1 - p),
        },
        absolute=0.004,
    )


QUESTIONS = {
    "likelihood": Question(
        "sec-losses-likelihood",
        "likelihood",
        _likelihood,
        (
            (0.9, 0.8, 0.5, 0.6, 0.7, 0.4, 0.9, 0.3, 0.8),
            (0.2, 0.4, 0.1, 0.3, 0.4, 0.9, 0.7, 0.2, 0.9),
        ),
        in_text={
            "likelihood": Choice(
                # an earlier question had these options, and browsers remember their names
                options=("all", "each", "share", "tenth"),
                answer=_likelihood_in_text,
                values=_likelihood_values,
            )
        },
        level="apply",
    ),
    "log_loss": Question(
        "sec-losses-likelihood",
        "log-loss",
        _log_loss,
        (
            (0.1, 0.99, 0.2, 0.75, 0.001, 0.95, 0.02, 0.96, 0.25, 0.9),
            (1, 0, 1, 0, 1, 0, 1, 0, 1, 0),
        ),
        level="apply",
    ),
    "push": Question(
        "sec-losses-slope",
        "sure-and-wrong",
        _push,
        ((0.5, 0.1, 0.01, 0.001, 0.9, 0.99, 0.999, 0.4), (1, 1, 1, 1, 0, 0, 0, 0)),
        in_text={
            "slope": Choice(
                options=("square", "two", "ten", "fifty"),
                answer=_push_in_text,
                values=_push_values,
            )
        },
        level="apply",
    ),
    "in_z": Question(
        "sec-losses-slope",
        "p-minus-y",
        _in_z,
        ((0.7, 0.7, 0.2, 0.2, 0.9, 0.1, 0.6, 0.95, 0.01), (1, 0, 1, 0, 0, 0, 1, 0, 1)),
        level="apply",
    ),
}
