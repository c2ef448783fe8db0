"""Trying an answer on every case, and comparing what comes out."""

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

from nnbook.exercises import limit
from nnbook.exercises.limit import Limit
from nnbook.exercises.parts import Turn
from nnbook.questions.code import Code
from nnbook.questions.given import Unfit, as_numbers
from nnlib._typing import FloatArray

SEED = 7


@dataclass(frozen=True)
class Trial:
    """One case: what came out and what should have.

    Attributes
    ----------
    label : str
        One of `LABELS`.
    arguments : tuple
    given : tuple
        What the reader's function got, as far as it is known.
    want : array
    got : optional
        What the answer gave.
    numbers : array or None
        The same as an array of numbers, if it is one.
    error : BaseException or None
        What was raised instead.
    mutated : bool
        Whether the answer has changed its arguments.
    right : bool
    printed : Printed
    late : bool
        Whether the time was over.
    """

    label: str
    arguments: tuple[Any, ...]
    given: tuple[Any, ...]
    want: FloatArray
    got: Any
    numbers: FloatArray | None
    error: BaseException | None
    mutated: bool
    right: bool
    printed: Printed
    late: bool

    @property
    def fits(self) -> bool:
        """Whether numbers came out, in the right shape."""
        return self.numbers is not None and self.numbers.shape == self.want.shape


class Printed(io.TextIOBase):
    """Stands in for the standard output: keeps how an answer's prints begin, counts the rest."""

    ROOM = 2000  # characters: an endless loop may print, too

    def __init__(self, time: Limit | None) -> None:
        self.text, self.ends = "", 0
        self._time, self._screen = time, sys.stdout

    def write(self, text: str) -> int:
        if self._time is not None and self._time.debugging():
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


def try_all(exercise: Code, answer: Any) -> list[Trial]:
    """Try an answer on every case, until its time is over."""
    time = Limit(limit.SECONDS)
    trials = []
    for label, arguments in exercise.cases(np.random.default_rng(SEED)):
        trials.append(try_case(exercise, answer, label, arguments, time))
        if time.over:
            break
    return trials


def try_case(
    exercise: Code,
    answer: Any,
    label: str,
    arguments: tuple[Any, ...],
    time: Limit | None = None,
) -> Trial:
    """Call the answer with copies of the arguments and compare what it gives."""
    want = np.asarray(exercise.reference(*copy.deepcopy(arguments)), dtype=float)
    given = copy.deepcopy(arguments)
    got: Any = None
    error: BaseException | None = None
    printed = Printed(time)
    with calm(), contextlib.redirect_stdout(printed):
        try:
            with time or contextlib.nullcontext():
                got = exercise.use(answer, *given)
        except Unfit as unfit:
            got, error = unfit.result, unfit
        except KeyboardInterrupt:  # meant for us
            raise
        except BaseException as raised:  # noqa: BLE001  whatever else is raised is shown
            error = raised
    mutated = not all(map(_same, given, arguments))
    numbers = None if error else as_numbers(got)
    right = numbers is not None and numbers.shape == want.shape and close(numbers, want, exercise)
    return Trial(
        label=label,
        arguments=arguments,
        given=exercise.use.given if isinstance(exercise.use, Turn) else arguments,
        want=want,
        got=got,
        numbers=numbers,
        error=error,
        mutated=mutated,
        right=right and not mutated,
        printed=printed,
        late=time is not None and time.over,
    )


def close(got: FloatArray, want: FloatArray, exercise: Code) -> bool:
    """Whether two arrays of one shape agree as far as the exercise asks for."""
    return bool(np.allclose(got, want, rtol=exercise.rtol, atol=exercise.atol, equal_nan=True))


def _same(one: Any, other: Any) -> bool:
    """Whether an argument is still what it was."""
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return callable(one) or isinstance(one, np.random.Generator) or bool(one == other)


def alike(planted: Trial, trial: Trial, exercise: Code) -> bool:
    """Whether a planted mistake does in one case what the answer does."""
    if planted.error or trial.error:
        same = _signature(planted.error) == _signature(trial.error)
        if not same or not isinstance(planted.error, Unfit):
            return same
        one, other = _flat(planted.got), _flat(trial.got)
    else:
        one, other = planted.numbers, trial.numbers
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
