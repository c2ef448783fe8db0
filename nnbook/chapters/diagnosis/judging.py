"""The questions on which test sees what, and what to do next."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

import numpy as np

from nnbook import patients
from nnbook.patients import checks
from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel
from nnbook.questions.question import Question, choice, tuples
from nnlib._typing import FloatArray
from nnlib.activations import softmax

ONE_HOT = np.array([0.0, 1, 0])
X = np.array([0.5, -1])
W = np.array([[0.2, 0.1], [-0.3, 0.4], [0.6, -0.2]])
SLOPES: dict[str, Callable[[FloatArray], FloatArray]] = {
    "(p - y) x": lambda p: np.outer(p - ONE_HOT, X),
    "(y - p) x": lambda p: np.outer(ONE_HOT - p, X),
    "2 * (p - y) x": lambda p: 2 * np.outer(p - ONE_HOT, X),
    "p x": lambda p: np.outer(p, X),
}
PARTS = ("x, y = next sample", "W = W - {rate} * g")
WRONG = {
    "": PARTS,
    "labels": ("x, y = sample, label of the next", PARTS[1]),
    "uphill": (PARTS[0], "W = W + {rate} * g"),
    "zeroed": (PARTS[0], "g = 0;  " + PARTS[1]),
}


def _loss(weights: np.ndarray) -> float:
    return -math.log(float(softmax(weights @ X)[1]))


def _measured(reach: float = 1e-5) -> np.ndarray:
    """Return the slopes of the loss, by central differences."""
    found = np.zeros_like(W)
    for at in product(*map(range, W.shape)):
        step = np.zeros_like(W)
        step[at] = reach
        found[at] = (_loss(W + step) - _loss(W - step)) / (2 * reach)
    return found


def _passes(slope: str, wrong: str, rate: float) -> Choice:
    agrees = bool(np.allclose(SLOPES[slope](softmax(W @ X)), _measured()))
    right = "alarm" if not agrees else "blind" if wrong else "fine"
    first, last = WRONG[wrong]
    lines = [first, "p = softmax(W x)", "L = -sum(y * ln p)", f"g = {slope}"]
    code = "\n".join([*lines, last.format(rate=f"{rate:g}")])
    return choice(("alarm", "blind", "fine"), right, {}, code=code)


def _noticed() -> str:
    """Try both: is what a tiny step gains not what the slopes promise?"""
    tried = {
        name: checks.tiny(patients.FAULTS[name]())["kept"][0] for name in ("uphill", "detached")
    }
    seen = [name for name, kept in tried.items() if abs(kept - 1) > 0.1]
    return "both" if len(seen) == 2 else seen[0] if seen else "neither"


FAULTS = {
    "scaled": ("start", 0, "X, y = training set;  X = {k} * X"),
    "next": ("baseline", 0, "X, y = training set;  y = y moved by {k}"),
    "drawn": ("baseline", 0, "X, y = training set;  y = y shuffled"),
    "twice": ("heart", 3, "L = mean(-ln softmax(p)[y])"),
    "again": ("heart", 2, "p = softmax(softmax(z))"),
    "kept": ("tiny", 4, "g = g + slopes of L"),
    "frozen": ("tiny", 5, "last layer = last layer - {k} * g"),
}


def _which(fault: str, k: float) -> Choice:
    right, at, line = FAULTS[fault]
    lines = [
        "X, y = training set",
        "z = network(X)",
        "p = softmax(z)",
        "L = mean(-ln p[y])",
        "g = slopes of L",
        "all layers = all layers - 0.5 * g",
    ]
    lines[at] = line.format(k=f"{k:g}")
    return choice(("start", "baseline", "heart", "tiny"), right, {}, code="\n".join(lines))


def _next(fitted: float, losses: tuple[float, float], new: float) -> Choice:
    if fitted < 0.9:
        right = "steps" if losses[1] < 0.9 * losses[0] else "wider"
    else:
        right = "remedy" if fitted - new > 0.05 else "look"
    values = {"fitted": fitted, "before": losses[0], "after": losses[1], "new": new}
    return choice(("steps", "wider", "remedy", "look"), right, values)


LAYER, RATIO = Axis(symbol="l", low=0, high=5, ticks=(1, 2, 3, 4)), Axis(symbol="r", low=0, high=1)


def _layers(*ratios: float) -> Choice:
    if min(ratios) == 0:
        right = "rest"
    elif min(ratios) > 0.5:
        right = "long"
    else:
        right = "fade" if ratios[-1] > 10 * ratios[0] else "fine"
    bars = Layer("bars", list(enumerate(ratios, 1)), "weight")
    return choice(
        ("fine", "fade", "long", "rest"),
        right,
        {"ratios": ratios},
        picture=lambda: [Panel(LAYER, RATIO, [bars])],
    )


CLASS, COUNT = Axis(symbol="k", low=0, high=6), Axis(symbol="n", low=0, high=100)


def _answers(counts: tuple[float, ...], loss: float) -> Choice:
    if max(counts) == sum(counts):
        right = "constant"
    elif min(counts) == 0:
        right = "missing"
    else:
        right = "unsure" if loss > 0.9 * math.log(5) else "learns"
    bars = Layer("bars", list(enumerate(counts, 1)), "class0")
    return choice(
        ("constant", "missing", "unsure", "learns"),
        right,
        {"counts": counts, "loss": loss},
        picture=lambda: [Panel(CLASS, COUNT, [bars])],
    )


def _gap(fitted: float, through: float, new: float) -> Choice:
    right = "prepared" if fitted - through > 0.1 else "over" if fitted - new > 0.1 else "none"
    values = {"fitted": fitted, "through": through, "new": new}
    return choice(("prepared", "over", "none"), right, values)


QUESTIONS = {
    "passes": Question(
        "sec-diagnosis-tiny",
        "blind-spot",
        _passes,
        (
            (
                "(p - y) x",
                "(y - p) x",
                "(p - y) x",
                "(p - y) x",
                "2 * (p - y) x",
                "(p - y) x",
                "p x",
                "(p - y) x",
                "(p - y) x",
            ),
            ("uphill", "", "", "labels", "", "zeroed", "", "", "uphill"),
            (0.1, 0.2, 0.1, 0.3, 0.1, 0.2, 0.3, 0.2, 0.5),
        ),
        in_text={
            "noticed": Choice(options=("uphill", "detached", "both", "neither"), answer=_noticed)
        },
        level="diagnose",
    ),
    "which": Question(
        "sec-diagnosis-list",
        "which-test",
        _which,
        (
            (
                "twice",
                "kept",
                "scaled",
                "next",
                "frozen",
                "drawn",
                "scaled",
                "frozen",
                "next",
                "again",
            ),
            (1, 1, 255, 1, 0.5, 1, 100, 0.2, 2, 1),
        ),
        level="design",
    ),
    "next": Question(
        "sec-diagnosis-depth",
        "what-next",
        _next,
        (
            (0.62, 0.58, 0.99, 0.98, 0.71, 0.66, 0.995, 0.97, 0.55, 0.6),
            tuples(
                "1.2 0.9, 1.1 1.1, 0.06 0.03, 0.09 0.08, 0.95 0.7, 0.98 0.97, 0.02 0.01, "
                "0.11 0.09, 1.4 1.1, 1.05 1.04"
            ),
            (0.6, 0.57, 0.81, 0.97, 0.7, 0.64, 0.72, 0.96, 0.54, 0.6),
        ),
        level="design",
    ),
    "layers": Question(
        "sec-diagnosis-sizes",
        "layer-steps",
        _layers,
        tuple(
            zip(
                *tuples(
                    "0.07 0.09 0.08 0.06, 0.01 0.03 0.09 0.27, 0.73 0.8 0.9 0.7, 0.08 0 0.07 0.09, "
                    "0.02 0.06 0.15 0.4, 0.05 0.08 0.06 0.09, 0 0.08 0.09 0.06, 0.9 0.6 0.8 0.95, "
                    "0.09 0.06 0.07 0.1, 0.01 0.02 0.1 0.6"
                ),
                strict=True,
            )
        ),
        level="diagnose",
    ),
    "answers": Question(
        "sec-diagnosis-compare",
        "class-by-class",
        _answers,
        (
            tuples(
                "0 0 100 0 0, 24 25 0 26 25, 22 15 24 18 21, 19 21 20 18 22, 100 0 0 0 0, "
                "30 22 26 22 0, 21 19 20 22 18, 17 25 19 16 23, 0 0 0 0 100, 0 27 24 26 23"
            ),
            (1.61, 0.42, 1.6, 0.2, 1.61, 0.38, 0.15, 1.59, 1.62, 0.45),
        ),
        level="diagnose",
    ),
    "gap": Question(
        "sec-diagnosis-compare",
        "preparation",
        _gap,
        (
            (0.99, 1, 0.98, 0.99, 0.97, 1, 0.98, 0.99, 1),
            (0.36, 1, 0.97, 0.98, 0.41, 0.99, 0.52, 0.99, 0.3),
            (0.32, 0.71, 0.96, 0.66, 0.4, 0.97, 0.5, 0.94, 0.28),
        ),
        level="diagnose",
    ),
}
