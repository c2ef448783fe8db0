"""The questions on what a loop of training does."""

from __future__ import annotations

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.question import Question, choice, number
from nnlib.layers import Linear


def _stored(slope: float, passes: int, reset: int) -> Number:
    layer = Linear.from_arrays([[1.0]], [0.0])
    for done in range(passes):
        if done == reset:
            layer.weight.grad = None
        layer.forward([[1.0]])
        layer.backward([[slope]])
    stored = layer.weight.grad
    assert stored is not None
    return number(
        "g",
        float(stored.item()),
        {"slope": slope, "passes": passes, "reset": reset, "left": passes - reset},
        {"last": slope, "all": passes * slope, "before": reset * slope},
    )


LOOPS = {
    "right": """
for t in 1 .. 1000:
    g = 0
    g = g + slope(L, w)
    w = w - {rate} * g
""",
    "kept": """
g = 0
for t in 1 .. 1000:
    g = g + slope(L, w)
    w = w - {rate} * g
""",
    "early": """
for t in 1 .. 1000:
    g = slope(L, w)
    g = 0
    w = w - {rate} * g
""",
    "plus": """
for t in 1 .. 1000:
    g = 0
    g = g + slope(L, w)
    w = w + {rate} * g
""",
}


def _runs(loop: str, rate: float, best: float, start: float) -> str:
    """Run the loop as it is written, and name what becomes of w."""
    w, g = start, 0.0
    for _ in range(1000):
        if loop != "kept":
            g = 0.0
        g += 2 * (w - best)
        if loop == "early":
            g = 0.0
        w += (1 if loop == "plus" else -1) * rate * g
    if w == start:
        return "stays"
    if abs(w - best) > 1e3:
        return "leaves"
    return "arrives" if abs(w - best) < 1e-6 else "swings"


def _loop(loop: str, rate: float, best: float, start: float) -> Choice:
    return choice(
        ("arrives", "swings", "stays", "leaves"),
        _runs(loop, rate, best, start),
        {"best": best, "start": start},
        code=LOOPS[loop].strip().format(rate=rate),
    )


QUESTIONS = {
    "stored": Question(
        "sec-backprop-two-steps",
        "reset",
        _stored,
        (
            (4, 0.5, -3, 1.5, 6, -0.4, 5, 0.3, -1),
            (6, 5, 7, 5, 8, 10, 6, 7, 9),
            (4, 2, 3, 2, 3, 6, 2, 4, 6),
        ),
        level="apply",
    ),
    "loop": Question(
        "sec-backprop-two-steps",
        "loop",
        _loop,
        (
            ("kept", "early", "right", "plus", "right", "kept", "plus", "early", "kept", "right"),
            (0.1, 0.1, 0.2, 0.1, 0.05, 0.05, 0.2, 0.3, 0.2, 0.1),
            (3, 2, 4, 1, 5, 6, 2, 7, 10, 8),
            (0, 5, 1, 2, 9, 4, 3, 1, 6, 3),
        ),
        level="diagnose",
    ),
}
