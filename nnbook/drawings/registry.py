"""Every drawing of the book by its name, such as ``softmax-one_logit``."""

from __future__ import annotations

from nnbook.chapters import ByName
from nnbook.drawings.drawing import Drawing

_DRAWINGS: ByName[Drawing] = ByName(
    "a drawing", "nnbook.drawings.chapters", "DRAWINGS", "drawings.names()"
)


def names() -> list[str]:
    """List the names of all drawings, in the order of the book.

    Returns
    -------
    list of str
    """
    return _DRAWINGS.names()


def find(name: str) -> Drawing:
    """Find a drawing. Nothing is computed yet.

    Parameters
    ----------
    name : str
        The chapter, a hyphen, its own name: ``"softmax-one_logit"``.

    Returns
    -------
    Drawing

    Raises
    ------
    TypeError
        If `name` is no string.
    ValueError
        If there is no such drawing; the message lists similar names.
    """
    return _DRAWINGS.find(name)
