"""The questions on networks of convolutions, and on what a comparison of them shows."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.chapters.pictures.networks import read
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib.convolution import MaxPool2d

NETWORKS = ("dense", "blocks", "whole")


def _size(side: int, kernels: int, poolings: int) -> Number:
    left, numbers = side, 0
    for _ in range(poolings):
        numbers = MaxPool2d((left, left, kernels))(np.zeros((1, left**2 * kernels))).size
        left = round((numbers / kernels) ** 0.5)
    return number(
        "n",
        numbers,
        {"side": side, "kernels": kernels, "poolings": poolings, "left": left},
        {
            "one_side": side * left * kernels,
            "channels": left**2,
            "none": side**2 * kernels,
        },
        absolute=0.4,
    )


def _scales(ink: int, here: float, there: float) -> Number:
    return number(
        "k",
        here / there,
        {"ink": ink, "here": here, "there": there},
        {"same": 1, "inverse": there / here, "difference": here - there},
        relative=0.02,
    )


def _alone(dense: float, flat: float, blocks: float) -> Number:
    return number(
        "g",
        blocks - flat,
        {"dense": dense, "flat": flat, "blocks": blocks},
        {"together": blocks - dense, "convolutions": flat - dense, "level": blocks},
        absolute=0.004,
    )


def _best(
    moved: float,
    dense: tuple[float, float],
    blocks: tuple[float, float],
    whole: tuple[float, float],
) -> Choice:
    read = {
        name: (1 - moved) * still + moved * away
        for name, (still, away) in zip(NETWORKS, (dense, blocks, whole), strict=True)
    }
    values: dict[str, object] = {"moved": moved}
    for name, pair in zip(NETWORKS, (dense, blocks, whole), strict=True):
        values |= {f"{name}_still": pair[0], f"{name}_away": pair[1], f"{name}_read": read[name]}
    return choice(NETWORKS, max(read, key=lambda name: read[name]), values)


# -- What experiments tell: on the first splits ----------------------------------------------------

SPLITS = range(2)
MOVES = ("left", "right", "up", "down")
CLEAR = 0.1
"""A difference of accuracies that is none of chance, on so few test sets."""


@cache
def _read(kind: str, *moves: str) -> float:
    rate, epochs = (0.3, 30) if kind == "dense" else (0.2, 15)
    return float(read(SPLITS, kind, *moves, rate=rate, epochs=epochs).mean())


def _harmless() -> str:
    if _read("blocks", "none") - _read("blocks", *MOVES) < CLEAR:
        return "unharmed"
    return "better" if _read("blocks", *MOVES) - _read("dense", *MOVES) > CLEAR else "same"


def _without_pooling() -> str:
    dense, flat, blocks = (_read(kind, *MOVES) for kind in ("dense", "flat", "blocks"))
    left = (flat - dense) / (blocks - dense)
    return "all" if left > 3 / 4 else "half" if left > 3 / 8 else "little"


QUESTIONS = {
    "size": Question(
        "sec-pictures-network",
        "sizes",
        _size,
        (
            (8, 16, 28, 32, 64, 12, 20, 24, 40),
            (20, 10, 16, 8, 4, 5, 6, 3, 10),
            (2, 2, 2, 3, 4, 1, 2, 3, 3),
        ),
        level="apply",
    ),
    "scales": Question(
        "sec-pictures-network",
        "one-scale",
        _scales,
        (
            (8, 10, 6, 16, 4, 12, 8, 15, 9),
            (5, 6, 4, 6, 3, 4.5, 5, 3, 2),
            (0.5, 0.2, 0.1, 1.5, 0.4, 0.5, 2.5, 0.05, 0.8),
        ),
        level="apply",
    ),
    "alone": Question(
        "sec-pictures-which",
        "take-away",
        _alone,
        (
            (0.42, 0.3, 0.5, 0.25, 0.61, 0.44, 0.38, 0.2, 0.55),
            (0.46, 0.33, 0.7, 0.6, 0.63, 0.56, 0.4, 0.28, 0.57),
            (0.7, 0.65, 0.75, 0.7, 0.8, 0.6, 0.85, 0.9, 0.62),
        ),
        level="apply",
    ),
    "best": Question(
        "sec-pictures-which",
        "choose",
        _best,
        (
            (0.0, 0.5, 0.1, 1.0, 0.2, 0.8, 0.05, 0.3, 0.5),
            ((0.97, 0.4),) * 4 + ((0.99, 0.5), (0.9, 0.6), (0.99, 0.9), (0.98, 0.4), (0.9, 0.85)),
            ((0.98, 0.7),) * 3
            + ((0.95, 0.65), (0.96, 0.7), (0.92, 0.7), (0.97, 0.95), (0.97, 0.75), (0.88, 0.8)),
            ((0.96, 0.95),) * 3
            + ((0.9, 0.6), (0.9, 0.6), (0.85, 0.8), (0.9, 0.9), (0.8, 0.8), (0.7, 0.7)),
        ),
        level="apply",
    ),
    "harmless": Question(
        in_text={"harmless": Choice(options=("unharmed", "better", "same"), answer=_harmless)},
        level="relate",
    ),
    "without_pooling": Question(
        in_text={
            "without_pooling": Choice(options=("all", "half", "little"), answer=_without_pooling)
        },
        level="relate",
    ),
}
