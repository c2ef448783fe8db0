r"""Gradient checks: what a derivation claims against what the function does.

The central difference :math:`\frac{f(x + h) - f(x - h)}{2h}` is wrong by about
:math:`h^2 f''' / 6`, and by the rounding of f divided by h; with h near 1e-6 both are tiny.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, function, positive
from nnlib.layers import Parameter, Sequential
from nnlib.losses import Loss
from nnlib.train import check_loss


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
    rounding of f alone explains.

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
    """
    function("gradient", gradient)
    x = float_array("x", x, finite=True).astype(np.float64)
    analytic = float_array("gradient", gradient(x.copy()))
    if analytic.shape != x.shape:
        raise ValueError(f"gradient must have the shape of x, {x.shape}, got {analytic.shape}")
    numerical, noise = _central_differences(f, x, 1e-6)
    _compare("gradient", analytic, numerical, noise, positive("rtol", rtol))


def check_model(
    model: Sequential, X: ArrayLike, y: ArrayLike, *, loss: str | Loss, rtol: float = 1e-6
) -> None:
    """Compare the gradients that `backward` gives every parameter with central differences.

    Parameters
    ----------
    model : Sequential
        Of float64 parameters, which are left as they were.
    X : array (n, d)
    y : array
        Targets, as for `fit`.
    loss : str or Loss
        As for `fit`.
    rtol : float

    Raises
    ------
    GradientError
        If they disagree; it names the parameter and its worst entry.
    TypeError, ValueError
        If the data does not fit the model and the loss, or a parameter is not float64.
    """
    loss = check_loss(loss)
    X = float_array("X", X, finite=True)
    prediction = model.forward(X)
    target = loss.check_target(prediction, y)
    parameters = model.parameters()
    for parameter in parameters:
        if parameter.value.dtype != np.float64:
            raise ValueError(f"model must hold float64 parameters, got {parameter.value.dtype}")

    grads_before = [parameter.grad for parameter in parameters]
    for parameter in parameters:
        parameter.grad = None
    model.backward(loss.evaluate(prediction, target)[1])
    analytic = [parameter.grad for parameter in parameters]
    for parameter, grad in zip(parameters, grads_before, strict=True):
        parameter.grad = grad

    for i, (parameter, grad) in enumerate(zip(parameters, analytic, strict=True)):
        assert grad is not None  # every parameter of a Sequential takes part in `backward`
        start = parameter.value.copy()

        def loss_at(value: FloatArray, parameter: Parameter = parameter) -> float:
            parameter.value = value
            return loss.evaluate(model.forward(X), target)[0]

        try:
            numerical, noise = _central_differences(loss_at, start, 1e-6)
        finally:
            parameter.value = start
        _compare(f"parameter {i}", grad, numerical, noise, positive("rtol", rtol))


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
        raise ValueError(f"the result of f must be one number, got shape {value.shape}")
    return float(value.reshape(()))


def _compare(
    name: str, analytic: FloatArray, numerical: FloatArray, noise: FloatArray, rtol: float
) -> None:
    with np.errstate(invalid="ignore"):  # infinities give NaN
        difference = np.abs(analytic - numerical)
        allowed = rtol * np.maximum(np.abs(analytic), np.abs(numerical)) + noise
        excess = np.nan_to_num(difference - allowed, nan=np.inf)  # NaN is wrong, too
    wrong = excess > 0
    if wrong.any():
        worst = np.unravel_index(int(np.argmax(excess)), analytic.shape)
        raise GradientError(
            f"{name} is wrong in {int(wrong.sum())} of {wrong.size} entries; the worst is "
            f"{tuple(int(i) for i in worst)}: analytic {analytic[worst]:.10g}, "
            f"numerical {numerical[worst]:.10g}"
        )
