"""Accuracy and the confusion matrix: by hand, against scikit-learn, and against each other."""

import math

import numpy as np
import pytest
import sklearn.metrics

import nnlib
from nnlib import accuracy, confusion_matrix


def rng():
    return np.random.default_rng(0)


# -- Accuracy -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([[1, 0], [0, 1], [2, 3], [5, 4]], [0, 1, 0, 0], 0.75),
        ([[1, 0], [0, 1], [2, 3], [5, 4]], [[1, 0], [0, 1], [1, 0], [1, 0]], 0.75),
        ([[0.2, 0.5, 0.3]], [1], 1),
        ([[0.5, 0.5]], [0], 1),  # the first of equals
        ([[0.5, 0.5]], [1], 0),
        ([1.5, -0.5, 0.0], [1, 0, 0], 1),
        ([1.5, -0.5, 0.0], [1, 1, 1], 1 / 3),
        ([[1.5], [-0.5]], [1, 0], 1),
        ([[1.5], [-0.5]], [[1], [1]], 0.5),
    ],
)
def test_accuracy_by_hand(scores, labels, expected):
    result = accuracy(scores, labels)
    assert type(result) is float
    assert math.isclose(result, expected)


def test_accuracy_of_one_probability_per_sample():
    p, labels = [[0.2], [0.9], [0.6]], [0.0, 1.0, 0.0]
    assert accuracy(p, labels, threshold=0.5) == 2 / 3
    assert accuracy(p, labels, threshold=0) == 1 / 3
    with pytest.raises(ValueError, match=r"^threshold must be given .*got None: 0\.5 if they"):
        accuracy(p, labels)


@pytest.mark.parametrize("scores", [[0, 1, 0], [0.7, 0.9, 0.6], [0.2, 0.9, 1.1], [-0.1, 0.3, 0.2]])
def test_a_threshold_is_only_asked_for_where_it_is_in_doubt(scores):
    """Both readings agree, or the scores cannot be probabilities."""
    labels = [0, 1, 0]
    assert accuracy(scores, labels) == accuracy(scores, labels, threshold=0)


# -- Confusion matrix -----------------------------------------------------------------------------


def test_confusion_matrix_by_hand():
    # Rows are the truth: class 1 was twice taken for class 0, and nothing is of class 2.
    counts = confusion_matrix([0, 1, 1, 1, 0], [0, 0, 0, 1, 1], 3)
    np.testing.assert_array_equal(counts, [[1, 1, 0], [2, 1, 0], [0, 0, 0]])
    assert counts.dtype.kind == "i"


@pytest.mark.parametrize("dtype", [np.int64, np.uint8])
@pytest.mark.parametrize("num_classes", [2, 5, 12])
def test_confusion_matrix_agrees_with_scikit_learn(num_classes, dtype):
    predicted, labels = rng().integers(0, num_classes, (2, 300), dtype=dtype)
    classes = range(num_classes)
    expected = sklearn.metrics.confusion_matrix(labels, predicted, labels=classes)
    np.testing.assert_array_equal(confusion_matrix(labels, predicted, num_classes), expected)


def test_the_diagonal_of_the_confusion_matrix_is_the_accuracy():
    scores, labels = rng().normal(size=(200, 4)), rng().integers(0, 4, 200)
    counts = confusion_matrix(labels, scores.argmax(axis=1), 4)
    assert counts.sum() == 200
    assert math.isclose(np.trace(counts) / 200, accuracy(scores, labels))
    one_hot_rows = nnlib.one_hot(labels, 4)
    np.testing.assert_array_equal(confusion_matrix(one_hot_rows, scores.argmax(axis=1), 4), counts)
