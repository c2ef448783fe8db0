"""The questions on planning a comparison and deciding by it."""

from __future__ import annotations

import math

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import Layer, Panel
from nnbook.questions.question import Question, choice, tuples


def _held(known: str, new: str) -> Choice:
    """Pairs of a person and a day, such as ``"11 12 21"``: what is new in the second list?"""
    old, later = ([tuple(map(int, pair)) for pair in text.split()] for text in (known, new))
    people, days = zip(*old, strict=True)
    if not {person for person, _ in later} & {*people}:
        right = "people"
    else:
        right = "days" if min(day for _, day in later) > max(days) else "any"
    code = "\n".join(" ".join(f"({a}, {b})" for a, b in pairs) for pairs in (old, later))
    return choice(("people", "days", "any"), right, {}, code=code)


SPLIT, RIGHT = Axis(symbol="k", low=0, high=9), Axis(symbol="s", low=0.75, high=1)


def _pairs(second: tuple[float, ...], ahead: tuple[float, ...]) -> Choice:
    """`ahead` is by how many percentage points the first network is better on each split."""
    first = [b + d for b, d in zip(second, ahead, strict=True)]
    mean = float(np.mean(ahead)) / 100
    error = float(np.std(ahead, ddof=1)) / 100 / math.sqrt(len(ahead))
    right = "open" if abs(mean) < 2 * error else "up" if mean > 0 else "down"
    lists = {"A": [a / 100 for a in first], "B": [b / 100 for b in second]}

    def panels() -> list[Panel]:
        layers = [
            Layer("points", list(zip(range(1, 9), shares, strict=True)), color, name)
            for (name, shares), color in zip(lists.items(), ("class0", "class1"), strict=True)
        ]
        return [Panel(SPLIT, RIGHT, layers)]

    values = {"list_a": lists["A"], "list_b": lists["B"], "mean": mean, "error": error}
    return choice(("up", "down", "open"), right, values, picture=panels)


def _cost(one: tuple[float, ...], two: tuple[float, ...], miss: float, alarm: float) -> Choice:
    first, second = (missed * miss + false * alarm for missed, false in (one, two))
    right = "equal" if first == second else "first" if first < second else "second"
    values = {
        "missed_a": one[0],
        "false_a": one[1],
        "missed_b": two[0],
        "false_b": two[1],
        "miss": miss,
        "alarm": alarm,
        "cost_a": first,
        "cost_b": second,
    }
    return choice(("first", "second", "equal"), right, values)


QUESTIONS = {
    "held": Question(
        "sec-ce-held-out",
        "what-to-hold-out",
        _held,
        (
            (
                "11 12 21 23 32 33",
                "11 12 22 23 31 33",
                "11 13 21 22 32 33",
                "12 14 21 23 33 34",
                "11 12 13 41 42 43",
                "11 14 22 23 31 34",
                "21 22 31 33 52 53",
                "11 13 22 24 42 43",
                "15 16 25 27 36 37",
                "12 13 21 24 31 33",
            ),
            (
                "41 53",
                "14 25 34",
                "12 23 31",
                "51 62 74",
                "14 45 15",
                "12 24 33",
                "12 41 63",
                "14 21 44",
                "18 28 39",
                "42 51 63",
            ),
        ),
        level="design",
    ),
    "pairs": Question(
        "sec-outputs-error",
        "paired",
        _pairs,
        (
            tuples(
                "80 92 85 95 78 90 83 94, 88 90 86 91 87 89 92 85, 79 93 84 96 81 90 87 94, "
                "82 94 79 90 97 85 80 91, 90 89 91 88 92 90 87 91, 96 81 89 78 93 85 80 92, "
                "85 87 84 88 86 83 89 85, 78 95 83 91 80 96 86 89, 91 84 95 80 88 93 79 86"
            ),
            tuples(
                "2 3 2 2 3 2 3 2, 4 -5 6 -4 5 -6 -3 6, -2 -2 -3 -2 -1 -3 -2 -2, "
                "3 2 3 4 2 3 2 3, -6 5 3 -4 6 -3 5 -7, -3 -2 -4 -2 -3 -2 -2 -3, "
                "6 -4 7 -5 -6 8 -3 5, 1 2 1 2 2 1 2 1, -2 -3 -1 -2 -2 -3 -2 -3"
            ),
        ),
        level="apply",
    ),
    "cost": Question(
        "sec-ce-confusion",
        "cost",
        _cost,
        (
            tuples("10 20, 3 90, 12 5, 4 60, 5 100, 2 80, 20 10, 6 44, 1 200, 8 30"),
            tuples("2 80, 15 10, 3 95, 20 12, 9 20, 10 40, 5 40, 10 4, 6 50, 3 60"),
            (50, 2, 1, 30, 20, 5, 100, 10, 10, 4),
            (1, 1, 5, 1, 1, 1, 2, 1, 1, 1),
        ),
        level="apply",
    ),
}
