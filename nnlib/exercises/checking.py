"""Trying an answer, and finding out what went wrong with it."""

from __future__ import annotations

import copy
import dis
import inspect
import linecache
import traceback
from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlib._typing import FloatArray
from nnlib.exercises import mistakes
from nnlib.exercises.exercise import FunctionExercise, ValueExercise, apply
from nnlib.exercises.registry import find, words_of
from nnlib.exercises.trying import Trial, as_numbers, close, try_case
from nnlib.exercises.verdict import Verdict
from nnlib.exercises.wording import shown, write

SEED = 7


def check(name: str, answer: Any) -> Verdict:
    """Check the answer to an exercise.

    A function is tried on ordinary, random, batched and extreme inputs, and compared with `nnlib`.
    What is wrong is compared with the mistakes that people make.

    Parameters
    ----------
    name : str
        Of the exercise, such as ``"softmax-product"``; `list_exercises` lists them.
    answer : number, array, function, class or network
        What the exercise asks for. ``...`` stands for no answer yet.

    Returns
    -------
    Verdict
        Shown in words by Jupyter; its `correct` is None while there is no answer.

    Raises
    ------
    ValueError
        If no exercise has this name.
    """
    exercise = find(name)
    if is_blank(answer):
        return Verdict(None)
    if isinstance(exercise, ValueExercise):
        return check_value(name, exercise, answer)
    assert isinstance(exercise, FunctionExercise)
    return check_function(name, exercise, answer)


def is_blank(answer: Any) -> bool:
    """Whether the answer is still the ``...`` that the exercise came with."""
    if answer is ... or answer is None:
        return True
    if isinstance(answer, tuple | list):
        return len(answer) > 0 and all(map(is_blank, answer))
    if inspect.isclass(answer):
        written = [part for part in vars(answer).values() if inspect.isfunction(part)]
        return len(written) > 0 and all(map(is_blank, written))
    if not inspect.isfunction(answer):
        return False
    steps = [step for step in dis.get_instructions(answer) if step.opname not in _BOOKKEEPING]
    if [step.opname for step in steps] == ["RETURN_CONST"]:  # Python 3.12 and 3.13
        return steps[0].argval in (None, ...)
    load_and_return = [step.opname for step in steps] == ["LOAD_CONST", "RETURN_VALUE"]
    return load_and_return and steps[0].argval in (None, ...)


_BOOKKEEPING = {"RESUME", "NOP", "CACHE", "PRECALL", "COPY_FREE_VARS", "MAKE_CELL"}


# -- Numbers -------------------------------------------------------------------------------


def check_value(name: str, exercise: ValueExercise, answer: Any) -> Verdict:
    """Compare a number or an array with the right one, then with the mistakes."""
    right = np.asarray(exercise.answer(), dtype=float)
    if isinstance(answer, tuple | list) and any(part is ... for part in answer):
        return Verdict(False, write("incomplete"))
    got = as_numbers(answer)
    if got is None:
        return Verdict(False, write("no_numbers", type=type(answer).__name__))
    if got.shape != right.shape:
        named = _first_mistake(exercise, got)
        if named:
            return Verdict(False, _sentence(name, named), named)
        if right.ndim == 0:
            return Verdict(False, write("one_number", shape=got.shape))
        return Verdict(False, write("value_shape", shape=got.shape, expected=right.shape))
    if close(got, right, exercise):
        return Verdict(True, write("right_value", answer=shown(right)))
    named = _first_mistake(exercise, got)
    if named:
        return Verdict(False, _sentence(name, named), named)
    for general, wrong in mistakes.of_values(right):
        if close(got, wrong, exercise):
            return Verdict(False, write(f"mistakes.{general}"), general)
    return Verdict(False, _which_is_wrong(got, right, exercise))


def _sentence(name: str, mistake: str) -> str:
    """What the exercise says about a mistake, or else what is said about it anywhere."""
    own = words_of(name)["mistakes"]
    return str(own[mistake]) if mistake in own else write(f"mistakes.{mistake}")


