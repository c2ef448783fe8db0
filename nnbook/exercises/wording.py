"""Putting verdicts into words."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from nnbook.messages import load


def write(key: str, **values: Any) -> str:
    """Return a message of `exercises/_shared`, ``group.name`` for one inside a group."""
    message: Any = load("messages/exercises/_shared")
    for part in key.split("."):
        message = message[part]
    return str(message).format(**values)


def shown(value: Any) -> str:
    """Return a number or a small array as text, a large array by its shape."""
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    if isinstance(value, list | tuple) and any(np.ndim(each) for each in value):
        return f"[{', '.join(map(shown, value))}]"
    array = np.asarray(value)
    if array.ndim == 0:
        return f"{array.item():.6g}" if array.dtype.kind == "f" else str(array.item())
    if array.size > 12:
        return write("array", shape=array.shape)
    plain = bool((np.abs(array[array != 0]) >= 1e-4).all())  # all show in four decimals
    with np.printoptions(**_AS_NUMPY_COMES):
        text = np.array2string(array, precision=4, separator=", ", suppress_small=plain)
    return text.replace("\n", "")


def listed(numbers: Any, words: dict[str, Any] | None = None) -> str:
    """Return a number as text, or a few as a sentence names them, in the words of an edition."""
    words = words or load("messages/exercises/_shared")
    *others, last = [part.strip(" [].") for part in shown(numbers).split(",")]
    return words["last"].join(filter(None, [words["and"].join(others), last]))


_AS_NUMPY_COMES: dict[str, Any] = {
    "floatmode": "maxprec",
    "formatter": None,
    "infstr": "inf",
    "legacy": False,
    "linewidth": 75,
    "nanstr": "nan",
    "sign": "-",
    "threshold": 1000,
}
"""Whatever the reader has set."""


def code_of(entry: Any) -> str:
    """Return what Python shows for a value, not all of it if that is long."""
    try:
        return repr(entry)[:80]
    except Exception:  # noqa: BLE001  a class may raise anything there
        return f"<{type(entry).__name__}>"


def form(shape: tuple[int, ...]) -> str:
    """Return what an array of this shape is called: one without axes is a number."""
    return write("array", shape=shape) if shape else write("one")


def shown_apart(one: Any, other: Any) -> tuple[str, str]:
    """Return two numbers as text, with as many digits as it takes to tell them apart."""
    for digits in range(6, 18):
        texts = f"{float(one):.{digits}g}", f"{float(other):.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def place_of(index: Any) -> str:
    """Return the place of an entry as text, such as ``[0, 2]``."""
    return str([int(i) for i in index])


def printable(text: str) -> str:
    """Return a text that the standard output can encode, such as a pipe under Windows."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        plain = text.translate(_PLAIN)
        return plain.encode(encoding, "replace").decode(encoding)
    return text


_PLAIN = str.maketrans({"✓": "[right]", "✗": "[wrong]", "●": "*", "○": "-", "−": "-", "η": "eta"})
