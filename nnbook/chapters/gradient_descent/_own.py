"""How a training of the reader's own network is watched.

In which order a training takes the samples is up to the reader. So what is compared is not where it
ends, but how it goes: which samples it asks the slopes for, and where.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.chapters.gradient_descent._batches import WAYS, nearly_equal
from nnbook.questions.given import parts as parts_of
from nnbook.questions.given import parts_like
from nnlib._typing import FloatArray

Arrays = list[FloatArray]


def slopes_of(params: Arrays, X: FloatArray, Y: FloatArray) -> Arrays:
    """Give the slopes of the MSE of a network with a layer of tanh."""
    W, b, V, c = params
    A = np.tanh(X @ W + b)
    G = 2 * (A @ V + c - Y) / Y.size
    D = (G @ V.T) * (1 - A**2)
    return [X.T @ D, D.sum(axis=0), A.T @ G, G.sum(axis=0)]


def one(params: Any) -> FloatArray:
    """All parameters as one list of numbers."""
    return np.concatenate([np.ravel(p) for p in params])


class Walk:
    """How a training goes.

    Attributes
    ----------
    batches : list
        The numbers of the samples in each step.
    strangers : list
        How many of these came with the target of another sample.
    lengths : array
        Of each step, in units of the rate times the slopes; 0 if it has another direction.
    begins : bool
        Whether the first step, or the result if there is none, is at the given parameters.
    """

    def __init__(
        self,
        train: Callable[..., Any],
        params: Arrays,
        X: FloatArray,
        Y: FloatArray,
        lr: float,
        size: int,
        epochs: int,
        seed: int,
    ) -> None:
        self.batches: list[tuple[int, ...]] = []
        self.strangers: list[int] = []
        places: list[FloatArray] = []
        ways: list[FloatArray] = []
        samples, targets = X.copy(), Y.copy()  # a training may shuffle what it is given
        start, shapes = one(params), [p.shape for p in params]

        def asked(params: Arrays, X: FloatArray, Y: FloatArray) -> Arrays:
            slopes, place = slopes_of(params, X, Y), one(params)
            same = (np.asarray(X)[:, np.newaxis] == samples).all(axis=2)
            rows = same.argmax(axis=1)[same.any(axis=1)]
            batch = tuple(rows.tolist())
            if not (places and batch == self.batches[-1] and (place == places[-1]).all()):
                self.batches.append(batch)  # else it is asked twice for one step
                known = len(rows) == len(Y)
                self.strangers.append((targets[rows] != Y).any(axis=1).sum() if known else len(Y))
                places.append(place)
                ways.append(-lr * one(slopes))
            return slopes

        asked.__name__ = asked.__qualname__ = "slopes_of"  # as an error calls it
        rng = np.random.default_rng(seed)
        end = one(parts_like(train(params, X, Y, asked, lr, size, epochs, rng), *shapes))
        self.begins = bool(np.allclose([*places, end][0], start))
        self.lengths = lengths_of(np.diff([*places, end], axis=0), np.array(ways))

    def uses(self, samples: int, epochs: int) -> FloatArray:
        """How often each sample was used in each epoch; one that had to wait counts as used."""
        used = [i for batch in self.batches for i in batch]
        length = len(used) // max(epochs, 1)
        uses = np.zeros((epochs, samples))
        for epoch, counts in enumerate(uses):
            np.add.at(counts, used[epoch * length : (epoch + 1) * length], 1)
            if counts.max() <= 1:
                counts[:] = 1
        return uses

    def way(self, samples: int, size: int, epochs: int) -> Callable[..., Any] | None:
        """How the samples are dealt out in batches, by their sizes."""
        sizes = [*map(len, self.batches)]
        return next((way for way in WAYS if sizes_of(way, samples, size, epochs) == sizes), None)

    def orders(self, epochs: int) -> list[tuple[frozenset[int], ...]]:
        """The batches of each epoch; how a batch is ordered within does not matter."""
        sets, count = [*map(frozenset, self.batches)], len(self.batches) // max(epochs, 1)
        return [tuple(sets[k * count : (k + 1) * count]) for k in range(epochs)]


def lengths_of(moves: FloatArray, ways: FloatArray) -> FloatArray:
    """How many times its way each move is long; 0 if it has another direction."""
    if not len(ways):
        return np.zeros(0)
    lengths = (moves * ways).sum(axis=1) / (ways * ways).sum(axis=1)
    aside = np.abs(moves - lengths[:, np.newaxis] * ways).max(axis=1)
    return np.where(aside <= 1e-6 * np.abs(ways).max(axis=1), lengths.round(6), 0.0)


def sizes_of(way: Callable[..., Any], samples: int, size: int, epochs: int) -> list[int]:
    """How many samples each step takes."""
    return [*map(len, way(range(samples), size))] * epochs


def watched(
    answer: tuple[Callable[..., Any], ...],
    params: Arrays,
    X: FloatArray,
    Y: FloatArray,
    lr: float,
    size: int,
    epochs: int,
    seed: int,
) -> Iterator[Any]:
    """What the reader's step gives, then how the training goes."""
    step, train = answer
    yield from parts_of(step(params, slopes_of(params, X, Y), lr), len(params))
    again = [copy.deepcopy((params, X, Y)) for _ in range(2)]
    walk = Walk(train, params, X, Y, lr, size, epochs, seed)
    sizes = [*map(len, walk.batches)]
    way = walk.way(len(X), size, epochs)
    if way is not None:  # then as if they were dealt out in batches of nearly equal size
        sizes = sizes_of(nearly_equal, len(X), size, epochs)
    left_out, lengths = len(sizes) - len(walk.batches), walk.lengths
    if left_out:  # the first step of each epoch stands for the one that is not taken
        rows = lengths.reshape(epochs, -1) if len(lengths) else np.ones((epochs, 0))
        lengths = np.insert(rows, 0, rows[:, 0] if rows.size else 1, axis=1).ravel()
    yield len(sizes)
    yield sizes
    yield np.append(walk.strangers, np.zeros(left_out))
    yield walk.uses(len(X), epochs)
    yield walk.begins
    yield lengths
    orders, shuffles = walk.orders(epochs), size < len(X) and epochs > 0
    unshuffled = tuple(map(frozenset, (way or nearly_equal)(range(len(X)), size)))
    yield len({*orders} - {unshuffled}) if shuffles else epochs
    same, other = (
        Walk(train, *given, lr, size, epochs, s).orders(epochs)
        for given, s in zip(again, (seed, seed + 100), strict=True)
    )
    yield [orders == same, orders != other] if shuffles else [True, True]


def wanted(
    params: Arrays,
    X: FloatArray,
    Y: FloatArray,
    lr: float,
    size: int,
    epochs: int,
    seed: int,
) -> list[Any]:
    """What a right step gives, and how every right training goes."""
    stepped = [p - lr * s for p, s in zip(params, slopes_of(params, X, Y), strict=True)]
    sizes = sizes_of(nearly_equal, len(X), size, epochs)
    uses = np.ones((epochs, len(X)))
    none, ones = np.zeros(len(sizes)), np.ones(len(sizes))
    return [*stepped, len(sizes), sizes, none, uses, True, ones, epochs, [1, 1]]
