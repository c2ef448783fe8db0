"""The book's own functions while an answer is judged, whatever the reader has put in their place.

Right answers come from `nnlib`, whose functions call one another. A reader may replace one,
``nnlib.softmax = mine`` for instance, to see what happens; that shall neither spoil a verdict nor
earn one. The replacement is back when the verdict is there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

PACKAGE = "nnlib"
_MADE_BY_PYTHON = {"__dict__", "__weakref__", "__doc__", "__module__"}
_MISSING = object()

Owner = ModuleType | type


def _owners() -> Iterator[Owner]:
    """Yield the modules of the book, and their classes."""
    for name, module in list(sys.modules.items()):
        ours = f"{name}.".startswith(f"{PACKAGE}.") and not name.startswith(f"{PACKAGE}.plots")
        if ours and module is not None:
            yield module
            own = (value for value in vars(module).values() if isinstance(value, type))
            yield from (value for value in own if value.__module__ == name)


def _contents(owner: Owner) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(owner).items()
        if name not in _MADE_BY_PYTHON and not isinstance(value, ModuleType)
    }


_kept: dict[Owner, dict[str, Any]] = {}
_tables: list[tuple[dict[Any, Any], dict[Any, Any]]] = []  # such as `LOSSES`; what was in it


def keep() -> None:
    """Take note of how everything is now."""
    _kept.update((owner, _contents(owner)) for owner in _owners())
    named = [(name, value) for contents in _kept.values() for name, value in contents.items()]
    tables = {id(value): value for name, value in named if name.isupper() and type(value) is dict}
    _tables[:] = [(table, dict(table)) for table in tables.values()]


@contextmanager
def restored() -> Iterator[None]:
    """Have everything as it was when it was kept."""
    replaced = [
        (owner, name, found, value)
        for owner, contents in _kept.items()
        for name, value in contents.items()
        if (found := vars(owner).get(name, _MISSING)) is not value
    ]
    for owner, name, _, value in replaced:
        setattr(owner, name, value)
    changed = [(table, dict(table)) for table, _ in _tables]
    _fill(_tables)
    try:
        yield
    finally:
        _fill(changed)
        for owner, name, found, _ in replaced:
            if found is _MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, found)


def _fill(tables: list[tuple[dict[Any, Any], dict[Any, Any]]]) -> None:
    for table, contents in tables:
        table.clear()
        table.update(contents)
