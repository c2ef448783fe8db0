"""What the first page says of trainings: that they cross a plateau."""

from __future__ import annotations

import numpy as np

from nnbook.claims import Claim
from nnlib import SGD, mlp, ssr, ssr_derivative
from nnlib.datasets import dosage

RUNS = 20
PART = 0.25
"""Of its steps, what a training spends on the plateau at least; an even fall spends a tenth."""


def losses(seed: int, rate: float, steps: int, scale: float, finish: float) -> list[float]:
    """Train the network of the page from random numbers; return the SSR before each step."""
    data = dosage()
    y = data.y.reshape(-1, 1)
    model = mlp([1, 2, 1], "softplus", rng=np.random.default_rng(seed))
    model.theta[:] *= scale
    optimizer = SGD(model.parameters(), lr=rate)
    course: list[float] = []
    while len(course) < steps:
        y_hat = model.forward(data.X)
        course.append(float(ssr(y_hat, y)))
        if course[-1] < finish:
            break
        optimizer.zero_grad()
        model.backward(ssr_derivative(y_hat, y))
        optimizer.step()
    return course


def plateau(
    rate: float, steps: int, scale: float, seeds: int, low: float, high: float, finish: float
) -> list[bool]:
    """Tell of each start whether the SSR is near that of the best level line, 2/3, for long."""
    found = []
    for seed in range(seeds, seeds + RUNS):
        course = losses(seed, rate, steps, scale, finish)
        there = sum(low < loss < high for loss in course)
        found.append(there >= PART * len(course))
    return found


CLAIMS = {
    "plateau": Claim(
        judge=plateau,
        usual={
            "rate": 0.02,
            "steps": 5_000,
            "scale": 1.0,
            "seeds": 0,
            "low": 0.5,
            "high": 0.75,
            "finish": 0.01,
        },
        varied={
            "rate": (0.005, 0.01, 0.03, 0.05),
            "steps": (2_000, 10_000, 20_000),
            "scale": (0.3, 0.6, 1.5, 3.0),
            "seeds": (100, 200, 300, 400),
            "low": (0.4, 0.45, 0.55, 0.6),
            "high": (0.7, 0.8, 0.85, 0.9),
            "finish": (0.003, 0.03),
        },
        share=0.6,
    )
}
