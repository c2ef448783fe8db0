r"""Loss functions: how wrong a prediction is, as one number, and its gradient.

Every loss takes (prediction, target) and its derivative is taken with respect to the
prediction. Value and derivative share most of their work, so one private function per loss
computes both, side by side: `LOSSES` says what else belongs to the loss, the public pair each
return their half of it, and training asks for the two at once.

A loss is a float; a derivative has the shape of the prediction. `TypeError` or `ValueError` says
which argument is not an array of real numbers, is empty, has another shape (nothing is
broadcast) or holds values that make no sense, such as probabilities above 1. Logarithms are
natural, so cross-entropies are in nats. Nothing is clipped: a prediction that gives the truth
probability 0 has an infinite loss.

Of the two losses that take logits the plain formula stands first, as the book writes it. It
overflows, and loses the digits of small losses; nothing calls it but the test that compares it
with the exact one below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._sums import constant, ones, row_starts, row_sums
from nnlib._targets import TARGETS, check_probabilities
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import float_array, function, named, one_of, positive, same_shape
from nnlib.activations import sigmoid, softplus

# If the squares of some exponentials add up to less, none is above 1e13, or e^30. Their exponents
# are then small enough that rounding these costs nothing that can be seen. Larger ones are cut off
# at 31, so that nothing overflows before the sum is found to be too large.
_MODERATE, _BEYOND = 1e26, 31


def _ssr(y_hat: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    residual = y - y_hat
    return float(np.sum(residual**2)), -2 * residual


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
    return LOSSES["ssr"].function(y_hat, y)


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
    return LOSSES["ssr"].derivative(y_hat, y)


def _mse(y_hat: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    total, derivative = _ssr(y_hat, y)
    return total / y.size, derivative / y.size


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
    return LOSSES["mse"].function(y_hat, y)


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
    return LOSSES["mse"].derivative(y_hat, y)


def _huber(y_hat: FloatArray, y: FloatArray, delta: float = 1.0) -> tuple[float, FloatArray]:
    residual = y - y_hat
    cut = np.clip(residual, -delta, delta)
    return float(np.sum(cut * (residual - cut / 2))) / y.size, -cut / y.size


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
    return huber_loss(delta).function(y_hat, y)


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
    return huber_loss(delta).derivative(y_hat, y)


def _binary_cross_entropy(p: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    surprise = -np.where(y == 1, np.log(p), np.log1p(-p))
    slope = np.where(y == 1, -1 / p, 1 / (1 - p))
    return float(np.sum(surprise)) / p.size, slope / p.size


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
    return LOSSES["binary_cross_entropy"].function(p, y)


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
    return LOSSES["binary_cross_entropy"].derivative(p, y)


def _cross_entropy(p: FloatArray, labels: IntArray) -> tuple[float, FloatArray]:
    n, rows = len(p), np.arange(len(p))
    p_of_truth = p[rows, labels]
    slope = np.zeros_like(p)
    slope[rows, labels] = -1 / p_of_truth / n
    return float(np.sum(-np.log(p_of_truth))) / n, slope


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
    return LOSSES["cross_entropy"].function(p, y)


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
    return LOSSES["cross_entropy"].derivative(p, y)


def _plain_binary_cross_entropy_with_logits(
    z: FloatArray, y: FloatArray
) -> tuple[float, FloatArray]:
    p = 1 / (1 + np.exp(-z))
    return -float(np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))) / z.size, (p - y) / z.size


def _binary_cross_entropy_with_logits(z: FloatArray, y: FloatArray) -> tuple[float, FloatArray]:
    sign = 1 - 2 * y
    # The probability of the wrong class divided by that of the truth.
    odds = np.exp(np.minimum(sign * z, _BEYOND))
    if not np.vdot(odds, odds) < _MODERATE:
        # sign * sigmoid(sign * z) is sigmoid(z) - y without the cancellation.
        return float(np.sum(softplus(sign * z))) / z.size, sign * sigmoid(sign * z) / z.size
    return float(np.sum(np.log1p(odds))) / z.size, sign * odds / (z.size * (1 + odds))


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
    return LOSSES["binary_cross_entropy_with_logits"].function(z, y)


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
    return LOSSES["binary_cross_entropy_with_logits"].derivative(z, y)


def _plain_cross_entropy_with_logits(z: FloatArray, labels: IntArray) -> tuple[float, FloatArray]:
    p, y = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True), np.eye(z.shape[1])[labels]
    return -float(np.sum(y * np.log(p))) / len(z), (p - y) / len(z)


def _cross_entropy_with_logits(z: FloatArray, labels: IntArray) -> tuple[float, FloatArray]:
    n, num_classes = z.shape
    # Entries are counted through all rows, in the integers of an address: 32 bits in a browser.
    truth = row_starts(n, num_classes) + labels.astype(np.intp, copy=False)
    z_of_truth = z.take(truth)
    e = z - z_of_truth[:, np.newaxis]
    np.minimum(e, constant((), _BEYOND, z.dtype), out=e)
    np.exp(e, out=e)  # in units of the truth's exponential
    e.put(truth, z_of_truth - z_of_truth)  # 0, but NaN for an infinite logit
    others = row_sums(e)
    if not others.dot(others) < _MODERATE:
        return _far_from_the_truth(z, truth)
    loss = np.log1p(others).dot(ones(n, z.dtype))  # the sum of all is 1 + others

    e.put(truth, -others)  # p - 1 is minus the sum of the other probabilities
    count = constant(n, n, z.dtype)  # numpy multiplies by a vector faster than by a number
    e /= (count * others + count)[:, np.newaxis]
    return float(loss) / n, e


def _far_from_the_truth(z: FloatArray, truth: IntArray) -> tuple[float, FloatArray]:
    """The same in units of the largest exponential of each row, for logits of any size."""
    lead = z - z.max(axis=1, keepdims=True)  # at most 0
    e = np.exp(lead)
    lead_of_truth, e_of_truth = lead.take(truth), e.take(truth)
    e.put(truth, 0)
    others = row_sums(e)
    # The sum of all is e_of_truth + others, or 1 + (expm1(lead_of_truth) + others).
    loss = (np.log1p(np.expm1(lead_of_truth) + others) - lead_of_truth).sum()
    e.put(truth, -others)
    return float(loss) / len(z), e / (len(z) * (e_of_truth + others))[:, np.newaxis]


def cross_entropy_with_logits(z: ArrayLike, y: ArrayLike) -> float:
    r"""Cross-entropy of the probabilities softmax(z), computed from the logits z.

    For a sample of class c, with :math:`z_c` or the largest logit :math:`z_m` taken out of the
    sum,

    .. math:: -\ln p_c = \ln \sum_k e^{z_k} - z_c
        = \ln\Bigl(1 + \sum_{k \ne c} e^{z_k - z_c}\Bigr)
        = (z_m - z_c) + \ln\Bigl(1 + \sum_{k \ne m} e^{z_k - z_m}\Bigr)

    The last form is for samples whose class is far behind, because its exponents are never
    positive.

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
    return LOSSES["cross_entropy_with_logits"].function(z, y)


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
    return LOSSES["cross_entropy_with_logits"].derivative(z, y)


