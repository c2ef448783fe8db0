"""The numbers that SquiggleBuilder shows are those of nnlib."""

import re

import numpy as np
import pytest
from browsing import box_of
from driver import BOX, numbers

from nnbook.figures._dosage import descend
from nnbook.fitted import PARAMETERS
from nnbook.widgets import SquiggleBuilder

EXTREME = dict.fromkeys(PARAMETERS, 6) | {"w3": -6, "b3": -6, "activation": "softplus"}
OTHER = dict(zip(PARAMETERS, (-2.1, 1.86, -5.15, 0.87, 2.4, -2.84, -1.35), strict=True))
TENT = dict(zip(PARAMETERS, (1, 0, 1, -0.5, 2, -4, 0), strict=True)) | {"activation": "relu"}
STATES = [
    *SquiggleBuilder.presets.values(),
    TENT | {"step": 0},
    OTHER | {"activation": "softplus", "step": 0},
    SquiggleBuilder.presets["fitted"] | {"activation": "sigmoid"},
    EXTREME,
]
FIRST = {name: SquiggleBuilder.presets["start"][name] for name in PARAMETERS}


@pytest.mark.parametrize(
    ("preset", "ssr"),
    [("fitted", 6.48e-5), ("flat", 1), ("start", 1.70739)],
)
def test_presets_have_the_errors_that_the_book_tells(preset, ssr):
    figure = SquiggleBuilder(b3=-1)
    figure.preset(preset)
    assert figure.ssr() == pytest.approx(ssr, rel=1e-3, abs=1e-15)


def test_two_fits_disagree_between_the_points():
    fitted, other = SquiggleBuilder(), SquiggleBuilder(**OTHER)
    assert np.round(fitted.predict([0.25, 0.75]), 2).tolist() == [0.81, 0.67]
    assert np.round(other.predict([0.25, 0.75]), 2).tolist() == [0.98, 0.54]


def test_ten_moves_bring_the_flat_curve_back_through_the_points():
    """The way that the first page tells, for one who sees a height to two hundredths."""
    figure = SquiggleBuilder()
    figure.preset("flat")

    def end_to_zero(name, x):
        heights = []
        for value in (0, 1):  # the height is a straight line in each of the three numbers
            setattr(figure, name, value)
            heights.append(figure.predict([x])[0])
        slope = heights[1] - heights[0]
        setattr(figure, name, round((0.02 - heights[0]) / slope, 2))

    figure.b3 = 2
    for _ in range(2):
        end_to_zero("w4", 0)
        end_to_zero("w3", 1)
    missing = 1 - figure.predict([0.5])[0]
    assert figure.ssr() > 0.01
    assert missing > 0.1
    figure.b3 = round(figure.b3 + 2 * missing, 1)
    for _ in range(2):
        end_to_zero("w4", 0)
        end_to_zero("w3", 1)
    assert figure.ssr() < 0.01


def test_training_ends_at_another_curve_than_the_one_of_the_page():
    trained = SquiggleBuilder(step=5000, **FIRST)
    assert trained.ssr() < 0.01
    x = np.linspace(0, 1, 101)
    assert np.abs(trained.predict(x) - SquiggleBuilder().predict(x)).max() > 0.1


def test_training_starts_from_the_traits_and_steps_downhill():
    figure = SquiggleBuilder(rate=0.01, step=2, **FIRST)
    theta = np.array(list(FIRST.values()))
    for _ in range(2):
        slopes = []
        for k in range(7):
            sides = [theta + sign * 1e-6 * np.eye(7)[k] for sign in (1, -1)]
            high, low = (
                SquiggleBuilder(**dict(zip(FIRST, s.tolist(), strict=True))) for s in sides
            )
            slopes.append((high.ssr() - low.ssr()) / 2e-6)
        theta = theta - 0.01 * np.array(slopes)
    assert figure.theta() == pytest.approx(theta, abs=1e-7)
    assert figure.w1 == 1
    path, losses = figure.descent()
    assert path.shape == (3, 7)
    assert losses[-1] == figure.ssr()
    assert losses[-1] < losses[0]


