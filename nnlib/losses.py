r"""Loss functions: how wrong a prediction is, as one number, and its gradient.

Every loss takes (prediction, target) and its derivative is taken with respect to the
prediction. Value and derivative share most of their work, so one private function per loss
computes both, side by side, and the public pair each return their half; training asks for
the two at once.

A loss is a float; a derivative has the shape of the prediction. `TypeError` or `ValueError` says
which argument is not an array of real numbers, is empty, has another shape (nothing is
broadcast) or holds values that make no sense, such as probabilities above 1. Logarithms are
natural, so cross-entropies are in nats. Nothing is clipped: a prediction that gives the truth
probability 0 has an infinite loss.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._sums import row_sums
from nnlib._targets import TARGETS, binary_target, class_target, same_shaped_target
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import float_array, function, one_of, real_number, same_shape
from nnlib.activations import sigmoid, softplus


def ssr(y_hat: ArrayLike, y: ArrayLike) -> float:
    r"""Sum of squared residuals.

    .. math:: \mathrm{SSR} = \sum_i (y_i - \hat y_i)^2

    Parameters
    ----------
    y_hat : array of any shape
        Predictions.
    y : array of the same shape
        Targets.

    Returns
    -------
    float, in the squared unit of `y`

    Examples
    --------
    >>> import nnlib
    >>> nnlib.ssr([0.0, 0.5, 1.0], [0.0, 1.0, 0.0])
    1.25
    """
    return _ssr(*_check_regression(y_hat, y))[0]


def ssr_derivative(y_hat: ArrayLike, y: ArrayLike) -> FloatArray:
    r"""Gradient of the SSR with respect to the predictions.

    .. math:: \frac{\partial\,\mathrm{SSR}}{\partial \hat y_i} = -2 (y_i - \hat y_i)

    For the arguments see `ssr`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.ssr_derivative([0.5, 1.0], [1.0, 0.0]).tolist()
    [-1.0, 2.0]
    """
    return _ssr(*_check_regression(y_hat, y))[1]


def _ssr(y_hat: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    residual = y - y_hat
    with np.errstate(over="ignore"):  # a square beyond the range is infinite
        return float(np.sum(residual**2)), -2 * residual


def mse(y_hat: ArrayLike, y: ArrayLike) -> float:
    r"""Mean squared error.

    .. math:: \mathrm{MSE} = \frac{1}{n} \sum_{i=1}^{n} (y_i - \hat y_i)^2

    Parameters
    ----------
    y_hat : array of any shape, n entries in all
        Predictions.
    y : array of the same shape
        Targets.

    Returns
    -------
    float, in the squared unit of `y`

    Examples
    --------
    >>> import nnlib
    >>> nnlib.mse([1.0, 4.0], [2.0, 2.0])
    2.5
    """
    return _mse(*_check_regression(y_hat, y))[0]


def mse_derivative(y_hat: ArrayLike, y: ArrayLike) -> FloatArray:
    r"""Gradient of the MSE with respect to the predictions.

    .. math:: \frac{\partial\,\mathrm{MSE}}{\partial \hat y_i} = -\frac{2}{n} (y_i - \hat y_i)

    For the arguments see `mse`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.mse_derivative([1.0, 4.0], [2.0, 2.0]).tolist()
    [-1.0, 2.0]
    """
    return _mse(*_check_regression(y_hat, y))[1]


def _mse(y_hat: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    total, derivative = _ssr(y_hat, y)
    return total / y.size, derivative / y.size


def huber(y_hat: ArrayLike, y: ArrayLike, delta: float = 1.0) -> float:
    r"""Huber loss: squared error for small residuals, absolute error for large ones.

    .. math:: L = \frac{1}{n} \sum_{i=1}^{n} h(y_i - \hat y_i), \qquad
        h(r) = \frac{1}{2} r^2 \;(|r| \le \delta), \qquad
        h(r) = \delta \bigl(|r| - \tfrac{1}{2} \delta\bigr) \;(|r| > \delta)

    Beyond :math:`\delta` it grows along a straight line, so that one wild target pulls no harder
    than one that is off by :math:`\delta`.

    Parameters
    ----------
    y_hat : array of any shape, n entries in all
        Predictions.
    y : array of the same shape
        Targets.
    delta : float
        The residual :math:`\delta > 0` from which the loss is a straight line.

    Returns
    -------
    float, in the squared unit of `y`

    Raises
    ------
    TypeError, ValueError
        As for every loss, or if `delta` is not a positive number.

    References
    ----------
    Huber (1964), *Robust estimation of a location parameter*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.huber([1.0, 4.0], [2.0, 0.0])  # (0.5 + 3.5) / 2
    2.0
    """
    return _huber(*_check_regression(y_hat, y), _check_delta(delta))[0]


def huber_derivative(y_hat: ArrayLike, y: ArrayLike, delta: float = 1.0) -> FloatArray:
    r"""Gradient of the Huber loss: the residuals, cut off at :math:`\pm\delta`.

    .. math:: \frac{\partial L}{\partial \hat y_i}
        = -\frac{1}{n} \max(-\delta, \min(\delta, y_i - \hat y_i))

    For the arguments see `huber`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.huber_derivative([1.5, 4.0], [2.0, 0.0]).tolist()
    [-0.25, 0.5]
    """
    return _huber(*_check_regression(y_hat, y), _check_delta(delta))[1]


def _huber(y_hat: FloatArray, y: FloatArray, delta: float = 1.0) -> tuple[float, FloatArray]:
    residual = y - y_hat
    cut = np.clip(residual, -delta, delta)
    with np.errstate(over="ignore"):  # a product beyond the range is infinite
        return float(np.sum(cut * (residual - cut / 2))) / y.size, -cut / y.size


def _check_delta(delta: float) -> float:
    delta = real_number("delta", delta)
    if not delta > 0:
        raise ValueError(f"delta must be above 0, got {delta}")
    return delta


def binary_cross_entropy(p: ArrayLike, y: ArrayLike) -> float:
    r"""Cross-entropy for two classes.

    .. math:: L = -\frac{1}{n} \sum_{i=1}^{n} \bigl[y_i \ln p_i + (1 - y_i) \ln(1 - p_i)\bigr]

    Parameters
    ----------
    p : array of any shape, n entries in all
        Predicted probabilities of class 1.
    y : array of the same shape
        Targets, 0 or 1.

    Returns
    -------
    float, in nats
        Infinite where a class that is true was given probability 0.

    Examples
    --------
    >>> import nnlib
    >>> round(nnlib.binary_cross_entropy([0.5, 0.5], [1, 0]), 6)  # ln 2
    0.693147
    >>> nnlib.binary_cross_entropy([0.0], [1])
    inf
    """
    return _binary_cross_entropy(*_check_probabilities(p, y))[0]


def binary_cross_entropy_derivative(p: ArrayLike, y: ArrayLike) -> FloatArray:
    r"""Gradient of the two-class cross-entropy with respect to the probabilities.

    .. math:: \frac{\partial L}{\partial p_i} = -\frac{1}{n\,p_i} \;(y_i = 1), \qquad
        \frac{\partial L}{\partial p_i} = \frac{1}{n\,(1 - p_i)} \;(y_i = 0)

    For the arguments see `binary_cross_entropy`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.binary_cross_entropy_derivative([0.01], [1]).tolist()
    [-100.0]
    """
    return _binary_cross_entropy(*_check_probabilities(p, y))[1]


def _binary_cross_entropy(p: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    with np.errstate(divide="ignore", over="ignore"):  # p = 0 where y = 1 is infinitely wrong
        surprise = -np.where(y == 1, np.log(p), np.log1p(-p))
        slope = np.where(y == 1, -1 / p, 1 / (1 - p))
    return float(np.sum(surprise)) / p.size, slope / p.size


def cross_entropy(p: ArrayLike, y: ArrayLike) -> float:
    r"""Cross-entropy for K classes.

    .. math:: L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{k=1}^{K} y_{ik} \ln p_{ik}

    Parameters
    ----------
    p : array (n, K)
        Predicted probabilities; each row sums to 1 within 1e-5.
    y : array (n,) or (n, K)
        Targets: labels from 0 to K - 1, or one-hot rows.

    Returns
    -------
    float, in nats
        Infinite where a class that is true was given probability 0.

    Examples
    --------
    >>> import nnlib
    >>> round(nnlib.cross_entropy([[0.684, 0.110, 0.206]], [0]), 3)
    0.38
    """
    return _cross_entropy(*_check_distributions(p, y))[0]


def cross_entropy_derivative(p: ArrayLike, y: ArrayLike) -> FloatArray:
    r"""Gradient of the cross-entropy with respect to the probabilities: zero but for true classes.

    .. math:: \frac{\partial L}{\partial p_{ik}} = -\frac{y_{ik}}{n\,p_{ik}}

    For the arguments see `cross_entropy`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.cross_entropy_derivative([[0.25, 0.75]], [0]).tolist()
    [[-4.0, 0.0]]
    """
    return _cross_entropy(*_check_distributions(p, y))[1]


def _cross_entropy(p: FloatArray, labels: IntArray) -> tuple[float, FloatArray]:
    n, rows = len(p), np.arange(len(p))
    p_of_truth = p[rows, labels]
    slope = np.zeros_like(p)
    with np.errstate(divide="ignore", over="ignore"):  # p = 0 of the truth is infinitely wrong
        surprise = -np.log(p_of_truth)
        slope[rows, labels] = -1 / p_of_truth / n
    return float(np.sum(surprise)) / n, slope


def binary_cross_entropy_with_logits(z: ArrayLike, y: ArrayLike) -> float:
    r"""Cross-entropy of the probability :math:`\sigma(z)`, computed from the logit z.

    .. math:: L = \frac{1}{n} \sum_{i=1}^{n} \operatorname{softplus}(\pm z_i)

    The sign is plus where :math:`y_i = 0`, because :math:`-\ln(1 - \sigma(z)) =
    \operatorname{softplus}(z)`, and minus where :math:`y_i = 1`, because
    :math:`-\ln \sigma(z) = \operatorname{softplus}(-z)`.

    Parameters
    ----------
    z : array of any shape, n entries in all
        Raw outputs (logits) for class 1.
    y : array of the same shape
        Targets, 0 or 1.

    Returns
    -------
    float, in nats

    Examples
    --------
    >>> import nnlib
    >>> nnlib.binary_cross_entropy_with_logits([1000.0], [0])
    1000.0
    """
    return _binary_cross_entropy_with_logits(*_check_binary_logits(z, y))[0]


def binary_cross_entropy_with_logits_derivative(z: ArrayLike, y: ArrayLike) -> FloatArray:
    r"""Gradient of the two-class cross-entropy with respect to the logits.

    .. math:: \frac{\partial L}{\partial z_i} = \frac{1}{n} \bigl(\sigma(z_i) - y_i\bigr)

    For the arguments see `binary_cross_entropy_with_logits`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.binary_cross_entropy_with_logits_derivative([0.0], [1]).tolist()
    [-0.5]
    """
    return _binary_cross_entropy_with_logits(*_check_binary_logits(z, y))[1]


def _binary_cross_entropy_with_logits(z: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    sign = 1 - 2 * y
    # sign * sigmoid(sign * z) is sigmoid(z) - y without the cancellation.
    return float(np.sum(softplus(sign * z))) / z.size, sign * sigmoid(sign * z) / z.size


def cross_entropy_with_logits(z: ArrayLike, y: ArrayLike) -> float:
    r"""Cross-entropy of the probabilities softmax(z), computed from the logits z.

    For a sample of class c, with the largest logit :math:`z_m` taken out of the sum,

    .. math:: -\ln p_c = \ln \sum_k e^{z_k} - z_c
        = (z_m - z_c) + \ln\Bigl(1 + \sum_{k \ne m} e^{z_k - z_m}\Bigr)

    Parameters
    ----------
    z : array (n, K)
        Raw outputs (logits).
    y : array (n,) or (n, K)
        Targets: labels from 0 to K - 1, or one-hot rows.

    Returns
    -------
    float, in nats
        The mean over the n samples.

    Examples
    --------
    >>> import nnlib
    >>> round(nnlib.cross_entropy_with_logits([[1.43, -0.40, 0.23]], [0]), 3)
    0.38
    """
    logits, labels = _check_logits(z, y)
    with np.errstate(invalid="ignore", over="ignore"):  # inf - inf is NaN, and -inf has e = 0
        return _cross_entropy_with_logits(logits, labels)[0]


def cross_entropy_with_logits_derivative(z: ArrayLike, y: ArrayLike) -> FloatArray:
    r"""Gradient of the cross-entropy with respect to the logits.

    .. math:: \frac{\partial L}{\partial z_{ik}} = \frac{1}{n} (p_{ik} - y_{ik}),
        \qquad p = \operatorname{softmax}(z)

    Each row sums to 0. At the true class :math:`p - 1` is computed as minus the sum of the
    other probabilities, so that it keeps its digits when p is nearly 1.

    For the arguments see `cross_entropy_with_logits`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.cross_entropy_with_logits_derivative([[0.0, 0.0]], [1]).tolist()
    [[0.5, -0.5]]
    """
    logits, labels = _check_logits(z, y)
    with np.errstate(invalid="ignore", over="ignore"):  # inf - inf is NaN, and -inf has e = 0
        return _cross_entropy_with_logits(logits, labels)[1]


def _cross_entropy_with_logits(z: FloatArray, labels: IntArray) -> tuple[float, FloatArray]:
    n, num_classes = z.shape
    row_starts = np.arange(0, z.size, num_classes)  # entries are counted through all rows
    truth = row_starts + labels.astype(np.intp, copy=False)  # which has 32 bits in a browser
    z_largest = z.take(row_starts + z.argmax(axis=1))
    lead = z - z_largest[:, np.newaxis]  # at most 0
    e = np.exp(lead)
    lead_of_truth, e_of_truth = lead.take(truth), e.take(truth)
    e.put(truth, 0)
    others = row_sums(e)
    # The sum of all is e_of_truth + others, or 1 + (expm1(lead_of_truth) + others).
    loss = (np.log1p(np.expm1(lead_of_truth) + others) - lead_of_truth).sum()

    e.put(truth, -others)  # p - 1 is minus the sum of the other probabilities
    slope = e / (n * (e_of_truth + others))[:, np.newaxis]
    return float(loss) / n, slope


def _check_regression(y_hat: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    prediction = float_array("y_hat", y_hat)
    return prediction, same_shaped_target(prediction, y)


def _check_binary_logits(z: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    logits = float_array("z", z)
    return logits, binary_target(logits, y)


def _check_probabilities(p: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    probabilities = _in_unit_interval(float_array("p", p))
    return probabilities, binary_target(probabilities, y)


def _check_logits(z: ArrayLike, y: ArrayLike) -> tuple[FloatArray, IntArray]:
    logits = float_array("z", z, ndim=2)
    return logits, class_target(logits, y)


def _check_distributions(p: ArrayLike, y: ArrayLike) -> tuple[FloatArray, IntArray]:
    probabilities = _in_unit_interval(float_array("p", p, ndim=2))
    off = np.abs(probabilities.sum(axis=1) - 1)
    if off.max() > 1e-5:
        row = int(off.argmax())
        total = probabilities[row].sum()
        raise ValueError(f"each row of p must sum to 1 within 1e-5, got {total} in row {row}")
    return probabilities, class_target(probabilities, y)


def _in_unit_interval(p: FloatArray) -> FloatArray:
    outside = ~((p >= 0) & (p <= 1))  # written so that NaN is outside
    if outside.any():
        raise ValueError(f"p must be probabilities from 0 to 1, got {p[outside][0]}")
    return p


@dataclass(frozen=True)
class Loss:
    """A loss function, and all that training needs to know about it.

    Attributes
    ----------
    name : str
    value_and_gradient : function
        ``value_and_gradient(prediction, target)`` gives the loss and its gradient with respect to
        the prediction. Both arguments have been checked; `target` is as `target` says.
    reduction : {"mean", "sum"}
        Whether the loss of a batch is the mean or the sum of its samples' losses.
    target : {"same shape", "binary", "labels", "one-hot"}
        What a target is: finite numbers in the shape of the prediction; the same, each 0 or 1;
        labels (n,), which may come as one-hot rows; or one-hot rows (n, K), which may come as
        labels.
    predict : function, optional
        Returns the class (n,) that each row of predictions encodes, and the true class for
        targets in the shape of the prediction. With it, `fit` records accuracies.
    on_probabilities : bool
        Whether the prediction is a probability; otherwise it is a model's raw output.
    latex : str
        The formula.
    function : function, optional
        The loss of a prediction and a target that have not been checked; made from the others.
    derivative : function, optional
        Its gradient with respect to the prediction, likewise.

    Raises
    ------
    TypeError, ValueError
        If a function is none, or a word is not one of those above; when the loss is used, if
        `value_and_gradient` does not return one number and a gradient in the prediction's shape.

    Examples
    --------
    The mean absolute error, to be used like ``loss="mse"``:

    >>> import numpy as np
    >>> import nnlib
    >>> def mean_absolute_error(y_hat, y):
    ...     residual = y_hat - y
    ...     return np.abs(residual).mean(), np.sign(residual) / residual.size
    >>> loss = nnlib.Loss("mean absolute error", mean_absolute_error)
    >>> float(loss.function([[1.0], [4.0]], [[2.0], [2.0]]))
    1.5
    """

    name: str
    value_and_gradient: Callable[[FloatArray, Any], tuple[float, FloatArray]]
    _: KW_ONLY
    reduction: str = "mean"
    target: str = "same shape"
    predict: Callable[[FloatArray], IntArray] | None = None
    on_probabilities: bool = False
    latex: str = ""
    function: Callable[[ArrayLike, ArrayLike], float] = None  # type: ignore[assignment]
    derivative: Callable[[ArrayLike, ArrayLike], FloatArray] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        function("value_and_gradient", self.value_and_gradient)
        one_of("reduction", self.reduction, ("mean", "sum"))
        one_of("target", self.target, TARGETS)
        for name, part in (("function", 0), ("derivative", 1)):
            if getattr(self, name) is None:
                object.__setattr__(self, name, partial(self._checked, part))

    def _checked(self, part: int, prediction: ArrayLike, y: ArrayLike) -> Any:
        prediction = float_array("prediction", prediction)
        return self.checked(prediction, self.prepare_target(prediction, y))[part]

    def checked(self, prediction: FloatArray, target: NDArray[Any]) -> tuple[float, FloatArray]:
        """What `value_and_gradient` returns, if it is a number and a gradient."""
        result = self.value_and_gradient(prediction, target)
        if not (isinstance(result, Sequence) and len(result) == 2):
            raise TypeError(
                f"value_and_gradient of {self!r} must return two things, the loss and its "
                f"gradient, got {type(result).__name__}"
            )
        value = float_array(f"the loss of {self!r}", result[0])
        if value.ndim > 0:
            raise ValueError(f"the loss of {self!r} must be one number, got shape {value.shape}")
        gradient = float_array(f"the gradient of {self!r}", result[1])
        same_shape(f"the gradient of {self!r}", gradient, "the prediction", prediction)
        return result

    def prepare_target(self, prediction: FloatArray, y: ArrayLike, name: str = "y") -> NDArray[Any]:
        """Check a target, and bring it into the form that `value_and_gradient` wants."""
        return TARGETS[self.target](prediction, y, name)

    def true_classes(self, target: NDArray[Any]) -> IntArray:
        """The classes that a prepared target encodes; only with `predict`."""
        assert self.predict is not None
        return target if self.target == "labels" else self.predict(target)

    def __repr__(self) -> str:
        return f"Loss({self.name!r})"


def _with_its_pair(name: str, value_and_gradient: Callable[..., Any], **options: Any) -> Loss:
    """A loss of this module, with the public functions of its name."""
    pair = {"function": globals()[name], "derivative": globals()[f"{name}_derivative"]}
    return Loss(name, value_and_gradient, **pair, **options)


_HUBER = r"\frac{1}{n} \sum_i h_\delta(y_i - \hat y_i)"


def huber_loss(delta: float = 1.0) -> Loss:
    r"""The Huber loss with a :math:`\delta` of one's own, for `fit`; see `huber`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.huber_loss(delta=2.0).function([1.0, 4.0], [2.0, 0.0])
    3.25
    """
    delta = _check_delta(delta)
    name = "huber" if delta == 1 else f"huber(delta={delta:g})"
    return Loss(name, partial(_huber, delta=delta), latex=_HUBER)


# Functions with names, so that a loss can be pickled.


def _above_half(p: FloatArray) -> IntArray:
    return (p > 0.5).astype(np.intp).ravel()


def _above_zero(z: FloatArray) -> IntArray:
    return (z > 0).astype(np.intp).ravel()


def _largest(scores: FloatArray) -> IntArray:
    return scores.argmax(axis=1)


#: Every loss by name; training and tests run through this table.
LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        _with_its_pair(
            "ssr",
            _ssr,
            reduction="sum",
            latex=r"\sum_i (y_i - \hat y_i)^2",
        ),
        _with_its_pair(
            "mse",
            _mse,
            latex=r"\frac{1}{n} \sum_i (y_i - \hat y_i)^2",
        ),
        _with_its_pair("huber", _huber, latex=_HUBER),
        _with_its_pair(
            "binary_cross_entropy",
            _binary_cross_entropy,
            target="binary",
            predict=_above_half,
            on_probabilities=True,
            latex=r"-\frac{1}{n} \sum_i [y_i \ln p_i + (1 - y_i) \ln(1 - p_i)]",
        ),
        _with_its_pair(
            "cross_entropy",
            _cross_entropy,
            target="labels",
            predict=_largest,
            on_probabilities=True,
            latex=r"-\frac{1}{n} \sum_i \sum_k y_{ik} \ln p_{ik}",
        ),
        _with_its_pair(
            "binary_cross_entropy_with_logits",
            _binary_cross_entropy_with_logits,
            target="binary",
            predict=_above_zero,
            latex=r"-\frac{1}{n} \sum_i [y_i \ln \sigma(z_i) + (1 - y_i) \ln \sigma(-z_i)]",
        ),
        _with_its_pair(
            "cross_entropy_with_logits",
            _cross_entropy_with_logits,
            target="labels",
            predict=_largest,
            latex=r"-\frac{1}{n} \sum_i \sum_k y_{ik} \ln \operatorname{softmax}(z_i)_k",
        ),
    )
}
