"""The questions on derivatives."""

from __future__ import annotations

from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, factor, number, slopes


def _square(scale: float, at: float) -> Number:
    slope = slopes(lambda x: scale * x**2, at)[0]
    return number(
        "s",
        slope,
        {"factor": scale, "at": at, "slope": slope},
        {"value": scale * at**2, "exponent": scale * at, "constant": 2 * at},
    )


def _change(at: float, move: float) -> Number:
    return number(
        r"\Delta y",
        slopes(lambda x: x**2, at)[0] * move,
        {"at": at, "move": move, "slope": 2 * at},
        {"slope": 2 * at, "half": at * move, "square": move**2},
        relative=0.05,
    )


SIDES = (3.0, 5.0)


LONGER = (0.1, -0.1)


def _area(longer: float = LONGER[0], shorter: float = LONGER[1]) -> float:
    """How much the area of the rectangle changes, by its two slopes."""
    across, along = (
        slopes(lambda a: a * SIDES[1], SIDES[0])[0],
        slopes(lambda b: SIDES[0] * b, SIDES[1])[0],
    )
    return across * longer + along * shorter


def _chain(first: float, second: float, aside: float) -> Number:
    """How fast another number changes, `aside`, plays no part."""
    return number(
        "s",
        slopes(lambda t: (t * first) * second, 1)[0],
        {"first": first, "second": second, "aside": aside, "times": factor(first)},
        {"added": first + second, "last": second, "divided": second / first},
    )


def _inner(target: float, x: float, w: float) -> Number:
    slope = slopes(lambda v: (target - v * x) ** 2, w)[0]
    miss = target - w * x
    return number(
        "s",
        slope,
        {"target": target, "input": x, "at": w, "times": factor(miss)},
        {"outer": 2 * miss, "turned": -slope, "loss": miss**2},
    )


QUESTIONS = {
    "square": Question(
        "sec-refresher-derivative",
        "slope",
        _square,
        ((3, 3, 5, 4, -3, 3, 0.5, 10, -2), (4, -1, 3, -3, 3, 5, 6, 0.5, -4)),
        level="apply",
    ),
    "change": Question(
        "sec-refresher-derivative",
        "small-change",
        _change,
        ((3, 5, -2, 10, 4, -6, 7, 20, 50), (0.01, 0.02, 0.01, 0.1, 0.05, 0.02, 0.01, 0.01, 0.1)),
        level="apply",
    ),
    "gradient": Question(
        in_text={
            "gradient": Number(
                symbol=r"\Delta A",
                answer=_area,
                absolute=0.02,
                mistakes={
                    "cancel": lambda: 0.0,
                    "swapped": lambda: -_area(),
                    "added": lambda: _area(*map(abs, LONGER)),
                    "first": lambda: _area(shorter=0),
                    "second": lambda: _area(longer=0),
                },
                values=lambda: {"first": fixed(_area(shorter=0), 1)},
            )
        },
        level="apply",
    ),
    "chain": Question(
        "sec-refresher-chain",
        "chain-rule",
        _chain,
        (
            (2, 3, -2, 4, 0.5, 5, -3, 10, -4),
            (3, 4, 3, -0.5, 6, -2, -5, 0.2, 0.5),
            (5, 7, 4, 3, -2, 0.3, 2, -6, 9),
        ),
        level="apply",
    ),
    "inner": Question(
        "sec-refresher-chain",
        "inner-slope",
        _inner,
        ((5, 1, 4, 6, 8, 7, 2, 10, 3), (3, 2, 5, 3, 3, 2, 4, 3, 2), (2, 2, 1, 1, 1, 2, 2, 3, 4)),
        level="apply",
    ),
}
