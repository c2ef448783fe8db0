r"""Layers: each knows how to compute its output and how to send gradients back.

`forward` takes a batch X, one sample per row, and remembers what `backward` will need.
`backward` takes the gradient of the loss with respect to the layer's output and returns the
gradient with respect to its input; on the way it adds the gradients of the layer's own
parameters to theirs. That is the chain rule, one layer at a time:

.. math::

    \frac{\partial L}{\partial \text{input}}
    = \frac{\partial L}{\partial \text{output}} \cdot
      \frac{\partial \text{output}}{\partial \text{input}}.

`backward` belongs to the latest `forward`. To compute an output in between, for a plot or a
held-out set, use `predict`, which remembers nothing, also in several threads at once. Layers keep
references to the arrays they saw, not copies: do not change a batch in place between `forward` and
`backward`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nnlib._sums import ones
from nnlib._typing import FloatArray
from nnlib._validation import (
    check_rows,
    float_array,
    float_dtype,
    one_of,
    positive_int,
    random_generator,
    real_number,
)
from nnlib.activations import (
    ACTIVATIONS,
    INITS,
    Activation,
    leaky_relu,
    leaky_relu_derivative,
)
from nnlib.parameters import Parameter


class Layer:
    """What every layer offers. A layer of your own overrides `forward` and `backward`.

    Attributes
    ----------
    remembers : tuple of str
        Names of the attributes in which it keeps, from `forward` to `backward`, what it saw:
        they are neither copied nor pickled with it.
    in_features : int, or None
        Number of columns that it takes, where that is fixed.
    out_features : int, or None
        Number of columns that it gives. Where layers have both, a network refuses neighbors that
        do not fit as soon as it is made.
    keeps_width : bool
        Whether it gives as many columns as it takes, however many these are.

    Raises
    ------
    NotImplementedError
        From `forward` or `backward`, if the layer does not define it.

    Examples
    --------
    >>> import numpy as np
    >>> import nnlib
    >>> class Double(nnlib.Layer):
    ...     def forward(self, X):
    ...         return 2 * X
    ...
    ...     def backward(self, grad_output):
    ...         return 2 * grad_output
    >>> model = nnlib.Sequential(nnlib.Linear.from_arrays([[1.0]], [0.5]), Double())
    >>> model([[3.0]]).tolist()
    [[7.0]]

    One that normalizes the columns of a batch, and learns with which mean and variance new data is
    to be normalized. These are no parameters, but `save` has to know them: they are its buffers.

    >>> class BatchNorm(nnlib.Layer):
    ...     keeps_width = True
    ...     remembers = ("A", "deviation")
    ...
    ...     def __init__(self, width):
    ...         self.mean, self.variance = np.zeros(width), np.ones(width)
    ...         self.scale, self.shift = map(nnlib.Parameter, (np.ones(width), np.zeros(width)))
    ...
    ...     def parameters(self):
    ...         return [self.scale, self.shift]
    ...
    ...     def buffers(self):
    ...         return {"mean": self.mean, "variance": self.variance}
    ...
    ...     def forward(self, X):
    ...         self.mean += 0.1 * (X.mean(axis=0) - self.mean)
    ...         self.variance += 0.1 * (X.var(axis=0) - self.variance)
    ...         self.deviation = np.sqrt(X.var(axis=0) + 1e-5)
    ...         self.A = (X - X.mean(axis=0)) / self.deviation
    ...         return self.scale.value * self.A + self.shift.value
    ...
    ...     def predict(self, X):
    ...         A = (X - self.mean) / np.sqrt(self.variance + 1e-5)
    ...         return self.scale.value * A + self.shift.value
    ...
    ...     def backward(self, grad_output):
    ...         self.scale.add_grad((self.A * grad_output).sum(axis=0))
    ...         self.shift.add_grad(grad_output.sum(axis=0))
    ...         G = self.scale.value * grad_output
    ...         G = G - G.mean(axis=0) - self.A * (self.A * G).mean(axis=0)
    ...         return G / self.deviation
    >>> model = nnlib.Sequential(nnlib.Linear(2, 3, rng=0), BatchNorm(3), nnlib.Linear(3, 1, rng=1))
    >>> nnlib.check_model(model, [[1.0, 2.0], [0.0, 5.0], [3.0, 4.0]], [[0.0]] * 3, loss="mse")
    >>> list(model.state())
    ['0.weight', '0.bias', '1.scale', '1.shift', '2.weight', '2.bias', '1.mean', '1.variance']
    """

    remembers: tuple[str, ...] = ()
    in_features: int | None = None
    out_features: int | None = None
    keeps_width = False

    def forward(self, X: ArrayLike) -> FloatArray:
        """Output of the layer for a batch `X`, one sample per row."""
        raise NotImplementedError(f"{type(self).__name__} must define forward(self, X)")

    def __call__(self, X: ArrayLike) -> FloatArray:
        return self.forward(X)

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Gradient with respect to the input, from that with respect to the output.

        Adds the gradients of the layer's parameters to theirs on the way.
        """
        raise NotImplementedError(f"{type(self).__name__} must define backward(self, grad_output)")

    def backward_parameters(self, grad_output: ArrayLike) -> None:
        """Only add the gradients of the parameters; a layer that can spare work overrides it."""
        self.backward(grad_output)

    def predict(self, X: ArrayLike) -> FloatArray:
        """The same output as `forward`, without a trace: a later `backward` is not affected.

        It is the `forward` of a copy that has its own arrays, layers, lists, tuples and dicts, and
        shares all else, above all the parameters. A layer that treats new data otherwise overrides
        it.
        """
        twin: Layer = twin_of(self, {})
        return twin.forward(X)

    def parameters(self) -> list[Parameter]:
        """The layer's parameters, weights before biases; none by default."""
        return []

    def buffers(self) -> dict[str, FloatArray]:
        """Arrays by name that are no parameters, but belong to `Sequential.state`; none by default.

        They are of floats, and `Sequential.load` writes into them.
        """
        return {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | dict.fromkeys(self.remembers)


def twin_of(thing: Any, twins: dict[int, Any]) -> Any:
    """A copy of a layer or a network, and of the arrays, layers, lists, tuples and dicts in it.

    All else is the same object. `twins` has the twin of each object that was met, by its id.

    Examples
    --------
    >>> import nnlib
    >>> from nnlib.layers import twin_of
    >>> layer = nnlib.Linear(1, 1, rng=0)
    >>> twin = twin_of(layer, {})
    >>> twin is layer, twin.weight is layer.weight
    (False, True)
    """
    if id(thing) in twins:
        return twins[id(thing)]
    if isinstance(thing, np.ndarray):
        twin: Any = thing.copy()
    elif isinstance(thing, list):
        twin = [twin_of(item, twins) for item in thing]
    elif isinstance(thing, tuple):
        twin = getattr(thing, "_make", tuple)(twin_of(item, twins) for item in thing)
    elif isinstance(thing, dict):
        twin = thing.copy()
        twin.update((name, twin_of(item, twins)) for name, item in thing.items())
    elif hasattr(thing, "remembers") and not isinstance(thing, type):
        twin = twins[id(thing)] = object.__new__(type(thing))  # now: it may be met again inside
        for name, item in (vars(thing) | dict.fromkeys(thing.remembers)).items():
            vars(twin)[name] = twin_of(item, twins)
    else:
        twin = thing
    twins[id(thing)] = twin
    return twin


class Linear(Layer):
    r"""Weighted sums and biases: :math:`Z = X W + b`.

    Parameters
    ----------
    in_features, out_features : int
        Numbers of columns of X and of Z.
    rng : numpy.random.Generator or int
        Draws the initial weights (an integer is a seed); the biases start at 0.
    init : {"he", "glorot"}
        Variance of the weights: 2 / in_features (for ReLU and its kin), or
        2 / (in_features + out_features) (for sigmoid and tanh).
    dtype : float dtype
        Of weights and biases; X is brought to it, and all is computed in it.

    Attributes
    ----------
    weight : Parameter (in_features, out_features)
    bias : Parameter (out_features,)
    in_features : int
        Number of columns of X.
    out_features : int
        Number of columns of Z.

    Raises
    ------
    TypeError, ValueError
        If a size is not a positive integer, `rng` is neither a Generator nor a seed, `init` is
        not one of the two, or `dtype` is not a float dtype; from `forward`, if X is not
        (n, in_features); from `backward`, if the gradient does not have the output's shape.
    RuntimeError
        From `backward`, before any `forward`.

    References
    ----------
    He, Zhang, Ren and Sun (2015), *Delving deep into rectifiers*; Glorot and Bengio (2010),
    *Understanding the difficulty of training deep feedforward neural networks*.

    Examples
    --------
    >>> import nnlib
    >>> layer = nnlib.Linear.from_arrays([[1.0, 2.0], [3.0, 4.0]], [0.5, 0.0])
    >>> layer([[1.0, 1.0]]).tolist()
    [[4.5, 6.0]]
    >>> layer.backward([[1.0, 0.0]]).tolist()
    [[1.0, 3.0]]
    """

    remembers = ("_X",)
    in_features: int
    out_features: int

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        rng: np.random.Generator | int,
        init: str = "he",
        dtype: DTypeLike = float,
    ) -> None:
        shape = positive_int("in_features", in_features), positive_int("out_features", out_features)
        rng = random_generator("rng", rng)
        one_of("init", init, INITS)
        variance = 2 / (shape[0] if init == "he" else sum(shape))
        dtype = float_dtype("dtype", dtype)
        weight = rng.normal(0, np.sqrt(variance), shape)
        self._set(Parameter(weight.astype(dtype)), Parameter(np.zeros(shape[1], dtype)))

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
        self.weight, self.bias = weight, bias
        self.in_features, self.out_features = weight.value.shape
        self._X: FloatArray | None = None

    def predict(self, X: ArrayLike) -> FloatArray:
        return self._weighted_sums(self._check(X))

    def forward(self, X: ArrayLike) -> FloatArray:
        self._X = self._check(X)
        return self._weighted_sums(self._X)

    def _check(self, X: ArrayLike) -> FloatArray:
        X = float_array("X", X, dtype=self.weight.value.dtype)
        check_rows("X", X, self.in_features)
        return X

    def _weighted_sums(self, X: FloatArray) -> FloatArray:
        Z = X.dot(self.weight.value)  # X @ W; for small matrices `dot` takes half the time
        Z += self.bias.value  # in place: Z is ours, and a second array would cost a copy
        return Z

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """Return G W^T for the gradient G; add X^T G to the weights', G's sum to the biases'."""
        grad_output = self._add_grads(grad_output)
        return grad_output.dot(self.weight.value.T)

    def backward_parameters(self, grad_output: ArrayLike) -> None:
        """Only add the gradients of weights and biases: the first layer needs no more."""
        self._add_grads(grad_output)

    def _add_grads(self, grad_output: ArrayLike) -> FloatArray:
        X = require_forward(self._X, self)
        grad_output = require_gradient(grad_output, (len(X), self.out_features), X.dtype)
        self.weight.add_grad_product(X.T, grad_output)
        self.bias.add_grad_product(ones(len(grad_output), grad_output.dtype), grad_output)
        return grad_output

    def parameters(self) -> list[Parameter]:
        return [self.weight, self.bias]

    def __repr__(self) -> str:
        return f"Linear({self.in_features}, {self.out_features})"


