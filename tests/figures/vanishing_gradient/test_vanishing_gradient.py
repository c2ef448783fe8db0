"""The factors and products that VanishingGradient shows are those of nnlib."""

import numpy as np
import pytest
from driver import numbers

import nnlib
from nnbook.widgets import VanishingGradient

BASE = {"function": "sigmoid", "depth": 10, "w": 1, "b": 0, "x": 0.5}
LAYERS = {
    "sigmoid": nnlib.Sigmoid,
    "tanh": nnlib.Tanh,
    "relu": nnlib.ReLU,
    "softplus": nnlib.Softplus,
}


@pytest.mark.parametrize("function", list(LAYERS))
@pytest.mark.parametrize("w", [-2.5, 0.7, 3])
def test_the_product_is_the_gradient_that_layers_send_back(function, w):
    figure = VanishingGradient(function=function, w=w, b=0.3, x=-0.4, depth=7)
    chain = []
    for _ in range(7):
        chain += [nnlib.Linear.from_arrays([[w]], [0.3]), LAYERS[function]()]
    model = nnlib.Sequential(*chain)
    model.forward([[-0.4]])
    slope = model.backward([[1.0]], input_gradient=True).item()
    assert figure.products()[-1] == pytest.approx(slope, rel=1e-12)
    assert len(figure.factors()) == 7


@pytest.mark.parametrize("traits", [{}, {"w": 0}, {"depth": 1}, {"w": -8, "depth": 20}])
def test_every_state_can_be_drawn(traits):
    figure = VanishingGradient(**traits)
    drawn = figure.figure()
    heights = [bar.get_height() for bar in drawn.axes[1].patches]
    np.testing.assert_allclose(heights, figure.factors())


@pytest.mark.parametrize("function", ["sigmoid", "tanh", "relu", "softplus"])
@pytest.mark.parametrize(
    ("depth", "w", "b", "x"),
    [(1, 1, 0, 0.5), (3, -2, 0.5, 1), (10, 4, -2, 0.6), (20, 8, 1, 2), (20, 5, 5, 3), (5, 0, 1, 1)],
)
def test_every_number_is_that_of_nnlib(open_figure, function, depth, w, b, x):
    traits = {"function": function, "depth": depth, "w": w, "b": b, "x": x}
    figure = open_figure("VanishingGradient")
    figure.set(**traits)
    expected = VanishingGradient(**traits)
    factors, product = expected.factors(), expected.products()[-1]
    *shown, result = figure.numbers("product")
    if depth > 4:
        factors = factors[[0, 1, -1]]
    np.testing.assert_allclose(shown, factors, rtol=6e-3)
    assert result == pytest.approx(product, rel=0.06)
    assert numbers(figure.text("slope"))[0] == depth
    if product != 0:
        end = figure.get("end").text_content().replace("\u00a0", " ")
        assert numbers(end)[-1] == pytest.approx(product, rel=0.06)
    assert figure.broken() == ""


def test_the_presets_reproduce_the_numbers_of_the_chapter(open_figure):
    figure = open_figure("VanishingGradient")
    figure.click("preset-vanishes")
    assert figure.number("product") == 3.5e-7
    figure.click("preset-stays")
    assert figure.numbers("product") == [1, 1, 1, 1]
    assert "exactly 1" in figure.sentence()
    figure.click("preset-grows")
    assert figure.number("product") == pytest.approx(9.3, abs=0.05)
    figure.click("preset-tanh")
    assert figure.number("product") == pytest.approx(0.2, abs=0.05)
    figure.click("preset-explodes")
    assert figure.number("product") == pytest.approx(4**10, rel=0.06)
    figure.click("preset-dead")
    assert figure.number("product") == 0
    assert "neuron 4" in figure.sentence()


@pytest.mark.parametrize(
    ("traits", "words"),
    [
        ({}, "the gradient vanishes."),
        ({"w": 5, "b": -2.5}, "the gradient explodes."),
        ({"w": 4, "b": -2, "x": 0.6}, "still there"),
        ({"w": 4, "b": -2}, "exactly 1"),
        ({"function": "relu", "w": -1, "x": -1, "depth": 1}, "single neuron"),
        ({"function": "relu", "w": 0}, "w = 0"),
        ({"function": "relu", "b": -1}, "exactly 0"),
        ({"function": "relu", "w": 4}, "multiply to about 1.0"),
        ({"function": "relu", "w": 8, "depth": 4}, "multiply to 4096:"),
        ({"function": "relu", "w": 4, "formats": True}, "overflows to infinity"),
        ({"depth": 20, "formats": True}, "float16"),
        ({"w": 5, "b": 5, "depth": 20, "formats": True}, "float32"),
        ({"w": -1.5, "function": "tanh", "depth": 9}, "it is negative"),
        ({"w": -1.5, "function": "tanh", "depth": 8}, "it is positive"),
        ({"w": -6, "function": "sigmoid", "b": 3, "depth": 9}, "explodes; 9 of 9 are negative"),
    ],
)
def test_the_sentence_tells_the_cases_apart(open_figure, traits, words):
    figure = open_figure("VanishingGradient")
    figure.set(**BASE | traits)
    assert words in figure.sentence().replace("\u00a0", " ")
    assert ("float" in figure.sentence()) <= ("formats" in traits)


def test_the_depth_is_moved_by_hand(open_figure):
    figure = open_figure("VanishingGradient")
    figure.set(**BASE)
    figure.press("depth", "ArrowRight", times=3)
    figure.press("w", "ArrowLeft", times=2)
    expected = VanishingGradient(**BASE | {"depth": 13, "w": 0.8})
    assert figure.number("product") == pytest.approx(expected.products()[-1], rel=0.06)


def test_a_product_that_is_left_need_not_be_near_one(open_figure):
    figure = open_figure("VanishingGradient")
    figure.set(function="sigmoid", depth=8, w=-5.4, b=-0.6, x=0.1)
    assert "0.141" in figure.sentence()
    assert "still there at the other end" in figure.sentence()
    assert "near 1" not in figure.sentence()