def test_the_rate_and_steps_of_the_chapter_fit():
    figure = SquiggleBuilder(view="training", rate=0.01, step=5000, **FIRST)
    _, losses = figure.descent()
    assert losses[[1000, 5000]] == pytest.approx([0.60532, 0.00012], abs=6e-6)


def test_a_run_that_grows_beyond_all_bounds_ends_before():
    steep = dict.fromkeys(FIRST, 6.0) | {"w3": 0.3, "w4": 0.3}
    figure = SquiggleBuilder(rate=0.2, step=5, **steep)
    assert figure.theta() == list(steep.values())


@pytest.mark.parametrize(("view", "plots"), [("compact", 2), ("training", 3)])
def test_every_view_has_a_picture(view, plots):
    assert len(SquiggleBuilder(view=view).figure().axes) == plots


@pytest.mark.parametrize("seed", range(4))
def test_what_the_text_says_of_the_rate_a_tenth_holds_for_a_start_a_billionth_away(seed):
    moved = 1 + 1e-9 * np.random.default_rng(seed).normal(size=7)
    _, losses = descend(np.array(list(FIRST.values())) * moved, "softplus", 0.1, 600)
    climbs = np.flatnonzero(np.diff(losses) > 0)
    assert climbs[:2].tolist() == [0, 1]
    leaves = climbs[2]
    assert leaves in range(580, 590)
    assert losses[leaves] == pytest.approx(0.4, abs=0.05)
    assert max(losses[leaves : leaves + 11]) > 10


@pytest.mark.parametrize("seed", range(4))
def test_what_the_text_says_of_the_rate_a_fiftieth_holds_for_a_start_a_billionth_away(seed):
    moved = 1 + 1e-9 * np.random.default_rng(seed).normal(size=7)
    path, losses = descend(np.array(list(FIRST.values())) * moved, "softplus", 0.02, 5000)
    assert np.flatnonzero(losses < 0.3)[0] == pytest.approx(1280, abs=5)
    climbs = np.flatnonzero(np.diff(losses) > 0)
    assert 2750 < climbs[0] < climbs[-1] < 3000
    assert losses[climbs[0]] < 1e-4
    assert losses[climbs[-1] - 10 : 3000].max() == pytest.approx(0.45, abs=0.04)
    slower, all_the_way = descend(np.array(list(FIRST.values())), "softplus", 0.01, 5000)
    assert (np.diff(all_the_way) < 0).all()
    assert np.abs(path[-1] - slower[-1]).max() > 0.05


def test_the_picture_of_a_training_has_the_curve_of_the_book_where_the_network_fits():
    def dotted(step):
        fit = SquiggleBuilder(view="training", rate=0.01, step=step, **FIRST).figure().axes[1]
        return [line for line in fit.lines if line.get_linestyle() == ":"]

    assert dotted(100) == []
    (book,) = dotted(5000)
    assert SquiggleBuilder().predict(book.get_xdata().ravel()) == pytest.approx(book.get_ydata())


def shown(figure, name):
    """Read the last number in a text of the diagram."""
    return numbers(figure.get(name).first.text_content())[-1]


@pytest.mark.parametrize("traits", STATES)
def test_every_number(open_figure, traits):
    figure = open_figure("SquiggleBuilder")
    for x in (0, 0.37, 1):
        check_numbers(figure, traits, x)