class Elementwise(Layer):
    """A layer that applies an activation function to every entry, and has no parameters.

    Parameters
    ----------
    activation : Activation
        The function and its derivative.

    Raises
    ------
    TypeError
        If `activation` is not an Activation.
    RuntimeError
        From `backward`, before any `forward`.
    ValueError
        From `backward`, if the gradient does not have the output's shape.

    Examples
    --------
    >>> import nnlib
    >>> layer = nnlib.Elementwise(nnlib.ACTIVATIONS["softplus"])
    >>> float(layer([[0.0]])[0, 0])
    0.6931471805599453
    """

    remembers = ("_Z",)
    keeps_width = True

    def __init__(self, activation: Activation) -> None:
        if not isinstance(activation, Activation):
            named = isinstance(activation, str) and activation in ACTIVATIONS
            example = activation if named else "relu"
            raise TypeError(
                f'activation must be an Activation such as nnlib.ACTIVATIONS["{example}"], '
                f"got {activation!r}"
            )
        self.activation = activation
        self._Z: FloatArray | None = None

    def predict(self, X: ArrayLike) -> FloatArray:
        return self.activation.function(float_array("X", X))

    def forward(self, X: ArrayLike) -> FloatArray:
        self._Z = float_array("X", X)
        return self.activation.function(self._Z)

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        """The incoming gradient times the activation's slope, entry by entry."""
        Z = require_forward(self._Z, self)
        gradient = require_gradient(grad_output, Z.shape, Z.dtype)
        return gradient * self.activation.derivative(Z)

    def __repr__(self) -> str:
        return (
            f"Elementwise({self.activation!r})" if type(self) is Elementwise else super().__repr__()
        )


