"""The numbers that ForwardPass shows are those of nnlib."""

import re

import numpy as np
import pytest
from driver import numbers

from nnbook.widgets import ForwardPass
from nnlib.datasets import dosage

STATES = [
    {"x": 0.5, **ForwardPass.presets["fitted"]},
    {"x": -2.0, **ForwardPass.presets["fitted"]},
    {"x": 0.75, **ForwardPass.presets["hinges"]},
    {"x": 0.3, "w1": -6.0, "b1": 6.0, "w2": 0.01, "b2": 0.0, "w3": 6.0, "w4": -0.55, "b3": -6.0}
    | {"activation": "sigmoid"},
    {"x": 3.0, "w1": 6.0, "b1": 6.0, "w2": 6.0, "b2": 6.0, "w3": 6.0, "w4": 6.0, "b3": 6.0}
    | {"activation": "softplus"},
]
AT_STEP = {1: "wx", 2: "z", 3: "a", 4: "wa"}


@pytest.mark.parametrize("index", [0, 1, 2])
def test_presets_are_the_samples(index):
    figure = ForwardPass(x=0.3)
    figure.preset(f"sample_{index + 1}")
    data = dosage()
    assert figure.x == data.X[index, 0]
    assert figure.values()["y_hat"] == pytest.approx(data.y[index, 0], abs=0.007)


def test_hinges_pass_through_the_points_exactly():
    figure = ForwardPass()
    figure.preset("hinges")
    np.testing.assert_allclose(figure.predict([0, 0.5, 1]), [0, 1, 0], atol=1e-15)
    figure.preset("fitted")
    assert figure.state() == ForwardPass().state()


def test_every_value_follows_from_the_parameters():
    figure = ForwardPass(x=-1.2, w1=2, b1=-0.5, w2=-3, b2=1, w3=0.5, w4=-2, b3=4, activation="relu")
    assert figure.values() == pytest.approx(
        {"wx1": -2.4, "wx2": 3.6, "z1": -2.9, "z2": 4.6, "a1": 0, "a2": 4.6}
        | {"wa1": 0, "wa2": -9.2, "y_hat": -5.2}
    )


@pytest.mark.parametrize("step", range(6))
def test_the_picture_shows_what_is_known(step):
    texts = {text.get_text() for text in ForwardPass(x=0.5, step=step).figure().axes[0].texts}
    assert ("$1.00$" in texts) == (step == 5)
    assert any("0.240" in text for text in texts) == (step >= 2)
    assert {"$b_{1} = -1.43$", "$w_{4} = -2.30$"} <= texts


def shown(figure, name):
    """Return the last number of a text in the diagram, or None where it shows no number."""
    text = figure.get(name).text_content()
    return numbers(text.split("=")[-1])[-1] if "=" in text else None


@pytest.mark.parametrize("state", STATES)
def test_every_number_of_every_step(open_figure, state):
    figure = open_figure("ForwardPass", viewport={"width": 1000, "height": 900})
    values = ForwardPass(**state).values()
    in_diagram = {"product-w1": ("wx1", 1), "product-w2": ("wx2", 1), "z1": ("z1", 2)}
    in_diagram |= {"z2": ("z2", 2), "a1": ("a1", 3), "a2": ("a2", 3)}
    in_diagram |= {"product-w3": ("wa1", 4), "product-w4": ("wa2", 4)}
    for step in range(6):
        figure.set(**state, step=step)
        for place, (name, reached) in in_diagram.items():
            expected = pytest.approx(values[name], abs=6e-4) if step >= reached else None
            assert shown(figure, place) == expected, (step, place)
        output = numbers(figure.get("prediction").text_content())
        assert output == ([pytest.approx(values["y_hat"], abs=0.06)] if step == 5 else [])
        if step in AT_STEP:
            for j, line in ((1, "first"), (2, "second")):
                expected = values[f"{AT_STEP[step]}{j}"]
                assert figure.number(line) == pytest.approx(expected, abs=6e-5)
        if step == 5:
            assert figure.number("second") == pytest.approx(values["y_hat"], abs=6e-5)
            assert shown_sum(figure.text("second")) == pytest.approx(values["y_hat"], abs=2e-4)
    for name in ("w1", "b1", "w2", "b2", "w3", "w4", "b3"):
        assert shown(figure, name) == state[name]


