"""Checks of arguments, shared by every module of nnlib.

Each check returns the value in the form the caller computes with, or raises `TypeError`
(the wrong kind of thing) or `ValueError` (the right kind, a wrong value), naming the argument,
the value it got and what was expected.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from nnlib._typing import FloatArray

T = TypeVar("T")

_USUAL = np.dtype(np.float64), np.dtype(np.float32)  # in the byte order of the machine


def float_array(
    name: str,
    value: ArrayLike,
    *,
    ndim: int | None = None,
    finite: bool = False,
    dtype: np.dtype[Any] | None = None,
) -> FloatArray:
    """`value` as a floating-point array: floats keep their dtype, integers become float64.

    With a `dtype` all become that; what is beyond its range is then infinite.
    """
    if (
        type(value) is np.ndarray
        and value.size
        and (value.dtype in _USUAL if dtype is None else value.dtype == dtype)
    ):
        array = value  # what nearly every call inside a network passes
    else:
        array = _as_float(name, real_array(name, value))
        if dtype is not None:
            with np.errstate(over="ignore"):
                array = array.astype(dtype, copy=False)
    if ndim is not None and array.ndim != ndim:
        raise ValueError(f"{name} must have {ndim} dimension(s), got shape {array.shape}")
    if finite and not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite, got {describe_non_finite(array)}")
    return array


def _as_float(name: str, array: NDArray[Any]) -> FloatArray:
    if array.dtype.kind != "f":
        return array.astype(np.float64)
    if array.dtype.itemsize < 4:
        raise TypeError(
            f"{name} must not be {array.dtype}, which is too imprecise for sums "
            f"and squares: use {name}.astype(np.float32)"
        )
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """A view of an array through which nobody can change it."""
    view = np.asarray(array).view()
    view.flags.writeable = False
    return view


def in_place(error: Exception) -> str:
    """What to do instead, if an error is that of code that changes a `read_only` array."""
    return ": make a new array, as in X = 2 * X, not X *= 2" if "read-only" in str(error) else ""


def real_array(name: str, value: ArrayLike) -> NDArray[np.generic]:
    """`value` as a non-empty array of real numbers: no strings, objects or complex numbers."""
    if np.ma.is_masked(value):
        raise TypeError(f"{name} must not have masked entries: fill them, as in {name}.filled(0)")
    try:
        array = np.asarray(value)
    except ValueError as error:  # a ragged nested list
        raise ValueError(f"{name} must be an array of numbers: {error}") from None
    if array.dtype.kind not in "fiub":
        remedy = _remedy(name, value, array)
        raise TypeError(f"{name} must be an array of real numbers, got dtype {array.dtype}{remedy}")
    if array.size == 0:
        raise ValueError(f"{name} must not be empty, got shape {array.shape}")
    return array


def _remedy(name: str, value: object, array: NDArray[Any]) -> str:
    if hasattr(value, "toarray"):
        return ": a sparse matrix becomes an array with .toarray()"
    if array.dtype.kind not in "UTO":
        return ""
    if missing := sum(map(_is_missing, array.flat)):
        return f": {missing} of {array.size} entries are missing: leave out their samples"
    texts = sum(isinstance(entry, str) for entry in array.flat)
    if texts == array.size == len(np.atleast_1d(array)) and in_code(name) != "X":
        return ": np.unique(names, return_inverse=True)[1] turns names into labels"
    if texts:
        return ": leave out columns of text, or make numbers of them"
    return ": convert it with .astype(float), or a pandas object with .to_numpy(float)"


def _is_missing(entry: object) -> bool:
    """Whether it is None, or what numpy or pandas put where something is missing."""
    return (
        entry is None
        or type(entry).__name__ in ("NAType", "NaTType")
        or (isinstance(entry, float | np.floating) and bool(np.isnan(entry)))
    )


def in_code(name: str) -> str:
    """An argument as code names it: "y" for "validation y"."""
    return name.split()[-1]


def describe_non_finite(array: FloatArray) -> str:
    """How many entries are NaN or infinite and where the first one is."""
    bad = ~np.isfinite(array)
    first = np.unravel_index(int(np.argmax(bad)), array.shape)
    where = f" at index {tuple(int(i) for i in first)}" if array.ndim else ""
    return f"{array[first]}{where} ({int(bad.sum())} of {array.size} entries)"


def float_dtype(name: str, value: DTypeLike) -> np.dtype[Any]:
    """`value` as a floating-point dtype."""
    try:
        dtype = np.dtype(value)
    except TypeError:  # not a dtype at all
        raise TypeError(f"{name} must be a float dtype, got {value!r}") from None
    if dtype.kind != "f" or dtype.itemsize < 4:
        raise TypeError(f"{name} must be a float dtype such as np.float32, got {dtype}")
    return dtype.newbyteorder("=")


def in_range(name: str, array: FloatArray, dtype: np.dtype[Any], whose: str) -> FloatArray:
    """A finite array in another float dtype, if it stays finite there."""
    converted = float_array(name, array, dtype=dtype)
    if converted is not array and not np.isfinite(converted).all():
        largest = array.flat[np.abs(array).argmax()]
        raise ValueError(f"{name} must fit into {whose} {dtype}, got {largest}")
    return converted


def check_rows(name: str, array: FloatArray, width: int | None) -> None:
    """Refuse what is not a batch of rows, `width` numbers in each where that is known."""
    if array.ndim == 2 and (width is None or array.shape[1] == width):
        return
    shape, remedy, code = array.shape, "", in_code(name)
    if array.ndim > 2 and width in (None, math.prod(shape[1:])):
        remedy = f": nnlib.flatten({code}) makes rows of images"
    elif array.ndim == 1 and width in (None, 1):
        remedy = f": np.reshape({code}, (-1, 1)) makes a column of it"
    elif array.size == width:
        remedy = f": np.reshape({code}, (1, -1)) makes a batch of one sample"
    columns = "d" if width is None else width
    raise ValueError(f"{name} must have shape (n, {columns}), got {shape}{remedy}")


def same_shape(
    name: str,
    value: NDArray[np.generic],
    other: str,
    model: NDArray[np.generic],
    remedy: str = "",
) -> None:
    """No silent broadcasting: (3,) against (3, 1) is an error."""
    if value.shape != model.shape:
        raise ValueError(
            f"{name} must have the shape of {other}, {model.shape}, got {value.shape}{remedy}"
        )


def real_number(name: str, value: float) -> float:
    """`value` as a finite float; booleans are not numbers here."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a real number, got {value!r}")
    try:
        number = float(value)
    except OverflowError:  # an integer beyond the range of a float
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite, got {number}")
    return number


