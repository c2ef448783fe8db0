"""Part 4 of the reader's own network: a step downhill, and a training of many steps.

In which order a training takes the samples is up to the reader. So what is compared is not where it
ends, but how it goes: which samples it asks the slopes for, and where.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.exercises.given import parts as parts_of
from nnbook.exercises.given import parts_like
from nnbook.questions.code import Case, Code, Family
from nnlib._typing import FloatArray

Arrays = list[FloatArray]


def own_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches that divide the samples and that do not, of one and of all; one epoch, none; too few samples."""

    def drawn(n: int, d: int, h: int, m: int) -> tuple[Any, ...]:
        params = [rng.normal(size=shape) for shape in ((d, h), (h,), (h, m), (m,))]
        return params, rng.normal(size=(n, d)), rng.normal(size=(n, m))

    yield "ordinary", (*drawn(16, 1, 2, 1), 0.25, 4, 3, 0)
    yield "ordinary", (*drawn(14, 1, 2, 1), 0.5, 3, 3, 1)
    yield "batch", (*drawn(11, 3, 4, 2), 0.2, 2, 3, 2)
    yield "batch", (*drawn(9, 2, 2, 2), 0.1, 1, 2, 3)
    yield "edge", (*drawn(6, 2, 3, 1), 0.1, 6, 3, 4)
    yield "extreme", (*drawn(9, 3, 3, 3), 0.1, 20, 2, 5)
    yield "edge", (*drawn(11, 1, 3, 1), 0.1, 3, 1, 6)
    yield "extreme", (*drawn(7, 2, 3, 1), 0.1, 3, 0, 7)


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

        asked.__name__ = "slopes_of"
        rng = np.random.default_rng(seed)
        end = one(parts_like(train(params, X, Y, asked, lr, size, epochs, rng), *shapes))
        self.begins = bool(np.allclose([*places, end][0], start))
        self.lengths = lengths_of(np.diff([*places, end], axis=0), np.array(ways))

    def uses(self, samples: int, epochs: int) -> FloatArray:
        """How often each sample was used in each epoch, which lasts as many uses as samples."""
        used = [i for batch in self.batches for i in batch]
        uses = np.zeros((epochs, samples))
        for epoch, counts in enumerate(uses):
            np.add.at(counts, used[epoch * samples : (epoch + 1) * samples], 1)
        return uses

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


def in_order(samples: int, size: int) -> list[range]:
    """The batches of samples that are taken as they lie."""
    return [range(samples)[first : first + size] for first in range(0, samples, size)]


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
    yield len(walk.batches)
    yield [*map(len, walk.batches)]
    yield walk.strangers
    yield walk.uses(len(X), epochs)
    yield walk.begins
    yield walk.lengths
    orders, shuffles = walk.orders(epochs), size < len(X) and epochs > 0
    unshuffled = tuple(map(frozenset, in_order(len(X), size)))
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
    sizes = [len(batch) for batch in in_order(len(X), size)] * epochs
    uses = np.ones((epochs, len(X)))
    none, ones = np.zeros(len(sizes)), np.ones(len(sizes))
    return [*stepped, len(sizes), sizes, none, uses, True, ones, epochs, [1, 1]]


# -- Ways to go wrong ----------------------------------------------------------------------------


def step(params: Arrays, slopes: Arrays, lr: float) -> Arrays:
    """One step downhill."""
    return [p - lr * s for p, s in zip(params, slopes, strict=True)]


def rough(
    params: Arrays,
    X: FloatArray,
    Y: FloatArray,
    slopes_of: Callable[..., Arrays],
    lr: float,
    size: int,
    epochs: int,
    rng: np.random.Generator,
    *,
    order_of: Callable[..., Any] = lambda rng, n: rng.permutation(n),
    firsts: Callable[[int, int], Any] = lambda n, size: range(0, n, size),
    batch_of: Callable[..., Any] = lambda order, first, size, rng: order[first : first + size],
    target_of: Callable[..., Any] = lambda Y, batch, first: Y[batch],
    place: Callable[..., Any] = lambda now, at_epoch, at_start: now,
    kept: Callable[..., Any] = lambda new, old: new,
) -> Any:
    """A training with places to go wrong in."""
    now = params
    for _ in range(epochs):
        order, at_epoch = order_of(rng, len(X)), now
        for first in firsts(len(X), size):
            batch = batch_of(order, first, size, rng)
            at = place(now, at_epoch, params)
            slopes = slopes_of(at, X[batch], target_of(Y, batch, first))
            now = kept(step(now, slopes, lr), now)
    return now


def ending_early(*arguments: Any, steps: bool) -> Any:
    """A return ends the training after its first step, or after its first epoch."""
    params, X, Y, slopes_of, lr, size, epochs, rng = arguments
    order = rng.permutation(len(X))[: size if steps else None]
    return rough(params, X[order], Y[order], slopes_of, lr, size, 1, rng)