class ReLU(Elementwise):
    """The layer of `relu`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.ReLU()([[-1.0, 2.0]]).tolist()
    [[0.0, 2.0]]
    """

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["relu"])

    def forward(self, X: ArrayLike) -> FloatArray:
        self._Z = self.predict(X)  # the output, which the next layer keeps anyway
        return self._Z

    def backward(self, grad_output: ArrayLike) -> FloatArray:
        A = require_forward(self._Z, self)
        gradient = require_gradient(grad_output, A.shape, A.dtype)
        slope = np.sign(A)  # of the output: 1 or 0, and much faster than `heaviside`
        slope *= gradient  # in place: a second array would cost more than the product
        return slope


class LeakyReLU(Elementwise):
    """The layer of `leaky_relu`.

    Parameters
    ----------
    negative_slope : float
        The slope below zero, above 0 and at most 1.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.LeakyReLU()([[-1.0, 2.0]]).tolist()
    [[-0.01, 2.0]]
    """

    def __init__(self, negative_slope: float = 0.01) -> None:
        self.negative_slope = real_number("negative_slope", negative_slope)
        slope = {"negative_slope": self.negative_slope}
        leaky_relu(0.0, **slope)  # refuses a slope out of range now rather than in `forward`
        super().__init__(
            Activation(
                "leaky_relu",
                partial(leaky_relu, **slope),
                partial(leaky_relu_derivative, **slope),
                ACTIVATIONS["leaky_relu"].latex,
            )
        )

    def __repr__(self) -> str:
        shown = "" if self.negative_slope == 0.01 else f"{self.negative_slope:g}"
        return f"LeakyReLU({shown})"


