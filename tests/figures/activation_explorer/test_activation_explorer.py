"""The numbers that ActivationExplorer shows are those of nnlib."""

import pytest
from driver import numbers

import nnlib
from nnbook.widgets import ActivationExplorer


@pytest.mark.parametrize(
    ("function", "shaded"), [("relu", 1), ("leaky_relu", 0), ("sigmoid", 2), ("tanh", 2)]
)
def test_the_picture_shades_where_the_curve_is_flat(function, shaded):
    drawn = ActivationExplorer(function=function).figure()
    assert [len(ax.patches) for ax in drawn.axes] == [shaded, shaded]


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


def test_gelu_falls_left_of_zero_and_that_is_said(open_figure):
    figure = open_figure("ActivationExplorer")
    figure.set(function="gelu", z=-1.5)
    assert "falls by 0.127" in figure.sentence()
    figure.set(z=-0.75)
    assert "almost flat" in figure.sentence()


def test_softplus_shows_its_gap_to_relu(open_figure):
    figure = open_figure("ActivationExplorer")
    for z, beta in [(4, 1), (-4, 1), (0, 10)]:
        figure.set(function="softplus", z=z, beta=beta)
        gap = nnlib.softplus(beta * z) / beta - nnlib.relu(z)
        assert figure.number("gap") == pytest.approx(float(gap), rel=6e-3)
    figure.set(function="tanh")
    assert not figure.get("gap").is_visible()


def test_the_presets_are_the_points_of_the_chapter(open_figure):
    figure = open_figure("ActivationExplorer")
    figure.click("preset-corner")
    assert (figure.number("f"), figure.number("slope")) == (0, 0)
    assert "corner" in figure.sentence()
    pieces = """root => [...root.querySelectorAll(".nn-plot")[1].querySelectorAll("path")]
      .filter((path) => path.getAttribute("d")?.split("M").length === 3).length"""
    assert figure.evaluate(pieces) == 1, "the slope jumps"
    figure.click("preset-sharp")
    assert figure.evaluate(pieces) == 0
    assert figure.number("gap") == pytest.approx(0.0693)
    assert "0.069" in figure.sentence()
    figure.click("preset-asleep")
    assert figure.number("slope") == pytest.approx(6.7e-3, abs=5e-5)
    figure.click("preset-saturated")
    assert figure.number("slope") == pytest.approx(0.0099, abs=5e-5)
    assert "saturation" in figure.sentence()


def test_only_what_saturates_is_called_saturated(open_figure):
    """Leaky ReLU keeps its slope, and GELU is flat at its lowest point."""
    figure = open_figure("ActivationExplorer")
    for traits in (
        {"function": "leaky_relu", "alpha": 0.03, "z": -2},
        {"function": "gelu", "z": -0.75},
    ):
        figure.set(**traits)
        assert "but does not saturate" in figure.sentence()
    for traits in ({"function": "gelu", "z": -4}, {"function": "tanh", "z": 4}):
        figure.set(**traits)
        assert "flat: saturation" in figure.sentence()


@pytest.mark.parametrize("beta", [4, 10, 20])
def test_how_fast_the_slope_of_softplus_switches(open_figure, beta):
    figure = open_figure("ActivationExplorer")
    figure.set(function="softplus", beta=beta, z=0)
    width = numbers(figure.sentence())[-1]
    ends = [float(nnlib.sigmoid(beta * z)) for z in (-width / 2, width / 2)]
    assert ends == pytest.approx([0.1, 0.9], abs=5e-3)
