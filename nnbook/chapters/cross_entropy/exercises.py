"""The exercises on the cross-entropy and on training a classifier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.chapters.cross_entropy._answers import ANSWERS
from nnbook.chapters.cross_entropy.own import OWN
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import Linear, log_softmax, one_hot, softmax
from nnlib import cross_entropy_with_logits as loss
from nnlib import cross_entropy_with_logits_derivative as slope
from nnlib._typing import FloatArray, IntArray

FLOWER = np.array([[1.431, -0.399, 0.232]])


# -- step: one step by hand ----------------------------------------------------------------


def one_step(**changed: float) -> list[float]:
    """Two derivatives with respect to weights and the change of a raw output."""
    a, g = np.array([2, 0.5]), np.array([0.2, 0.7, 0.1]) - [1, 0, 0]
    right = {"first": a[0] * g[0], "second": a[1] * g[1], "change": -0.5 * g[0] * (a @ a + 1)}
    return list((right | changed).values())


# -- carry: through the last layer ---------------------------------------------------------


def carried(A: FloatArray, W: FloatArray, b: FloatArray, labels: IntArray) -> FloatArray:
    """The gradient of the weights with that of the biases below it, by a backward pass."""
    layer = Linear.from_arrays(W, b)
    layer.backward(slope(layer.forward(A), labels))
    return np.vstack([np.asarray(layer.weight.grad), np.asarray(layer.bias.grad)])


def scaled_rows(
    weights: Callable[[int], float], biases: Callable[[int], float]
) -> Callable[..., FloatArray]:
    """Wrong by factors that depend on the number of samples."""

    def wrong(A: FloatArray, W: FloatArray, b: FloatArray, labels: IntArray) -> FloatArray:
        rows = carried(A, W, b, labels)
        return np.vstack([weights(len(A)) * rows[:-1], biases(len(A)) * rows[-1:]])

    return wrong


def carry_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Layers of several shapes, with batches and with a single sample."""
    for label, n, hidden, classes in (
        ("ordinary", 4, 2, 3),
        ("edge", 1, 3, 4),
        ("batch", 12, 5, 2),
        ("batch", 5, 4, 5),
    ):
        A, W = np.abs(rng.normal(size=(n, hidden))), rng.normal(size=(hidden, classes))
        yield label, (A, W, rng.normal(size=classes), rng.integers(classes, size=n))


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


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "step": Values(
        kind="predict",
        level=1,
        answer=one_step,
        mistakes={
            "forces": lambda: one_step(first=1.6, second=-0.35),
            "inputs_forgotten": lambda: one_step(first=-0.8, second=0.7),
            "bias_forgotten": lambda: one_step(change=0.4 * 4.25),
            "moved_down": lambda: one_step(change=-2.1),
            "rate_forgotten": lambda: one_step(change=4.2),
            "only_its_weight": lambda: one_step(change=1.6),
        },
        atol=0.005,
    ),
    "carry": Code(
        kind="mend",
        level=2,
        reference=carried,
        cases=carry_cases,
        mistakes={
            "nothing_mended": scaled_rows(lambda n: -1, lambda n: -n),
            "sign_left": scaled_rows(lambda n: -1, lambda n: -1),
            "bias_not_averaged": scaled_rows(lambda n: 1, lambda n: n),
            "sums": scaled_rows(lambda n: n, lambda n: n),
            "twice_divided": scaled_rows(lambda n: 1 / n, lambda n: 1),
        },
        swaps={
            "sums": (" / len(A)", ""),
            "bias_not_averaged": ("G.sum(axis=0)", "len(A) * G.sum(axis=0)"),
        },
    ),
    "average": Values(
        kind="prove",
        level=2,
        answer=lambda: np.array([42, 36, 34]) / 112,
        mistakes={"thirds": lambda: [1 / 3, 1 / 3, 1 / 3], "counts": lambda: [42, 36, 34]},
        atol=0.0006,
    ),
    "answers": ANSWERS,
    "soft": Code(
        kind="write",
        level=3,
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
}
