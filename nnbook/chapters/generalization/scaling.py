"""The questions on the numbers that scale new samples."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib.preprocessing import Scaler


def _standardized(mean: float, spread: float, x: float) -> Number:
    scaler = Scaler(np.array([mean]), np.array([spread]))
    return number(
        r"u",
        float(scaler.transform([[x]]).item()),
        {"mean": mean, "spread": spread, "value": x},
        {"centered": x - mean, "divided": x / spread, "turned": (mean - x) / spread},
        absolute=0.02,
    )


SCALINGS = {
    "right": """
m = mean(train)
s = deviation(train)
u = (new - m) / s
""",
    "own": """
m = mean(new)
s = deviation(new)
u = (new - m) / s
""",
    "forgotten": """
m = mean(train)
s = deviation(train)
u = new
""",
}


def _scaled(code: str, mean: float, spread: float, first: float, second: float) -> Choice:
    """Ask what a network reads of two new samples."""
    return choice(
        ("right", "own", "forgotten"),
        code,
        {
            "mean": mean,
            "spread": spread,
            "new": (first, second),
            "scaled": ((first - mean) / spread, (second - mean) / spread),
        },
        code=SCALINGS[code].strip(),
    )


QUESTIONS = {
    "standardized": Question(
        "sec-ce-held-out",
        "scaling",
        _standardized,
        (
            (50, 10, 100, 3, 20, 0.5, 8, 40, 6),
            (10, 4, 20, 0.5, 8, 0.2, 2, 5, 3),
            (70, 4, 150, 4, 12, 0.8, 7, 55, 12),
        ),
        level="apply",
    ),
    "scaled": Question(
        "sec-ce-held-out",
        "scaling-code",
        _scaled,
        (
            ("right", "own", "forgotten", "own", "right", "forgotten", "own", "right", "own"),
            (50, 20, 10, 100, 4, 8, 30, 200, 6),
            (10, 4, 5, 20, 2, 4, 10, 50, 3),
            (60, 24, 20, 130, 6, 16, 35, 225, 9),
            (70, 30, 25, 150, 9, 18, 50, 350, 15),
        ),
        level="apply",
    ),
}
