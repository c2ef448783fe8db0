"""What happens to data before the input layer: flatten, shrink, scale, encode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._targets import class_labels
from nnlib._typing import FloatArray
from nnlib._validation import (
    equal_arrays,
    float_array,
    non_negative,
    positive_int,
    random_generator,
    real_array,
)


def flatten(images: ArrayLike) -> FloatArray:
    """Each image as one row of numbers: (n, height, width, ...) becomes (n, height * width * ...).

    The rows no longer tell which pixels were neighbors.

    Parameters
    ----------
    images : array (n, ...) of at least two dimensions

    Returns
    -------
    array (n, d)

    Raises
    ------
    TypeError, ValueError
        If `images` is not an array of real numbers of at least two dimensions, or is empty.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.flatten([[[1, 2], [3, 4]]]).tolist()
    [[1.0, 2.0, 3.0, 4.0]]
    """
    images = float_array("images", images)
    if images.ndim < 2:
        raise ValueError(f"images must have shape (n, ...), got shape {images.shape}")
    return images.reshape(len(images), -1)


@dataclass(frozen=True, repr=False, eq=False)
class Scaler:
    """The shift and scale that `standardize` found, to be applied to other data too.

    Attributes
    ----------
    mean : array (d,)
        In the units of the columns.
    scale : array (d,)
        Likewise; 1 for a constant column.

    Examples
    --------
    >>> import nnlib
    >>> X_scaled, scaler = nnlib.standardize([[1.0], [3.0]])
    >>> scaler.transform([[5.0]]).tolist()
    [[3.0]]
    """

    mean: FloatArray
    scale: FloatArray

    def transform(self, X: ArrayLike) -> FloatArray:
        """(X - mean) / scale, column by column, for X of shape (n, d)."""
        X = self._check("X", X)
        with np.errstate(over="ignore"):
            result = np.asarray((X - self.mean) / self.scale)
        # Near the largest float X - mean may be beyond the range though the result is not.
        beyond = ~np.isfinite(result) & np.isfinite(X)
        if beyond.any():
            result[beyond] = (2 * ((X / 2 - self.mean / 2) / self.scale))[beyond]
        return result

    def inverse_transform(self, X_scaled: ArrayLike) -> FloatArray:
        """X_scaled * scale + mean: the way back."""
        return self._check("X_scaled", X_scaled) * self.scale + self.mean

    def _check(self, name: str, value: ArrayLike) -> FloatArray:
        array = float_array(name, value, ndim=2)
        if array.shape[1] != len(self.mean):
            raise ValueError(f"{name} must have shape (n, {len(self.mean)}), got {array.shape}")
        return array

    def __eq__(self, other: object) -> bool:
        return equal_arrays(self, other)

    def __repr__(self) -> str:
        return f"Scaler({len(self.mean)} columns)"


def standardize(X: ArrayLike) -> tuple[FloatArray, Scaler]:
    r"""Columns of mean 0 and standard deviation 1: :math:`\frac{x_{ij} - \mu_j}{\sigma_j}`.

    A constant column has nothing to scale: it becomes 0, and is not divided by 0.

    Parameters
    ----------
    X : array (n, d)

    Returns
    -------
    X_scaled : array (n, d), without unit
    scaler : Scaler
        Does the same to other data, such as held-out samples.

    Raises
    ------
    TypeError, ValueError
        If `X` is not a finite array of shape (n, d).

    Examples
    --------
    >>> import nnlib
    >>> X_scaled, scaler = nnlib.standardize([[1.0, 7.0], [3.0, 7.0]])
    >>> X_scaled.tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    X = float_array("X", X, ndim=2, finite=True)
    one = X.dtype.type(1)
    # In units of a power of two, which costs no digit, no sum below is beyond the range.
    unit = np.ldexp(one, np.frexp(np.abs(X).max(axis=0))[1] - 1)
    Y = X / unit
    # The mean of equal numbers may be off by a rounding, so constancy is seen on the numbers.
    constant = (X == X[0]).all(axis=0)
    mean = np.where(constant, Y[0], Y.mean(axis=0))
    largest = np.where(constant, one, np.abs(Y - mean).max(axis=0))
    # Relative to the largest deviation, so that no square overflows or vanishes.
    deviation = largest * np.sqrt(np.mean(((Y - mean) / largest) ** 2, axis=0))
    scaler = Scaler(mean * unit, np.where(constant, one, deviation * unit))
    return scaler.transform(X), scaler


