"""Part 8 of the reader's own network: the loss for classes, and the slopes of the whole network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code
from nnbook.questions.given import arrays_of_shapes
from nnlib import (
    cross_entropy_with_logits,
    cross_entropy_with_logits_derivative,
    one_hot,
    small,
    softmax,
)
from nnlib import mse_derivative as mse_slope
from nnlib._typing import FloatArray, IntArray
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

Params = Sequence[FloatArray]


def network_slopes(params: Params, X: FloatArray, labels: IntArray) -> list[Any]:
    """What a network of `nnlib` finds."""
    W1, b1, W2, b2 = params
    model = Sequential(Linear.from_arrays(W1, b1), ReLU(), Linear.from_arrays(W2, b2))
    model.backward(cross_entropy_with_logits_derivative(model.forward(X), labels))
    return [parameter.grad for parameter in model.parameters()]


def right(Z: FloatArray, labels: IntArray, params: Params, X: FloatArray) -> Any:
    """The loss and the slopes of the raw outputs, then the slopes of a network."""
    yield cross_entropy_with_logits(Z, labels)
    yield cross_entropy_with_logits_derivative(Z, labels)
    yield from network_slopes(params, X, labels)


def tried(
    answers: Sequence[Callable[..., Any]],
    Z: FloatArray,
    labels: IntArray,
    params: Params,
    X: FloatArray,
) -> Iterator[Any]:
    """What the three functions give, in the order of `PARTS`."""
    loss, slope, slopes = answers
    yield loss(Z, labels)
    yield slope(Z, labels)
    yield from arrays_of_shapes(slopes(params, X, labels), *(p.shape for p in params))


SLOPES = tuple(f"slopes {name}" for name in ("W1", "b1", "W2", "b2"))
PARTS = ("cross_entropy", "cross_entropy_slope", *SLOPES)


def loss_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches, also of one sample, of as many samples as classes; whole numbers; far apart."""

    def network(n: int, d: int, h: int, k: int) -> tuple[list[FloatArray], FloatArray]:
        shapes = ((d, h), (h,), (h, k), (k,))
        return [rng.normal(size=shape) for shape in shapes], rng.normal(size=(n, d))

    def labeled(n: int, k: int) -> IntArray:
        return rng.permutation(np.arange(n) % k)

    Z = np.array([[1.43, -0.40, 0.23], [1.0, 0.0, 0.0]])
    yield "ordinary", (Z, np.array([0, 2]), *network(2, 2, 2, 3))
    yield (
        "ordinary",
        (np.array([[1, 2], [3, 0], [0, 0]]), np.array([0, 0, 1]), *network(3, 1, 3, 2)),
    )
    for n, d, h, k in ((1, 2, 4, 3), (3, 3, 3, 3), (7, 4, 6, 3), (12, 5, 4, 10)):
        label = "random" if n == 1 else "batch"
        yield label, (rng.normal(0, 2, (n, k)), labeled(n, k), *network(n, d, h, k))
    params, X = network(4, 2, 3, 2)
    params[1] = np.full(3, -100.0)  # no neuron is on
    yield "edge", (np.zeros((4, 2)), labeled(4, 2), params, X)
    params, X = network(3, 2, 3, 3)
    high = np.array([[1000.0, 999.0, 998.0], [-1000.0, -1001.0, -999.0], [5.0, 1000.0, -1000.0]])
    apart = np.array([[-1000.0, 0.0, -500.0], [-1000.0, -999.0, 0.0], [5.0, -800.0, 3.0]])
    yield "extreme", (high, np.array([2, 0, 1]), [400 * p for p in params], X)
    yield "extreme", (apart, np.array([0, 1, 1]), params, 1000 * X)


# -- Mistakes ---------------------------------------------------------------------------------


def answers(
    loss: Callable[..., Any] = cross_entropy_with_logits,
    slope: Callable[..., Any] = cross_entropy_with_logits_derivative,
    slopes: Callable[..., Any] = network_slopes,
) -> Any:
    """The right functions, or one in the place of each."""
    return loss, slope, slopes


def share(Z: FloatArray, labels: IntArray) -> FloatArray:
    """The probability of the true class of each sample."""
    return softmax(Z, axis=1)[np.arange(len(Z)), labels]


def sums(Z: FloatArray, labels: IntArray) -> FloatArray:
    """Each sample's slopes, not yet divided by their number."""
    return len(Z) * cross_entropy_with_logits_derivative(Z, labels)


def columns_lowered(Z: FloatArray, labels: IntArray) -> FloatArray:
    """The 1 goes off whole columns."""
    P = softmax(Z, axis=1)
    P[:, labels] -= 1
    return P / len(Z)


def rows_lowered(Z: FloatArray, labels: IntArray) -> FloatArray:
    """The 1 goes off whole rows."""
    P = softmax(Z, axis=1)
    P[labels] -= 1
    return P / len(Z)


def sent_back(
    slope: Callable[..., Any] = cross_entropy_with_logits_derivative,
    change: Callable[..., Any] = lambda found, n: found,
) -> Callable[..., Any]:
    """Return slopes of a network that begin with another gradient, or are changed in the end."""

    def slopes(params: Params, X: FloatArray, labels: IntArray) -> Any:
        Z, A, out = small.forward(params, X)
        return change(small.backward(params, X, Z, A, slope(out, labels)), len(X))

    return slopes


