"""Labels; and what a loss is given: targets, in one of five forms, and predictions that must fit.

What makes a target takes (prediction, target) and the target's name for messages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._typing import FloatArray, IntArray
from nnlib._validation import (
    describe_non_finite,
    float_array,
    in_code,
    in_range,
    real_array,
    same_shape,
)


def class_labels(name: str, value: ArrayLike, num_classes: int, remedy: str = "") -> IntArray:
    """`value` as labels (n,): integers from 0 to num_classes - 1.

    The remedy is for labels that are larger.
    """
    labels = real_array(name, value)
    if labels.dtype.kind not in "iu":
        raise TypeError(
            f"{name} must be integer labels, got dtype {labels.dtype}{_of_labels(name, labels)}"
        )
    if labels.ndim != 1:
        raise ValueError(f"{name} must be labels of shape (n,), got shape {labels.shape}")
    low, high = int(labels.min()), int(labels.max())
    if low < 0 or high >= num_classes:
        got = low if low < 0 else f"{high}{remedy}"
        raise ValueError(f"{name} must be labels from 0 to {num_classes - 1}, got {got}")
    return labels.astype(np.intp)


def _of_labels(name: str, labels: NDArray[Any]) -> str:
    """What is wrong with labels that are no integers, and what to do."""
    if not np.isfinite(labels).all():
        return f", {describe_non_finite(labels)}: leave out samples without a label"
    broken = labels[labels != np.floor(labels)]
    return f", {broken[0]}" if broken.size else f": use np.array({in_code(name)}, int)"


def class_targets(
    name: str, value: ArrayLike, shape: tuple[int, int], remedy: str = ""
) -> IntArray:
    """Labels (n,) from labels (n,) or one-hot rows (n, K); for the remedy see `class_labels`."""
    n, num_classes = shape
    targets = real_array(name, value)
    if targets.ndim == 2:
        if targets.shape != shape:
            column = targets.shape == (n, 1)
            remedy = f": for labels use np.ravel({in_code(name)})" if column else ""
            raise ValueError(
                f"{name} must be one-hot of shape {shape}, got {targets.shape}{remedy}"
            )
        one_hot = ((targets == 0) | (targets == 1)).all(axis=1) & (targets.sum(axis=1) == 1)
        if not one_hot.all():
            row = int(np.argmin(one_hot))
            raise ValueError(f"{name} must be one-hot, got row {row}: {targets[row]}")
        return np.argmax(targets, axis=1).astype(np.intp)
    labels = class_labels(name, targets, num_classes, remedy)
    if labels.shape != (n,):
        raise ValueError(f"{name} must be labels of shape ({n},), got {labels.shape}")
    return labels


def same_shaped_target(prediction: FloatArray, y: ArrayLike, name: str = "y") -> FloatArray:
    target = float_array(name, y, finite=True)
    _same_shape(name, target, prediction)
    return in_range(name, target, prediction.dtype, "the prediction's")


def binary_target(prediction: FloatArray, y: ArrayLike, name: str = "y") -> FloatArray:
    target = real_array(name, y)
    _same_shape(name, target, prediction)
    wrong = (target != 0) & (target != 1)
    if wrong.any():
        raise ValueError(f"{name} must be 0 or 1, got {target[wrong][0]}")
    return target.astype(prediction.dtype)


def _same_shape(name: str, target: NDArray[Any], prediction: FloatArray) -> None:
    column = prediction.shape == (target.size, 1) and target.ndim == 1
    remedy = f": np.reshape({in_code(name)}, (-1, 1)) makes a column of it" if column else ""
    same_shape(name, target, "the prediction", prediction, remedy)


def class_target(prediction: FloatArray, y: ArrayLike, name: str = "y") -> IntArray:
    if prediction.ndim != 2:
        raise ValueError(f"the prediction must have shape (n, K), got {prediction.shape}")
    n, num_classes = prediction.shape
    return class_targets(name, y, (n, num_classes), ": a network needs an output for each class")


def one_hot_target(prediction: FloatArray, y: ArrayLike, name: str = "y") -> FloatArray:
    labels = class_target(prediction, y, name)
    return np.eye(prediction.shape[1], dtype=prediction.dtype)[labels]


def any_target(prediction: FloatArray, y: ArrayLike, name: str = "y") -> NDArray[Any]:
    target: NDArray[Any] = real_array(name, y)
    if target.dtype.kind == "f":
        target = float_array(name, target, finite=True)
        target = in_range(name, target, prediction.dtype, "the prediction's")
    if target.shape[:1] != prediction.shape[:1]:
        raise ValueError(
            f"{name} must have as many rows as the prediction, {prediction.shape}, "
            f"got shape {target.shape}"
        )
    return target


def check_probabilities(name: str, p: FloatArray, *, by_rows: bool) -> None:
    """Refuse what is no probability, and rows that do not sum to 1 where they are distributions."""
    outside = ~((p >= 0) & (p <= 1))  # written so that NaN is outside
    if outside.any():
        raise ValueError(f"{name} must be probabilities from 0 to 1, got {p[outside][0]}")
    if by_rows and (off := np.abs(p.sum(axis=1) - 1)).max() > 1e-5:
        row = int(off.argmax())
        raise ValueError(
            f"each row of {name} must sum to 1 within 1e-5, got {p[row].sum()} in row {row}"
        )


#: How `Loss.prepare_target` brings a target into the form that `value_and_gradient` wants.
TARGETS: dict[str, Callable[..., NDArray[Any]]] = {
    "same shape": same_shaped_target,
    "binary": binary_target,
    "labels": class_target,
    "one-hot": one_hot_target,
    "any": any_target,
}
