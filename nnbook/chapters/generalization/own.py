"""Part 9 of the reader's own network: right answers on new data, and a stop in time.

A training shuffles, and each reader may do it in another way. So the batches of these cases come
out the same in every order: all samples at once, or copies of one sample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code
from nnbook.questions.given import arrays_of_shapes
from nnlib import cross_entropy_with_logits as loss_of
from nnlib import small, softmax
from nnlib._typing import FloatArray, IntArray

Params = Sequence[FloatArray]
Labeled = tuple[FloatArray, IntArray]
Problem = tuple[list[FloatArray], Labeled, Labeled]


def tried(
    answers: Sequence[Callable[..., Any]],
    params: Params,
    training: Labeled,
    validation: Labeled,
    lr: float,
    size: int,
    epochs: int,
    patience: int,
) -> Iterator[Any]:
    """What the two functions give, in the order of `PARTS`."""
    accuracy, train_until = answers
    yield accuracy(params, *validation)
    options = {"lr": lr, "size": size, "epochs": epochs, "patience": patience}
    rng = np.random.default_rng(0)
    found = train_until(params, *training, *validation, *options.values(), rng)
    yield from arrays_of_shapes(found, *(p.shape for p in params))


def right(*given: Any) -> Any:
    """What the book's functions give."""
    return tried((small.accuracy, small.train_until), *given)


PARTS = ("accuracy", *(f"train_until {name}" for name in ("W1", "b1", "W2", "b2")))


def problem(seed: int, n: int, d: int, h: int, k: int) -> Problem:
    """Random parameters, and two sets with labels that have nothing to do with the inputs."""
    rng = np.random.default_rng(seed)
    X, X_val = rng.normal(size=(n, d)), rng.normal(size=(n, d))
    y, y_val = (rng.permutation(np.arange(n) % k) for _ in range(2))
    params: list[FloatArray] = []
    params += [rng.normal(size=shape) for shape in ((d, h), (h,), (h, k), (k,))]
    return params, (X, y), (X_val, y_val)


def copies(seed: int, n: int) -> Problem:
    """The same, but the training set has one sample n times."""
    params, (X, y), validation = problem(seed, 4, 2, 3, 2)
    return params, (X[:1].repeat(n, axis=0), y[:1].repeat(n)), validation


