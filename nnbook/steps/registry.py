"""Every calculation of the book by its name, such as ``softmax-product``."""

from __future__ import annotations

from nnbook.chapters import ByName
from nnbook.steps.calculation import Calculation

_CALCULATIONS: ByName[Calculation] = ByName(
    "a calculation", "nnbook.steps.chapters", "STEPS", "steps.names()"
)


def names() -> list[str]:
    """List the names of all calculations, in the order of the book.

    Returns
    -------
    list of str
    """
    return _CALCULATIONS.names()


def find(name: str) -> Calculation:
    """Find a calculation. Nothing is computed yet.

    Parameters
    ----------
    name : str
        The chapter, a hyphen, its own name: ``"softmax-product"``.

    Returns
    -------
    Calculation

    Raises
    ------
    TypeError
        If `name` is no string.
    ValueError
        If there is no such calculation; the message lists similar names.
    """
    return _CALCULATIONS.find(name)
