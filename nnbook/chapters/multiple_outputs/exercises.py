"""The exercises on several inputs and outputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnbook.chapters.multiple_outputs.own import OWN
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.given import parts_like
from nnbook.questions.values import Values
from nnlib import Linear, ReLU, Sequential, one_hot, relu
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import iris

W1 = np.array([[-2.0, 2.0], [0.3, -0.6]])
B1 = np.array([1.55, -0.85])
W2 = np.array([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]])
B2 = np.array([-0.04, 1.02, 0.0])
NETWORK = Sequential(Linear.from_arrays(W1, B1), ReLU(), Linear.from_arrays(W2, B2))

FLOWER = np.array([2.0, 3.0])
MOVES = np.array([[0.1, 0.0], [-0.7, 0.0]])


# -- forward, moves: one flower by hand -------------------------------------------------------


def outputs(flowers: FloatArray) -> FloatArray:
    """The three raw outputs of the iris network, for one flower or for several."""
    return NETWORK.forward(np.atleast_2d(flowers)).reshape(*flowers.shape[:-1], 3)


def hidden(flower: FloatArray) -> FloatArray:
    """The two pre-activations of its hidden layer."""
    return flower @ W1 + B1


def moved(on: ArrayLike) -> FloatArray:
    """What the moves do to the second output if these hidden neurons are on all the way."""
    return (MOVES @ W1 @ np.diag(on) @ W2)[:, 1]


# -- shift: a last output of 0 ------------------------------------------------------------------


def stacked(answer: Callable[..., Any], *arguments: Any) -> Any:
    """Put the biases that the answer returns below its weights, as one array."""
    W, b = arguments[:2]
    return np.vstack(parts_like(answer(*arguments), W.shape, b.shape))


def shift_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Output layers: that of the iris network, others, and one with nothing to do."""
    yield "ordinary", (W2, B2)
    for width, classes in ((3, 3), (5, 4), (1, 2), (8, 10)):
        yield "random", (rng.normal(size=(width, classes)), rng.normal(size=classes))
    W, b = rng.normal(size=(4, 3)), rng.normal(size=3)
    yield "edge", (W * [1, 1, 0], b * [1, 1, 0])
    yield "extreme", (1e200 * W, 1e200 * b)


# -- pieces: lines in the plane -----------------------------------------------------------------


def most_pieces(H: int) -> int:
    """Count line by line, as the proof does: line m meets m earlier ones and adds m + 1 pieces."""
    return 1 + sum(m + 1 for m in range(H))


def pieces_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Numbers of lines, none included."""
    for H in (2, 3, 8):
        yield "ordinary", (H,)
    for H in rng.integers(9, 40, size=3):
        yield "random", (int(H),)
    for H in (0, 1):
        yield "edge", (H,)
    yield "extreme", (300,)  # a function may call itself, and Python lets it do so a thousand times


# -- centimeters: the scaling inside the first layer --------------------------------------------


def in_centimeters(
    W: FloatArray, b: FloatArray, mean: FloatArray, scale: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Read the layer off what it does to the origin and to the unit vectors."""
    layer = Linear.from_arrays(W, b)
    points = np.vstack([np.zeros(len(W)), np.eye(len(W))])
    origin, *units = layer.forward((points - mean) / scale)
    return np.array(units) - origin, origin


def centimeters_cases(rng: np.random.Generator) -> Iterator[Case]:
    """First layers with the means and scales of their inputs."""
    X = iris().X[:, [3, 1]]
    yield "ordinary", (W1, B1, X.mean(axis=0), X.std(axis=0))
    for d, width in ((2, 5), (4, 4), (3, 1), (1, 6)):
        W, b = rng.normal(size=(d, width)), rng.normal(size=width)
        yield "random", (W, b, rng.normal(0, 5, d), rng.uniform(0.2, 9, d))
    yield "edge", (rng.normal(size=(2, 3)), rng.normal(size=3), np.zeros(2), np.ones(2))


def divided(
    W: FloatArray, b: FloatArray, mean: FloatArray, scale: FloatArray, sign: float = -1
) -> tuple[FloatArray, FloatArray]:
    """The new layer for scales in any place, with this sign before the means."""
    return W / scale, b + sign * (mean @ (W / scale))


# -- order: species as numbers --------------------------------------------------------------------


