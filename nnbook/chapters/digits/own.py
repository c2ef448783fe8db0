"""Part 10 of the reader's own network: the training of the digits.

Readers may draw the parameters in their own way. With a rate of 0 an answer gives away from where
it starts; what it then does is judged as if it had started where the book does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code
from nnbook.questions.given import arrays_of_shapes
from nnlib import small, standardize
from nnlib._typing import FloatArray, IntArray

Labeled = tuple[FloatArray, IntArray]
Options = Mapping[str, Any]
Params = list[FloatArray]

PIXELS, CLASSES, SEED = 64, 10, 5
DEFAULTS: Options = {"h": 64, "lr": 0.3, "size": 32, "epochs": 30}
PARTS = (*(f"train_digits {name}" for name in ("W1", "b1", "W2", "b2")), "train_digits rng")


def tried(
    answer: Callable[..., Any], training: Labeled, validation: Labeled, options: Options
) -> Iterator[Any]:
    """The parameters that come out, and whether they depend on the generator, on nothing else."""
    every = {**DEFAULTS, **options}  # a reader may have chosen other defaults
    h = every["h"]

    def run(seed: int = SEED, **changed: Any) -> Params:
        rng = np.random.default_rng(seed)
        found = answer(*training, *validation, rng, **{**every, **changed})
        return arrays_of_shapes(found, (PIXELS, h), (h,), (h, CLASSES), (CLASSES,))

    found = run()
    begin = run(lr=0.0)
    if not same(begin, book_start(h)):
        found = as_from_the_book(begin, found, training, validation, options)
    yield from found
    again, other = run(lr=0.0)[0], run(SEED + 1, lr=0.0)[0]
    yield [float(np.array_equal(begin[0], again)), float(not np.array_equal(begin[0], other))]


def right(training: Labeled, validation: Labeled, options: Options) -> Any:
    """What `tried` gives for the book's answer."""
    rng = np.random.default_rng(SEED)
    yield from small.train_digits(*training, *validation, rng, **options)
    yield [1.0, 1.0]


def book_start(h: int) -> Params:
    """The parameters that the book's answer starts with."""
    return small.start(PIXELS, h, CLASSES, np.random.default_rng(SEED))


def same(one: Params, other: Params) -> bool:
    """Whether two lists of parameters agree but for rounding."""
    return all(np.allclose(a, b, rtol=1e-6, atol=1e-9) for a, b in zip(one, other, strict=True))


def as_from_the_book(
    begin: Params, found: Params, training: Labeled, validation: Labeled, options: Options
) -> Params:
    """What an answer with another start would have given, if it is right or a known mistake."""
    for variant in VARIANTS.values():
        rng = np.random.default_rng(SEED)
        one = variant(*training, *validation, rng, begin=begin, **options)
        if [p.shape for p in one] == [p.shape for p in found] and same(one, found):
            return variant(*training, *validation, np.random.default_rng(SEED), **options)
    return found


# -- Cases -----------------------------------------------------------------------------------


def images(seed: int, n: int, classes: int) -> tuple[Labeled, Labeled]:
    """Images of random ink, with labels that have little to do with them."""
    rng = np.random.default_rng(seed)
    ink = rng.integers(0, 17, size=(2, n, PIXELS)) * (rng.random((2, n, PIXELS)) < 0.3)
    y, y_val = (rng.permutation(np.arange(n) % classes) for _ in range(2))
    return (ink[0].astype(float), y), (ink[1].astype(float), y_val)


def digits_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Few images, all in one batch or copies of one, so that shuffling them changes nothing."""
    for seed, n, classes, options in SETTINGS:
        yield "ordinary" if not options else "batch", (*images(seed, n, classes), options)
    (X, y), validation = images(1, 4, 4)
    pure = np.minimum(X[:1], 12).repeat(6, axis=0), y[:1].repeat(6)  # no pixel is full of ink
    yield "batch", (pure, validation, {"h": 4, "lr": 0.05, "size": 2, "epochs": 3})
    training, (X_val, y_val) = images(90, 8, 3)
    yield "batch", (training, (np.minimum(X_val, 8), y_val), SETTINGS[2][3])


SETTINGS: tuple[tuple[int, int, int, dict[str, Any]], ...] = (
    (2, 5, 3, {}),
    (3, 8, 3, {"h": 4, "lr": 0.005, "size": 20, "epochs": 12}),
    (90, 8, 3, {"h": 4, "lr": 2.0, "size": 20, "epochs": 16}),
    (476, 8, 3, {"h": 4, "lr": 2.0, "size": 20, "epochs": 16}),
    (34, 8, 3, {"h": 4, "lr": 1.0, "size": 20, "epochs": 6}),
)
"""Seed, images, classes; rates so large that the loss on the validation set goes up and down."""

# -- Mistakes ---------------------------------------------------------------------------------


def sixteenths(X: FloatArray, X_val: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Both sets as they should be."""
    return X / 16, X_val / 16


