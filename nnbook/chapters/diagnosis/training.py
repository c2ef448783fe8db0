"""The questions on what happens while a network is trained."""

from __future__ import annotations

import numpy as np

from nnbook.patients import admit
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number, tuples
from nnlib.activations import relu


def _third() -> float:
    patient = admit("I")
    patient.lr = 1e-4
    for _ in range(3):
        before = patient.slopes(patient.X, patient.y)
        gradient = np.array(patient.net.gradient)
        patient.update()
    after = patient.loss(patient.net.predict(patient.X), patient.y)[0]
    return round((before - after) / (patient.lr * float(gradient @ gradient)), 2)


def _promise(slopes: tuple[float, ...], lr: float) -> Number:
    g = np.array(slopes)
    return number(
        r"\Delta L",
        -lr * float(g @ g),
        {"slopes": slopes, "rate": lr, "squares": float(g @ g)},
        {"rises": lr * float(g @ g), "sum": -lr * float(abs(g).sum()), "rateless": -float(g @ g)},
        relative=0.03,
    )


def _tiny(before: float, after: float, promised: float) -> Choice:
    ratio = round((before - after) / promised, 3)
    names = {1.0: "fine", -1.0: "uphill", 0.0: "nothing"}
    return choice(
        ("fine", "uphill", "stale", "nothing"),
        names.get(ratio, "stale"),
        {"before": before, "after": after, "promised": promised, "ratio": ratio},
    )


def _dead(*sums: tuple[float, ...]) -> Number:
    active = relu(np.array(sums)) > 0
    return number(
        "n",
        int((~active.any(axis=0)).sum()),
        {"row_a": sums[0], "row_b": sums[1], "row_c": sums[2]},
        {
            "some": int((~active.all(axis=0)).sum()),
            "entries": int((~active).sum()),
        },
    )


def _sweep(*losses: float) -> Choice:
    best = int(np.argmin(losses))  # of a ninth, a third, the whole and three times the rate
    right = "other" if losses[best] >= 0.5 else "fine" if best == 2 else "rate"
    return choice(("rate", "fine", "other"), right, {"losses": losses, "own": losses[2]})


def _steps(samples: int, batch: int, other: int, epochs: int) -> Number:
    steps = samples // batch * epochs
    return number(
        "n",
        steps / (samples // other),
        {"samples": samples, "batch": batch, "other": other, "epochs": epochs, "steps": steps},
        {"same": epochs, "turned": epochs * batch / other, "steps": steps},
        absolute=0.3,
    )


QUESTIONS = {
    "third": Question(
        in_text={
            "third": Number(
                symbol="r",
                answer=_third,
                absolute=0.03,
                decimals=2,
                mistakes={"halved": lambda: 0.25, "unchanged": lambda: 0.5, "three": lambda: 3.0},
            )
        },
        level="diagnose",
    ),
    "promise": Question(
        "sec-diagnosis-tiny",
        "promise",
        _promise,
        (
            tuples("1 -2, 3 4, 2 2 1, -1 3, 5 0, 1 2 3, -2 4, 6 -8, 3 -1 2"),
            (0.01, 0.001, 0.01, 0.02, 0.01, 0.001, 0.005, 0.001, 0.01),
        ),
        level="apply",
    ),
    "tiny": Question(
        "sec-diagnosis-tiny",
        "tiny-step",
        _tiny,
        (
            (2.3, 1.5, 2.0, 0.8, 0.9, 1.2, 3.0, 2.5, 0.6),
            (2.29, 1.52, 1.99, 0.8, 0.89, 1.17, 3.01, 2.49, 0.6),
            (0.01, 0.02, 0.02, 0.04, 0.04, 0.03, 0.01, 0.03, 0.01),
        ),
        level="diagnose",
    ),
    "dead": Question(
        "sec-diagnosis-sizes",
        "dead",
        _dead,
        (
            tuples(
                "3 1 -1 -2, 1 1 -3 -4, -4 -4 -2 -1, -4 1 -2 -1, -1 -3 3 -3, -1 -1 -1 3, "
                "-4 -2 -2 -2, -2 -4 2 -3"
            ),
            tuples(
                "-4 -1 -2 -2, -4 1 -2 3, 2 -1 -2 -2, -4 2 3 1, -2 -1 -1 -2, 3 1 -4 2, "
                "-3 -4 1 -3, -3 -2 -1 -4"
            ),
            tuples(
                "3 -3 -1 -1, -1 3 -1 -4, -2 -2 -2 -2, 3 -1 -4 2, -4 2 1 -4, -2 -4 -4 -2, "
                "-4 -3 -4 -3, -4 2 2 -2"
            ),
        ),
        level="apply",
    ),
    "sweep": Question(
        "sec-diagnosis-rates",
        "rate-sweep",
        _sweep,
        (
            (0.46, 0.04, 2.14, 2.2, 0.1, 0.9, 2.3, 1.2, 2.3),
            (0.15, 2.32, 1.93, 1.6, 2.3, 0.3, 2.3, 0.4, 2.29),
            (0.04, 2.34, 1.27, 0.7, 2.31, 0.05, 2.3, 0.09, 2.3),
            (2.01, 3.19, 1.67, 0.08, 2.4, 1.1, 2.31, 0.3, 2.35),
        ),
        level="diagnose",
    ),
    "steps": Question(
        "sec-diagnosis-rates",
        "epochs",
        _steps,
        (
            (500, 1000, 600, 400, 800, 1000, 200, 900),
            (20, 50, 30, 10, 40, 25, 20, 30),
            (250, 500, 300, 200, 400, 250, 100, 450),
            (10, 5, 6, 3, 4, 8, 7, 2),
        ),
        level="apply",
    ),
}