@dataclass(frozen=True)
class Loss:
    """A loss function, and all that training needs to know about it.

    Attributes
    ----------
    name : str
    value_and_gradient : function
        ``value_and_gradient(prediction, target)`` gives the loss and its gradient with respect to
        the prediction. Both arguments have been checked; `target` is as `target` says. A loss or a
        slope may be infinite or NaN: numpy does not warn of it.
    reduction : {"mean", "sum"}
        Whether the loss of a batch is the mean or the sum of its samples' losses.
    target : {"same shape", "binary", "labels", "one-hot", "any"}
        What a target is: finite numbers in the shape of the prediction; the same, each 0 or 1;
        labels (n,), which may come as one-hot rows; one-hot rows (n, K), which may come as
        labels; or finite numbers of any shape, with as many rows as the prediction.
    predict : function, optional
        Returns the class (n,) that each row of predictions encodes, and the true class for
        targets in the shape of the prediction, which those of "any" then must have. With it, `fit`
        records accuracies.
    on_probabilities : bool
        Whether the prediction is a probability; otherwise it is a model's raw output.
    latex : str
        The formula.
    argument : str
        What messages call the prediction.

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

    With ``target="any"`` a target may hold more than the prediction, here a weight for each sample:

    >>> def weighted_squares(y_hat, y):
    ...     residual, weight = y[:, :1] - y_hat, y[:, 1:]
    ...     return (weight * residual**2).mean(), -2 * weight * residual / len(y)
    >>> loss = nnlib.Loss("weighted squares", weighted_squares, target="any")
    >>> float(loss.function([[1.0], [4.0]], [[2.0, 1.0], [2.0, 0.5]]))
    1.5

    Or less: two outputs for one number, the mean of a normal distribution and the logarithm of its
    standard deviation.

    >>> def surprise(z, y):
    ...     mean, log_deviation = z[:, :1], z[:, 1:]
    ...     r = (y - mean) / np.exp(log_deviation)
    ...     slopes = np.hstack([-r / np.exp(log_deviation), 1 - r**2])
    ...     return (r**2 / 2 + log_deviation).mean(), slopes / len(y)
    >>> loss = nnlib.Loss("surprise", surprise, target="any")
    >>> nnlib.check_model(nnlib.mlp([1, 2], rng=0), [[0.0], [1.0]], [[1.0], [3.0]], loss=loss)

    Soft labels are a probability for each class; times a weight, they are weighted.

    >>> def soft_cross_entropy(z, P):
    ...     slope = P.sum(axis=1, keepdims=True) * nnlib.softmax(z) - P
    ...     return -(P * nnlib.log_softmax(z)).sum() / len(z), slope / len(z)
    >>> likeliest = lambda rows: rows.argmax(axis=1)
    >>> loss = nnlib.Loss("soft labels", soft_cross_entropy, target="any", predict=likeliest)
    >>> round(float(loss.function([[0.0, 0.0]], [[0.9, 0.1]])), 6)
    0.693147
    """

    name: str
    value_and_gradient: Callable[[FloatArray, Any], tuple[float, FloatArray]]
    _: KW_ONLY
    reduction: str = "mean"
    target: str = "same shape"
    predict: Callable[[FloatArray], IntArray] | None = None
    on_probabilities: bool = False
    latex: str = ""
    argument: str = "prediction"

    def __post_init__(self) -> None:
        function("value_and_gradient", self.value_and_gradient)
        one_of("reduction", self.reduction, ("mean", "sum"))
        one_of("target", self.target, TARGETS)
        if self.predict is not None:
            function("predict", self.predict)

    def function(self, prediction: ArrayLike, y: ArrayLike) -> float:
        """The loss, a number, of a prediction and a target as they come."""
        return self._of(prediction, y)[0]

    def derivative(self, prediction: ArrayLike, y: ArrayLike) -> FloatArray:
        """Its gradient with respect to the prediction, likewise."""
        return self._of(prediction, y)[1]

    def _of(self, prediction: ArrayLike, y: ArrayLike) -> tuple[float, FloatArray]:
        by_rows = self.target in ("labels", "one-hot")
        prediction = float_array(self.argument, prediction, ndim=2 if by_rows else None)
        if self.on_probabilities:
            check_probabilities(self.argument, prediction, by_rows=by_rows)
        return self.checked(prediction, self.prepare_target(prediction, y))

    def checked(self, prediction: FloatArray, target: NDArray[Any]) -> tuple[float, FloatArray]:
        """What `value_and_gradient` returns, if it is a number and a gradient."""
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            result: Any = self.value_and_gradient(prediction, target)
        match result:  # what nearly every loss returns
            case float(), np.ndarray() if result[1].shape == prediction.shape:
                return result[0], result[1]
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
        return float(value), gradient

    def prepare_target(self, prediction: FloatArray, y: ArrayLike, name: str = "y") -> NDArray[Any]:
        """Check a target, and bring it into the form that `value_and_gradient` wants."""
        target = TARGETS[self.target](prediction, y, name)
        if self.target == "any" and self.predict is not None:
            same_shape(name, target, "the prediction", prediction, f": {self!r} has a predict")
        return target

    def true_classes(self, target: NDArray[Any]) -> IntArray:
        """The classes that a prepared target encodes; only with `predict`."""
        assert self.predict is not None
        return target if self.target == "labels" else self.predict(target)

    def __repr__(self) -> str:
        return f"Loss({self.name!r})"


