"""The numbers that GradientDescentExplorer shows are those of nnlib.gradient_descent."""

import pytest
from driver import numbers
from playwright.sync_api import expect

from nnbook.messages import load
from nnbook.widgets import GradientDescentExplorer

WORDS = load("figures/gradient_descent_explorer", "en")
PLAIN = {"start": 0.0, "rate": 0.1, "tolerance": 1e-6, "max_steps": 1000, "step": 0}


def test_the_walk_of_the_chapter():
    points = GradientDescentExplorer(rate=0.1).descent().points[:6, 0]
    assert points == pytest.approx([0, 1.5655, 2.1917, 2.4422, 2.5424, 2.5825], abs=5e-5)
    assert GradientDescentExplorer().best() == pytest.approx(2.6092, abs=5e-5)


def test_slope_and_loss_agree():
    figure = GradientDescentExplorer()
    for b3 in (-1.0, 0.0, 4.5):
        measured = (figure.loss(b3 + 1e-5) - figure.loss(b3 - 1e-5)) / 2e-5
        assert figure.slope(b3) == pytest.approx(measured, rel=1e-8)
        assert figure.slope(b3) == pytest.approx(6 * (b3 - figure.best()), rel=1e-12)


def shown(value):
    """As the table shows it: four decimals; two digits below 0.001 and from a million on."""
    if 0 < abs(value) < 1e-3 or abs(value) >= 1e6:
        return pytest.approx(value, rel=0.06)
    return pytest.approx(value, abs=5.1e-5)


def check_row(figure, descent, t):
    expected = [
        t,
        descent.points[t - 1, 0],
        descent.gradients[t - 1, 0],
        descent.steps[t - 1, 0],
        descent.points[t, 0],
    ]
    found = [numbers(cell)[0] for cell in figure.get(f"row-{t}").locator("td").all_text_contents()]
    assert found == [shown(value) for value in expected]


