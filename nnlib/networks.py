r"""Networks: layers one after another, with all their parameters in one vector.

A network is a function of its inputs and of :math:`\theta`, the vector of all weights and biases.
`Sequential` keeps :math:`\theta` and the gradient as two arrays, so that a step of gradient
descent is the line of the chapter::

    model.theta[:] -= lr * model.gradient
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from nnlib._state import new_arrays, write_arrays
from nnlib._typing import FloatArray
from nnlib._validation import (
    check_rows,
    float_array,
    in_place,
    layer_sizes,
    named,
    random_generator,
    read_only,
)
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.layers import ACTIVATION_LAYERS, Elementwise, Layer, Linear
from nnlib.parameters import Parameter, lay_out, runs


class Sequential:
    r"""Layers one after another: the output of each is the input of the next.

    Parameters
    ----------
    *layers : Layer or Sequential
        A Sequential among them takes part as a whole.

    Attributes
    ----------
    layers : tuple of Layer or Sequential
        ``model[i]``, ``len(model)`` and iteration go through them; a slice is a Sequential of
        the same layers.
    in_features : int, or None
        Number of columns of X, where the first layer says it.
    theta : array (p,)
        All parameters as one vector, in the order of `parameters`. It is not a copy: code that
        changes it changes the network.
    gradient : array (p,), or None
        The gradient of the loss with respect to `theta`, likewise; None where a parameter has
        no gradient yet.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a Layer or a Sequential, a layer comes twice (it remembers one
        input only), there is none, a layer takes another number of columns than the one before it
        gives, or parameters have different dtypes.

    Notes
    -----
    Layers with weights bring what they are given to the dtype of these, so a network of float32
    computes in float32 whatever its inputs are.

    A parameter lives in one vector. If networks share layers, the vector of one of them moves when
    another is made or its own are read; layers and optimizers follow, but an array that was
    taken from `theta` before does not.

    Examples
    --------
    >>> import nnlib
    >>> first, second = nnlib.Linear.from_arrays([[2.0]], [1.0]), nnlib.ReLU()
    >>> model = nnlib.Sequential(first, second)
    >>> model([[3.0], [-3.0]]).tolist()
    [[7.0], [0.0]]
    >>> model.backward([[1.0], [1.0]])
    >>> model.theta.tolist(), model.gradient.tolist()
    ([2.0, 1.0], [3.0, 1.0])
    """

    remembers: tuple[str, ...] = ()  # its layers remember

    def __init__(self, *layers: Layer | Sequential) -> None:
        if not layers:
            raise ValueError("layers must not be empty")
        self.layers: tuple[Any, ...] = layers  # Any: model[0].weight is then known to type checkers
        places = list(_flat(layers))
        self._chain: tuple[Layer, ...] = tuple(layer for _, layer in places)
        for layer in self._chain:
            if sum(layer is other for other in self._chain) > 1:
                raise ValueError(f"layers must be different objects, got {layer!r} twice")
        _widths(places)
        _one_vector(self.parameters())

    # -- Computing ---------------------------------------------------------------------------

    def forward(self, X: ArrayLike) -> FloatArray:
        """Output of the last layer for a batch `X`, one sample per row; `backward` may follow."""
        return self._through(X, trace=True)

    def __call__(self, X: ArrayLike) -> FloatArray:
        return self.forward(X)

    def predict(self, X: ArrayLike) -> FloatArray:
        """The same output as `forward`, without a trace: a later `backward` is not affected.

        Of many samples 256 are computed at a time, as in the evaluations of `fit`, because a layer
        for images needs much room for each. The last digits may depend on that.
        """
        X = float_array("X", X)
        if self.in_features is not None:
            check_rows("X", X, self.in_features)
        return self._in_parts(X, 256)

    def _in_parts(self, X: FloatArray, size: int, *, guarded: bool = False) -> FloatArray:
        """The output without a trace, for as many samples at a time."""
        if X.ndim == 0 or len(X) <= size:
            return self._through(X, trace=False, guarded=guarded)
        parts = [X[start : start + size] for start in range(0, len(X), size)]
        return np.concatenate([self._in_parts(part, size, guarded=guarded) for part in parts])

    def _through(self, X: ArrayLike, *, trace: bool, guarded: bool = False) -> FloatArray:
        """The output; guarded, no layer can change its input, which another one may keep."""
        A = float_array("X", X)
        for layer in self._chain:
            try:
                A = read_only(A) if guarded else A
                A = layer.forward(A) if trace else layer.predict(A)
            except (TypeError, ValueError) as error:
                # What the first one says is about X itself.
                if (remedy := in_place(error)) or layer is not self._chain[0]:
                    error.args = (f"{self._named(layer)}: {error}{remedy}",)
                raise
            if A is None:
                raise TypeError(f"{self._named(layer)}: forward returned nothing")
        return A

    def _named(self, layer: Layer) -> str:
        """A layer as messages name it, with its place."""
        place = next(place for place, other in _flat(self.layers) if other is layer)
        return f"layer {place}, {layer!r}"

    def backward(
        self, grad_output: ArrayLike, *, input_gradient: bool = False
    ) -> FloatArray | None:
        """Add every parameter's gradient; return the input's gradient on request.

        Training has no use for the gradient with respect to X, so by default the first layer
        skips the product that would give it.
        """
        gradient, giver = float_array("grad_output", grad_output), None
        for layer in reversed(self._chain):
            try:
                if layer is self._chain[0] and not input_gradient:
                    layer.backward_parameters(gradient)
                    return None
                gradient = layer.backward(gradient)
            except (TypeError, ValueError) as error:
                if giver is not None:  # what the last one says is about grad_output
                    error.args = (f"{self._blamed(layer, giver, gradient, error)}: {error}",)
                raise
            giver = layer
            if gradient is None:
                raise TypeError(f"{self._named(layer)}: backward returned nothing")
        return gradient

    def _blamed(self, layer: Layer, giver: Layer, gradient: FloatArray, error: Exception) -> str:
        """Who is to blame for an error of a layer's `backward`: who gave it a wrong shape."""
        words = str(error)
        if words.startswith("grad_output") and words.endswith(f"got {np.shape(gradient)}"):
            return f"{self._named(giver)}: backward must fit {self._named(layer)}"
        return self._named(layer)

    @property
    def in_features(self) -> int | None:
        return self._chain[0].in_features

    # -- Parameters --------------------------------------------------------------------------

    def parameters(self) -> list[Parameter]:
        """All parameters, from the first layer to the last; one that layers share comes once."""
        return list(dict.fromkeys(p for layer in self._chain for p in layer.parameters()))

    @property
    def theta(self) -> FloatArray:
        return _one_vector(self.parameters())[0]

    @property
    def gradient(self) -> FloatArray | None:
        parameters = self.parameters()
        gradient = _one_vector(parameters)[1]
        return gradient if all(parameter.has_grad for parameter in parameters) else None

    def state(self) -> dict[str, FloatArray]:
        """Copies of all parameters and buffers by name, such as ``"0.weight"`` of ``model[0]``."""
        return {name: array.copy() for name, array in self._arrays().items()}

    def load(self, state: Mapping[str, ArrayLike] | str | Path) -> None:
        """Set parameters and buffers to those of `state`, or of a file that `save` wrote.

        All or nothing: when something does not fit, nothing has changed. Of a file no array is
        unpacked before all names and shapes fit.

        Raises
        ------
        TypeError, ValueError
            If names are missing or unknown, a shape is another, a number is not finite or beyond
            the range of the dtype, or the file is not one of `save`, is damaged or cut off.
        FileNotFoundError
            If there is no such file.
        """
        own = self._arrays()
        new = new_arrays(state, own)
        for name, array in own.items():
            array[...] = new[name]

    def save(self, path: str | Path) -> None:
        """Write `state` to a file in numpy's format ``.npz``, under exactly this name."""
        write_arrays(Path(path), self._arrays())

    def named_parameters(self) -> dict[str, Parameter]:
        """The parameters by the names that they have in `state`."""
        named: dict[str, Parameter] = {}
        for place, layer in _flat(self.layers):
            names = {id(value): name for name, value in vars(layer).items()}
            own = {names.get(id(p), f"parameter{j}"): p for j, p in enumerate(layer.parameters())}
            seen = set(named.values())
            named |= {f"{place}.{name}": p for name, p in own.items() if p not in seen}
        return named

    def buffers(self) -> dict[str, FloatArray]:
        """The buffers of all layers by the names that they have in `state`."""
        named: dict[str, FloatArray] = {}
        for place, layer in _flat(self.layers):
            for name, array in layer.buffers().items():
                if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
                    what = f"buffers must be arrays of floats, got {name}={array!r}"
                    raise TypeError(f"layer {place}, {layer!r}: {what}")
                named[f"{place}.{name}"] = array
        return named

    def _arrays(self) -> dict[str, FloatArray]:
        """All that `state` holds: the arrays themselves."""
        parameters, buffers = self.named_parameters(), self.buffers()
        if twice := parameters.keys() & buffers.keys():
            raise ValueError(f"buffers must not be named like parameters, got {min(twice)}")
        return {name: parameter.value for name, parameter in parameters.items()} | buffers

    # -- As a sequence, a table, a copy ----------------------------------------------------------

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.layers)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequential: ...
    def __getitem__(self, index: int | slice) -> Any:
        return Sequential(*self.layers[index]) if isinstance(index, slice) else self.layers[index]

    def summary(self) -> str:
        """Table of the layers: output shape for a batch of n samples, number of parameters."""
        rows = [("layer", "output", "parameters")]
        for (_, layer), width in zip(places := [*_flat(self.layers)], _widths(places), strict=True):
            count = sum(parameter.value.size for parameter in layer.parameters())
            rows.append((repr(layer), f"(n, {width or '?'})", f"{count:,}"))
        total = sum(parameter.value.size for parameter in self.parameters())
        rows.append(("", "", f"{total:,}"))
        first, second, third = (max(map(len, column)) for column in zip(*rows, strict=True))
        lines = [f"{a.ljust(first)}  {b.ljust(second)}  {c.rjust(third)}" for a, b, c in rows]
        rule = "-" * len(lines[0])
        return "\n".join([lines[0], rule, *lines[1:-1], rule, lines[-1]])

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)  # a copy, or out of a pickle: its arrays are single ones
        _one_vector(self.parameters())


