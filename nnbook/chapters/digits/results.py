"""The questions on how good a result is."""

from __future__ import annotations

import math

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, shown, tuples
from nnlib.losses import ssr
from nnlib.metrics import accuracy
from nnlib.preprocessing import one_hot, standardize

Triple = tuple[float, float, float]


PLACES = ("first", "second", "third")


def _baseline(*counts: int) -> Number:
    labels = np.repeat(np.arange(3), counts)
    answers = one_hot(np.full(len(labels), np.argmax(counts)), 3)
    return number(
        "s",
        accuracy(answers, labels),
        {"counts": counts, "all": sum(counts), "most": max(counts)},
        {"guess": 1 / 3, "rest": 1 - max(counts) / sum(counts), "none": 0},
        absolute=0.015,
    )


def _choose(fitted: Triple, validated: Triple, held_out: Triple) -> Choice:
    values = {"fitted": fitted, "validated": validated, "held_out": held_out}
    return choice(PLACES, PLACES[int(np.argmax(validated))], values)


def _faint(images: int, ink: float) -> Number:
    X = np.zeros((images, 1))
    X[0] = ink
    return number(
        "u",
        float(standardize(X)[0][0, 0]),
        {"images": images, "ink": ink},
        {"kept": ink, "typical": 1, "all": images},
        relative=0.03,
    )


def _doubt(gap: float, images: float, starts: float) -> Choice:
    both = math.hypot(images, starts)
    right = "none" if gap > 2 * both else "images" if images > starts else "starts"
    values = {"gap": gap, "from_images": images, "from_starts": starts, "both": both}
    return choice(("images", "starts", "none"), right, values)


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


def _unseen(people: int, each: int) -> Number:
    return number(
        "n",
        people,
        {"people": people, "each": each, "images": people * each},
        {"all": people * each, "each": each, "others": people - 1},
        absolute=0.3,
    )


def _epochs(copies: int, epochs: int) -> Number:
    return number(
        "n",
        epochs / (copies + 1),
        {"copies": copies, "epochs": epochs, "times": copies + 1},
        {"same": epochs, "originals": epochs / copies, "turned": epochs * (copies + 1)},
    )


SHOWN = {(0, 0), (0, -1), (0, 1), (-1, 0), (1, 0)}
"""The moves of the copies that the training set contains: down, right."""


def _moved(*moves: tuple[int, int]) -> Number:
    well = sum(move in SHOWN for move in moves)
    near = sum(max(map(abs, move)) <= 1 for move in moves)
    listed = r",\,\,".join(f"({shown(right)},\\,{shown(down)})" for right, down in moves)
    return number("n", well, {"moves": listed}, {"near": near, "all": len(moves)}, absolute=0.4)


QUESTIONS = {
    "baseline": Question(
        "sec-digits-data",
        "baseline",
        _baseline,
        (
            (55, 10, 90, 20, 60, 18, 80, 15, 150),
            (25, 70, 6, 15, 20, 72, 10, 5, 30),
            (20, 20, 4, 15, 20, 10, 10, 5, 20),
        ),
        level="apply",
    ),
    "choose": Question(
        "sec-digits-train",
        "three-parts",
        _choose,
        (
            tuples(
                "1.0 0.98 0.95, 0.9 0.99 1.0, 0.97 1.0 0.99, 1.0 0.99 0.96, "
                "0.93 0.96 1.0, 0.98 1.0 0.95, 0.99 0.97 1.0, 1.0 0.94 0.98"
            ),
            tuples(
                "0.93 0.95 0.94, 0.96 0.94 0.95, 0.91 0.92 0.95, 0.9 0.94 0.92, "
                "0.95 0.93 0.91, 0.94 0.92 0.96, 0.9 0.93 0.91, 0.92 0.93 0.96"
            ),
            tuples(
                "0.94 0.94 0.96, 0.93 0.96 0.94, 0.94 0.93 0.92, 0.93 0.91 0.94, "
                "0.92 0.95 0.93, 0.96 0.93 0.94, 0.94 0.91 0.92, 0.95 0.94 0.93"
            ),
        ),
        level="design",
    ),
    "faint": Question(
        "sec-digits-data",
        "faint-pixel",
        _faint,
        ((101, 26, 401, 50, 901, 65, 145, 1601, 82), (2, 16, 0.5, 3, 4, 4, 2, 8, 2)),
        level="apply",
    ),
    "doubt": Question(
        "sec-digits-result",
        "larger-error",
        _doubt,
        (
            (0.03, 0.01, 0.01, 0.02, 0.04, 0.008, 0.015, 0.05, 0.012, 0.03),
            (0.004, 0.009, 0.002, 0.015, 0.006, 0.001, 0.012, 0.01, 0.003, 0.02),
            (0.005, 0.002, 0.008, 0.003, 0.009, 0.007, 0.004, 0.008, 0.01, 0.005),
        ),
        level="design",
    ),
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
        level="apply",
    ),
    "unseen": Question(
        "sec-digits-writers",
        "what-counts",
        _unseen,
        ((14, 10, 8, 20, 5, 12, 6, 30, 16), (100, 50, 40, 30, 200, 60, 80, 20, 25)),
        level="relate",
    ),
    "epochs": Question(
        "sec-digits-copies",
        "epochs",
        _epochs,
        ((4, 2, 3, 8, 5, 9, 4, 2, 7), (30, 30, 40, 45, 36, 50, 60, 12, 40)),
        level="apply",
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
        level="relate",
    ),
}
