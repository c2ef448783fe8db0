"""Part 1 of the reader's own network: a layer of weighted sums."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code
from nnlib import softplus
from nnlib._typing import FloatArray
from nnlib.layers import Linear


def layer(X: FloatArray, W: FloatArray, b: FloatArray) -> FloatArray:
    """What a layer of `nnlib` gives forward."""
    return Linear.from_arrays(W, b).forward(X)


def layer_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches, also of one sample; one input, one neuron; whole numbers; a square in each place."""
    X, W = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])
    yield "ordinary", (X, W, np.array([0.5, -0.5]))
    yield "ordinary", (np.array([[1, 2], [3, 4], [0, -1]]), W / 4, np.array([0.25, 1.0]))
    for n, d, m in ((1, 2, 3), (1, 1, 1), (1, 4, 2)):
        yield "random", (rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m))
    for n, d, m in ((4, 2, 3), (5, 3, 1), (3, 1, 4), (3, 3, 3), (6, 3, 6), (20, 5, 4)):
        yield "batch", (rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m))
    yield "edge", (np.zeros((3, 2)), W, np.array([1.0, -2.0]))
    yield "extreme", (1e150 * X, 1e150 * W, np.array([1.0, 2.0]))


OWN = Code(
    kind="write",
    level=1,
    reference=layer,
    cases=layer_cases,
    forbids={"nnlib"},
    mistakes={
        "bias_forgotten": lambda X, W, b: X @ W,
        "bias_subtracted": lambda X, W, b: X @ W - b,
        "bias_for_each_input": lambda X, W, b: X @ W + len(W) * b,
        "bias_for_each_sample": lambda X, W, b: X @ W + b[:, np.newaxis],
        "weights_turned": lambda X, W, b: X @ W.T + b,
        "weights_first": lambda X, W, b: W @ X + b,
        "weights_turned_first": lambda X, W, b: W.T @ X + b,
        "entry_by_entry": lambda X, W, b: X * W + b,
        "bent": lambda X, W, b: np.maximum(layer(X, W, b), 0),
        "bent_softly": lambda X, W, b: softplus(layer(X, W, b)),
        "first_sample": lambda X, W, b: X[0] @ W + b,
        "first_neuron": lambda X, W, b: X @ W[:, 0] + b[0],
        "neurons_added": lambda X, W, b: layer(X, W, b).sum(axis=1),
        "whole_numbers": lambda X, W, b: layer(X, W, b).astype(X.dtype),
    },
)
