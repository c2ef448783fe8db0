r"""Activation functions, each with its derivative right below it.

An activation works element by element: it takes `z`, an array of real numbers of any shape, and
returns an array of the same shape and float dtype. `TypeError` or `ValueError` says what is wrong
with a `z` that is not such an array, or is empty. NaN and infinities pass through to where they
belong. No exponential here is ever taken of a positive number, so nothing overflows: with
:math:`e = \exp(-|z|)`, which lies between 0 and 1,

.. math::

    \sigma(z) = \frac{1}{1 + e} \;(z \ge 0), \qquad
    \sigma(z) = \frac{e}{1 + e} \;(z < 0), \qquad
    \operatorname{softplus}(z) = \max(0, z) + \ln(1 + e).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray
from nnlib._validation import float_array, function, integer, one_of, real_number


def relu(z: ArrayLike) -> FloatArray:
    r"""Rectified linear unit: :math:`\operatorname{relu}(z) = \max(0, z)`.

    References
    ----------
    Nair and Hinton (2010), *Rectified linear units improve restricted Boltzmann machines*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.relu([-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 3.0]
    """
    return np.maximum(float_array("z", z), 0)


def relu_derivative(z: ArrayLike) -> FloatArray:
    r"""Slope of ReLU: 1 for :math:`z > 0`, 0 for :math:`z < 0`, and 0 at 0 by convention.

    ReLU has a corner at 0 and no derivative there; any value from 0 to 1 would do, and like
    most libraries we take 0.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.relu_derivative([-2.0, 0.0, 3.0]).tolist()
    [0.0, 0.0, 1.0]
    """
    return np.heaviside(float_array("z", z), 0)


def leaky_relu(z: ArrayLike, negative_slope: float = 0.01) -> FloatArray:
    r"""Leaky ReLU: :math:`\max(z, \alpha z)`, a ReLU that keeps a small slope below zero.

    Parameters
    ----------
    z : array of any shape
    negative_slope : float
        The slope :math:`\alpha` below zero, :math:`0 < \alpha \le 1`.

    Returns
    -------
    array of the shape of `z`

    Raises
    ------
    TypeError, ValueError
        If `z` is not an array of real numbers or is empty, or `negative_slope` is not in (0, 1].

    References
    ----------
    Maas, Hannun and Ng (2013), *Rectifier nonlinearities improve neural network acoustic models*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.leaky_relu([-2.0, 3.0], negative_slope=0.1).tolist()
    [-0.2, 3.0]
    """
    z, negative_slope = float_array("z", z), _check_slope(negative_slope)
    return np.maximum(z, negative_slope * z)


def leaky_relu_derivative(z: ArrayLike, negative_slope: float = 0.01) -> FloatArray:
    r"""Slope of leaky ReLU: 1 for :math:`z > 0`, :math:`\alpha` otherwise (by convention at 0).

    Parameters
    ----------
    z : array of any shape
    negative_slope : float
        The slope :math:`\alpha` below zero, :math:`0 < \alpha \le 1`.

    Returns
    -------
    array of the shape of `z`

    Raises
    ------
    TypeError, ValueError
        If `z` is not an array of real numbers or is empty, or `negative_slope` is not in (0, 1].

    Examples
    --------
    >>> import nnlib
    >>> nnlib.leaky_relu_derivative([-2.0, 3.0], negative_slope=0.1).tolist()
    [0.1, 1.0]
    """
    z, negative_slope = float_array("z", z), _check_slope(negative_slope)
    is_positive = np.heaviside(z, 0)
    return is_positive + negative_slope * (1 - is_positive)


def _check_slope(negative_slope: float) -> float:
    slope = real_number("negative_slope", negative_slope)
    if not 0 < slope <= 1:
        raise ValueError(f"negative_slope must be above 0 and at most 1, got {slope}")
    return slope


def softplus(z: ArrayLike) -> FloatArray:
    r"""Softplus: :math:`\ln(1 + e^z)`, computed as :math:`\max(0, z) + \ln(1 + e^{-|z|})`.

    References
    ----------
    Dugas, Bengio, Bélisle, Nadeau and Garcia (2001), *Incorporating second-order functional
    knowledge for better option pricing*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.softplus([0.0, 1000.0]).tolist()  # ln 2, and no overflow
    [0.6931471805599453, 1000.0]
    """
    z = float_array("z", z)
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def softplus_derivative(z: ArrayLike) -> FloatArray:
    r"""Slope of softplus: the sigmoid, :math:`\frac{e^z}{1 + e^z} = \sigma(z)`.

    Examples
    --------
    >>> import nnlib
    >>> float(nnlib.softplus_derivative(0.0))
    0.5
    """
    return sigmoid(z)


def sigmoid(z: ArrayLike) -> FloatArray:
    r"""Logistic sigmoid: :math:`\sigma(z) = \frac{1}{1 + e^{-z}}`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.sigmoid([-1000.0, 0.0, 1000.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    z = float_array("z", z)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, z.dtype.type(1), e) / (1 + e)


def sigmoid_derivative(z: ArrayLike) -> FloatArray:
    r"""Slope of the sigmoid: :math:`\sigma(z)(1 - \sigma(z)) = \sigma(z)\,\sigma(-z)`.

    Computed as :math:`e / (1 + e)^2` with :math:`e = \exp(-|z|)`: the subtraction
    :math:`1 - \sigma(z)` would lose every digit for large z.

    Examples
    --------
    >>> import nnlib
    >>> float(nnlib.sigmoid_derivative(0.0))
    0.25
    """
    e = np.exp(-np.abs(float_array("z", z)))
    return e / (1 + e) ** 2


def tanh(z: ArrayLike) -> FloatArray:
    r"""Hyperbolic tangent: :math:`\tanh z = \frac{e^z - e^{-z}}{e^z + e^{-z}} = 2\sigma(2z) - 1`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.tanh([0.0, 20.0]).tolist()
    [0.0, 1.0]
    """
    return np.tanh(float_array("z", z))


def tanh_derivative(z: ArrayLike) -> FloatArray:
    r"""Slope of tanh: :math:`1 - \tanh^2 z = \operatorname{sech}^2 z`.

    Computed as :math:`4e / (1 + e)^2` with :math:`e = \exp(-2|z|)`: the subtraction
    :math:`1 - \tanh^2 z` would lose every digit for large z.

    Examples
    --------
    >>> import nnlib
    >>> float(nnlib.tanh_derivative(0.0))
    1.0
    """
    with np.errstate(over="ignore"):  # 2|z| may reach infinity, where e is exactly 0
        e = np.exp(-2 * np.abs(float_array("z", z)))
    return 4 * e / (1 + e) ** 2


def gelu(z: ArrayLike) -> FloatArray:
    r"""Gaussian error linear unit: :math:`z\,\Phi(z)`, a ReLU whose step is smooth.

    :math:`\Phi(z) = \frac{1}{\sqrt{2\pi}} \int_{-\infty}^{z} e^{-t^2/2}\,dt` is the probability
    that a standard normal number is at most z. This is the exact form, right to the last digits
    also where it is tiny; the usual approximation by tanh errs by up to 0.0005. NumPy has no
    :math:`\Phi`, so `math.erfc` is called for each entry, which takes about 0.1 microseconds:
    some twenty times as long as for `tanh`.

    References
    ----------
    Hendrycks and Gimpel (2016), *Gaussian error linear units (GELUs)*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.gelu([-40.0, 0.0, 40.0]).tolist()
    [-0.0, 0.0, 40.0]
    >>> round(float(nnlib.gelu(1.0)), 4)
    0.8413
    """
    z = float_array("z", z)
    # -40 replaces all z below it: there Phi is 0, and minus infinity times 0 would be NaN.
    return (np.maximum(z, -40) * _normal_cdf(_within_40(z))).astype(z.dtype)


def gelu_derivative(z: ArrayLike) -> FloatArray:
    r"""Slope of GELU: :math:`\Phi(z) + z\,\varphi(z)`, :math:`\varphi = \Phi'`.

    It is negative below :math:`z \approx -0.75`, and up to 1.13 above 0.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.gelu_derivative([-40.0, 0.0, 40.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    z = float_array("z", z)
    cut = _within_40(z)
    return (_normal_cdf(cut) + cut * _normal_density(cut)).astype(z.dtype)


def _within_40(z: FloatArray) -> FloatArray:
    """`z` in float64, moved to where the normal distribution is not yet exactly 0 or 1."""
    return np.clip(z, -40, 40).astype(np.float64)


def _normal_density(z: FloatArray) -> FloatArray:
    # Rounding z² would cost e^(-z²/2) three digits: the square of z's first 24 bits is exact.
    head = z.astype(np.float32).astype(np.float64)
    scale = 1 / math.sqrt(2 * math.pi)
    return scale * np.exp(-head * head / 2) * np.exp(-(z - head) * (z + head) / 2)


def _normal_cdf(z: FloatArray) -> FloatArray:
    x = z * math.sqrt(0.5)
    erfc = np.fromiter(map(math.erfc, (-x).ravel().tolist()), float, x.size).reshape(x.shape)
    # x has been rounded; what z has beyond sqrt(2) x, times the slope, makes up for that.
    head = x.astype(np.float32).astype(np.float64)
    beyond = z - _SQRT_2[0] * head - _SQRT_2[0] * (x - head) - _SQRT_2[1] * x
    return erfc / 2 + _normal_density(z) * beyond


_SQRT_2 = (1.4142135381698608, 2.420323420895794e-08)
"""The square root of 2 as its first 24 bits and the rest."""


# How first weights may be drawn: see `nnlib.Linear`.
INITS = ("he", "glorot")


@dataclass(frozen=True)
class Activation:
    """An activation function with its derivative and its formula.

    Attributes
    ----------
    name : str
    function : function
        Takes an array and returns an array of the same shape.
    derivative : function
        Likewise.
    latex : str
        The formula in z, if it is to be shown.
    init : {"he", "glorot"}
        The first weights that suit it, as in `Linear`.

    Raises
    ------
    TypeError, ValueError
        If a function is none, or `init` is not one of the two.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.ACTIVATIONS["tanh"]
    Activation('tanh')
    """

    name: str
    function: Callable[[ArrayLike], FloatArray]
    derivative: Callable[[ArrayLike], FloatArray]
    latex: str = ""
    init: str = "he"

    def __post_init__(self) -> None:
        function("function", self.function)
        function("derivative", self.derivative)
        one_of("init", self.init, INITS)

    def __repr__(self) -> str:
        return f"Activation({self.name!r})"


#: Every elementwise activation by name; layers, plots and tests run through this table.
ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("relu", relu, relu_derivative, r"\max(0, z)"),
        Activation("leaky_relu", leaky_relu, leaky_relu_derivative, r"\max(z, \alpha z)"),
        Activation("softplus", softplus, softplus_derivative, r"\ln(1 + e^{z})"),
        Activation("sigmoid", sigmoid, sigmoid_derivative, r"\frac{1}{1 + e^{-z}}", "glorot"),
        Activation("tanh", tanh, tanh_derivative, r"\tanh z", "glorot"),
        Activation("gelu", gelu, gelu_derivative, r"z\,\Phi(z)"),
    )
}


def softmax(z: ArrayLike, axis: int = -1) -> FloatArray:
    r"""Softmax: :math:`p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}`.

    Adding a constant to every logit changes nothing, so the largest is subtracted first:
    then no exponential exceeds 1.

    Parameters
    ----------
    z : array of at least one dimension
        Raw outputs (logits), K of them along `axis`.
    axis : int

    Returns
    -------
    array of the shape of `z`
        Probabilities: positive, summing to 1 along `axis`. A row that holds NaN or whose
        largest logit is infinite has no softmax: it comes out as NaN.

    Raises
    ------
    TypeError, ValueError
        If `z` is not an array of real numbers of at least one dimension, is empty, or has no
        such `axis`.

    References
    ----------
    Bridle (1990), *Probabilistic interpretation of feedforward classification network outputs*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.softmax([1.43, -0.40, 0.23]).round(3).tolist()
    [0.684, 0.11, 0.206]
    """
    z, axis = _check_logits(z, axis)
    e = np.exp(_shift(z, axis))
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z: ArrayLike, axis: int = -1) -> FloatArray:
    r"""Logarithm of the softmax: :math:`\ln p_i = z_i - \ln \sum_{j=1}^{K} e^{z_j}` (nats).

    With the largest logit :math:`z_m` taken out of the sum,
    :math:`\ln p_i = (z_i - z_m) - \ln\bigl(1 + \sum_{j \ne m} e^{z_j - z_m}\bigr)`,
    and `log1p` keeps the digits of a dominant class, where :math:`\ln p_m` is a tiny number.

    Parameters
    ----------
    z : array of at least one dimension
        Raw outputs (logits), K of them along `axis`.
    axis : int

    Returns
    -------
    array of the shape of `z`, in nats
        A row that holds NaN or whose largest logit is infinite comes out as NaN.

    Raises
    ------
    TypeError, ValueError
        If `z` is not an array of real numbers of at least one dimension, is empty, or has no
        such `axis`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.log_softmax([0.0, 0.0]).tolist()
    [-0.6931471805599453, -0.6931471805599453]
    """
    z, axis = _check_logits(z, axis)
    shifted = _shift(z, axis)
    others = np.exp(shifted)
    # The largest logit leaves the sum; 0 takes its place, or NaN in a row without softmax.
    largest = np.argmax(shifted, axis=axis, keepdims=True)
    np.put_along_axis(others, largest, shifted.max(axis=axis, keepdims=True), axis)
    return shifted - np.log1p(others.sum(axis=axis, keepdims=True))


def softmax_jacobian(z: ArrayLike) -> FloatArray:
    r"""Partial derivatives of the softmax: :math:`J = \operatorname{diag}(p) - p\,p^{\mathsf T}`.

    Entry by entry, :math:`\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i)` and
    :math:`\frac{\partial p_i}{\partial z_j} = -p_i p_j` for :math:`j \ne i`.
    On the diagonal :math:`1 - p_i` is the sum of the other probabilities, so that nothing
    cancels when one class dominates.

    Parameters
    ----------
    z : array (K,) or (n, K)
        Raw outputs (logits) of one sample or of n samples.

    Returns
    -------
    array (K, K) or (n, K, K)
        Entry [..., i, j] is the derivative of :math:`p_i` with respect to :math:`z_j`.

    Raises
    ------
    TypeError, ValueError
        If `z` is not an array of real numbers of one or two dimensions, or is empty.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.softmax_jacobian([0.0, 0.0]).tolist()
    [[0.25, -0.25], [-0.25, 0.25]]
    """
    z = float_array("z", z)
    if z.ndim not in (1, 2):
        raise ValueError(f"z must have shape (K,) or (n, K), got shape {z.shape}")
    p = softmax(z)
    jacobian = -p[..., :, np.newaxis] * p[..., np.newaxis, :]
    diagonal = np.arange(z.shape[-1])
    jacobian[..., diagonal, diagonal] = p - p  # 0, or NaN in a row without softmax
    jacobian[..., diagonal, diagonal] = -jacobian.sum(axis=-1)
    return jacobian


def _check_logits(z: ArrayLike, axis: int) -> tuple[FloatArray, int]:
    z = float_array("z", z)
    if z.ndim == 0:
        raise ValueError("z must have at least one dimension, got a single number")
    if integer("axis", axis) not in range(-z.ndim, z.ndim):
        raise ValueError(f"axis must be an axis of z, got axis {axis} for shape {z.shape}")
    return z, axis


def _shift(z: FloatArray, axis: int) -> FloatArray:
    """Every logit minus the largest one along `axis`."""
    # inf - inf is NaN (documented); a difference beyond the range is -inf, and its exp exactly 0.
    with np.errstate(invalid="ignore", over="ignore"):
        return z - z.max(axis=axis, keepdims=True)
