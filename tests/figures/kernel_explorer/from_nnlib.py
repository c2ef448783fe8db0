"""Maps that nnlib's convolution makes, and the slopes that it passes back."""

import numpy as np

from nnbook.widgets import KernelExplorer


def case(rng):
    height, width = rng.integers(3, 9, 2)
    state = {
        "picture": rng.integers(0, 10, (height, width)),
        "kernel": np.round(rng.uniform(-3, 3, (3, 3)), 2),
        "bias": float(rng.integers(-30, 31)),
        "relu": bool(rng.integers(2)),
        "place": int(rng.integers(64)),
        "right": int(rng.integers(-3, 4)),
        "down": int(rng.integers(-3, 4)),
    }
    figure = KernelExplorer(**state)
    pixels, weights = figure.slopes()
    return figure.state() | {
        "shown": figure.shown(),
        "map": figure.map(),
        "at": figure.at(),
        "window": figure.window(),
        "products": figure.products(),
        "pixels": pixels,
        "weights": weights,
    }


def fixtures():
    rng = np.random.default_rng(7)
    return [case(rng) for _ in range(60)]
