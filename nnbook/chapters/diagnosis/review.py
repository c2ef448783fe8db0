"""The review questions on trainings that do not learn."""

from __future__ import annotations

import math

import numpy as np

from nnbook.predictions import Choice, Number
from nnbook.review.question import Question, choice, number, tuples
from nnlib.activations import relu, softmax
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential


def _start(classes: int, loss: float) -> Choice:
    chance = math.log(classes)
    right = "sure" if loss > 2 * chance else "told" if loss < chance / 2 else "fine"
    return choice(
        ("fine", "sure", "told"), right, {"classes": classes, "loss": loss, "log": chance}
    )


def _record(fitted: float, validated: float, simple: float) -> Choice:
    """Judge the accuracies on digits: on fitted and validation images, and of a simple baseline."""
    if validated < 0.2:
        right = "labels" if fitted > 0.4 else "nothing"
    elif min(validated, simple) > 0.99:
        right = "leak"
    else:
        right = "healthy"
    return choice(
        ("healthy", "labels", "leak", "nothing"),
        right,
        {"fitted": fitted, "validated": validated, "simple": simple},
    )


def _scaled(factor: float, layers: int) -> Number:
    rng, no_bias = np.random.default_rng(0), np.zeros(2)
    weights = rng.uniform(0.5, 1, (layers, 2, 2))
    parts = [part for W in weights for part in (Linear.from_arrays(W, no_bias), ReLU())]
    net = Sequential(*parts[:-1])
    x = np.ones((1, 2))
    return number(
        "k",
        float((net.forward(factor * x) / net.forward(x))[0, 0]),
        {"factor": factor, "layers": layers},
        {"power": factor**layers, "same": 1, "times": factor * layers},
        relative=0.03,
    )


def _twice(classes: int) -> Number:
    p = softmax(np.eye(classes)[0])
    return number(
        "p",
        p[0],
        {"classes": classes, "rest": classes - 1},
        {"one": 1, "share": 1 / classes, "ratio": math.e / (classes - 1)},
        relative=0.04,
    )


def _promise(slopes: tuple[float, ...], lr: float) -> Number:
    g = np.array(slopes)
    return number(
        r"\Delta L",
        -lr * float(g @ g),
        {"slopes": slopes, "rate": lr, "squares": float(g @ g)},
        {"rises": lr * float(g @ g), "sum": -lr * float(abs(g).sum()), "rateless": -float(g @ g)},
        relative=0.03,
    )


def _tiny(before: float, after: float, promised: float) -> Choice:
    ratio = round((before - after) / promised, 3)
    names = {1.0: "fine", -1.0: "uphill", 0.0: "nothing"}
    return choice(
        ("fine", "uphill", "stale", "nothing"),
        names.get(ratio, "stale"),
        {"before": before, "after": after, "promised": promised, "ratio": ratio},
    )


def _dead(*sums: tuple[float, ...]) -> Number:
    active = relu(np.array(sums)) > 0
    return number(
        "n",
        int((~active.any(axis=0)).sum()),
        {"row_a": sums[0], "row_b": sums[1], "row_c": sums[2]},
        {
            "some": int((~active.all(axis=0)).sum()),
            "entries": int((~active).sum()),
        },
    )


