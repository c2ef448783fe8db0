"""What a loss and a hidden layer bring, each network at the best of eight rates: 400 splits.

As in the section "How far to trust a difference" of the chapter on several inputs and outputs: a
2-8-3 network with squared residuals, the same with the cross-entropy, and softmax regression,
1,000 steps each, read the two widths of the iris flowers or other measurements. Each finds its rate
on 100 splits; 400 others judge. A number is the mean of the paired differences of the accuracies on
the test sets, with its standard error.
"""

import math

from nnbook.chapters.multiple_outputs.flowers import trained
from nnlib._typing import FloatArray

RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2)
CHOOSING, JUDGING = {"seeds": 100, "offset": 20000}, {"seeds": 400, "offset": 30000}
INPUTS = ("widths", "lengths", "petals", "flowers")
NETWORKS = {"mse": (8, "mse"), "ce": (8, "ce"), "flat": (0, "ce")}
COMPARED = {"loss": ("mse", "ce"), "layer": ("mse", "flat")}


def at_best(hidden: int, loss: str, inputs: str) -> FloatArray:
    """Return the test accuracies at the rate that is best on the splits for choosing."""

    def chosen(rate: float) -> float:
        return float(trained(hidden, loss, rate=rate, inputs=inputs, **CHOOSING).test.mean())

    return trained(hidden, loss, rate=max(RATES, key=chosen), inputs=inputs, **JUDGING).test


def difference(first: FloatArray, second: FloatArray) -> str:
    """Write the mean of the paired differences and its standard error."""
    d = first - second
    error = float(d.std(ddof=1)) / math.sqrt(len(d))
    return f"{round(float(d.mean()), 3) + 0.0:.3f} ± {error:.3f}".replace("-", "−")


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found = {}
    for inputs in INPUTS:
        test = {name: at_best(*network, inputs) for name, network in NETWORKS.items()}
        for name, (first, second) in COMPARED.items():
            found[f"{name}_{inputs}"] = difference(test[first], test[second])
    return found
