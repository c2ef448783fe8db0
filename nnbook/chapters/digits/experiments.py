"""The questions on what the experiments of the chapter find."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.chapters.digits.splits import MOVES, moved, with_copies
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question
from nnlib import SGD, Scaler, Sequential, fit, mlp, split
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import digits
from nnlib.metrics import accuracy
from nnlib.preprocessing import standardize

Part = tuple[FloatArray, IntArray]


SEEDS = 12
"""Fewer than the chapter's twenty, which take too long; two decimals come out the same."""


@cache
def _parts() -> tuple[Part, Part, Part, Part]:
    """The chapter's parts: training, test; and of the training: to fit, to validate."""
    data, rng = digits(), np.random.default_rng(0)
    X, X_test, y, y_test = split(data.X, data.y, rng=rng)
    X_fit, X_val, y_fit, y_val = split(X, y, rng=rng)
    return (X, y), (X_test, y_test), (X_fit, y_fit), (X_val, y_val)


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
def _test() -> float:
    models, scaler = _networks()
    X, y = _parts()[1]
    return _accuracy(models, scaler.transform(X), y)


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


LAST_BLOCKS = 1287
"""The row in which the last four of fourteen blocks begin."""


@cache
def _new_hands() -> float:
    X, y = digits().X, np.asarray(digits().y, dtype=int)
    A, scaler = standardize(X[:LAST_BLOCKS])
    models = [_train(A, y[:LAST_BLOCKS], seed) for seed in range(SEEDS)]
    return _accuracy(models, scaler.transform(X[LAST_BLOCKS:]), y[LAST_BLOCKS:])


@cache
def _moved_left() -> float:
    models, scaler = _networks()
    X, y = _parts()[1]
    return _accuracy(models, scaler.transform(moved(X, *MOVES["left"])), y)


@cache
def _scaler_alone() -> str:
    """What a scaler that knows moved images does to networks that were trained on none."""
    (X, y), (X_test, y_test) = _parts()[:2]
    scaler = standardize(with_copies(X))[1]
    models = [_train(scaler.transform(X), y, seed) for seed in range(2)]
    left = _accuracy(models, scaler.transform(moved(X_test, *MOVES["left"])), y_test)
    gain = left - _moved_left()
    return "same" if abs(gain) < 0.05 else "better" if gain > 0 else "worse"


QUESTIONS = {
    "pixels": Question(
        in_text={
            "pixels": Choice(
                options=("inked", "varied", "constant", "none"),
                answer=_undivided,
                values=lambda: {"count": str(len(_broken()))},
            )
        },
        level="relate",
    ),
    "seeds": Question(
        in_text={"seeds": Choice(options=("these", "others", "none"), answer=lambda: "these")},
        level="relate",
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
                    "unchanged": _test,
                    "lost": lambda: round(_test() - _new_hands(), 3),
                    "chance": lambda: 0.1,
                },
            )
        },
        level="relate",
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
                    "unharmed": _test,
                    "half": lambda: round(_test() / 2, 3),
                    "chance": lambda: 0.1,
                },
            )
        },
        level="relate",
    ),
    "scaler_alone": Question(
        in_text={"scaler_alone": Choice(options=("better", "same", "worse"), answer=_scaler_alone)},
        level="relate",
    ),
}
