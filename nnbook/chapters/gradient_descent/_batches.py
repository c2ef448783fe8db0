"""The ways in which the samples of an epoch are dealt out in batches: each of them is right."""

from __future__ import annotations

from typing import Any

import numpy as np


def nearly_equal(order: Any, size: int) -> list[Any]:
    """Batches whose sizes differ by at most one, as `nnlib.fit` takes them."""
    return np.array_split(order, -(-len(order) // size))


def last_shorter(order: Any, size: int) -> list[Any]:
    """Batches of one size, and a last one of what is left."""
    return [order[first : first + size] for first in range(0, len(order), size)]


def last_left_out(order: Any, size: int) -> list[Any]:
    """Batches of one size; what does not fill one has to wait for the next epoch."""
    return [order[first : first + size] for first in range(0, len(order) - size + 1, size)]


WAYS = (nearly_equal, last_shorter, last_left_out)
