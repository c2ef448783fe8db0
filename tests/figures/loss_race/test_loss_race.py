"""The race that LossRace shows is run with nnlib's gradients."""

import numpy as np
import pytest

import nnlib
from nnbook.widgets import LossRace

START = {"start_w": 2, "start_b": 2, "rate": 0.15, "half": False, "step": 50}
STATES = [
    {},
    *LossRace.presets.values(),
    {"step": 0},
    {"half": True},
    {"half": True, "step": 300},
    {"step": 117},
    {"start_w": 4, "start_b": 4, "step": 300},
    {"start_w": -1.5, "start_b": 0.7, "rate": 1.03, "step": 23},
    {"rate": 10, "step": 2},
]


def test_the_race_is_gradient_descent_by_nnlib():
    """The same neuron as a Linear layer, trained by SGD on the cross-entropy of its logit."""
    layer = nnlib.Linear(1, 1, rng=np.random.default_rng(0))
    for parameter in layer.parameters():
        parameter.value[...] = 2.0
    optimizer = nnlib.SGD(layer.parameters(), lr=0.15)
    for _ in range(50):
        optimizer.zero_grad()
        z = layer.forward(np.ones((1, 1)))
        layer.backward(nnlib.binary_cross_entropy_with_logits_derivative(z, np.zeros((1, 1))))
        optimizer.step()
    path = LossRace().path("cross_entropy")
    w, b = (float(parameter.value.ravel()[0]) for parameter in layer.parameters())
    assert (path["w"][50], path["b"][50]) == pytest.approx((w, b), abs=1e-12)


def put(figure, **changed):
    figure.set(**START | changed)
    return LossRace(**START | changed)


@pytest.mark.parametrize("changed", STATES)
def test_every_number(open_figure, changed):
    figure = open_figure("LossRace")
    expected = put(figure, **changed)
    step = int(expected.step)
    for name in ("square", "cross_entropy"):
        path = expected.path(expected.square if name == "square" else name)
        for part, digits in (("w", 2), ("b", 2), ("z", 2), ("p", 3)):
            assert figure.number(f"{name}-{part}") == pytest.approx(
                path[part][step], abs=0.51 * 10**-digits
            )
        shown = figure.numbers(f"{name}-slope")
        assert shown[-1] == pytest.approx(path["slope"][step], abs=5.1e-5)
        p, rest = path["p"][step], float(nnlib.sigmoid(-path["z"][step]))
        factors = [p, 0] if name == "cross_entropy" else [p, p, rest]
        assert shown[-1 - len(factors) : -1] == pytest.approx(factors, abs=5.1e-4)


def test_the_race_of_the_text(open_figure):
    figure = open_figure("LossRace")
    put(figure, step=7, rate=1)
    figure.click("preset-race")
    assert figure.number("square-p") == 0.964
    assert figure.number("cross_entropy-p") == 0.099
    assert "still on its plateau: p = 0.964" in figure.sentence()
    figure.get("half").check()
    assert figure.number("square-p") == 0.976
    assert figure.number("cross_entropy-p") == 0.099
    assert "½" in figure.text("square-name")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"step": 0}, "Both start from p = 0.982"),
        ({"step": 0}, "28.3 times"),
        ({"step": 10}, "Their slopes in z are"),
        ({"step": 100}, "it is now on its way"),
        ({"step": 200}, "at step 17, the squared residual at step 117"),
        ({"half": True, "step": 300}, "at step 17, the squared residual at step 232"),
        ({"start_w": 4, "start_b": 4, "step": 300}, "still on its plateau: p = 1.000"),
        ({"start_w": -1, "start_b": -1}, "right side of 0.5"),
    ],
)
def test_the_sentence_says_who_leads(open_figure, changed, words):
    figure = open_figure("LossRace")
    put(figure, **changed)
    assert words in figure.sentence()


def test_curves_end_where_the_race_stands(open_figure):
    figure = open_figure("LossRace")
    for step in (1, 50, 300):
        put(figure, step=step)
        counts = figure.evaluate("""root => [...root.querySelectorAll("[clip-path] > path")].map(
          (path) => (path.getAttribute("d").match(/[ML]/g) ?? []).length)""")
        # Of each plot both races: what is to come, pale, and what has been.
        assert sorted(counts) == sorted([301] * 4 + [step + 1] * 4)


def test_at_the_start_all_that_is_to_come_is_there_with_its_name(open_figure):
    figure = open_figure("LossRace")
    put(figure, step=0)
    pale = figure.root.locator("[clip-path] > path[opacity]")
    assert pale.count() == 4
    names = figure.root.locator(".nn-svg text.nn-halo:not([visibility=hidden])")
    assert [name.replace("\u00a0", "") for name in names.all_text_contents()] == [
        "(y−p)2",
        "−ln(1−p)",
    ] * 2


def test_step_by_step(open_figure):
    figure = open_figure("LossRace")
    put(figure, step=0)
    assert figure.get("back").is_disabled()
    figure.click("step")
    figure.click("step")
    assert figure.state()["step"] == 2
    expected = LossRace(**START | {"step": 2}).path("cross_entropy")
    assert figure.number("cross_entropy-slope") == pytest.approx(expected["slope"][2], abs=5.1e-5)
    figure.click("back")
    assert figure.state()["step"] == 1
    put(figure, step=300)
    assert figure.get("step").first.is_disabled()  # the button; the slider bears the same name


def test_hardly_a_difference_is_one_that_is_hardly_seen(open_figure):
    figure = open_figure("LossRace")
    for rate, step in ((0.15, 22), (0.15, 300), (0.01, 50), (10, 1), (1, 3)):
        now = put(figure, start_w=-1, start_b=0, rate=rate, step=step)
        gap = now.path("square")["p"][step] - now.path("cross_entropy")["p"][step]
        expected = "hardly a difference" if gap < 0.03 else "no plateau, but slower"
        assert expected in figure.sentence()
        assert f"After step {step}, p is" in figure.sentence()
