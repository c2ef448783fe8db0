"""Write the network that `DigitPad` reads with: trained by the chapter's own cells, in thousandths.

With `--check` nothing is written; the exit code says whether training again gives a network that
reads as the stored one does. Digit for digit it need not: the last bits of a processor decide
where a long training ends. To be run after a change of these cells or of nnbook/bitmaps.py.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

import nnlib
from nnbook import bending, bitmaps
from nnbook._digit_reader import WEIGHTS, digit_reader

ROOT = Path(__file__).resolve().parent.parent
CELLS = ("load", "split", "naive-scale", "check-start", "train-function", "pad-copies", "pad-train")
SAME = 0.98  # share of the test images on which two trainings have to agree


def trained() -> dict[str, Any]:
    """Run the chapter's cells up to `teach`, and teach; return all that they define."""
    notebook = json.loads((ROOT / "chapters/digits.ipynb").read_text("utf-8"))
    cells = {cell["id"]: cell["source"] for cell in notebook["cells"]}
    names: dict[str, Any] = {
        "np": np,
        "nnlib": nnlib,
        "bending": bending,
        "bitmaps": bitmaps,
        "print": lambda *_: None,
    }
    for cell in CELLS:
        exec("".join(cells[cell]), names)  # the book's own code
    names["reader"] = names["teach"](names["X_train"], names["y_train"])
    return names


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="train and compare, write nothing")
    check = parser.parse_args().check
    names = trained()
    first, _, second = names["reader"].layers
    if check:
        x = names["X_test"] / 16
        stored = digit_reader().forward(x).argmax(axis=1)
        same = float(np.mean(names["reader"].forward(x).argmax(axis=1) == stored))
        print(f"Same answer on {same:.1%} of the test images")
        return int(same < SAME)
    layers = [
        {
            part: np.rint(1000 * parameter.value).astype(int).tolist()
            for part, parameter in (("W", layer.weight), ("b", layer.bias))
        }
        for layer in (first, second)
    ]
    WEIGHTS.write_text(json.dumps(layers, separators=(",", ":")) + "\n", "utf-8")
    print(WEIGHTS.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
