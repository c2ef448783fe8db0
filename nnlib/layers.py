r"""Layers: each knows how to compute its output and how to send gradients back.

`forward` takes a batch X, one sample a row, and remembers what `backward` will need.
`backward` takes the gradient of the loss with respect to the layer's output and returns the
gradient with respect to its input; on the way it adds the gradients of the layer's own
parameters to theirs. That is the chain rule, one layer at a time:

.. math::

    \frac{\partial L}{\partial \text{input}}
    = \frac{\partial L}{\partial \text{output}} \cdot
      \frac{\partial \text{output}}{\partial \text{input}}.

Layers keep references to the arrays they saw, not copies: do not change a batch in place
between `forward` and `backward`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nnlib._typing import FloatArray
from nnlib._validation import (
    float_array,
    float_dtype,
    layer_sizes,
    one_of,
    positive_int,
    random_generator,
    real_number,
    same_shape,
)
from nnlib.activations import ACTIVATIONS, Activation, leaky_relu, leaky_relu_derivative


class Parameter:
    """An array that training adjusts, and the gradient of the loss with respect to it.

    Parameters
    ----------
    value : array
        The starting value. A new value must keep its shape.

    Attributes
    ----------
    value : array
    grad : array of the same shape, or None
        None until the first `backward`; each later `backward` adds to it, because a parameter
        that is used twice receives a gradient from each use.
    """

    __slots__ = ("_value", "grad")

    def __init__(self, value: ArrayLike) -> None:
        self._value = np.array(float_array("value", value, finite=True))
        self.grad: FloatArray | None = None

    @property
    def value(self) -> FloatArray:
        return self._value

    @value.setter
    def value(self, new: ArrayLike) -> None:
        array = float_array("value", new, finite=True)
        same_shape("value", array, "the parameter", self._value)
        with np.errstate(over="ignore"):  # beyond the range of the parameter's dtype
            array = array.astype(self._value.dtype)
        self._value[...] = float_array("value", array, finite=True)

    def add_grad(self, gradient: FloatArray) -> None:
        """Add one use's gradient to `grad`; the array becomes the parameter's own."""
        if self.grad is None:
            self.grad = gradient
        else:
            self.grad += gradient

    def __repr__(self) -> str:
        return f"Parameter(shape={self._value.shape})"


class Layer:
    """What every layer offers: `forward`, `backward`, `parameters`."""

    def forward(self, X: ArrayLike) -> FloatArray:
        """Output of the layer for a batch `X`, one sample a row."""
        raise NotImplementedError

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Gradient with respect to the input, from that with respect to the output.

        Adds the gradients of the layer's parameters to theirs on the way.
        """
        raise NotImplementedError

    def accumulate(self, grad_output: ArrayLike) -> None:
        """Only add the gradients of the parameters; a layer that can spare work overrides it."""
        self.backward(grad_output)

    def parameters(self) -> list[Parameter]:
        """The layer's parameters, weights before biases; none by default."""
        return []


