"""The questions on what the experiments of the chapter find."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook import bitmaps
from nnbook._digit_reader import digit_reader
from nnbook.questions.choice import Choice
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question
from nnlib import SGD, Scaler, Sequential, fit, flatten, mlp, split
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import digits
from nnlib.metrics import accuracy
from nnlib.preprocessing import standardize

Part = tuple[FloatArray, IntArray]


SEEDS = 12
"""Fewer than the chapter's twenty, which take too long; two decimals come out the same."""


@cache
def _parts() -> tuple[Part, Part, Part, Part]:
    """The chapter's parts: training, held out; and of the training: to fit, to validate."""
    data, rng = digits(), np.random.default_rng(0)
    X, X_held_out, y, y_held_out = split(data.X, data.y, rng=rng)
    X_fit, X_val, y_fit, y_val = split(X, y, rng=rng)
    return (X, y), (X_held_out, y_held_out), (X_fit, y_fit), (X_val, y_val)


def _train(A: FloatArray, y: IntArray, seed: int, lr: float = 0.3) -> Sequential:
    rng = np.random.default_rng(seed)
    model = mlp((64, 32, 10), rng=rng)
    steps = SGD(model.parameters(), lr=lr)
    loss = "cross_entropy_with_logits"
    fit(model, A, y, loss=loss, optimizer=steps, epochs=30, batch_size=32, rng=rng)
    return model


@cache
def _networks() -> tuple[list[Sequential], Scaler]:
    X, y = _parts()[0]
    A, scaler = standardize(X)
    return [_train(A, y, seed) for seed in range(SEEDS)], scaler


def _accuracy(models: list[Sequential], A: FloatArray, y: IntArray) -> float:
    """The mean over the networks, in thousandths: a limit shows no machine's last digits."""
    return round(float(np.mean([accuracy(model.forward(A), y) for model in models])), 3)


@cache
def _held_out() -> float:
    models, scaler = _networks()
    X, y = _parts()[1]
    return _accuracy(models, scaler.transform(X), y)


def _constant() -> float:
    return round(float(np.bincount(digits().y).max()) / len(digits().y), 3)


def _broken() -> IntArray:
    """The columns in which the bare formula gives something that is no number."""
    X = _parts()[2][0]
    with np.errstate(invalid="ignore"):
        naive = (X - X.mean(axis=0)) / X.std(axis=0)
    return np.flatnonzero(np.isnan(naive).any(axis=0))


def _undivided() -> str:
    X, broken = _parts()[2][0], _broken()
    columns = {
        "inked": np.count_nonzero(X, axis=0).argmax(),
        "varied": X.std(axis=0).argmax(),
        "constant": X.std(axis=0).argmin(),
    }
    return next((name for name, column in columns.items() if column in broken), "none")


RATES = {"hundredth": 0.01, "three_hundredths": 0.03, "tenth": 0.1, "three_tenths": 0.3, "one": 1.0}


@cache
def _best_rate() -> str:
    (X, y), (X_val, y_val) = _parts()[2:]
    A, scaler = standardize(X)
    B = scaler.transform(X_val)
    scores = {
        name: _accuracy([_train(A, y, seed, lr) for seed in range(2)], B, y_val)
        for name, lr in RATES.items()
    }
    return max(scores, key=lambda name: scores[name])


LAST_BLOCKS = 1287
"""The row in which the last four of fourteen blocks begin."""


@cache
def _new_hands() -> float:
    X, y = digits().X, np.asarray(digits().y, dtype=int)
    A, scaler = standardize(X[:LAST_BLOCKS])
    models = [_train(A, y[:LAST_BLOCKS], seed) for seed in range(SEEDS)]
    return _accuracy(models, scaler.transform(X[LAST_BLOCKS:]), y[LAST_BLOCKS:])


def _shift(X: FloatArray, down: int, right: int) -> FloatArray:
    images = np.pad(X.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    return flatten(images[:, 1 - down : 9 - down, 1 - right : 9 - right])


@cache
def _moved_left() -> float:
    models, scaler = _networks()
    X, y = _parts()[1]
    return _accuracy(models, scaler.transform(_shift(X, 0, -1)), y)


@cache
def _prepared() -> dict[str, float]:
    """What the stored network reads of the held-out images, changed and then prepared."""
    X, y = _parts()[1]
    scans = bitmaps.enlarge(bitmaps.from_counts(X))
    changed = {
        "moved": bitmaps.move(scans, right=-12, down=0),
        "halved": bitmaps.resize(scans, 50),
        "thickened": bitmaps.thicken(scans, 9),
        "turned": bitmaps.turn(scans),
    }
    counts = {name: bitmaps.count_blocks(bitmaps.prepare(ink)) for name, ink in changed.items()}
    return {name: _accuracy([digit_reader()], x / 16, y) for name, x in counts.items()}


QUESTIONS = {
    "accuracy": Question(
        in_text={
            "accuracy": Number(
                estimate=True,
                symbol="s",
                answer=_held_out,
                absolute=0.02,
                decimals=2,
                mistakes={
                    "constant": _constant,
                    "misread": lambda: round(1 - _held_out(), 3),
                },
            )
        },
    ),
    "pixels": Question(
        in_text={
            "pixels": Choice(
                options=("inked", "varied", "constant", "none"),
                answer=_undivided,
                values=lambda: {"count": str(len(_broken()))},
            )
        },
    ),
    "rate": Question(
        in_text={"rate": Choice(estimate=True, options=tuple(RATES), answer=_best_rate)},
    ),
    "hands": Question(
        in_text={
            "hands": Number(
                estimate=True,
                symbol="s",
                answer=_new_hands,
                between=(0.9, 0.942),
                decimals=2,
                mistakes={
                    "unchanged": _held_out,
                    "lost": lambda: round(_held_out() - _new_hands(), 3),
                    "chance": lambda: 0.1,
                },
            )
        },
    ),
    "moved_digits": Question(
        in_text={
            "moved": Number(
                estimate=True,
                symbol="s",
                answer=_moved_left,
                absolute=0.07,
                decimals=2,
                mistakes={
                    "unharmed": _held_out,
                    "half": lambda: round(_held_out() / 2, 3),
                    "chance": lambda: 0.1,
                },
            )
        },
    ),
    "prepared": Question(
        in_text={
            "prepared": Choice(
                estimate=True,
                options=("moved", "halved", "thickened", "turned"),
                answer=lambda: min(_prepared(), key=lambda name: _prepared()[name]),
                values=lambda: {name: fixed(share) for name, share in _prepared().items()},
            )
        },
    ),
}
