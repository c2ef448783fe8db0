"""Changes that pass through the chain of ChainRule."""

import numpy as np

from nnbook.widgets import ChainRule


def fixtures():
    rng = np.random.default_rng(5)
    found = []
    for z in (-3.0, -0.9, 0.24, 0.5413, 2.0, *rng.uniform(-3, 2, 40)):
        for dz in (0.001, 0.01, 0.3, 1.0):
            figure = ChainRule(z=z, dz=dz)
            found.append(
                {"z": z, "dz": dz, "change": figure.change(), "curvature": figure.curvature()}
            )
    return found
