"""A forward and backward pass of scalar automatic differentiation: nnlib and micrograd."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def network(Value: Callable[[float], Any], numbers: Sequence[float]) -> tuple[list[Any], Any]:
    """The weights and the output of a 4-16-1 ReLU network, written with `Value`."""
    values = [Value(number) for number in numbers]
    weights = iter(values)
    inputs = [0.5, -1.0, 2.0, 0.1]
    hidden = [sum((next(weights) * x for x in inputs), next(weights)).relu() for _ in range(16)]
    return values, sum((next(weights) * a for a in hidden), next(weights))


def microseconds(Value: Callable[[float], Any], numbers: Sequence[float], rounds: int) -> float:
    """Median time of a pass."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        _, output = network(Value, numbers)
        output.backward()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e6


def ratio(rounds: int = 300) -> float:
    """Time of `nnlib.Value` divided by micrograd's, once both give the same gradients."""
    import micrograd.engine

    import nnlib

    numbers = np.random.default_rng(0).normal(size=16 * 5 + 17).tolist()
    gradients = []
    for Value in (nnlib.Value, micrograd.engine.Value):
        weights, output = network(Value, numbers)
        output.backward()
        gradients.append([weight.grad for weight in weights])
    np.testing.assert_allclose(*gradients, rtol=1e-12, atol=0)
    ours = microseconds(nnlib.Value, numbers, rounds)
    return ours / microseconds(micrograd.engine.Value, numbers, rounds)
