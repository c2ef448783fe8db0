"""The exercises on judging a network."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from nnbook.chapters.cross_entropy.exercises import FLOWER, labeled_cases
from nnbook.chapters.generalization._held_out import (
    in_order,
    leak_cases,
    patience,
    patience_cases,
    prepare,
    prepared,
    since_best,
    stop_when,
    stopping_epoch,
)
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import cross_entropy_with_logits as loss
from nnlib import cross_entropy_with_logits_derivative as slope
from nnlib import numerical_gradient, softmax
from nnlib._typing import FloatArray, IntArray


def steps_to_half(shrink: float) -> int:
    """How many steps it takes until the product of that many factors is at most one half."""
    return math.ceil(math.log(0.5) / math.log(shrink))


# -- factor: the slope in a common factor --------------------------------------------------


def factor_slope(Z: FloatArray, labels: IntArray, a: float) -> float:
    """The chain rule written out: each raw output a z moves by z."""
    return float(np.sum(slope(a * Z, labels) * Z))


def factor_difference(Z: FloatArray, labels: IntArray, a: float) -> FloatArray:
    """A central difference."""
    return numerical_gradient(lambda v: loss(float(v) * Z, labels), np.array(a))


def factor_cases(rng: np.random.Generator) -> Iterator[Case]:
    """The same batches with factors on both sides of 1, and with the factor 0."""
    yield "ordinary", (FLOWER, np.array([0]), 2.0)
    for factor, (label, arguments) in zip(
        (1.0, 0.5, 3.0, 2.0, 0.0, 1.5, 2.0), labeled_cases(rng), strict=True
    ):
        yield label, (*arguments, factor)


def of_truth(Z: FloatArray, labels: IntArray) -> FloatArray:
    """The raw output of the true class of each sample."""
    return Z[np.arange(len(Z)), labels]


def expected(Z: FloatArray, a: float) -> FloatArray:
    """The mean raw output of each sample, weighted with its probabilities."""
    return np.sum(softmax(a * Z) * Z, axis=1)


EXERCISES: dict[str, Exercise] = {
    "leak": Code(
        kind="mend",
        level=2,
        reference=lambda X, y, n, keep: in_order(prepared(X, keep, X[:n], y[:n], X[:n])),
        cases=leak_cases,
        use=prepare,
        mistakes={
            "nothing_mended": lambda X, y, n, keep: prepared(X, keep, X, y, X),
            "choice_leaks": lambda X, y, n, keep: prepared(X, keep, X, y, X[:n]),
            "scaling_leaks": lambda X, y, n, keep: prepared(X, keep, X[:n], y[:n], X),
            "scaled_apart": lambda X, y, n, keep: np.vstack(
                [prepared(part, keep, X[:n], y[:n], part) for part in (X[:n], X[n:])]
            ),
            "held_out_rows_lost": lambda X, y, n, keep: prepared(X[:n], keep, X[:n], y[:n], X[:n]),
        },
        swaps={"scaling_leaks": ("scaler.transform(X)", "nnlib.standardize(X)[0]")},
    ),
    "halving": Values(
        kind="prove",
        level=2,
        answer=lambda: steps_to_half(1 - 0.1 * 0.01),
        mistakes={
            "straight_line": lambda: 0.5 / (0.1 * 0.01),
            "rate_forgotten": lambda: steps_to_half(1 - 0.01),
            "decay_forgotten": lambda: steps_to_half(1 - 0.1),
            "base_ten": lambda: -np.log10(0.5) / (0.1 * 0.01),
            "whole_parameter": lambda: 1 / (0.1 * 0.01),
        },
        atol=1.0,
    ),
    "factor": Code(
        kind="prove",
        level=3,
        reference=factor_slope,
        cases=factor_cases,
        finite_difference=factor_difference,
        mistakes={
            "probabilities_without_factor": lambda Z, labels, a: np.mean(
                expected(Z, 1.0) - of_truth(Z, labels)
            ),
            "inner_slope_forgotten": lambda Z, labels, a: np.sum(slope(a * Z, labels)),
            "factor_left": lambda Z, labels, a: a * factor_slope(Z, labels, a),
            "truth_forgotten": lambda Z, labels, a: np.mean(expected(Z, a)),
            "leader_for_mean": lambda Z, labels, a: np.mean(Z.max(axis=1) - of_truth(Z, labels)),
            "entries_counted": lambda Z, labels, a: factor_slope(Z, labels, a) / Z.shape[1],
        },
    ),
    "patience": Code(
        kind="write",
        level=3,
        reference=patience,
        cases=patience_cases,
        use=stopping_epoch,
        mistakes={
            "one_epoch_late": stop_when(lambda t, values, s: since_best(t, values) > s),
            "never_true": stop_when(lambda t, values, s: False),
            "compared_with_previous": stop_when(
                lambda t, values, s: (
                    t >= s and all(values[i] >= values[i - 1] for i in range(t - s + 1, t + 1))
                )
            ),
            "never_reset": stop_when(
                lambda t, values, s: sum(values[i] >= min(values[:i]) for i in range(1, t + 1)) >= s
            ),
            "equal_is_taken_for_new": stop_when(
                lambda t, values, s: values[::-1].index(min(values)) >= s
            ),
            "training_loss": lambda steps: (
                lambda epoch, history: since_best(epoch, history.losses) >= steps
            ),
        },
        swaps={
            "one_epoch_late": (">=", ">"),
            "training_loss": ("history.validation_losses", "history.losses"),
        },
    ),
}