def mlp(
    sizes: Sequence[int],
    activation: str | Activation = "relu",
    *,
    rng: np.random.Generator | int,
    init: str | None = None,
    dtype: DTypeLike = float,
) -> Sequential:
    """A fully connected network (multilayer perceptron): Linear layers, an activation between.

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output, such as (2, 2, 3): at least two.
    activation : str or Activation
        After every Linear layer but the last, whose raw outputs the losses take: a name in
        `ACTIVATIONS`, or an `Activation`.
    rng : numpy.random.Generator or int
        Draws the initial weights (an integer is a seed).
    init : {"he", "glorot"}, optional
        Variance of the weights, as in `Linear`; without it the one that suits the activation:
        Glorot's for sigmoid and tanh, He's for the others.
    dtype : float dtype
        Of weights and biases; inputs are brought to it, and all is computed in it.

    Returns
    -------
    Sequential

    Raises
    ------
    TypeError, ValueError
        If a size is not a positive integer or there are fewer than two, `activation` is neither
        an Activation nor the name of one, `rng` is neither a Generator nor a seed, `init` is not
        one of the two, or `dtype` is not a float dtype.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.mlp([2, 3, 1], "tanh", rng=0)
    Sequential(Linear(2, 3), Tanh(), Linear(3, 1))
    """
    widths = layer_sizes("sizes", sizes)
    activation = named("activation", activation, ACTIVATIONS, Activation)
    init = activation.init if init is None else init
    rng = random_generator("rng", rng)
    layers: list[Layer] = []
    for in_features, out_features in pairwise(widths):
        layers += [
            Linear(in_features, out_features, rng=rng, init=init, dtype=dtype),
            _layer_of(activation),
        ]
    return Sequential(*layers[:-1])


