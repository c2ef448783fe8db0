"""The calculation of the chapter on backpropagation: the seven slopes of one sample."""

from __future__ import annotations

from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.activations import sigmoid, softplus
from nnlib.losses import ssr_derivative

PARAMETERS = ("w1", "b1", "w2", "b2", "w3", "w4", "b3")


def sweep(x: float, y: float, theta: tuple[float, ...]) -> Numbers:
    """Compute the forward pass, rounded to two digits as the reader gets it, and seven slopes."""
    w1, b1, w2, b2, w3, w4, b3 = theta
    z1, z2 = w1 * x + b1, w2 * x + b2
    a1, a2 = (round(float(softplus(z)), 2) for z in (z1, z2))
    bend1, bend2 = (round(float(sigmoid(z)), 2) for z in (z1, z2))
    y_hat = round(w3 * a1 + w4 * a2 + b3, 2)
    delta = float(ssr_derivative(y_hat, y))
    delta1, delta2 = delta * w3 * bend1, delta * w4 * bend2
    return {
        **dict(zip(PARAMETERS, theta, strict=True)),
        "x": x,
        "y": y,
        "y_hat": y_hat,
        "a1": a1,
        "a2": a2,
        "bend1": bend1,
        "bend2": bend2,
        "db3": delta,
        "dw3": delta * a1,
        "dw4": delta * a2,
        "db1": delta1,
        "dw1": delta1 * x,
        "db2": delta2,
        "dw2": delta2 * x,
    }


def output_weight(own: int, other: int) -> Step:
    """Return the line of an output weight: what enters its edge, times the error signal."""
    return Step(
        symbol=rf"\frac{{\partial L}}{{\partial w_{own + 2}}}",
        formula=rf"\delta\,a_{own}",
        inserted=rf"{{db3}} \cdot {{a{own}}}",
        mistakes={
            "weight": lambda n: n["db3"] * n[f"w{own + 2}"],
            "other": lambda n: n["db3"] * n[f"a{other}"],
            "alone": lambda n: n[f"a{own}"],
            "sign": lambda n: -n["db3"] * n[f"a{own}"],
        },
    )


def hidden_bias(own: int, other: int) -> Step:
    """Return the line of a hidden bias, which is the neuron's error signal."""
    out = f"w{own + 2}"
    return Step(
        symbol=rf"\frac{{\partial L}}{{\partial b_{own}}}",
        formula=rf"\delta_{own} = \delta\,w_{own + 2}\,f'(z_{own})",
        inserted=rf"{{db3}} \cdot {{{out}}} \cdot {{bend{own}}}",
        mistakes={
            "no_bend": lambda n: n["db3"] * n[out],
            "no_weight": lambda n: n["db3"] * n[f"bend{own}"],
            "activation": lambda n: n["db3"] * n[out] * n[f"a{own}"],
            "other": lambda n: n[f"db{other}"],
            "sign": lambda n: -n[f"db{own}"],
        },
    )


def hidden_weight(own: int, other: int) -> Step:
    """Return the line of a hidden weight: what enters its edge, times the error signal."""
    return Step(
        symbol=rf"\frac{{\partial L}}{{\partial w_{own}}}",
        formula=rf"\delta_{own}\,x",
        inserted=rf"{{db{own}}} \cdot {{x}}",
        mistakes={
            "output": lambda n: n["db3"] * n["x"],
            "bias": lambda n: n[f"db{own}"],
            "other": lambda n: n[f"dw{other}"],
            "activation": lambda n: n[f"db{own}"] * n[f"a{own}"],
            "sign": lambda n: -n[f"dw{own}"],
        },
    )


CALCULATIONS = {
    "sweep": Calculation(
        numbers=sweep,
        given=[
            *("x = {x}", "y = {y}", r"\hat{y} = {y_hat}"),
            *("w_3 = {w3}", "w_4 = {w4}"),
            *("a_1 = {a1}", "a_2 = {a2}"),
            *("f'(z_1) = {bend1}", "f'(z_2) = {bend2}"),
        ],
        steps={
            "db3": Step(
                symbol=r"\frac{\partial L}{\partial b_3}",
                formula=r"\delta = -2\,(y - \hat{y})",
                inserted=r"-2 \cdot ({y} - {y_hat})",
                mistakes={
                    "sign": lambda n: 2 * (n["y"] - n["y_hat"]),
                    "two": lambda n: -(n["y"] - n["y_hat"]),
                    "value": lambda n: (n["y"] - n["y_hat"]) ** 2,
                },
            ),
            "dw3": output_weight(1, 2),
            "dw4": output_weight(2, 1),
            "db1": hidden_bias(1, 2),
            "dw1": hidden_weight(1, 2),
            "db2": hidden_bias(2, 1),
            "dw2": hidden_weight(2, 1),
        },
        rounds=[
            {"x": 0.5, "y": 1, "theta": (1, 0.35, 2, -0.6, 2, -3, 0.91)},
            {"x": 2, "y": 1, "theta": (1, -1.6, -1, 0.6, 3, 2, -1.97)},
            {"x": 0.5, "y": 0, "theta": (1, -0.1, -1, -0.9, -3, -1.5, 2.66)},
            {"x": 2, "y": 1, "theta": (-1, 1.6, -2, 2.6, 3, -2, -1.09)},
        ],
        blanks=(2, 4, 7),
    ),
}
