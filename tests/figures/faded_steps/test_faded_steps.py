"""FadedSteps, driven as a reader does: by mouse, finger, keyboard; what is kept; paper."""

import itertools
import json

import pytest
from browsing import Watched, until
from driver import Driver
from playwright.sync_api import expect

from nnbook.messages import LANGUAGES
from nnbook.questions.bank import CALCULATIONS

NAME = "refresher-chain"
KEY = f"nnlib.steps.{NAME}"
NAMES = CALCULATIONS.names()
RUBBISH = [
    *('{"tries": [[0, 0, 1]]}', '{"tries": [[7, 0, 1]]}', '{"tries": [[1, 3, "x"]]}'),
    *('{"round": 8}', '{"tries": [3]}', "x"),
]


def progress(figure):
    return figure.root.get_attribute("data-progress")


def field(figure):
    """Return the field of the line that waits: no other one is there."""
    return figure.get("answer").locator("visible=true")


def enter(figure, text):
    """Type an answer; a reader's first key replaces what the field has."""
    figure.evaluate("""root => {
      const fields = [...root.querySelectorAll("[data-name=answer]")];
      const field = fields.find((one) => one.checkVisibility({ visibilityProperty: true }));
      field.focus();
      field.select();
    }""")
    figure.page.keyboard.type(text)
    figure.page.keyboard.press("Enter")


def choose(figure, turn):
    figure.click("round", nth=turn)


def lines(figure):
    """Return what the lines of the round say."""
    return figure.root.locator(".nn-faded-round[data-now] li[data-line]").all_inner_texts()


def written(name, turn):
    """Return the right answers of the lines that a round leaves out, as a reader types them."""
    calculation = CALCULATIONS.find(name)
    return [repr(calculation.computed[turn][line]) for line in calculation.left_out(turn)]


def test_from_the_example_to_all_lines_alone_with_the_mouse(open_figure):
    figure = open_figure("FadedSteps", NAME)
    assert "Read the example" in figure.sentence()
    assert field(figure).count() == 0
    assert "−48" in lines(figure)[-1]
    expect(figure.get("reset")).to_be_hidden()
    for turn in (1, 2, 3):
        figure.get("next").click()
        assert figure.state()["round"] == turn
        answers = written(NAME, turn)
        assert len(answers) == (1, 2, 4)[turn - 1]
        for answer in answers:
            expect(field(figure)).to_have_count(1)
            field(figure).fill(answer)
            figure.get("check").locator("visible=true").click()
            assert progress(figure) == "right"
        assert field(figure).count() == 0
    assert "on your own" in figure.sentence()
    expect(figure.get("next")).to_be_hidden()
    expect(figure.root.locator("label[data-done]")).to_have_count(3)
    choose(figure, 1)  # what is done stays
    assert "72" in lines(figure)[-1]
    assert field(figure).count() == 0
    assert figure.broken() == ""


def test_a_mistake_a_hint_and_the_value(open_figure):
    figure = open_figure("FadedSteps", NAME)
    choose(figure, 2)
    assert "Fill in what is left out" in figure.sentence()
    enter(figure, "6")
    assert progress(figure) == "wrong"
    assert figure.sentence().startswith("Not 6. The size is right.")
    expect(figure.get("show_value")).to_be_hidden()
    enter(figure, "6")  # once more the same is no second try
    assert len(figure.state()["tries"]) == 1
    enter(figure, "about")
    assert "cannot be read" in figure.sentence()
    enter(figure, "100")
    assert figure.sentence().startswith("Not 100. A square again")
    expect(figure.root.get_by_text("Example:").first).to_be_visible()
    figure.get("show_value").click()
    assert figure.state()["tries"][-1] == [2, 2, None]
    assert "−6" in lines(figure)[2]
    assert figure.sentence() == "That is the value. Now this line."
    expect(field(figure)).to_be_focused()
    enter(figure, "36")
    assert "completes the round" in figure.sentence()
    expect(figure.get("next")).to_be_focused()


def test_alone_the_example_comes_only_with_the_first_wrong_answer(open_figure):
    figure = open_figure("FadedSteps", NAME)
    choose(figure, 3)
    example = figure.root.locator(".nn-faded-example").first
    expect(example).to_be_hidden()
    enter(figure, "100")
    expect(example).to_be_visible()
    for answer in written(NAME, 3):
        enter(figure, answer)
    assert "on your own" in figure.sentence()


def test_the_keyboard_alone(open_figure):
    figure = open_figure("FadedSteps", NAME)
    keyboard = figure.page.keyboard
    figure.get("round").nth(0).focus()
    keyboard.press("ArrowRight")
    assert figure.state()["round"] == 1
    keyboard.press("Tab")
    expect(field(figure)).to_be_focused()
    keyboard.type("13")
    keyboard.press("Enter")
    expect(field(figure)).to_be_focused()
    keyboard.type("72")  # the last try was selected
    keyboard.press("Enter")
    expect(figure.get("next")).to_be_focused()
    keyboard.press("Enter")
    assert figure.state()["round"] == 2
    expect(field(figure)).to_be_focused()
    keyboard.press("Shift+Tab")
    keyboard.press("ArrowRight")
    assert figure.state()["round"] == 3
    figure.get("reset").focus()
    keyboard.press("Enter")
    assert figure.state() == {"name": NAME, "round": 0, "tries": []}
    expect(figure.get("round").nth(0)).to_be_focused()


def test_a_finger(open_figure):
    figure = open_figure("FadedSteps", NAME, has_touch=True, viewport={"width": 390, "height": 844})
    figure.get("next").tap()
    field(figure).tap()
    field(figure).fill("24")
    figure.get("check").locator("visible=true").tap()
    assert progress(figure) == "wrong"
    targets = figure.root.locator("button, input, .nn-choice label").locator("visible=true")
    heights = [target.bounding_box()["height"] for target in targets.all()]
    assert min(heights) >= 24


