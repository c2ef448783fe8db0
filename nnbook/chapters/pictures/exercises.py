"""The exercises on pictures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnbook.questions.code import Case, Code, Exercise
from nnbook.questions.values import Values
from nnlib._typing import FloatArray
from nnlib.convolution import Conv2d, MaxPool2d

# -- parameters: three layers ----------------------------------------------------------------------


def counts(bias: int = 1, channels: int = 16, pixels: int = 49, first: int = 25) -> list[int]:
    """Weights and biases of the three layers; what a mistake changes is an argument."""
    return [(first + bias) * 16, (25 * channels + bias) * 32, (pixels * 32 + bias) * 10]


# -- the slopes of a convolution -------------------------------------------------------------------


def slopes(x: FloatArray, delta: FloatArray, kernel: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What the library finds for the weights and for the pixels."""
    height, width = x.shape
    layer = Conv2d.from_arrays((height, width, 1), kernel.reshape(3, 3, 1, 1), [0.0])
    layer(x.reshape(1, -1))
    pixels = layer.backward(delta.reshape(1, -1)).reshape(x.shape)
    assert layer.weight.grad is not None
    return layer.weight.grad.reshape(3, 3), pixels


def kernel_slopes(x: FloatArray, delta: FloatArray) -> FloatArray:
    """The slopes of the weights."""
    return slopes(x, delta, np.zeros((3, 3)))[0]


def inside(x: FloatArray, delta: FloatArray) -> FloatArray:
    """The same, from windows that do not reach beyond the rim only."""
    middle = np.zeros_like(delta)
    middle[1:-1, 1:-1] = delta[1:-1, 1:-1]
    return kernel_slopes(x, middle)


def pixel_slopes(delta: FloatArray, kernel: FloatArray) -> FloatArray:
    """The slopes of the pixels."""
    return slopes(np.zeros_like(delta), delta, kernel)[1]


def slope_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Pictures with signals: one signal, several, wide and high ones."""
    seven = np.array([[0.0, 0, 0, 0], [0, 2, 2, 0], [0, 0, 2, 0], [0, 0, 2, 0]])
    one = np.zeros((4, 4))
    one[1, 1] = 1.0
    yield "ordinary", (seven, one)
    one = one.copy()
    one[2, 2] = -1.0
    yield "ordinary", (seven, one)
    for shape in ((4, 4), (3, 6), (6, 3)):
        yield "random", (rng.normal(size=shape), rng.normal(size=shape))
    yield "edge", (np.array([[2.0]]), np.array([[3.0]]))
    yield "edge", (rng.normal(size=(1, 4)), rng.normal(size=(1, 4)))


def pixel_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Signals with kernels that look different from every side."""
    one = np.zeros((4, 4))
    one[1, 1] = 1.0
    yield "ordinary", (one, np.arange(1.0, 10).reshape(3, 3))
    for shape in ((4, 4), (3, 6), (6, 3)):
        yield "random", (rng.normal(size=shape), rng.normal(size=(3, 3)))
    yield "edge", (np.array([[2.0]]), rng.normal(size=(3, 3)))
    yield "edge", (rng.normal(size=(5, 1)), rng.normal(size=(3, 3)))


# -- pool_slope: to the largest of each block ------------------------------------------------------


def pool_slope(a: FloatArray, slope: FloatArray) -> FloatArray:
    """What the library finds."""
    layer = MaxPool2d((*a.shape, 1))
    layer(a.reshape(1, -1))
    return layer.backward(slope.reshape(1, -1)).reshape(a.shape)


def twice(one: FloatArray) -> FloatArray:
    """Each number in a block of two by two."""
    return np.repeat(np.repeat(one, 2, axis=0), 2, axis=1)


def pool_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Maps whose blocks have one largest number each."""
    yield "ordinary", (np.array([[1.0, 4], [2, 3]]), np.array([[5.0]]))
    yield "ordinary", (np.array([[1.0, 4, 0, -1], [2, 3, -5, -2]]), np.array([[5.0, -2]]))
    for h, w in ((2, 2), (1, 3), (3, 1)):
        a = rng.permutation(4 * h * w).reshape(2 * h, 2 * w) - 2.0 * h * w
        yield "random", (a, rng.normal(size=(h, w)))
    yield "edge", (np.array([[-3.0, -1], [-4, -2]]), np.array([[2.0]]))


EXERCISES: dict[str, Exercise] = {
    "parameters": Values(
        kind="predict",
        level=1,
        answer=counts,
        mistakes={
            "biases_forgotten": lambda: counts(bias=0),
            "channels_forgotten": lambda: counts(channels=1),
            "no_pooling": lambda: counts(pixels=28 * 28),
            "one_side_pooled": lambda: counts(pixels=7),
            "pooled_once": lambda: counts(pixels=14 * 14),
        },
        atol=0.5,
    ),
    "kernel": Code(
        kind="write",
        level=2,
        reference=kernel_slopes,
        cases=slope_cases,
        forbids={"nnlib"},
        mistakes={
            "pixel_under_the_middle": lambda x, d: np.full((3, 3), np.sum(x * d)),
            "turned": lambda x, d: kernel_slopes(x, d)[::-1, ::-1],
            "exchanged": lambda x, d: kernel_slopes(x, d).T,
            "rim_left_out": inside,
            "mean_for_sum": lambda x, d: kernel_slopes(x, d) / x.size,
            "signals_forgotten": lambda x, d: kernel_slopes(x, np.ones_like(d)),
        },
        swaps={
            "turned": (
                "framed[i : i + height, j : j + width]",
                "framed[2 - i : 2 - i + height, 2 - j : 2 - j + width]",
            ),
        },
    ),
    "largest": Code(
        kind="write",
        level=2,
        reference=pool_slope,
        cases=pool_cases,
        forbids={"nnlib"},
        mistakes={
            "to_all": lambda a, s: twice(s),
            "shared_out": lambda a, s: twice(s) / 4,
            "smallest": lambda a, s: pool_slope(-a, s),
            "times_value": lambda a, s: pool_slope(a, s) * a,
            "sign_of_value": lambda a, s: np.where(a > 0, twice(s), 0),
        },
        swaps={"sign_of_value": ("a == twice[0]", "a > 0")},
    ),
    "pixels": Code(
        kind="mend",
        level=3,
        reference=pixel_slopes,
        cases=pixel_cases,
        forbids={"nnlib"},
        mistakes={
            "not_turned": lambda d, k: pixel_slopes(d, k[::-1, ::-1]),
            "rows_only": lambda d, k: pixel_slopes(d, k[:, ::-1]),
            "columns_only": lambda d, k: pixel_slopes(d, k[::-1]),
            "exchanged": lambda d, k: pixel_slopes(d, k[::-1, ::-1].T),
            "transposed_kernel": lambda d, k: pixel_slopes(d, k.T),
        },
        swaps={"rows_only": ("kernel[::-1, ::-1]", "kernel[::-1]")},
    ),
}