def training_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Rates so large that the validation loss goes up and down, in ways of which each is another.

    It ends before the epochs do, because of them, at once; the best epoch is the first, the last,
    one in the middle. The first one is always better than the start, which may count or not.
    """
    plain = [np.eye(2), np.zeros(2), np.eye(2), np.zeros(2)]  # its raw outputs are its inputs
    training = np.array([[3.0, 1.0], [0.0, 1.0]]), np.array([1, 1])
    X_val = np.array([[3.0, 1.0], [1.0, 2.0], [0.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    yield "ordinary", (plain, training, (X_val, np.array([1, 1, 1, 0, 1])), 0.1, 2, 3, 5)
    yield "batch", (*problem(605, 6, 2, 3, 2), 1.0, 6, 12, 2)
    yield "batch", (*problem(3136, 5, 3, 4, 3), 0.7, 5, 12, 2)
    yield "batch", (*problem(2141, 8, 2, 4, 3), 1.5, 8, 14, 3)
    yield "batch", (*problem(8182, 6, 2, 3, 3), 1.5, 6, 14, 3)
    yield "batch", (*problem(70, 6, 2, 3, 2), 1.0, 6, 6, 2)
    yield "batch", (*problem(605, 6, 2, 3, 2), 1.0, 50, 12, 1)
    yield "edge", (*problem(605, 6, 2, 3, 2), 1.0, 6, 1, 5)
    for n, size in ((6, 2), (7, 3)):
        yield "batch", (*copies(3, n), 0.1, size, 3, 5)


# -- Mistakes ---------------------------------------------------------------------------------


def share_right(params: Params, X: FloatArray, labels: IntArray) -> Any:
    """The accuracy as it should be."""
    return small.accuracy(params, X, labels)


def untiringly(
    *,
    judge: Callable[..., Any] = lambda params, training, validation: loss_of(
        small.forward(params, validation[0])[2], validation[1]
    ),
    better: Callable[[Any, Any], bool] = lambda new, old: new < old,
    result: Callable[..., Any] = lambda best, last, least: best,
    start: Callable[[Params, Params], Params] = lambda first, last: last,
    waits: Callable[[int], float] = lambda patience: patience,
    counts: Callable[[int], int] = lambda waited: 0,
    keep_least: bool = True,
    at_a_time: Callable[[int], int] = lambda epochs: 1,
    whole: bool = False,
    learn: Callable[..., Any] = small.train,
) -> Callable[..., Any]:
    """Return a training with an early stop in which one thing is otherwise."""

    def train_until(
        params: Params,
        X: FloatArray,
        labels: IntArray,
        X_val: FloatArray,
        labels_val: IntArray,
        lr: float,
        size: int,
        epochs: int,
        patience: int,
        rng: np.random.Generator,
    ) -> Any:
        first = last = best = params
        least, waited = np.inf, 0
        for _ in range(epochs):
            begin = start(first, last)
            batch = len(X) if whole else size
            last = learn(begin, X, labels, small.slopes, lr, batch, at_a_time(epochs), rng)
            loss = judge(last, (X, labels), (X_val, labels_val))
            if better(loss, least):
                best, least = last, loss if keep_least else least
                waited = counts(waited)
            else:
                waited += 1
            if waited >= waits(patience):
                break
        return result(best, last, least)

    return train_until


def in_place(
    params: Params, X: FloatArray, y: IntArray, slopes: Any, lr: float, *rest: Any
) -> Params:
    """A training that writes into the arrays that it is given."""
    for p, new in zip(params, small.train(params, X, y, slopes, lr, *rest), strict=True):
        p[...] = new
    return params


def uphill(
    params: Params, X: FloatArray, y: IntArray, slopes: Any, lr: float, *rest: Any
) -> Params:
    """A training with the wrong sign."""
    return small.train(params, X, y, slopes, -lr, *rest)


def with_slopes(
    params: Params, X: FloatArray, y: IntArray, slopes: Any, lr: float, *rest: Any
) -> Params:
    """A training that is handed arrays instead of a function."""
    return small.train(params, X, y, slopes(params, X, y), lr, *rest)


def answers(
    accuracy: Callable[..., Any] = share_right, train_until: Callable[..., Any] = small.train_until
) -> Any:
    """The right functions, or one in the place of each."""
    return accuracy, train_until


def outputs(params: Params, X: FloatArray) -> FloatArray:
    """The raw outputs."""
    return small.forward(params, X)[2]


OWN = Code(
    kind="write",
    level=2,
    reference=right,
    cases=training_cases,
    use=tried,
    parts=PARTS,
    forbids={"nnlib"},
    rtol=1e-6,
    atol=1e-9,
    mistakes={
        "number_right": answers(lambda p, X, y: np.sum(outputs(p, X).argmax(axis=1) == y)),
        "percentage": answers(lambda p, X, y: 100 * share_right(p, X, y)),
        "share_wrong": answers(lambda p, X, y: 1 - share_right(p, X, y)),
        "samples_for_classes": answers(lambda p, X, y: np.mean(outputs(p, X).argmax(axis=0) == y)),
        "one_class_for_all": answers(lambda p, X, y: np.mean(outputs(p, X).argmax() == y)),
        "not_averaged": answers(lambda p, X, y: outputs(p, X).argmax(axis=1) == y),
        "probability_for_answer": answers(
            lambda p, X, y: np.mean(softmax(outputs(p, X), axis=1)[np.arange(len(X)), y])
        ),
        "largest_output_for_place": answers(
            lambda p, X, y: np.mean(outputs(p, X).max(axis=1) == y)
        ),
        "hidden_for_outputs": answers(
            lambda p, X, y: np.mean(small.forward(p, X)[1].argmax(axis=1) == y)
        ),
        "smallest_wins": answers(lambda p, X, y: np.mean(outputs(p, X).argmin(axis=1) == y)),
        "last_returned": answers(train_until=untiringly(result=lambda best, last, least: last)),
        "start_returned": answers(train_until=lambda params, *rest: params),
        "training_set_judges": answers(
            train_until=untiringly(
                judge=lambda p, training, validation: loss_of(outputs(p, training[0]), training[1])
            )
        ),
        "validation_set_trains": answers(
            train_until=lambda p, X, y, *rest: small.train_until(p, *rest[:2], *rest)
        ),
        "hidden_sums_judge": answers(
            train_until=untiringly(
                judge=lambda p, training, validation: loss_of(
                    small.forward(p, validation[0])[0], validation[1]
                )
            )
        ),
        "accuracy_judges": answers(
            train_until=untiringly(
                judge=lambda p, training, validation: share_right(p, *validation),
                better=lambda new, old: old == np.inf or new > old,
            )
        ),
        "worst_kept": answers(
            train_until=untiringly(better=lambda new, old: old == np.inf or new > old)
        ),
        "never_stops": answers(train_until=untiringly(waits=lambda patience: np.inf)),
        "stops_at_once": answers(train_until=untiringly(waits=lambda patience: 1)),
        "one_epoch_too_many": answers(train_until=untiringly(waits=lambda patience: patience + 1)),
        "one_epoch_too_few": answers(
            train_until=untiringly(waits=lambda patience: max(1, patience - 1))
        ),
        "count_not_reset": answers(train_until=untiringly(counts=lambda waited: waited)),
        "all_epochs_counted": answers(train_until=untiringly(counts=lambda waited: waited + 1)),
        "least_not_kept": answers(train_until=untiringly(keep_least=False)),
        "starts_again": answers(train_until=untiringly(start=lambda first, last: first)),
        "all_epochs_at_once": answers(train_until=untiringly(at_a_time=lambda epochs: epochs)),
        "slopes_called": answers(train_until=untiringly(learn=with_slopes)),
        "size_ignored": answers(train_until=untiringly(whole=True)),
        "uphill": answers(train_until=untiringly(learn=uphill)),
        "loss_too": answers(train_until=untiringly(result=lambda best, last, least: (best, least))),
    },
)
