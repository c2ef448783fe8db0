"""Data sets drawn at random, in the plane: two features, so that one can see them."""

from __future__ import annotations

import numpy as np

from nnlib._typing import FloatArray, IntArray
from nnlib._validation import non_negative, positive_int, random_generator
from nnlib.datasets.dataset import Dataset


def moons(n: int, *, noise: float, rng: np.random.Generator | int) -> Dataset:
    r"""Two interleaving half circles: no line separates them.

    Class 0 lies on :math:`(\cos t, \sin t)`, class 1 on
    :math:`(1 - \cos t, \tfrac12 - \sin t)`, with n/2 equal steps of t from 0 to :math:`\pi`.

    Parameters
    ----------
    n : int
        Number of points, at least 2. The classes get half each; class 0 the odd one.
    noise : float
        Standard deviation of the normal noise added to each coordinate, at least 0.
    rng : numpy.random.Generator or int

    Returns
    -------
    Dataset
        X (n, 2), y (n,) with labels 0 and 1, in random order.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of its range.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.datasets.moons(100, noise=0.1, rng=0).X.shape
    (100, 2)
    """
    y, t = _labels_and_positions(n, 2)
    x1 = np.where(y == 0, np.cos(np.pi * t), 1 - np.cos(np.pi * t))
    x2 = np.where(y == 0, np.sin(np.pi * t), 0.5 - np.sin(np.pi * t))
    return _noisy("moons", np.column_stack([x1, x2]), y, non_negative("noise", noise), rng)


def spirals(n: int, *, classes: int, noise: float, rng: np.random.Generator | int) -> Dataset:
    r"""Spiral arms around the origin, one per class: each turns once and an eighth.

    Arm k runs along :math:`r\,(\cos\varphi, \sin\varphi)` with
    :math:`\varphi = 2\pi(1.25\,r + k / \text{classes})` and the radius r from 0.1 to 1.

    Parameters
    ----------
    n : int
        Number of points, at least one per class. Shared equally; the first classes get the rest.
    classes : int
        Number of arms, at least 2.
    noise : float
        Standard deviation of the normal noise added to each coordinate, at least 0.
    rng : numpy.random.Generator or int

    Returns
    -------
    Dataset
        X (n, 2), y (n,) with labels 0 to classes - 1, in random order.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of its range.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.datasets.spirals(99, classes=3, noise=0.1, rng=0).y.max()
    np.int64(2)
    """
    y, t = _labels_and_positions(n, classes)
    radius = 0.1 + 0.9 * t
    angle = 2 * np.pi * (1.25 * radius + y / classes)
    X = radius[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _noisy("spirals", X, y, non_negative("noise", noise), rng)


def blobs(n: int, *, classes: int, spread: float, rng: np.random.Generator | int) -> Dataset:
    r"""Round clouds, one per class, with centers at equal angles on the unit circle.

    Parameters
    ----------
    n : int
        Number of points, at least one per class. Shared equally; the first classes get the rest.
    classes : int
        Number of clouds, at least 2.
    spread : float
        Standard deviation of each cloud along each axis, at least 0.
    rng : numpy.random.Generator or int

    Returns
    -------
    Dataset
        X (n, 2), y (n,) with labels 0 to classes - 1, in random order.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of its range.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.datasets.blobs(60, classes=4, spread=0.5, rng=0).class_names
    ('0', '1', '2', '3')
    """
    y, _ = _labels_and_positions(n, classes)
    angle = 2 * np.pi * y / classes
    centers = np.column_stack([np.cos(angle), np.sin(angle)])
    return _noisy("blobs", centers, y, non_negative("spread", spread), rng)


def _labels_and_positions(n: int, classes: int) -> tuple[IntArray, FloatArray]:
    """Share n points out over the classes; give labels and places in the class, from 0 to 1."""
    n, classes = positive_int("n", n), positive_int("classes", classes)
    if classes < 2:
        raise ValueError(f"classes must be at least 2, got {classes}")
    if n < classes:
        raise ValueError(f"n must be at least one point per class ({classes}), got {n}")
    sizes = [len(range(k, n, classes)) for k in range(classes)]
    labels = np.repeat(np.arange(classes, dtype=np.intp), sizes)
    return labels, np.concatenate([np.linspace(0, 1, size) for size in sizes])


def _noisy(
    name: str, X: FloatArray, y: IntArray, noise: float, rng: np.random.Generator | int
) -> Dataset:
    """Add the noise and shuffle, so that any part of the rows is a fair sample."""
    rng = random_generator("rng", rng)
    order = rng.permutation(len(y))
    return Dataset(
        X=(X + rng.normal(scale=noise, size=X.shape))[order],
        y=y[order],
        feature_names=("x1", "x2"),
        class_names=tuple(str(label) for label in range(int(y.max()) + 1)),
        source=f"Generated by nnlib.datasets.{name}",
    )