def positive(name: str, value: float) -> float:
    """`value` as a finite float above zero."""
    number = real_number(name, value)
    if number <= 0:
        raise ValueError(f"{name} must be positive, got {number}")
    return number


def non_negative(name: str, value: float, *, below: float = math.inf) -> float:
    """`value` as a finite float from zero up to, not including, `below`."""
    number = real_number(name, value)
    if not 0 <= number < below:
        limit = "" if below == math.inf else f" and below {below:g}"
        raise ValueError(f"{name} must be at least 0{limit}, got {number}")
    return number


def integer(name: str, value: int) -> int:
    """`value` as an int; booleans are not numbers here."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    return int(value)


def positive_int(name: str, value: int) -> int:
    """`value` as an int of at least one."""
    number = integer(name, value)
    if number < 1:
        raise ValueError(f"{name} must be at least 1, got {number}")
    return number


def layer_sizes(name: str, value: Sequence[int]) -> list[int]:
    """`value` as the widths of a network's layers: at least an input and an output."""
    if not isinstance(value, Sequence | np.ndarray) or len(value) < 2:
        raise ValueError(f"{name} must contain at least an input and an output, got {value!r}")
    return [positive_int(name, size) for size in value]


def random_generator(
    name: str, value: np.random.Generator | int | None, use: str = ""
) -> np.random.Generator:
    """`value` if it is a numpy Generator, or the one seeded by an integer."""
    if isinstance(value, np.random.Generator):
        return value
    if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Integral) or value < 0:
        raise TypeError(
            f"{name} must be a numpy.random.Generator or a seed (an integer >= 0), got {value!r}"
            + (f": {use}" if value is None and use else "")
        )
    return np.random.default_rng(int(value))


def one_of(name: str, value: str, choices: object) -> str:
    """`value` if it is one of the names in `choices`."""
    names = list(choices)  # type: ignore[call-overload]
    if value not in names:
        raise ValueError(f"{name} must be one of {', '.join(names)}, got {value!r}")
    return value


def named(
    name: str, value: str | T, table: Mapping[str, T], kind: type[T], offered: Iterable[str] = ()
) -> T:
    """`value` if it is of this kind, or the one in `table` that it names."""
    if isinstance(value, str) and value in table:
        return table[value]
    names = list(offered) or list(table)
    if isinstance(value, str):
        one_of(name, value, names)
    if not isinstance(value, kind):
        called = getattr(value, "__name__", "")
        remedy = f': use {name}="{called}"' if called in names else ""
        article = "an" if kind.__name__[0] in "AEIO" else "a"
        raise TypeError(
            f"{name} must be {article} {kind.__name__} or the name of one, got {value!r}{remedy}"
        )
    return value


def function(name: str, value: Callable[..., object]) -> None:
    """Refuse a value that cannot be called, such as f(x) where f was meant."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {value!r}")


def equal_arrays(first: object, second: object) -> bool:
    """Whether two objects of one class have equal attributes, arrays entry by entry."""
    if type(first) is not type(second):
        return NotImplemented
    ours, theirs = vars(first), vars(second)
    return ours.keys() == theirs.keys() and all(
        np.array_equal(value, theirs[name]) for name, value in ours.items()
    )
