"""The questions of the chapter on judging a network."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

import nnlib
from nnbook.chapters.cross_entropy.loss import raw_outputs
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib._typing import FloatArray
from nnlib.datasets import iris
from nnlib.losses import cross_entropy_with_logits as loss
from nnlib.metrics import accuracy


def _leak(train: tuple[float, ...], held_out: float) -> Number:
    scaler = nnlib.standardize(np.reshape(train, (-1, 1)))[1]
    return number(
        "m",
        float(scaler.mean[0]),
        {"list": train, "value": held_out},
        {"together": float(np.mean([*train, held_out])), "own": held_out, "sum": sum(train)},
    )


Pair = tuple[float, float]


LEVEL = 0.05  # so small a change of the training loss is none


def _curves(fitted: Pair, new: Pair, share: Pair) -> Choice:
    falling = "on" if new[1] < new[0] else "sure" if share[1] > share[0] else "over"
    change = fitted[1] / fitted[0] - 1
    right = "level" if abs(change) < LEVEL else "up" if change > 0 else falling
    names = ("fit_a", "fit_b", "new_a", "new_b", "share_a", "share_b")
    values = zip(names, (*fitted, *new, *share), strict=True)
    return choice(("over", "sure", "on", "up", "level"), right, dict(values))


def _decay(theta: float, lr: float, decay: float) -> Number:
    points = nnlib.gradient_descent(lambda t: decay * t, theta, lr=lr, max_steps=1).points
    return number(
        r"\theta",
        float(points[-1].item()),
        {"start": theta, "rate": lr, "decay": decay, "factor": 1 - lr * decay},
        {"rateless": theta * (1 - decay), "constant": theta - lr * decay, "still": theta},
    )


def _factor() -> str:
    Z, labels = raw_outputs(), iris().y
    if accuracy(6 * Z, labels) != accuracy(Z, labels):
        return "other"
    once, six = loss(Z, labels), loss(6 * Z, labels)
    return "lower" if six < once else "higher" if six > once else "equal"


def _factor_values() -> dict[str, str]:
    Z, labels = raw_outputs(), iris().y
    return {
        "once": fixed(loss(Z, labels), 3),
        "six": fixed(loss(6 * Z, labels), 3),
        "twenty": fixed(loss(20 * Z, labels), 3),
        "right": fixed(len(Z) * accuracy(Z, labels), 0),
    }


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


def _kept(said: float, n: int, right: int) -> Choice:
    error = math.sqrt(said * (1 - said) / n)
    gap = said - right / n
    verdict = "over" if gap > 2 * error else "under" if gap < -2 * error else "fits"
    shown = {"said": said, "n": n, "right": right, "share": right / n, "error": error}
    return choice(("over", "under", "fits"), verdict, shown)


@cache
def _runs(decay: float, seeds: int = 6) -> FloatArray:
    """Training loss, validation loss, mean probability and accuracy on new points."""
    found = []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        few, val, new = (nnlib.datasets.moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000))
        net = nnlib.mlp((2, 32, 32, 2), rng=rng)
        sgd = nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9, weight_decay=decay)
        judge = "cross_entropy_with_logits"
        nnlib.fit(net, few.X, few.y, loss=judge, optimizer=sgd, epochs=200, batch_size=20, rng=rng)
        Z = net.forward(new.X)
        said = float(nnlib.softmax(Z).max(axis=1).mean())
        both = [loss(net.forward(some.X), some.y) for some in (few, val)]
        found.append([*both, said, accuracy(Z, new.y)])
    return np.mean(found, axis=0)


def _price() -> str:
    training, validation = np.array([_runs(decay)[:2] for decay in (0, 0.001, 0.01, 0.1)]).T
    if not (np.diff(training) > 0).all():
        return "both_fall"
    lowest = int(np.argmin(validation))
    return ("both_rise", "valley", "valley", "falls")[lowest]


def _surer() -> str:
    said, right = _runs(0)[2:]
    return "more" if said > right + 0.02 else "less" if said < right - 0.02 else "same"


QUESTIONS = {
    "leak": Question(
        "sec-ce-held-out",
        "leakage",
        _leak,
        (
            tuples("1 2 3, 4 6 8, 0 2 7, 10 20 30, 2 3 7, 5 5 11, 1 1 13, 3 6 15"),
            (10, 2, 11, 80, 20, 1, 9, 20),
        ),
    ),
    "curves": Question(
        "sec-ce-overfitting",
        "overfitting",
        _curves,
        (
            tuples(
                "0.4 0.1, 0.9 0.5, 0.12 0.02, 0.7 0.6, 0.3 0.9, 0.25 0.05, 1.1 0.8, "
                "0.5 2.0, 2.3 2.29, 1.09 1.08, 0.2 0.03, 0.3 0.06"
            ),
            tuples(
                "0.5 0.8, 1.0 0.6, 0.45 0.85, 0.75 0.68, 0.4 1.1, 0.38 0.55, 1.1 0.9, "
                "0.6 2.3, 2.31 2.3, 1.1 1.1, 0.3 0.42, 0.41 0.74"
            ),
            tuples(
                "0.85 0.81, 0.65 0.8, 0.88 0.86, 0.7 0.74, 0.86 0.62, 0.87 0.91, 0.5 0.63, "
                "0.8 0.4, 0.1 0.11, 0.34 0.33, 0.9 0.94, 0.87 0.83"
            ),
        ),
    ),
    "decay": Question(
        "sec-ce-decay",
        "decay",
        _decay,
        (
            (10, 20, 5, -8, 100, 4, -50, 2, 40),
            (0.1, 0.5, 0.5, 0.5, 0.1, 0.5, 0.2, 0.5, 0.25),
            (0.5, 0.1, 0.2, 0.25, 0.5, 0.1, 0.5, 0.4, 0.2),
        ),
    ),
    "factor": Question(
        in_text={
            "factor": Choice(
                options=("lower", "equal", "higher", "other"), answer=_factor, values=_factor_values
            )
        },
    ),
    "bar": Question(
        "sec-ce-seeds",
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
    ),
    "enough": Question(
        "sec-ce-seeds",
        "difference-and-error",
        _enough,
        (
            (0.02, 0.01, -0.03, 0.005, -0.01, 0.012, -0.04, 0.03),
            (0.04, 0.04, 0.03, 0.04, 0.05, 0.02, 0.08, 0.12),
            (25, 16, 25, 100, 25, 16, 100, 16),
        ),
    ),
    "folds": Question(
        "sec-gen-folds",
        "folds",
        _folds,
        ((40, 60, 150, 100, 90, 200, 80, 500), (5, 10, 5, 4, 3, 10, 4, 5)),
    ),
    "trainings": Question(
        "sec-gen-folds",
        "counting-trainings",
        _trainings,
        ((4, 6, 3, 5, 10, 7, 8, 12), (5, 5, 10, 4, 3, 10, 4, 5)),
    ),
    "price": Question(
        in_text={
            "price": Choice(options=("both_fall", "falls", "valley", "both_rise"), answer=_price)
        },
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
        in_text={"sure": Choice(options=("more", "same", "less"), answer=_surer)},
    ),
    "recall": Question(
        "sec-ce-confusion",
        "recall",
        _recall,
        (
            (8, 30, 45, 6, 90, 18, 12, 40),
            (2, 10, 5, 4, 10, 6, 3, 10),
            (4, 30, 15, 14, 60, 2, 1, 24),
        ),
    ),
    "precision": Question(
        "sec-ce-confusion",
        "precision",
        _precision,
        (
            (9, 24, 45, 8, 80, 30, 18, 70),
            (6, 8, 15, 8, 40, 20, 3, 14),
            (1, 6, 5, 2, 20, 10, 12, 30),
        ),
    ),
}
