"""The numbers that ParameterCounter shows are those of nnlib."""

import numpy as np
import pytest
from driver import numbers

import nnlib
from nnbook.widgets import ParameterCounter

STATES = {
    **ParameterCounter.presets,
    "odd": {"height": 227, "width": 98, "channels": 4, "pool": 5, "hidden": 37, "outputs": 1000},
    "smallest": {"height": 8, "width": 15, "channels": 1, "pool": 8, "hidden": 1, "outputs": 1},
    "largest": {
        "height": 512,
        "width": 512,
        "channels": 4,
        "pool": 1,
        "hidden": 10_000,
        "outputs": 1000,
    },
}
UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9}


@pytest.mark.parametrize("pool", [1, 2, 4, 8])
def test_the_pooled_picture_is_the_one_that_nnlib_makes(pool):
    figure = ParameterCounter(height=16, width=24, channels=3, pool=pool)
    pooled = nnlib.average_pool(np.zeros((1, 16, 24, 3)), pool)
    assert figure.pooled_shape() == pooled.shape[1:]
    assert figure.sizes()[0] == nnlib.flatten(pooled).shape[1]


def test_pixels_that_fill_no_block_are_left_out():
    assert ParameterCounter(height=10, width=23, pool=4).pooled_shape() == (2, 5, 3)


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


def size_shown(text):
    return next(scale for unit, scale in UNITS.items() if unit in text)


@pytest.mark.parametrize("state", list(STATES))
def test_every_number(open_figure, state):
    figure = open_figure("ParameterCounter")
    figure.set(**STATES[state])
    expected = ParameterCounter(**STATES[state])
    rows, columns, channels = expected.pooled_shape()
    inputs, hidden, outputs = sizes = expected.sizes()
    places = rows * columns * 64
    counts = {
        "first": nnlib.parameter_count(sizes[:2]),
        "second": nnlib.parameter_count(sizes[1:]),
        "convolution": nnlib.parameter_count([9 * channels, 64]),
    }
    assert figure.numbers("inputs")[-4:] == [rows, columns, channels, inputs]
    assert figure.numbers("first")[-3:] == [inputs + 1, hidden, counts["first"]]
    assert figure.numbers("second")[-3:] == [hidden + 1, outputs, counts["second"]]
    assert figure.numbers("convolution")[-3:] == [9 * channels + 1, 64, counts["convolution"]]
    for name, count in counts.items():
        text = figure.get(f"bar-{name}").text_content()
        size = numbers(text)
        assert size[0] == count
        assert size[1] * size_shown(text) == pytest.approx(4 * count, rel=6e-3)
    assert figure.number("made-first") == hidden
    assert figure.number("work-first") == inputs * hidden
    assert figure.number("made-convolution") == places
    assert figure.number("work-convolution") == places * 9 * channels


def test_the_pieces_of_the_bars_are_the_factors(open_figure):
    figure = open_figure("ParameterCounter", viewport={"width": 1000, "height": 900})
    figure.set(**STATES["photo_pooled"])
    expected = {"first": [56, 56, 3, 1000], "second": [1000, 10], "convolution": [3, 3, 64]}
    for part, factors in expected.items():
        pieces = figure.get(f"factor-{part}").all()
        assert [numbers(piece.text_content())[-1] for piece in pieces] == factors
        boxes = [piece.bounding_box() for piece in pieces]
        assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)


def test_a_factor_of_one_has_no_piece(open_figure):
    figure = open_figure("ParameterCounter")
    figure.set(**STATES["smallest"])
    assert not any(piece.is_visible() for piece in figure.get("factor-first").all())
    figure.set(**STATES["digits"])
    visible = [piece.is_visible() for piece in figure.get("factor-convolution").all()]
    assert visible == [True, False, True]


def test_sentences(open_figure):
    figure = open_figure("ParameterCounter", page_options={"language": "en"})
    figure.set(**STATES["photo"])
    assert numbers(figure.sentence())[:2] == [1000, 150_528]
    figure.set(**STATES["photo_pooled"])
    assert "4 × 4" in figure.sentence()
    assert numbers(figure.sentence())[-2:] == [150_529_000, 9_409_000]
    figure.set(**STATES["odd"])
    assert "2 of the rows and 3 of the columns" in figure.sentence()
    figure.set(**{**STATES["smallest"], "width": 8, "outputs": 20})
    assert "second layer is the larger" in figure.sentence()


def test_hidden_neurons_one_by_one_with_the_arrow_keys(open_figure):
    figure = open_figure("ParameterCounter")
    figure.set(hidden=1)
    figure.press("hidden", "ArrowRight", times=4)
    assert figure.state()["hidden"] == 5
    figure.press("hidden", "End")
    assert figure.state()["hidden"] == 10_000


def test_why_the_second_layer_is_the_larger_one(open_figure):
    figure = open_figure("ParameterCounter")
    small = {"height": 8, "width": 8, "channels": 4, "pool": 1}
    figure.set(**small, hidden=50, outputs=300)
    assert "With fewer inputs (256) than outputs (300)" in figure.sentence()
    figure.set(**small, hidden=1, outputs=200)
    assert "Only by its biases" in figure.sentence()
    figure.set(**small, hidden=50, outputs=200)
    assert "second layer is the larger" not in figure.sentence()
