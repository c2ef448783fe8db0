"""What Python has and a page has not: each says so, and what to do instead."""

from __future__ import annotations

import asyncio
import builtins
import inspect
import sys

from nnbook.live.parsing import REFUSED
from nnbook.messages import load

MOST_CALLS = 20_000
"""Of a recursion; each costs memory, and at a million it takes half a minute to run out of it."""
_set_recursion_limit = sys.setrecursionlimit


def refuse() -> None:
    """Put what refuses in the place of what there is not."""
    builtins.input = refuse_input
    asyncio.run = refuse_async  # type: ignore[assignment]
    sys.setrecursionlimit = limit_recursion
    setattr(builtins, REFUSED, refuse_command)


def words() -> dict[str, str]:
    """Return what Python says on a page, in the language of the session."""
    return load("messages/live/python")


def refuse_input(prompt: object = "") -> str:
    """Stand in for `input`."""
    raise RuntimeError(words()["input"])


def refuse_async(main: object, **_: object) -> None:
    """Stand in for `asyncio.run`."""
    if inspect.iscoroutine(main):
        main.close()
    raise RuntimeError(words()["await"])


def limit_recursion(limit: int) -> None:
    """Stand in for `sys.setrecursionlimit`."""
    if limit > MOST_CALLS:
        raise ValueError(words()["recursion"].format(most=MOST_CALLS, limit=limit))
    _set_recursion_limit(limit)


def refuse_command(command: str) -> None:
    """Be what a command of Jupyter calls."""
    raise RuntimeError(words()["command"].format(command=command.split()[0]))