def standardized(X: FloatArray, X_val: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Each pixel by itself."""
    A, scaler = standardize(X)
    return A, scaler.transform(X_val)


def without_validation(
    params: Params, X: FloatArray, y: IntArray, _: Any, __: Any, lr: float, *rest: Any
) -> Params:
    """All epochs."""
    size, epochs, _, rng = rest
    return small.train(params, X, y, small.slopes, lr, size, epochs, rng)


def exchanged(
    params: Params, X: FloatArray, y: IntArray, X_val: FloatArray, y_val: IntArray, *rest: Any
) -> Params:
    """Learns from the validation set and stops by the training set."""
    return small.train_until(params, X_val, y_val, X, y, *rest)


def twice_the_same(
    params: Params, X: FloatArray, y: IntArray, X_val: FloatArray, y_val: IntArray, *rest: Any
) -> Params:
    """Stops by the training set."""
    return small.train_until(params, X, y, X, y, *rest)


def digits(
    scale: Callable[..., Any] = sixteenths,
    until: Callable[..., Any] = small.train_until,
    patience: int = 5,
    generator: Callable[[Any], np.random.Generator] = lambda rng: rng,
    **fixed: Any,
) -> Callable[..., Any]:
    """Return a training in which one thing is otherwise."""

    def train_digits(
        X: FloatArray,
        labels: IntArray,
        X_val: FloatArray,
        labels_val: IntArray,
        rng: np.random.Generator,
        begin: Params | None = None,
        **options: Any,
    ) -> Params:
        own = {**DEFAULTS, **options, **fixed}
        rng = generator(rng)
        params = begin or small.start(PIXELS, own["h"], CLASSES, rng)
        A, A_val = scale(X, X_val)
        rest = own["lr"], own["size"], own["epochs"], patience, rng
        return until(params, A, labels, A_val, labels_val, *rest)

    return train_digits


VARIANTS: dict[str, Callable[..., Any]] = {
    "": digits(),
    "not_divided": digits(lambda X, X_val: (X, X_val)),
    "validation_not_divided": digits(lambda X, X_val: (X / 16, X_val)),
    "training_not_divided": digits(lambda X, X_val: (X, X_val / 16)),
    "divided_by_255": digits(lambda X, X_val: (X / 255, X_val / 255)),
    "divided_by_pixels": digits(lambda X, X_val: (X / PIXELS, X_val / PIXELS)),
    "divided_by_largest": digits(lambda X, X_val: (X / X.max(), X_val / X_val.max())),
    "divided_by_largest_of_training": digits(lambda X, X_val: (X / X.max(), X_val / X.max())),
    "validation_divided_by_largest": digits(lambda X, X_val: (X / 16, X_val / X_val.max())),
    "standardized": digits(standardized),
    "last_returned": digits(until=without_validation),
    "sets_exchanged": digits(until=exchanged),
    "training_set_judges": digits(until=twice_the_same),
    "start_returned": digits(until=lambda params, *rest: params),
    "less_patience": digits(patience=3),
    "more_patience": digits(patience=10),
    "width_ignored": digits(h=64),
    "rate_ignored": digits(lr=0.3),
    "size_ignored": digits(size=32),
    "epochs_ignored": digits(epochs=30),
}


def turned(*given: Any, **options: Any) -> Params:
    """The sizes in another order: ten inputs, 64 outputs."""
    h = {**DEFAULTS, **options}["h"]
    return small.start(CLASSES, h, PIXELS, given[4])


OWN = Code(
    kind="write",
    level=2,
    reference=right,
    cases=digits_cases,
    use=tried,
    parts=PARTS,
    forbids={"nnlib"},
    rtol=1e-6,
    atol=1e-9,
    mistakes={
        **{name: variant for name, variant in VARIANTS.items() if name},
        "own_generator": digits(generator=lambda rng: np.random.default_rng(0)),
        "inputs_for_outputs": turned,
    },
)
