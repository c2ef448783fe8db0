"""What the choices for a network that reads digits are worth, over sixty splits of the images.

In each split the training set, 1,348 images, trains and the test set, 449, judges. Where nothing
else is said, contenders take as many steps as in 30 epochs, at the rate 0.3: over twenty other
splits it was the best of 0.1, 0.3 and 0.5 for each of them, or read less than 0.01 below the best.
A difference is the mean over the splits of what one contender reads more than another, with its
standard error.
"""

import numpy as np

import nnlib
from nnbook.chapters.digits.splits import (
    accuracies,
    losses,
    nearest_accuracies,
    parts,
    scores,
)

SPLITS = range(5000, 5060)
FIRST = range(3000, 3020)  # the twenty in which widths were compared before
WIDTHS = (8, 16, 32, 64, 128)
DECAYS = (0.0003, 0.001, 0.003, 0.01)
COUNTS = (84, 168, 337, 674, 1348)
VOTERS = range(5)
FAILED = 0.9  # no network with a scale for each pixel ends below


def mean(name: str, values: np.ndarray) -> dict[str, str]:
    """Return a mean as the text shows it."""
    return {name: f"{np.mean(values):.3f}"}


def difference(name: str, pairs: np.ndarray) -> dict[str, str]:
    """Return the mean of paired differences and its standard error."""
    return mean(name, pairs) | {
        f"{name}_error": f"{np.std(pairs, ddof=1) / np.sqrt(len(pairs)):.3f}"
    }


def widths() -> dict[str, str]:
    """Compare numbers of hidden neurons with 32."""
    found: dict[str, str] = {}
    usual = accuracies(SPLITS)
    for width in WIDTHS:
        right = accuracies(SPLITS, width=width)
        found |= mean(f"width_{width}", right)
        if width != 32:
            found |= difference(f"gain_{width}", right - usual)
    first = accuracies(FIRST, width=128) - accuracies(FIRST)
    return found | difference("first_gain", first)


def decays() -> dict[str, str]:
    """Compare weight decays with none."""
    found: dict[str, str] = {}
    for decay in DECAYS:
        gain = accuracies(SPLITS, decay=decay) - accuracies(SPLITS)
        found |= difference(f"accuracy_{decay}", gain)
        found |= difference(f"loss_{decay}", losses(SPLITS, decay=decay) - losses(SPLITS))
    return found


def learning_curve() -> dict[str, str]:
    """Compare softmax regression, the network and nearest neighbor on fewer images."""
    found: dict[str, str] = {}
    for count in COUNTS:
        network = accuracies(SPLITS, images=count)
        regression = accuracies(SPLITS, images=count, width=0)
        found |= mean(f"network_{count}", network) | mean(f"regression_{count}", regression)
        found |= mean(f"nearest_{count}", nearest_accuracies(SPLITS, images=count))
        found |= difference(f"hidden_{count}", network - regression)
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


def scales() -> dict[str, str]:
    """Compare one scale for all pixels with one for each."""
    sixteen = accuracies(SPLITS, scaled="divided by 16", rate=0.4)
    return {
        "sixteen": f"{np.median(sixteen - accuracies(SPLITS)):.3f}",
        "sixteen_failed": f"{np.sum(sixteen < FAILED)}",
    }


def moved_copies() -> dict[str, str]:
    """Compare moved copies with none, with the same scaler and as many steps on both sides."""
    found: dict[str, str] = {}
    for name, epochs in (("copies", 30), ("copies_longer", 150)):
        without = accuracies(SPLITS, scaled="moved", epochs=epochs)
        taught = accuracies(SPLITS, scaled="moved", epochs=epochs, copies=True)
        found |= difference(name, taught - without)
    return found


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    return widths() | decays() | learning_curve() | votes() | scales() | moved_copies()