def shown_sum(text):
    """Add up the terms that a formula shows between its first sign of equality and its last."""
    terms = re.split("[=≈]", text)[1].replace("\u2009", "").replace(" ", "").replace("−", "-")
    return sum(float(term) for term in terms.replace("-", "+-").split("+") if term)


def test_the_formula_of_a_step_has_the_numbers_of_the_step(open_figure):
    figure = open_figure("ForwardPass")
    figure.set(**STATES[0], step=2)
    assert numbers(figure.text("first").split("=", 2)[2]) == [1.67, -1.43, 0.24]
    figure.set(step=1, x=-0.5)
    assert numbers(figure.text("first").split("=")[1]) == [3.34, -0.5]
    figure.set(step=3, x=0.5)
    assert 0.24 in numbers(figure.text("first"))


def test_weights_are_changed_where_they_stand(open_figure):
    figure = open_figure("ForwardPass")
    figure.set(**STATES[0], step=5)
    figure.drag("w3", 62, 0)
    assert figure.state()["w3"] == pytest.approx(-0.6)
    changed = ForwardPass(**{**STATES[0], "w3": -0.6}).values()
    assert figure.number("second") == pytest.approx(changed["y_hat"], abs=6e-5)
    figure.press("w3", "ArrowLeft", times=2)
    assert figure.state()["w3"] == pytest.approx(-0.62)
    figure.press("b3", "Home")
    assert figure.state()["b3"] == -6
    figure.press("input", "ArrowRight")
    assert figure.state()["x"] == pytest.approx(0.55)


def test_the_signal_moves_to_the_right(open_figure):
    figure = open_figure("ForwardPass", reduced_motion="reduce")
    figure.set(**STATES[0], step=0)
    figure.page.wait_for_timeout(50)
    places = []
    for _ in range(5):
        places.append(figure.root.locator(".nn-signal").first.bounding_box()["x"])
        figure.click("step")
    assert places[0] < places[1] < places[2] == places[3] < places[4]
    assert figure.state()["step"] == 5


@pytest.mark.parametrize("width", [320, 390, 760])
def test_nothing_that_is_moved_lies_on_something_else(open_figure, width):
    figure = open_figure("ForwardPass", viewport={"width": width, "height": 900})
    figure.set(**STATES[1], step=5)
    boxes = [scrub.bounding_box() for scrub in figure.root.locator(".nn-frame").all()]
    assert len(boxes) == 8
    for index, p in enumerate(boxes):
        for q in boxes[index + 1 :]:
            across = min(p["x"] + p["width"], q["x"] + q["width"]) - max(p["x"], q["x"])
            down = min(p["y"] + p["height"], q["y"] + q["height"]) - max(p["y"], q["y"])
            assert across <= 0 or down <= 0, (p, q)


def test_sentences(open_figure):
    figure = open_figure("ForwardPass", page_options={"language": "en"})
    figure.set(**STATES[0], step=5)
    assert numbers(figure.sentence()) == [0.5, 1.001, 1]
    figure.set(x=3)
    assert "nearly a straight line" in figure.sentence()
    figure.set(**STATES[2], step=3)
    assert numbers(figure.sentence())[-2:] == [0.75, 0.25]
    figure.set(x=0.25)
    assert "sends nothing on" in figure.sentence()
    figure.set(x=-1, step=5)
    assert "Both neurons are silent" in figure.sentence()
    figure.set(**STATES[3], step=5)
    assert numbers(figure.sentence())[-1] == -6


def test_what_relu_makes_of_two_sums(open_figure):
    figure = open_figure("ForwardPass")
    sums = {"w1": 1, "w2": 1, "x": 0, "activation": "relu", "step": 3}
    figure.set(**sums, b1=2, b2=1)
    assert "hands them on as they are: the activations are 2.000 and 1.000" in figure.sentence()
    figure.set(**sums, b1=-2, b2=0)
    assert "Neither sum is above 0" in figure.sentence()
    figure.set(**sums, b1=2, b2=0)
    assert "z of neuron 2 is 0.000, not above 0" in figure.sentence()
    figure.set(**sums | {"activation": "sigmoid"}, b1=2, b2=1)
    assert "bends each sum" in figure.sentence()
