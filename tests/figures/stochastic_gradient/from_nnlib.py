"""Runs of SGD, ten epochs long."""

import numpy as np

from nnbook.widgets import StochasticGradient


def runs():
    found = []
    cases = [
        (1, 0.05, 0, True),
        (1, 0.01, 3, True),
        (5, 0.1, 1, True),
        (15, 0.05, 0, True),
        (50, 0.3, 2, True),
        (150, 0.05, 0, True),
        (150, 1.1, 0, True),
        (150, 0.045, 0, False),
        (1, 0.002, 1, False),
        (15, 0.03, 2, False),
        (1, 2.0, 0, True),
        (1, 2.0, 2, False),
        (5, 2.0, 0, False),
    ]
    for batch_size, rate, seed, standardized in cases:
        figure = StochasticGradient(
            batch_size=batch_size, rate=rate, seed=seed, standardized=standardized
        )
        path = figure.path()
        A, y = figure.samples()
        found.append(
            {
                "batchSize": batch_size,
                "rate": rate,
                "seed": seed,
                "standardized": standardized,
                "path": path,
                "excess": figure.excess(path),
                "curvatures": np.linalg.eigvalsh(2 / len(y) * A.T @ A),
                "minimum": np.linalg.solve(A.T @ A, A.T @ y),
            }
        )
    return found


def fixtures():
    return {"runs": runs(), "data": StochasticGradient().data()}
