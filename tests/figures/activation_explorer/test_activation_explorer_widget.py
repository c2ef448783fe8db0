"""The presets of ActivationExplorer stand where the chapter says that they do."""

import numpy as np
import pytest

from nnbook.widgets import ActivationExplorer


def at(preset):
    figure = ActivationExplorer(**ActivationExplorer.presets[preset])
    return figure, float(figure.value(figure.z)), float(figure.slope(figure.z))


def test_the_presets():
    assert at("corner")[1:] == (0, 0)
    assert at("sharp")[1] == pytest.approx(np.log(2) / 10)
    assert f"{at('asleep')[2]:.1e}" == "6.7e-03"
    assert f"{at('saturated')[2]:.4f}" == "0.0099"


@pytest.mark.parametrize(
    ("function", "shaded"), [("relu", 1), ("leaky_relu", 0), ("sigmoid", 2), ("tanh", 2)]
)
def test_the_picture_shades_where_the_curve_is_flat(function, shaded):
    drawn = ActivationExplorer(function=function).figure()
    assert [len(ax.patches) for ax in drawn.axes] == [shaded, shaded]
