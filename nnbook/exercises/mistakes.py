"""What is wrong with an answer: a mistake of its exercise, or one that is made anywhere."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnbook.exercises import limit, means
from nnbook.exercises.trying import Trial, alike, close, try_case
from nnbook.questions.code import Code, Family
from nnlib._typing import FloatArray

PLACES = range(1, 10)


@dataclass(frozen=True)
class Finding:
    """What is wrong with an answer.

    Attributes
    ----------
    mistake : str or None
        The name of the mistake that explains all that is wrong.
    trial : Trial or None
        The one that shows it, if one does.
    values : mapping
        What the sentence on the mistake has in braces.
    names : sequence of str
        What the answer uses and has to do without.
    """

    mistake: str | None
    trial: Trial | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    names: Sequence[str] = ()


def find_fault(exercise: Code, answer: Any, trials: Sequence[Trial]) -> Finding | None:
    """Return what is wrong with an answer that was tried, or None if nothing is."""
    if trials[-1].late:
        return Finding("endless", trials[-1], {"seconds": limit.SECONDS})
    wrong = [trial for trial in trials if not trial.right]
    stopped = [trial for trial in wrong if trial.error is not None]
    if not wrong:
        return _by_other_means(exercise, answer)
    if not stopped and any(trial.mutated for trial in trials):
        return Finding("mutated")
    first = stopped[0] if wrong[0].mutated and stopped else wrong[0]
    digits = digits_right([trial for trial in wrong if trial.label != "extreme"])
    return Finding(explain(exercise, trials), first, {"digits": digits})


def _by_other_means(exercise: Code, answer: Any) -> Finding | None:
    """What is wrong with right results that an exercise wants in another way."""
    used = means.used(answer) if exercise.uses or exercise.forbids else set()
    if unwanted := sorted(exercise.forbids & used):
        return Finding("forbidden", names=unwanted)
    return Finding("unused") if exercise.uses and not exercise.uses & used else None


def explain(exercise: Code, trials: Sequence[Trial]) -> str | None:
    """Return the name of the first mistake that does what the answer does."""
    tame = [trial for trial in trials if trial.label != "extreme"]
    wrong = [trial for trial in tame if not trial.right]
    looked_at = tame if wrong else trials  # wrong only at the extremes: these have to agree
    for name, function in exercise.mistakes.items():
        if isinstance(function, Family):
            if all(_shows(function, trial) for trial in trials if not trial.right):
                return name
            continue
        planted = [try_case(exercise, function, t.label, t.arguments) for t in looked_at]
        pairs = zip(planted, looked_at, strict=True)
        if all(alike(*pair, exercise) for pair in pairs) and not all(t.right for t in planted):
            return name
    if not wrong:
        broken = (trial for trial in trials if not trial.right)
        return "overflow" if all(map(_overflowed, broken)) else None
    for name, expected in of_results(exercise, tame):
        matches = [
            trial.numbers is not None
            and trial.numbers.shape == want.shape
            and close(trial.numbers, want, exercise)
            for trial, want in zip(tame, expected, strict=True)
        ]
        if all(matches):
            return name
    if digits_right(wrong):
        return "imprecise"
    of_batches = all((trial.label == "batch") is not trial.right for trial in tame)
    return "forgotten_batch" if of_batches and len(wrong) < len(tame) else None


def _shows(family: Family, trial: Trial) -> bool:
    """Whether what came out looks like a mistake of this family."""
    got = trial.numbers
    return got is not None and trial.fits and family.shows(got, trial.want)


def digits_right(trials: Sequence[Trial]) -> int:
    """How many digits of all results are right, if all are almost right, else 0."""
    worst = 0.0
    for trial in trials:
        got, want = trial.numbers, trial.want
        if trial.mutated or got is None or got.shape != want.shape or not np.isfinite(got).all():
            return 0
        size = np.abs(want)
        apart = np.abs(got - want) / np.maximum(size, 1e-6 * (size.max(initial=0) or 1))
        worst = max(worst, apart.max(initial=0))
    return int(-np.log10(worst)) if 0 < worst < 1e-3 else 0


def _overflowed(trial: Trial) -> bool:
    """Whether a result is infinite, NaN or zero where a finite number was due."""
    got = trial.numbers
    if got is None or got.shape != trial.want.shape:
        return isinstance(trial.error, OverflowError | ZeroDivisionError)
    lost = ~np.isfinite(got) & np.isfinite(trial.want)
    return bool(lost.any())


def of_results(exercise: Code, trials: Sequence[Trial]) -> Iterator[tuple[str, list[FloatArray]]]:
    """Yield general mistakes of a function, with what they give in every case."""
    right = [trial.want for trial in trials]
    if not any(map(np.any, right)):
        return
    for places in PLACES:
        rounded = [np.round(want, places) for want in right]
        if any(map(np.any, rounded)):
            yield "rounded", rounded
    yield "missing_minus", [-want for want in right]
    counts = [_samples(trial.arguments) for trial in trials]
    if len({count for count in counts if count > 1}) > 1:  # one count alone is any factor
        yield "sum_for_mean", [n * want for n, want in zip(counts, right, strict=True)]
        yield "mean_for_sum", [want / n for n, want in zip(counts, right, strict=True)]
    yield "twice", [2 * want for want in right]
    yield "half", [want / 2 for want in right]
    yield "base_two", [want / np.log(2) for want in right]
    yield "base_ten", [want / np.log(10) for want in right]
    yield "transposed", [want.T for want in right]
    turned = [_along_the_other_axis(exercise, trial) for trial in trials]
    if all(result is not None for result in turned):
        yield "wrong_axis", turned  # type: ignore[misc]


def _samples(arguments: Sequence[Any]) -> int:
    """The number of rows of the first array."""
    for argument in arguments:
        if isinstance(argument, np.ndarray) and argument.ndim:
            return len(argument)
    return 1


def _along_the_other_axis(exercise: Code, trial: Trial) -> FloatArray | None:
    """What the reference gives when rows and columns trade places before and back after."""
    arguments = [a.T if isinstance(a, np.ndarray) else a for a in copy.deepcopy(trial.arguments)]
    try:
        return np.asarray(exercise.reference(*arguments), dtype=float).T
    except (ValueError, TypeError, IndexError):
        return None
