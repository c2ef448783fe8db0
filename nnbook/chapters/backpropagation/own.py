"""Part 5 of the reader's own network: two layers forward and backward, and slopes by trying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code, Family
from nnbook.questions.given import parts as parts_of
from nnlib import relu
from nnlib._typing import FloatArray

Arrays = list[FloatArray]

NAMES = ("W1", "b1", "W2", "b2")
H = 0.25
MOST = 10  # parameters that slopes are tried for


def own_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Networks of all shapes, one sample and batches; a sum at the corner, neurons that are off."""

    def drawn(n: int, d: int, h: int, k: int) -> tuple[Any, ...]:
        params = [rng.normal(size=shape) for shape in ((d, h), (h,), (h, k), (k,))]
        return params, rng.normal(size=(n, d)), rng.normal(size=(n, k))

    W1, b1 = np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([0.5, 0.0])
    params = [W1, b1, np.array([[3.0], [-2.0]]), np.array([1.0])]
    yield "ordinary", (params, np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0], [-2.0]]))
    for shape in ((1, 1, 1, 1), (1, 2, 3, 2), (1, 3, 1, 2)):
        yield "random", drawn(*shape)
    for shape in ((5, 2, 4, 3), (4, 4, 4, 4), (6, 1, 3, 1)):
        yield "batch", drawn(*shape)
    corner = [np.array([[1.0, -1.0]]), np.zeros(2), np.array([[2.0, 1.0], [1.0, -3.0]]), np.ones(2)]
    yield "edge", (corner, np.array([[0], [1], [-2]]), rng.normal(size=(3, 2)))
    (W1, b1, W2, b2), X, G = drawn(4, 2, 3, 2)
    yield "edge", ([W1, b1 - 100, W2, b2], X, G)
    yield "extreme", ([W1, b1, W2, b2], 1e6 * X, 1e6 * G)


def forward(params: Arrays, X: FloatArray) -> tuple[FloatArray, ...]:
    """The weighted sums, the activations and the outputs."""
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    return Z, relu(Z), relu(Z) @ W2 + b2


def backward(params: Arrays, X: FloatArray, G: FloatArray) -> Arrays:
    """The four slopes, in plain numpy: they are needed hundreds of times for one answer."""
    Z, A, _ = forward(params, X)
    return going_back()(params, X, Z, A, G)


# -- What slopes are tried on ----------------------------------------------------------------


def cubic(params: Arrays) -> float:
    """Give a loss in which all parameters meet, each with a third derivative."""
    flat = np.concatenate([p.ravel() for p in params])
    return float(rates_of(flat) @ flat**3 + flat.sum() ** 2)


def rates_of(flat: FloatArray) -> FloatArray:
    """How much each parameter's cube counts."""
    return np.arange(1, len(flat) + 1) / len(flat)


def differences(params: Arrays, h: float) -> Arrays:
    """What central differences of `cubic` give: by h² times a rate more than its slopes."""
    flat = np.concatenate([p.ravel() for p in params])
    found = rates_of(flat) * (3 * flat**2 + h**2) + 2 * flat.sum()
    ends = np.cumsum([p.size for p in params])[:-1]
    parts = np.split(found, ends)
    return [part.reshape(p.shape) for part, p in zip(parts, params, strict=True)]


def near(got: Any, right: FloatArray) -> Any:
    """What was got, or what is right if that is the same but for rounding divided by h."""
    same = np.shape(got) == right.shape and np.allclose(got, right, rtol=1e-6, atol=1e-6)
    return right if same else got


def used(
    answer: tuple[Callable[..., Any], ...], params: Arrays, X: FloatArray, G: FloatArray
) -> Iterator[Any]:
    """What the reader's functions give; each gets right values, whatever the others gave."""
    there, back, tried_slopes = answer
    yield from parts_of(there(params, X), 3)
    Z, A, _ = forward(params, X)
    yield from parts_of(back(params, X, Z, A, G), 4)
    if sum(p.size for p in params) > MOST:  # it takes long, and shows nothing new
        yield from islice(wanted(params, X, G), 7, None)
        return
    mine = [p.copy() for p in params]
    yield from parts_of(tried_slopes(cubic, mine, H), 4)
    yield sum(int((p != q).sum()) for p, q in zip(mine, params, strict=True))
    usual = parts_of(tried_slopes(cubic, [p.copy() for p in params]), 4)
    pairs = zip(usual, differences(params, 1e-6), strict=True)
    yield np.concatenate([np.ravel(near(*pair)) for pair in pairs])