def test_everything_has_a_name_and_a_verdict_is_read_aloud(open_figure):
    figure = open_figure("FadedSteps", NAME)
    choose(figure, 2)
    expect(field(figure)).to_have_attribute("aria-label", "Your answer for dL/dv")
    enter(figure, "6")
    expect(figure.root.locator("[aria-live]")).to_contain_text("Not 6. The size is right")
    names = figure.evaluate("""root => [...root.querySelectorAll("input, button, [role], ul")]
      .filter((e) => !(e.ariaLabel || e.textContent || e.labels?.[0]?.textContent).trim())
      .map((e) => e.outerHTML)""")
    assert names == []


def test_it_is_kept_across_a_reload_and_rubbish_is_not(browser, figure_page):
    watcher = Watched(browser, "file://")
    page = watcher.open(figure_page("FadedSteps", NAME))
    figure = Driver(page, "FadedSteps")
    choose(figure, 2)
    enter(figure, "-6")
    enter(figure, "5")
    until(page, f"localStorage.getItem({KEY!r})?.includes('[2,3,5]')")
    stored = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))
    assert stored == {"round": 2, "tries": [[2, 2, -6], [2, 3, 5]]}
    page.reload()
    figure = Driver(page, "FadedSteps")
    assert progress(figure) == "wrong"
    assert figure.sentence().startswith("Not 5.")
    assert "−6" in lines(figure)[2]
    assert figure.root.locator("[aria-live]").text_content() == ""
    for rubbish in RUBBISH:
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, rubbish])
        page.reload()
        figure = Driver(page, "FadedSteps")
        assert (figure.state()["round"], figure.broken()) == (0, ""), rubbish
        assert figure.state()["tries"] == [], rubbish
    watcher.context.close()
    assert watcher.problems == []


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_is_named(open_figure, name):
    figure, calculation = open_figure("FadedSteps", name), CALCULATIONS.find(name)
    last = len(calculation.rounds) - 1
    choose(figure, last)
    for line in calculation.left_out(last):
        judged = calculation.blank(last, line)
        said = []
        for wrong in judged.mistakes.values():
            enter(figure, repr(wrong()))
            assert progress(figure) == "wrong"
            said.append(figure.sentence().partition(". ")[2])
        enter(figure, "12345")
        said.append(figure.sentence().partition(". ")[2])
        assert len(set(said)) == len(judged.mistakes) + 1
        enter(figure, repr(judged.right))
        assert progress(figure) == "right"


# Where the field stands in each state, and what sticks out of the figure in any.
PLACES = """(root, states) => states.map((state) => {
  root.figure.set(state);
  const top = (element) => element.getBoundingClientRect().top;
  return top(root.querySelector(".nn-entry input")) - top(root);
})"""
WIDE = """(root, states) => states.flatMap((state) => {
  root.figure.set(state);
  const edge = root.getBoundingClientRect().right + 1;
  const wide = [...root.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > edge
    && e.checkVisibility({ visibilityProperty: true }) && !e.closest(".nn-aloud"));
  return [...(root.scrollWidth > root.clientWidth ? [root] : []), ...wide].map((e) => e.outerHTML);
})"""


@pytest.mark.parametrize("name", NAMES)
def test_the_field_does_not_move_while_one_works_and_nothing_sticks_out(open_figure, name):
    calculation = CALCULATIONS.find(name)
    last = len(calculation.rounds) - 1
    blanks = [list(calculation.steps).index(line) for line in calculation.left_out(last)]
    for language, width in itertools.product(LANGUAGES, (778, 356, 286)):
        size = {"width": width + 34, "height": 844}
        figure = open_figure("FadedSteps", name, language=language, viewport=size)
        first, second = [last, 0, 12345], [last, 0, 54321]
        working = [{"round": last, "tries": tries} for tries in ([], [first], [first, second])]
        places = figure.evaluate(PLACES, working)
        assert len(set(places)) == 1, (language, width, places)
        done = [[last, at, None] for at in blanks]
        rounds = [{"round": turn, "tries": []} for turn in (0, 1)]
        assert figure.evaluate(WIDE, [*working, *rounds, {"round": last, "tries": done}]) == []


def test_on_paper_are_all_rounds_with_lines_to_write_on_and_the_values(open_figure):
    figure = open_figure("FadedSteps", NAME, viewport={"width": 800, "height": 600})
    choose(figure, 1)
    enter(figure, "72")
    figure.page.emulate_media(media="print")
    expect(figure.root.locator(".nn-faded-round")).to_have_count(4)
    for turn in range(4):
        expect(figure.root.locator(".nn-faded-round").nth(turn)).to_be_visible()
    gaps = figure.root.locator(".nn-faded-gap").locator("visible=true")
    expect(gaps).to_have_count(1 + 2 + 4)
    for part in (".nn-sentence", ".nn-choice", ".nn-foot", ".nn-entry"):
        expect(figure.root.locator(part).first).to_be_hidden()
    solved = figure.root.locator(".nn-faded-round").nth(1).inner_text()
    assert "72" not in solved
    assert "72" in figure.root.locator(".nn-faded-results").inner_text()


@pytest.mark.parametrize("name", NAMES)
def test_it_speaks_chinese(open_figure, name):
    figure = open_figure("FadedSteps", name, language="zh-CN")
    for turn in range(4):
        choose(figure, turn)
        assert not any(word in figure.root.inner_text() for word in ("Example", "Check", "blank"))
