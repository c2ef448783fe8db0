"""The questions on judging a training: by its answers, its loss, by many runs."""

from __future__ import annotations

import math

import numpy as np

from nnbook.chapters.multiple_outputs.outputs import Triple
from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.formats import fixed
from nnbook.questions.picture import Layer, Panel, grid
from nnbook.questions.question import Question, choice, tuples
from nnlib.losses import ssr
from nnlib.preprocessing import one_hot

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


CLASSES = ("one", "two", "three")


def _found(*rows: Triple) -> Choice:
    counts = np.array(rows)
    shares = np.diag(counts) / counts.sum(axis=1)
    assert np.sum(shares == shares.min()) == 1
    return choice(
        CLASSES,
        CLASSES[int(np.argmin(shares))],
        {
            f"{key}_{name}": value
            for name, row, own in zip("abc", rows, np.diag(counts), strict=True)
            for key, value in (("row", row), ("own", own), ("all", sum(row)))
        },
        picture=lambda: [grid([[f"{count:g}" for count in row] for row in rows])],
    )


def _dearest(*outputs: Triple) -> Choice:
    target = one_hot([0], 3)
    costs = [ssr([z], target) for z in outputs]
    assert all(np.argmax(z) == 0 for z in outputs)
    values: dict[str, object] = {f"z_{name}": z for name, z in zip("abc", outputs, strict=True)}
    values |= {f"cost_{n}": fixed(cost) for n, cost in zip("abc", costs, strict=True)}
    return choice(CLASSES, CLASSES[int(np.argmax(costs))], values)


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
        level="apply",
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
        level="relate",
    ),
    "found": Question(
        "sec-multi-reading",
        "found-share",
        _found,
        (
            tuples("40 6 4, 9 1 0, 18 1 1, 3 1 1, 45 5 0, 9 0 1, 30 10 0, 5 3 2, 19 0 1"),
            tuples("1 9 0, 10 36 4, 2 7 1, 4 30 6, 3 6 1, 8 40 2, 1 9 0, 8 40 2, 2 2 1"),
            tuples("0 4 6, 0 3 17, 10 2 38, 0 2 8, 1 1 18, 0 3 7, 1 1 8, 0 2 18, 9 1 40"),
        ),
        level="apply",
    ),
    "dearest": Question(
        "sec-multi-masking",
        "too-right",
        _dearest,
        (
            tuples(
                "0.6 0.4 0.2, 3 0 0, 1 0.5 0, 0.5 0.4 0.1, 0.9 0.1 0, 0.4 0.3 0.3, "
                "2.5 -1 0, 0.3 0.2 0.1, 0.8 0.2 0"
            ),
            tuples(
                "1 0 0, 0.5 0.4 0, 0.9 0.2 -2, 2.5 0.5 0, 0.2 0.1 0, 0.7 0.2 0.1, "
                "0.6 0.3 0.1, 1 0.1 0, 1.1 0 -1.5"
            ),
            tuples(
                "2 -1 0.5, 0.8 0.2 0, 0.7 0.3 0, 1 0.2 0, 1.5 -0.5 0, 1 0 -2, "
                "0.5 0.4 0.2, 1.8 -0.5 0, 0.6 0.5 0.3"
            ),
        ),
        level="apply",
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
