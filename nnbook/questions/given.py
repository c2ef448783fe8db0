"""The numbers in what a reader gives, or what is there in their place."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from nnlib._typing import FloatArray


class Unfit(Exception):  # noqa: N818  it is about an answer
    """Raised while an answer is tried, for what the exercise itself sees: a message of `_shared`.

    Parameters
    ----------
    key : str
    result : optional
        What the answer gave, which tells one mistake of this kind from another.
    **values
        What the message has in braces; a tuple is the shape of an array.
    """

    def __init__(self, key: str, result: Any = None, **values: Any) -> None:
        super().__init__(key, values)
        self.key, self.result, self.values = key, result, values


def as_numbers(value: Any) -> FloatArray | None:
    """Return a value as an array of real numbers, or None if it is none."""
    if holds_itself(value):  # numpy would look for its end
        return None
    try:
        array = np.asarray(value)
        if array.dtype == object and all(map(is_real, array.flat)):  # fractions
            return array.astype(float)
    except Exception:  # noqa: BLE001  a class may raise anything when it is made an array
        return None
    return array.astype(float) if array.dtype.kind in "fiub" else None


def is_real(value: Any) -> bool:
    """Whether a value is one real number."""
    return isinstance(value, numbers.Real | Decimal | np.bool_)


def no_number_in(value: Any) -> tuple[str, Any] | None:
    """Return place and value of the first entry that is no number, in a tuple, list or array."""
    return next(((str([*place]), entry) for place, entry in _entries(value) if _odd(entry)), None)


def _entries(value: Any, place: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    parts = value.tolist() if isinstance(value, np.ndarray) and value.ndim else value
    if isinstance(parts, tuple | list) and not (place and holds_itself(parts)):
        for index, part in enumerate(parts):
            yield from _entries(part, (*place, index))
    elif place:
        yield place, value


def _odd(entry: Any) -> bool:
    return not (isinstance(entry, np.ndarray) or is_real(entry))


def holds_itself(value: Any, within: tuple[int, ...] = ()) -> bool:
    """Whether a tuple or list is an entry of itself, or of one of its entries."""
    if not isinstance(value, tuple | list):
        return False
    within = (*within, id(value))
    return any(id(part) in within or holds_itself(part, within) for part in value)


def parts(result: Any, count: int) -> tuple[Any, ...]:
    """Return the arrays of a result that has to consist of this many."""
    if result is None:
        raise Unfit("returned_nothing")
    if not isinstance(result, tuple | list) or len(result) != count:
        got = len(result) if isinstance(result, tuple | list) else 1
        raise Unfit("returned_parts", result, got=got, expected=count)
    return tuple(result)


def parts_like(result: Any, *shapes: tuple[int, ...]) -> tuple[FloatArray, ...]:
    """Return the arrays of a result, one of each shape."""
    arrays = []
    for place, (part, shape) in enumerate(zip(parts(result, len(shapes)), shapes, strict=True), 1):
        array = as_numbers(part)
        if array is None:
            raise Unfit("part_no_numbers", result, place=place, type=type(part).__name__)
        if _long_axes(array.shape) != _long_axes(shape):
            raise Unfit("part_shape", result, place=place, got=array.shape, expected=shape)
        arrays.append(array.reshape(shape))
    return tuple(arrays)


def _long_axes(shape: tuple[int, ...]) -> list[int]:
    """The lengths of the axes along which there is more than one entry."""
    return [length for length in shape if length != 1]


def result_of(name: str, result: Any) -> Any:
    """Return what a function or method gave, which must not be nothing."""
    if result is None:
        raise Unfit("part_returned_nothing", part=name)
    return result


def arrays_of_shapes(result: Any, *shapes: tuple[int, ...]) -> list[FloatArray]:
    """Return the arrays of a result, each of exactly this shape."""
    given = parts(result, len(shapes))
    arrays = [as_numbers(part) for part in given]
    # The shapes tell one mistake from another, whatever the numbers.
    seen = [n for array in arrays if array is not None for n in (*array.shape, -1)]
    for place, (part, array, shape) in enumerate(zip(given, arrays, shapes, strict=True), 1):
        if array is None:
            raise Unfit("part_no_numbers", seen, place=place, type=type(part).__name__)
        if array.shape != shape:
            raise Unfit("part_shape", seen, place=place, got=array.shape, expected=shape)
    return [array for array in arrays if array is not None]