def _steps(samples: int, batch: int, other: int, epochs: int) -> Number:
    steps = samples // batch * epochs
    return number(
        "n",
        steps / (samples // other),
        {"samples": samples, "batch": batch, "other": other, "epochs": epochs, "steps": steps},
        {"same": epochs, "turned": epochs * batch / other, "steps": steps},
        absolute=0.3,
    )


def _gain(network: float, simple: float, images: int) -> Number:
    return number(
        "n",
        (network - simple) * images,
        {"network": network, "simple": simple, "images": images},
        {
            "all": network * images,
            "percent": 100 * (network - simple),
            "missed": (1 - network) * images,
        },
        absolute=0.3,
    )


def _sweep(*losses: float) -> Choice:
    best = int(np.argmin(losses))  # of a ninth, a third, the whole and three times the rate
    right = "other" if losses[best] >= 0.5 else "fine" if best == 2 else "rate"
    return choice(("rate", "fine", "other"), right, {"losses": losses, "own": losses[2]})


QUESTIONS = {
    "record": Question(
        "sec-diagnosis-look",
        "record",
        _record,
        (
            (0.998, 1.0, 0.95, 0.12, 1.0, 0.85, 0.99, 0.1, 0.97),
            (0.94, 0.07, 0.1, 0.11, 1.0, 0.05, 0.93, 0.09, 0.995),
            (0.91, 0.06, 0.08, 0.9, 0.997, 0.07, 0.9, 0.92, 0.993),
        ),
    ),
    "start": Question(
        "sec-diagnosis-start",
        "know-nothing",
        _start,
        ((10, 10, 10, 3, 3, 2, 100, 1000, 2), (2.31, 9.4, 0.4, 1.15, 5.2, 0.71, 4.7, 31, 0.1)),
    ),
    "scaled": Question(
        "sec-diagnosis-start",
        "input-scale",
        _scaled,
        ((16, 255, 10, 2, 0.5, 100, 8, 4, 20), (2, 2, 3, 4, 3, 2, 3, 3, 4)),
    ),
    "twice": Question(
        "sec-diagnosis-heart",
        "double-softmax",
        _twice,
        ((2, 3, 4, 5, 6, 8, 10, 12, 20),),
    ),
    "promise": Question(
        "sec-diagnosis-tiny",
        "promise",
        _promise,
        (
            tuples("1 -2, 3 4, 2 2 1, -1 3, 5 0, 1 2 3, -2 4, 6 -8, 3 -1 2"),
            (0.01, 0.001, 0.01, 0.02, 0.01, 0.001, 0.005, 0.001, 0.01),
        ),
    ),
    "tiny": Question(
        "sec-diagnosis-tiny",
        "tiny-step",
        _tiny,
        (
            (2.3, 1.5, 2.0, 0.8, 0.9, 1.2, 3.0, 2.5, 0.6),
            (2.29, 1.52, 1.99, 0.8, 0.89, 1.17, 3.01, 2.49, 0.6),
            (0.01, 0.02, 0.02, 0.04, 0.04, 0.03, 0.01, 0.03, 0.01),
        ),
    ),
    "dead": Question(
        "sec-diagnosis-sizes",
        "dead",
        _dead,
        (
            tuples(
                "3 1 -1 -2, 1 1 -3 -4, -4 -4 -2 -1, -4 1 -2 -1, -1 -3 3 -3, -1 -1 -1 3, "
                "-4 -2 -2 -2, -2 -4 2 -3"
            ),
            tuples(
                "-4 -1 -2 -2, -4 1 -2 3, 2 -1 -2 -2, -4 2 3 1, -2 -1 -1 -2, 3 1 -4 2, "
                "-3 -4 1 -3, -3 -2 -1 -4"
            ),
            tuples(
                "3 -3 -1 -1, -1 3 -1 -4, -2 -2 -2 -2, 3 -1 -4 2, -4 2 1 -4, -2 -4 -4 -2, "
                "-4 -3 -4 -3, -4 2 2 -2"
            ),
        ),
    ),
    "sweep": Question(
        "sec-diagnosis-rates",
        "rate-sweep",
        _sweep,
        (
            (0.46, 0.04, 2.14, 2.2, 0.1, 0.9, 2.3, 1.2, 2.3),
            (0.15, 2.32, 1.93, 1.6, 2.3, 0.3, 2.3, 0.4, 2.29),
            (0.04, 2.34, 1.27, 0.7, 2.31, 0.05, 2.3, 0.09, 2.3),
            (2.01, 3.19, 1.67, 0.08, 2.4, 1.1, 2.31, 0.3, 2.35),
        ),
    ),
    "steps": Question(
        "sec-diagnosis-rates",
        "epochs",
        _steps,
        (
            (500, 1000, 600, 400, 800, 1000, 200, 900),
            (20, 50, 30, 10, 40, 25, 20, 30),
            (250, 500, 300, 200, 400, 250, 100, 450),
            (10, 5, 6, 3, 4, 8, 7, 2),
        ),
    ),
    "gain": Question(
        "sec-diagnosis-compare",
        "baseline",
        _gain,
        (
            (0.94, 0.97, 0.9, 0.955, 0.98, 0.92, 0.95, 0.99),
            (0.91, 0.95, 0.84, 0.95, 0.9, 0.9, 0.91, 0.97),
            (300, 500, 250, 600, 50, 450, 200, 1000),
        ),
    ),
}
