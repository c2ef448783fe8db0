"""From how many of 200 starts does a small network fit the three points of the dosage data?

Two, four and eight hidden neurons with each activation function, starts as `nnlib.mlp` draws them,
2,000 steps at six rates. What is counted are the starts that end with a sum of squared residuals
below 0.01, at the rate at which most of them do. With two ReLUs also: rate by rate, the starts that
fit, and those from which a neuron dies on the way, with centered inputs too; how many have two
positive weights, how many of these lose no neuron at the rate 0.1, and how many fit at none of the
six rates. And: eight sigmoids whose inner weights start four times as large.
"""

from typing import Any

import numpy as np

from nnbook.chapters.activations.starts import RATES, able, best_share, trained

ROWS: dict[str, dict[str, Any]] = {
    "relu": {},
    "centered": {"inputs": "centered"},
    "leaky_small": {"name": "leaky_relu", "alpha": 0.01},
    "leaky_large": {"name": "leaky_relu", "alpha": 0.1},
    "softplus": {"name": "softplus"},
    "tanh": {"name": "tanh"},
    "sigmoid": {"name": "sigmoid"},
}
NEURONS = (2, 4, 8)
CHAOTIC = ("softplus", "sigmoid")
"""At their best rates a few trainings hang on the last bit: to the nearest ten."""
SHOWN = (0.01, 0.02, 0.05, 0.1)


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found = {}
    for row, setting in ROWS.items():
        digits = -1 if row in CHAOTIC else 0
        for neurons in NEURONS:
            fits = int(best_share(neurons=neurons, **setting).sum())
            found[f"{row}_{neurons}"] = f"{round(fits, digits)}"
    for rate in SHOWN:
        residuals, died = trained(rate=rate)
        found[f"fits_{rate}"] = f"{(residuals < 0.01).sum()}"
        found[f"died_{rate}"] = f"{died.sum()}"
        found[f"centered_died_{rate}"] = f"{trained(rate=rate, inputs='centered')[1].sum()}"
    both = able()
    found["both"] = f"{both.sum()}"
    found["born_dead"] = f"{(~both).sum()}"
    found["both_alive"] = f"{(both & ~trained(rate=0.1)[1]).sum()}"
    fits = np.any([trained(rate=rate)[0] < 0.01 for rate in RATES], axis=0)
    found["both_never"] = f"{(both & ~fits).sum()}"
    quadruple = best_share("sigmoid", neurons=8, scale=4)
    found["sigmoid_quadruple_8"] = f"{round(int(quadruple.sum()), -1)}"
    return found
