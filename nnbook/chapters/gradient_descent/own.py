"""Part 4 of the reader's own network: a step downhill, and a training of many steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.chapters.gradient_descent._batches import nearly_equal
from nnbook.chapters.gradient_descent._own import Arrays, wanted, watched
from nnbook.questions.code import Case, Code, Family
from nnlib._typing import FloatArray


def own_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Batches that divide the samples or not, of one and of all; one epoch, none."""

    def drawn(n: int, d: int, h: int, m: int) -> tuple[Any, ...]:
        params = [rng.normal(size=shape) for shape in ((d, h), (h,), (h, m), (m,))]
        return params, rng.normal(size=(n, d)), rng.normal(size=(n, m))

    plain = [np.array([[1.0, -1.0]]), np.array([0.5, 0.0]), np.array([[2.0], [1.0]]), np.zeros(1)]
    yield "ordinary", (plain, *drawn(16, 1, 2, 1)[1:], 0.25, 4, 3, 0)
    yield "ordinary", (*drawn(14, 1, 2, 1), 0.5, 3, 3, 1)
    yield "batch", (*drawn(11, 3, 4, 2), 0.2, 2, 3, 2)
    yield "batch", (*drawn(9, 2, 2, 2), 0.1, 1, 2, 3)
    yield "edge", (*drawn(6, 2, 3, 1), 0.1, 6, 3, 4)
    yield "extreme", (*drawn(9, 3, 3, 3), 0.1, 20, 2, 5)
    yield "edge", (*drawn(11, 1, 3, 1), 0.1, 3, 1, 6)
    yield "extreme", (*drawn(7, 2, 3, 1), 0.1, 3, 0, 7)


# -- Ways to go wrong ----------------------------------------------------------------------------


def step(params: Arrays, slopes: Arrays, lr: float) -> Arrays:
    """One step downhill."""
    return [p - lr * s for p, s in zip(params, slopes, strict=True)]


def rough(
    *arguments: Any,
    order_of: Callable[..., Any] = lambda rng, n: rng.permutation(n),
    batches: Callable[..., Any] = lambda order, size, rng: nearly_equal(order, size),
    target_of: Callable[..., Any] = lambda Y, batch, first: Y[batch],
    place: Callable[..., Any] = lambda now, at_epoch, at_start: now,
    kept: Callable[..., Any] = lambda new, old: new,
) -> Any:
    """A training with places to go wrong in."""
    params, X, Y, slopes_of, lr, size, epochs, rng = arguments
    now = params
    for _ in range(epochs):
        order, at_epoch, first = order_of(rng, len(X)), now, 0
        for batch in batches(order, size, rng):
            at = place(now, at_epoch, params)
            slopes = slopes_of(at, X[batch], target_of(Y, batch, first))
            now = kept(step(now, slopes, lr), now)
            first += len(batch)
    return now


def ending_early(*arguments: Any, steps: bool) -> Any:
    """A return ends the training after its first step, or after its first epoch."""
    params, X, Y, slopes_of, lr, size, _, rng = arguments
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


def seeded_inside(*arguments: Any) -> Any:
    """Another generator takes the place of the given one."""
    return rough(*arguments[:-1], np.random.default_rng(0))


def without_params(
    params: Arrays, X: FloatArray, Y: FloatArray, slopes_of: Callable[..., Any], *rest: Any
) -> Any:
    """The slopes are asked for a batch, but not at which parameters."""
    return rough(params, X, Y, lambda at, *batch: slopes_of(*batch), *rest)


def trains_by(wrong: Callable[..., Any]) -> Any:
    """The right step, and a training that goes wrong."""
    return step, wrong


def trains(**wrong: Any) -> Any:
    """The right step, and a training that goes wrong in one place."""
    return trains_by(lambda *arguments: rough(*arguments, **wrong))


def steps(wrong: Callable[..., Any]) -> Any:
    """A step that goes wrong."""
    return wrong, rough


def drawn(order: Any, size: int, rng: np.random.Generator) -> Any:
    """Batches that are drawn from all samples, whatever the batches before have used."""
    return [rng.integers(len(order), size=len(batch)) for batch in nearly_equal(order, size)]


def each_instead(piece: Callable[[Any, int, int], Any]) -> Callable[..., Any]:
    """Batches that are no pieces: `piece` makes each from the order, its first place and size."""
    return lambda order, size, rng: [piece(order, k, size) for k in range(0, len(order), size)]


def any_uses(got: FloatArray, want: FloatArray) -> bool:
    """Whether as many samples are used as there are, but not each of them once."""
    return want.ndim == 2 and bool((want == 1).all() and (got.sum(axis=1) == len(got.T)).all())


def any_strangers(got: FloatArray, want: FloatArray) -> bool:
    """Whether samples come with the targets of others."""
    return want.ndim == 1 and not want.any() and bool(got.any())


OWN = Code(
    kind="write",
    level=1,
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
        "another_generator": trains_by(seeded_inside),
        "another_seed": trains(order_of=lambda rng, n: np.random.default_rng().permutation(n)),
        "not_shuffled": trains(order_of=lambda rng, n: np.arange(n)),
        "shuffled_once": trains_by(shuffled_once),
        "step_not_kept": trains(kept=lambda new, old: old),
        "from_the_start": trains_by(from_the_start),
        "frozen_at_the_start": trains(place=lambda now, at_epoch, at_start: at_start),
        "frozen_in_an_epoch": trains(place=lambda now, at_epoch, at_start: at_epoch),
        "drawn_anew": Family(trains(batches=drawn), any_uses),
        "targets_as_they_lie": Family(
            trains(target_of=lambda Y, batch, first: Y[first : first + len(batch)]), any_strangers
        ),
        "all_targets": trains(target_of=lambda Y, batch, first: Y),
        "rows_for_numbers": trains(
            batches=each_instead(lambda order, first, size: order[first : first + size] + 0.5)
        ),
        "ends_at_size": trains(batches=each_instead(lambda order, first, size: order[first:size])),
        "params_not_handed": trains_by(without_params),
        "same_size": trains(batches=each_instead(lambda order, first, size: order[:size])),
        "whole_data": trains(batches=each_instead(lambda order, first, size: order)),
        "as_many_as_size": trains(batches=lambda order, size, rng: np.array_split(order, size)),
        "one_batch": trains(batches=lambda order, size, rng: [order[:size]]),
        "overlapping": trains(
            batches=lambda order, size, rng: [order[k : k + size] for k in range(len(order))]
        ),
        "returned_in_the_loop": trains_by(lambda *a: ending_early(*a, steps=True)),
        "returned_after_an_epoch": trains_by(lambda *a: ending_early(*a, steps=False)),
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
        "not_shuffled": ("rng.permutation(len(X))", "np.arange(len(X))"),
        "as_many_as_size": ("-(-len(X) // size)", "size"),
        "step_not_kept": ("params = step(params", "step(params"),
    },
)
