"""Trying an answer on a case, and comparing what comes out."""

from __future__ import annotations

import copy
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib._typing import FloatArray
from nnlib.exercises.exercise import FunctionExercise, ValueExercise


@dataclass(frozen=True)
class Trial:
    """One case: what came out and what should have."""

    label: str
    arguments: tuple[Any, ...]
    want: FloatArray
    got: Any
    error: Exception | None
    mutated: bool
    right: bool


def try_case(
    exercise: FunctionExercise, answer: Any, label: str, arguments: tuple[Any, ...]
) -> Trial:
    """Call the answer with copies of the arguments and compare what it gives."""
    want = np.asarray(exercise.reference(*copy.deepcopy(arguments)), dtype=float)
    given = copy.deepcopy(arguments)
    got, error = None, None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            got = exercise.use(answer, *given)
        except Exception as raised:  # noqa: BLE001  whatever the reader's code raises is shown
            error = raised
    mutated = not all(map(_same, given, arguments))
    numbers = None if error else as_numbers(got)
    right = numbers is not None and numbers.shape == want.shape and close(numbers, want, exercise)
    return Trial(label, arguments, want, got, error, mutated, right and not mutated)


def as_numbers(value: Any) -> FloatArray | None:
    """Return a value as an array of real numbers, or None if it is none."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return None
    if array.dtype.kind not in "fiub":
        return None
    return array.astype(float)


def close(got: FloatArray, want: FloatArray, exercise: FunctionExercise | ValueExercise) -> bool:
    """Whether two arrays of one shape agree as far as the exercise asks for."""
    return bool(np.allclose(got, want, rtol=exercise.rtol, atol=exercise.atol, equal_nan=True))


def _same(one: Any, other: Any) -> bool:
    """Whether an argument is still what it was."""
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))
    return True if callable(one) else bool(one == other)


def alike(planted: Trial, trial: Trial, exercise: FunctionExercise) -> bool:
    """Whether a planted mistake does in one case what the answer does."""
    if planted.error or trial.error:
        return type(planted.error) is type(trial.error)
    one, other = as_numbers(planted.got), as_numbers(trial.got)
    if one is None or other is None:
        return one is other and type(planted.got) is type(trial.got)
    return one.shape == other.shape and close(other, one, exercise)