class Linear(Layer):
    r"""Weighted sums and biases: :math:`Z = X W + b`.

    Parameters
    ----------
    in_features, out_features : int
        Numbers of columns of X and of Z.
    rng : numpy.random.Generator
        Draws the initial weights; the biases start at 0.
    init : {"he", "glorot"}
        Variance of the weights: 2 / in_features (for ReLU and its kin), or
        2 / (in_features + out_features) (for sigmoid and tanh).
    dtype : float dtype

    Attributes
    ----------
    weight : Parameter (in_features, out_features)
    bias : Parameter (out_features,)

    Raises
    ------
    TypeError, ValueError
        If a size is not a positive integer, `rng` not a Generator, `init` not one of the two,
        or `dtype` not a float dtype; from `forward`, if X is not (n, in_features); from
        `backward`, if the gradient has not the shape of the output.
    RuntimeError
        From `backward`, before any `forward`.

    References
    ----------
    He, Zhang, Ren and Sun (2015), *Delving deep into rectifiers*; Glorot and Bengio (2010),
    *Understanding the difficulty of training deep feedforward neural networks*.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        rng: np.random.Generator,
        init: str = "he",
        dtype: DTypeLike = float,
    ) -> None:
        shape = positive_int("in_features", in_features), positive_int("out_features", out_features)
        random_generator("rng", rng)
        one_of("init", init, ("he", "glorot"))
        variance = 2 / (in_features if init == "he" else in_features + out_features)
        dtype = float_dtype("dtype", dtype)
        weight = rng.normal(0, np.sqrt(variance), shape)
        self._set(Parameter(weight.astype(dtype)), Parameter(np.zeros(out_features, dtype)))

    @classmethod
    def from_arrays(cls, weight: ArrayLike, bias: ArrayLike) -> Linear:
        """The layer with these weights (in_features, out_features) and biases (out_features,).

        Raises
        ------
        TypeError, ValueError
            If an argument is not a finite array of real numbers of that shape.
        """
        W, b = float_array("weight", weight, finite=True), float_array("bias", bias, finite=True)
        if W.ndim != 2 or b.shape != W.shape[1:]:
            raise ValueError(
                "weight must have shape (in_features, out_features) and bias (out_features,), "
                f"got {W.shape} and {b.shape}"
            )
        layer = cls.__new__(cls)
        layer._set(Parameter(W), Parameter(b))
        return layer

    def _set(self, weight: Parameter, bias: Parameter) -> None:
        self.weight = weight
        self.bias = bias
        self._X: FloatArray | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        X = float_array("X", X)
        weight = self.weight.value
        if X.ndim != 2 or X.shape[1] != len(weight):
            raise ValueError(f"X must have shape (n, {len(weight)}), got {X.shape}")
        self._X = X
        Z = X.dot(weight)  # X @ weight; for small matrices dot takes half the time
        Z += self.bias.value  # in place: Z is ours, and a second array would cost a copy
        return Z

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Return G W^T for the gradient G; add X^T G to the weights', G's sum to the biases'."""
        grad_output = self._add_grads(grad_output)
        return grad_output.dot(self.weight.value.T)

    def accumulate(self, grad_output: ArrayLike) -> None:
        """Only add the gradients of weights and biases: the first layer needs no more."""
        self._add_grads(grad_output)

    def _add_grads(self, grad_output: ArrayLike) -> FloatArray:
        X = _seen(self._X, self)
        grad_output = _gradient(grad_output, (len(X), len(self.bias.value)))
        self.weight.add_grad(X.T.dot(grad_output))
        self.bias.add_grad(grad_output.sum(axis=0))
        return grad_output

    def parameters(self) -> list[Parameter]:
        return [self.weight, self.bias]

    def __repr__(self) -> str:
        in_features, out_features = self.weight.value.shape
        return f"Linear({in_features}, {out_features})"


class Elementwise(Layer):
    """A layer that applies an activation function to every entry, and has no parameters.

    Parameters
    ----------
    activation : Activation
        The function and its derivative.

    Raises
    ------
    RuntimeError
        From `backward`, before any `forward`.
    ValueError
        From `backward`, if the gradient has not the shape of the output.
    """

    def __init__(self, activation: Activation) -> None:
        self.activation = activation
        self._Z: FloatArray | None = None

    def forward(self, X: ArrayLike) -> FloatArray:
        self._Z = float_array("X", X)
        return self.activation.function(self._Z)

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """The incoming gradient times the activation's slope, entry by entry."""
        Z = _seen(self._Z, self)
        return _gradient(grad_output, Z.shape) * self.activation.derivative(Z)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class ReLU(Elementwise):
    """The layer of `relu`."""

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["relu"])

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """The incoming gradient where the unit was active, 0 elsewhere."""
        Z = _seen(self._Z, self)
        # The comparison is the derivative, and much faster on a large batch than `heaviside`.
        return _gradient(grad_output, Z.shape) * (Z > 0)


class LeakyReLU(Elementwise):
    """The layer of `leaky_relu`.

    Parameters
    ----------
    negative_slope : float
        The slope below zero, above 0 and at most 1.
    """

    def __init__(self, negative_slope: float = 0.01) -> None:
        slope = {"negative_slope": real_number("negative_slope", negative_slope)}
        leaky_relu(0.0, **slope)  # refuses a slope out of range now rather than in `forward`
        super().__init__(
            Activation(
                "leaky_relu",
                partial(leaky_relu, **slope),
                partial(leaky_relu_derivative, **slope),
                ACTIVATIONS["leaky_relu"].latex,
            )
        )


class Softplus(Elementwise):
    """The layer of `softplus`."""

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["softplus"])


class Sigmoid(Elementwise):
    """The layer of `sigmoid`."""

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["sigmoid"])


