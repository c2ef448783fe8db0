"""Networks that write names: over random splits of the names, each trained as the chapter does."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

import nnlib
from nnlib._typing import FloatArray, IntArray

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


def distances(word: str, names: list[str]) -> IntArray:
    """How many letters have to be changed, added or taken away to make each name of a word."""
    length = max(map(len, names))
    letters = np.array([list(name.ljust(length)) for name in names])
    before = np.broadcast_to(np.arange(length + 1), (len(names), length + 1))
    for i, letter in enumerate(word, start=1):
        now = np.empty_like(before)
        now[:, 0] = i
        for j in range(1, length + 1):
            changed = before[:, j - 1] + (letters[:, j - 1] != letter)
            now[:, j] = np.minimum(changed, 1 + np.minimum(before[:, j], now[:, j - 1]))
        before = now
    return before[np.arange(len(names)), [len(name) for name in names]]


def written(
    model: nnlib.Sequential, count: int, temperature: float, rng: np.random.Generator
) -> list[str]:
    """So many words of a network."""
    return [nnlib.write(model, rng=rng, temperature=temperature) for _ in range(count)]


def apart(words: list[str], names: list[str]) -> FloatArray:
    """How far each word is from the nearest of the names."""
    return np.array([distances(word, names).min() for word in words], float)


@lru_cache(maxsize=64)
def new_apart(split: int) -> float:
    """How far the test names are from the nearest of the training names, on average."""
    train, _, test = names_of(split)
    return float(apart(test, train).mean())


@lru_cache(maxsize=1024)
def written_apart(
    split: int, temperature: float, count: int, **how: Any
) -> tuple[IntArray, FloatArray]:
    """How long what a network writes is, and how far from the nearest of the training names."""
    rng = np.random.default_rng(split + 1)
    words = written(trained(split, kind="window", **how), count, temperature, rng)
    return np.array([len(word) for word in words]), apart(words, names_of(split)[0])