def _first_mistake(exercise: ValueExercise, got: FloatArray) -> str | None:
    for name, compute in exercise.mistakes.items():
        wrong = np.asarray(compute(), dtype=float)
        if wrong.shape == got.shape and close(got, wrong, exercise):
            return name
    return None


def _which_is_wrong(got: FloatArray, right: FloatArray, exercise: ValueExercise) -> str:
    apart = ~np.isclose(got, right, rtol=exercise.rtol, atol=exercise.atol, equal_nan=True)
    first = np.unravel_index(int(np.argmax(apart)), apart.shape)
    value = got[first]
    if not np.isfinite(value):
        return write("value_not_finite", got=shown(value))
    size = "value_large" if value > right[first] else "value_small"
    if right.ndim == 0:
        return write(size, got=shown(value))
    count = {"right": int((~apart).sum()), "all": right.size}
    return write(f"entry_{size}", got=shown(value), entry=_entry(first), **count)


# -- Functions -----------------------------------------------------------------------------


def check_function(name: str, exercise: FunctionExercise, answer: Any) -> Verdict:
    """Try a function on every case, then look for the mistake that explains all that is wrong."""
    if not callable(answer) and exercise.use is apply:
        return Verdict(False, write("no_function", type=type(answer).__name__))
    cases = list(exercise.cases(np.random.default_rng(SEED)))
    trials = [try_case(exercise, answer, *case) for case in cases]
    wrong = [trial for trial in trials if not trial.right]
    if any(trial.mutated for trial in trials):
        return Verdict(False, write("mistakes.mutated"), "mutated")
    if not wrong:
        return Verdict(True, _what_was_tried(trials))
    named = mistakes.explain(exercise, trials)
    if named is None:
        return Verdict(False, describe(exercise, wrong[0], answer))
    text = _sentence(name, named) + "\n" + describe(exercise, wrong[0], answer)
    return Verdict(False, text, named)


def describe(exercise: FunctionExercise, trial: Trial, answer: Any) -> str:
    """Say what was tried, what came out and what should have."""
    given = ", ".join(map(shown, trial.arguments))
    where = {"label": write(f"labels.{trial.label}"), "given": given}
    if trial.error is not None:
        error = f"{type(trial.error).__name__}: {trial.error}".splitlines()[0][:200]
        return write("raised", error=error, line=_line_of(trial.error, answer), **where)
    if trial.got is None:
        return write("returned_nothing", **where)
    got = as_numbers(trial.got)
    if got is None:
        return write("returned_no_numbers", type=type(trial.got).__name__, **where)
    if got.shape != trial.want.shape:
        return write("returned_shape", shape=got.shape, expected=trial.want.shape, **where)
    apart = ~np.isclose(got, trial.want, rtol=exercise.rtol, atol=exercise.atol, equal_nan=True)
    first = np.unravel_index(int(np.argmax(apart)), apart.shape)
    values = {"got": shown(got[first]), "want": shown(trial.want[first])}
    if got.ndim == 0:
        text = write("differs", **values, **where)
    else:
        text = write("entry_differs", entry=_entry(first), **values, **where)
    if exercise.finite_difference is not None and trial.label != "extreme":
        slope = np.asarray(exercise.finite_difference(*copy.deepcopy(trial.arguments)))[first]
        text += write("finite_difference", slope=f"{float(slope):.5g}")
    return text


def _what_was_tried(trials: Sequence[Trial]) -> str:
    labels = list(dict.fromkeys(trial.label for trial in trials))
    kinds = write("and").join(write(f"labels.{label}") for label in labels)
    return write("right_function", count=len(trials), kinds=kinds)


def _line_of(error: Exception, answer: Any) -> str:
    """The line of the reader's code that the error came from, or nothing."""
    parts = vars(answer).values() if inspect.isclass(answer) else [answer]
    files = {part.__code__.co_filename for part in parts if inspect.isfunction(part)}
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in files]
    if not frames:
        return ""
    source = linecache.getline(frames[-1].filename, frames[-1].lineno or 0).strip()
    return write("at_line", source=source) if source else ""


def _entry(index: Sequence[Any]) -> str:
    return "[" + ", ".join(str(int(i)) for i in index) + "]"
