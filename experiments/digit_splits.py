"""What the choices for a network that reads digits are worth, over sixty splits of the images.

In each split the training set, 1,348 images, trains and the test set, 449, judges. Where nothing
else is said, contenders take as many steps as in 30 epochs, at the rate 0.3: over twenty other
splits it was the best of 0.1, 0.3 and 0.5 for each of them, or read less than 0.01 below the best.
A difference is the mean over the splits of what one contender reads more than another, with its
standard error.
"""

from typing import Any

import numpy as np

import nnlib
from nnbook.chapters.digits.splits import (
    accuracies,
    nearest_accuracies,
    parts,
    scores,
)

SPLITS = range(5000, 5060)
COUNTS = (84, 1348)
VOTERS = range(5)
SCALERS: dict[str, dict[str, Any]] = {"own": {}, "moved": {"scaled": "moved"}}


def mean(name: str, values: np.ndarray) -> dict[str, str]:
    """Return a mean as the text shows it."""
    return {name: f"{np.mean(values):.3f}"}


def difference(name: str, pairs: np.ndarray) -> dict[str, str]:
    """Return the mean of paired differences and its standard error."""
    return mean(name, pairs) | {
        f"{name}_error": f"{np.std(pairs, ddof=1) / np.sqrt(len(pairs)):.4f}"
    }


def hidden_neurons() -> dict[str, str]:
    """Compare 32 hidden neurons with softmax regression and with nearest neighbor."""
    network, regression = accuracies(SPLITS), accuracies(SPLITS, width=0)
    return (
        mean("regression", regression)
        | difference("hidden", network - regression)
        | difference("nearest", nearest_accuracies(SPLITS) - network)
    )


def learning_curve() -> dict[str, str]:
    """Teach the network and nearest neighbor with fewer images."""
    found: dict[str, str] = {}
    for count in COUNTS:
        found |= mean(f"network_{count}", accuracies(SPLITS, images=count))
        found |= mean(f"nearest_{count}", nearest_accuracies(SPLITS, images=count))
    return found


def votes() -> dict[str, str]:
    """Compare five networks that average their probabilities with one; look who misreads what."""
    gains, shares = [], []
    for split in SPLITS:
        z = np.array([scores(split, start=start)[0] for start in VOTERS])
        y = parts(split)[3]
        wrong = z.argmax(axis=2) != y
        together = nnlib.softmax(z).mean(axis=0).argmax(axis=1)
        gains.append(np.mean(together == y) - np.mean(~wrong))
        times = wrong.sum(axis=0)
        shares.append(times[times > len(VOTERS) / 2].sum() / times.sum())
    return difference("vote", np.array(gains)) | {"by_most": f"{np.mean(shares):.2f}"}


def noticed() -> dict[str, str]:
    """Say how often a network is surer of an image in its place than of one moved to the left.

    All pairs of test images of a split; a half where it is equally sure.
    """
    found: dict[str, str] = {}
    for name, training in SCALERS.items():
        each = [
            surer(sure(split, "none", training), sure(split, "left", training)) for split in SPLITS
        ]
        found[f"notices_{name}_left"] = f"{np.mean(each):.2f}"
    return found


def sure(split: int, move: str, training: dict[str, Any]) -> np.ndarray:
    """Return the largest of the ten probabilities of each test image."""
    return np.asarray(nnlib.softmax(scores(split, move, **training)[0]).max(axis=1))


def surer(first: np.ndarray, second: np.ndarray) -> float:
    """Return the share of the pairs in which the first is larger."""
    ordered = np.sort(second)
    below, not_above = (np.searchsorted(ordered, first, side) for side in ("left", "right"))
    return float(np.mean(below + not_above)) / (2 * len(second))


def moved_copies() -> dict[str, str]:
    """Compare moved copies with none, with the same scaler and as many steps on both sides."""
    without = accuracies(SPLITS, scaled="moved")
    return difference("copies", accuracies(SPLITS, scaled="moved", copies=True) - without)


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return hidden_neurons() | learning_curve() | votes() | noticed() | moved_copies()
