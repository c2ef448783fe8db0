"""The exercises of the chapter on networks that write."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

import nnlib
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib import softmax
from nnlib._typing import FloatArray, IntArray

# -- hesitation: windows, the loss, and letters ----------------------------------------------------

RIGHT = np.array([1 / 4, 1, 1 / 2, 1 / 8, 1, 1])


def hesitation() -> list[float]:
    """Count the windows of a name; compute the loss and what it says."""
    loss = -np.mean(np.log(RIGHT))
    return [len(nnlib.windows(["minmi"], 3)[1]), float(loss), float(np.exp(loss))]


# -- rows: back through an embedding --------------------------------------------------------------


def rows(X: IntArray, G: FloatArray, count: int) -> FloatArray:
    """Let the layer do it."""
    layer = nnlib.Embedding(count, G.shape[1] // X.shape[1], length=X.shape[1], rng=0)
    layer(X)
    layer.backward(G)
    assert layer.weight.grad is not None
    return layer.weight.grad


def rows_by(X: IntArray, parts: FloatArray, count: int, keep: bool = True) -> FloatArray:
    """Put parts, one for each place, into rows: added up, or the last one kept."""
    slopes = np.zeros((count, parts.shape[-1]))
    for row, part in zip(X.ravel(), parts.reshape(-1, parts.shape[-1]), strict=True):
        slopes[row] = part + keep * slopes[row]
    return slopes


def parts_of(X: IntArray, G: FloatArray) -> FloatArray:
    """The slopes of each place: (n, T, d)."""
    return G.reshape(*X.shape, -1)


def turned(X: IntArray, G: FloatArray) -> FloatArray:
    """The same as if the places alternated with the coordinates."""
    return G.reshape(len(X), -1, X.shape[1]).swapaxes(1, 2)


def divided(X: IntArray, G: FloatArray, count: int) -> FloatArray:
    """The mean of the slopes of a letter."""
    uses = np.bincount(X.ravel(), minlength=count)[:, np.newaxis]
    return rows(X, G, count) / np.maximum(uses, 1)


def rows_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Windows with letters that come once, twice, or never."""
    yield "ordinary", (np.array([[2, 1, 2]]), np.array([[1.0, 5.0, 10.0, 6.0, 100.0, 7.0]]), 4)
    for n, length, size in ((1, 3, 2), (4, 2, 3), (30, 3, 4)):
        X = rng.integers(0, 6, (n, length))
        X[0, -1] = X[0, 0]
        label = "batch" if n > 1 else "random"
        yield label, (X, rng.normal(size=(n, length * size)), 7)
    yield "edge", (np.array([[0, 0]]), np.array([[1.0, 2.0, 3.0, 4.0]]), 1)


# -- attend: one query ---------------------------------------------------------------------------


def attend(q: FloatArray, K: FloatArray, V: FloatArray) -> FloatArray:
    """The weighted mean, for one query (s,), keys (T, s) and values (T, d)."""
    return softmax(K @ q / np.sqrt(len(q))) @ V


def attend_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Keys and values of several lengths, as many as numbers, and far apart."""
    keys = np.array([[1.0, 0.0], [-1.0, 1.0], [0.0, 1.0]])
    yield "ordinary", (np.array([1.0, 2.0]), keys, np.array([[2.0, 0.0], [0.0, 3.0], [1.0, 1.0]]))
    for T, s, d in ((2, 3, 2), (5, 4, 3), (4, 4, 4), (1, 2, 3)):
        label = "edge" if T == 1 else "random"
        yield label, (rng.normal(size=s), rng.normal(size=(T, s)), rng.normal(size=(T, d)))
    yield "extreme", (np.array([2000.0, 0.0]), keys, np.array([[2.0], [5.0], [7.0]]))


def raw(q: FloatArray, K: FloatArray, V: FloatArray) -> FloatArray:
    """The exponentials without their sum."""
    with np.errstate(over="ignore"):
        return np.exp(K @ q / np.sqrt(len(q))) @ V


# -- tempered: probabilities at a temperature ----------------------------------------------------


def tempered_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Raw outputs and temperatures on both sides of 1, far apart too."""
    yield "ordinary", (np.array([1.43, -0.40, 0.23]), 2.0)
    yield "ordinary", (np.array([1.0, 0.0]), 1.0)
    for T in (0.3, 0.7, 4.0):
        yield "random", (rng.normal(0, 2, 27), T)
    yield "edge", (np.zeros(4), 0.5)
    yield "extreme", (np.array([1000.0, 999.0, 0.0]), 0.5)


def late(z: FloatArray, T: float) -> FloatArray:
    """Divided after the softmax, and divided by the sum again."""
    p = softmax(z) / T
    return p / p.sum()


def unguarded(z: FloatArray, T: float) -> FloatArray:
    """The formula as it is written."""
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(z / T)
        return e / e.sum()


# -- constant: the best guess that does not look ---------------------------------------------------


def constant(labels: IntArray) -> float:
    """e to the entropy of the shares."""
    p = np.unique(labels, return_counts=True)[1] / len(labels)
    return float(np.exp(-np.sum(p * np.log(p))))


