r"""Parameters, and the one vector in which a network keeps them.

The chapters write :math:`\theta \leftarrow \theta - \eta\,\nabla L`, with all weights and biases
in one vector. The library does the same. `lay_out` puts the values of some parameters one after
another into one array and their gradients into a second; each `Parameter.value` and
`Parameter.grad` is a view of its stretch. What moves the vector moves every weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, in_range, same_shape

# The values of some parameters, one after another, and their gradients.
Vectors: TypeAlias = tuple[FloatArray, FloatArray]


class Parameter:
    """An array that training adjusts, and the gradient of the loss with respect to it.

    Parameters
    ----------
    value : array
        The starting value, copied. A new value must keep its shape, and fills the same array.

    Attributes
    ----------
    value : array
    grad : array of the same shape, or None
        None until the first `backward`; each later `backward` adds to it, because a parameter
        that is used twice receives a gradient from each use. The array stays the same from one
        step to the next: copy it to keep it.
    has_grad : bool
        Whether there is a gradient. Setting it to False forgets the gradient, like
        ``grad = None``.

    Raises
    ------
    TypeError, ValueError
        If a value or a gradient is not an array of finite real numbers, or a new one has another
        shape or is beyond the range of the dtype.

    Examples
    --------
    >>> import nnlib
    >>> weight = nnlib.Parameter([1.0, 2.0])
    >>> weight.value -= 0.5
    >>> weight.value.tolist(), weight.grad
    ([0.5, 1.5], None)
    """

    __slots__ = ("_frozen", "_grad", "_start", "_value", "_vectors", "has_grad")

    def __init__(self, value: ArrayLike) -> None:
        array = float_array("value", value, finite=True)
        self.__setstate__((array, np.zeros_like(array), False))

    def _settle(self, vectors: Vectors, start: int, shape: tuple[int, ...]) -> int:
        """Live from `start` on in a vector of values and one of gradients; return the end."""
        stop = start + math.prod(shape)
        self._vectors, self._start = vectors, start
        self._value, self._grad = (vector[start:stop].reshape(shape) for vector in vectors)
        return stop

    @property
    def value(self) -> FloatArray:
        return self._value

    @value.setter
    def value(self, new: ArrayLike) -> None:
        array = float_array("value", new, finite=True)
        same_shape("value", array, "the parameter", self._value)
        self._value[...] = in_range("value", array, self._value.dtype, "the parameter's")

    @property
    def grad(self) -> FloatArray | None:
        return self._grad if self.has_grad else None

    @grad.setter
    def grad(self, new: ArrayLike | None) -> None:
        if new is not None:
            array = float_array("grad", new)
            same_shape("grad", array, "the parameter", self._value)
            self._grad[...] = array
        self.has_grad = new is not None

    def add_grad(self, gradient: FloatArray) -> None:
        """Add one use's gradient to `grad`."""
        if self._frozen:
            return
        if self.has_grad:
            self._grad += gradient
        else:
            self._grad[...] = gradient
            self.has_grad = True

    def add_grad_product(self, left: FloatArray, right: FloatArray) -> None:
        """Add ``left @ right`` to `grad`; the first is written where it belongs, without a copy.

        Of more than two axes of `grad` all but the last count as one.
        """
        if self._frozen:
            return
        grad = self._grad
        if self.has_grad or left.dtype != grad.dtype or right.dtype != grad.dtype:
            self.add_grad(left.dot(right).reshape(grad.shape))
        else:
            left.dot(right, grad if grad.ndim < 3 else grad.reshape(-1, grad.shape[-1]))
            self.has_grad = True

    def __getstate__(self) -> tuple[FloatArray, FloatArray, bool]:
        return self._value, self._grad, self.has_grad

    def __setstate__(self, state: tuple[FloatArray, FloatArray, bool]) -> None:
        value, grad, self.has_grad = state
        self._frozen = False
        self._settle((value.flatten(), grad.flatten()), 0, value.shape)

    def __repr__(self) -> str:
        return f"Parameter(shape={self._value.shape})"


@contextmanager
def frozen(parameters: Sequence[Parameter]) -> Iterator[None]:
    """Let these parameters get no gradient for a while: `backward` spares the work.

    Parameters
    ----------
    parameters : sequence of Parameter
        A gradient that they have is forgotten. One that was frozen before stays so afterwards.

    Examples
    --------
    >>> import nnlib
    >>> from nnlib.parameters import frozen
    >>> weight = nnlib.Parameter([1.0])
    >>> with frozen([weight]):
    ...     weight.add_grad([5.0])
    >>> weight.grad is None
    True
    """
    before = [parameter._frozen for parameter in parameters]
    for parameter in parameters:
        parameter.has_grad, parameter._frozen = False, True
    try:
        yield
    finally:
        for parameter, was_frozen in zip(parameters, before, strict=True):
            parameter._frozen = was_frozen


def lay_out(parameters: Sequence[Parameter]) -> None:
    """Move the parameters into one vector, in their order, and their gradients into another.

    Parameters
    ----------
    parameters : sequence of Parameter
        All different, and of one dtype.

    Examples
    --------
    >>> import nnlib
    >>> from nnlib.parameters import lay_out
    >>> weight, bias = nnlib.Parameter([[1.0, 2.0]]), nnlib.Parameter([3.0])
    >>> lay_out([weight, bias])
    >>> weight.value.base.tolist(), weight.value.base is bias.value.base
    ([1.0, 2.0, 3.0], True)
    """
    if len(runs(parameters)) <= 1:
        return  # a network inside another one, for instance
    theta = np.concatenate([parameter._value.ravel() for parameter in parameters])
    gradient = np.concatenate([parameter._grad.ravel() for parameter in parameters])
    vectors, start = (theta, gradient), 0
    for parameter in parameters:
        start = parameter._settle(vectors, start, parameter._value.shape)


def runs(parameters: Iterable[Parameter]) -> list[tuple[FloatArray, FloatArray]]:
    """The parameters as few long vectors: neighbors in memory are one vector.

    Parameters
    ----------
    parameters : iterable of Parameter

    Returns
    -------
    list of (theta, gradient)
        Two views of equal length for each run of neighbors. For a whole network it is one pair.

    Examples
    --------
    >>> import nnlib
    >>> from nnlib.parameters import runs
    >>> first, hidden, last = nnlib.mlp((1, 2, 2, 1), rng=0)[::2]
    >>> [len(theta) for theta, gradient in runs(first.parameters() + hidden.parameters())]
    [10]
    >>> [len(theta) for theta, gradient in runs(first.parameters() + last.parameters())]
    [4, 3]
    """
    found: list[tuple[Vectors, int, int]] = []
    for parameter in parameters:
        vectors, start = parameter._vectors, parameter._start
        stop = start + parameter._value.size
        if found and found[-1][0] is vectors and found[-1][2] == start:
            start = found.pop()[1]
        found.append((vectors, start, stop))
    return [(theta[start:stop], grad[start:stop]) for (theta, grad), start, stop in found]
