"""What an answer is made of: whether it uses what its exercise asks to do without.

Only names are looked at. Code that does by itself what such a function does is not recognized.
"""

from __future__ import annotations

import builtins
import contextlib
import dis
import functools
from collections.abc import Iterator
from types import CodeType, ModuleType
from typing import Any

from nnbook.exercises.limit import of_the_reader

_GLOBALS = ("LOAD_GLOBAL", "LOAD_NAME")
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM", "IMPORT_NAME")


def used(answer: Any) -> set[str]:
    """Return the names of the functions and packages that an answer uses, also in its helpers."""
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [*answer] if isinstance(answer, tuple) else [answer]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, functools.partial):
            waiting.append(thing.func)
        elif isinstance(thing, ModuleType):
            names.add(thing.__name__.partition(".")[0])
        elif (code := _code_of(thing)) is not None:
            space = {**thing.__globals__, **_enclosed(thing)}
            for name, is_attribute in _names_in(code):
                if is_attribute:
                    names.add(name)
                elif name in space:
                    waiting.append(space[name])
                elif hasattr(builtins, name):
                    names.add(name)
        elif isinstance(thing, type) and (methods := [*filter(_code_of, vars(thing).values())]):
            waiting += methods
        elif callable(thing):
            package = getattr(thing, "__module__", None) or ""
            names |= {getattr(thing, "__name__", ""), package.partition(".")[0]}
            waiting.append(getattr(thing, "__wrapped__", None))  # as functools.cache leaves it
    return names


def _code_of(thing: Any) -> CodeType | None:
    """The code of a function that the reader wrote."""
    code = getattr(thing, "__code__", None)
    return code if isinstance(code, CodeType) and of_the_reader(code) else None


def _enclosed(function: Any) -> dict[str, Any]:
    """The variables of functions around this one."""
    filled = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        with contextlib.suppress(ValueError):  # nothing is in it yet
            filled[name] = cell.cell_contents
    return filled


def _names_in(code: CodeType) -> Iterator[tuple[str, bool]]:
    """Yield the names that are no local variables, and whether each is that of an attribute."""
    for step in dis.get_instructions(code):
        if step.opname in _ATTRIBUTES:
            yield step.argval.partition(".")[0], True  # of an import its package
        elif step.opname in (*_GLOBALS, "LOAD_DEREF"):
            yield step.argval, False
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)
