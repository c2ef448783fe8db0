"""ParameterCounter counts what nnlib counts, and reads the picture as nnlib pools it."""

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.widgets import ParameterCounter


@pytest.mark.parametrize(
    ("preset", "sizes", "first"),
    [
        ("photo", [150_528, 1000, 10], 150_529_000),
        ("photo_pooled", [9408, 1000, 10], 9_409_000),
        ("digits", [64, 32, 10], 2080),
        ("digits_pooled", [16, 32, 10], 544),
    ],
)
def test_presets(preset, sizes, first):
    figure = ParameterCounter()
    figure.preset(preset)
    assert figure.sizes() == sizes
    assert nnlib.parameter_count(figure.sizes()[:2]) == first


@pytest.mark.parametrize("pool", [1, 2, 4, 8])
def test_the_pooled_picture_is_the_one_that_nnlib_makes(pool):
    figure = ParameterCounter(height=16, width=24, channels=3, pool=pool)
    pooled = nnlib.average_pool(np.zeros((1, 16, 24, 3)), pool)
    assert figure.pooled_shape() == pooled.shape[1:]
    assert figure.sizes()[0] == nnlib.flatten(pooled).shape[1]


def test_pixels_that_fill_no_block_are_left_out():
    assert ParameterCounter(height=10, width=23, pool=4).pooled_shape() == (2, 5, 3)


@pytest.mark.parametrize(
    "bad", [{"height": 7}, {"pool": 0}, {"hidden": 10_001}, {"hidden": 2.5}, {"channels": True}]
)
def test_bad_values_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        ParameterCounter(**bad)


@pytest.mark.parametrize("preset", list(ParameterCounter.presets))
def test_the_picture_shows_the_counts(preset):
    figure = ParameterCounter()
    figure.preset(preset)
    sizes = figure.sizes()
    texts = {text.get_text() for text in figure.figure().axes[0].texts}
    for count in (
        nnlib.parameter_count(sizes[:2]),
        nnlib.parameter_count(sizes[1:]),
        nnlib.parameter_count([9 * figure.channels, 64]),
    ):
        assert f"{count:,}" in texts
