"""Sums over rows and columns as products with a vector of ones: faster than `sum(axis=...)`.

What every step of a training needs again, in the same sizes, is made once and kept.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nnlib._typing import FloatArray, IntArray


def row_sums(array: FloatArray) -> FloatArray:
    """The sum of each row of a matrix."""
    return array.dot(ones(array.shape[1], array.dtype))


def ones(n: int, dtype: np.dtype[np.floating]) -> FloatArray:
    """A vector of n ones: ``ones @ A`` sums the rows of A."""
    return constant(n, 1, dtype)


@lru_cache(maxsize=32)
def constant(shape: int | tuple[()], value: int, dtype: np.dtype[np.floating]) -> FloatArray:
    """A vector of equal numbers, or one number, made once and not to be written into."""
    array = np.full(shape, value, dtype)
    array.flags.writeable = False
    return array


@lru_cache(maxsize=32)
def row_starts(n: int, width: int) -> IntArray:
    """Where each of n rows begins when entries are counted through all of them, likewise."""
    starts = np.arange(0, n * width, width)
    starts.flags.writeable = False
    return starts
