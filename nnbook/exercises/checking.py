"""Trying an answer, and finding out what went wrong with it."""

from __future__ import annotations

import dis
import inspect
from dataclasses import replace
from typing import Any

import numpy as np

from nnbook.exercises import limit, means, mistakes, pristine
from nnbook.exercises.describing import describe, printed, tried
from nnbook.exercises.given import as_numbers, no_number_in
from nnbook.exercises.limit import Limit
from nnbook.exercises.registry import find, words_of
from nnbook.exercises.trying import Trial, calm, try_case
from nnbook.exercises.verdict import Verdict
from nnbook.exercises.wording import place_of, shown, shown_apart, write
from nnbook.questions.code import Code, Exercise, apply
from nnbook.questions.values import Values
from nnlib._typing import FloatArray

SEED = 7


def check(name: str, answer: Any) -> Verdict:
    """Check the answer to an exercise.

    A function is tried on ordinary, random, batched and extreme inputs, and compared with `nnlib`.
    What is wrong is compared with the mistakes that people make. A function that does not come to
    an end is stopped.

    Parameters
    ----------
    name : str
        Of the exercise, such as ``"softmax-product"``; `list_exercises` lists them.
    answer : number, array, function, class or network
        What the exercise asks for. ``...`` means no answer yet.

    Returns
    -------
    Verdict
        Shown in words by Jupyter; its `correct` is None while there is no answer.

    Raises
    ------
    ValueError
        If no exercise has this name.
    """
    with pristine.restored():
        return replace(_judge(name, find(name), answer), exercise=name)


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
    """Whether the answer is still the ``...`` that the exercise came with."""
    if answer is ...:
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


def _sentence(name: str, mistake: str, **values: Any) -> str:
    """What the exercise says about a mistake, or else what is said about it anywhere."""
    own: dict[str, str] = words_of(name)["mistakes"]
    return (
        own[mistake].format(**values) if mistake in own else write(f"mistakes.{mistake}", **values)
    )


# -- Numbers -------------------------------------------------------------------------------


def check_value(name: str, exercise: Values, answer: Any) -> Verdict:
    """Compare a number or an array with the right one, then with the mistakes."""
    if isinstance(answer, tuple | list) and any(part is ... for part in answer):
        return Verdict(False, write("incomplete"))
    got = as_numbers(answer)
    if got is None:
        return Verdict(False, _no_numbers(answer))
    judged = exercise.judge(got)
    if judged is not None and judged.verdict == "right":
        return Verdict(True, write("right_value", answer=shown(exercise.right)))
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


def _no_numbers(answer: Any) -> str:
    odd = no_number_in(answer)
    if odd is None:
        return write("no_numbers", type=type(answer).__name__)
    place, entry = odd
    key = "text_entry" if isinstance(entry, str) else "odd_entry"
    return write(key, entry=place, value=repr(entry)[:80], type=type(entry).__name__)


def _wrong_shape(got: FloatArray, right: FloatArray) -> str:
    if right.ndim == 0:
        return write("one_number", shape=got.shape)
    if right.ndim == 1 and got.ndim <= 1:
        key = "number_count" if got.size != 1 else "number_count_one"
        return write(key, count=got.size, expected=right.size)
    return write("value_shape", shape=got.shape, expected=right.shape)


def _which_is_wrong(got: FloatArray, exercise: Values, size: str, again: bool) -> str:
    """Say which number is wrong, but only once: else the right ones could be found by trying."""
    right, accepted = exercise.right, exercise.accepted(got)
    count = {"right": sum(accepted), "all": right.size}
    if again:
        return write("again_some" if right.ndim else "again", **count)
    first = np.unravel_index(accepted.index(False), right.shape)
    value = got[first]
    if not np.isfinite(value):
        return write("value_not_finite", got=shown(value))
    text, _ = shown_apart(value, right[first])
    if right.ndim == 0:
        return write(f"value_{size}", got=text)
    return write(f"entry_value_{size}", got=text, entry=place_of(first), **count)


# -- Functions -----------------------------------------------------------------------------


def check_function(name: str, exercise: Code, answer: Any) -> Verdict:
    """Try a function on every case, then look for the mistake that explains all that is wrong."""
    if not callable(answer) and exercise.use is apply:
        return Verdict(False, write("no_function", type=type(answer).__name__))
    time = Limit(limit.SECONDS)
    trials = []
    for case in exercise.cases(np.random.default_rng(SEED)):
        trials.append(try_case(exercise, answer, *case, limit=time))
        if time.over:
            return _wrong(name, "endless", exercise, trials[-1], seconds=time.seconds)
    wrong = [trial for trial in trials if not trial.right]
    stopped = [trial for trial in wrong if trial.error is not None]
    if not stopped and any(trial.mutated for trial in trials):
        return Verdict(False, write("mistakes.mutated"), "mutated")
    if not wrong:
        by_other_means = _by_other_means(name, exercise, answer)
        if by_other_means is not None:
            return by_other_means
        return Verdict(True, tried(trials) + printed(trials[0]))
    named = mistakes.explain(exercise, trials)
    digits = mistakes.digits_right([trial for trial in wrong if trial.label != "extreme"])
    first = stopped[0] if wrong[0].mutated and stopped else wrong[0]
    return _wrong(name, named, exercise, first, digits=digits)


def _by_other_means(name: str, exercise: Code, answer: Any) -> Verdict | None:
    """What to say of right results that an exercise wants in another way."""
    used = means.used(answer) if exercise.uses or exercise.forbids else set()
    unwanted = sorted(exercise.forbids & used)
    if unwanted:
        names = write("and").join(f"`{each}`" for each in unwanted)
        text = f"{_sentence(name, 'forbidden')}\n{write('uses', names=names)}"
        return Verdict(False, text, "forbidden")
    if exercise.uses and not exercise.uses & used:
        return Verdict(False, _sentence(name, "unused"), "unused")
    return None


def _wrong(
    name: str,
    mistake: str | None,
    exercise: Code,
    trial: Trial,
    **values: Any,
) -> Verdict:
    text = describe(exercise, trial) + printed(trial)
    if mistake is not None:
        text = _sentence(name, mistake, **values) + "\n" + text
    got = trial.numbers
    unexplained = mistake is None and got is not None and got.shape == trial.want.shape
    return Verdict(False, text, mistake, hint=unexplained)
