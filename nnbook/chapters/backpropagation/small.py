"""What the chapter concludes from trainings and from random networks."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnbook.chapters.backpropagation.starts import predict, trained
from nnbook.claims import Claim
from nnlib._typing import FloatArray
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

BoolArray: TypeAlias = NDArray[np.bool_]

# -- Many starts on three points -----------------------------------------------------------------


def fits(*, below: float, **setting: Any) -> BoolArray:
    """Which starts end with an SSR below this."""
    return trained(**setting)[1] < below


def apart(*, below: float, x: float, by: float, **setting: Any) -> BoolArray:
    """Which pairs of fitting networks differ at x by more than this."""
    theta, losses, *_ = trained(**setting)
    said = predict(theta, x)[losses < below]
    one, other = np.triu_indices(len(said), 1)
    return np.abs(said[one] - said[other]) > by


def same_way(*, rate: float, times: float, x: float, top: float, **setting: Any) -> BoolArray:
    """Which starts arrive after as many times the steps at a smaller rate, and at the same curve.

    Steps may differ by 5 percent, the curves at x by 2 percent of `top`; the SSR never rises.
    """
    fast, slow = (trained(rate=one, top=top, **setting) for one in (rate, rate / times))
    ends = np.abs(predict(fast[0], x) - predict(slow[0], x)) < 0.02 * top
    never = np.isinf(fast[2]) & np.isinf(slow[2])
    both = np.isfinite(fast[2]) & np.isfinite(slow[2])
    steps = [np.where(both, run[2], 1) for run in (fast, slow)]
    as_many = np.abs(steps[1] - times * steps[0]) <= np.maximum(0.05 * times * steps[0], times)
    falls = np.maximum(fast[3], slow[3]) < 1e-9
    return falls & ends & (never | (both & as_many))


def ends_lower(*, width: int, scale: float, seeds: int, top: float, **setting: Any) -> BoolArray:
    """Whether the SSR is lower after steps that take the slope of the bend at the wrong place."""
    drawn = {"width": width, "scale": scale, "seeds": seeds, "top": top}
    before = trained(**drawn, rate=1.0, flow=0)[1]
    return trained(**drawn, **setting, at_output=True)[1] < before


def arrives_later(**setting: Any) -> BoolArray:
    """Which starts come below `level` later, or never, with the slope at the wrong place.

    Starts that come there neither way say nothing.
    """
    wrong, right = (trained(**setting, at_output=at)[2] for at in (True, False))
    return (wrong > right)[np.isfinite(wrong) | np.isfinite(right)]


STARTS = {"width": 2, "rate": 0.02, "seeds": 100, "scale": 1.0, "top": 1.0}
RATES = (0.01, 0.015, 0.025, 0.03)
FLOWS = (160, 240, 480, 640)
SPREADS = (0.3, 0.5, 2.0, 3.0)
TOPS = (0.3, 0.5, 2.0, 3.0)

# -- Random ReLU networks ------------------------------------------------------------------------


def mean_square(*, width: int, depth: int, samples: int, seed: int) -> float:
    """The mean square after some layers with He's variance; that of the inputs is 1."""
    rng = np.random.default_rng(seed)
    layers = [
        layer for _ in range(depth) for layer in (Linear(width, width, rng=rng, init="he"), ReLU())
    ]
    A = Sequential(*layers).forward(rng.normal(size=(samples, width)))
    return float(np.mean(A**2))


def sinks(*, seeds: int, **setting: int) -> FloatArray:
    """By how much the logarithm of the mean square falls."""
    return np.array([-np.log(mean_square(seed=seed, **setting)) for seed in range(seeds)])


def sinks_less(*, narrow: int, wide: int, seeds: int, **setting: int) -> FloatArray:
    """By how much more it falls in narrow layers than in wide ones."""
    fallen = [sinks(width=width, seeds=seeds, **setting) for width in (narrow, wide)]
    return fallen[0] - fallen[1]


LAYERS = {"depth": 20, "samples": 10, "seeds": 100}
OTHER_LAYERS = {"depth": (5, 10, 40, 60), "samples": (1, 3, 30, 100)}

CLAIMS = {
    "most_fit": Claim(
        judge=fits,
        usual=STARTS | {"flow": 320, "below": 0.01},
        varied={
            "rate": RATES,
            "flow": FLOWS,
            "width": (3, 4, 8, 18),
            "scale": (0.5, 0.7, 1.5, 2.0),
            "below": (0.001, 0.1),
        },
        share=0.8,
    ),
    "apart": Claim(
        judge=apart,
        usual=STARTS | {"x": 0.25, "by": 0.02, "flow": 320, "below": 0.001},
        varied={
            "rate": RATES,
            "flow": FLOWS,
            "width": (3, 4, 5, 6),
            "scale": SPREADS,
            "below": (0.0001, 0.01),
        },
        share=0.5,
    ),
    "same_way": Claim(
        judge=same_way,
        usual=STARTS | {"rate": 0.01, "times": 2, "flow": 80, "level": 0.1, "x": 0.25},
        varied={
            "rate": (0.005, 0.007, 0.015, 0.02),
            "width": (3, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
        },
        share=0.9,
    ),
    "wrong_falls": Claim(
        judge=ends_lower,
        usual=STARTS | {"flow": 160},
        varied={
            "rate": (0.005, 0.01, 0.015, 0.03),
            "flow": (1, 10, 40, 320),
            "width": (1, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
        },
        share=0.9,
    ),
    "wrong_later": Claim(
        judge=arrives_later,
        usual=STARTS | {"flow": 320, "level": 0.1},
        varied={
            "rate": (0.01, 0.015, 0.025, 0.03),
            "flow": (160, 640, 1000, 2000),
            "width": (3, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
            "level": (0.001, 0.01, 0.3),
        },
        share=0.75,
    ),
    "he_wide": Claim(
        judge=sinks_less,
        usual=LAYERS | {"narrow": 20, "wide": 100},
        varied=OTHER_LAYERS | {"narrow": (10, 15, 30, 40), "wide": (40, 60, 200, 360)},
    ),
}
