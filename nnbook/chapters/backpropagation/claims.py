"""What the chapter concludes from trainings and from random networks."""

from __future__ import annotations

from itertools import islice
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnbook.chapters.backpropagation.starts import arrivals, descend, draw, predict, trained
from nnbook.claims import Claim
from nnlib._typing import FloatArray
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential

BoolArray: TypeAlias = NDArray[np.bool_]

# -- Many starts on three points -----------------------------------------------------------------


def fits(*, below: float, top: float, **setting: Any) -> BoolArray:
    """Which starts end with an SSR below this, for targets up to `top`."""
    return trained(top=top, **setting)[1] < below * top**2


def more_fit(*, few: int, many: int, **setting: Any) -> FloatArray:
    """From which starts a network with many neurons fits and one with few does not."""
    fitted = [fits(width=neurons, **setting).astype(float) for neurons in (few, many)]
    return fitted[1] - fitted[0]


def apart(*, below: float, x: float, top: float, **setting: Any) -> FloatArray:
    """How far each fitting network is at x from another one, in parts of `top`."""
    theta, losses = trained(top=top, **setting)
    said = predict(theta, x)[losses < below * top**2] / top
    pairs = len(said) // 2
    return np.abs(said[:pairs] - said[pairs : 2 * pairs])


def same_way(*, rate: float, times: float, **setting: Any) -> BoolArray:
    """Whether a smaller rate takes as many times the steps, within 5 percent."""
    fast, slow = (arrivals(rate=one, **setting) for one in (rate, rate / times))
    both = np.isfinite(fast) & np.isfinite(slow) & (fast > 0)
    return np.abs(slow[both] / fast[both] / times - 1) < 0.05


def still_falls(
    *, width: int, rate: float, steps: int, seeds: int, scale: float, top: float
) -> BoolArray:
    """Whether the SSR is lower after steps that take the slope of the bend at the wrong place."""
    walk = descend(draw(range(seeds), width, scale), rate, top=top, at_output=True)
    (_, before), *_, (_, after) = islice(walk, steps + 1)
    return after < before


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
            "scale": SPREADS,
            "top": TOPS,
            "below": (0.001, 0.1),
        },
        share=0.7,
    ),
    "more_fit": Claim(
        judge=more_fit,
        usual={name: value for name, value in STARTS.items() if name != "width"}
        | {"few": 2, "many": 8, "flow": 320, "below": 0.01},
        varied={
            "rate": RATES,
            "flow": FLOWS,
            "many": (4, 6, 16, 32),
            "scale": SPREADS,
            "top": TOPS,
            "below": (0.001, 0.1),
        },
    ),
    "apart": Claim(
        judge=apart,
        usual=STARTS | {"x": 0.25, "flow": 320, "below": 0.001},
        varied={
            "x": (0.15, 0.35, 0.65, 0.75),
            "rate": RATES,
            "flow": FLOWS,
            "width": (3, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
            "below": (0.0001, 0.01),
        },
        least=0.02,
    ),
    "same_way": Claim(
        judge=same_way,
        usual=STARTS | {"rate": 0.01, "times": 2, "flow": 120, "level": 0.1},
        varied={
            "rate": (0.004, 0.006, 0.015, 0.02),
            "times": (3, 4, 5, 6),
            "width": (3, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
            "level": (0.02, 0.03, 0.3, 0.5),
        },
        share=0.9,
    ),
    "wrong_falls": Claim(
        judge=still_falls,
        usual=STARTS | {"rate": 0.01, "steps": 100},
        varied={
            "rate": (0.002, 0.005, 0.02),
            "steps": (30, 300, 1000, 3000),
            "width": (1, 4, 8, 18),
            "scale": SPREADS,
            "top": TOPS,
        },
        share=0.9,
    ),
    "he_sinks": Claim(
        judge=sinks, usual=LAYERS | {"width": 50}, varied=OTHER_LAYERS | {"width": (10, 20, 100)}
    ),
    "he_wide": Claim(
        judge=sinks_less,
        usual=LAYERS | {"narrow": 20, "wide": 100},
        varied=OTHER_LAYERS | {"narrow": (10, 15, 30, 40), "wide": (40, 60, 200, 360)},
    ),
}
