"""A calculation of the chapter: from exponentials to probabilities and two of their slopes."""

from __future__ import annotations

import numpy as np

from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.activations import softmax, softmax_jacobian


def slopes(e: tuple[float, ...]) -> Numbers:
    """Compute the sum, two probabilities, and how p1 moves with z1 and with z2."""
    p, J = softmax(np.log(e)), softmax_jacobian(np.log(e))
    return {
        **{f"e{k}": value for k, value in enumerate(e, start=1)},
        "sum": sum(e),
        "p1": p[0],
        "p2": p[1],
        "own": J[0, 0],
        "other": J[0, 1],
    }


def probability(own: int, other: int) -> Step:
    """Return the line of a probability: its exponential, divided by the sum."""
    return Step(
        symbol=f"p_{own}",
        formula=rf"e^{{z_{own}}} / S",
        inserted=rf"{{e{own}}} / {{sum}}",
        mistakes={
            "inverse": lambda n: n["sum"] / n[f"e{own}"],
            "rest": lambda n: n[f"e{own}"] / (n["sum"] - n[f"e{own}"]),
            "other": lambda n: n[f"p{other}"],
        },
    )


SLOPES = Calculation(
    numbers=slopes,
    given=["e^{z_1} = {e1}", "e^{z_2} = {e2}", "e^{z_3} = {e3}"],
    steps={
        "sum": Step(
            symbol="S",
            formula=r"e^{z_1} + e^{z_2} + e^{z_3}",
            inserted="{e1} + {e2} + {e3}",
            mistakes={
                "rest": lambda n: n["e2"] + n["e3"],
                "product": lambda n: n["e1"] * n["e2"] * n["e3"],
            },
        ),
        "p1": probability(1, 2),
        "p2": probability(2, 1),
        "own": Step(
            symbol=r"\frac{\partial p_1}{\partial z_1}",
            formula=r"p_1\,(1 - p_1)",
            inserted=r"{p1} \cdot (1 - {p1})",
            mistakes={
                "square": lambda n: n["p1"] ** 2,
                "rest": lambda n: 1 - n["p1"],
                "sign": lambda n: -n["own"],
                "other": lambda n: n["other"],
            },
        ),
        "other": Step(
            symbol=r"\frac{\partial p_1}{\partial z_2}",
            formula=r"-p_1\,p_2",
            inserted=r"-{p1} \cdot {p2}",
            mistakes={
                "sign": lambda n: -n["other"],
                "same": lambda n: n["own"],
                "rest": lambda n: n["p1"] * (1 - n["p2"]),
                "moved": lambda n: n["p2"] * (1 - n["p2"]),
            },
        ),
    },
    rounds=[
        {"e": (7, 1, 2)},
        {"e": (6, 3, 1)},
        {"e": (1, 3, 1)},
        {"e": (9, 3, 8)},
    ],
    blanks=(2, 4, 5),
)
