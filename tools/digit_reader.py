"""Write the networks that `DigitPad` reads with, in thousandths.

One is trained by `experiments/strangers.py`, the convolution in the same way on the same images.

With `--check` nothing is written; the exit code says whether training again gives a network that
reads as the stored one does. Digit for digit it need not: the last bits of a processor decide
where a long training ends. To be run after a change of this script or of nnbook/bitmaps.py.
"""

import argparse
import json
import runpy
import sys
from pathlib import Path
from typing import Any

import numpy as np

import nnlib
from nnbook._digit_reader import (
    CONVOLUTION,
    WEIGHTS,
    digit_convolution,
    digit_reader,
    thousandths,
    untrained_convolution,
)
from nnlib._typing import FloatArray, IntArray

ROOT = Path(__file__).resolve().parent.parent
SAME = 0.98  # share of the test images on which two trainings have to agree


def trained() -> dict[str, Any]:
    """Train both networks on the training set of the chapter, as the last row of strangers.py."""
    strangers = runpy.run_path(str(ROOT / "experiments" / "strangers.py"))
    data = nnlib.datasets.digits()
    X, X_test, y, _ = nnlib.split(data.X, np.asarray(data.y), rng=np.random.default_rng(0))
    known = strangers["bent_copies"]((X, y))
    return {
        "reader": strangers["train"](known, 0, hidden=128, rate=0.3, epochs=30),
        "convolution": convolution(known[0], y),
        "X_test": X_test,
    }


def convolution(A: FloatArray, y: IntArray, lr: float = 0.3, epochs: int = 30) -> nnlib.Sequential:
    """Train the convolution as strangers.py trains the other network."""
    rng = np.random.default_rng(0)
    model = untrained_convolution(rng)
    sgd = nnlib.SGD(model.parameters(), lr=lr)

    def slower(epoch: int, _: object) -> None:
        sgd.lr = lr * (1 - epoch / (epochs + 1))

    nnlib.fit(
        model,
        A,
        np.tile(y, len(A) // len(y)),
        loss="cross_entropy_with_logits",
        optimizer=sgd,
        callback=slower,
        epochs=epochs,
        batch_size=32,
        rng=rng,
        evaluate_training=False,
    )
    return model


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="train and compare, write nothing")
    check = parser.parse_args().check
    names = trained()
    networks = {
        WEIGHTS: (names["reader"], digit_reader),
        CONVOLUTION: (names["convolution"], digit_convolution),
    }
    failed = False
    for path, (model, stored) in networks.items():
        if check:
            x = names["X_test"] / 16
            answers = [network.forward(x).argmax(axis=1) for network in (model, stored())]
            same = float(np.mean(answers[0] == answers[1]))
            print(f"{path.name}: same answer on {same:.1%} of the test images")
            failed = failed or same < SAME
        else:
            path.write_text(json.dumps(thousandths(model), separators=(",", ":")) + "\n", "utf-8")
            print(path.relative_to(ROOT))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
