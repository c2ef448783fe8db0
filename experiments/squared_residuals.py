"""How often small networks fail: 400 trainings with each of two losses, at several rates.

As in the section "Squared residuals punish answers that are too right" of the chapter on several
inputs and outputs: 2-2-3 networks, each with its own split of the iris flowers and its own start,
1,000 steps, every step with all flowers of the training set. A run fails if it gets less than 0.9
of these right. The splits and starts are others than the twenty that the chapter trains.
"""

from nnbook.chapters.multiple_outputs.flowers import trained

RUNS = 400
RATES = (0.02, 0.05, 0.1, 0.2, 0.5, 2)


def failed(loss: str, rate: float) -> int:
    """Count the runs that fail."""
    return int((trained(2, loss, rate=rate, seeds=RUNS, offset=1000).training < 0.9).sum())


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return {f"{loss}_{rate:g}": str(failed(loss, rate)) for loss in ("mse", "ce") for rate in RATES}
