r"""Gradient checks: what a derivation claims against what the function does.

The central difference :math:`\frac{f(x + h) - f(x - h)}{2h}` is wrong by about
:math:`h^2 f''' / 6`,  and by the rounding of f divided by h; with h near 1e-6 both are tiny.

At a corner, such as ReLU's, there is no derivative: f has one slope on the left and another on the
right, and the central difference is their mean. There a gradient is accepted from one of the two
slopes to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, function, positive
from nnlib.layers import Layer, twin_of
from nnlib.losses import Loss, check_loss
from nnlib.networks import Sequential, check_network
from nnlib.parameters import Parameter


class GradientError(AssertionError):
    """A gradient that disagrees with the finite difference."""


def numerical_gradient(
    f: Callable[[FloatArray], float], x: ArrayLike, *, eps: float = 1e-6
) -> FloatArray:
    r"""Gradient by central differences: :math:`\frac{f(x + h e_i) - f(x - h e_i)}{2h}`.

    Parameters
    ----------
    f : function
        Gives a number for an array of the shape of `x`.
    x : array of any shape
    eps : float
        Step :math:`h = \epsilon \max(1, |x_i|)` in each entry.

    Returns
    -------
    array of the shape of `x`, float64

    Raises
    ------
    TypeError, ValueError
        If `f` is not a function or does not return one number, `x` is not finite, or `eps` is
        not positive.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.numerical_gradient(lambda x: x @ x, [1.0, 2.0]).round(6).tolist()
    [2.0, 4.0]
    """
    return _central_differences(f, x, eps)[0]


def check_gradient(
    f: Callable[[FloatArray], float],
    gradient: Callable[[FloatArray], ArrayLike],
    x: ArrayLike,
    *,
    rtol: float = 1e-6,
) -> None:
    r"""Compare a gradient with central differences; raise where they disagree.

    They agree in an entry if they differ by at most `rtol` of the larger one, or by what the
    rounding of f explains; at a corner of f, if the gradient is from one of its two slopes to the
    other.

    Parameters
    ----------
    f : function
        Gives a number for an array of the shape of `x`.
    gradient : function
        Claims to give the gradient of `f`.
    x : array of any shape
    rtol : float

    Raises
    ------
    GradientError
        If they disagree; it names the worst entry, its analytic and its numerical value.
    TypeError, ValueError
        If an argument is not a function, `gradient` returns another shape, `x` is not finite,
        or `rtol` is not positive.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.check_gradient(lambda x: x**3, lambda x: 3 * x**2, 2.0)
    >>> nnlib.check_gradient(lambda x: x**3, lambda x: 2 * x**2, 2.0)
    Traceback (most recent call last):
        ...
    nnlib.gradcheck.GradientError: gradient is wrong in 1 of 1 entries; the worst is (): ...
    """
    function("gradient", gradient)
    x = float_array("x", x, finite=True).astype(np.float64)
    analytic = float_array("gradient", gradient(x.copy()))
    if analytic.shape != x.shape:
        raise ValueError(f"gradient must have the shape of x, {x.shape}, got {analytic.shape}")
    _compare("gradient", f, x, analytic, positive("rtol", rtol))


def check_model(
    model: Sequential, X: ArrayLike, y: ArrayLike, *, loss: str | Loss, rtol: float = 1e-6
) -> None:
    """Compare the gradients that `backward` gives with central differences of `forward`.

    Parameters
    ----------
    model : Sequential
        Of float64 parameters, which are left as they were, like its buffers.
    X : array (n, d)
    y : array
        Targets, as for `fit`.
    loss : str or Loss
        As for `fit`.
    rtol : float

    Raises
    ------
    GradientError
        If they disagree; it names the parameter, as `Sequential.state` does, and its worst entry.
    TypeError, ValueError
        If the data does not fit the model and the loss, a parameter is not float64, a layer has
        one that its `parameters` does not give, or two calls of `forward` give different outputs,
        as those of a layer that draws at random do.

    Examples
    --------
    >>> import nnlib
    >>> model, X = nnlib.mlp([2, 3, 1], rng=0), [[1.0, 2.0]]
    >>> nnlib.check_model(model, X, [[0.5]], loss="mse")
    """
    check_network(model)
    loss = check_loss(loss)
    X = float_array("X", X, finite=True)
    parameters = model.named_parameters()
    for parameter in parameters.values():
        if parameter.value.dtype != np.float64:
            raise ValueError(f"model must hold float64 parameters, got {parameter.value.dtype}")
    for layer in model._chain:
        if forgotten := _forgotten(layer):
            raise ValueError(
                f"{model._named(layer)}: parameters() must give all of its Parameters, but lacks "
                f"{', '.join(forgotten)}, which would be neither trained nor saved"
            )

    with _untouched(model):
        prediction = model.forward(X)
        target = loss.prepare_target(prediction, y)
        if not np.array_equal(prediction, model.forward(X), equal_nan=True):
            raise ValueError(
                "model must give the same output for the same X, but two calls of forward differ: "
                "check a layer that draws at random with what it has drawn held fast"
            )
        for parameter in parameters.values():
            parameter.grad = None
        model.backward(loss.checked(prediction, target)[1])
        for name, parameter in parameters.items():
            if parameter.grad is None:
                raise GradientError(f"{name} has no gradient: backward has to add one")

            def loss_at(value: FloatArray, parameter: Parameter = parameter) -> float:
                parameter.value = value
                return loss.checked(_forward(model, X), target)[0]

            start = parameter.value.copy()
            _compare(name, loss_at, start, parameter.grad, positive("rtol", rtol))
            parameter.value = start


def _forgotten(layer: Layer) -> list[str]:
    """The Parameters in a layer, and in the layers in it, that its `parameters` does not give."""
    met: dict[int, Any] = {}
    twin_of(layer, met)
    names = {id(value): name for name, value in vars(layer).items()}
    given = {id(parameter) for parameter in layer.parameters()}
    return [
        names.get(key, repr(thing))
        for key, thing in met.items()
        if isinstance(thing, Parameter) and key not in given
    ]


def _forward(model: Sequential, X: FloatArray) -> FloatArray:
    """What `forward` gives, without a trace, also where `predict` gives something else."""
    for layer in model._chain:
        X = Layer.predict(layer, X)
    return X


@contextmanager
def _untouched(model: Sequential) -> Iterator[None]:
    """Give a model its state and its gradients back, whatever happens."""
    state, parameters = model.state(), model.parameters()
    before = [(parameter.__getstate__()[1].copy(), parameter.has_grad) for parameter in parameters]
    try:
        yield
    finally:
        for name, array in model._arrays().items():
            array[...] = state[name]
        for parameter, (grad, has_grad) in zip(parameters, before, strict=True):
            parameter.grad, parameter.has_grad = grad, has_grad


def _central_differences(
    f: Callable[[FloatArray], float], x: ArrayLike, eps: float
) -> tuple[FloatArray, FloatArray]:
    """The gradient, and how much of it the rounding of f may account for."""
    function("f", f)
    positive("eps", eps)
    x = float_array("x", x, finite=True).astype(np.float64)
    gradient, noise = np.empty_like(x), np.empty_like(x)
    for index in np.ndindex(x.shape):
        h = eps * max(1.0, float(abs(x[index])))
        right, left = float(x[index]) + h, float(x[index]) - h
        f_right, f_left = _moved(f, x, index, right), _moved(f, x, index, left)
        gradient[index] = (f_right - f_left) / (right - left)
        # Some ten roundings of f, spread over the step.
        noise[index] = 10 * np.finfo(float).eps * max(abs(f_right), abs(f_left)) / (right - left)
    return gradient, noise


def _moved(
    f: Callable[[FloatArray], float], x: FloatArray, index: tuple[int, ...], to: float
) -> float:
    """f at x with one entry moved."""
    moved = x.copy()
    moved[index] = to
    value = float_array("the result of f", f(moved))
    if value.size != 1:
        raise ValueError(f"the result of f must be a single number, got shape {value.shape}")
    return float(value.reshape(()))


def _compare(
    name: str, f: Callable[[FloatArray], float], x: FloatArray, analytic: FloatArray, rtol: float
) -> None:
    numerical, noise = _central_differences(f, x, 1e-6)
    with np.errstate(invalid="ignore"):  # infinities give NaN
        difference = np.abs(analytic - numerical)
        allowed = rtol * np.maximum(np.abs(analytic), np.abs(numerical)) + noise
        excess = np.nan_to_num(difference - allowed, nan=np.inf)  # NaN is wrong, too
    for index in map(tuple, np.argwhere(excess > 0)):
        left, right = sorted(_one_sided_slopes(f, x, index, 1e-6))
        slack = rtol * max(abs(left), abs(right)) + noise[index]
        if left - slack <= analytic[index] <= right + slack:
            excess[index] = 0
    wrong = excess > 0
    if wrong.any():
        worst = np.unravel_index(int(np.argmax(excess)), analytic.shape)
        raise GradientError(
            f"{name} is wrong in {int(wrong.sum())} of {wrong.size} entries; the worst is "
            f"{tuple(int(i) for i in worst)}: analytic {analytic[worst]:.10g}, "
            f"numerical {numerical[worst]:.10g}"
        )


def _one_sided_slopes(
    f: Callable[[FloatArray], float], x: FloatArray, index: tuple[int, ...], eps: float
) -> tuple[float, float]:
    """The slope from a little left of x up to x, and that from x to a little right of it."""
    here = float(x[index])
    h = eps * max(1.0, abs(here))
    left, middle, right = (_moved(f, x, index, to) for to in (here - h, here, here + h))
    return (middle - left) / h, (right - middle) / h
