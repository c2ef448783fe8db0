"""The exercises on judging a network."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

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
from nnbook.chapters.generalization.own import OWN
from nnbook.questions.code import Case, Code, Exercise, Family
from nnbook.questions.values import Values
from nnlib import cross_entropy_with_logits as loss
from nnlib import cross_entropy_with_logits_derivative as slope
from nnlib import numerical_gradient, softmax, standardize
from nnlib._typing import FloatArray, IntArray

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


# -- report: which sentences are supported ---------------------------------------------------


def sentences(**changed: int) -> list[int]:
    """The six right verdicts, some of them exchanged."""
    right = {"counted": 1, "new": 0, "kind": 0, "clean": 0, "chance": 1, "folds": 1}
    return list((right | changed).values())


# -- bar: an error with the flower as its unit -------------------------------------------------


def error_bar(right: IntArray) -> FloatArray:
    """The share of right answers, and its standard error over the columns."""
    by_column = np.mean(right, axis=0)
    return np.array([by_column.mean(), by_column.std(ddof=1) / math.sqrt(len(by_column))])


def share_with(error: Callable[[IntArray, float], float]) -> Callable[[IntArray], FloatArray]:
    """The right share with another error."""
    return lambda right: np.array([np.mean(right), error(right, float(np.mean(right)))])


def bar_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Networks that agree, networks that do not, and a single one."""
    yield "ordinary", (np.array([[1, 1, 0, 1], [1, 0, 0, 1], [1, 1, 0, 1]]),)
    for networks, flowers in ((20, 38), (7, 12), (5, 60)):
        chance = rng.choice([0.1, 0.6, 0.95], size=flowers)
        yield "batch", ((rng.random((networks, flowers)) < chance).astype(int),)
    yield "edge", (np.array([[1, 0, 1, 1, 0]]),)
    yield "edge", (np.ones((3, 6), dtype=int),)


# -- scaler: new rows through the old numbers --------------------------------------------------


def scaler_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Training data with columns of very different sizes, and one new row or several."""
    yield "ordinary", (np.array([[1.0, 10.0], [3.0, 50.0], [5.0, 30.0]]), np.array([[4.0, 20.0]]))
    for n, d in ((5, 3), (30, 4)):
        sizes = 10.0 ** np.arange(d)
        yield "random", (sizes * rng.normal(1, 1, (n, d)), sizes * rng.normal(1, 1, (1, d)))
    yield "batch", (rng.normal(2, 3, (9, 3)), rng.normal(2, 3, (4, 3)))
    rim = np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 6.0]])
    yield "edge", (rim, np.array([[0.0, 4.0]]))
    yield "edge", (rim, np.array([[3.0, 4.0], [16.0, 2.0]]))  # ink where there was none


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "report": Values(
        kind="predict",
        level=1,
        answer=sentences,
        mistakes={
            "counted": lambda: sentences(counted=0),
            "new": lambda: sentences(new=1),
            "kind": lambda: sentences(kind=1),
            "clean": lambda: sentences(clean=1),
            "chance": lambda: sentences(chance=0),
            "folds": lambda: sentences(folds=0),
            "all_of_it": lambda: sentences(new=1, kind=1, clean=1),
            "nothing": lambda: sentences(counted=0, chance=0, folds=0),
        },
    ),
    "bar": Code(
        kind="write",
        level=2,
        reference=error_bar,
        cases=bar_cases,
        forbids={"nnlib"},
        mistakes={
            "answers_for_flowers": share_with(lambda r, p: math.sqrt(p * (1 - p) / r.size)),
            "spread_of_answers": share_with(lambda r, p: r.std(ddof=1) / math.sqrt(r.size)),
            "one_network": share_with(lambda r, p: math.sqrt(p * (1 - p) / r.shape[1])),
            "networks_for_flowers": share_with(
                lambda r, p: r.mean(axis=1).std(ddof=1) / math.sqrt(len(r)) if len(r) > 1 else 0.0
            ),
            "spread_for_error": share_with(lambda r, p: r.mean(axis=0).std(ddof=1)),
            "population": share_with(lambda r, p: r.mean(axis=0).std() / math.sqrt(r.shape[1])),
            "variance_returned": share_with(lambda r, p: r.mean(axis=0).var(ddof=1) / r.shape[1]),
        },
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
    "scaler": Code(
        kind="mend",
        level=2,
        reference=lambda X, new: standardize(X)[1].transform(new),
        cases=scaler_cases,
        mistakes={
            "own_numbers": lambda X, new: standardize(new)[0],
            "one_mean_of_its_own": lambda X, new: (new - new.mean()) / new.std(),
            "all_together": lambda X, new: standardize(np.vstack([X, new]))[0][len(X) :],
            "not_divided": lambda X, new: new - X.mean(axis=0),
            "one_mean_for_all": lambda X, new: (new - X.mean()) / X.std(),
            "divided_by_n_minus_one": lambda X, new: (new - X.mean(0)) / X.std(0, ddof=1),
            "constant_column": lambda X, new: (new - X.mean(axis=0)) / X.std(axis=0),
            "training_data_returned": lambda X, new: standardize(X)[0],
            "tiny_added": Family(
                lambda X, new: (new - X.mean(axis=0)) / (X.std(axis=0) + 1e-8),
                lambda got, want: (
                    bool(got[0, 0] > 100 * want[0, 0] > 0) or np.allclose(got, want, rtol=1e-3)
                ),
            ),
            "new_ink_lost": lambda X, new: standardize(X)[1].transform(new) * (X.std(axis=0) > 0),
        },
        rtol=1e-6,
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
