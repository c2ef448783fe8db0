"""The calculation of the chapter: one attention by hand."""

from __future__ import annotations

import numpy as np

from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.activations import softmax


def mean(e: tuple[float, ...], v: tuple[float, ...]) -> Numbers:
    """Compute the weights from the exponentials, and the mean."""
    w = softmax(np.log(e))
    return {
        **{f"e{k}": value for k, value in enumerate(e, start=1)},
        **{f"v{k}": value for k, value in enumerate(v, start=1)},
        **{f"w{k}": value for k, value in enumerate(w, start=1)},
        "out": w @ np.array(v),
    }


def _weight(k: int) -> Step:
    others = [j for j in (1, 2, 3) if j != k]
    return Step(
        symbol=f"w_{k}",
        formula=rf"\frac{{u_{k}}}{{u_1 + u_2 + u_3}}",
        inserted=f"{{e{k}}} / ({{e1}} + {{e2}} + {{e3}})",
        mistakes={
            "others": lambda n: n[f"e{k}"] / sum(n[f"e{j}"] for j in others),
            "power": lambda n: n[f"e{k}"],
        },
    )


CALCULATIONS = {
    "mean": Calculation(
        numbers=mean,
        given=[
            r"(u_1,\,u_2,\,u_3) = ({e1},\,{e2},\,{e3})",
            r"(v_1,\,v_2,\,v_3) = ({v1},\,{v2},\,{v3})",
        ],
        steps={
            "w1": _weight(1),
            "w2": _weight(2),
            "w3": _weight(3),
            "out": Step(
                symbol="a",
                formula=r"w_1 v_1 + w_2 v_2 + w_3 v_3",
                inserted=r"{w1} \cdot {v1} + {w2} \cdot {v2} + {w3} \cdot {v3}",
                mistakes={
                    "plain": lambda n: (n["v1"] + n["v2"] + n["v3"]) / 3,
                    "powers": lambda n: sum(n[f"e{k}"] * n[f"v{k}"] for k in (1, 2, 3)),
                    "sum": lambda n: n["v1"] + n["v2"] + n["v3"],
                },
            ),
        },
        rounds=[
            {"e": (6, 3, 1), "v": (5, -1, 1)},
            {"e": (2, 1, 2), "v": (4, 2, 6)},
            {"e": (1, 1, 8), "v": (4, 2, -2)},
            {"e": (5, 3, 2), "v": (-1, 1, 4)},
        ],
        blanks=(1, 2, 4),
    ),
}
