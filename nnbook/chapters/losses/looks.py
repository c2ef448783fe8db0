"""The questions on what a loss tells and trains, from tables and from code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Axis
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.picture import Panel, curve, grid
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray
from nnlib.losses import binary_cross_entropy, binary_cross_entropy_with_logits_derivative

Said = tuple[float, ...]
"""The probabilities that a network gives to the true classes of four samples."""


def _judged(said: Said) -> tuple[float, float]:
    """Return the loss and the accuracy, with two classes."""
    return binary_cross_entropy(said, np.ones(len(said))), float(np.mean(np.array(said) > 0.5))


def _parts(before: Said, after: Said) -> Choice:
    (loss, share), (new_loss, new_share) = _judged(before), _judged(after)
    names = {(True, True): "both", (True, False): "loss", (False, True): "accuracy"}
    return choice(
        ("both", "loss", "accuracy", "neither"),
        names.get((new_loss < loss, new_share > share), "neither"),
        {
            "loss": fixed(loss, 2),
            "new_loss": fixed(new_loss, 2),
            "share": share,
            "new_share": new_share,
        },
        picture=lambda: [grid([before, after])],
    )


WRITTEN = {"sum": r"\sum_i r_i^2", "mean": r"\frac{1}{n} \sum_i r_i^2"}


def _rate(loss: str, before: int, after: int) -> Choice:
    """The slope of a sum grows with the number of samples, that of a mean does not."""
    right = "same" if loss == "mean" else "smaller" if after > before else "larger"
    values = {"loss": WRITTEN[loss], "before": before, "after": after}
    return choice(("smaller", "same", "larger"), right, values)


LOSSES = {
    "right": "L = -(y * ln(p) + (1 - y) * ln(1 - p))",
    "swapped": "L = -(y * ln(1 - p) + (1 - y) * ln(p))",
    "ones": "L = -y * ln(p)",
    "zeros": "L = -(1 - y) * ln(1 - p)",
}
CODE = """
for each sample:
    {line}
    total = total + L