def _layer_of(activation: Activation) -> Elementwise:
    """A layer of the library's own for this activation, or else a general one."""
    if ACTIVATIONS.get(activation.name) is activation and activation.name in ACTIVATION_LAYERS:
        return ACTIVATION_LAYERS[activation.name]()
    return Elementwise(activation)


def parameter_count(sizes: Sequence[int]) -> int:
    r"""Number of weights and biases of a fully connected network.

    .. math:: \sum_{l} (d_{l-1} + 1)\, d_l

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output, at least two.

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        If a size is not a positive integer, or there are fewer than two.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.parameter_count([2, 2, 3])
    15
    """
    widths = layer_sizes("sizes", sizes)
    return sum((in_features + 1) * out_features for in_features, out_features in pairwise(widths))


def check_network(model: Sequential) -> None:
    """Refuse what is not a network, such as the function that makes one."""
    if not isinstance(model, Sequential):
        raise TypeError(f"model must be a Sequential, as nnlib.mlp makes one, got {model!r}")


def _flat(layers: Sequence[object], within: str = "") -> Iterator[tuple[str, Layer]]:
    """The layers and their places, such as "2"; those of a network inside follow, as "2.0"."""
    for i, layer in enumerate(layers):
        if isinstance(layer, Sequential):
            yield from _flat(layer.layers, f"{within}{i}.")
        elif isinstance(layer, Layer):
            yield f"{within}{i}", layer
        else:
            remedy = ""
            if isinstance(layer, list | tuple):
                remedy = ": give them one by one, without the list"
            elif isinstance(layer, type) and issubclass(layer, Layer):
                remedy = f": make one, {layer.__name__}(...)"
            raise TypeError(f"layers must be Layer or Sequential objects, got {layer!r}{remedy}")


def _widths(places: Sequence[tuple[str, Layer]]) -> list[int | None]:
    """Numbers of columns that layers give, where known; neighbors that do not fit are refused."""
    widths: list[int | None] = []
    given, giver = None, ""
    for place, layer in places:
        taken = layer.in_features
        if None not in (given, taken) and given != taken:
            raise ValueError(
                f"layer {place}, {layer!r}: takes {taken} columns, but {giver} gives {given}"
            )
        if not layer.keeps_width:
            given, giver = layer.out_features, f"layer {place}, {layer!r},"
        widths.append(given)
    return widths


def _one_vector(parameters: list[Parameter]) -> tuple[FloatArray, FloatArray]:
    """The parameters and their gradients, each as one vector; moves them if they are not."""
    dtypes = {parameter.value.dtype for parameter in parameters}
    if len(dtypes) > 1:
        names = " and ".join(sorted(map(str, dtypes)))
        raise ValueError(f"layers must have parameters of one dtype, got {names}")
    lay_out(parameters)
    return runs(parameters)[0] if parameters else (np.zeros(0), np.zeros(0))
