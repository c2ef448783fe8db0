"""Checking an answer: a number is compared, a function goes one way.

It is tried (`trying`), what is wrong is found (`mistakes`) and said (`verdict`).
"""

from __future__ import annotations

import dis
import inspect
from dataclasses import replace
from typing import Any

import numpy as np

from nnbook.exercises import pristine
from nnbook.exercises.mistakes import find_fault
from nnbook.exercises.parts import function_of, part_of, so_far, unfinished
from nnbook.exercises.registry import find, words_of
from nnbook.exercises.trying import calm, try_all
from nnbook.exercises.verdict import Verdict, in_words
from nnbook.exercises.verdict import sentence as _sentence
from nnbook.exercises.wording import code_of, listed, shown, shown_apart, write
from nnbook.own.blaming import at_fault
from nnbook.own.keeping import keep
from nnbook.own.parts import parts
from nnbook.questions.code import Code, Exercise, apply
from nnbook.questions.given import as_numbers, holds_itself, no_number_in
from nnbook.questions.values import Values
from nnlib._typing import FloatArray


def check(name: str, *answers: Any) -> Verdict:
    """Check the answer to an exercise.

    A function is tried on ordinary, random, batched and extreme inputs, and compared with `nnlib`.
    What is wrong is compared with the mistakes that people make. A function that does not come to
    an end is stopped.

    Parameters
    ----------
    name : str
        Of the exercise, such as ``"softmax-product"``; `list_exercises` lists them.
    *answers : number, array, function, class or network
        What the exercise asks for; several functions if it asks for these. ``...`` means no answer
        yet.

    Returns
    -------
    Verdict
        Shown in words by Jupyter; its `correct` is None while there is no answer.

    Raises
    ------
    ValueError
        If no exercise has this name.
    """
    if not answers:
        raise TypeError(f"check needs an answer after the name of the exercise, {name!r}")
    answer = answers[0] if len(answers) == 1 else answers
    with pristine.restored():
        verdict = replace(_judge(name, find(name), answer), exercise=name)
        if name in parts():
            return _as_part(name, answer, verdict)
        return verdict


def _as_part(name: str, answer: Any, verdict: Verdict) -> Verdict:
    """Keep a right answer to a part of the reader's own network; see what a wrong one is due to."""

    def is_right(again: Any) -> bool:
        return _judge(name, find(name), again).correct is True

    if not verdict.correct:
        tried = verdict.correct is False and verdict.mistake != "endless"
        said = at_fault(name, answer, is_right) if tried else None
        return Verdict(False, said, exercise=name) if said else verdict
    own = keep(name, answer, is_right)
    text = f"{verdict.text}\n{own.text}" if own else verdict.text
    return replace(verdict, text=text, own=own)


def _judge(name: str, exercise: Exercise, answer: Any) -> Verdict:
    if is_blank(answer):
        return Verdict(None)
    if answer is None:
        return Verdict(False, write("nothing_given"))
    with calm():
        if isinstance(exercise, Values):
            return check_value(name, exercise, answer)
        assert isinstance(exercise, Code)
        return check_function(name, exercise, answer)


def is_blank(answer: Any) -> bool:
    """Whether the answer, or a method of it, is still the ``...`` that the exercise came with."""
    if answer is ...:
        return True
    if isinstance(answer, tuple | list):
        return len(answer) > 0 and not holds_itself(answer) and all(map(is_blank, answer))
    if inspect.isclass(answer):
        return any(is_blank(part) for part in vars(answer).values() if inspect.isfunction(part))
    if not inspect.isfunction(answer):
        return False
    steps = [step for step in dis.get_instructions(answer) if step.opname not in _BOOKKEEPING]
    if [step.opname for step in steps] == ["RETURN_CONST"]:  # Python 3.12 and 3.13
        return steps[0].argval in (None, ...)
    load_and_return = [step.opname for step in steps] == ["LOAD_CONST", "RETURN_VALUE"]
    return load_and_return and steps[0].argval in (None, ...)


_BOOKKEEPING = {"RESUME", "NOP", "CACHE", "PRECALL", "COPY_FREE_VARS", "MAKE_CELL"}


# -- Numbers -------------------------------------------------------------------------------


