"""Part 6 of the reader's own network: the parameters that a training starts from.

They are random, so an answer is judged by their shapes, by how many weights scatter, and by whether
they come from the generator that it is given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code, Family
from nnbook.questions.given import arrays_of_shapes
from nnlib._typing import FloatArray

MANY = 5000  # weights, whose standard deviation is found to a hundredth
NEAR = 0.05


def spread(W: FloatArray, expected: float) -> float:
    """The standard deviation of many weights; of few it says nothing."""
    return float(W.std()) if W.size > MANY else expected


def middle(W: FloatArray) -> float:
    """The mean of many weights, if it is not what chance makes of 0 with their own spread."""
    mean = float(W.mean())
    return mean if W.size > MANY and abs(mean) > NEAR * W.std() else 0.0


def different(W: FloatArray) -> int:
    """How many neurons begin with weights that no other one of their layer has."""
    return int(np.unique(W, axis=1).shape[1])


def beginning(answer: Callable[..., Any], d: int, h: int, k: int) -> Iterator[Any]:
    """What can be said about random parameters, in the order of `PARTS`."""

    def drawn(seed: int) -> list[FloatArray]:
        result = answer(d, h, k, np.random.default_rng(seed))
        return arrays_of_shapes(result, (d, h), (h,), (h, k), (k,))

    W1, b1, W2, b2 = drawn(0)
    yield [n for array in (W1, b1, W2, b2) for n in array.shape]
    for W, b, inputs in ((W1, b1, d), (W2, b2, h)):
        expected = math.sqrt(2 / inputs)
        yield middle(W)
        yield spread(W, expected)
        yield b
    yield [different(W1), different(W2)]
    again, other = drawn(0)[0], drawn(1)[0]
    yield [float(np.array_equal(W1, again)), float(not np.array_equal(W1, other))]


PARTS = tuple(
    f"start {what}"
    for what in ("shapes", "mean1", "std1", "b1", "mean2", "std2", "b2", "neurons", "rng")
)


def right(d: int, h: int, k: int) -> Any:
    """What `beginning` gives for a right answer."""
    yield [d, h, h, h, k, k]
    yield from (0.0, math.sqrt(2 / d), np.zeros(h))
    yield from (0.0, math.sqrt(2 / h), np.zeros(k))
    yield [h, k]
    yield [1.0, 1.0]


def sizes(rng: np.random.Generator) -> Iterator[Case]:
    """Sizes that all differ, few weights and many; one input, one output; as many as inputs."""
    yield "ordinary", (2, 3, 4)
    yield "ordinary", (64, 300, 20)
    yield "random", (300, 60, 100)
    yield "edge", (1, 5, 1)
    yield "edge", (90, 90, 90)


def starts(
    first: Callable[[int, int, int], float] = lambda d, h, k: math.sqrt(2 / d),
    second: Callable[[int, int, int], float] = lambda d, h, k: math.sqrt(2 / h),
    draw: Callable[..., Any] = lambda rng, shape: rng.normal(size=shape),
    bias: Callable[..., Any] = lambda rng, m: np.zeros(m),
) -> Callable[..., Any]:
    """Return a start with other scales of the weights, other draws or other biases."""

    def start(d: int, h: int, k: int, rng: np.random.Generator) -> list[Any]:
        W1, W2 = (
            scale(d, h, k) * draw(rng, shape)
            for scale, shape in ((first, (d, h)), (second, (h, k)))
        )
        return [W1, bias(rng, h), W2, bias(rng, k)]

    return start


def turned(d: int, h: int, k: int, rng: np.random.Generator) -> list[Any]:
    """One row for each neuron."""
    W1, b1, W2, b2 = starts()(d, h, k, rng)
    return [W1.T, b1, W2.T, b2]


def weights_first(d: int, h: int, k: int, rng: np.random.Generator) -> list[Any]:
    """The weights, then the biases."""
    W1, b1, W2, b2 = starts()(d, h, k, rng)
    return [W1, W2, b1, b2]


def one_row_each(d: int, h: int, k: int, rng: np.random.Generator) -> list[Any]:
    """Biases as one row of a matrix."""
    W1, b1, W2, b2 = starts()(d, h, k, rng)
    return [W1, b1[np.newaxis], W2, b2[np.newaxis]]


OWN = Code(
    kind="write",
    level=1,
    reference=right,
    cases=sizes,
    use=beginning,
    parts=PARTS,
    forbids={"nnlib"},
    rtol=NEAR,
    mistakes={
        "own_generator": starts(
            draw=lambda rng, shape: np.random.default_rng(0).normal(size=shape)
        ),
        "variance_for_deviation": starts(lambda d, h, k: 2 / d, lambda d, h, k: 2 / h),
        "one_over_inputs": starts(lambda d, h, k: d**-0.5, lambda d, h, k: h**-0.5),
        "not_scaled": starts(lambda d, h, k: 1.0, lambda d, h, k: 1.0),
        "tiny": starts(lambda d, h, k: 0.01, lambda d, h, k: 0.01),
        "by_the_outputs": starts(
            lambda d, h, k: math.sqrt(2 / h), lambda d, h, k: math.sqrt(2 / k)
        ),
        "by_both": starts(
            lambda d, h, k: math.sqrt(2 / (d + h)), lambda d, h, k: math.sqrt(2 / (h + k))
        ),
        "second_by_first_inputs": starts(second=lambda d, h, k: math.sqrt(2 / d)),
        "zero": starts(draw=lambda rng, shape: np.zeros(shape)),
        "all_equal": starts(draw=lambda rng, shape: np.ones(shape)),
        "one_neuron_repeated": starts(
            draw=lambda rng, shape: np.tile(rng.normal(size=(shape[0], 1)), shape[1])
        ),
        "never_negative": starts(draw=lambda rng, shape: rng.random(shape)),
        "narrow": starts(draw=lambda rng, shape: rng.uniform(-1, 1, shape)),
        "biases_not_zero": Family(
            starts(bias=lambda rng, m: rng.normal(size=m)),
            lambda got, want: want.ndim == 1 and not want.any() and bool(got.any()),
        ),
        "turned": turned,
        "weights_first": weights_first,
        "biases_as_rows": one_row_each,
        "global_numbers": starts(
            draw=lambda rng, shape: np.random.default_rng().normal(size=shape)
        ),
    },
    swaps={
        "second_by_first_inputs": ("np.sqrt(2 / h)", "np.sqrt(2 / d)"),
    },
)
