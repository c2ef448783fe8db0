r"""Words: windows of letters, layers that read them, and what a network writes.

A letter is a whole number: 1 to 26 stand for a to z, and 0 for no letter, which is the empty place
before a word and the mark of its end. A network is given the last letters as a row of such numbers,
and its raw outputs are scores for the 27 that may follow.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nnlib._sums import row_sums
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import (
    check_rows,
    float_array,
    float_dtype,
    positive,
    positive_int,
    random_generator,
)
from nnlib.activations import softmax
from nnlib.layers import Layer, require_gradient
from nnlib.networks import Sequential, check_network
from nnlib.parameters import Parameter

#: The letters in the order of their numbers; the dot is the empty place and the end.
LETTERS = ".abcdefghijklmnopqrstuvwxyz"


def windows(names: Iterable[str], length: int) -> tuple[IntArray, IntArray]:
    """Each letter of each name, and the end of each, with the letters before it.

    Parameters
    ----------
    names : list of str
        Of small letters from a to z.
    length : int
        Letters in a window; places before the start of a name are 0.

    Returns
    -------
    X, labels : integer arrays (n, length) and (n,)
        The letters of each window, and the letter that follows; 0 at the end of a name.

    Raises
    ------
    TypeError, ValueError
        If `names` is one str, holds something else than words of the letters a to z, or nothing,
        or `length` is not a positive integer.

    Examples
    --------
    >>> import nnlib
    >>> X, labels = nnlib.windows(["abc"], 2)
    >>> X.tolist(), labels.tolist()
    ([[0, 0], [0, 1], [1, 2], [2, 3]], [1, 2, 3, 0])
    """
    length = positive_int("length", length)
    if isinstance(names, str):
        raise TypeError(f"names must be a list of words, got {names!r}: use [{names!r}]")
    rows = [[0] * length + numbers("names", name) + [0] for name in names]
    if not rows:
        raise ValueError("names must not be empty")
    pairs = [
        (row[i : i + length], row[i + length]) for row in rows for i in range(len(row) - length)
    ]
    X, labels = zip(*pairs, strict=True)
    return np.array(X, np.intp), np.array(labels, np.intp)


def numbers(name: str, word: str, *, empty: bool = False) -> list[int]:
    """The letters of a word as whole numbers from 1 to 26.

    Examples
    --------
    >>> from nnlib.sequences import numbers
    >>> numbers("start", "cab")
    [3, 1, 2]
    """
    if not isinstance(word, str):
        raise TypeError(f"{name} must be made of words, got {word!r}")
    found = [LETTERS.find(letter) for letter in word]
    if not all(number > 0 for number in found) or not (found or empty):
        raise ValueError(f"{name} must be made of small letters from a to z, got {word!r}")
    return found


def write(
    model: Sequential,
    *,
    rng: np.random.Generator | int,
    start: str = "",
    temperature: float = 1.0,
    longest: int = 30,
) -> str:
    """A word that a network writes: letter after letter is drawn, and put behind the others.

    Parameters
    ----------
    model : Sequential
        Takes the numbers of the last letters and gives 27 raw outputs.
    rng : numpy.random.Generator or int
        Draws the letters (an integer is a seed).
    start : str
        The first letters, if they are given; `longest` of them or more come back as they are.
    temperature : float
        The raw outputs are divided by it before the softmax: below 1 the likeliest letters are
        drawn even more often, above 1 less often.
    longest : int
        The word ends after this many letters, if it has not before.

    Returns
    -------
    str

    Raises
    ------
    TypeError, ValueError
        If `model` is not a Sequential, or does not say how many letters it takes or give 27 raw
        outputs, `rng` is neither a Generator nor a seed, `start` has other letters than a to z,
        `temperature` is not positive, or so small that the raw outputs overflow, these are not
        finite, or `longest` is not a positive integer.

    Examples
    --------
    >>> import nnlib
    >>> model = nnlib.Sequential(
    ...     nnlib.Embedding(27, 2, length=3, rng=0), nnlib.Linear(6, 27, rng=0)
    ... )
    >>> nnlib.write(model, start="dino", longest=8, rng=0)[:4]
    'dino'
    """
    check_network(model)
    rng = random_generator("rng", rng)
    temperature, longest = positive("temperature", temperature), positive_int("longest", longest)
    written = numbers("start", start, empty=True)
    if model.in_features is None:
        raise ValueError("model must say how many letters it takes: nnlib.Embedding(..., length=3)")
    while len(written) < longest:
        window = ([0] * model.in_features + written)[-model.in_features :]
        logits = model.predict([window])
        check_rows("the model's output", logits, len(LETTERS))
        following = int(rng.choice(len(LETTERS), p=_probabilities(logits[0], temperature)))
        if following == 0:
            break
        written.append(following)
    return "".join(LETTERS[number] for number in written)


def _probabilities(logits: FloatArray, temperature: float) -> FloatArray:
    """The softmax of raw outputs at a temperature, if these are finite before and after it."""
    logits = float_array("the model's output", logits, finite=True).astype(float)
    with np.errstate(over="ignore"):
        divided = logits / temperature
    if not np.isfinite(divided).all():
        raise ValueError(
            f"temperature must be larger: divided by {temperature:g}, the raw outputs overflow"
        )
    return softmax(divided)


class Embedding(Layer):
    r"""A vector for each thing of a list: row k of a matrix for the thing with the number k.

    .. math:: A = (W_{x_1},\, W_{x_2},\, \dots,\, W_{x_T})

    It is what `one_hot` and a matrix would give, without the products with 0.

    Parameters
    ----------
    count : int
        How many things there are, such as 27 letters: they have the numbers 0 to count - 1.
    size : int
        Numbers in the vector of each.
    length : int, optional
        How many things stand in a row of X; without it, any number.
    rng : numpy.random.Generator or int
        Draws the vectors (an integer is a seed), each number with variance 1.
    dtype : float dtype
        Of the vectors.

    Attributes
    ----------
    weight : Parameter (count, size)
        The vectors, one per row.
    in_features : int, or None
        Things in a row that comes in: `length`.
    out_features : int, or None
        Numbers in a row that goes out: length * size.

    Raises
    ------
    TypeError, ValueError
        If `count`, `size` or `length` is not a positive integer, `rng` is neither a Generator nor
        a seed, or `dtype` is not a float dtype; from `forward`, if X is not (n, length), or holds
        other numbers than the whole ones from 0 to count - 1; from `backward`, if the gradient
        does not have the output's shape.
    RuntimeError
        From `backward`, before any `forward`.

    References
    ----------
    Bengio, Ducharme, Vincent and Jauvin (2003), *A neural probabilistic language model*.

    Examples
    --------
    >>> import nnlib
    >>> layer = nnlib.Embedding(3, 2, rng=0)
    >>> layer.weight.value = [[0.0, 0.0], [1.0, 2.0], [3.0, 4.0]]
    >>> layer([[2, 1]]).tolist()
    [[3.0, 4.0, 1.0, 2.0]]
    """

    remembers = ("_rows",)

    def __init__(
        self,
        count: int,
        size: int,
        *,
        length: int | None = None,
        rng: np.random.Generator | int,
        dtype: DTypeLike = float,
    ) -> None:
        shape = positive_int("count", count), positive_int("size", size)
        if length is not None:
            self.in_features = positive_int("length", length)
            self.out_features = self.in_features * shape[1]
        weight = random_generator("rng", rng).normal(size=shape)
        self.weight = Parameter(weight.astype(float_dtype("dtype", dtype)))
        self._rows: IntArray | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        self._rows = self._check(X)
        return self.weight.value[self._rows].reshape(len(self._rows), -1)

    def _check(self, X: ArrayLike) -> IntArray:
        given = float_array("X", X)
        check_rows("X", given, self.in_features)
        count = len(self.weight.value)
        wrong = ~((given >= 0) & (given < count) & (given == np.floor(given)))  # NaN is wrong
        if wrong.any():
            raise ValueError(
                f"X must hold whole numbers from 0 to {count - 1}, got {given[wrong][0]}"
            )
        return given.astype(np.intp)

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Zeros: the number of a thing is its name, and has no slope."""
        rows = self._add_grads(grad_output)
        return np.zeros(rows.shape, self.weight.value.dtype)

    def backward_parameters(self, grad_output: ArrayLike) -> None:
        """Add up the gradient of each place at the row that was read there."""
        self._add_grads(grad_output)

    def _add_grads(self, grad_output: ArrayLike) -> IntArray:
        if self._rows is None:
            raise RuntimeError(f"{self!r}: call forward before backward")
        rows, weight = self._rows, self.weight.value
        shape = len(rows), rows.shape[1] * weight.shape[1]
        gradient = require_gradient(grad_output, shape, weight.dtype)
        sums = np.zeros_like(weight)
        np.add.at(sums, rows.ravel(), gradient.reshape(-1, weight.shape[1]))
        self.weight.add_grad(sums)
        return rows

    def parameters(self) -> list[Parameter]:
        return [self.weight]

    def __repr__(self) -> str:
        count, size = self.weight.value.shape
        length = "" if self.in_features is None else f", length={self.in_features}"
        return f"Embedding({count}, {size}{length})"


