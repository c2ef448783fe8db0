"""The question on shortcuts."""

from __future__ import annotations

from nnbook.questions.number import Number
from nnbook.questions.question import Question, number
from nnlib.autodiff import Value


def _row(weight: float, layers: int) -> Number:
    """Send a slope back through layers that each add their input to what they compute."""
    first = last = Value(1.0)
    for _ in range(layers):
        last = last + (last * weight).relu()
    last.backward()
    return number(
        "c",
        first.grad,
        {"weight": weight, "layers": layers},
        {"without": weight**layers, "one": 1 + weight**layers, "added": layers * (1 + weight)},
        relative=0.03,
    )


QUESTIONS = {
    "shortcuts": Question(
        "sec-chain-rule",
        "shortcut-row",
        _row,
        ((0.5, 1, 0.1, 0.2, 0.5, 0.1, 1, 2, 0.1), (2, 3, 2, 2, 3, 3, 4, 2, 10)),
        level="apply",
    ),
}
