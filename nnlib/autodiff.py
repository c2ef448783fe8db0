r"""Reverse-mode automatic differentiation of scalars: the chain rule on a computational graph.

Every operation on a `Value` makes a new `Value` that remembers its inputs and, for each, the
local derivative: how fast the result changes with that input. `backward` walks the graph from
the result to the inputs and applies the chain rule at every edge; where a value is used more
than once, the contributions of its uses add up:

.. math::

    \frac{\partial L}{\partial u} = \sum_{v\ \text{uses}\ u}
    \frac{\partial L}{\partial v} \cdot \frac{\partial v}{\partial u}.
"""

from __future__ import annotations

import math
from typing import Any, SupportsIndex

from nnlib._validation import real_number
from nnlib.activations import ACTIVATIONS

_MAX_DEPTH = 50


class Value:
    r"""A number that remembers how it was computed.

    Parameters
    ----------
    data : float
    label : str
        A name to show in graphs and in the `repr`.

    Attributes
    ----------
    data : float
    grad : float
        :math:`\partial L / \partial` this value, once ``L.backward()`` was called; 0 before.
        Each further call adds to it.
    label : str
    edges : tuple of (Value, float)
        What it was computed from, each with the local derivative; empty for a leaf.
    operation : str
        The operation that made it; empty for a leaf.

    Raises
    ------
    TypeError, ValueError
        If `data` is not a finite real number; from an operation, if its result would not be.

    Examples
    --------
    >>> import nnlib
    >>> x, w = nnlib.Value(3.0), nnlib.Value(2.0)
    >>> L = (w * x - 5) ** 2
    >>> L.backward()
    >>> x.grad, w.grad
    (4.0, 6.0)
    """

    __slots__ = ("data", "edges", "grad", "label", "operation")

    def __init__(self, data: float, label: str = "") -> None:
        self.data = real_number("data", data)
        self.label = label
        self.grad = 0.0
        self.edges: tuple[tuple[Value, float], ...] = ()
        self.operation = ""

    def __repr__(self) -> str:
        label = f", label={self.label!r}" if self.label else ""
        return f"Value({self.data:.6g}, grad={self.grad:.6g}{label})"

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        depth: dict[Value, int] = {}
        for value in topological_order(self):
            depth[value] = 1 + max((depth[source] for source, _ in value.edges), default=0)
        if depth[self] > _MAX_DEPTH:  # Python copies and pickles by recursion
            raise TypeError(
                f"a Value at the end of {depth[self]} operations in a row cannot be copied or "
                f"pickled (at most {_MAX_DEPTH}): keep only its data"
            )
        return super().__reduce_ex__(protocol)

    # Each operation: the result, then (input, derivative of the result in that input).

    def __add__(self, other: Value | float) -> Value:
        other = _as_value(other)
        return _result("+", self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other: Value | float) -> Value:
        other = _as_value(other)
        return _result("*", self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, exponent: float) -> Value:
        if isinstance(exponent, Value):
            raise TypeError("the exponent must be a number: write (b * a.log()).exp() for a ** b")
        exponent = real_number("exponent", exponent)
        if self.data < 0 and not exponent.is_integer():
            raise ValueError(f"a negative base, {self.data}, needs an integer exponent")
        if self.data == 0 and exponent < 1 and exponent != 0:
            raise ValueError(f"0 ** {exponent} has no finite value or slope")
        try:
            data = self.data**exponent
            slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        except OverflowError:
            power = f"{self.data:g} ** {exponent:g}"
            raise ValueError(f"{power} or its slope is beyond the range of a float") from None
        return _result(f"**{exponent:g}", data, (self, slope))

    def exp(self) -> Value:
        r""":math:`e^u`, with derivative :math:`e^u`."""
        try:
            data = math.exp(self.data)
        except OverflowError:
            raise ValueError(f"exp({self.data}) is beyond the range of a float") from None
        return _result("exp", data, (self, data))

    def log(self) -> Value:
        r""":math:`\ln u` for u > 0, with derivative :math:`1 / u`."""
        if self.data <= 0:
            raise ValueError(f"log needs a positive number, got {self.data}")
        slope = 1 / self.data
        if slope == math.inf:
            raise ValueError(f"log has an infinite slope at {self.data}: 1 / {self.data} overflows")
        return _result("log", math.log(self.data), (self, slope))

    def relu(self) -> Value:
        r""":math:`\max(0, u)`, with derivative 1 for u > 0 and 0 otherwise."""
        return self._activate("relu")

    def softplus(self) -> Value:
        r""":math:`\ln(1 + e^u)`, with derivative :math:`\sigma(u)`."""
        return self._activate("softplus")

    def sigmoid(self) -> Value:
        r""":math:`\sigma(u)`, with derivative :math:`\sigma(u)(1 - \sigma(u))`."""
        return self._activate("sigmoid")

    def tanh(self) -> Value:
        r""":math:`\tanh u`, with derivative :math:`1 - \tanh^2 u`."""
        return self._activate("tanh")

    def _activate(self, name: str) -> Value:
        f = ACTIVATIONS[name]
        return _result(name, float(f.function(self.data)), (self, float(f.derivative(self.data))))

    # The rest follows from these.

    def __neg__(self) -> Value:
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        return self + -_as_value(other)

    def __truediv__(self, other: Value | float) -> Value:
        divisor = _as_value(other)
        if divisor.data == 0:
            raise ZeroDivisionError(f"{self!r} cannot be divided by 0")
        return self * divisor**-1

    def __radd__(self, other: float) -> Value:
        return self + other

    def __rmul__(self, other: float) -> Value:
        return self * other

    def __rsub__(self, other: float) -> Value:
        return _as_value(other) - self

    def __rtruediv__(self, other: float) -> Value:
        return _as_value(other) / self

    def backward(self) -> None:
        """Add this value's derivative in each value it was computed from to that one's `grad`."""
        grads = dict.fromkeys(topological_order(self), 0.0)
        grads[self] = 1.0
        for value in reversed(grads):  # every use of a value comes before the value itself
            value.grad += grads[value]
            for source, local_derivative in value.edges:
                grads[source] += grads[value] * local_derivative


def topological_order(value: Value) -> list[Value]:
    """All values that `value` was computed from, inputs before what they feed; `value` is last.

    Parameters
    ----------
    value : Value

    Returns
    -------
    list of Value, each once

    Raises
    ------
    TypeError
        If `value` is not a Value.

    Examples
    --------
    >>> import nnlib
    >>> x = nnlib.Value(2.0, "x")
    >>> [value.data for value in nnlib.topological_order(x * x)]
    [2.0, 4.0]
    """
    if not isinstance(value, Value):
        raise TypeError(f"value must be a Value, got {value!r}")
    order: dict[Value, None] = {}  # a dict keeps the order in which its keys came
    stack = [value]  # a stack of our own: a long graph would exhaust Python's
    while stack:
        node = stack[-1]
        waiting = [source for source, _ in node.edges if source not in order]
        if waiting:
            stack.extend(reversed(waiting))
        else:
            order[node] = None
            stack.pop()
    return list(order)


def _result(operation: str, data: float, *edges: tuple[Value, float]) -> Value:
    if not math.isfinite(data):
        raise ValueError(f"{operation} must have a finite result, got {data}")
    value = Value.__new__(Value)  # not by Value(data): its checks are for what comes from outside
    value.data, value.grad, value.label = data, 0.0, ""
    value.operation, value.edges = operation, edges
    return value


def _as_value(number: Value | float) -> Value:
    return number if isinstance(number, Value) else Value(number)