def plane_outputs(X: FloatArray, targets: ArrayLike, X_new: FloatArray) -> FloatArray:
    """The least-squares planes through the targets, at the new points."""
    design = np.column_stack([X, np.ones(len(X))])
    return (
        np.column_stack([X_new, np.ones(len(X_new))]) @ np.linalg.pinv(design) @ np.asarray(targets)
    )


def named(X: FloatArray, y: IntArray, X_new: FloatArray) -> IntArray:
    """The class whose plane is highest."""
    return plane_outputs(X, one_hot(y, 3), X_new).argmax(axis=1)


def rounded(X: FloatArray, y: IntArray, X_new: FloatArray) -> FloatArray:
    """The classes as the broken cell computes them."""
    return np.clip(np.rint(plane_outputs(X, y, X_new)), 0, 2)


def without_bias(X: FloatArray, y: IntArray, X_new: FloatArray) -> IntArray:
    """Planes that all have to pass through 0 at the origin."""
    return (X_new @ np.linalg.pinv(X) @ one_hot(y, 3)).argmax(axis=1)


def order_cases(rng: np.random.Generator) -> Iterator[Case]:
    """The flowers under two codings, then clouds of points in two to four dimensions."""
    X, y = iris().X[:, [3, 1]], iris().y
    yield "ordinary", (X, y, np.array([[0.25, 3.45], [1.33, 2.71], [2.17, 3.02], [1.1, 2.1]]))
    yield "ordinary", (X, np.array([1, 0, 2])[y], X[::7] + 0.01)
    for d in (2, 3, 4):
        y = rng.permutation(np.repeat([0, 1, 2], 20))
        X = rng.normal(0, 3, size=(3, d))[y] + rng.normal(size=(60, d)) + 2
        yield "random", (X, y, rng.normal(2, 4, size=(15, d)))


# -- sum: the best output layer -------------------------------------------------------------------


def best_outputs(A: FloatArray, Y: FloatArray) -> FloatArray:
    """The raw outputs of the output layer with the smallest squared residuals."""
    design = np.column_stack([A, np.ones(len(A))])
    return design @ np.linalg.pinv(design) @ Y


def by_normal_equations(A: FloatArray, Y: FloatArray) -> FloatArray:
    """The same, unless the normal equations have more than one solution."""
    design = np.column_stack([A, np.ones(len(A))])
    return design @ np.linalg.solve(design.T @ design, design.T @ Y)


def least_squares(A: FloatArray, Y: FloatArray) -> FloatArray:
    """The weights, and below them the biases, of the best output layer."""
    design = np.column_stack([A, np.ones(len(A))])
    return np.linalg.lstsq(design, Y, rcond=None)[0]


def normalized(Z: FloatArray) -> FloatArray:
    """Rows divided by their sums."""
    return Z / Z.sum(axis=1, keepdims=True)


