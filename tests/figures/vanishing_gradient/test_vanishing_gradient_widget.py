"""The products of VanishingGradient are those of the chapter, and of nnlib's own layers."""

import numpy as np
import pytest
from traitlets import TraitError

import nnlib
from nnbook.widgets import VanishingGradient

LAYERS = {
    "sigmoid": nnlib.Sigmoid,
    "tanh": nnlib.Tanh,
    "relu": nnlib.ReLU,
    "softplus": nnlib.Softplus,
}


def product(preset):
    return VanishingGradient(**VanishingGradient.presets[preset]).products()[-1]


def test_the_numbers_of_the_chapter():
    assert f"{product('vanishes'):.1e}" == "3.5e-07"
    assert f"{product('grows'):.2g}" == "9.3"
    assert f"{product('tanh'):.1f}" == "0.2"
    assert product("explodes") == 4.0**10
    assert product("dead") == 0
    balanced = VanishingGradient(**VanishingGradient.presets["stays"])
    np.testing.assert_array_equal(balanced.factors(), 1)


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


@pytest.mark.parametrize("bad", [{"depth": 0}, {"depth": 21}, {"w": 9}, {"function": "leaky_relu"}])
def test_bad_values_are_refused(bad):
    with pytest.raises(TraitError):
        VanishingGradient(**bad)
