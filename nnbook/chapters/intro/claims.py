"""What the first page says of trainings: that they begin with a plateau."""

from __future__ import annotations

import numpy as np

from nnbook.claims import Claim
from nnlib import SGD, mlp, ssr, ssr_derivative
from nnlib.datasets import dosage

RUNS = 20
PART = 0.25
"""Of its steps, what a training spends on the plateau at least."""


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
    rate: float, steps: int, scale: float, seeds: int, level: float, finish: float
) -> list[bool]:
    """Tell of each start whether a quarter of its steps pass before the SSR falls below a level."""
    found = []
    for seed in range(seeds, seeds + RUNS):
        course = losses(seed, rate, steps, scale, finish)
        above = next((t for t, loss in enumerate(course) if loss < level), len(course))
        found.append(above > PART * len(course))
    return found


CLAIMS = {
    "plateau": Claim(
        judge=plateau,
        usual={
            "rate": 0.02,
            "steps": 5_000,
            "scale": 1.0,
            "seeds": 0,
            "level": 0.5,
            "finish": 0.01,
        },
        varied={
            "rate": (0.005, 0.01, 0.03, 0.05),
            "steps": (2_000, 10_000, 20_000),
            "scale": (0.3, 0.6, 1.5, 3.0),
            "seeds": (100, 200, 300, 400),
            "level": (0.3, 0.4, 0.55, 0.6),
            "finish": (0.003, 0.03),
        },
        share=0.5,
    )
}
