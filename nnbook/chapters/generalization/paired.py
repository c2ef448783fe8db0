"""The questions on paired differences and their standard error."""

from __future__ import annotations

import math

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.formats import fixed
from nnbook.questions.picture import Layer, Panel
from nnbook.questions.question import Question, choice, tuples

Five = tuple[float, float, float, float, float]


def _mean_and_error(d: Five) -> tuple[float, float]:
    return float(np.mean(d)), float(np.std(d, ddof=1) / np.sqrt(len(d)))


def _verdict(d: Five) -> str:
    mean, error = _mean_and_error(d)
    if abs(mean) < 2 * error:
        return "open"
    return "first" if mean > 0 else "second"


def _better(first: Five, second: Five) -> Choice:
    d: Five = tuple(a - b for a, b in zip(first, second, strict=True))  # type: ignore[assignment]
    mean, error = _mean_and_error(d)
    return choice(
        ("first", "second", "open"),
        _verdict(d),
        {
            "first": first,
            "second": second,
            "differences": d,
            "mean": fixed(mean, 1),
            "error": fixed(error, 2),
        },
    )


NAMES = ("A", "B", "C")
SEED, D = Axis(symbol="i", low=0, high=6), Axis(symbol="d", low=-6, high=6, ticks=(-6, -3, 0, 3, 6))


def _panel(name: str, d: Five) -> Panel:
    zero = Layer("curve", [(0, 0), (6, 0)], "muted")
    return Panel(SEED, D, [zero, Layer("points", list(enumerate(d, 1)), "prediction")], name)


def _evidence(*panels: Five) -> Choice:
    sure = [name for name, d in zip(NAMES, panels, strict=True) if _verdict(d) != "open"]
    assert len(sure) == 1
    values = {f"d_{name.lower()}": d for name, d in zip(NAMES, panels, strict=True)}
    return choice(
        NAMES,
        sure[0],
        values,
        picture=lambda: [_panel(*one) for one in zip(NAMES, panels, strict=True)],
    )


def _plan(gap: float, own: float, paired: float, count: int) -> Choice:
    """Compare a difference with its error from separate runs, and from runs in pairs."""
    apart, together = own * math.sqrt(2 / count), paired / math.sqrt(count)
    right = "decide" if gap > 2 * apart else "pair" if gap > 2 * together else "more"
    values = {"gap": gap, "own": own, "paired": paired, "count": count}
    values |= {"apart": apart, "together": together}
    return choice(("decide", "pair", "more"), right, values)


QUESTIONS = {
    "better": Question(
        "sec-outputs-error",
        "paired-differences",
        _better,
        (
            tuples(
                "45 48 44 47 46, 40 44 49 42 45, 43 46 48 41 47, 38 42 45 40 44, "
                "47 49 46 48 50, 41 47 44 50 43, 44 41 45 43 42, 48 46 49 47 45, 39 45 42 48 46"
            ),
            tuples(
                "43 45 42 46 43, 42 41 48 46 44, 46 48 50 44 49, 40 41 46 38 46, "
                "45 46 45 46 47, 43 50 47 52 46, 42 44 41 47 40, 46 43 47 44 43, 41 48 46 50 49"
            ),
        ),
        in_text={"better": _better((41, 48, 43, 45, 44), (43, 49, 46, 47, 45))},
        level="diagnose",
    ),
    "evidence": Question(
        "sec-outputs-error",
        "paired-differences",
        _evidence,
        (
            tuples(
                "1 2 1 3 2, 4 -3 5 -1 2, -5 4 -2 3 1, 3 -4 5 1 -2, -2 -1 -2 -3 -1, "
                "2 -2 3 -1 0, 5 -1 4 -2 1, 2 3 2 4 3, -4 2 -3 1 5"
            ),
            tuples(
                "5 -3 4 -2 3, 2 1 2 1 3, 4 -1 -3 5 0, -2 -3 -1 -2 -2, 5 -4 2 3 -1, "
                "-4 1 5 -2 3, -1 -2 -1 -3 -2, -5 3 4 -2 1, 1 2 2 1 3"
            ),
            tuples(
                "-4 5 -3 1 2, -5 1 3 -2 4, -1 -2 -3 -1 -2, 5 -2 4 -3 1, 4 -5 1 -2 3, "
                "1 2 3 2 1, 4 -5 2 3 -1, 5 -4 3 -1 0, -5 2 4 -1 3"
            ),
        ),
        level="diagnose",
    ),
    "plan": Question(
        "sec-outputs-error",
        "plan-of-seeds",
        _plan,
        (
            (0.05, 0.02, 0.004, 0.03, 0.08, 0.003, 0.02, 0.006, 0.04, 0.015),
            (0.02, 0.03, 0.02, 0.06, 0.05, 0.03, 0.04, 0.04, 0.03, 0.03),
            (0.01, 0.006, 0.012, 0.012, 0.04, 0.01, 0.01, 0.02, 0.01, 0.009),
            (9, 9, 9, 16, 16, 25, 16, 25, 25, 16),
        ),
        level="design",
    ),
}
