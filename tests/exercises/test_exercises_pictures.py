"""Answers to the exercises on pictures as learners write them."""

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def mistake(name, answer):
    verdict = exercises.check(f"pictures-{name}", answer)
    assert verdict.correct is False
    return verdict.mistake


def test_parameters():
    assert exercises.check("pictures-parameters", (416, 12832, 15690)).correct
    assert mistake("parameters", (400, 12800, 15680)) == "biases_forgotten"
    assert mistake("parameters", (416, 26 * 32, 15690)) == "channels_forgotten"
    assert mistake("parameters", (416, 12832, (784 * 32 + 1) * 10)) == "no_pooling"
    assert mistake("parameters", (416, 12832, (7 * 32 + 1) * 10)) == "one_side_pooled"
    assert mistake("parameters", (416, 12832, (196 * 32 + 1) * 10)) == "pooled_once"


def by_places(x, delta):
    framed, slopes = np.pad(x, 1), np.zeros((3, 3))
    for r, c in np.ndindex(*delta.shape):
        slopes += delta[r, c] * framed[r : r + 3, c : c + 3]
    return slopes


KERNEL_SLOPES = {
    "pixel_under_the_middle": lambda x, d: np.ones((3, 3)) * (x * d).sum(),
    "turned": lambda x, d: np.flip(by_places(x, d)),
    "exchanged": lambda x, d: by_places(x.T, d.T),
    "mean_for_sum": lambda x, d: by_places(x, d / d.size),
    "signals_forgotten": lambda x, d: by_places(x, d**0),
    "rim_left_out": lambda x, d: sum(
        (
            d[r, c] * x[r - 1 : r + 2, c - 1 : c + 2]
            for r in range(1, len(x) - 1)
            for c in range(1, x.shape[1] - 1)
        ),
        np.zeros((3, 3)),
    ),
}


@pytest.mark.parametrize("name", KERNEL_SLOPES)
def test_kernel_slopes(name):
    assert exercises.check("pictures-kernel", by_places).correct
    assert mistake("kernel", KERNEL_SLOPES[name]) == name


def scattered(delta, kernel):
    framed = np.zeros((delta.shape[0] + 2, delta.shape[1] + 2))
    for r, c in np.ndindex(*delta.shape):
        framed[r : r + 3, c : c + 3] += delta[r, c] * kernel
    return framed[1:-1, 1:-1]


PIXEL_SLOPES = {
    "not_turned": lambda d, k: scattered(d, np.flip(k)),
    "rows_only": lambda d, k: scattered(d, np.fliplr(k)),
    "columns_only": lambda d, k: scattered(d, np.flipud(k)),
    "transposed_kernel": lambda d, k: scattered(d, k.T),
    "exchanged": lambda d, k: scattered(d, np.flip(k).T),
}


@pytest.mark.parametrize("name", PIXEL_SLOPES)
def test_pixel_slopes(name):
    assert exercises.check("pictures-pixels", scattered).correct
    assert mistake("pixels", PIXEL_SLOPES[name]) == name


def block_by_block(a, slope):
    slopes = np.zeros_like(a, dtype=float)
    for r, c in np.ndindex(*slope.shape):
        block = a[2 * r : 2 * r + 2, 2 * c : 2 * c + 2]
        i, j = np.unravel_index(block.argmax(), (2, 2))
        slopes[2 * r + i, 2 * c + j] = slope[r, c]
    return slopes


POOL_SLOPES = {
    "to_all": lambda a, s: np.kron(s, np.ones((2, 2))),
    "shared_out": lambda a, s: np.kron(s, np.full((2, 2), 0.25)),
    "smallest": lambda a, s: block_by_block(-a, s),
    "times_value": lambda a, s: a * block_by_block(a, s),
    "sign_of_value": lambda a, s: np.kron(s, np.ones((2, 2))) * (a > 0),
}


@pytest.mark.parametrize("name", POOL_SLOPES)
def test_pool_slope(name):
    assert exercises.check("pictures-largest", block_by_block).correct
    assert mistake("largest", POOL_SLOPES[name]) == name


def test_the_library_is_no_answer():
    def library(x, delta):
        layer = nnlib.Conv2d((*x.shape, 1), 1, rng=0)
        layer(x.reshape(1, -1))
        layer.backward(delta.reshape(1, -1))
        return layer.weight.grad.reshape(3, 3)

    assert mistake("kernel", library) == "forbidden"
