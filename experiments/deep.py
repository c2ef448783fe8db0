"""Which deep networks learn, when their starting weights are multiplied by a factor?

Eight hidden layers of 16 neurons, 600 steps, twenty starts as `nnlib.mlp` draws them, at two
rates. A network has learned something if its error is below half of the variance of the targets.
Also: the mean size of the first layer's gradients at the start, the median of the starts.
"""

import numpy as np

from nnbook.chapters.activations.depths import errors, gradients

RATES = (0.01, 0.03)
ROWS = {
    "sigmoid": ("sigmoid", 1),
    "sigmoid_4": ("sigmoid", 4),
    "sigmoid_8": ("sigmoid", 8),
    "tanh": ("tanh", 1),
    "tanh_quarter": ("tanh", 0.25),
    "relu": ("relu", 1),
    "relu_quarter": ("relu", 0.25),
}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found = {}
    for row, (name, scale) in ROWS.items():
        first = np.median([gradients(name, scale, seed)[0] for seed in range(20)])
        found[f"{row}_first"] = "10" + f"{np.log10(first):.0f}".translate(RAISED)
        for rate in RATES:
            found[f"{row}_{rate}"] = learned(name, scale, rate)
    return found


def learned(name: str, scale: float, rate: float) -> str:
    """Return how many of the twenty starts learn."""
    return f"{(errors(name, scale, rate=rate) < 0.5).sum()}"
