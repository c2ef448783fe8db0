"""Which deep networks whose weights start too small learn, with one change each?

Twelve hidden layers of 16 ReLUs, all weights a quarter as large as `nnlib.mlp` draws them, 200
steps, twenty starts, the best of six rates: how many learn at a rate that is too large is decided
by the last bit of a sum. A network has learned something if its error is below half of the variance
of the targets.
"""

from nnbook.chapters.backpropagation.deep import PARTS, RATES, learned


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return {cure or "none": f"{max(learned(cure, rate).sum() for rate in RATES)}" for cure in PARTS}
