"""The exercises on the structure of a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from nnbook.chapters.networks._symmetry import stacked, standard_form, symmetry_cases
from nnbook.chapters.networks.own import OWN
from nnbook.fitted import FITTED
from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.given import parts
from nnbook.questions.values import Values
from nnlib import relu, softplus
from nnlib._typing import FloatArray

# -- five: points that go up and down, and three hinges, one of which looks to the left ---------

HEIGHTS = np.array([0.0, 2.0, 1.0, 2.0, 1.0])


def five(*, change_forgotten: bool = False) -> list[float]:
    """Weights of relu(x - 1), relu(x - 2), relu(3 - x), and the bias, from slopes and heights."""
    slopes = np.diff(HEIGHTS)
    changes = slopes[1:] if change_forgotten else np.diff(slopes)
    return [float(changes[0]), float(changes[1]), float(-slopes[0]), float(3 * slopes[0])]


# -- outside: two fits, far from the data ------------------------------------------------------

HIDDEN = np.array([FITTED["w1"], FITTED["w2"]]) * 2 + [FITTED["b1"], FITTED["b2"]]
OUT = np.array([FITTED["w3"], FITTED["w4"]])


def at_two(bent: ArrayLike, bias: float = FITTED["b3"]) -> float:
    """The dosage network's prediction at x = 2, from its two activations."""
    return float(OUT @ np.asarray(bent) + bias)


RIGHT_AT_TWO = at_two(softplus(HIDDEN))


# -- identity: two weights that hand everything on ---------------------------------------------


def hidden_layer(answer: Callable[[int], tuple[ArrayLike, ArrayLike]], X: FloatArray) -> FloatArray:
    """Send X through a hidden layer of ReLU neurons with the reader's weights and no biases."""
    into, out = parts(answer(X.shape[1]), 2)
    return relu(X @ np.asarray(into)) @ np.asarray(out)


def identity_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Samples of one value, then of several, of both signs."""
    yield "ordinary", (np.array([[2.0], [-3.0]]),)
    yield "ordinary", (np.array([[1.5, -0.5]]),)
    for d in (1, 3, 8):
        yield "random", (rng.normal(size=(5, d)),)
    yield "edge", (np.zeros((1, 4)),)
    yield "extreme", (np.array([[1e300, -1e300]]),)


def signed(d: int, into: int, out: int) -> tuple[FloatArray, FloatArray]:
    """A neuron of weight 1 for each value, and one of weight `into`, which goes out with `out`."""
    one = np.eye(d)
    return np.hstack([one, into * one]), np.vstack([one, out * one])


EXERCISES: dict[str, Exercise] = {
    "own": OWN,
    "outside": Values(
        kind="predict",
        level=1,
        answer=lambda: [float(relu(2.0) * 2 - relu(1.5) * 4), RIGHT_AT_TWO],
        mistakes={
            "flat_beyond": lambda: [0.0, 0.0],
            "softplus_flat": lambda: [-2.0, 0.0],
            "second_hinge_forgotten": lambda: [4.0, RIGHT_AT_TWO],
            "place_of_the_hinge_forgotten": lambda: [-4.0, RIGHT_AT_TWO],
            "no_bend": lambda: [-2.0, at_two(HIDDEN)],
            "last_bias_forgotten": lambda: [-2.0, at_two(softplus(HIDDEN), bias=0.0)],
            "two_numbers_swapped": lambda: [RIGHT_AT_TWO, -2.0],
        },
        atol=0.05,
    ),
    "five": Values(
        kind="write",
        level=2,
        answer=five,
        mistakes={
            "slopes_instead_of_changes": lambda: five(change_forgotten=True),
            "third_to_the_right": lambda: [*five()[:2], -five()[2], -five()[3]],
            "bias_forgotten": lambda: [*five()[:3], 0.0],
            "bias_with_the_wrong_sign": lambda: [*five()[:3], -five()[3]],
        },
    ),
    "identity": Code(
        kind="prove",
        level=2,
        reference=lambda X: X,
        cases=identity_cases,
        use=hidden_layer,
        mistakes={
            "one_neuron_each": lambda d: (np.eye(d), np.eye(d)),
            "added": lambda d: signed(d, -1, 1),
            "nothing_turned": lambda d: signed(d, 1, -1),
            "order_mixed": lambda d: (
                np.repeat(np.eye(d), 2, axis=1) * np.tile([1, -1], d),
                signed(d, -1, -1)[1],
            ),
            "one_value_alone": lambda d: signed(1, -1, -1),
        },
    ),
    "symmetry": Code(
        kind="prove",
        level=3,
        reference=lambda *arrays: stacked(standard_form, *arrays),
        cases=symmetry_cases,
        use=stacked,
        mistakes={
            "not_sorted": lambda *a: standard_form(*a, order=lambda b, *_: np.arange(len(b))),
            "largest_first": lambda *a: standard_form(
                *a, order=lambda _, b, first: np.lexsort((first, -b))
            ),
            "sorted_too_early": lambda *a: standard_form(
                *a, order=lambda b, _, first: np.lexsort((first, b))
            ),
            "equal_biases": lambda *a: standard_form(*a, order=lambda _, b, first: np.argsort(b)),
            "out_not_multiplied": lambda *a: standard_form(*a, out_power=0),
            "out_divided": lambda *a: standard_form(*a, out_power=-1),
            "bias_not_divided": lambda *a: standard_form(*a, bias_power=0),
            "out_in_the_old_order": lambda *a: standard_form(*a, reorder_out=False),
        },
        swaps={
            "sorted_too_early": ("new_b1))", "b1))"),
            "out_divided": ("W2 * length", "W2 / length"),
        },
    ),
}
