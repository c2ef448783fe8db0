r"""Parameters, and the one vector in which a network keeps them.

The chapters write :math:`\theta \leftarrow \theta - \eta\,\nabla L`, with all weights and biases
in one vector. The library does the same. `lay_out` puts the values of some parameters one after
another into one array and their gradients into a second; each `Parameter.value` and
`Parameter.grad` is a view of its stretch. What moves the vector moves every weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, in_range, same_shape


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

    __slots__ = ("_frozen", "_grad", "_value", "has_grad")

    def __init__(self, value: ArrayLike) -> None:
        self._value = np.array(float_array("value", value, finite=True), order="C")
        self._grad = np.zeros_like(self._value)
        self.has_grad = False
        self._frozen = False

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
            np.dot(left, right, out=grad if grad.ndim < 3 else grad.reshape(-1, grad.shape[-1]))
            self.has_grad = True

    def __getstate__(self) -> tuple[FloatArray, FloatArray, bool]:
        return self._value, self._grad, self.has_grad

    def __setstate__(self, state: tuple[FloatArray, FloatArray, bool]) -> None:
        value, grad, self.has_grad = state
        self._frozen = False
        self._value, self._grad = np.array(value, order="C"), np.array(grad, order="C")

    def __repr__(self) -> str:
        return f"Parameter(shape={self._value.shape})"


@contextmanager
def frozen(parameters: Sequence[Parameter]) -> Iterator[None]:
    """Let these parameters get no gradient for a while: `backward` spares the work.

    Parameters
    ----------
    parameters : sequence of Parameter
        A gradient that they have is forgotten.

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
    for parameter in parameters:
        parameter.has_grad, parameter._frozen = False, True
    try:
        yield
    finally:
        for parameter in parameters:
            parameter._frozen = False


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
    start = 0
    for parameter in parameters:
        shape, stop = parameter._value.shape, start + parameter._value.size
        parameter._value = theta[start:stop].reshape(shape)
        parameter._grad = gradient[start:stop].reshape(shape)
        start = stop


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
    groups: list[list[Parameter]] = []
    for parameter in parameters:
        if groups and _follows(groups[-1][-1], parameter):
            groups[-1].append(parameter)
        else:
            groups.append([parameter])
    return [
        (_joined([p._value for p in group]), _joined([p._grad for p in group])) for group in groups
    ]


def _follows(first: Parameter, second: Parameter) -> bool:
    """Whether the values of both, and the gradients too, are neighbors in one vector."""
    return all(
        a.base is not None and a.base is b.base and _address(a) + a.nbytes == _address(b)
        for a, b in ((first._value, second._value), (first._grad, second._grad))
    )


def _joined(views: list[FloatArray]) -> FloatArray:
    """One view of neighboring views."""
    vector = views[0].base
    if vector is None:
        return views[0].reshape(-1)
    start = (_address(views[0]) - _address(vector)) // vector.itemsize
    return vector[start : start + sum(view.size for view in views)]


def _address(array: FloatArray) -> int:
    return int(array.__array_interface__["data"][0])
