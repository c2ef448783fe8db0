"""The lamps, sums, gradients and losses that DeadNeurons shows are those of nnlib."""

import re

import numpy as np
import pytest
from driver import numbers
from playwright.sync_api import expect

import nnlib
from nnbook.messages import load
from nnbook.widgets import DeadNeurons

NAMES = ["w1", "b1", "w2", "b2", "w3", "w4", "b3"]
BASE = {"activation": "relu", "rate": 0.1, "b2": -0.2, "alpha": 0.01, "step": 3}
# How many steps a second a figure makes while it plays, by its own clock: over the next ones.
PACE = """async (root, many) => {
  const frame = () => new Promise(requestAnimationFrame);
  const from = await frame();
  const { step } = root.figure.state;
  for (;;) {
    const now = await frame();
    const made = root.figure.state.step - step;
    if (made >= many) return (1000 * made) / (now - from);
  }
}"""


def test_the_path_is_that_of_fit():
    figure = DeadNeurons(rate=0.1)
    data, model = nnlib.datasets.dosage(), figure.network()
    history = nnlib.fit(
        model, data.X, data.y, loss="ssr", optimizer=nnlib.SGD(model.parameters(), lr=0.1),
        epochs=50, rng=np.random.default_rng(0),
    )  # fmt: skip
    np.testing.assert_array_equal(figure.run(50).ssr, history.losses)


def test_rate_005_fits_and_nobody_dies():
    run = DeadNeurons(**DeadNeurons.presets["fits"]).run()
    assert run.ssr[-1] < 5e-5
    assert (run.sums > 0).any(axis=2).all()
    assert len(run.ssr) == 2001


def test_a_run_ends_at_2000_steps_but_for_softplus():
    figure = DeadNeurons(step=4000)
    assert figure.moment == figure.last == 2000
    figure.activation = "softplus"
    assert figure.moment == 4000


@pytest.mark.parametrize(("preset", "step"), [("one_dies", 3), ("both_die", 2), ("born_dead", 0)])
def test_the_picture_shows_a_lamp_for_each_node_and_point(preset, step):
    figure = DeadNeurons(**DeadNeurons.presets[preset] | {"step": step}).figure()
    board = figure.axes[1]
    lamps = [line for line in board.lines if line.get_marker() == "o"]
    assert len(lamps) == 6
    texts = [text.get_text() for text in board.texts]
    assert texts.count("$0$") >= 3 + 1  # the three gradients of the dead node, and x = 0


def drawn(figure, name):
    """Return the number that a text of the plot shows."""
    return numbers(figure.get(name).first.text_content().replace("\u00a0", " "))[-1]


def lamps(figure, node):
    return [figure.get(f"lamp{node}{i}").get_attribute("data-lit") == "true" for i in (1, 2, 3)]


@pytest.mark.parametrize(
    "traits",
    [
        {"step": 0},
        {"step": 2},
        {"step": 3},
        {"rate": 0.05, "step": 1000},
        {"rate": 0.2, "step": 2000},
        {"activation": "leaky_relu", "alpha": 0.1, "b2": -1.1, "rate": 0.05, "step": 76},
        {"activation": "softplus", "rate": 0.01, "step": 4999},
    ],
)
def test_every_number_is_that_of_nnlib(open_figure, traits):
    figure = open_figure("DeadNeurons")
    figure.set(**BASE | traits)
    expected = DeadNeurons(**BASE | traits)
    run = expected.run(expected.moment)
    for k in (0, 1):
        assert lamps(figure, k + 1) == (run.sums[-1, k] > 0).tolist()
        for i in range(3):
            assert drawn(figure, f"z{k + 1}{i + 1}") == pytest.approx(run.sums[-1, k, i], abs=6e-3)
    for name, gradient in zip(NAMES, run.gradient[-1], strict=True):
        shown = drawn(figure, f"gradient-{name}")
        # Two decimals, or one digit that counts where these would be zero.
        rounding = {"abs": 6e-3} if abs(gradient) >= 5e-3 else {"rel": 1e-6}
        digit = gradient if abs(gradient) >= 5e-3 else float(f"{gradient:.0e}")
        assert shown == pytest.approx(digit, **rounding)
        assert (shown == 0) == (gradient == 0)
    *squares, ssr = figure.numbers("ssr")
    assert ssr == pytest.approx(run.ssr[-1], rel=0.06, abs=6e-5)
    assert sum(squares) == pytest.approx(run.ssr[-1], rel=0.06, abs=2e-4)
    w4, *terms, gradient = figure.numbers("chain")
    assert w4 == pytest.approx(run.theta[-1, 5], abs=6e-3)
    slopes = nnlib.ACTIVATIONS[expected.activation].derivative(run.sums[-1, 1])
    if expected.activation == "leaky_relu":
        slopes = nnlib.leaky_relu_derivative(run.sums[-1, 1], expected.alpha)
    np.testing.assert_allclose(terms[1::2], slopes, rtol=0.06)
    assert gradient == drawn(figure, "gradient-b2")


