"""The questions on what a gradient costs."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed, grouped
from nnbook.questions.number import Number
from nnbook.questions.question import Question, number
from nnlib.networks import parameter_count


def _differences(count: int, sweep: int) -> Number:
    return number(
        "r",
        2 * count / sweep,
        {"count": count, "sweep": sweep},
        {"once": count / sweep, "passes": 2 * count, "count": count},
    )


SIZES = (784, 128, 10)


def _costs() -> tuple[int, int]:
    """Return the multiplications of a forward and of a backward pass."""
    products = np.multiply(SIZES[:-1], SIZES[1:])
    return int(products.sum()), int(products.sum() + products[1:].sum())


def _cost() -> str:
    forward, backward = _costs()
    neurons, parameters = sum(SIZES[1:]), parameter_count(SIZES)
    costs = {"one": 1, "two": 2, "neurons": neurons, "parameters": parameters}
    logs = {name: float(np.log(cost)) for name, cost in costs.items()}
    return nearest(float(np.log((forward + backward) / forward)), logs)


def _cost_values() -> dict[str, str]:
    forward, backward = _costs()
    return {
        "forward": grouped(forward),
        "backward": grouped(backward),
        "ratio": fixed((forward + backward) / forward),
        "differences": grouped(2 * parameter_count(SIZES)),
    }


QUESTIONS = {
    "differences": Question(
        "sec-backprop-check",
        "cost",
        _differences,
        ((30, 120, 63, 900, 1500, 42, 84, 252, 4000), (3, 3, 3, 4, 3, 4, 3, 4, 4)),
        level="apply",
    ),
    "cost": Question(
        in_text={
            "cost": Choice(
                options=("one", "two", "neurons", "parameters"), answer=_cost, values=_cost_values
            )
        },
        level="relate",
    ),
}
