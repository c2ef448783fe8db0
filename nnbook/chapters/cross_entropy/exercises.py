"""The exercises on the cross-entropy and on training a classifier."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from nnbook.chapters.cross_entropy._held_out import (
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
from nnlib import log_softmax, numerical_gradient, one_hot, softmax
from nnlib._typing import FloatArray, IntArray

FLOWER = np.array([[1.431, -0.399, 0.232]])


# -- numbers: four of them in the head -----------------------------------------------------


def numbers(**changed: float) -> list[float]:
    """The four right numbers, some of them exchanged for others."""
    flat = np.zeros((1, 10))
    right = {
        "flat": loss(flat, [3]),
        "slope": slope(flat, [3])[0, 3],
        "lag": loss([[0.0, 20.0, 0.0]], [0]),
        "floor": loss(np.eye(10)[:1], [0]),
    }
    return list((right | changed).values())


def steps_to_half(shrink: float) -> int:
    """How many steps it takes until the product of that many factors is at most one half."""
    return math.ceil(math.log(0.5) / math.log(shrink))


# -- average: the slope in each bias -------------------------------------------------------


def shares(labels: IntArray, classes: int) -> FloatArray:
    """The share of each class."""
    return one_hot(labels, classes).mean(axis=0)


def bias_slope(Z: FloatArray, labels: IntArray) -> FloatArray:
    """Each bias moves its raw output of every sample: add up over the samples."""
    return slope(Z, labels).sum(axis=0)


def bias_difference(Z: FloatArray, labels: IntArray) -> FloatArray:
    """Central differences in a bias that is added to every row."""
    return numerical_gradient(lambda b: loss(Z + b, labels), np.zeros(Z.shape[1]))


def labeled_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Raw outputs with labels: one sample, batches, a class that never occurs, huge outputs."""
    yield "ordinary", (FLOWER, np.array([0]))
    for n, classes in ((4, 3), (5, 2), (40, 6)):
        labels = np.append(rng.integers(classes, size=n - 1), classes - 1).astype(np.intp)
        yield "batch", (rng.normal(0, 2, size=(n, classes)), labels)
    yield "edge", (rng.normal(size=(3, 4)), np.array([0, 1, 0]))
    yield "edge", (np.zeros((2, 5)), np.array([4, 2]))
    yield "extreme", (np.array([[1000.0, 0.0, -1000.0], [0.0, 800.0, 0.0]]), np.array([0, 2]))


# -- soft: targets that are not certain ----------------------------------------------------


def soft_loss(Z: FloatArray, Q: FloatArray) -> float:
    """The definition, with a logarithm that does not underflow."""
    return float(-np.sum(Q * log_softmax(Z)) / len(Z))


def soft_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Raw outputs with rows of probabilities, one-hot rows among them."""
    yield "ordinary", (FLOWER, np.array([[0.0, 2 / 3, 1 / 3]]))
    yield "random", (rng.normal(size=(1, 4)), softmax(rng.normal(size=(1, 4))))
    for n, classes in ((2, 3), (5, 2), (30, 7)):
        yield "batch", (rng.normal(0, 2, (n, classes)), softmax(rng.normal(size=(n, classes))))
    yield "edge", (rng.normal(size=(4, 3)), one_hot([0, 2, 1, 1], 3))
    yield "extreme", (np.array([[1000.0, -1000.0, 0.0]]), np.array([[0.5, 0.0, 0.5]]))
    yield "extreme", (np.array([[0.0, 800.0], [-800.0, -801.0]]), np.array([[1, 0], [0.2, 0.8]]))


def log_sum_exp(Z: FloatArray, shift: Any) -> FloatArray:
    """Of each row, computed after a shift that is added again."""
    return shift + np.log(np.exp(Z - shift).sum(axis=1, keepdims=True))


def shift_of_all_forgotten(Z: FloatArray, Q: FloatArray) -> float:
    """Log-sum-exp of shifted raw outputs against raw outputs that are not shifted."""
    return soft_loss(Z, Q) - float(Z.max(axis=1).mean())


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
    "numbers": Values(
        kind="predict",
        level=1,
        answer=numbers,
        mistakes={
            "force_for_slope": lambda: numbers(slope=0.9),
            "slope_of_another_class": lambda: numbers(slope=0.1),
            "leader_taken_for_truth": lambda: numbers(lag=loss([[0.0, 20.0, 0.0]], [1])),
            "floor_of_three_classes": lambda: numbers(floor=loss(np.eye(3)[:1], [0])),
            "no_floor": lambda: numbers(floor=0.0),
            "base_ten": lambda: numbers(flat=1.0, floor=numbers()[3] / np.log(10)),
        },
        atol=0.005,
    ),
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
    "average": Code(
        kind="prove",
        level=2,
        reference=bias_slope,
        cases=labeled_cases,
        finite_difference=bias_difference,
        mistakes={
            "force_for_slope": lambda Z, labels: -bias_slope(Z, labels),
            "shares_forgotten": lambda Z, labels: softmax(Z).mean(axis=0),
            "samples_not_added": slope,
            "along_the_classes": lambda Z, labels: len(Z) * slope(Z, labels).mean(axis=1),
            "softmax_of_mean": lambda Z, labels: (
                softmax(Z.mean(axis=0)) - shares(labels, Z.shape[1])
            ),
            "raw_outputs_for_probabilities": lambda Z, labels: (
                Z.mean(axis=0) - shares(labels, Z.shape[1])
            ),
            "class_that_never_occurs": lambda Z, labels: (
                softmax(Z).mean(axis=0) - np.bincount(labels) / len(Z)
            ),
        },
    ),
    "soft": Code(
        kind="write",
        level=2,
        reference=soft_loss,
        cases=soft_cases,
        forbids={"nnlib"},
        mistakes={
            "entries_counted": lambda Z, Q: -np.mean(Q * log_softmax(Z)),
            "likeliest_alone": lambda Z, Q: loss(Z, Q.argmax(axis=1)),
            "roles_swapped": lambda Z, Q: -np.sum(softmax(Z) * np.log(Q)) / len(Z),
            "shift_of_all_forgotten": shift_of_all_forgotten,
            "one_shift_for_all": lambda Z, Q: np.mean(
                log_sum_exp(Z, Z.max())[:, 0] - np.sum(Q * Z, axis=1)
            ),
            "samples_not_averaged": lambda Z, Q: -np.sum(Q * log_softmax(Z), axis=1),
        },
        swaps={
            "one_shift_for_all": ("Z.max(axis=1, keepdims=True)", "Z.max()"),
            "samples_not_averaged": (
                "np.mean(np.log(total) - np.sum(Q * Z, axis=1))",
                "np.log(total) - np.sum(Q * Z, axis=1)",
            ),
        },
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
