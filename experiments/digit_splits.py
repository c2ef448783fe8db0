"""What the choices for a network that reads digits are worth, over sixty splits of the images.

In each split the training set, 1,348 images, trains and the test set, 449, judges. Where nothing
else is said, contenders take as many steps as in 30 epochs, at the rate 0.3: over twenty other
splits it was the best of 0.1, 0.3 and 0.5 for each of them, or read less than 0.01 below the best.
A difference is the mean over the splits of what one contender reads more than another, with its
standard error.
"""

import numpy as np

from nnbook.chapters.digits.splits import (
    accuracies,
    nearest_accuracies,
    parts,
    scores,
)

SPLITS = range(5000, 5060)
STARTS = range(5)


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
    nearest = nearest_accuracies(SPLITS)
    return (
        mean("regression", regression)
        | difference("hidden", network - regression)
        | difference("nearest", nearest - network)
        | mean("network_1348", network)
        | mean("nearest_1348", nearest)
    )


def hard_images() -> dict[str, str]:
    """Say which share of the mistakes of five networks are at images that most of them misread."""
    shares = []
    for split in SPLITS:
        y = parts(split)[3]
        starts = [scores(split, start=start)[0] for start in STARTS]
        times = np.sum([z.argmax(axis=1) != y for z in starts], axis=0)
        shares.append(times[times > len(STARTS) / 2].sum() / times.sum())
    return {"by_most": f"{np.mean(shares):.2f}"}


def moved_copies() -> dict[str, str]:
    """Compare moved copies with none, with the same scaler and as many steps on both sides."""
    without = accuracies(SPLITS, scaled="moved")
    return difference("copies", accuracies(SPLITS, scaled="moved", copies=True) - without)


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return hidden_neurons() | hard_images() | moved_copies()
