"""DrawFirst, driven as a reader does: by mouse, finger and keyboard; and what is remembered."""

import itertools

import pytest
from browsing import Watched
from driver import Driver
from playwright.sync_api import expect

from nnbook.messages import LANGUAGES
from nnbook.questions.bank import DRAWINGS

NAME = "softmax-one_logit"
KEY = f"nnlib.draw.{NAME}"
TRUE = DRAWINGS.find(NAME).heights(DRAWINGS.find(NAME).curve)


def progress(figure):
    return figure.root.get_attribute("data-progress")


def area(figure):
    """Return the corners of the plot between its axes, on the screen."""
    figure.root.scroll_into_view_if_needed()
    return figure.evaluate(
        """(root) => {
          const { left, top } = root.querySelector(".nn-svg").getBoundingClientRect();
          const { x, y, width, height } = root.querySelector("clipPath rect");
          const [a, b, w, h] = [x, y, width, height].map((length) => length.baseVal.value);
          return [left + a, top + b, w, h];
        }"""
    )


def draw(figure, heights, end=1):
    """Draw with the mouse, from the left edge to the right or to a part of the way."""
    left, top, width, height = area(figure)
    mouse, last = figure.page.mouse, (len(heights) - 1) / end
    for at, part in enumerate(heights):
        mouse.move(left + width * at / last, top + height * (1 - part / 100))
        if at == 0:
            mouse.down()
    mouse.up()


def test_a_curve_is_drawn_with_the_mouse_compared_and_drawn_again(open_figure):
    figure = open_figure("DrawFirst", NAME)
    assert progress(figure) == "open"
    expect(figure.get("reset")).to_be_hidden()
    figure.click("check")
    assert "Draw a curve first" in figure.sentence()
    draw(figure, TRUE[:13], end=0.5)
    assert progress(figure) == "drawn"
    figure.click("check")
    assert "has to reach" in figure.sentence()
    draw(figure, TRUE)
    assert max(abs(a - b) for a, b in zip(figure.state()["heights"], TRUE, strict=True)) <= 2
    figure.click("check")
    assert progress(figure) == "right"
    assert figure.sentence().startswith("Right. It is an S")
    expect(figure.get("pad")).to_be_focused()
    before = figure.state()
    draw(figure, [50] * 25)  # what is compared stays
    assert figure.state() == before
    figure.click("reset")
    assert progress(figure) == "open"
    draw(figure, [15, 70])  # two points: a straight line
    figure.click("check")
    assert progress(figure) == "wrong"
    assert "straight line" in figure.sentence()
    assert figure.broken() == ""


def test_a_finger_draws_and_does_not_scroll(open_figure):
    figure = open_figure("DrawFirst", NAME, has_touch=True, viewport={"width": 390, "height": 500})
    left, top, width, height = area(figure)
    session = figure.page.context.new_cdp_session(figure.page)
    before = figure.page.evaluate("scrollY")
    for kind, part in (("touchStart", 0), ("touchMove", 0.5), ("touchMove", 1.1), ("touchEnd", 1)):
        x, y = left + width * part, top + height * (1 - part)
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    heights = figure.state()["heights"]
    assert heights[0] <= 2
    assert heights[-1] == 100
    assert heights == sorted(heights)
    assert figure.page.evaluate("scrollY") == before


@pytest.mark.wcag("2.1.1", "2.5.1")
def test_the_keyboard_draws_and_the_values_are_said(open_figure):
    figure = open_figure("DrawFirst", NAME)
    pad = figure.get("pad")
    expect(pad).to_have_attribute("aria-valuetext", "at z 1 = −4: nothing")
    figure.press("pad", "PageDown", 2)
    expect(pad).to_have_attribute("aria-valuetext", "at z 1 = −4: −0.07")
    figure.press("pad", "ArrowUp", 3)
    figure.press("pad", "End")
    figure.press("pad", "PageUp", 3)
    assert figure.state()["heights"] == [16, *[-1] * 23, 76]
    figure.press("pad", "Home")
    figure.press("pad", "Shift+ArrowRight", 3)  # between the two it is straight
    expect(pad).to_have_attribute("aria-valuetext", "at z 1 = 1: 0.56")
    figure.get("show").focus()
    figure.page.keyboard.press("Shift+Tab")
    figure.page.keyboard.press("Enter")
    assert progress(figure) == "wrong"
    expect(pad).to_be_focused()
    figure.press("pad", "ArrowUp")  # only read now
    assert figure.state()["heights"][12] == 46
    expect(pad).to_have_attribute("aria-readonly", "true")
    assert "true 0.58" in pad.get_attribute("aria-valuetext")


def test_the_curve_can_be_seen_without_drawing(open_figure):
    figure = open_figure("DrawFirst", NAME)
    figure.click("show")
    assert progress(figure) == "shown"
    assert "It is an S" in figure.sentence()
    expect(figure.get("check")).to_be_hidden()
    expect(figure.root.get_by_text("yours", exact=True)).to_be_hidden()


def test_what_was_drawn_is_remembered_and_rubbish_is_not(browser, figure_page):
    watcher = Watched(browser, "file://")
    page = watcher.open(figure_page("DrawFirst", NAME))
    figure = Driver(page, "DrawFirst")
    draw(figure, TRUE)
    figure.click("check")
    page.reload()
    assert progress(Driver(page, "DrawFirst")) == "right"
    short = '{"heights": [1, 2]}'
    for rubbish in (short, short.replace("}", ', "compared": true}'), '{"heights": "x"}', "x"):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, rubbish])
        page.reload()
        figure = Driver(page, "DrawFirst")
        assert (progress(figure), figure.broken()) == ("open", ""), rubbish
    watcher.context.close()
    assert watcher.problems == []


# How high the figure is in each state, and whether anything is wider than it.
# Where the pad ends in each state, how high the figure is, and whether anything is too wide.
MEASURES = """(root, states) => {
  const [pads, heights] = [[], []];
  for (const state of states) {
    root.figure.set(state);
    const { top, height } = root.getBoundingClientRect();
    pads.push(root.querySelector(".nn-svg").getBoundingClientRect().bottom - top);
    heights.push(height);
  }
  return [pads, heights, root.scrollWidth > root.clientWidth];
}"""


@pytest.mark.parametrize("name", DRAWINGS.names())
def test_nothing_moves_and_all_fits_one_screen(open_figure, name):
    drawing = DRAWINGS.find(name)
    truth = drawing.heights(drawing.curve)
    examples = [drawing.heights(one.example) for one in drawing.mistakes.values()]
    states = [{}, {"heights": truth}, {"shown": True}]
    states += [{"heights": drawn, "compared": True} for drawn in (truth, *examples)]
    states = [{"heights": [], "compared": False, "shown": False} | state for state in states]
    for language, width in itertools.product(LANGUAGES, (778, 356, 286)):
        size = {"width": width + 34, "height": 844}
        figure = open_figure("DrawFirst", name, language=language, viewport=size)
        pads, heights, wide = figure.evaluate(MEASURES, states)
        assert len(set(pads)) == 1, (language, width, pads)
        assert heights[0] == heights[1], "while one draws, nothing below the pad moves"
        assert max(heights) <= 680, (language, width, heights)
        assert not wide
