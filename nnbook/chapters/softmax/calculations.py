"""The calculations of the chapter on the softmax: its slopes, and a slope through all of them."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.softmax.step_by_step import SLOPES
from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.activations import softmax_jacobian


def product(p: tuple[float, ...], g: tuple[float, ...]) -> Numbers:
    """Compute the first column of the Jacobian, and the first entry of its product with g."""
    J = softmax_jacobian(np.log(p))
    return {
        **{f"p{k}": value for k, value in enumerate(p, start=1)},
        **{f"g{k}": value for k, value in enumerate(g, start=1)},
        **{f"j{k}": value for k, value in enumerate(J[:, 0], start=1)},
        "dz1": (J.T @ g)[0],
    }


CALCULATIONS = {
    "slopes": SLOPES,
    "product": Calculation(
        numbers=product,
        given=[r"p = ({p1},\,{p2},\,{p3})", r"g = ({g1},\,{g2},\,{g3})"],
        steps={
            "j1": Step(
                symbol="J_{11}",
                formula=r"p_1\,(1 - p_1)",
                inserted=r"{p1} \cdot (1 - {p1})",
                mistakes={
                    "other": lambda n: -(n["p1"] ** 2),
                    "square": lambda n: n["p1"] ** 2,
                    "sign": lambda n: -n["p1"] * (1 - n["p1"]),
                    "rest": lambda n: 1 - n["p1"],
                },
            ),
            "j2": Step(
                symbol="J_{21}",
                formula=r"-p_2\,p_1",
                inserted=r"-{p2} \cdot {p1}",
                mistakes={
                    "sign": lambda n: n["p2"] * n["p1"],
                    "same": lambda n: n["p2"] * (1 - n["p2"]),
                    "rest": lambda n: n["p2"] * (1 - n["p1"]),
                },
            ),
            "j3": Step(
                symbol="J_{31}",
                formula=r"-p_3\,p_1",
                inserted=r"-{p3} \cdot {p1}",
                mistakes={
                    "sign": lambda n: n["p3"] * n["p1"],
                    "same": lambda n: n["p3"] * (1 - n["p3"]),
                    "neighbor": lambda n: -n["p3"] * n["p2"],
                },
            ),
            "dz1": Step(
                symbol=r"\frac{\partial L}{\partial z_1}",
                formula=r"g_1 J_{11} + g_2 J_{21} + g_3 J_{31}",
                inserted=r"{g1} \cdot {j1} + {g2} \cdot {j2} + {g3} \cdot {j3}",
                mistakes={
                    "own": lambda n: n["g1"] * n["j1"],
                    "column": lambda n: n["j1"] + n["j2"] + n["j3"],
                    "weighted": lambda n: sum(n[f"g{k}"] * n[f"p{k}"] for k in (1, 2, 3)),
                    "positive": lambda n: sum(n[f"g{k}"] * abs(n[f"j{k}"]) for k in (1, 2, 3)),
                },
            ),
        },
        rounds=[
            {"p": (0.7, 0.1, 0.2), "g": (2, -1, 1)},
            {"p": (0.2, 0.5, 0.3), "g": (3, -1, 1)},
            {"p": (0.6, 0.1, 0.3), "g": (2, 1, 3)},
            {"p": (0.4, 0.5, 0.1), "g": (1, -2, 2)},
        ],
        blanks=(1, 2, 4),
    ),
}