class Softplus(Elementwise):
    """The layer of `softplus`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.Softplus()([[1000.0]]).tolist()
    [[1000.0]]
    """

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["softplus"])


class Sigmoid(Elementwise):
    """The layer of `sigmoid`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.Sigmoid()([[0.0]]).tolist()
    [[0.5]]
    """

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["sigmoid"])


class Tanh(Elementwise):
    """The layer of `tanh`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.Tanh()([[0.0]]).tolist()
    [[0.0]]
    """

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["tanh"])


class GELU(Elementwise):
    """The layer of `gelu`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.GELU()([[-50.0, 50.0]]).tolist()
    [[-0.0, 50.0]]
    """

    def __init__(self) -> None:
        super().__init__(ACTIVATIONS["gelu"])


#: The layer of each activation, by the activation's name.
ACTIVATION_LAYERS: dict[str, Callable[[], Elementwise]] = {
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "softplus": Softplus,
    "sigmoid": Sigmoid,
    "tanh": Tanh,
    "gelu": GELU,
}


def require_forward(remembered: FloatArray | None, layer: Layer) -> FloatArray:
    """What a layer remembers, if it has seen anything."""
    if remembered is None:
        raise RuntimeError(f"{layer!r}: call forward before backward")
    return remembered


def require_gradient(
    grad_output: ArrayLike, shape: tuple[int, ...], dtype: np.dtype[Any]
) -> FloatArray:
    """The gradient as an array of the layer's dtype, if it has the shape of the output."""
    gradient = float_array("grad_output", grad_output, dtype=dtype)
    if gradient.shape != shape:
        raise ValueError(
            f"grad_output must have the shape of the output, {shape}, got {gradient.shape}"
        )
    return gradient