"""


def _lowest(loss: str, share: float) -> str:
    """Find the probability with the least loss on a grid, and name it."""
    p = np.linspace(0, 1, 1001)[1:-1]
    of_one, of_zero = -np.log(p), -np.log(1 - p)
    if loss == "swapped":
        of_one, of_zero = of_zero, of_one
    total = share * of_one * (loss != "zeros") + (1 - share) * of_zero * (loss != "ones")
    best = float(p[np.argmin(total)])
    places = {"share": share, "other": 1 - share, "one": 1.0, "zero": 0.0}
    return min(places, key=lambda name: abs(places[name] - best))


def _trains(loss: str, share: float) -> Choice:
    return choice(
        ("share", "other", "one", "zero"),
        _lowest(loss, share),
        {"share": share, "other": round(1 - share, 2)},
        code=CODE.strip().format(line=LOSSES[loss]),
    )


def _fitting(*targets: object) -> Choice:
    if any(isinstance(one, str) for one in targets):
        right = "many"
    else:
        right = "binary" if set(targets) == {0, 1} else "squares"
    return choice(("squares", "binary", "many"), right, {}, picture=lambda: [grid([[*targets]])])


NAMES = ("A", "B", "C")
P, L = Axis(symbol="p", low=0.02, high=0.98), Axis(symbol="L", low=0, high=4)
CURVES: dict[str, tuple[Callable[[FloatArray], FloatArray], str]] = {
    "one": (lambda p: -np.log(p), r"-\ln p"),
    "zero": (lambda p: -np.log(1 - p), r"-\ln(1 - p)"),
    "square": (lambda p: (1 - p) ** 2, r"(1 - p)^2"),
}


def _curve(asked: str, *order: str) -> Choice:
    """Show three losses of one sample against the probability of class 1, and ask for one."""
    at = dict(zip(order, NAMES, strict=True))
    ends = {at[key]: np.round(CURVES[key][0](np.array([0.02, 0.98])), 2).tolist() for key in order}
    return choice(
        NAMES,
        at[asked],
        {"asked": CURVES[asked][1]} | {f"ends_{name.lower()}": ends[name] for name in NAMES},
        picture=lambda: [
            Panel(P, L, [curve(CURVES[key][0], P, color="loss")], name)
            for key, name in zip(order, NAMES, strict=True)
        ],
    )


def _outvoted(p: float) -> Number:
    """Weigh the slope in z of a wrong label against those of right ones, at the same input."""
    wrong, right = (
        abs(float(binary_cross_entropy_with_logits_derivative([np.log(p / (1 - p))], [y])[0]))
        for y in (0.0, 1.0)
    )
    return number(
        "k",
        round(wrong / right, 9),
        {"said": p, "rest": round(1 - p, 2)},
        {"one": 1, "inverse": right / wrong, "all": 1 / right},
    )


QUESTIONS = {
    "parts": Question(
        "sec-losses-entropy",
        "loss-or-accuracy",
        _parts,
        (
            (
                (0.9, 0.9, 0.9, 0.4),
                (0.6, 0.6, 0.4, 0.4),
                (0.6, 0.6, 0.6, 0.6),
                (0.8, 0.8, 0.3, 0.3),
                (0.9, 0.8, 0.8, 0.45),
                (0.6, 0.7, 0.2, 0.2),
                (0.7, 0.9, 0.7, 0.2),
                (0.9, 0.9, 0.4, 0.4),
                (0.95, 0.9, 0.4, 0.9),
            ),
            (
                (0.6, 0.6, 0.6, 0.55),
                (0.9, 0.8, 0.6, 0.7),
                (0.95, 0.95, 0.95, 0.45),
                (0.9, 0.9, 0.01, 0.01),
                (0.55, 0.6, 0.55, 0.6),
                (0.9, 0.8, 0.45, 0.45),
                (0.8, 0.9, 0.9, 0.7),
                (0.6, 0.55, 0.6, 0.2),
                (0.6, 0.7, 0.3, 0.4),
            ),
        ),
        level="relate",
    ),
    "rate": Question(
        "sec-losses-mse",
        "rate-and-count",
        _rate,
        (
            ("sum", "mean", "sum", "sum", "mean", "sum", "mean", "sum", "mean", "sum"),
            (10, 20, 60, 30, 90, 100, 50, 8, 40, 70),
            (100, 200, 6, 600, 9, 20, 400, 80, 5, 7),
        ),
        level="design",
    ),
    "trains": Question(
        "sec-losses-likelihood",
        "loss-code",
        _trains,
        (
            ("right", "ones", "swapped", "swapped", "zeros", "right", "ones", "zeros", "right"),
            (0.8, 0.3, 0.9, 0.2, 0.7, 0.1, 0.4, 0.6, 0.25),
        ),
        level="diagnose",
    ),
    "fitting": Question(
        "sec-losses-what",
        "loss-for-task",
        _fitting,
        (
            (21.5, 0, "C", 310, 1, "B", 4.2, 1, "A"),
            (18, 1, "A", 245, 1, "A", 0, 0, "B"),
            (-2.4, 1, "C", 408, 0, "D", 1, 0, "B"),
            (30.1, 0, "B", 199, 1, "B", 2.7, 1, "C"),
        ),
        level="design",
    ),
    "curve": Question(
        "sec-losses-likelihood",
        "loss-shape",
        _curve,
        (
            ("one", "zero", "square", "one", "zero", "square", "one", "zero", "square"),
            ("one", "zero", "one", "zero", "one", "square", "square", "square", "one"),
            ("zero", "square", "zero", "one", "square", "zero", "zero", "one", "square"),
            ("square", "one", "square", "square", "zero", "one", "one", "zero", "zero"),
        ),
        level="relate",
    ),
    "outvoted": Question(
        "sec-losses-slope",
        "wrong-label",
        _outvoted,
        ((0.9, 0.8, 0.95, 0.75, 0.99, 0.6, 0.98, 0.96, 0.84),),
        level="apply",
    ),
}
