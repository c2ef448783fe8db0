"""How good a classifier is: the share of right answers, and which class is taken for which."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import IntArray
from nnlib._validation import (
    class_labels,
    class_targets,
    float_array,
    positive_int,
    real_array,
    real_number,
)


def accuracy(scores: ArrayLike, labels: ArrayLike, *, threshold: float = 0.0) -> float:
    """Share of samples whose class is predicted right, from 0 to 1.

    Parameters
    ----------
    scores : array (n, K), or (n,) or (n, 1) for two classes
        Raw outputs or probabilities, K >= 2: the largest wins, the first of equals. With one
        score per sample class 1 wins where the score is above `threshold`.
    labels : array (n,) or one-hot (n, K)
        For one score per sample, 0 or 1 in the shape of `scores` or (n,).
    threshold : float
        0 for raw outputs; 0.5 for probabilities.

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        If `scores` has another shape or is not finite, or `labels` are not n labels in range.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.accuracy([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0], [0.0, 1.0]], [0, 1, 1, 1])
    0.75
    """
    threshold = real_number("threshold", threshold)
    scores = float_array("scores", scores, finite=True)
    if scores.ndim == 1 or (scores.ndim == 2 and scores.shape[1] == 1):
        predicted = (scores.ravel() > threshold).astype(np.intp)
        true = real_array("labels", labels)
        if true.shape == scores.shape:
            true = true.ravel()
        if true.dtype.kind == "f" and np.isin(true, (0, 1)).all():
            true = true.astype(np.intp)  # the targets of a loss for two classes are floats
        true = class_targets("labels", true, (len(scores), 2))
    elif scores.ndim == 2:
        predicted = scores.argmax(axis=1)
        true = class_targets("labels", labels, (len(scores), scores.shape[1]))
    else:
        raise ValueError(f"scores must have shape (n, K), (n, 1) or (n,), got {scores.shape}")
    return float(np.mean(predicted == true))


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
    answers = class_labels("predicted", predicted, num_classes)
    true = class_targets("labels", labels, (len(answers), num_classes))
    counts = np.zeros((num_classes, num_classes), dtype=np.intp)
    np.add.at(counts, (true, answers), 1)
    return counts