def test_the_presets_reproduce_the_numbers_of_the_chapter(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(**BASE)
    figure.click("preset-fits")
    figure.set(step=2000)
    assert figure.number("ssr") < 5e-5
    figure.click("preset-one_dies")
    assert figure.state()["step"] == 0
    assert any(lamps(figure, 2))
    figure.set(step=3)
    assert lamps(figure, 2) == [False] * 3
    assert any(lamps(figure, 1))
    assert [drawn(figure, f"gradient-{name}") for name in ("w2", "b2", "w4")] == [0, 0, 0]
    assert [drawn(figure, f"gradient-{name}") for name in ("w1", "b1", "w3", "b3")] == [
        4.23,
        6.1,
        6.56,
        5.98,
    ]
    figure.set(step=2)
    assert any(lamps(figure, 2))
    figure.set(step=2000)
    assert figure.number("ssr") == 0.6667
    figure.click("preset-both_die")
    figure.set(step=2)
    assert lamps(figure, 1) + lamps(figure, 2) == [False] * 6
    figure.press("moment", "ArrowLeft")
    assert any(lamps(figure, 1))
    assert not any(lamps(figure, 2))
    figure.press("step", "End", nth=1)  # the slider; the first is the button
    assert figure.number("ssr") == 0.6667
    figure.click("preset-softplus")
    assert figure.number("ssr") == pytest.approx(0.00012, abs=5e-6)
    figure.click("preset-leaky")
    assert figure.number("ssr") == 0.6667
    figure.click("preset-woken")
    assert sum(lamps(figure, 2)) == 1
    figure.click("back")
    assert sum(lamps(figure, 2)) == 0
    figure.click("preset-born_dead")
    assert figure.number("ssr") == 0.6667


@pytest.mark.parametrize(
    ("traits", "key"),
    [
        ({"step": 0}, "start"),
        ({"step": 2}, "rises"),
        ({"step": 3}, "dies"),
        ({"step": 4}, "dead"),
        ({"step": 2000}, "dead_flat"),
        ({"rate": 0.02, "step": 20}, "falls"),
        ({"rate": 0.05, "step": 2000}, "fits"),
        ({"rate": 0.2, "step": 2}, "both_dead"),
        ({"rate": 0.2, "step": 2000}, "both_dead_flat"),
        ({"rate": 0.05, "b2": -1.1, "step": 9}, "born_dead"),
        ({"activation": "leaky_relu", "step": 2000}, "cancel"),
        ({"activation": "leaky_relu", "step": 4}, "dark_not_dead"),
        ({"activation": "leaky_relu", "alpha": 0.1, "rate": 0.05, "b2": -1.1, "step": 76}, "wakes"),
        ({"activation": "softplus", "rate": 0.1, "step": 3000}, "chaotic"),
    ],
)
def test_the_sentence_tells_the_cases_apart(open_figure, traits, key):
    messages = load("figures/dead_neurons", "en")
    figure = open_figure("DeadNeurons")
    figure.set(**BASE | traits)
    pattern = re.sub(r"\\\{\w+\\\}", r"[\\d.,<  ]+", re.escape(messages[key]))
    assert re.fullmatch(pattern, figure.sentence()), figure.sentence()


def test_a_run_that_diverges_says_so(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(**BASE | {"activation": "leaky_relu", "rate": 5, "alpha": 0.5, "step": 2000})
    assert "learning rate is too large" in figure.sentence()
    assert "NaN" not in figure.root.inner_text()


def test_playing_passes_the_death_slowly_and_then_hurries(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(**BASE | {"step": 0})
    figure.click("play")
    assert 1 < figure.evaluate(PACE, 3) < 4
    figure.set(step=500)
    assert figure.evaluate(PACE, 60) > 200
    figure.set(step=1990)
    expect(figure.get("play")).to_have_text("Play")
    assert figure.state()["step"] == 2000


def test_the_moment_is_dragged_along_the_curve(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(**BASE)
    figure.drag("moment", 150, 0)
    assert figure.state()["step"] > 10
    figure.press("moment", "ArrowRight", times=2)
    figure.press("moment", "End")
    assert figure.broken() == ""


def test_only_leaky_relu_wakes_a_neuron(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(activation="softplus", rate=0.01, b2=-1.3, step=287)  # a sum of neuron 2 passes 0
    assert "wakes" not in figure.sentence()
    figure.set(activation="leaky_relu", alpha=0.1, rate=0.05, b2=-1.1, step=76)
    assert "neuron 2 wakes" in figure.sentence()


def test_a_sum_of_zero_is_not_negative(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(activation="relu", rate=0.1, b2=-1, step=0)
    assert [figure.number(f"z2{i}") for i in (1, 2, 3)] == [-1, -0.5, 0]
    assert "none of its three sums was above 0" in figure.sentence()


def test_why_nothing_moves(open_figure):
    figure = open_figure("DeadNeurons")
    figure.set(activation="softplus", rate=0.25, b2=0.1, step=30)
    assert "no slope exceeds" in figure.sentence()
    figure.set(activation="leaky_relu", alpha=0.48, rate=0.11, b2=-0.7, step=2000)
    assert "cancel in every sum" in figure.sentence()
    # On its way the SSR is what the flat line has, but the line is not flat.
    figure.set(activation="relu", rate=0.11, b2=-0.2, step=14)
    assert "stays" not in figure.sentence()
