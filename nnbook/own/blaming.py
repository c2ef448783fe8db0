"""Whether it is an earlier part of the reader's network that makes a later answer wrong."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nnbook.own import module
from nnbook.own.keeping import stored
from nnbook.own.parts import functions_before, parts
from nnbook.own.program import words


def at_fault(exercise: str, answer: Any, judge: Callable[[Any], bool]) -> str | None:
    """Say which earlier part makes an answer wrong that is right with the book's in its place.

    Parameters
    ----------
    exercise : str
    answer : function, or tuple of functions
    judge : function
        Whether an answer is right.
    """
    part, kept = parts()[exercise], stored()
    earlier = [name for name in kept if parts()[name].number < part.number]
    if not earlier or module.NAME not in sys.modules:
        return None

    def is_right_without(some: list[str]) -> bool:
        others = {name: code for name, code in kept.items() if name not in some}
        with _exchanged(answer, others, functions_before(part.number)):
            return judge(answer)

    if not is_right_without(earlier):
        return None
    guilty = [name for name in earlier if is_right_without([name])] or earlier
    numbers = ", ".join(str(parts()[name].number) for name in guilty)
    return words()["at_fault"].format(other=numbers)


@contextlib.contextmanager
def _exchanged(answer: Any, kept: Mapping[str, str], earlier: Mapping[str, int]) -> Iterator[None]:
    """Have the module consist of other parts, also where cells have taken functions from it."""
    names = vars(sys.modules[module.NAME])
    answers = answer if isinstance(answer, tuple) else (answer,)
    spaces = [names, *(each.__globals__ for each in answers if hasattr(each, "__globals__"))]
    before = [(space, dict(space)) for space in spaces]
    old = dict(names)
    try:
        module.fill(names, kept)
        for space in spaces[1:]:
            for name, value in [*space.items()]:
                if getattr(value, "__globals__", None) is names:
                    at_import = (each for each in earlier if old.get(each) is value)
                    theirs = next(at_import, value.__name__)
                    space[name] = names.get(theirs, value)
        yield
    finally:
        for space, values in before:
            space.update(values)
