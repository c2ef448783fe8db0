"""Sums over rows and columns as products with a vector of ones: faster than `sum(axis=...)`."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nnlib._typing import FloatArray


def row_sums(array: FloatArray) -> FloatArray:
    """The sum of each row of a matrix."""
    return array.dot(ones(array.shape[1], array.dtype))


@lru_cache(maxsize=32)
def ones(n: int, dtype: np.dtype[np.floating]) -> FloatArray:
    """A vector of n ones, made once and not to be written into: ``ones @ A`` sums the rows of A."""
    vector = np.ones(n, dtype)
    vector.flags.writeable = False
    return vector
