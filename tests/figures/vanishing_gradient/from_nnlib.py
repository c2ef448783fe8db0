"""Rows of the neurons of VanishingGradient, as nnlib computes them."""

from nnbook.widgets import VanishingGradient

ROWS = [*VanishingGradient.presets.values()]
ROWS += [
    {"function": function, "depth": 20, "w": w, "b": b, "x": x}
    for function in ("sigmoid", "tanh", "relu", "softplus")
    for w, b, x in [(8, 5, 3), (-8, -5, -3), (-1.5, 0.3, 0.5), (0, 1, 1), (0.1, 0, -3), (1, 0, 0)]
]


def row(traits):
    figure = VanishingGradient(**traits)
    parts = {"z": figure.sums(), "factor": figure.factors(), "product": figure.products()}
    return {"traits": traits, **parts}


def fixtures():
    return [row(traits) for traits in ROWS]
