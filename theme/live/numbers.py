"""Exercises that ask for numbers can be answered without Python: what the page judges them by.

The right numbers, those that the mistakes lead to, and the sentences are computed while the book is
built, as `nnbook.exercises.check` would; js/src/math/number_exercises.js compares with them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nnbook.exercises import mistakes
from nnbook.exercises.exercise import ValueExercise
from nnbook.exercises.registry import find, words_of
from nnbook.exercises.wording import shown
from nnbook.messages import load

SHARED = (
    *("incomplete", "value_large", "value_small", "field_value_large", "field_value_small"),
    *("again", "again_some"),
)


def numbers_in(name: str) -> int:
    """Return how many numbers an exercise asks for, 0 if it asks for something else."""
    exercise = find(name)
    if not isinstance(exercise, ValueExercise):
        return 0
    right = np.asarray(exercise.answer(), dtype=float)
    return right.size if right.ndim <= 1 else 0


def judgement_of(name: str, language: str) -> dict[str, Any]:
    """Return what an exercise's numbers are compared with, and what is then said."""
    exercise = find(name)
    assert isinstance(exercise, ValueExercise)
    right = np.asarray(exercise.answer(), dtype=float)
    shared = load("messages/exercises/_shared", language)
    own = words_of(name, language)["mistakes"]
    wrong = [(key, np.asarray(value(), dtype=float)) for key, value in exercise.mistakes.items()]
    named = [
        {
            "name": key,
            "values": value.ravel().tolist(),
            "text": own.get(key, shared["mistakes"].get(key)),
        }
        for key, value in [*wrong, *mistakes.of_values(right)]
        if value.shape == right.shape
    ]
    return {
        "right": right.ravel().tolist(),
        "rtol": exercise.rtol,
        "atol": exercise.atol,
        "mistakes": named,
        "words": {key: shared[key] for key in SHARED}
        | {"right": shared["right_value"].format(answer=shown(right))},
    }