@pytest.mark.parametrize(
    "traits",
    [
        {"rate": 0.1},
        {"rate": 0.01, "start": 5.5},
        {"rate": 0.3, "tolerance": 0.01, "start": -0.5},
        {"rate": 0.001, "tolerance": 0.1},
        {"rate": 0.2, "max_steps": 3},
        {"rate": 0.34},
        {"rate": 1.0},
    ],
)
def test_table_formula_and_the_rule_that_ends_it(open_figure, traits):
    figure = open_figure("GradientDescentExplorer")
    expected = GradientDescentExplorer(**(PLAIN | traits))
    descent = expected.descent()
    steps = len(descent.gradients)
    assert steps >= 1
    for step in sorted({0, 1, min(2, steps), steps // 2, steps}):
        figure.set(**(PLAIN | traits | {"step": step}))
        rows = figure.root.locator("[data-name^=row-]:visible")
        assert rows.count() == min(step, 9)
        for t in range(max(1, step - 2), step + 1):
            check_row(figure, descent, t)
        current = figure.root.locator("tr.nn-current")
        assert current.count() == min(step, 1)
        if step:
            assert current.get_attribute("data-name") == f"row-{step}"
        assert figure.number("factor") == pytest.approx(1 - 6 * expected.rate, rel=5e-3, abs=1e-9)
        t = min(step, steps - 1)
        old, slope = descent.points[t, 0], descent.gradients[t, 0]
        found = figure.numbers("next")[-4:]
        assert found[0] == shown(old)
        assert found[1:3] == [pytest.approx(-expected.rate, rel=5e-3), shown(slope)]
        assert found[3] == shown(descent.points[t + 1, 0])
    words = WORDS[f"stop_{descent.stop_reason}"].format(steps=steps)
    assert figure.text("stop") == words


@pytest.mark.parametrize("name", GradientDescentExplorer.presets)
def test_presets_show_the_end_of_the_walk_that_the_chapter_counts(open_figure, name):
    figure = open_figure("GradientDescentExplorer")
    figure.click(f"preset-{name}")
    descent = GradientDescentExplorer(**GradientDescentExplorer.presets[name]).descent()
    words = WORDS[f"stop_{descent.stop_reason}"].format(steps=len(descent.gradients))
    assert figure.text("stop") == words
    sentence = figure.sentence()
    expected = {
        "slow": "195 is the first one shorter",
        "steady": "17 is the first one shorter",
        "one_step": "The first step arrived",
        "swings": "70 is the first one shorter",
        "forever": "exactly −1",
        "diverges": "overshoots by more than it gains",
        "overflow": "Diverged: after step 440",
    }[name]
    assert expected in sentence
    assert "NaN" not in figure.root.inner_text()


def test_what_is_too_early_too_long_or_too_far_is_said(open_figure):
    figure = open_figure("GradientDescentExplorer")
    figure.set(**(PLAIN | {"rate": 0.001, "tolerance": 0.1, "step": 5}))
    assert "although b₃ is still 2.5935 away" in figure.sentence()
    figure.set(**(PLAIN | {"max_steps": 4, "step": 4}))
    assert "The maximum number of steps, 4, is used up" in figure.sentence()
    figure.set(**(PLAIN | {"rate": 1.0, "step": 20}))
    assert "has left the picture" in figure.sentence()
    figure.set(**(PLAIN | {"start": 4.0}))
    assert "goes left" in figure.sentence()


def test_the_table_scrolls_and_the_page_keeps_its_height(open_figure):
    figure = open_figure("GradientDescentExplorer")
    figure.set(**(PLAIN | {"rate": 0.01, "step": 2}))
    height = figure.root.bounding_box()["height"]
    figure.set(step=100)
    assert figure.root.bounding_box()["height"] == height
    assert figure.get("row-100").is_visible()
    figure.root.locator(".nn-steps").evaluate("table => { table.scrollTop = 0; }")
    figure.get("row-1").wait_for()
    assert figure.get("row-100").count() == 0
    check_row(figure, GradientDescentExplorer(**(PLAIN | {"rate": 0.01})).descent(), 1)


def test_on_a_phone_the_window_is_lower_and_follows_all_the_same(open_figure):
    figure = open_figure("GradientDescentExplorer", viewport={"width": 390, "height": 844})
    rows = figure.root.locator("[data-name^=row-]:visible")
    figure.set(**(PLAIN | {"rate": 0.01, "step": 3}))
    expect(rows).to_have_count(3)
    figure.set(step=100)
    expect(rows).to_have_count(4)
    expect(figure.root.locator("tr.nn-current")).to_have_attribute("data-name", "row-100")
    expect(figure.root.locator("tr.nn-current")).to_be_in_viewport()


def test_the_start_is_dragged_and_the_path_has_an_end(open_figure):
    figure = open_figure("GradientDescentExplorer")
    figure.set(**(PLAIN | {"step": 1000}))
    assert figure.root.locator("input[data-name=step]").input_value() == "17"
    figure.press("point", "ArrowRight", times=2)
    assert figure.state()["start"] == pytest.approx(0.1)
    figure.press("point", "Shift+ArrowRight")
    assert figure.state()["start"] == pytest.approx(0.6)


def test_the_table_follows_when_the_step_changes_while_it_scrolls(open_figure):
    figure = open_figure("GradientDescentExplorer")
    figure.evaluate(
        """async (root, plain) => {
          const frame = () => new Promise(requestAnimationFrame);
          root.figure.set({ ...plain, rate: 0.001, step: 500 });
          await frame(); // it scrolls, and hears of that a frame later
          root.figure.set({ step: 900 });
          for (let n = 0; n < 3; n += 1) await frame();
        }""",
        PLAIN,
    )
    assert figure.root.locator("tr.nn-current").get_attribute("data-name") == "row-900"


def test_a_first_step_that_arrives_is_never_still_away(open_figure):
    figure = open_figure("GradientDescentExplorer")
    figure.click("preset-one_step")
    figure.set(max_steps=1, step=1)
    assert "at the lowest point after a single step" in figure.sentence()
    figure.set(max_steps=1000, start=2.6, tolerance=0.1)
    assert "Step 1 is the first one shorter than the tolerance 0.1" in figure.sentence()


@pytest.mark.parametrize(
    ("rate", "words"), [(0.15, "keeps"), (0.19, "overshoots"), (0.3, "overshoots")]
)
def test_a_negative_factor_swings_however_small_it_is(open_figure, rate, words):
    figure = open_figure("GradientDescentExplorer")
    figure.set(**(PLAIN | {"rate": rate, "step": 1}))
    assert words in figure.sentence()


def test_a_factor_near_minus_one_is_not_rounded_to_it(open_figure):
    figure = open_figure("GradientDescentExplorer")
    figure.set(rate=0.334, start=0, step=3, max_steps=1000, tolerance=1e-6)
    assert "1 − 6η = −1.004: each step overshoots" in figure.sentence()
