"""How good a classifier is: the share of right answers, and which class is taken for which."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._targets import class_labels, class_targets
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import (
    float_array,
    positive_int,
    real_array,
    real_number,
)


def accuracy(scores: ArrayLike, labels: ArrayLike, *, threshold: float | None = None) -> float:
    """Share of samples whose class is predicted right, from 0 to 1.

    Parameters
    ----------
    scores : array (n, K), or (n,) or (n, 1) for two classes
        Raw outputs or probabilities, K >= 2: the largest wins, the first of equals. With one
        score per sample class 1 wins where the score is above `threshold`.
    labels : array (n,) or one-hot (n, K)
        For one score per sample, 0 or 1 in the shape of `scores` or (n,).
    threshold : float, optional
        0 for raw outputs, the default; 0.5 for probabilities. It has to be given where all scores
        lie from 0 to 1 and the choice makes a difference: they may then be either.

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        If `scores` has another shape or is not finite, `labels` are not n labels in range, or
        `threshold` is missing.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.accuracy([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0], [0.0, 1.0]], [0, 1, 1, 1])
    0.75
    >>> nnlib.accuracy([0.9, 0.2, 0.6], [1, 0, 0], threshold=0.5)
    0.6666666666666666
    """
    threshold = None if threshold is None else real_number("threshold", threshold)
    scores, given = float_array("scores", scores, finite=True), scores
    if scores.ndim == 1 or (scores.ndim == 2 and scores.shape[1] == 1):
        predicted = _one_of_two(scores.ravel(), threshold)
        true = real_array("labels", labels)
        if true.shape == scores.shape:
            true = true.ravel()
        if true.dtype.kind == "f" and np.isin(true, (0, 1)).all():
            true = true.astype(np.intp)  # the targets of a loss for two classes are floats
        try:
            true = class_targets("labels", true, (len(scores), 2))
        except (TypeError, ValueError) as error:
            error.args = (f"{error}{_remedy(given, true)}",)
            raise
    elif scores.ndim == 2:
        predicted = scores.argmax(axis=1)
        true = class_targets("labels", labels, (len(scores), scores.shape[1]))
    else:
        raise ValueError(f"scores must have shape (n, K), (n, 1) or (n,), got {scores.shape}")
    return float(np.mean(predicted == true))


def _one_of_two(scores: FloatArray, threshold: float | None) -> IntArray:
    if threshold is not None:
        return (scores > threshold).astype(np.intp)
    as_outputs, as_probabilities = scores > 0, scores > 0.5
    if (as_outputs != as_probabilities).any() and ((scores >= 0) & (scores <= 1)).all():
        raise ValueError(
            "threshold must be given for scores that all lie from 0 to 1, got None: 0.5 if they "
            "are probabilities, 0 if they are raw outputs"
        )
    return as_outputs.astype(np.intp)


def _remedy(scores: ArrayLike, labels: NDArray[np.generic]) -> str:
    """What may have happened where labels do not fit one score per sample."""
    scores = np.asarray(scores)
    if scores.dtype.kind not in "iub" and not np.isin(scores, (0, 1)).all():
        return ""
    if labels.ndim == 2 or labels.dtype.kind == "f":
        return ". Scores come first: accuracy(scores, labels)"
    return (
        ". Scores have a column for each class; for predicted classes: np.mean(predicted == labels)"
    )


def confusion_matrix(labels: ArrayLike, predicted: ArrayLike, num_classes: int) -> IntArray:
    """How often each class was taken for each: rows are true classes, columns are predictions.

    Arguments come in the order of scikit-learn's function of the same name.

    Parameters
    ----------
    labels : array (n,) or one-hot (n, num_classes)
        True classes.
    predicted : array (n,)
        Predicted classes, integers from 0 to num_classes - 1, such as ``scores.argmax(axis=1)``.
    num_classes : int

    Returns
    -------
    integer array (num_classes, num_classes)
        Entry (i, j) counts the samples of class i that were predicted as class j.

    Raises
    ------
    TypeError, ValueError
        If `predicted` are not such integers, or `labels` not n of them.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.confusion_matrix([0, 0, 1], [0, 1, 1], num_classes=2).tolist()
    [[1, 1], [0, 1]]
    """
    num_classes = positive_int("num_classes", num_classes)
    predicted = real_array("predicted", predicted)
    if predicted.ndim == 2:
        column = predicted.shape[1] == 1
        remedy = "use np.ravel(predicted)" if column else "of scores use scores.argmax(axis=1)"
        raise ValueError(
            f"predicted must be classes of shape (n,), got shape {predicted.shape}: {remedy}"
        )
    answers = class_labels("predicted", predicted, num_classes)
    true = class_targets("labels", labels, (len(answers), num_classes))
    counts = np.zeros((num_classes, num_classes), dtype=np.intp)
    np.add.at(counts, (true, answers), 1)
    return counts
