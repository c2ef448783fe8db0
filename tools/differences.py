"""Write what `ErrorOfDifference` draws from: networks of the chapter on 1,000 splits, compared.

A number is how many more flowers of its test set the first network of a comparison gets right.
With `--check` nothing is written: the first splits are trained again, and the exit code says
whether nearly all of them say what is stored.
"""

from __future__ import annotations

import argparse
import json
import sys

import numpy as np

from nnbook.chapters.multiple_outputs.flowers import trained
from nnbook.figures.error_of_difference import COUNTS, TEST, counts
from nnlib._typing import IntArray

SPLITS, CHECKED = 1000, 40
OFFSET = 10_000  # other splits than those that the text or a claim judges by
SAME = 0.95  # the last bit of a training can decide about a flower
COMPARED = {
    "loss": ((8, "mse", 0.2), (8, "ce", 0.2)),
    "layer": ((8, "mse", 0.2), (0, "ce", 0.1)),
    "width": ((8, "mse", 0.2), (2, "mse", 0.2)),
}
"""Hidden neurons, loss and learning rate of both sides."""


def right(hidden: int, loss: str, rate: float, splits: int) -> IntArray:
    """Count the flowers of each test set that a network gets right."""
    share = trained(hidden, loss, rate=rate, seeds=splits, offset=OFFSET).test
    return np.rint(TEST * share).astype(int)


def differences(splits: int) -> dict[str, list[int]]:
    """Return how many more the first of each comparison gets right."""
    return {
        name: (right(*first, splits) - right(*second, splits)).tolist()
        for name, (first, second) in COMPARED.items()
    }


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="train and compare, write nothing")
    if parser.parse_args().check:
        found = differences(CHECKED)
        same = [np.mean(np.equal(counts()[name][:CHECKED], d)) for name, d in found.items()]
        print("The same as stored: " + ", ".join(f"{share:.0%}" for share in same))
        return int(min(same) < SAME)
    text = json.dumps(differences(SPLITS), separators=(",", ":"))
    COUNTS.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