class Places(Layer):
    r"""A vector for each place of a window, added to what is there: :math:`A = X + b`.

    `Attention` takes a mean, which knows no order; so each vector is told its place.

    Parameters
    ----------
    length : int
        Places in a window.
    size : int
        Numbers in the vector of each place.
    rng : numpy.random.Generator or int
        Draws the vectors (an integer is a seed), each number with variance 1.
    dtype : float dtype
        Of the vectors; X is brought to it.

    Attributes
    ----------
    bias : Parameter (in_features,)

    Raises
    ------
    TypeError, ValueError
        If `length` or `size` is not a positive integer, `rng` is neither a Generator nor a seed,
        or `dtype` is not a float dtype; from `forward`, if X is not (n, length * size); from
        `backward`, if the gradient does not have the output's shape.
    RuntimeError
        From `backward`, before any `forward`.

    Examples
    --------
    >>> import nnlib
    >>> layer = nnlib.Places(2, 1, rng=0)
    >>> layer.bias.value = [10.0, 20.0]
    >>> layer([[1.0, 2.0]]).tolist()
    [[11.0, 22.0]]
    """

    remembers = ("_count",)

    def __init__(
        self, length: int, size: int, *, rng: np.random.Generator | int, dtype: DTypeLike = float
    ) -> None:
        self.length = positive_int("length", length)
        self.in_features = self.out_features = self.length * positive_int("size", size)
        bias = random_generator("rng", rng).normal(size=self.in_features)
        self.bias = Parameter(bias.astype(float_dtype("dtype", dtype)))
        self._count: int | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        X = float_array("X", X, dtype=self.bias.value.dtype)
        check_rows("X", X, self.in_features)
        self._count = len(X)
        return X + self.bias.value

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """The gradient itself; its sum over the batch is added to that of the vectors."""
        if self._count is None:
            raise RuntimeError(f"{self!r}: call forward before backward")
        shape = self._count, len(self.bias.value)
        gradient = require_gradient(grad_output, shape, self.bias.value.dtype)
        self.bias.add_grad(gradient.sum(axis=0))
        return gradient

    def parameters(self) -> list[Parameter]:
        return [self.bias]

    def __repr__(self) -> str:
        return f"Places({self.length}, {len(self.bias.value) // self.length})"