def check_numbers(figure, traits, x):
    figure.set(**traits, x=x)
    expected = SquiggleBuilder(**traits, x=x)
    hidden, bend, _ = expected.model().layers
    a1, a2 = bend.forward(hidden.forward([[x]]))[0]
    prediction = float(expected.predict([x])[0])
    for name in PARAMETERS:
        assert shown(figure, name) == pytest.approx(traits[name], abs=0.0051)
    assert shown(figure, "input") == pytest.approx(x, abs=0.0051)
    assert shown(figure, "a1") == pytest.approx(a1, abs=0.0051)
    assert shown(figure, "a2") == pytest.approx(a2, abs=0.0051)
    assert shown(figure, "prediction") == pytest.approx(prediction, abs=0.0051)
    residuals = [0, 1, 0] - expected.predict([0, 0.5, 1])
    # An exponent stands right behind its residual: 1.002 is the square of 1.00.
    error = expected.ssr()
    digits = 4 if error < 0.01 else 2
    squares = re.findall(rf"−?\d+\.\d{{{digits}}}(?=\)?2)", figure.text("ssr"))
    found = [numbers(text)[0] for text in squares]
    assert found == pytest.approx(residuals.tolist(), abs=0.51 * 10**-digits)
    rounding = 5.1e-7 if error < 0.001 else 5.1e-5 if error < 100 else 0.0051
    assert figure.number("ssr") == pytest.approx(error, abs=rounding)
    assert "NaN" not in figure.root.inner_text()


# Hold the mouse on a number; what happens after a time happens now, so many times.
HELD = """(root, times) => {
  const made = [];
  for (let n = 0; n < times; n += 1) {
    const before = root.figure.state.w1;
    const [[callback, argument]] = window.waiting.splice(0);
    callback(argument);
    made.push(Math.round((root.figure.state.w1 - before) * 100));
  }
  window.setTimeout = window.realTimeout;
  return made;
}"""


