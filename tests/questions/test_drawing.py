"""Drawings: nnlib computes each curve, and its description fits the axes.

How a drawn curve is judged is tried in js/test/questions.test.js.
"""

import itertools
import json

import numpy as np
import pytest

from nnbook.questions.bank import DRAWINGS
from nnbook.questions.drawing import PLACES, SAMPLES, TOP, Axis, Condition, Drawing

NAMES = DRAWINGS.names()
CHAPTERS = list(dict.fromkeys(name.partition("-")[0] for name in NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_each_drawing_is_described_in_numbers_that_fit_its_axes(name):
    drawing = DRAWINGS.find(name)
    described = json.loads(json.dumps(drawing.describe(), allow_nan=False))
    assert len(described["truth"]) == SAMPLES
    drawn = drawing.heights(drawing.curve)
    assert len(drawn) == PLACES
    seen = [y for y in described["truth"] if y is not None and drawing.y.low <= y <= drawing.y.high]
    assert len(seen) > SAMPLES / 2
    ends = sorted((drawing.x.low, drawing.x.high))
    for condition in itertools.chain(
        drawing.right, *[mistake.when for mistake in drawing.mistakes.values()]
    ):
        assert ends[0] <= condition.start <= condition.end <= ends[1]
        assert condition.above < condition.below
        assert np.isfinite([condition.above, condition.below]).any()


def test_heights_are_parts_of_the_axis():
    axis = {"symbol": "x", "low": 0, "high": 1}
    drawing = Drawing(
        x=Axis(**axis),
        y=Axis(symbol="y", low=1, high=100, log=True),
        color="loss",
        curve=lambda x: 10.0 ** (2 * x),
        right=[],
        mistakes={},
    )
    assert drawing.heights(drawing.curve) == [round(TOP * k / 24) for k in range(PLACES)]
    assert set(drawing.heights(lambda x: np.where(x < 0.5, 0.1, np.inf))) == {0, TOP}
    assert set(drawing.heights(lambda x: x * np.nan)) == {TOP}
    assert drawing.sampled(lambda x: np.where(x < 0.5, 1, np.inf))[-1] is None


def test_an_unknown_feature_is_refused():
    with pytest.raises(ValueError, match="feature must be one of"):
        Condition("slope", 0, 1)