def from_the_start(params: Arrays, *arguments: Any) -> Any:
    """Each epoch begins at the given parameters again."""
    *data, epochs, rng = arguments
    ends = [rough(params, *data, 1, rng) for _ in range(epochs)]
    return ends[-1] if ends else params


def shuffled_once(params: Arrays, X: FloatArray, Y: FloatArray, *arguments: Any) -> Any:
    """The samples are shuffled before the first epoch only."""
    order = arguments[-1].permutation(len(X))
    return rough(params, X[order], Y[order], *arguments, order_of=lambda rng, n: np.arange(n))


def shuffled_apart(params: Arrays, X: FloatArray, Y: FloatArray, *arguments: Any) -> Any:
    """Samples and targets are shuffled, each in an order of its own."""
    rng = arguments[-1]
    return rough(params, X[rng.permutation(len(X))], Y[rng.permutation(len(X))], *arguments)


def seeded_inside(*arguments: Any) -> Any:
    """Another generator takes the place of the given one."""
    return rough(*arguments[:-1], np.random.default_rng(0))


def trains(**wrong: Callable[..., Any]) -> tuple[Any, Any]:
    """The right step, and a training that goes wrong in one place."""
    return step, lambda *arguments: rough(*arguments, **wrong)


def steps(wrong: Callable[..., Any]) -> tuple[Any, Any]:
    """A step that goes wrong."""
    return wrong, rough


def drawn(order: Any, first: int, size: int, rng: np.random.Generator) -> Any:
    """A batch that is drawn from all samples, whatever the batches before have used."""
    return rng.integers(len(order), size=len(order[first : first + size]))


def any_uses(got: FloatArray, want: FloatArray) -> bool:
    """Whether as many samples are used as there are, but not each of them once."""
    return want.ndim == 2 and bool((want == 1).all() and (got.sum(axis=1) == len(got.T)).all())


def any_strangers(got: FloatArray, want: FloatArray) -> bool:
    """Whether samples come with the targets of others."""
    return want.ndim == 1 and not want.any() and bool(got.any())


OWN = Code(
    kind="write",
    level=2,
    reference=wanted,
    cases=own_cases,
    use=watched,
    parts=(
        *(f"step {name}" for name in ("W1", "b1", "W2", "b2")),
        *(f"train {what}" for what in ("steps", "batches", "targets", "uses")),
        *(f"train {what}" for what in ("start", "lengths", "orders", "rng")),
    ),
    forbids={"nnlib"},
    mistakes={
        "another_generator": (step, seeded_inside),
        "another_seed": trains(order_of=lambda rng, n: np.random.default_rng().permutation(n)),
        "not_shuffled": trains(order_of=lambda rng, n: np.arange(n)),
        "shuffled_once": (step, shuffled_once),
        "step_not_kept": trains(kept=lambda new, old: old),
        "from_the_start": (step, from_the_start),
        "frozen_at_the_start": trains(place=lambda now, at_epoch, at_start: at_start),
        "frozen_in_an_epoch": trains(place=lambda now, at_epoch, at_start: at_epoch),
        "drawn_anew": Family(trains(batch_of=drawn), any_uses),
        "targets_as_they_lie": Family(
            trains(target_of=lambda Y, batch, first: Y[first : first + len(batch)]), any_strangers
        ),
        "all_targets": trains(target_of=lambda Y, batch, first: Y),
        "same_size": trains(batch_of=lambda order, first, size, rng: order[:size]),
        "whole_data": trains(batch_of=lambda order, first, size, rng: order),
        "last_batch_lost": trains(firsts=lambda n, size: range(0, n - size + 1, size)),
        "one_batch": trains(firsts=lambda n, size: [0]),
        "overlapping": trains(firsts=lambda n, size: range(n)),
        "returned_in_the_loop": (step, lambda *a: ending_early(*a, steps=True)),
        "returned_after_an_epoch": (step, lambda *a: ending_early(*a, steps=False)),
        "uphill": steps(lambda *a: [p + a[2] * s for p, s in zip(*a[:2], strict=True)]),
        "rate_forgotten": steps(lambda *a: [p - s for p, s in zip(*a[:2], strict=True)]),
        "slope_forgotten": steps(lambda params, slopes, lr: [p - lr for p in params]),
        "slope_divided": steps(lambda *a: [p - s / a[2] for p, s in zip(*a[:2], strict=True)]),
        "weights_alone": steps(
            lambda params, slopes, lr: [
                p - lr * s * (p.ndim > 1) for p, s in zip(params, slopes, strict=True)
            ]
        ),
        "nothing_moved": steps(lambda params, slopes, lr: [*params]),
        "movement_alone": steps(lambda params, slopes, lr: [-lr * s for s in slopes]),
        "first_parameter": steps(lambda params, slopes, lr: params[0] - lr * slopes[0]),
        "list_for_array": steps(lambda params, slopes, lr: params - lr * slopes),
    },
    swaps={
        "step_not_kept": ("params = step(params", "step(params"),
    },
)
