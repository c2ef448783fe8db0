"""The losses and slopes that CrossEntropySlopes shows are those of nnlib."""

import numpy as np
import pytest
from driver import numbers

import nnlib
from nnbook.widgets import CrossEntropySlopes

NAMES = {"square": "ssr", "cross_entropy": "binary_cross_entropy"}
THREE_DIGITS = 5.1e-3


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("z", [-8, -4.6, -0.7, 0, 1.35, 3, 8])
def test_losses_and_slopes(open_figure, z, y):
    figure = open_figure("CrossEntropySlopes")
    figure.set(z=z, y=y)
    p, target = np.array([nnlib.sigmoid(z)]), np.array([float(y)])
    factor = float(nnlib.sigmoid_derivative(z))
    assert figure.number("p") == pytest.approx(p[0], rel=THREE_DIGITS)
    assert figure.numbers("squeeze")[-3:] == pytest.approx(
        [p[0], float(nnlib.sigmoid(-z)), factor], rel=THREE_DIGITS
    )
    for shown, name in NAMES.items():
        loss = nnlib.LOSSES[name]
        in_p = loss.derivative(p, target)[0]
        assert figure.number(f"{shown}-L") == pytest.approx(
            loss.function(p, target), rel=THREE_DIGITS
        )
        assert figure.number(f"{shown}-inP") == pytest.approx(in_p, rel=THREE_DIGITS)
        assert figure.numbers(f"{shown}-inZ")[-3:] == pytest.approx(
            [in_p, factor, in_p * factor], rel=THREE_DIGITS
        )
        mark = figure.text(f"{shown}-mark").replace("\u00a0", "")
        assert numbers(mark) == [figure.number(f"{shown}-inZ")]


def test_the_preset_gives_the_numbers_of_the_text(open_figure):
    figure = open_figure("CrossEntropySlopes")
    figure.set(z=2, y=0)
    figure.click("preset-wrong")
    assert figure.number("p") == 0.01
    assert figure.number("square-inP") == -1.98
    assert figure.number("square-inZ") == -0.0196
    assert figure.number("cross_entropy-inP") == -100
    assert figure.number("cross_entropy-inZ") == -0.99
    assert "50.5 times" in figure.sentence()
    figure.click("preset-steepest")
    assert figure.number("square-inZ") == -0.296
    assert "8/27" in figure.sentence()
    figure.click("preset-undecided")
    assert (figure.number("square-inZ"), figure.number("cross_entropy-inZ")) == (-0.25, -0.5)
    assert "2.0 times" in figure.sentence()
    figure.click("preset-right")
    assert figure.number("p") == 0.99
    assert "Certain and right" in figure.sentence()


@pytest.mark.parametrize(
    ("z", "y", "words"),
    [
        (-8, 1, "never exceeds it"),
        (8, 0, "never exceeds it"),
        (8, 1, "0.9997"),
        (-8, 0, "0.9997"),
        (3, 0, "0.0474"),
        (0.7, 0, "Nowhere does the squared residual push harder"),
    ],
)
def test_extremes_are_explained(open_figure, z, y, words):
    figure = open_figure("CrossEntropySlopes")
    figure.set(z=z, y=y)
    assert words in figure.sentence()
    assert "NaN" not in figure.root.inner_text()


@pytest.mark.parametrize(("z", "y"), [(-4.6, 1), (4.6, 0), (-1, 0), (0, 1)])
def test_arrows_are_as_long_as_the_slopes(open_figure, z, y):
    figure = open_figure("CrossEntropySlopes")
    figure.set(z=z, y=y)
    expected = CrossEntropySlopes(z=z, y=y)
    arrows = figure.evaluate("""root => [...root.querySelectorAll(".nn-plot")].slice(0, 2)
      .map((plot) => {
        const arrow = plot.querySelector("[clip-path] > g > path[stroke=none]").parentNode;
        if (arrow.getAttribute("visibility") === "hidden") return 0;
        const tip = Number(/^M([^,]*)/.exec(arrow.lastChild.getAttribute("d"))[1]);
        const from = Number(arrow.firstChild.getAttribute("x1"));
        const ticks = [...plot.querySelectorAll(".nn-axes text[text-anchor=middle]")]
          .map((text) => Number(text.getAttribute("x")));
        return ((tip - from) * 16) / (ticks.at(-1) - ticks[0]);
      })""")
    for length, name in zip(arrows, ("square", "cross_entropy"), strict=True):
        push = -4 * float(expected.slope_in_z(name))
        assert length == pytest.approx(push if abs(push) > 0.5 else 0, abs=0.02)


def test_both_balls_move_z(open_figure):
    figure = open_figure("CrossEntropySlopes")
    for name in NAMES:
        figure.set(z=0, y=1)
        figure.press(f"{name}-ball", "ArrowRight", times=3)
        assert figure.state()["z"] == pytest.approx(0.15)
        figure.drag(f"{name}-ball", -2000, 0)
        assert figure.state()["z"] == -8


def test_the_label_changes_sides(open_figure):
    figure = open_figure("CrossEntropySlopes")
    figure.set(z=1, y=1)
    assert figure.number("cross_entropy-inZ") < 0
    figure.choose("y", 0)
    assert figure.number("cross_entropy-inZ") > 0
    assert "1 − p" in figure.text("cross_entropy-L")


def test_a_plateau_is_level(open_figure):
    """The squared residual pushes with 8/27 at most; on a plateau, with less than a fifth of it."""
    figure = open_figure("CrossEntropySlopes")
    for z in np.arange(-8, 8.01, 0.25):
        figure.set(z=float(z), y=1)
        p = float(nnlib.sigmoid(z))
        if "plateau" in figure.sentence():
            assert 2 * (1 - p) ** 2 * p < 8 / 27 / 5