def sum_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Hidden activations with one-hot targets, with any targets, and with a dead neuron."""
    A = relu(iris().X[:, [3, 1]] @ W1 + B1)
    yield "ordinary", (A, one_hot(iris().y, 3))
    for n, width, classes in ((20, 2, 3), (40, 5, 4)):
        A = relu(rng.normal(size=(n, width)))
        yield "random", (A, one_hot(rng.integers(0, classes, n), classes))
        yield "random", (A, rng.normal(size=(n, classes)))
    yield "edge", (A * [1, 1, 0, 1, 1], one_hot(rng.integers(0, 3, len(A)), 3))


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "forward": Values(
        kind="predict",
        level=1,
        answer=lambda: outputs(FLOWER),
        mistakes={
            "relu_forgotten": lambda: hidden(FLOWER) @ W2 + B2,
            "hidden_bias_forgotten": lambda: relu(FLOWER @ W1) @ W2 + B2,
            "output_bias_forgotten": lambda: outputs(FLOWER) - B2,
            "rows_for_columns": lambda: relu(FLOWER @ W1.T + B1) @ W2 + B2,
            "inputs_swapped": lambda: outputs(FLOWER[::-1]),
            "hidden_layer_alone": lambda: relu(hidden(FLOWER)),
        },
        atol=6e-5,
    ),
    "moves": Values(
        kind="predict",
        level=1,
        answer=lambda: (outputs(FLOWER + MOVES) - outputs(FLOWER))[:, 1],
        mistakes={
            "fold_overlooked": lambda: moved(hidden(FLOWER) > 0),
            "slopes": lambda: moved(hidden(FLOWER) > 0) / MOVES[:, 0],
            "silent_one_counted": lambda: moved(np.ones(2)),
            "first_layer_skipped": lambda: MOVES[:, 0] * W2[1, 1],
            "first_output": lambda: (outputs(FLOWER + MOVES) - outputs(FLOWER))[:, 0],
            "outputs_themselves": lambda: outputs(FLOWER + MOVES)[:, 1],
        },
        atol=6e-5,
    ),
    "order": Code(
        kind="mend",
        level=2,
        reference=named,
        cases=order_cases,
        mistakes={
            "numbers_kept": rounded,
            "bias_forgotten": without_bias,
            "outputs_returned": lambda X, y, X_new: plane_outputs(X, one_hot(y, 3), X_new),
            "rows_compared": lambda X, y, X_new: plane_outputs(X, one_hot(y, 3), X_new).argmax(0),
            "smallest": lambda X, y, X_new: plane_outputs(X, one_hot(y, 3), X_new).argmin(axis=1),
            "counted_from_one": lambda X, y, X_new: named(X, y, X_new) + 1,
            "known_flowers": lambda X, y, X_new: named(X, y, X),
        },
        swaps={
            "known_flowers": ("X_new, np.ones(len(X_new))", "X, np.ones(len(X))"),
            "rows_compared": ("argmax(axis=1)", "argmax(axis=0)"),
        },
    ),
    "shift": Code(
        kind="prove",
        level=2,
        reference=lambda W, b: np.vstack([W - W[:, -1:], b - b[-1]]),
        cases=shift_cases,
        use=stacked,
        mistakes={
            "last_alone": lambda W, b: (
                np.where(np.arange(len(b)) < len(b) - 1, W, 0),
                np.where(np.arange(len(b)) < len(b) - 1, b, 0),
            ),
            "biases_kept": lambda W, b: (W - W[:, -1:], b),
            "weights_kept": lambda W, b: (W, b - b[-1]),
            "last_row": lambda W, b: (W - W[-1], b - b[-1]),
            "first_at_zero": lambda W, b: (W - W[:, :1], b - b[0]),
            "mean_at_zero": lambda W, b: (W - W.mean(axis=1, keepdims=True), b - b.mean()),
            "added": lambda W, b: (W + W[:, -1:], b + b[-1]),
            "axis_dropped": lambda W, b: (W - W[:, -1], b - b[-1]),
        },
    ),
    "pieces": Code(
        kind="prove",
        level=2,
        reference=most_pieces,
        cases=pieces_cases,
        mistakes={
            "every_pattern": lambda H: 2**H,
            "lines_apart": lambda H: 1 + H,
            "two_each": lambda H: 2 * H,
            "start_forgotten": lambda H: math.comb(H, 2) + H,
            "one_part_too_few": lambda H: 1 + math.comb(H, 2),
            "pairs_twice": lambda H: 1 + H + H * (H - 1),
        },
    ),
    "centimeters": Code(
        kind="write",
        level=2,
        reference=lambda W, b, mean, scale: np.vstack(in_centimeters(W, b, mean, scale)),
        cases=centimeters_cases,
        use=stacked,
        mistakes={
            "columns_divided": divided,
            "multiplied": lambda W, b, mean, scale: divided(W, b, mean, 1 / scale[:, None]),
            "bias_kept": lambda W, b, mean, scale: (W / scale[:, None], b),
            "bias_added": lambda W, b, mean, scale: divided(W, b, mean, scale[:, None], 1),
            "old_weights_in_bias": lambda W, b, mean, scale: (W / scale[:, None], b - mean @ W),
            "weights_kept": lambda W, b, mean, scale: (W, b - mean @ (W / scale[:, None])),
        },
    ),
    "sum": Code(
        kind="prove",
        level=3,
        reference=best_outputs,
        cases=sum_cases,
        rtol=1e-6,
        atol=1e-9,
        mistakes={
            "bias_forgotten": lambda A, Y: A @ np.linalg.pinv(A) @ Y,
            "parameters_returned": least_squares,
            "residuals_returned": lambda A, Y: Y - best_outputs(A, Y),
            "made_to_add_up": lambda A, Y: normalized(best_outputs(A, Y)),
            "dead_neuron": by_normal_equations,
        },
    ),
}
