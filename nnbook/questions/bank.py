"""Every prediction of the book by its name, such as ``losses-constant``."""

from __future__ import annotations

from nnbook.chapters import ByName
from nnbook.predictions.prediction import Prediction

_PREDICTIONS: ByName[Prediction] = ByName(
    "a prediction", "nnbook.predictions.chapters", "PREDICTIONS", "predictions.names()"
)


def names() -> list[str]:
    """List the names of all predictions, in the order in which the book asks.

    Returns
    -------
    list of str
    """
    return _PREDICTIONS.names()


def find(name: str) -> Prediction:
    """Find a prediction. Nothing is computed yet.

    Parameters
    ----------
    name : str
        The chapter, a hyphen, its own name: ``"losses-constant"``.

    Returns
    -------
    Prediction

    Raises
    ------
    TypeError
        If `name` is no string.
    ValueError
        If there is no such prediction; the message lists similar names.
    """
    return _PREDICTIONS.find(name)
