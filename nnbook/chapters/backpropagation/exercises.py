"""The exercises on backpropagation."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.chapters.backpropagation._sweeps import (
    descend,
    forward_once,
    network,
    on_a_network,
    sine_layer,
    there_and_back,
)
from nnbook.chapters.backpropagation.own import OWN
from nnbook.chapters.backpropagation.yes import from_the_output, slopes_of_yes
from nnbook.fitted import FITTED
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib._typing import FloatArray
from nnlib.activations import tanh_derivative
from nnlib.datasets import dosage
from nnlib.gradcheck import numerical_gradient
from nnlib.losses import mse_derivative, ssr_derivative

BOOK = np.array(list(FITTED.values()))


# -- zeros: the slopes of a network of zeros ---------------------------------------------------


def slopes_at_zero() -> FloatArray:
    """The slopes of the SSR in the seven parameters, all 0, in the order of `network`."""
    model, data = network(np.zeros(7)), dosage()
    model.backward(ssr_derivative(model.forward(data.X), data.y))
    grads = [parameter.grad for parameter in model.parameters()]
    W, b, V, c = (np.ravel(grad) for grad in grads if grad is not None)
    return np.concatenate([[W[0], b[0], W[1], b[1]], V, c])


# -- reset: the bias of the last layer ---------------------------------------------------------


def reset_cases(rng: np.random.Generator) -> Iterator[Case]:
    """The dosage network with its last bias at 0, others at random, and only one step."""
    data = dosage()
    yield "ordinary", (np.append(BOOK[:-1], 0.0), data.X, data.y, 0.1, 6)
    yield "edge", (np.append(BOOK[:-1], 0.0), data.X, data.y, 0.1, 1)
    for n, lr, steps in ((5, 0.03, 9), (20, 0.01, 4)):
        X, y = rng.normal(size=(n, 1)), rng.normal(size=(n, 1))
        yield "random", (rng.normal(size=7), X, y, lr, steps)


# -- sine: a layer of one's own ----------------------------------------------------------------


def sine_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Sums and error signals: one entry, a square, batches, the ends of the slopes."""
    yield "ordinary", (np.array([[0.5]]), np.array([[2.0]]))
    yield "random", (rng.normal(size=(3, 3)), rng.normal(size=(3, 3)))
    for shape in ((4, 2), (20, 5)):
        yield "batch", (rng.normal(0, 3, shape), rng.normal(size=shape))
    yield "edge", (np.pi * np.array([[0.0, 0.5, 1.0, -0.5]]), np.array([[1.0, 2.0, -3.0, 4.0]]))


# -- shortcut: the input is added to the output ------------------------------------------------


def shortcut(X: FloatArray, W: FloatArray, b: FloatArray, G: FloatArray) -> FloatArray:
    """The slopes in X by the Jacobian of each sample: the identity plus that of the branch."""
    branch = np.einsum("kj,ij->ijk", W, tanh_derivative(X @ W + b))
    return np.einsum("ij,ijk->ik", G, np.eye(len(W)) + branch)


def shortcut_difference(X: FloatArray, W: FloatArray, b: FloatArray, G: FloatArray) -> FloatArray:
    """Central differences of a loss whose slopes in the output are G."""
    return numerical_gradient(lambda X: float(np.sum(G * (X + np.tanh(X @ W + b)))), X)


def shortcut_cases(rng: np.random.Generator) -> Iterator[Case]:
    """One sample, as many samples as inputs, batches; weights 0; saturated neurons."""

    def drawn(n: int, d: int) -> tuple[FloatArray, ...]:
        return tuple(rng.normal(size=shape) for shape in ((n, d), (d, d), (d,), (n, d)))

    W = np.array([[0.5, -1.0], [0.25, 0.0]])
    yield "ordinary", (np.array([[1.0, 2.0]]), W, np.array([0.1, -0.2]), np.array([[1.0, -2.0]]))
    yield "random", drawn(1, 1)
    yield "random", drawn(3, 3)
    yield "batch", drawn(5, 2)
    yield "batch", drawn(20, 4)
    X, W, b, G = drawn(2, 3)
    yield "edge", (X, np.zeros((3, 3)), b, G)
    yield "extreme", (1000 * X, W, b, G)


# -- leaky: the variance for leaky ReLU --------------------------------------------------------


def right_variance(d: int, alpha: float) -> float:
    """One over d times what the bend leaves of a mean square, seen on both sides of 0."""
    z = np.array([-1.0, 1.0])
    return 1 / (d * np.mean(np.maximum(z, alpha * z) ** 2))


