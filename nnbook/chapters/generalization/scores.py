"""The questions on scores: how far chance moves them, folds, calibration, recall and precision."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

import nnlib
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray, IntArray
from nnlib.losses import cross_entropy_with_logits as loss

TEMPERATURE = 5


def _bar(share: float, n: int) -> Number:
    variance = share * (1 - share)
    return number(
        "s",
        math.sqrt(variance / n),
        {"share": share, "n": n},
        {
            "one": math.sqrt(variance),
            "no_root": variance / n,
            "no_variance": share / math.sqrt(n),
            "rest": (1 - share) / math.sqrt(n),
        },
        relative=0.05,
    )


def _spread(share: float = 0.95, n: int = 38) -> float:
    return math.sqrt(share * (1 - share) / n)


def _enough(mean: float, spread: float, n: int) -> Choice:
    error = spread / math.sqrt(n)
    right = "up" if mean > 2 * error else "down" if mean < -2 * error else "open"
    shown = {"mean": mean, "spread": spread, "n": n, "error": error}
    return choice(("up", "down", "open"), right, shown)


def _folds(n: int, folds: int) -> Number:
    return number(
        "n",
        n - n / folds,
        {"n": n, "folds": folds, "part": n / folds},
        {"part": n / folds, "all": n, "total": (folds - 1) * n},
        absolute=0.3,
    )


def _trainings(values: int, folds: int) -> Number:
    return number(
        "N",
        values * folds + 1,
        {"values": values, "folds": folds, "product": values * folds},
        {"no_refit": values * folds, "added": values + folds, "values": values, "folds": folds},
        absolute=0.3,
    )


@cache
def _runs(decay: float, seeds: int = 6) -> FloatArray:
    """Training loss and validation loss, on average."""
    found = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        few, val, _ = (nnlib.datasets.moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000))
        net = nnlib.mlp((2, 32, 32, 2), rng=rng)
        sgd = nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9, weight_decay=decay)
        judge = "cross_entropy_with_logits"
        nnlib.fit(net, few.X, few.y, loss=judge, optimizer=sgd, epochs=200, batch_size=20, rng=rng)
        found.append([loss(net.forward(some.X), some.y) for some in (few, val)])
    return np.mean(found, axis=0)


def _price() -> str:
    training, validation = np.array([_runs(decay) for decay in (0, 0.001, 0.01, 0.1)]).T
    if not (np.diff(training) > 0).all():
        return "both_fall"
    lowest = int(np.argmin(validation))
    return ("both_rise", "valley", "valley", "falls")[lowest]


@cache
def _wild() -> tuple[FloatArray, IntArray]:
    """Raw outputs of the network of the chapter for the validation set, and its classes."""
    rng = np.random.default_rng(3)
    few, val, _ = (nnlib.datasets.moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000))
    net = nnlib.mlp((2, 32, 32, 2), rng=rng)
    sgd = nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9)
    judge = "cross_entropy_with_logits"
    nnlib.fit(net, few.X, few.y, loss=judge, optimizer=sgd, epochs=200, batch_size=20, rng=rng)
    return net.forward(val.X), np.asarray(val.y, dtype=int)


def _divided() -> str:
    Z, labels = _wild()
    if (Z / TEMPERATURE).argmax(axis=1).tolist() != Z.argmax(axis=1).tolist():
        return "other"
    once, cooler = loss(Z, labels), loss(Z / TEMPERATURE, labels)
    return "lower" if cooler < once else "higher" if cooler > once else "equal"


def _divided_values() -> dict[str, str]:
    Z, labels = _wild()
    return {"once": fixed(loss(Z, labels), 3), "divided": fixed(loss(Z / TEMPERATURE, labels), 3)}


def _kept(said: float, n: int, right: int) -> Choice:
    error = math.sqrt(said * (1 - said) / n)
    gap = said - right / n
    verdict = "over" if gap > 2 * error else "under" if gap < -2 * error else "fits"
    shown = {"said": said, "n": n, "right": right, "share": right / n, "error": error}
    return choice(("over", "under", "fits"), verdict, shown)


def _recall(found: int, missed: int, wrong: int) -> Number:
    return number(
        "r",
        found / (found + missed),
        {"found": found, "missed": missed, "wrong": wrong, "all": found + missed},
        {
            "precision": found / (found + wrong),
            "missed": missed / (found + missed),
            "all_three": found / (found + missed + wrong),
        },
    )


def _precision(found: int, missed: int, wrong: int) -> Number:
    return number(
        "p",
        found / (found + wrong),
        {"found": found, "missed": missed, "wrong": wrong, "said": found + wrong},
        {
            "recall": found / (found + missed),
            "wrong": wrong / (found + wrong),
            "all_three": found / (found + missed + wrong),
        },
    )


QUESTIONS = {
    "bar": Question(
        "sec-outputs-error",
        "error-of-share",
        _bar,
        (
            (0.9, 0.8, 0.2, 0.9, 0.8, 0.1, 0.9, 0.8),
            (100, 400, 16, 900, 25, 36, 400, 100),
        ),
        in_text={
            "spread": Number(
                symbol="s",
                answer=_spread,
                absolute=0.006,
                decimals=3,
                mistakes={
                    "one_flower": lambda: math.sqrt(0.95 * 0.05),
                    "no_root": lambda: 0.95 * 0.05 / 38,
                    "rest": lambda: 0.05,
                    "sum": lambda: math.sqrt(0.95 * 0.05 * 38),
                },
            )
        },
        level="apply",
    ),
    "enough": Question(
        "sec-outputs-error",
        "difference-and-error",
        _enough,
        (
            (0.02, 0.01, -0.03, 0.005, -0.01, 0.012, -0.04, 0.03),
            (0.04, 0.04, 0.03, 0.04, 0.05, 0.02, 0.08, 0.12),
            (25, 16, 25, 100, 25, 16, 100, 16),
        ),
        level="apply",
    ),
    "folds": Question(
        "sec-gen-folds",
        "folds",
        _folds,
        ((40, 60, 150, 100, 90, 200, 80, 500), (5, 10, 5, 4, 3, 10, 4, 5)),
        level="apply",
    ),
    "trainings": Question(
        "sec-gen-folds",
        "counting-trainings",
        _trainings,
        ((4, 6, 3, 5, 10, 7, 8, 12), (5, 5, 10, 4, 3, 10, 4, 5)),
        level="apply",
    ),
    "price": Question(
        in_text={
            "price": Choice(options=("both_fall", "falls", "valley", "both_rise"), answer=_price)
        },
        level="relate",
    ),
    "kept": Question(
        "sec-gen-sure",
        "calibration",
        _kept,
        (
            (0.9, 0.9, 0.8, 0.5, 0.9, 0.8, 0.5, 0.9),
            (100, 100, 400, 100, 400, 100, 400, 25),
            (80, 92, 280, 58, 384, 90, 210, 21),
        ),
        level="apply",
    ),
    "divided": Question(
        in_text={
            "divided": Choice(
                options=("lower", "equal", "higher", "other"),
                answer=_divided,
                values=_divided_values,
            )
        },
        level="relate",
    ),
    "recall": Question(
        "sec-ce-confusion",
        "recall",
        _recall,
        (
            (8, 30, 45, 6, 90, 18, 12, 40),
            (2, 10, 5, 4, 10, 6, 3, 10),
            (4, 30, 15, 14, 60, 2, 4, 24),
        ),
        level="apply",
    ),
    "precision": Question(
        "sec-ce-confusion",
        "precision",
        _precision,
        (
            (9, 24, 45, 8, 80, 30, 18, 70),
            (6, 8, 15, 8, 40, 20, 3, 14),
            (3, 6, 5, 2, 20, 10, 12, 30),
        ),
        level="apply",
    ),
}