def huber_loss(delta: float = 1.0) -> Loss:
    r"""The Huber loss with a :math:`\delta` of one's own, for `fit`; see `huber`.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.huber_loss(delta=2.0).function([1.0, 4.0], [2.0, 0.0])
    3.25
    """
    delta = positive("delta", delta)
    return Loss(
        "huber" if delta == 1 else f"huber(delta={delta:g})",
        partial(_huber, delta=delta),
        latex=r"\frac{1}{n} \sum_i h_\delta(y_i - \hat y_i)",
        argument="y_hat",
    )


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
        Loss("ssr", _ssr, reduction="sum", latex=r"\sum_i (y_i - \hat y_i)^2", argument="y_hat"),
        Loss("mse", _mse, latex=r"\frac{1}{n} \sum_i (y_i - \hat y_i)^2", argument="y_hat"),
        huber_loss(),
        Loss(
            "binary_cross_entropy",
            _binary_cross_entropy,
            target="binary",
            predict=_above_half,
            on_probabilities=True,
            latex=r"-\frac{1}{n} \sum_i [y_i \ln p_i + (1 - y_i) \ln(1 - p_i)]",
            argument="p",
        ),
        Loss(
            "cross_entropy",
            _cross_entropy,
            target="labels",
            predict=_largest,
            on_probabilities=True,
            latex=r"-\frac{1}{n} \sum_i \sum_k y_{ik} \ln p_{ik}",
            argument="p",
        ),
        Loss(
            "binary_cross_entropy_with_logits",
            _binary_cross_entropy_with_logits,
            target="binary",
            predict=_above_zero,
            latex=r"-\frac{1}{n} \sum_i [y_i \ln \sigma(z_i) + (1 - y_i) \ln \sigma(-z_i)]",
            argument="z",
        ),
        Loss(
            "cross_entropy_with_logits",
            _cross_entropy_with_logits,
            target="labels",
            predict=_largest,
            latex=r"-\frac{1}{n} \sum_i \sum_k y_{ik} \ln \operatorname{softmax}(z_i)_k",
            argument="z",
        ),
    )
}


def check_loss(loss: str | Loss) -> Loss:
    """The loss of that name, if a model can be trained with it."""
    usable = [name for name, candidate in LOSSES.items() if not candidate.on_probabilities]
    loss = named("loss", loss, LOSSES, Loss, usable)
    if loss.on_probabilities:
        other = f"{loss.name}_with_logits"
        remedy = f"use {other}" if other in LOSSES else "use one that takes raw outputs"
        raise ValueError(
            f"loss {loss.name} takes probabilities, but a model returns raw outputs: {remedy}"
        )
    return loss
