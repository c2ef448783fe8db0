"""Exercises that ask for numbers can be answered without Python: what the page judges them by.

Where the right numbers lie, and those of the mistakes, is computed while the book is built;
`js/src/questions/judge.js` judges by it as `nnbook.questions.judge` does.
"""

from __future__ import annotations

from typing import Any

from nnbook.exercises.registry import find, words_of
from nnbook.exercises.wording import listed
from nnbook.messages import load
from nnbook.questions.values import Values

SHARED = (
    *("incomplete", "value_large", "value_small", "number_large", "number_small", "again"),
    *("none_right", "neither_right", "some_right", "ordinals"),
)


def numbers_in(name: str) -> int:
    """Return how many numbers an exercise asks for, 0 if it asks for something else."""
    exercise = find(name)
    return exercise.right.size if isinstance(exercise, Values) and exercise.right.ndim <= 1 else 0


def judgement_of(name: str, language: str) -> dict[str, Any]:
    """Return what an exercise's numbers are compared with, and what is then said."""
    exercise = find(name)
    assert isinstance(exercise, Values)
    judged = exercise.judging(exercise.right.shape)
    shared = load("messages/exercises/_shared", language)
    said = shared["mistakes"] | words_of(name, language)["mistakes"]
    return judged | {
        "says": {mistake: said[mistake] for mistake, _ in judged["mistakes"]},
        "words": {key: shared[key] for key in SHARED}
        | {"right": shared["right_value"].format(answer=listed(exercise.right, shared))},
    }
