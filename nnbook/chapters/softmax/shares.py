"""The questions on shares of raw outputs."""

from __future__ import annotations

import numpy as np

from nnbook.questions.choice import Choice, nearest
from nnbook.questions.formats import fixed
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib.activations import softmax

FLOWER = np.array([1.43, -0.40, 0.23])


Triple = tuple[float, float, float]


def _shares(shift: float, e: Triple) -> Number:
    z = shift + np.log(e)
    return number(
        "p_1",
        softmax(z)[0],
        {"shift": shift, "e_a": e[0], "e_b": e[1], "e_c": e[2], "total": sum(e)},
        {
            "ratio": e[0] / (e[1] + e[2]),
            "last": softmax(z)[2],
            "linear": z[0] / float(z.sum()),
        },
    )


def _first() -> str:
    return nearest(softmax(FLOWER)[0], {"half": 1 / 2, "two_thirds": 2 / 3, "nearly_all": 0.95})


def _first_values() -> dict[str, str]:
    e = np.exp(FLOWER)
    return {
        "ratio_third": fixed(e[0] / e[2], 1),
        "ratio_second": fixed(e[0] / e[1], 1),
        "p": fixed(e[0] / e.sum(), 3),
    }


def _ratio(first: float, second: float) -> Number:
    p = softmax([first, second])
    return number(
        "k",
        p[0] / p[1],
        {"first": first, "second": second, "gap": first - second},
        {"gap": first - second, "quotient": first / second, "power": float(np.exp(first))},
        relative=0.06,
    )


def _shift() -> str:
    before, after = softmax(FLOWER)[0], softmax(FLOWER + 100)[0]
    if np.isclose(after, before, rtol=1e-9):
        return "same"
    return "sharper" if after > before else "softer"


def _change(before: Triple, after: Triple) -> Choice:
    difference = softmax(after)[0] - softmax(before)[0]
    right = "same" if abs(difference) < 1e-12 else "grows" if difference > 0 else "shrinks"
    return choice(("grows", "same", "shrinks"), right, {"before": before, "after": after})


def _computed() -> str:
    with np.errstate(over="ignore", invalid="ignore"):
        e = np.exp(FLOWER + 1000)
        p = e / e.sum()
    if np.isnan(p).all():
        return "nan"
    return "same" if np.allclose(p, softmax(FLOWER)) else "one"


def _range(*z: float) -> Choice:
    with np.errstate(over="ignore"):
        e = np.exp(z)
    right = "overflow" if np.isinf(e).any() else "zero" if e.sum() == 0 else "fine"
    return choice(
        ("fine", "overflow", "zero"), right, {"list": z, "shifted": tuple(x - max(z) for x in z)}
    )


def _temperature(ratio: float, temperature: float) -> Number:
    p = softmax(np.array([np.log(ratio), 0.0]) / temperature)
    return number(
        "k",
        p[0] / p[1],
        {"ratio": ratio, "temperature": temperature},
        {"divided": ratio / temperature, "same": ratio, "times": ratio * temperature},
        relative=0.03,
    )


QUESTIONS = {
    "shares": Question(
        "sec-softmax-formula",
        "softmax",
        _shares,
        (
            (1, 2, 5, -1, 3, 4, 10, 2, 1),
            tuples("6 3 1, 1 1 3, 3 5 2, 4 3 1, 2 7 1, 4 1 5, 9 8 3, 5 1 2, 8 1 1"),
        ),
        level="apply",
    ),
    "ratio": Question(
        "sec-softmax-formula",
        "differences",
        _ratio,
        ((3, 5, 4, 2.5, 9, 1, 7, 3, 6), (2, 3, 1, 2, 7.5, 3, 2, 3.5, 8.5)),
        in_text={
            "first": Choice(
                options=("half", "two_thirds", "nearly_all"),
                answer=_first,
                values=_first_values,
            )
        },
        level="apply",
    ),
    "change": Question(
        "sec-softmax-shift",
        "shift",
        _change,
        (
            tuples("2 1 0, 2 1 0, 2 1 0, 3 1 -1, 3 1 0, 1 0 0, 4 2 1, 5 5 0, 2 0 1"),
            tuples("102 101 100, 4 2 0, 1 0.5 0, 1 -1 -3, 3 1 2, 1 0 -2, 8 4 2, 7 7 2, 1 0 0.5"),
        ),
        in_text={"shift": Choice(options=("sharper", "same", "softer"), answer=_shift)},
        level="relate",
    ),
    "range": Question(
        "sec-softmax-log",
        "overflow",
        _range,
        (
            (1000, -900, -800, 2, 5, -1000, 760, -5),
            (999, -901, 0, 800, -2, -1010, 0, -700),
            (998, -905, 1, -800, 300, -1001, -700, 3),
        ),
        in_text={"computed": Choice(options=("same", "one", "nan"), answer=_computed)},
        level="apply",
    ),
    "temperature": Question(
        "sec-softmax-temperature",
        "temperature",
        _temperature,
        ((9, 16, 4, 3, 25, 2, 8, 64, 5), (2, 2, 0.5, 0.5, 2, 0.25, 3, 3, 0.5)),
        level="apply",
    ),
}
