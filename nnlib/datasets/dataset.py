"""What every data set is: inputs, targets, and the names that go with them."""

from __future__ import annotations

from dataclasses import dataclass

from nnlib._typing import FloatArray, IntArray


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """n samples with their targets.

    Attributes
    ----------
    X : float array (n, d)
        One row a sample, one column a feature.
    y : integer array (n,) or float array (n, 1)
        The labels 0, 1, … of the classes; or, for `dosage`, the numbers to predict.
    feature_names : tuple of d names, one per column of `X`
    class_names : tuple of names, one per label; empty if `y` holds numbers to predict
    source : where the data come from, and their licence
    """

    X: FloatArray
    y: FloatArray | IntArray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    source: str

    def __repr__(self) -> str:
        """Show the shapes, not the numbers: `Dataset(X=(150, 4), y=(150,), num_classes=3)`."""
        return f"Dataset(X={self.X.shape}, y={self.y.shape}, num_classes={len(self.class_names)})"