def check_value(name: str, exercise: Values, answer: Any) -> Verdict:
    """Compare a number or an array with the right one, then with the mistakes."""
    if isinstance(answer, tuple | list) and any(part is ... for part in answer):
        return Verdict(False, write("incomplete"))
    got = as_numbers(answer)
    if got is None:
        return Verdict(False, _no_numbers(answer, exercise.right))
    judged = exercise.judge(got)
    if judged is not None and judged.verdict == "right":
        return Verdict(True, write("right_value", answer=listed(exercise.right)))
    again = _tried_before(name, got)
    if judged is None:
        return Verdict(False, _wrong_shape(got, exercise.right))
    if judged.name is not None:
        return Verdict(False, _sentence(name, judged.name), judged.name)
    return Verdict(False, _which_is_wrong(got, exercise, judged.verdict, again), hint=True)


_tried: dict[str, set[tuple[float, ...]]] = {}  # in this session: exercise -> wrong numbers


def _tried_before(name: str, got: FloatArray) -> bool:
    """Whether other numbers were tried before; these are kept."""
    tried, numbers = _tried.setdefault(name, set()), tuple(got.ravel().tolist())
    again = bool(tried - {numbers})
    tried.add(numbers)
    return again


def _no_numbers(answer: Any, right: FloatArray) -> str:
    odd = no_number_in(answer)
    if odd is None and isinstance(answer, tuple | list) and right.ndim == 1:
        return write("nested", expected=right.size)
    if odd is None:
        return write("no_numbers", type=type(answer).__name__)
    place, entry = odd
    key = "text_entry" if isinstance(entry, str) else "odd_entry"
    return write(key, entry=place, value=code_of(entry), type=type(entry).__name__)


def _wrong_shape(got: FloatArray, right: FloatArray) -> str:
    if right.ndim == 0:
        return write("one_number", shape=got.shape)
    if right.ndim == 1 and got.ndim <= 1:
        key = "number_count" if got.size != 1 else "number_count_one"
        return write(key, count=got.size, expected=right.size)
    return write("value_shape", shape=got.shape, expected=right.shape)


def _which_is_wrong(got: FloatArray, exercise: Values, size: str, again: bool) -> str:
    """Say which number is wrong, and how many are right, but only once: else one could climb."""
    right, accepted = exercise.right, exercise.accepted(got)
    if again:
        return write("again")
    first = np.unravel_index(accepted.index(False), right.shape)
    value = got[first]
    if not np.isfinite(value):
        return write("value_not_finite", got=shown(value))
    text, _ = shown_apart(value, right[first])
    if right.ndim == 0:
        return write(f"value_{size}", got=text)
    count = {"right": sum(accepted), "all": right.size}
    none = "neither_right" if right.size == 2 else "none_right"
    so_far = write("some_right" if count["right"] else none, **count)
    nth = write("ordinals").split()[first[0]]
    return write(f"number_{size}", got=text, nth=nth, so_far=so_far)


# -- Functions -----------------------------------------------------------------------------


def check_function(name: str, exercise: Code, answer: Any) -> Verdict:
    """Try a function on every case, find what explains all that is wrong, and say it."""
    if exercise.parts:
        return check_parts(name, exercise, answer)
    if not callable(answer) and exercise.use is apply:
        return Verdict(False, write("no_function", type=type(answer).__name__))
    trials = try_all(exercise, answer)
    finding = find_fault(exercise, answer, trials)
    if finding is not None and unfinished(answer):
        return Verdict(None)
    return in_words(name, exercise, trials, finding)


def check_parts(name: str, exercise: Code, answer: Any) -> Verdict:
    """Try an answer part by part; say what is wrong with the first one that is."""
    answers = answer if isinstance(answer, tuple) else (answer,)
    if len(answers) != len(exercise.functions) or not all(map(callable, answers)):
        call = f'exercises.check("{name}", {", ".join(exercise.functions)})'
        return Verdict(False, write("functions", call=call))
    answer = answers if len(answers) > 1 else answers[0]
    for place in range(len(exercise.parts)):
        part = part_of(exercise, place)
        trials = try_all(part, answer)
        finding = find_fault(part, answer, trials)
        verdict = in_words(name, part, trials, finding)
        if verdict.correct or finding is None:
            continue
        if all(is_blank(each) or unfinished(each) for each in answers):
            return Verdict(None)
        function, written = function_of(exercise, place, answer)
        text = verdict.text
        if is_blank(written) or unfinished(written):
            text, verdict = write("unfinished", function=function), Verdict(False)
        if finding.names or finding.mistake == "unused":
            return verdict  # all parts are right
        said = so_far(exercise, place, words_of(name).get("parts", {}))
        return replace(verdict, text=f"{said}\n{text}")
    return verdict
