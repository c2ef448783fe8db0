"""The calculation of the reminder: a chain of three links."""

from __future__ import annotations

from collections.abc import Callable

from nnbook.questions.calculation import Calculation, Numbers, Step
from nnlib.autodiff import Value


def slope(function: Callable[[Value], Value], at: float) -> float:
    """Compute a derivative."""
    x = Value(at)
    function(x).backward()
    return x.grad


def chain(w: float, c: float, d: float, y: float) -> Numbers:
    """Compute u = cw + d, its square v, and the slopes of L = (y - v)²."""
    u = c * w + d
    v = u**2
    return {
        "w": w,
        "c": c,
        "d": d,
        "y": y,
        "u": u,
        "v": v,
        "dudw": slope(lambda w: c * w + d, w),
        "dvdu": slope(lambda u: u**2, u),
        "dLdv": slope(lambda v: (y - v) ** 2, v),
        "dLdw": slope(lambda w: (y - (c * w + d) ** 2) ** 2, w),
    }


CALCULATIONS = {
    "chain": Calculation(
        numbers=chain,
        given=[
            "w = {w}",
            r"u = {c}\,w + {d} = {u}",
            "v = u^2 = {v}",
            "y = {y}",
            "L = (y - v)^2",
        ],
        steps={
            "dudw": Step(
                symbol=r"\frac{du}{dw}",
                formula="",
                inserted="{c}",
                mistakes={
                    "value": lambda n: n["u"],
                    "whole": lambda n: n["c"] + n["d"],
                    "term": lambda n: n["c"] * n["w"],
                },
            ),
            "dvdu": Step(
                symbol=r"\frac{dv}{du}",
                formula=r"2\,u",
                inserted=r"2 \cdot {u}",
                mistakes={
                    "value": lambda n: n["v"],
                    "start": lambda n: 2 * n["w"],
                    "both": lambda n: 2 * n["u"] * n["c"],
                    "two": lambda n: n["u"],
                },
            ),
            "dLdv": Step(
                symbol=r"\frac{dL}{dv}",
                formula=r"-2\,(y - v)",
                inserted=r"-2 \cdot ({y} - {v})",
                mistakes={
                    "sign": lambda n: 2 * (n["y"] - n["v"]),
                    "two": lambda n: -(n["y"] - n["v"]),
                    "value": lambda n: (n["y"] - n["v"]) ** 2,
                },
            ),
            "dLdw": Step(
                symbol=r"\frac{dL}{dw}",
                formula=r"\frac{dL}{dv} \cdot \frac{dv}{du} \cdot \frac{du}{dw}",
                inserted=r"{dLdv} \cdot {dvdu} \cdot {dudw}",
                mistakes={
                    "sum": lambda n: n["dLdv"] + n["dvdu"] + n["dudw"],
                    "stopped": lambda n: n["dLdv"] * n["dvdu"],
                    "skipped": lambda n: n["dLdv"] * n["dudw"],
                    "inside": lambda n: n["dvdu"] * n["dudw"],
                    "sign": lambda n: -n["dLdw"],
                },
            ),
        },
        rounds=[
            {"w": 0.5, "c": 4, "d": 1, "y": 10},
            {"w": 2, "c": -2, "d": 1, "y": 6},
            {"w": -2, "c": 3, "d": 5, "y": 4},
            {"w": 2, "c": -3, "d": 2, "y": 12},
        ],
        blanks=(1, 2, 4),
    ),
}