def wanted(params: Arrays, X: FloatArray, G: FloatArray) -> Any:
    """What right functions give."""
    yield from forward(params, X)
    yield from backward(params, X, G)
    yield from differences(params, H)
    yield 0
    yield np.concatenate([np.ravel(s) for s in differences(params, 1e-6)])


# -- Ways to go wrong ----------------------------------------------------------------------------


def unbent(params: Arrays, X: FloatArray) -> tuple[FloatArray, ...]:
    """The way there without the bend."""
    W1, b1, W2, b2 = params
    Z = X @ W1 + b1
    return Z, Z, Z @ W2 + b2


def back(params: Arrays, X: FloatArray, Z: FloatArray, A: FloatArray, G: FloatArray) -> Arrays:
    """The four slopes, as the book's solution has them."""
    return going_back()(params, X, Z, A, G)


def going_back(
    signal: Callable[..., Any] = lambda W2, Z, G: (G @ W2.T) * (Z > 0),
    *,
    of_W1: Callable[..., Any] = lambda X, D, G: X.T @ D,
    of_b1: Callable[..., Any] = lambda D, G, W2: D.sum(axis=0),
    of_W2: Callable[..., Any] = lambda X, Z, A, D, G: A.T @ G,
    of_b2: Callable[..., Any] = lambda G: G.sum(axis=0),
    out: Callable[[Arrays], Any] = list,
) -> Callable[..., Any]:
    """A way back with places to go wrong in."""

    def back(params: Arrays, X: Any, Z: Any, A: Any, G: Any) -> Any:
        W2 = params[2]
        D = signal(W2, Z, G)
        return out([of_W1(X, D, G), of_b1(D, G, W2), of_W2(X, Z, A, D, G), of_b2(G)])

    return back


def trying(
    difference: Callable[..., Any] = lambda above, here, below, h: (above - below) / (2 * h),
    *,
    left: Callable[..., Any] = lambda before, h: before,
    width: Callable[[float], float] = lambda h: h,
    places: Callable[[tuple[int, ...]], Any] = np.ndindex,
    asked: Callable[[Arrays, FloatArray], Any] = lambda params, p: params,
    parameters: int = 4,
) -> Callable[..., Any]:
    """Slopes by trying, with places to go wrong in."""

    def tried_slopes(loss: Callable[..., Any], params: Arrays, h: float = 1e-6) -> Arrays:
        h = width(h)
        slopes: Arrays = [np.zeros(p.shape) for p in params]
        for p, s in [*zip(params, slopes, strict=True)][:parameters]:
            for place in places(p.shape):
                before, values = np.copy(p[place]), []
                for at in (before + h, before, before - h):
                    p[place] = at
                    values.append(loss(asked(params, p)))
                s[place] = difference(*values, h)
                p[place] = left(before, h)
        return slopes

    return tried_slopes


def all_at_once(loss: Callable[..., Any], params: Arrays, h: float = 1e-6) -> list[float]:
    """Each array is moved as a whole, which gives one number for it."""
    slopes = []
    for k, p in enumerate(params):
        ends = [[*params[:k], p + move, *params[k + 1 :]] for move in (h, -h)]
        slopes.append((loss(ends[0]) - loss(ends[1])) / (2 * h))
    return slopes


def without_h(got: FloatArray, want: FloatArray) -> bool:
    """Whether slopes are tried with a tiny h, whatever h is given."""
    less = want - got
    return want.ndim > 0 and bool(((less > 0) & (less < 1.01 * H**2)).all())


def not_put_back(got: FloatArray, want: FloatArray) -> bool:
    """Whether nothing but parameters that have moved is wrong."""
    return want.ndim == 0 and bool(got > want)


def there(wrong: Callable[..., Any]) -> Any:
    """A way there that goes wrong."""
    return wrong, back, trying()


def goes_back_by(wrong: Callable[..., Any]) -> Any:
    """A way back that goes wrong."""
    return forward, wrong, trying()


def goes_back(*signal: Callable[..., Any], **wrong: Callable[..., Any]) -> Any:
    """A way back that goes wrong in one place."""
    return goes_back_by(going_back(*signal, **wrong))


def tries_by(wrong: Callable[..., Any]) -> Any:
    """Slopes by trying that go wrong."""
    return forward, back, wrong


def tries(*difference: Callable[..., Any], **wrong: Any) -> Any:
    """Slopes by trying that go wrong in one place."""
    return tries_by(trying(*difference, **wrong))


