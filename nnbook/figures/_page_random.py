"""Random numbers that the page also draws, bit by bit: js/src/math/random.js."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

_WORD = 0xFFFFFFFF  # 32 bits


class PageRandom(np.random.Generator):
    """A generator for everything in `nnlib` that draws: data sets, weights, orders of samples.

    With it `nnlib` computes what a figure on the page computes. It is made for a few
    thousand numbers in a browser, and is neither fast nor fit for science. It has `random`,
    `normal` and `permutation`; the other methods of `numpy.random.Generator` know nothing of it.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(np.random.PCG64(0))
        self._state = seed & _WORD

    def _uniform(self) -> float:
        """Draw from [0, 1): mulberry32, by Tommy Ettinger (public domain)."""
        self._state = (self._state + 0x6D2B79F5) & _WORD
        t = self._state
        t = (t ^ t >> 15) * (t | 1) & _WORD
        t ^= (t + ((t ^ t >> 7) * (t | 61) & _WORD)) & _WORD
        return (t ^ t >> 14) / 2**32

    def _normal(self) -> float:
        """Draw a standard normal number, after Box and Muller."""
        radius = math.sqrt(-2 * math.log(1 - self._uniform()))
        return radius * math.cos(2 * math.pi * self._uniform())

    def random(self, size: Any = None, dtype: Any = np.float64, out: Any = None) -> Any:
        """Draw numbers from 0 to below 1."""
        return self._filled(self._uniform, size)

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        """Draw normal numbers."""
        return loc + scale * self._filled(self._normal, size)

    def permutation(self, x: Any, axis: int = 0) -> Any:
        """Put the numbers from 0 to x - 1 into random order, after Fisher and Yates."""
        order = list(range(x))
        for i in range(x - 1, 0, -1):
            j = math.floor(self._uniform() * (i + 1))
            order[i], order[j] = order[j], order[i]
        return np.array(order)

    @staticmethod
    def _filled(draw: Any, size: Any) -> Any:
        if size is None:
            return draw()
        return np.array([draw() for _ in range(math.prod(np.atleast_1d(size)))]).reshape(size)
