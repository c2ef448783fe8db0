"""The data sets that ship with the package, as text files beside this module."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nnlib._typing import FloatArray
from nnlib.datasets.dataset import Dataset

_HERE = Path(__file__).parent


def dosage() -> Dataset:
    """Load the book's first example: three dosages of a drug, and how effective each one was.

    Returns
    -------
    Dataset
        X (3, 1) the dosage, from 0 (none) to 1 (the largest); y (3, 1) the effect, from 0 to 1.
        Both without unit. No line fits: the dosage in the middle works, the others do not.

    References
    ----------
    Starmer (2020), *Neural Networks Pt. 1: Inside the Black Box*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.datasets.dosage().X.ravel().tolist()
    [0.0, 0.5, 1.0]
    """
    table = _read("dosage.csv")
    return Dataset(
        X=table[:, :1].copy(),
        y=table[:, 1:].copy(),
        feature_names=("dosage",),
        class_names=(),
        source="Three invented points, after Starmer (2020); CC BY 4.0 with the book's text",
    )


def iris() -> Dataset:
    """Load Fisher's irises: 50 flowers of each of three species, four lengths a flower.

    The values are those of Fisher's paper. The widespread copy of the UCI repository differs from
    it in two flowers, both setosa: its 35th has petal width 0.1 (Fisher: 0.2), its 38th has sepal
    width 3.1 and petal length 1.5 (Fisher: 3.6 and 1.4).

    Returns
    -------
    Dataset
        X (150, 4) in centimeters, to one decimal; y (150,) the species: 0, 1 or 2, in this order.

    References
    ----------
    Fisher (1936), *The use of multiple measurements in taxonomic problems*.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.datasets.iris().X.shape
    (150, 4)
    """
    table = _read("iris.csv")
    return Dataset(
        X=table[:, :-1].copy(),
        y=table[:, -1].astype(np.intp),
        feature_names=("sepal_length", "sepal_width", "petal_length", "petal_width"),
        class_names=("setosa", "versicolor", "virginica"),
        source="Fisher (1936), by way of the UCI Machine Learning Repository, two flowers "
        "corrected to Fisher's values; CC BY 4.0",
    )


def digits() -> Dataset:
    """Load handwritten digits: 1,797 images of 8 x 8 pixels, from 13 writers.

    Each image is a row, its pixels in reading order; `X.reshape(-1, 8, 8)` gives the images back.
    The rows are not shuffled: they come in blocks, writer after writer.

    Returns
    -------
    Dataset
        X (1797, 64), the ink in each pixel: whole numbers from 0 (none) to 16 (full);
        y (1797,) the digit, 0 to 9.

    References
    ----------
    Alpaydin and Kaynak (1998), *Optical recognition of handwritten digits*, UCI Machine Learning
    Repository.

    Examples
    --------
    >>> import nnlib
    >>> nnlib.datasets.digits().X.shape
    (1797, 64)
    """
    table = _read("digits.csv.gz")
    return Dataset(
        X=table[:, :-1].copy(),
        y=table[:, -1].astype(np.intp),
        feature_names=tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8)),
        class_names=tuple(str(digit) for digit in range(10)),
        source="Alpaydin and Kaynak (1998), UCI Machine Learning Repository, the 1,797 images "
        "of its test set; CC BY 4.0",
    )


def dinosaurs() -> tuple[str, ...]:
    """Load 1,395 names of dinosaurs, in small letters and alphabetical order.

    They are the names of genera, such as "velociraptor", of a public list; some belong to other
    animals of that time, or have been given up since. The list is in the public domain (CC0 1.0).

    Returns
    -------
    tuple of str
        Each made of the letters a to z, and each once.

    References
    ----------
    *Corpora*, a collection of small data sets, data/animals/dinosaurs.json.

    Examples
    --------
    >>> import nnlib
    >>> names = nnlib.datasets.dinosaurs()
    >>> len(names), names[0], max(names, key=len)
    (1395, 'aachenosaurus', 'micropachycephalosaurus')
    """
    return tuple((_HERE / "dinosaurs.txt").read_text(encoding="ascii").split())


def _read(name: str) -> FloatArray:
    """Read the numbers of a CSV file (plain or gzip), below its one line of column names."""
    table: FloatArray = np.loadtxt(_HERE / name, delimiter=",", skiprows=1, ndmin=2)
    return table