OWN = Code(
    kind="write",
    level=2,
    reference=wanted,
    cases=own_cases,
    use=used,
    parts=(
        *(f"forward {name}" for name in ("Z", "A", "output")),
        *(f"backward {name}" for name in NAMES),
        *(f"tried_slopes {name}" for name in NAMES),
        "tried_slopes params",
        "tried_slopes h",
    ),
    forbids={"nnlib"},
    mistakes={
        "not_put_back": Family(tries(left=lambda before, h: np.nextafter(before, 9)), not_put_back),
        "h_fixed": Family(tries(width=lambda h: 1e-6), without_h),
        "returned_in_the_loop": tries(parameters=1),
        "one_sided": tries(lambda above, here, below, h: (above - here) / h),
        "one_sided_halved": tries(lambda above, here, below, h: (above - here) / (2 * h)),
        "loss_of_one_array": tries(asked=lambda params, p: p),
        "two_forgotten": tries(lambda above, here, below, h: (above - below) / h),
        "not_divided": tries(lambda above, here, below, h: above - below),
        "brackets_forgotten": tries(lambda above, here, below, h: (above - below) / 2 * h),
        "below_minus_above": tries(lambda above, here, below, h: (below - above) / (2 * h)),
        "left_below": tries(left=lambda before, h: before - h),
        "left_above": tries(left=lambda before, h: before + h),
        "rows_moved": tries(places=lambda shape: range(shape[0])),
        "all_at_once": tries_by(all_at_once),
        "second_bias_averaged": goes_back(of_b2=lambda G: G.mean(axis=0)),
        "second_bias_one_number": goes_back(of_b2=lambda G: G.sum()),
        "second_bias_by_samples": goes_back(of_b2=lambda G: G.sum(axis=1)),
        "second_bias_not_summed": goes_back(of_b2=lambda G: G),
        "sums_into_second": goes_back(of_W2=lambda X, Z, A, D, G: Z.T @ G),
        "inputs_into_second": goes_back(of_W2=lambda X, Z, A, D, G: X.T @ G),
        "second_slopes_turned": goes_back(of_W2=lambda X, Z, A, D, G: G.T @ A),
        "hidden_signal_in_second": goes_back(of_W2=lambda X, Z, A, D, G: A.T @ D),
        "gate_forgotten_for_biases": goes_back(of_b1=lambda D, G, W2: (G @ W2.T).sum(axis=0)),
        "first_bias_averaged": goes_back(of_b1=lambda D, G, W2: D.mean(axis=0)),
        "first_bias_one_number": goes_back(of_b1=lambda D, G, W2: D.sum()),
        "first_bias_by_samples": goes_back(of_b1=lambda D, G, W2: D.sum(axis=1)),
        "first_bias_of_the_output": goes_back(of_b1=lambda D, G, W2: G.sum(axis=0)),
        "first_bias_not_summed": goes_back(of_b1=lambda D, G, W2: D),
        "weights_before_biases": goes_back(out=lambda s: [s[0], s[2], s[1], s[3]]),
        "gate_forgotten": goes_back(lambda W2, Z, G: G @ W2.T),
        "gate_as_matrix": goes_back(lambda W2, Z, G: G @ W2.T @ (Z > 0)),
        "value_for_gate": goes_back(lambda W2, Z, G: (G @ W2.T) * relu(Z)),
        "on_at_the_corner": goes_back(lambda W2, Z, G: (G @ W2.T) * (Z >= 0)),
        "weights_not_turned": goes_back(lambda W2, Z, G: (G @ W2) * (Z > 0)),
        "weights_forgotten": goes_back(lambda W2, Z, G: G * (Z > 0)),
        "first_slopes_turned": goes_back(of_W1=lambda X, D, G: D.T @ X),
        "samples_not_turned": goes_back(of_W1=lambda X, D, G: X @ D),
        "signal_of_the_output": goes_back(of_W1=lambda X, D, G: X.T @ G),
        "divided_by_samples": goes_back_by(lambda *a: [s / len(a[1]) for s in back(*a)]),
        "from_back_to_front": goes_back(out=lambda s: [*s[2:], *s[:2]]),
        "sums_for_activations": there(lambda *a: (*forward(*a)[:2], unbent(*a)[2])),
        "output_bent": there(lambda *a: (*forward(*a)[:2], relu(forward(*a)[2]))),
        "last_bias_forgotten": there(lambda *a: (*forward(*a)[:2], forward(*a)[2] - a[0][3])),
        "bend_forgotten": there(unbent),
        "sums_bent": there(lambda *a: (forward(*a)[1], *forward(*a)[1:])),
        "output_first": there(lambda *a: forward(*a)[::-1]),
        "output_alone": there(lambda *a: forward(*a)[2]),
    },
    swaps={
        "gate_forgotten": ("(G @ W2.T) * relu_slope(Z)", "G @ W2.T"),
    },
)
