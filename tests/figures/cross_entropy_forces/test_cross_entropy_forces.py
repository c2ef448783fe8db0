"""The numbers that CrossEntropyForces shows are those of nnlib."""

import numpy as np
import pytest

import nnlib
from nnbook.widgets import CrossEntropyForces

Z = [
    [1.43, -0.4, 0.23],
    [-0.03, 0.77, 0.25],
    [2.5, -3.1, 0.6],
    [6.0, -6.0, 5.5],
    [0.0, 0.0, 0.0],
]


@pytest.mark.parametrize("name", list(CrossEntropyForces.presets))
def test_forces_are_the_product_of_jacobian_and_slopes(name):
    figure = CrossEntropyForces()
    figure.preset(name)
    measured = nnlib.numerical_gradient(
        lambda z: nnlib.cross_entropy_with_logits([z], [figure.label]), np.array(figure.z)
    )
    np.testing.assert_allclose(figure.forces(), -measured, atol=1e-5)
    assert abs(figure.forces().sum()) < 1e-15
    if name != "extreme":
        slopes = -np.eye(3)[figure.label] / figure.probabilities()
        np.testing.assert_allclose(-slopes @ figure.jacobian(), figure.forces(), atol=1e-12)


def shown(figure, stem):
    return [figure.number(f"{stem}{k}") for k in range(3)]


def assert_shown(found, expected):
    """Three decimals are shown, or two digits of what these would hide."""
    for one, exact in zip(found, expected, strict=True):
        hidden = abs(exact) < 0.0005
        assert one == pytest.approx(exact, **({"rel": 0.06} if hidden else {"abs": 5.1e-4}))


@pytest.mark.parametrize("label", [0, 1, 2])
def test_probabilities_forces_and_loss(open_figure, label):
    figure = open_figure("CrossEntropyForces")
    for z in Z:
        figure.set(z=z, label=label)
        expected = CrossEntropyForces(z=z, label=label)
        p = expected.probabilities()
        np.testing.assert_allclose(shown(figure, "p"), p, atol=5.1e-4)
        np.testing.assert_allclose(shown(figure, "force"), expected.forces(), atol=5.1e-4)
        assert figure.number("sum") == 0
        assert figure.number("loss") == pytest.approx(expected.loss(), rel=6e-4)
        assert figure.number("loss_from_p") == pytest.approx(-np.log(p[label]), rel=6e-4)
        total, own = figure.numbers("loss")[-3:-1]
        assert total == pytest.approx(np.log(np.exp(z).sum()), abs=5.1e-4)
        assert abs(own) == pytest.approx(abs(z[label]), abs=5.1e-3)


@pytest.mark.parametrize("label", [0, 1, 2])
def test_the_product_step_by_step(open_figure, label):
    figure = open_figure("CrossEntropyForces")
    for z in Z:
        expected = CrossEntropyForces(z=z, label=label)
        slopes = -np.eye(3)[label] / expected.probabilities()
        product = slopes[:, np.newaxis] * expected.jacobian()
        for step in ("jacobian", "times", "cancelled"):
            figure.set(z=z, label=label, step=step)
            assert shown(figure, "slope") == pytest.approx(slopes, rel=6e-4)
            matrix = expected.jacobian() if step == "jacobian" else product
            for k in range(3):
                assert_shown(shown(figure, f"J{k}"), matrix[k])
            if step == "jacobian":
                assert figure.text("gradient0").strip() == ""
            else:
                assert_shown(shown(figure, "gradient"), -expected.forces())
        assert figure.root.locator(".nn-cancel").count() == 6  # p above and below, in three cells
        figure.set(step="times")
        assert figure.root.locator(".nn-cancel").count() == 0


def test_the_flower_of_the_chapter(open_figure):
    figure = open_figure("CrossEntropyForces")
    assert shown(figure, "p") == [0.684, 0.110, 0.206]
    assert shown(figure, "force") == [0.316, -0.110, -0.206]
    assert "0.684" in figure.sentence()
    figure.choose("step", "cancelled")
    assert shown(figure, "gradient") == [-0.316, 0.110, 0.206]
    figure.click("push")
    assert figure.state()["z"] == pytest.approx(
        [1.43 + 0.3158, -0.4 - 0.1098, 0.23 - 0.2061], abs=1e-3
    )
    assert figure.number("p0") == 0.779


def test_a_confident_mistake_is_pulled_by_almost_one(open_figure):
    figure = open_figure("CrossEntropyForces")
    figure.click("preset-sure_wrong")
    assert 0.99 < figure.number("force0") < 1
    assert figure.number("slope0") < -400
    mistake = figure.sentence()
    figure.set(z=[6, 0, 0], label=0)
    assert 0 < figure.number("force0") < 0.01
    assert figure.sentence() != mistake


def test_an_infinite_slope_is_explained(open_figure):
    figure = open_figure("CrossEntropyForces")
    figure.click("preset-extreme")
    assert figure.number("slope0") == -np.inf
    assert np.isnan(shown(figure, "gradient")).all()
    assert figure.number("loss_from_p") == np.inf
    assert figure.number("loss") == 800
    assert "NaN" in figure.sentence()
    assert "800" in figure.sentence()
    figure.choose("step", "cancelled")
    assert shown(figure, "gradient") == [-1, 1, 0]


def test_products_that_overflow_are_explained(open_figure):
    """A p that can still be written, but not 1/p: most products are infinite."""
    figure = open_figure("CrossEntropyForces")
    figure.set(z=[-744, 0, 0], label=0, step="times")
    assert figure.number("slope0") == -np.inf
    assert np.isinf(shown(figure, "gradient")).any()
    assert "infinite or NaN" in figure.sentence()
    assert figure.numbers("loss_from_p")[-1] == 744.4


def test_a_slider_moves_its_own_output(open_figure):
    figure = open_figure("CrossEntropyForces")
    figure.set(z=[0, 0, 0], label=1)
    figure.press("z", "ArrowRight", times=3, nth=2)
    assert figure.state()["z"] == pytest.approx([0, 0, 0.03])
    figure.choose("label", "2")
    assert figure.number("force2") == pytest.approx(0.66, abs=0.01)


def test_classes_that_share_the_lead_are_both_named(open_figure):
    figure = open_figure("CrossEntropyForces")
    figure.set(z=[1, 0, 1], label=2)
    assert "Class 3 is true, but shares the lead with class 1: 0.422 each" in figure.sentence()
    figure.set(label=1)
    assert "Classes 1 and 3 lead together, but class 2 is true" in figure.sentence()
    assert "pushed down by 0.422" in figure.sentence()


def test_powers_in_the_sentence_are_no_formula(open_figure):
    figure = open_figure("CrossEntropyForces")
    figure.set(z=[-30, 0, 0], label=0)
    assert (
        "The truth got only 4.68 × 10⁻¹⁴, so the slope in p is huge: −2.14 × 10¹³"
        in figure.sentence()
    )