class Attention(Layer):
    r"""A mean of the values of all places, weighted by how their keys fit the last one's query.

    With the vector :math:`x_t` of each of T places,

    .. math::

        q = x_T\, W_Q, \qquad k_t = x_t\, W_K, \qquad v_t = x_t\, W_V, \qquad
        w = \operatorname{softmax}\Bigl(\frac{k_1 \cdot q}{\sqrt{s}},\, \dots,\,
        \frac{k_T \cdot q}{\sqrt{s}}\Bigr), \qquad a = \sum_t w_t\, v_t .

    Parameters
    ----------
    length : int
        Places in a window: T.
    size : int
        Numbers in a query, a key and a value: s.
    width : int, optional
        Numbers in the vector of each place that comes in; without it, as many as `size`.
    rng : numpy.random.Generator or int
        Draws the weights (an integer is a seed), with the variance 1 / width.
    dtype : float dtype
        Of the weights; X is brought to it, and all is computed in it.

    Attributes
    ----------
    query : Parameter (width, size)
        Makes the query of the last place.
    key : Parameter (width, size)
        Makes the key of each place.
    value : Parameter (width, size)
        Makes the value of each place.
    in_features : int
        Numbers in a row that comes in: length * width.
    out_features : int
        Numbers in a row that goes out: `size`.

    Raises
    ------
    TypeError, ValueError
        If `length`, `size` or `width` is not a positive integer, `rng` is neither a Generator nor
        a seed, or `dtype` is not a float dtype; from `forward` and `weights`, if X is not
        (n, length * width); from `backward`, if the gradient is not (n, size).
    RuntimeError
        From `backward`, before any `forward`.

    References
    ----------
    Bahdanau, Cho and Bengio (2015), *Neural machine translation by jointly learning to align and
    translate*; Vaswani et al. (2017), *Attention is all you need*.

    Examples
    --------
    >>> import numpy as np
    >>> import nnlib
    >>> layer = nnlib.Attention(2, 1, rng=0)
    >>> layer.query.value, layer.key.value, layer.value.value = [[1.0]], [[1.0]], [[10.0]]
    >>> X = [[0.0, 1.0]]
    >>> np.round(layer.weights(X), 3).tolist(), np.round(layer(X), 2).tolist()
    ([[0.269, 0.731]], [[7.31]])
    """

    remembers = ("_seen",)
    in_features: int
    out_features: int

    def __init__(
        self,
        length: int,
        size: int,
        *,
        width: int | None = None,
        rng: np.random.Generator | int,
        dtype: DTypeLike = float,
    ) -> None:
        self.length, size = positive_int("length", length), positive_int("size", size)
        width = size if width is None else positive_int("width", width)
        rng, dtype = random_generator("rng", rng), float_dtype("dtype", dtype)
        scale = 1 / np.sqrt(width)
        self.query, self.key, self.value = (
            Parameter(rng.normal(0, scale, (width, size)).astype(dtype)) for _ in range(3)
        )
        self.in_features, self.out_features = self.length * width, size
        self._seen: tuple[FloatArray, ...] | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        self._seen = self._look(X)
        *_, V, W = self._seen
        return _sums(W, V)

    def weights(self, X: ArrayLike) -> FloatArray:
        """The weights (n, length) with which the means are taken: in each row, their sum is 1."""
        return self._look(X)[-1]

    def _look(self, X: ArrayLike) -> tuple[FloatArray, ...]:
        """Vectors of all places, queries, keys, values and weights."""
        rows = float_array("X", X, dtype=self.query.value.dtype)
        check_rows("X", rows, self.in_features)
        E = rows.reshape(len(rows), self.length, -1)
        Q, K, V = (
            _times(A, W.value) for A, W in ((E[:, -1], self.query), (E, self.key), (E, self.value))
        )
        return E, Q, K, V, softmax(_products(K, Q) * self._scale)

    @property
    def _scale(self) -> float:
        return float(1 / np.sqrt(self.out_features))

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Back through the mean, the softmax and the products; the last place is also the query."""
        if self._seen is None:
            raise RuntimeError(f"{self!r}: call forward before backward")
        E, Q, K, V, W = self._seen
        G = require_gradient(grad_output, (len(E), self.out_features), E.dtype)
        along = _products(V, G)
        scores = W * (along - row_sums(W * along)[:, np.newaxis]) * self._scale
        to_values = W[:, :, np.newaxis] * G[:, np.newaxis]
        to_keys = scores[:, :, np.newaxis] * Q[:, np.newaxis]
        to_query = _sums(scores, K)
        self.query.add_grad_product(E[:, -1].T, to_query)
        self.key.add_grad_product(_rows(E).T, _rows(to_keys))
        self.value.add_grad_product(_rows(E).T, _rows(to_values))
        gradient = _times(to_values, self.value.value.T) + _times(to_keys, self.key.value.T)
        gradient[:, -1] += to_query @ self.query.value.T
        return gradient.reshape(len(E), -1)

    def parameters(self) -> list[Parameter]:
        return [self.query, self.key, self.value]

    def __repr__(self) -> str:
        width, size = self.query.value.shape
        given = "" if width == size else f", width={width}"
        return f"Attention({self.length}, {size}{given})"


def _rows(A: FloatArray) -> FloatArray:
    """The vectors of all places of all windows, one in each row."""
    return A.reshape(-1, A.shape[-1])


def _times(A: FloatArray, W: FloatArray) -> FloatArray:
    """Each vector times a matrix: one product of two matrices, not many of small ones."""
    with np.errstate(invalid="ignore"):  # some kernels multiply infinity by zeros of their own
        return _rows(A).dot(W).reshape(*A.shape[:-1], W.shape[1])


@np.errstate(over="ignore", invalid="ignore")  # as `dot` in the other layers, which never warns
def _products(A: FloatArray, b: FloatArray) -> FloatArray:
    """The products of the vectors of a window with one vector, for each window."""
    return np.matmul(A, b[:, :, np.newaxis])[:, :, 0]


@np.errstate(over="ignore", invalid="ignore")
def _sums(w: FloatArray, A: FloatArray) -> FloatArray:
    """The sums of the vectors of a window with weights, for each window."""
    return np.matmul(w[:, np.newaxis], A)[:, 0]