def constant_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Labels of several classes, some of which are missing."""
    yield "ordinary", (np.array([1, 1, 1, 0]),)
    yield "ordinary", (np.array([3, 5, 5, 9]),)
    for n in (10, 60):
        yield "random", (rng.integers(0, 5, n) ** 2,)
    yield "batch", (rng.binomial(26, 0.3, 400),)
    yield "edge", (np.array([7, 7, 7]),)


def of_shares(labels: IntArray) -> FloatArray:
    """The shares of the letters that occur."""
    return np.unique(labels, return_counts=True)[1] / len(labels)


# -- scores: back through the mean to the scores ---------------------------------------------------


def scores(z: FloatArray, V: FloatArray, g: FloatArray) -> FloatArray:
    """The slopes of g times the mean with respect to the scores."""
    w = softmax(z)
    along = V @ g
    return w * (along - w @ along)


def scores_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Scores (T,), values (T, d) and the gradient at the mean (d,)."""
    yield "ordinary", (np.log([6.0, 3.0, 1.0]), np.array([[2.0], [-1.0], [5.0]]), np.array([1.0]))
    for T, d in ((2, 2), (3, 3), (8, 4)):
        yield "random", (rng.normal(size=T), rng.normal(size=(T, d)), rng.normal(size=d))
    yield "edge", (np.zeros(4), np.ones((4, 2)), np.array([1.0, -2.0]))


def scores_difference(z: FloatArray, V: FloatArray, g: FloatArray) -> FloatArray:
    """Central differences of g times the mean."""
    steps = 1e-5 * np.eye(len(z))
    return np.array([(softmax(z + h) - softmax(z - h)) @ V @ g / 2e-5 for h in steps])


EXERCISES: dict[str, Exercise] = {
    "hesitation": Values(
        kind="predict",
        level=1,
        answer=hesitation,
        mistakes={
            "letters_counted": lambda: [5.0, *hesitation()[1:]],
            "base_two": lambda: [6.0, 1.0, 2.0],
            "probabilities_averaged": lambda: [6.0, -np.log(RIGHT.mean()), 1 / RIGHT.mean()],
            "summed": lambda: [6.0, -np.log(RIGHT).sum(), 64.0],
        },
        atol=0.005,
    ),
    "attend": Code(
        kind="write",
        level=2,
        reference=attend,
        cases=attend_cases,
        mistakes={
            "root_forgotten": lambda q, K, V: softmax(K @ q) @ V,
            "divided_by_size": lambda q, K, V: softmax(K @ q / len(q)) @ V,
            "plain_mean": lambda q, K, V: V.mean(axis=0),
            "largest_alone": lambda q, K, V: V[np.argmax(K @ q)],
            "not_divided": raw,
            "products_for_weights": lambda q, K, V: (K @ q / np.sqrt(len(q))) @ V,
            "weights_returned": lambda q, K, V: softmax(K @ q / np.sqrt(len(q))),
        },
    ),
    "rows": Code(
        kind="write",
        level=2,
        reference=rows,
        cases=rows_cases,
        forbids={"nnlib"},
        mistakes={
            "last_kept": lambda X, G, count: rows_by(X, parts_of(X, G), count, keep=False),
            "averaged": divided,
            "coordinates_mixed": lambda X, G, count: rows_by(X, turned(X, G), count),
            "rows_divided": lambda X, G, count: rows(X, G, count) / (len(X) + 1e-9),
            "sign_turned": lambda X, G, count: -rows(X, G, count),
        },
        swaps={"last_kept": ("slopes[row] += part", "slopes[row] = part")},
    ),
    "tempered": Code(
        kind="mend",
        level=2,
        reference=lambda z, T: softmax(z / T),
        cases=tempered_cases,
        mistakes={
            "divided_after": lambda z, T: softmax(z) / T,
            "divided_after_and_normalized": late,
            "multiplied": lambda z, T: softmax(z * T),
            "no_shift": unguarded,
            "whole_output": lambda z, T: np.eye(len(z))[np.argmax(z)],
        },
    ),
    "constant": Code(
        kind="prove",
        level=2,
        reference=constant,
        cases=constant_cases,
        mistakes={
            "nats": lambda labels: np.log(constant(labels)),
            "classes_counted": lambda labels: float(len(np.unique(labels))),
            "all_letters": lambda labels: 27.0,
            "shares_averaged": lambda labels: 1 / np.sum(of_shares(labels) ** 2),
            "largest_share": lambda labels: 1 / of_shares(labels).max(),
            "not_weighted": lambda labels: np.exp(-np.mean(np.log(of_shares(labels)))),
        },
        swaps={"not_weighted": ("np.sum(p * np.log(p))", "np.mean(np.log(p))")},
    ),
    "scores": Code(
        kind="prove",
        level=3,
        reference=scores,
        cases=scores_cases,
        finite_difference=scores_difference,
        mistakes={
            "jacobian_forgotten": lambda z, V, g: V @ g,
            "others_forgotten": lambda z, V, g: softmax(z) * (V @ g),
            "diagonal_alone": lambda z, V, g: softmax(z) * (1 - softmax(z)) * (V @ g),
            "plain_mean": lambda z, V, g: softmax(z) * (V @ g - np.mean(V @ g)),
            "weight_forgotten": lambda z, V, g: V @ g - softmax(z) @ V @ g,
        },
        swaps={"weight_forgotten": ("w * (along - w @ along)", "along - w @ along")},
    ),
}
