"""The areas, sums and curves that ResidualSquares shows are those of nnlib."""

import re

import numpy as np
import pytest

import nnlib
from nnbook.widgets import ResidualSquares

START = {"model": "line", "points": [[0, 0], [0.5, 1], [1, 0]], "w": 0.2, "b": 0.4}
START |= {"b3": 2.2, "parameter": "b"}
STATES = [
    {},
    {"w": -1.0, "b": 1.25},
    {"points": [[0.3, 0.9], [-0.2, 0.1], [1.2, 0.55]], "w": 0.73, "b": -0.41, "parameter": "w"},
    {"model": "squiggle"},
    {"model": "squiggle", "b3": 3.17, "points": [[0.1, 0.3], [0.45, 0.6], [0.9, 1.1]]},
]


def test_no_parameter_is_better_than_the_best():
    rng = np.random.default_rng(3)
    for model in ("line", "squiggle"):
        for _ in range(20):
            figure = ResidualSquares(model=model, points=rng.uniform(-0.5, 1.5, (3, 2)))
            best = figure.best()
            for name in best:
                for shift in (-0.01, 0.01):
                    assert figure.ssr(**best | {name: best[name] + shift}) > figure.ssr(**best)


def test_points_above_one_another_have_no_best_line():
    assert ResidualSquares(points=[[0.1, 0], [0.1, 1], [0.1, 0.5]]).best() == {}


def test_the_squiggle_is_the_dosage_network():
    rng = np.random.default_rng(0)
    model = nnlib.Sequential(
        nnlib.Linear(1, 2, rng=rng), nnlib.Softplus(), nnlib.Linear(2, 1, rng=rng)
    )
    values = ([[3.34, -3.53]], [-1.43, 0.57], [[-1.22], [-2.3]], [2.4])
    for parameter, value in zip(model.parameters(), values, strict=True):
        parameter.value[...] = value
    x = np.linspace(0, 1, 11)
    figure = ResidualSquares(model="squiggle", b3=2.4)
    assert figure.predict(x) == pytest.approx(model.forward(x[:, np.newaxis])[:, 0], abs=1e-12)


def put(figure, **changed):
    figure.set(**START | changed)
    return ResidualSquares(**START | changed)


@pytest.mark.parametrize("changed", STATES)
def test_terms_and_sums(open_figure, changed):
    figure = open_figure("ResidualSquares")
    expected = put(figure, **changed)
    x, y = np.transpose(expected.points)
    residuals = y - expected.predict(x)
    terms = [f"{r:.2f}".replace("-", "−") for r in residuals]
    squares = "+".join(f"({term})2" if term.startswith("−") else f"{term}2" for term in terms)
    name, shown, *_ = re.split("[=≈]", re.sub(r"\s", "", figure.text("ssr")))
    assert (name, shown) == ("SSR", squares)
    *areas, total = figure.numbers("ssr")[-4:]
    assert areas == pytest.approx(residuals**2, abs=5.1e-4)
    assert total == pytest.approx(nnlib.ssr(expected.predict(x), y), abs=5.1e-4)
    assert figure.number("mse") == pytest.approx(nnlib.mse(expected.predict(x), y), abs=5.1e-4)


@pytest.mark.parametrize("changed", STATES)
def test_what_is_drawn_are_squares_on_the_residuals(open_figure, changed):
    figure = open_figure("ResidualSquares")
    expected = put(figure, **changed)
    x, y = np.transpose(expected.points)
    boxes = figure.evaluate("""root => [...root.querySelectorAll("svg rect[fill]")].map(
      (r) => [r.width.baseVal.value, r.height.baseVal.value])""")
    unit = boxes_per_unit(figure)
    sides = np.abs(y - expected.predict(x))
    assert len(boxes) == 3
    for (width, height), side in zip(boxes, sides, strict=True):
        assert width == pytest.approx(height, abs=1e-6)
        assert width / unit == pytest.approx(side, abs=1e-3)


def boxes_per_unit(figure):
    """Return how many pixels are one unit: from the ticks at 0 and 1."""
    return figure.evaluate("""root => {
      const svg = root.querySelector("svg");
      const at = Object.fromEntries([...svg.querySelectorAll(".nn-axes text[text-anchor=middle]")]
        .map((text) => [text.textContent, Number(text.getAttribute("x"))]));
      return at["1.0"] - at["0.0"];
    }""")


def test_areas_are_written_into_the_squares(open_figure):
    figure = open_figure("ResidualSquares")
    put(figure)
    for index, area in enumerate([0.16, 0.25, 0.36]):
        assert figure.number(f"area-{index}") == area


def test_presets_give_the_numbers_of_the_text(open_figure):
    figure = open_figure("ResidualSquares")
    for preset, ssr, mse in [("line", 0.770, 0.257), ("constant", 0.667, 0.222)]:
        figure.click(f"preset-{preset}")
        assert figure.number("ssr") == ssr
        assert figure.number("mse") == mse
    assert "No line covers less" in figure.sentence()
    figure.click("preset-squiggle")
    assert figure.number("ssr") == 0
    assert "through the points" in figure.sentence()


