"""The calculation of the chapter: a forward pass of the dosage network, with other numbers."""

from __future__ import annotations

from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.activations import softplus

PARAMETERS = ("w1", "b1", "w2", "b2", "w3", "w4", "b3")


def forward(x: float, theta: tuple[float, ...]) -> Numbers:
    """Compute the five lines; activations are rounded to two digits, as the reader gets them."""
    w1, b1, w2, b2, w3, w4, b3 = theta
    z1, z2 = w1 * x + b1, w2 * x + b2
    a1, a2 = (round(float(softplus(z)), 2) for z in (z1, z2))
    low, high = sorted([(z1, a1), (z2, a2)])
    return {
        **dict(zip(PARAMETERS, theta, strict=True)),
        "x": x,
        "z1": z1,
        "z2": z2,
        "a1": a1,
        "a2": a2,
        "y_hat": w3 * a1 + w4 * a2 + b3,
        "low": low[0],
        "high": high[0],
        "f_low": low[1],
        "f_high": high[1],
    }


def weighted_sum(own: int, other: int) -> Step:
    """Return the line of a hidden neuron's sum."""
    return Step(
        symbol=f"z_{own}",
        formula=rf"w_{own}\,x + b_{own}",
        inserted=rf"{{w{own}}} \cdot {{x}} + {{b{own}}}",
        mistakes={
            "unbiased": lambda n: n[f"w{own}"] * n["x"],
            "sign": lambda n: n[f"w{own}"] * n["x"] - n[f"b{own}"],
            "other": lambda n: n[f"z{other}"],
        },
    )


def activation(own: int, other: int) -> Step:
    """Return the line in which a sum is bent; the reader finds its value among two."""
    return Step(
        symbol=f"a_{own}",
        formula=f"f(z_{own})",
        inserted=rf"{{a{own}}}",
        mistakes={"unbent": lambda n: n[f"z{own}"], "other": lambda n: n[f"a{other}"]},
    )


CALCULATIONS = {
    "forward": Calculation(
        numbers=forward,
        given=[
            *("x = {x}", "w_1 = {w1}", "b_1 = {b1}", "w_2 = {w2}", "b_2 = {b2}"),
            *("w_3 = {w3}", "w_4 = {w4}", "b_3 = {b3}"),
            *("f({low}) = {f_low}", "f({high}) = {f_high}"),
        ],
        steps={
            "z1": weighted_sum(1, 2),
            "z2": weighted_sum(2, 1),
            "a1": activation(1, 2),
            "a2": activation(2, 1),
            "y_hat": Step(
                symbol=r"\hat{y}",
                formula=r"w_3\,a_1 + w_4\,a_2 + b_3",
                inserted=r"{w3} \cdot {a1} + {w4} \cdot {a2} + {b3}",
                mistakes={
                    "unbiased": lambda n: n["y_hat"] - n["b3"],
                    "unbent": lambda n: n["w3"] * n["z1"] + n["w4"] * n["z2"] + n["b3"],
                    "unweighted": lambda n: n["a1"] + n["a2"] + n["b3"],
                    "crossed": lambda n: n["w3"] * n["a2"] + n["w4"] * n["a1"] + n["b3"],
                },
            ),
        },
        rounds=[
            {"x": 0.5, "theta": (3, -1, -4, 1, -1, -2, 2)},
            {"x": 2, "theta": (2, -6, -0.5, 2, 2, -1, 1.5)},
            {"x": -1, "theta": (2, 3, 0.5, -1, -1, 3, 1)},
            {"x": 0.5, "theta": (-2, 3, 5, -3, 1, -2, -0.5)},
        ],
        blanks=(1, 3, 5),
    ),
}