def split(
    X: ArrayLike, y: ArrayLike, *, held_out: float = 0.25, rng: np.random.Generator | int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Shuffle the samples and split them into a training set and a held-out set.

    Arguments and results come in the order of scikit-learn's ``train_test_split``.

    Parameters
    ----------
    X : array (n, ...)
    y : array (n, ...)
        One target per sample.
    held_out : float
        Share of the samples to hold out, between 0 and 1; both sets get at least one sample.
    rng : numpy.random.Generator or int
        Shuffles the samples; an integer is a seed.

    Returns
    -------
    X_train, X_held_out, y_train, y_held_out : arrays

    Raises
    ------
    TypeError, ValueError
        If `X` and `y` do not hold as many samples, or fewer than two, `held_out` is not
        between 0 and 1, or `rng` is neither a Generator nor a seed.

    Examples
    --------
    >>> import nnlib
    >>> X, y = [[1], [2], [3], [4]], [0, 0, 1, 1]
    >>> X_train, X_held_out, y_train, y_held_out = nnlib.split(X, y, rng=0)
    >>> len(X_train), len(X_held_out)
    (3, 1)
    """
    X, y = real_array("X", X), real_array("y", y)
    share = non_negative("held_out", held_out, below=1)
    rng = random_generator("rng", rng)
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y) or len(X) < 2:
        raise ValueError(
            f"X and y must hold the same samples, at least two, got shapes {X.shape} and {y.shape}"
        )
    if share == 0:
        raise ValueError(f"held_out must be between 0 and 1, got {share}")
    n = len(X)
    order = rng.permutation(n)
    count = min(max(1, round(n * share)), n - 1)
    train, rest = order[count:], order[:count]
    return X[train], X[rest], y[train], y[rest]


def average_pool(images: ArrayLike, size: int) -> FloatArray:
    """Each `size` x `size` block of pixels replaced by its mean.

    Parameters
    ----------
    images : array (n, height, width) or (n, height, width, channels)
    size : int
        Divides height and width.

    Returns
    -------
    array (n, height / size, width / size) or (n, height / size, width / size, channels)

    Raises
    ------
    TypeError, ValueError
        If `images` has another number of dimensions, or `size` does not divide both sides.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.average_pool([[[1, 3], [5, 7]]], 2).tolist()
    [[[4.0]]]
    """
    images, size = float_array("images", images), positive_int("size", size)
    if images.ndim not in (3, 4):
        raise ValueError(
            f"images must have shape (n, height, width) or (n, height, width, channels), "
            f"got {images.shape}"
        )
    n, height, width, *channels = images.shape
    if height % size or width % size:
        raise ValueError(f"size must divide height and width, {height} and {width}, got {size}")
    blocks = images.reshape(n, height // size, size, width // size, size, *channels)
    return blocks.mean(axis=(2, 4))


def one_hot(labels: ArrayLike, num_classes: int) -> FloatArray:
    """Each label as a row with a 1 in the label's column and 0 elsewhere.

    Parameters
    ----------
    labels : array (n,)
        Integers from 0 to num_classes - 1.
    num_classes : int

    Returns
    -------
    array (n, num_classes)

    Raises
    ------
    TypeError, ValueError
        If `labels` are not integers of that range in one dimension.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.one_hot([2, 0], 3).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    num_classes = positive_int("num_classes", num_classes)
    return np.eye(num_classes)[class_labels("labels", labels, num_classes)]
