"""Student's t distribution for whole degrees of freedom, where its integral is a finite sum.

See Abramowitz and Stegun, *Handbook of mathematical functions*, 26.7.3 and 26.7.4.
"""

from __future__ import annotations

import math

LEVEL = 0.95
HALVINGS = 60  # of an interval of length pi / 2: more than double precision has digits


def inside(t: float, df: int) -> float:
    """Return the probability that a t variable lies between -t and t."""
    if df < 1:
        raise ValueError(f"df must be at least 1, got {df}: more values are needed")
    return _inside_angle(math.atan(t / math.sqrt(df)), df)


def _inside_angle(angle: float, df: int) -> float:
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = df % 2
    term, total = (cosine, 0.0) if odd else (1.0, 0.0)
    for power in range(1 + odd, df, 2):  # the terms with cosine to the power of odd, odd + 2, ...
        total += term
        term *= cosine**2 * power / (power + 1)
    return 2 / math.pi * (angle + sine * total) if odd else sine * total


def quantile(df: int, level: float = LEVEL) -> float:
    """Return t such that a share `level` lies between -t and t."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, got {level}")
    low, high = 0.0, math.pi / 2
    inside(0.0, df)  # names a wrong df
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside_angle(middle, df) < level else (low, middle)
    return math.sqrt(df) * math.tan(low)
