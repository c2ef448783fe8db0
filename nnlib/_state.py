"""The state of a network: arrays by name, and files of them in numpy's format ``.npz``.

Such a file is an archive that holds a small file for each array. It may be damaged, or made by
somebody who means no good. So names and shapes are compared with those wanted before any array is
unpacked, and of these not a byte more than is wanted.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._typing import FloatArray
from nnlib._validation import float_array, in_range, same_shape

_MAGIC = b"\x93NUMPY\x01\x00"
_HEADER = re.compile(
    rb"\{'descr': '([<>|][fiub]\d+)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n"
)
# What `zipfile`, `zlib` and numpy raise where the bytes make no sense.
_NONSENSE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, MemoryError, RuntimeError),
    *(ValueError, TypeError, KeyError, IndexError, OverflowError),
)


def new_arrays(
    state: Mapping[str, ArrayLike] | str | Path, wanted: Mapping[str, FloatArray]
) -> dict[str, FloatArray]:
    """The arrays of a state, or of a file, if all fit those wanted."""
    arrays = state if isinstance(state, Mapping) else _read_arrays(Path(state), wanted)
    _same_names(arrays, wanted)
    new = {}
    for name, value in wanted.items():
        entry = f"state[{name!r}]"
        array = float_array(entry, arrays[name], finite=True)
        same_shape(entry, array, "that of the network", value)
        new[name] = in_range(entry, array, value.dtype, "the network's")
    return new


def write_arrays(path: Path, arrays: Mapping[str, FloatArray]) -> None:
    """Write arrays to a file of exactly this name."""
    content = io.BytesIO()
    np.savez(content, **arrays)  # type: ignore[arg-type]
    path.write_bytes(content.getvalue())


def _read_arrays(path: Path, wanted: Mapping[str, FloatArray]) -> dict[str, NDArray[Any]]:
    """Read the arrays of a file, if they have the names and shapes of those wanted."""
    with path.open("rb") as file:
        start = file.read(20)
        with _as_damage(path, start):
            archive = zipfile.ZipFile(file)
            entries = {entry.filename.removesuffix(".npy"): entry for entry in archive.infolist()}
        _same_names(entries, wanted)
        with _as_damage(path, start):
            packed: dict[str, Any] = {name: _Packed(archive, entries[name]) for name in wanted}
        for name, array in packed.items():
            same_shape(f"state[{name!r}]", array, "that of the network", wanted[name])
        with _as_damage(path, start):
            return {name: array.unpacked() for name, array in packed.items()}


def _same_names(state: Iterable[str], wanted: Iterable[str]) -> None:
    """Refuse a state that lacks a name, or has one too many."""
    given, names = set(state), set(wanted)
    if missing := names - given:
        raise ValueError(f"state must contain {', '.join(sorted(missing))}, but does not")
    if unknown := given - names:
        raise ValueError(f"state has {', '.join(sorted(unknown))}, but the network does not")


class _Packed:
    """An array in an archive: its header has been read, its numbers wait."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError("packed in another way than numpy does it")
        self._file = archive.open(entry)
        magic, length = self._file.read(8), int.from_bytes(self._file.read(2), "little")
        header = _HEADER.fullmatch(self._file.read(length))
        if magic != _MAGIC or header is None:
            raise ValueError("not an array of numbers")
        self._dtype = np.dtype(header[1].decode())
        self._order: Literal["F", "C"] = "F" if header[2] == b"True" else "C"
        self.shape = tuple(int(number) for number in header[3].split(b",") if number.strip())

    def unpacked(self) -> NDArray[Any]:
        size = prod(self.shape) * self._dtype.itemsize
        content = self._file.read(size)
        if len(content) < size or self._file.read(1):
            raise EOFError("fewer or more numbers than the header says")
        return np.frombuffer(content, self._dtype).reshape(self.shape, order=self._order)


@contextmanager
def _as_damage(path: Path, start: bytes) -> Iterator[None]:
    try:
        yield
    except _NONSENSE:
        got = f"one that begins with {start!r}"
        if start.startswith(b"PK"):
            got = "one that is damaged, cut off, or made by something else"
        raise ValueError(f"{path} must be a file that `save` wrote, got {got}") from None
