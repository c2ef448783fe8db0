"""The calculation of the chapter on pictures: a convolution of one row, and some of its slopes."""

from __future__ import annotations

import numpy as np

from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.convolution import Conv2d

Three = tuple[float, float, float]


def row(x: Three, w: Three, delta: Three) -> Numbers:
    """Compute the three sums, and the slopes in the outer weights and in the middle pixel."""
    kernel = np.zeros((3, 3, 1, 1))
    kernel[1, :, 0, 0] = w
    layer = Conv2d.from_arrays((1, 3, 1), kernel, [0.0])
    z = layer([x])[0]
    pixels = layer.backward([delta])[0]
    assert layer.weight.grad is not None
    slopes = layer.weight.grad[1, :, 0, 0]
    return {
        **{f"x{k}": value for k, value in enumerate(x, start=1)},
        **{f"w{k}": value for k, value in enumerate(w, start=1)},
        **{f"d{k}": value for k, value in enumerate(delta, start=1)},
        **{f"z{k}": value for k, value in enumerate(z, start=1)},
        "dw1": slopes[0],
        "dw3": slopes[2],
        "dx2": pixels[1],
    }


CALCULATIONS = {
    "row": Calculation(
        numbers=row,
        given=[
            r"x = ({x1},\,{x2},\,{x3})",
            r"w = ({w1},\,{w2},\,{w3})",
            r"\delta = ({d1},\,{d2},\,{d3})",
        ],
        steps={
            "z1": Step(
                symbol="z_1",
                formula=r"w_2 x_1 + w_3 x_2",
                inserted=r"{w2} \cdot {x1} + {w3} \cdot {x2}",
                mistakes={
                    "begins": lambda n: n["w1"] * n["x1"] + n["w2"] * n["x2"],
                    "turned": lambda n: n["w2"] * n["x1"] + n["w1"] * n["x2"],
                    "middle": lambda n: n["w2"] * n["x1"],
                },
            ),
            "z2": Step(
                symbol="z_2",
                formula=r"w_1 x_1 + w_2 x_2 + w_3 x_3",
                inserted=r"{w1} \cdot {x1} + {w2} \cdot {x2} + {w3} \cdot {x3}",
                mistakes={
                    "turned": lambda n: n["w3"] * n["x1"] + n["w2"] * n["x2"] + n["w1"] * n["x3"],
                    "middle": lambda n: n["w2"] * n["x2"],
                },
            ),
            "z3": Step(
                symbol="z_3",
                formula=r"w_1 x_2 + w_2 x_3",
                inserted=r"{w1} \cdot {x2} + {w2} \cdot {x3}",
                mistakes={
                    "ends": lambda n: n["w2"] * n["x2"] + n["w3"] * n["x3"],
                    "turned": lambda n: n["w3"] * n["x2"] + n["w2"] * n["x3"],
                    "middle": lambda n: n["w2"] * n["x3"],
                },
            ),
            "dw1": Step(
                symbol=r"\frac{\partial L}{\partial w_1}",
                formula=r"\delta_2 x_1 + \delta_3 x_2",
                inserted=r"{d2} \cdot {x1} + {d3} \cdot {x2}",
                mistakes={
                    "other": lambda n: n["dw3"],
                    "same": lambda n: sum(n[f"d{k}"] * n[f"x{k}"] for k in (1, 2, 3)),
                    "one": lambda n: n["d2"] * n["x1"],
                },
            ),
            "dw3": Step(
                symbol=r"\frac{\partial L}{\partial w_3}",
                formula=r"\delta_1 x_2 + \delta_2 x_3",
                inserted=r"{d1} \cdot {x2} + {d2} \cdot {x3}",
                mistakes={
                    "other": lambda n: n["dw1"],
                    "same": lambda n: sum(n[f"d{k}"] * n[f"x{k}"] for k in (1, 2, 3)),
                    "one": lambda n: n["d2"] * n["x3"],
                },
            ),
            "dx2": Step(
                symbol=r"\frac{\partial L}{\partial x_2}",
                formula=r"\delta_1 w_3 + \delta_2 w_2 + \delta_3 w_1",
                inserted=r"{d1} \cdot {w3} + {d2} \cdot {w2} + {d3} \cdot {w1}",
                mistakes={
                    "turned": lambda n: sum(n[f"d{k}"] * n[f"w{k}"] for k in (1, 2, 3)),
                    "own": lambda n: n["d2"] * n["w2"],
                },
            ),
        },
        rounds=[
            {"x": (1, 5, 2), "w": (3, -2, 1), "delta": (2, -3, 1)},
            {"x": (4, 2, 5), "w": (-1, -3, 4), "delta": (-3, 1, 2)},
            {"x": (3, 2, 5), "w": (2, -1, 3), "delta": (-1, -3, 2)},
            {"x": (4, 1, 5), "w": (4, 3, -2), "delta": (-2, -1, 3)},
        ],
        blanks=(2, 4, 6),
    ),
}
