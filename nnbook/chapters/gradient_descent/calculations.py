"""The calculation of the chapter on gradient descent: two steps by hand."""

from __future__ import annotations

from nnbook.questions.calculation import Calculation, Numbers, Step


def downhill(curvature: float, lowest: float, start: float, rate: float) -> Numbers:
    """Compute two steps on a parabola, and the slopes at which they are taken."""
    first = curvature * (start - lowest)
    step = rate * first
    place = start - step
    second = curvature * (place - lowest)
    return {
        "c": curvature,
        "m": lowest,
        "start": start,
        "rate": rate,
        "slope0": first,
        "step0": step,
        "theta1": place,
        "slope1": second,
        "theta2": place - rate * second,
    }


CALCULATIONS = {
    "downhill": Calculation(
        numbers=downhill,
        given=[
            r"L'(\theta) = {c}\,(\theta - {m})",
            r"\theta_0 = {start}",
            r"\eta = {rate}",
        ],
        steps={
            "slope0": Step(
                symbol=r"L'(\theta_0)",
                formula="",
                inserted=r"{c} \cdot ({start} - {m})",
                mistakes={
                    "place": lambda n: n["c"] * n["start"],
                    "sign": lambda n: -n["slope0"],
                },
            ),
            "step0": Step(
                symbol=r"\eta\,L'(\theta_0)",
                formula="",
                inserted=r"{rate} \cdot {slope0}",
                mistakes={
                    "sign": lambda n: -n["step0"],
                    "arrived": lambda n: n["start"] - n["step0"],
                },
            ),
            "theta1": Step(
                symbol=r"\theta_1",
                formula=r"\theta_0 - \eta\,L'(\theta_0)",
                inserted=r"{start} - {step0}",
                mistakes={
                    "uphill": lambda n: n["start"] + n["step0"],
                    "whole": lambda n: n["start"] - n["slope0"],
                },
            ),
            "slope1": Step(
                symbol=r"L'(\theta_1)",
                formula="",
                inserted=r"{c} \cdot ({theta1} - {m})",
                mistakes={
                    "stale": lambda n: n["slope0"],
                    "place": lambda n: n["c"] * n["theta1"],
                    "sign": lambda n: -n["slope1"],
                },
            ),
            "theta2": Step(
                symbol=r"\theta_2",
                formula=r"\theta_1 - \eta\,L'(\theta_1)",
                inserted=r"{theta1} - {rate} \cdot {slope1}",
                mistakes={
                    "stale": lambda n: n["theta1"] - n["step0"],
                    "uphill": lambda n: n["theta1"] + n["rate"] * n["slope1"],
                    "whole": lambda n: n["theta1"] - n["slope1"],
                    "start": lambda n: n["start"] - n["rate"] * n["slope1"],
                },
            ),
        },
        rounds=[
            {"curvature": 2, "lowest": 2, "start": 8, "rate": 0.2},
            {"curvature": 4, "lowest": 2, "start": -2, "rate": 0.3},
            {"curvature": 2, "lowest": 1, "start": 5, "rate": 0.6},
            {"curvature": 4, "lowest": 3, "start": 7, "rate": 0.6},
        ],
        blanks=(1, 3, 5),
    ),
}