def through_sleepers(params: Params, X: FloatArray, labels: IntArray) -> list[FloatArray]:
    """A backward pass that forgets which neurons are off."""
    _, A, out = small.forward(params, X)
    G = cross_entropy_with_logits_derivative(out, labels)
    D = G @ params[2].T
    return [X.T @ D, D.sum(axis=0), A.T @ G, G.sum(axis=0)]


def hidden_sums_for_outputs(params: Params, X: FloatArray, labels: IntArray) -> Any:
    """The first result of the way there is called as the raw outputs are in the loss."""
    Z, A, _ = small.forward(params, X)
    return small.backward(params, X, Z, A, small.cross_entropy_slope(Z, labels))


def swapped(params: Params, X: FloatArray, labels: IntArray) -> Any:
    """Sums and activations of the hidden layer trade places."""
    Z, A, out = small.forward(params, X)
    return small.backward(params, X, A, Z, small.cross_entropy_slope(out, labels))


OWN = Code(
    kind="write",
    level=2,
    reference=right,
    cases=loss_cases,
    use=tried,
    parts=PARTS,
    forbids={"nnlib"},
    mistakes={
        "softmax_first": answers(loss=lambda Z, labels: -np.mean(np.log(share(Z, labels)))),
        "no_shift": answers(
            loss=lambda Z, labels: np.mean(
                np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(len(Z)), labels]
            )
        ),
        "small_number_added": answers(
            loss=lambda Z, labels: -np.mean(np.log(share(Z, labels) + 1e-12))
        ),
        "minus_forgotten": answers(loss=lambda Z, labels: -cross_entropy_with_logits(Z, labels)),
        "loss_summed": answers(
            loss=lambda Z, labels: len(Z) * cross_entropy_with_logits(Z, labels)
        ),
        "every_row_with_every_label": answers(
            loss=lambda Z, labels: -np.mean(np.log(softmax(Z, axis=1)[:, labels]))
        ),
        "loss_divided_by_entries": answers(
            loss=lambda Z, labels: cross_entropy_with_logits(Z, labels) / Z.shape[1]
        ),
        "one_loss_per_sample": answers(loss=lambda Z, labels: -np.log(share(Z, labels))),
        "no_logarithm": answers(loss=lambda Z, labels: np.mean(1 - share(Z, labels))),
        "shift_not_in_both": answers(
            loss=lambda Z, labels: np.mean(
                np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
                - Z[np.arange(len(Z)), labels]
            )
        ),
        "target_minus_prediction": answers(
            slope=lambda Z, labels: -cross_entropy_with_logits_derivative(Z, labels),
        ),
        "slope_not_divided": answers(slope=sums),
        "slope_divided_by_entries": answers(slope=lambda Z, labels: sums(Z, labels) / Z.size),
        "target_forgotten": answers(slope=lambda Z, labels: softmax(Z, axis=1) / len(Z)),
        "labels_subtracted": answers(
            slope=lambda Z, labels: (softmax(Z, axis=1) - labels) / len(Z)
        ),
        "labels_subtracted_and_not_divided": answers(
            slope=lambda Z, labels: softmax(Z, axis=1) - labels
        ),
        "column_of_labels_subtracted": answers(
            slope=lambda Z, labels: (softmax(Z, axis=1) - labels[:, np.newaxis]) / len(Z)
        ),
        "divided_before": answers(
            slope=lambda Z, labels: softmax(Z, axis=1) / len(Z) - one_hot(labels, Z.shape[1])
        ),
        "whole_columns": answers(slope=columns_lowered),
        "whole_rows": answers(slope=rows_lowered),
        "raw_outputs_for_shares": answers(
            slope=lambda Z, labels: (Z - one_hot(labels, Z.shape[1])) / len(Z)
        ),
        "slopes_of_squares": answers(
            slopes=sent_back(lambda Z, labels: mse_slope(Z, one_hot(labels, Z.shape[1])))
        ),
        "squares_of_shares": answers(
            slopes=sent_back(
                lambda Z, labels: mse_slope(softmax(Z, axis=1), one_hot(labels, Z.shape[1]))
            )
        ),
        "hidden_sums_for_outputs": answers(slopes=hidden_sums_for_outputs),
        "sums_and_activations_swapped": answers(slopes=swapped),
        "divided_twice": answers(slopes=sent_back(change=lambda found, n: [s / n for s in found])),
        "gradient_not_divided": answers(slopes=sent_back(sums)),
        "off_neurons_forgotten": answers(slopes=through_sleepers),
        "shares_sent_back": answers(
            slopes=sent_back(lambda Z, labels: softmax(Z, axis=1) / len(Z))
        ),
        "other_order": answers(
            slopes=sent_back(change=lambda found, n: [found[i] for i in (2, 3, 0, 1)])
        ),
        "loss_too": answers(slopes=sent_back(change=lambda found, n: (0.0, found))),
    },
    swaps={
        "slope_not_divided": ("P / len(Z)", "P"),
    },
)
