"""The numbers that ActivationExplorer shows are those of nnlib."""

import pytest

import nnlib
from nnlib.widgets import ActivationExplorer


@pytest.mark.parametrize("function", list(nnlib.ACTIVATIONS))
@pytest.mark.parametrize("z", [-6, -1.25, 0, 0.5, 6])
def test_value_and_slope(open_figure, function, z):
    figure = open_figure("ActivationExplorer")
    for beta, alpha in [(1, 0.1), (7.5, 0.35)]:
        figure.set(function=function, z=z, beta=beta, alpha=alpha)
        expected = ActivationExplorer(function=function, z=z, beta=beta, alpha=alpha)
        assert figure.number("f") == pytest.approx(float(expected.value(z)), abs=5.1e-5)
        assert figure.number("slope") == pytest.approx(float(expected.slope(z)), rel=6e-4)


def test_the_curve_is_chosen_and_the_point_moved_by_hand(open_figure):
    figure = open_figure("ActivationExplorer")
    figure.choose("function", "tanh")
    figure.press("z", "Home")
    figure.press("z", "ArrowRight", times=2)
    assert figure.state()["z"] == pytest.approx(-5.9)
    assert figure.number("slope") == pytest.approx(float(nnlib.tanh_derivative(-5.9)), rel=1e-3)
    figure.press("point", "ArrowRight", times=3)
    assert figure.state()["z"] == pytest.approx(-5.75)