def leaky_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Widths, slopes between 0 and 1, and both ends."""
    yield "ordinary", (100, 0.5)
    yield "ordinary", (64, 0.01)
    for d in (1, 10, 784):
        yield "random", (d, float(rng.uniform(0.1, 0.9)))
    yield "edge", (50, 0.0)
    yield "edge", (50, 1.0)


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "zeros": Values(
        kind="predict",
        level=1,
        answer=slopes_at_zero,
        mistakes={
            "bend_ends_at_zero": lambda: [0, 0, 0, 0, 0, 0, -2],
            "slope_for_value": lambda: [0, 0, 0, 0, -1, -1, -2],
            "outgoing_weight_forgotten": lambda: [-0.5, -1, -0.5, -1, *slopes_at_zero()[4:]],
            "mean_of_samples": lambda: slopes_at_zero() / 3,
            "order_of_the_sweep": lambda: np.roll(slopes_at_zero(), 3),
        },
        atol=0.005,
    ),
    "relu": Values(
        kind="predict",
        level=1,
        answer=slopes_of_yes,
        mistakes={
            "gate_forgotten": lambda: np.append(
                np.array([-2, -4, 2]) * slopes_of_yes()[-1], slopes_of_yes()[3:]
            ),
            "squares": lambda: from_the_output(2 * slopes_of_yes()[-1]),
            "before_the_sigmoid": lambda: from_the_output(-1 / (1 + slopes_of_yes()[-1])),
            "weights_for_values": lambda: np.append(
                slopes_of_yes()[:6], np.array([2, -1.5, 1]) * slopes_of_yes()[-1]
            ),
            "first_sample": lambda: slopes_of_yes(1, 2),
            "signs_of_inputs": lambda: slopes_of_yes() * [1, 1, 1, -1, -1, 1, 1, 1, 1],
        },
        atol=0.02,  # as far as two digits carried by hand lead
    ),
    "reset": Code(
        kind="mend",
        level=2,
        reference=lambda theta, *arguments: descend(network(theta), *arguments)[1:],
        cases=reset_cases,
        use=on_a_network,
        mistakes={
            "gradients_added": lambda *a: descend(*a, reset=False)[1:],
            "forward_once": forward_once,
            "weights_too": lambda *a: descend(*a, all_parameters=True)[1:],
            "uphill": lambda *a: descend(*a, slope=lambda y_hat, y: ssr_derivative(y, y_hat))[1:],
            "mean_loss": lambda *a: descend(*a, slope=mse_derivative)[1:],
            "kept_before_the_step": lambda *a: descend(*a)[:-1],
            "start_kept": descend,
        },
    ),
    "sine": Code(
        kind="write",
        level=2,
        reference=lambda X, G: np.stack([np.sin(X), G * np.cos(X)]),
        cases=sine_cases,
        use=there_and_back,
        mistakes={
            "slope_at_output": sine_layer(lambda Z, G: G * np.cos(np.sin(Z))),
            "slope_at_signal": sine_layer(lambda Z, G: np.cos(G)),
            "signal_forgotten": sine_layer(lambda Z, G: np.cos(Z)),
            "slope_forgotten": sine_layer(lambda Z, G: G),
            "minus_too_many": sine_layer(lambda Z, G: -G * np.cos(Z)),
            "sine_for_slope": sine_layer(lambda Z, G: G * np.sin(Z)),
        },
        swaps={"sine_for_slope": ("np.cos", "np.sin")},
    ),
    "shortcut": Code(
        kind="write",
        level=2,
        reference=shortcut,
        cases=shortcut_cases,
        finite_difference=shortcut_difference,
        mistakes={
            "not_transposed": lambda X, W, b, G: G + (G * tanh_derivative(X @ W + b)) @ W,
            "shortcut_forgotten": lambda X, W, b, G: (G * tanh_derivative(X @ W + b)) @ W.T,
            "branch_forgotten": lambda X, W, b, G: G,
            "bend_forgotten": lambda X, W, b, G: G + G @ W.T,
            "slope_after_weights": lambda X, W, b, G: G + (G @ W.T) * tanh_derivative(X @ W + b),
            "slope_at_output": lambda X, W, b, G: (
                G + (G * tanh_derivative(np.tanh(X @ W + b))) @ W.T
            ),
            "shortcut_through_the_bend": lambda X, W, b, G: (
                (G * tanh_derivative(X @ W + b)) @ (np.eye(len(W)) + W.T)
            ),
            "bias_forgotten": lambda X, W, b, G: G + (G * tanh_derivative(X @ W)) @ W.T,
        },
    ),
    "leaky": Code(
        kind="prove",
        level=2,
        reference=right_variance,
        cases=leaky_cases,
        mistakes={
            "slope_not_squared": lambda d, alpha: 2 / ((1 + alpha) * d),
            "halves_forgotten": lambda d, alpha: 1 / ((1 + alpha**2) * d),
            "only_the_positive_half": lambda d, alpha: 2 / d,
            "width_forgotten": lambda d, alpha: 2 / (1 + alpha**2),
            "standard_deviation": lambda d, alpha: np.sqrt(right_variance(d, alpha)),
            "factor_of_the_layer": lambda d, alpha: (1 + alpha**2) * d / 2,
        },
    ),
}
