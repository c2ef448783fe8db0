"""A task for which attention is made: the last letter asks which of the others is wanted."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

import nnlib
from nnbook.chapters.words.writers import COUNT, Pair

VOWELS, LATE, OTHERS, ASKED = (
    np.array([nnlib.LETTERS.index(letter) for letter in letters])
    for letters in ("aeiou", "vwxyz", "bcdfghjklm", "pq")
)


def asked(count: int, length: int, rng: np.random.Generator) -> Pair:
    """Draw rows of letters with one of a e i o u, one of v w x y z, and p or q at the end.

    After p the answer is the vowel, after q the other one, wherever they are.
    """
    X = rng.choice(OTHERS, (count, length))
    rows, which = np.arange(count), rng.integers(2, size=count)
    places = rng.permuted(np.tile(np.arange(length - 1), (count, 1)), axis=1)[:, :2]
    X[rows, places[:, 0]] = rng.choice(VOWELS, count)
    X[rows, places[:, 1]] = rng.choice(LATE, count)
    X[:, -1] = ASKED[which]
    return X, X[rows, places[rows, which]]


def asked_network(
    kind: str, length: int, hidden: int, rng: np.random.Generator
) -> nnlib.Sequential:
    """Make a window or an attention: with 32 or 52 hidden neurons of some 3,000 parameters."""
    first: list[nnlib.Layer] = [nnlib.Embedding(COUNT, 8, length=length, rng=rng)]
    width = 8 * length
    if kind == "attention":
        first += [nnlib.Places(length, 8, rng=rng), nnlib.Attention(length, 16, width=8, rng=rng)]
        width = 16
    return nnlib.Sequential(
        *first,
        nnlib.Linear(width, hidden, rng=rng, init="glorot"),
        nnlib.Tanh(),
        nnlib.Linear(hidden, COUNT, rng=rng, init="glorot"),
    )


@lru_cache(maxsize=1024)
def answers(
    seed: int,
    *,
    kind: str,
    hidden: int,
    rows: int,
    length: int,
    rate: float,
    epochs: int,
    batch: int,
) -> float:
    """Train on so many rows; return the share of right answers to 500 others."""
    rng = np.random.default_rng(seed)
    (X, y), (X_new, y_new) = asked(rows, length, rng), asked(500, length, rng)
    model = asked_network(kind, length, hidden, rng)
    nnlib.fit(
        model,
        X,
        y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(model.parameters(), lr=rate),
        epochs=epochs,
        batch_size=batch,
        rng=rng,
        evaluate_training=False,
    )
    return nnlib.accuracy(model.predict(X_new), y_new)
