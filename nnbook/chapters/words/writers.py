"""Networks that write names: over random splits of the names, each trained as the chapter does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

import nnlib
from nnlib._typing import IntArray

COUNT = len(nnlib.LETTERS)
TRAIN, VALIDATION = 995, 200
"""How many names train, and how many choose; the other 200 judge."""
SIZES = {"window": (10, 64), "attention": (16, 33)}
"""Numbers for a letter, and hidden neurons: some 4,000 parameters each."""

Pair = tuple[IntArray, IntArray]


@lru_cache(maxsize=64)
def names_of(split: int) -> tuple[list[str], list[str], list[str]]:
    """The names for training, validation and test, drawn anew for each split."""
    names = nnlib.datasets.dinosaurs()
    order = np.random.default_rng(split).permutation(len(names))
    first, second, third = np.split(order, [TRAIN, TRAIN + VALIDATION])
    train, validation, test = ([names[i] for i in part] for part in (first, second, third))
    return train, validation, test


@lru_cache(maxsize=256)
def windows_of(split: int, length: int) -> tuple[Pair, Pair, Pair]:
    """Their windows."""
    train, validation, test = (nnlib.windows(names, length) for names in names_of(split))
    return train, validation, test


def network(
    kind: str, length: int, size: int, hidden: int, rng: np.random.Generator
) -> nnlib.Sequential:
    """Make a network that guesses the next letter: a window, or attention with 32 numbers a key."""
    layers: list[nnlib.Layer] = [nnlib.Embedding(COUNT, size, length=length, rng=rng)]
    width = length * size
    if kind == "attention":
        width = 32
        layers.append(nnlib.Places(length, size, rng=rng))
        layers.append(nnlib.Attention(length, width, width=size, rng=rng))
    return nnlib.Sequential(
        *layers,
        nnlib.Linear(width, hidden, rng=rng, init="glorot"),
        nnlib.Tanh(),
        nnlib.Linear(hidden, COUNT, rng=rng, init="glorot"),
    )


@lru_cache(maxsize=1024)
def trained(
    split: int,
    *,
    kind: str,
    length: int,
    rate: float,
    epochs: int,
    batch: int,
    wide: float,
) -> nnlib.Sequential:
    """A network that has learned from the training names; `wide` multiplies its hidden neurons."""
    rng = np.random.default_rng(split)
    size, hidden = SIZES[kind]
    model = network(kind, length, size, round(wide * hidden), rng)
    nnlib.fit(
        model,
        *windows_of(split, length)[0],
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(model.parameters(), lr=rate),
        epochs=epochs,
        batch_size=batch,
        rng=rng,
        evaluate_training=False,
    )
    return model


def test_loss(split: int, **how: Any) -> float:
    """The mean cross-entropy of such a network on the test names."""
    X, y = windows_of(split, how["length"])[2]
    return float(nnlib.cross_entropy_with_logits(trained(split, **how).predict(X), y))


def counted_loss(split: int, prior: float) -> float:
    """The same for counting three letters back; each length adds `prior` guesses of the shorter."""
    (X, y), _, (X_test, y_test) = windows_of(split, 3)
    counts = np.zeros((COUNT,) * 4)
    np.add.at(counts, (*X.T, y), 1)
    p = np.array(1 / COUNT)
    for length in range(4):
        c = counts.sum(axis=tuple(range(3 - length)))
        p = (c + prior * p) / (c.sum(axis=-1, keepdims=True) + prior)
    return float(-np.mean(np.log(p[(*X_test.T, y_test)])))


def written(
    model: nnlib.Sequential, count: int, temperature: float, rng: np.random.Generator
) -> list[str]:
    """So many words of a network."""
    return [nnlib.write(model, rng=rng, temperature=temperature) for _ in range(count)]
