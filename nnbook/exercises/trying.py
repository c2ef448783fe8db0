"""Trying an answer on a case, and comparing what comes out."""

from __future__ import annotations

import contextlib
import copy
import io
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnbook.exercises.given import Unfit, as_numbers
from nnbook.exercises.limit import Limit, TooLong
from nnbook.questions.code import Code
from nnbook.questions.values import Values
from nnlib._typing import FloatArray


@dataclass(frozen=True)
class Trial:
    """One case: what came out and what should have."""

    label: str
    arguments: tuple[Any, ...]
    want: FloatArray
    got: Any
    error: BaseException | None
    mutated: bool
    right: bool
    printed: Printed

    @property
    def numbers(self) -> FloatArray | None:
        """What came out as an array of numbers, or None if nothing did that is one."""
        return None if self.error else as_numbers(self.got)


class Printed(io.TextIOBase):
    """Stands in for the standard output: keeps how an answer's prints begin, counts the rest."""

    ROOM = 2000  # characters: an endless loop may print, too

    def __init__(self, limit: Limit | None) -> None:
        self.text, self.ends = "", 0
        self._limit, self._screen = limit, sys.stdout

    def write(self, text: str) -> int:
        if self._limit is not None and self._limit.debugging():
            return self._screen.write(text)  # the debugger's questions
        self.text += text[: self.ROOM - len(self.text)]
        self.ends += text.count("\n")
        return len(text)


@contextlib.contextmanager
def calm() -> Iterator[None]:
    """Let numbers overflow in silence, whatever the reader has set."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def try_case(
    exercise: Code,
    answer: Any,
    label: str,
    arguments: tuple[Any, ...],
    limit: Limit | None = None,
) -> Trial:
    """Call the answer with copies of the arguments and compare what it gives."""
    want = np.asarray(exercise.reference(*copy.deepcopy(arguments)), dtype=float)
    given = copy.deepcopy(arguments)
    got: Any = None
    error: BaseException | None = None
    printed = Printed(limit)
    with calm(), contextlib.redirect_stdout(printed):
        try:
            with limit or contextlib.nullcontext():
                got = exercise.use(answer, *given)
        except Unfit as unfit:
            got, error = unfit.result, unfit
        except (Exception, TooLong) as raised:  # noqa: BLE001  whatever is raised is shown
            error = raised
    mutated = not all(map(_same, given, arguments))
    numbers = None if error else as_numbers(got)
    right = numbers is not None and numbers.shape == want.shape and close(numbers, want, exercise)
    return Trial(label, arguments, want, got, error, mutated, right and not mutated, printed)


def close(got: FloatArray, want: FloatArray, exercise: Code | Values) -> bool:
    """Whether two arrays of one shape agree as far as the exercise asks for."""
    return bool(np.allclose(got, want, rtol=exercise.rtol, atol=exercise.atol, equal_nan=True))


def _same(one: Any, other: Any) -> bool:
    """Whether an argument is still what it was."""
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))
    return True if callable(one) else bool(one == other)


def alike(planted: Trial, trial: Trial, exercise: Code) -> bool:
    """Whether a planted mistake does in one case what the answer does."""
    if planted.error or trial.error:
        same = _signature(planted.error) == _signature(trial.error)
        if not same or not isinstance(planted.error, Unfit):
            return same
        one, other = _flat(planted.got), _flat(trial.got)
    else:
        one, other = as_numbers(planted.got), as_numbers(trial.got)
    if one is None or other is None:
        return one is other and type(planted.got) is type(trial.got)
    return one.shape == other.shape and close(other, one, exercise)


def _flat(result: Any) -> FloatArray | None:
    """All numbers of a result, which may have parts of several shapes."""
    parts = [
        as_numbers(part) for part in (result if isinstance(result, tuple | list) else [result])
    ]
    known = [np.ravel(part) for part in parts if part is not None]
    return np.concatenate(known) if known and len(known) == len(parts) else None


def _signature(error: BaseException | None) -> tuple[type, str, list[str]]:
    """What makes two errors the same: the shapes that do not fit may come in another order."""
    shapes = re.compile(r"\([\d, ]*\)")
    return type(error), shapes.sub("", str(error)), sorted(shapes.findall(str(error)))
