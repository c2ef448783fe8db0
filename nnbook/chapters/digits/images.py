"""The questions on images that are unlike the others."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.digits.results import PLACES, Triple
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, shown, tuples
from nnlib.losses import ssr

# -- nearest --------------------------------------------------------------------------------------


def _nearest(new: Triple, first: Triple, second: Triple, third: Triple) -> Choice:
    distances = [ssr(image, new) for image in (first, second, third)]
    return choice(
        PLACES,
        PLACES[int(np.argmin(distances))],
        {
            "new": new,
            **{
                f"image_{key}": image
                for key, image in zip("abc", (first, second, third), strict=True)
            },
            **{f"d_{key}": distance for key, distance in zip("abc", distances, strict=True)},
        },
    )


# -- unseen ---------------------------------------------------------------------------------------


def _unseen(people: int, each: int) -> Number:
    persons = np.repeat(np.arange(people), each)
    return number(
        "n",
        int(np.count_nonzero(persons != 0)),
        {"people": people, "each": each, "others": people - 1},
        {"held_out": each, "all": people * each, "shuffled": 0.75 * people * each},
        absolute=0.3,
    )


# -- epochs ---------------------------------------------------------------------------------------


def _epochs(copies: int, epochs: int) -> Number:
    return number(
        "n",
        epochs / (copies + 1),
        {"copies": copies, "epochs": epochs, "times": copies + 1},
        {"same": epochs, "originals": epochs / copies, "turned": epochs * (copies + 1)},
    )


# -- moved ----------------------------------------------------------------------------------------

SHOWN = {(0, 0), (0, -1), (0, 1), (-1, 0), (1, 0)}
"""The moves of the copies that the training set contains: down, right."""


def _moved(*moves: tuple[int, int]) -> Number:
    well = sum(move in SHOWN for move in moves)
    near = sum(max(map(abs, move)) <= 1 for move in moves)
    listed = r",\,\,".join(f"({shown(right)},\\,{shown(down)})" for right, down in moves)
    return number("n", well, {"moves": listed}, {"near": near, "all": len(moves)}, absolute=0.4)


QUESTIONS = {
    "nearest": Question(
        "sec-digits-result",
        "nearest",
        _nearest,
        (
            tuples("1 2 3, 0 5 1, 4 4 0, 2 0 1, 3 3 3, 0 0 6, 5 1 2, 1 4 2"),
            tuples("1 2 6, 1 4 2, 2 2 2, 2 3 1, 3 3 6, 0 4 6, 5 4 2, 2 5 3"),
            tuples("2 3 4, 0 2 1, 4 0 0, 1 1 0, 2 2 2, 2 1 4, 4 2 3, 1 1 2"),
            tuples("4 2 3, 3 5 1, 4 4 3, 5 0 1, 0 3 3, 1 1 5, 5 1 4, 1 4 5"),
        ),
    ),
    "unseen": Question(
        "sec-digits-writers",
        "leakage",
        _unseen,
        ((14, 10, 8, 20, 5, 12, 6, 30, 16), (100, 50, 40, 30, 200, 60, 80, 20, 25)),
    ),
    "epochs": Question(
        "sec-digits-copies",
        "epochs",
        _epochs,
        ((4, 2, 3, 8, 5, 9, 4, 2, 7), (30, 30, 40, 45, 36, 50, 60, 12, 40)),
    ),
    "moved": Question(
        "sec-digits-copies",
        "augmentation",
        _moved,
        (
            tuples("1 0, 0 -1, -1 0, 1 1, 1 0, 0 1, 2 0, 0 1, 0 -2"),
            tuples("0 1, 1 -1, 0 -1, -1 -1, -1 0, 0 2, -1 1, 2 -1, 1 2"),
            tuples("1 1, 0 2, -2 0, 0 1, 0 -1, 0 -1, 0 1, 1 0, -1 0"),
            tuples("2 0, -1 1, 0 2, 2 1, 0 1, 1 0, -2 -2, 0 -1, 1 1"),
            tuples("-1 0, 3 0, 1 1, 1 0, 1 1, -1 -1, 1 -1, -1 0, 2 2"),
            tuples("0 2, 2 2, 2 1, -2 0, 0 3, 2 0, 0 -3, -1 1, -3 0"),
        ),
    ),
}