def test_the_smallest_ssr_is_found(open_figure):
    figure = open_figure("ResidualSquares")
    points = [[0, 0.25], [0.5, 0.4], [1, 1.1]]
    for model in ("line", "squiggle"):
        expected = put(figure, model=model, points=points)
        figure.click("best")
        state = figure.state()
        for name, value in expected.best().items():
            assert state[name] == pytest.approx(value, abs=1e-12)
        assert figure.number("ssr") == pytest.approx(expected.ssr(**expected.best()), abs=5.1e-4)
        covers = {"line": "No line covers less", "squiggle": "No other b₃ covers less"}[model]
        assert covers in figure.sentence()


def test_the_ball_moves_the_parameter_moved_last(open_figure):
    figure = open_figure("ResidualSquares")
    put(figure)
    figure.press("w", "ArrowRight")
    assert figure.state()["parameter"] == "w"
    assert figure.state()["w"] == pytest.approx(0.21)
    figure.press("ball", "ArrowLeft", times=2)
    assert (figure.state()["w"], figure.state()["b"]) == (pytest.approx(0.19), 0.4)
    figure.press("b", "ArrowRight")
    figure.press("ball", "ArrowLeft", times=2)
    assert (figure.state()["w"], figure.state()["b"]) == (pytest.approx(0.19), pytest.approx(0.39))


def test_points_are_dragged_within_their_limits(open_figure):
    figure = open_figure("ResidualSquares")
    put(figure)
    unit = boxes_per_unit(figure)
    figure.drag("point-1", 0, unit * 0.5)
    assert figure.state()["points"][1] == pytest.approx([0.5, 0.5], abs=0.011)
    figure.press("point-2", "PageUp", times=5)
    assert figure.state()["points"][2] == [1, 1.5]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"b": 0.0}, "A larger b goes downhill"),
        ({"b": 0.6}, "A smaller b goes downhill"),
        ({"w": -0.2, "b": 0.4, "parameter": "w"}, "A larger w goes downhill"),
        ({"model": "squiggle", "b3": 3.0}, "A smaller b₃ goes downhill"),
        ({"w": 1.0, "b": 1 / 3 - 0.5}, "By moving b alone you have reached the bottom"),
        ({"w": 1.5, "b": 1.5}, "leaves the picture"),
        ({"points": [[0.5, 0], [0.5, 1], [0.5, 0.4]]}, "All points have the same x"),
        ({"points": [[0.5, 0], [0.6, 1], [0.5, 0]]}, "beyond the sliders"),
    ],
)
def test_the_sentence_says_what_is_special(open_figure, changed, words):
    figure = open_figure("ResidualSquares")
    put(figure, **changed)
    assert words in figure.sentence()


def test_no_best_fit_no_button(open_figure):
    figure = open_figure("ResidualSquares")
    put(figure, points=[[0.5, 0], [0.5, 1], [0.5, 0.4]])
    assert figure.get("best").is_disabled()
    assert figure.number("ssr") == pytest.approx(0.51, abs=1e-9)
    put(figure)
    assert figure.get("best").is_enabled()


def test_a_slope_that_moves_nothing(open_figure):
    figure = open_figure("ResidualSquares")
    put(figure, points=[[0, 0.4]] * 3, parameter="w")
    assert figure.number("ssr") == 0
    figure.press("w", "ArrowRight")
    assert figure.number("ssr") == 0
    assert "through the points" in figure.sentence()
    marked = figure.evaluate("root => root.innerHTML")
    assert "NaN" not in marked
    assert figure.broken() == ""


def test_the_name_of_the_line_keeps_off_the_name_of_the_axis(open_figure):
    figure = open_figure("ResidualSquares")
    for w in (-1.1, -1.15, -1.2):  # the line leaves the picture near its lower right corner
        put(figure, w=w, b=1.4)
        overlaps = figure.evaluate("""root => {
          const texts = [...root.querySelectorAll(".nn-svg text")]
            .map((text) => [text, text.getBoundingClientRect()]);
          const [name] = texts.filter(([text]) => text.textContent === "y\u0302");
          return texts.filter(([text, box]) => text !== name[0] && box.width > 0 &&
            Math.min(box.right, name[1].right) - Math.max(box.left, name[1].left) > 1 &&
            Math.min(box.bottom, name[1].bottom) - Math.max(box.top, name[1].top) > 5)
            .map(([text]) => text.textContent);
        }""")
        assert overlaps == []


def test_what_lies_beyond_the_slider_of_a_squiggle_is_no_slope(open_figure):
    figure = open_figure("ResidualSquares")
    figure.set(model="squiggle", points=[[0, 1.5], [0.1, 1.4], [1, 1.5]], b3=2.2)
    assert "beyond the slider: its b₃ is 3.94" in figure.sentence()
    assert "slope" not in figure.sentence()
