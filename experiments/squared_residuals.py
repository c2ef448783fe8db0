"""How often small networks fail: 400 trainings with each of two losses, at several rates.

As in the section "Squared residuals punish answers that are too right" of the chapter on several
inputs and outputs: 2-2-3 networks, each with its own split of the iris flowers and its own start,
1,000 steps, every step with all flowers of the training set. A run fails if it gets less than 0.9
of these right. With squared residuals also from starting weights a tenth as large. The splits and
starts are others than the twenty that the chapter trains.
"""

from nnbook.chapters.multiple_outputs.flowers import trained

RUNS = 400
RATES = (0.02, 0.05, 0.1, 0.2)
WAYS = {"mse": ("mse", 1), "small": ("mse", 0.1), "ce": ("ce", 1)}


def failed(loss: str, rate: float, scale: float) -> int:
    """Count the runs that fail."""
    runs = trained(2, loss, rate=rate, scale=scale, seeds=RUNS, offset=1000)
    return int((runs.training < 0.9).sum())


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return {
        f"{name}_{rate:g}": str(failed(loss, rate, scale))
        for name, (loss, scale) in WAYS.items()
        for rate in RATES
    }