def test_a_number_that_is_held_hastens(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(w1=0)
    x, y, width, height = figure.named("w1").evaluate(BOX).values()
    figure.page.mouse.move(x + 0.8 * width, y + height / 2)
    figure.page.evaluate("""() => {
      [window.realTimeout, window.waiting] = [window.setTimeout, []];
      window.setTimeout = (callback, time, argument) =>
        argument ? window.waiting.push([callback, argument]) : window.realTimeout(callback, time);
    }""")
    figure.page.mouse.down()
    assert figure.evaluate(HELD, 33) == [1] * 10 + [5] * 20 + [10] * 3
    figure.page.mouse.up()


def test_another_fit_says_where_it_disagrees(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(**OTHER)
    assert numbers(figure.sentence()) == [0.25, 0.98, 0.81]


def test_the_sentence_names_what_is_wrong(open_figure):
    figure = open_figure("SquiggleBuilder")
    fitted = SquiggleBuilder.presets["fitted"]
    said = set()
    for traits in [
        {},
        {"w3": 0, "w4": 0},
        {"w4": 0},
        {"w3": 2, "w4": -2},
        {"w3": -2, "w4": 2},
        {"b3": 1},
        {"activation": "relu", "b2": -3},
    ]:
        figure.set(**{**fitted, **traits})
        said.add(figure.sentence())
    assert len(said) == 7
    figure.set(**{**fitted, "b3": 1})
    wrong = SquiggleBuilder(b3=1)
    residuals = [0, 1, 0] - wrong.predict([0, 0.5, 1])
    largest = max(residuals, key=abs)
    assert numbers(figure.sentence())[1] == pytest.approx(abs(largest), abs=0.0051)
    assert numbers(figure.sentence())[2] == round(100 * largest**2 / wrong.ssr())


def test_who_finds_the_curve_is_told(open_figure):
    """As the first page asks: from the flat start by three numbers."""
    figure = open_figure("SquiggleBuilder")
    figure.set(**SquiggleBuilder.presets["fitted"])
    assert "Found it" not in figure.sentence()
    figure.set(**SquiggleBuilder.presets["flat"])
    figure.set(w3=-1.2, w4=-2.28)
    figure.set(b3=2.58)
    assert figure.number("ssr") < 0.01
    assert "Found it" in figure.sentence()
    assert figure.root.get_attribute("data-found") == "true"
    figure.set(b3=2)
    assert figure.root.get_attribute("data-found") is None


def test_points_light_up_when_training_has_learned_them(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(view="training", **START | {"step": 100})
    assert figure.root.get_attribute("data-found") is None
    figure.set(step=figure.root.evaluate("root => root.figure.controls.step.max"))
    assert "No one chose" in figure.sentence()
    assert figure.root.get_attribute("data-found") == "true"


def test_an_example_ends_the_training(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(view="compact")
    figure.click("train")
    figure.wait_for("root => root.figure.state.step > 0")
    figure.click("preset-flat")
    assert figure.state()["step"] == 0
    assert figure.text("train") == "Train"


def test_a_weight_is_dragged_and_typed_in_the_diagram(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(**SquiggleBuilder.presets["fitted"], x=0.5)
    figure.press("b3", "ArrowDown", times=3)
    assert figure.state()["b3"] == pytest.approx(2.58)
    figure.press("b3", "PageUp")
    assert figure.state()["b3"] == pytest.approx(2.68)
    figure.press("w1", "End")
    assert figure.state()["w1"] == 6
    figure.drag("w4", 40, 0)
    assert figure.state()["w4"] == pytest.approx(-1.9)
    figure.press("x", "ArrowRight", times=5)
    assert figure.state()["x"] == pytest.approx(0.55)


def swipe(figure, name, dx, dy):
    """Draw a finger over an element."""
    box = figure.get(name).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = figure.page.context.new_cdp_session(figure.page)
    for part in range(9):
        point = {"x": x + dx * part / 8, "y": y + dy * part / 8}
        kind = "touchMove" if part else "touchStart"
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    figure.page.wait_for_timeout(100)


def test_a_thumb_drags_sideways_and_scrolls_up(open_figure):
    phone = {"viewport": {"width": 390, "height": 500}, "has_touch": True, "is_mobile": True}
    figure = open_figure("SquiggleBuilder", **phone)
    figure.set(**SquiggleBuilder.presets["fitted"], x=0.5)
    figure.root.scroll_into_view_if_needed()
    figure.get("w4").scroll_into_view_if_needed()
    swipe(figure, "w4", 60, 4)
    assert figure.state()["w4"] == pytest.approx(-1.7)
    before = figure.page.evaluate("scrollY")
    swipe(figure, "w1", 3, -120)
    assert figure.page.evaluate("scrollY") > before
    assert figure.state()["w1"] == 3.34


def test_the_compact_view_is_the_network_and_its_curve(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(view="compact")
    assert figure.root.locator("svg:visible").count() == 2
    assert figure.text("ssr")
    figure.set(view="training")
    assert figure.root.locator("svg:visible").count() == 3


START = SquiggleBuilder.presets["start"]


@pytest.mark.parametrize("step", [0, 1, 900, 5000])
def test_training_shows_the_numbers_of_gradient_descent(open_figure, step):
    figure = open_figure("SquiggleBuilder")
    figure.set(**START | {"view": "training", "rate": 0.01, "step": step})
    expected = SquiggleBuilder(**START | {"rate": 0.01, "step": step})
    for name, value in zip(PARAMETERS, expected.theta(), strict=True):
        assert shown(figure, name) == pytest.approx(value, abs=0.0051)
    assert figure.number("ssr") == pytest.approx(expected.ssr(), abs=5.1e-5)
    if step:
        assert numbers(figure.sentence())[0] == step


def test_a_number_moved_after_training_starts_another_run(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(**START | {"view": "training", "rate": 0.01, "step": 2000})
    w1, b1 = SquiggleBuilder(**START | {"rate": 0.01, "step": 2000}).theta()[:2]
    figure.press("b1", "ArrowUp")
    assert figure.state()["step"] == 0
    assert figure.state()["w1"] == pytest.approx(w1, abs=1e-9)
    assert figure.state()["b1"] == pytest.approx(b1 + 0.01, abs=0.0051)


def test_train_begins_untrained_where_there_is_nothing_to_learn(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(**SquiggleBuilder.presets["fitted"], view="compact")
    figure.get("train").click()
    # Paused in the frame in which it is seen: a moment later the run may have ended.
    figure.wait_for("""(root) => {
      const shown = root.querySelector("[data-name=ssr]").textContent.split(/[=≈]/).at(-1);
      const train = root.querySelector("[data-name=train]");
      const learned = root.figure.state.step > 1000 && parseFloat(shown) < 0.01;
      if (learned && train.dataset.playing === "true") train.click();
      return learned;
    }""")
    assert figure.state()["w4"] == START["w4"]
    assert figure.number("ssr") < 0.01
    assert figure.get("train").get_attribute("data-playing") == "false"
    step = figure.state()["step"]
    figure.page.wait_for_timeout(300)
    assert figure.state()["step"] == step


def test_a_rate_that_is_too_large_is_named(open_figure):
    figure = open_figure("SquiggleBuilder")
    steep = dict.fromkeys(PARAMETERS, 6) | {"w3": 0.3, "w4": 0.3, "activation": "softplus"}
    figure.set(**steep, view="training", rate=0.2, step=10)
    assert "too large" in figure.sentence()
    assert "NaN" not in figure.root.inner_text()


@pytest.mark.on_page
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (390, 844)])
def test_the_first_page_keeps_a_place_for_the_figure(browser, html, width, height):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto((html / "intro.html").as_uri())
    figure = page.locator('.nn-figure[data-figure="SquiggleBuilder"]').first
    figure.wait_for()
    # Before the script has run, the place is as high as the rule says: nothing moves when it has.
    kept = float(figure.evaluate("e => getComputedStyle(e).minHeight").removesuffix("px"))
    assert box_of(figure)["height"] == pytest.approx(kept, abs=4)
    if width == 1280:
        above = ["h1", "h1 + p", "h1 + p + p", '.nn-figure[data-figure="SquiggleBuilder"]']
        for selector in above:
            box = box_of(page.locator(f"article > section {selector}").first)
            assert box["y"] + box["height"] <= height, selector
    page.close()


def test_a_curve_that_does_not_change_is_called_level(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(w1=0, b1=1, w2=0, b2=1, w3=2, w4=-1, b3=0.5, activation="relu", step=0)
    assert "Neither neuron changes with x: ŷ = 1.50" in figure.sentence()


def test_how_close_the_curve_passes(open_figure):
    figure = open_figure("SquiggleBuilder")
    figure.set(**SquiggleBuilder.presets["fitted"])
    assert figure.sentence() == "The curve misses the points by at most 0.006."


@pytest.mark.parametrize("width", [340, 390, 620])
def test_each_activation_stands_beside_its_own_circle(open_figure, width):
    figure = open_figure("SquiggleBuilder", viewport={"width": width, "height": 844})
    figure.set(view="compact", **SquiggleBuilder.presets["fitted"])
    texts = [box_of(figure.get(name).first) for name in ("a1", "a2")]
    labels = [box_of(figure.get(name).first) for name in ("b1", "b2")]
    circles = figure.root.locator("g:has(> [data-name=a1]), g:has(> [data-name=a2])")
    rings = [box_of(one.locator("> circle").first) for one in circles.all()]
    for text, ring, label in zip(texts, rings, labels, strict=True):
        middle = text["y"] + text["height"] / 2
        assert ring["y"] < middle < ring["y"] + ring["height"]
        assert 0 < text["x"] - (ring["x"] + ring["width"] / 2) < ring["width"] / 2 + 8
        beside = text["x"] >= label["x"] + label["width"]
        assert beside or middle > label["y"] + label["height"] or middle < label["y"]