class Tanh(Elementwise):
    """The layer of `tanh`."""

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["tanh"])


class Sequential:
    """Layers one after another: the output of each is the input of the next.

    Parameters
    ----------
    *layers : Layer

    Attributes
    ----------
    layers : tuple of Layer

    Raises
    ------
    TypeError, ValueError
        If an argument is not a Layer, one comes twice (it remembers one input only), or there is
        none.
    """

    def __init__(self, *layers: Layer) -> None:
        if not layers:
            raise ValueError("layers must not be empty")
        for layer in layers:
            if not isinstance(layer, Layer):
                raise TypeError(f"layers must be Layer objects, got {layer!r}")
            if sum(layer is other for other in layers) > 1:
                raise ValueError(f"layers must be different objects, got {layer!r} twice")
        self.layers = layers

    def forward(self, X: ArrayLike) -> FloatArray:
        """Output of the last layer for a batch `X`, one sample a row."""
        A = float_array("X", X)
        for layer in self.layers:
            A = layer.forward(A)
        return A

    def backward(
        self, grad_output: ArrayLike, *, input_gradient: bool = False
    ) -> FloatArray | None:
        """Add every parameter's gradient; return the input's gradient if it is asked for.

        Training has no use for the gradient with respect to X, so by default the first layer
        skips the product that would give it.
        """
        first, *rest = self.layers
        gradient = float_array("grad_output", grad_output)
        for layer in reversed(rest):
            gradient = layer.backward(gradient)
        if input_gradient:
            return first.backward(gradient)
        first.accumulate(gradient)
        return None

    def parameters(self) -> list[Parameter]:
        """All parameters, from the first layer to the last; one that layers share comes once."""
        return list(dict.fromkeys(p for layer in self.layers for p in layer.parameters()))

    def summary(self) -> str:
        """Table of the layers: output shape for a batch of n samples, number of parameters."""
        width: int | str = "?"
        rows = [("layer", "output", "parameters")]
        for layer in self.layers:
            if isinstance(layer, Linear):
                width = layer.weight.value.shape[1]
            count = sum(parameter.value.size for parameter in layer.parameters())
            rows.append((repr(layer), f"(n, {width})", f"{count:,}"))
        total = sum(parameter.value.size for parameter in self.parameters())
        rows.append(("", "", f"{total:,}"))
        first, second, third = (max(map(len, column)) for column in zip(*rows, strict=True))
        lines = [f"{a:<{first}}  {b:<{second}}  {c:>{third}}" for a, b, c in rows]
        rule = "-" * len(lines[0])
        return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"


#: The layer of each activation, by the activation's name.
LAYERS: dict[str, Callable[[], Elementwise]] = {
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "softplus": Softplus,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
}


def mlp(sizes: Sequence[int], activation: str = "relu", *, rng: np.random.Generator) -> Sequential:
    """A fully connected network (multilayer perceptron): Linear layers, an activation between.

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output, such as (2, 2, 3): at least two.
    activation : str
        Name of the activation after every Linear layer but the last, whose raw outputs the
        losses take.
    rng : numpy.random.Generator
        Draws the initial weights: Glorot's variance for sigmoid and tanh, He's for the others.

    Returns
    -------
    Sequential

    Raises
    ------
    TypeError, ValueError
        If a size is not a positive integer or there are fewer than two, `activation` is no
        name in `ACTIVATIONS`, or `rng` is not a Generator.
    """
    widths = layer_sizes("sizes", sizes)
    layer = LAYERS[one_of("activation", activation, LAYERS)]
    init = "glorot" if activation in ("sigmoid", "tanh") else "he"
    layers: list[Layer] = []
    for in_features, out_features in pairwise(widths):
        layers += [Linear(in_features, out_features, rng=rng, init=init), layer()]
    return Sequential(*layers[:-1])


def _seen(remembered: FloatArray | None, layer: Layer) -> FloatArray:
    if remembered is None:
        raise RuntimeError(f"{layer!r}: call forward before backward")
    return remembered


def _gradient(grad_output: ArrayLike, shape: tuple[int, ...]) -> FloatArray:
    gradient = float_array("grad_output", grad_output)
    if gradient.shape != shape:
        raise ValueError(
            f"grad_output must have the shape of the output, {shape}, got {gradient.shape}"
        )
    return gradient
