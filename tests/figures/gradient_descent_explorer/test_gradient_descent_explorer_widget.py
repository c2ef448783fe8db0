"""GradientDescentExplorer: the numbers that the chapter names, and what is refused."""

import pytest
import traitlets

from nnbook.widgets import GradientDescentExplorer


def test_the_walk_of_the_chapter():
    points = GradientDescentExplorer(rate=0.1).descent().points[:6, 0]
    assert points == pytest.approx([0, 1.5655, 2.1917, 2.4422, 2.5424, 2.5825], abs=5e-5)
    assert GradientDescentExplorer().best() == pytest.approx(2.6092, abs=5e-5)


@pytest.mark.parametrize(
    ("name", "steps", "stop_reason"),
    [
        ("slow", 195, "tolerance"),
        ("steady", 17, "tolerance"),
        ("one_step", 2, "tolerance"),
        ("swings", 70, "tolerance"),
        ("forever", 1000, "max_steps"),
        ("diverges", 1000, "max_steps"),
        ("overflow", 440, "diverged"),
    ],
)
def test_presets(name, steps, stop_reason):
    figure = GradientDescentExplorer()
    figure.preset(name)
    descent = figure.descent()
    assert (len(descent.gradients), descent.stop_reason) == (steps, stop_reason)


def test_slope_and_loss_agree():
    figure = GradientDescentExplorer()
    for b3 in (-1.0, 0.0, 4.5):
        measured = (figure.loss(b3 + 1e-5) - figure.loss(b3 - 1e-5)) / 2e-5
        assert figure.slope(b3) == pytest.approx(measured, rel=1e-8)
        assert figure.slope(b3) == pytest.approx(6 * (b3 - figure.best()), rel=1e-12)


@pytest.mark.parametrize("traits", [{"rate": 0}, {"max_steps": 0}, {"step": -1}, {"tolerance": 0}])
def test_values_out_of_range_are_refused(traits):
    with pytest.raises(traitlets.TraitError):
        GradientDescentExplorer(**traits)


@pytest.mark.parametrize("name", GradientDescentExplorer.presets)
def test_every_preset_has_a_picture(name):
    figure = GradientDescentExplorer()
    figure.preset(name)
    assert len(figure.figure().axes) == 2
