"""Where the predictions are: one module a chapter, found by the first part of the id."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache

from nnbook.predictions import chapters
from nnbook.predictions.prediction import Prediction


@cache
def _chapter(name: str) -> dict[str, Prediction]:
    """Return the predictions of one chapter, by name."""
    found: dict[str, Prediction] = importlib.import_module(
        f"{chapters.__name__}.{name}"
    ).PREDICTIONS
    return found


def _chapters() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(chapters.__path__))


def names() -> list[str]:
    """List the ids of all predictions.

    Returns
    -------
    list of str
        By chapter, in the order in which the chapter asks.
    """
    return [f"{chapter}-{name}" for chapter in _chapters() for name in _chapter(chapter)]


def load(id: str) -> Prediction:  # noqa: A002  what the book calls it
    """Find a prediction. Nothing is computed yet.

    Parameters
    ----------
    id : str
        The chapter, a hyphen, the name: ``"losses-constant"``.

    Returns
    -------
    Prediction

    Raises
    ------
    TypeError
        If `id` is no string.
    ValueError
        If there is no such prediction; the message lists those with a similar id.
    """
    if not isinstance(id, str):
        raise TypeError(f"id must be a string such as 'losses-constant', got {id!r}")
    chapter, _, name = id.partition("-")
    if chapter in _chapters() and name in _chapter(chapter):
        return _chapter(chapter)[name]
    near = difflib.get_close_matches(id, names(), n=3, cutoff=0.4)
    near = near or [known for known in names() if known.startswith(f"{chapter}-")] or names()
    raise ValueError(f"id must be that of a prediction, such as {', '.join(near)}, got {id!r}")
