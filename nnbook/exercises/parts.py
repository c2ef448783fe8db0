"""Results of several parts, of one function or of several: each is judged by itself, in order."""

from __future__ import annotations

import ast
import copy
import functools
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from nnbook.exercises.wording import write
from nnbook.questions.code import Code


class Turn:
    """Uses an answer as its exercise does, as far as one of the parts.

    Attributes
    ----------
    given : tuple
        What the reader's function got that gave this part.
    """

    def __init__(self, exercise: Code, place: int) -> None:
        self.given: tuple[Any, ...] = ()
        self._exercise, self._place, self._inside = exercise, place, False

    def __call__(self, answer: Any, *arguments: Any) -> Any:
        """Give this part of what comes out."""
        answers = answer if isinstance(answer, tuple) else (answer,)
        watched = tuple(map(self._watched, answers))
        used = self._exercise.use(watched if isinstance(answer, tuple) else watched[0], *arguments)
        return next(islice(used, self._place, None))

    def _watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function, updated=())
        def call(*arguments: Any, **named: Any) -> Any:
            if self._inside:  # one of the reader's functions calls another
                return function(*arguments, **named)
            self.given = copy.deepcopy((*arguments, *named.values()))
            self._inside = True
            try:
                return function(*arguments, **named)
            finally:
                self._inside = False

        return call


def part_of(exercise: Code, place: int) -> Code:
    """Return one part of an exercise, as an exercise of its own."""

    def right(*arguments: Any) -> Any:
        return next(islice(exercise.reference(*arguments), place, None))

    last = place == len(exercise.parts) - 1
    return replace(
        exercise,
        reference=right,
        use=Turn(exercise, place),
        uses=exercise.uses if last else frozenset(),
        forbids=exercise.forbids if last else frozenset(),
    )


def unfinished(function: Any) -> bool:
    """Whether a function still has a ``...`` that is there to be replaced."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return False
    return isinstance(tree.body[0], ast.FunctionDef) and _waits(tree)


def _waits(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is ...
    if isinstance(node, ast.Subscript):  # as in x[..., 0]
        return False
    return any(map(_waits, ast.iter_child_nodes(node)))


def so_far(exercise: Code, place: int, words: dict[str, str]) -> str:
    """Say which parts before one are right, and that this one is not."""
    parts, wrong = exercise.parts, exercise.parts[place]
    function = _function(wrong)
    whole = dict.fromkeys(map(_function, parts[:place]))
    whole.pop(function, None)
    own = [part for part in parts[:place] if _function(part) == function]
    right = [f"`{name}`" for name in whole] + [called(part, words) for part in own]
    return (write("parts_right", parts=write("and").join(right)) if right else "") + write(
        "part_wrong", part=called(wrong, words)
    )


def called(part: str, words: dict[str, str]) -> str:
    """What a part is called: the words for it, if there are any, else as code."""
    function, _, what = part.partition(" ")
    if part in words:
        return words[part]
    return write("part_of", function=function, what=what) if what else f"`{function}`"


def function_of(exercise: Code, place: int, answer: Any) -> tuple[str, Any]:
    """Return the name that an exercise gives to the function of a part, and the function."""
    name = _function(exercise.parts[place])
    answers: Sequence[Any] = answer if isinstance(answer, tuple) else (answer,)
    return name, answers[exercise.functions.index(name)]


def _function(part: str) -> str:
    return part.partition(" ")[0]
