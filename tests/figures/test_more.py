"""What a figure does not open with: further instruments in a fold."""

import pytest
from driver import Driver

from nnbook.widgets import ChainRule

NAME = "ChainRule"  # has a fold


def is_open(figure):
    return figure.root.locator(".nn-more").evaluate("fold => fold.open")


def turn(figure, *, opened):
    """Open or close the fold as a reader does; the browser tells the figure a moment later."""
    figure.root.locator(".nn-more > summary").press("Enter")
    assert is_open(figure) == opened
    figure.wait_for(
        "(root, [key, opened]) => (sessionStorage.getItem(key) === 'open') === opened",
        [f"nnlib.more.{NAME}", opened],
    )


def tops(figure):
    """Return where the sentence and the controls above the fold are, from the figure's top."""
    return figure.evaluate("""root => {
      const { top } = root.getBoundingClientRect();
      const above = [...root.querySelectorAll(".nn-sentence, input, button")];
      return above
        .filter((element) => !element.closest(".nn-more"))
        .map((element) => element.getBoundingClientRect().top - top);
    }""")


def test_what_folds_is_drawn_when_it_opens(open_figure):
    figure = open_figure(NAME, page_options={}, folded=True)
    before = tops(figure)
    figure.set(z=1.5)
    turn(figure, opened=True)
    figure.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert figure.number("whole") == pytest.approx(ChainRule(z=1.5).curvature() / 2, abs=0.06)
    assert figure.get("point").bounding_box()["width"] > 20
    assert tops(figure) == pytest.approx(before, abs=1)


def test_a_fold_remembers_that_it_was_opened(open_figure):
    figure = open_figure(NAME, page_options={}, folded=True)
    page = figure.page
    for opened in (True, False):
        turn(figure, opened=opened)
        page.reload()
        figure = Driver(page, NAME)
        assert is_open(figure) == opened


def test_a_fold_works_where_nothing_may_be_kept(open_figure):
    figure = open_figure(NAME, page_options={}, folded=True, locale="en-US")  # a page of its own
    figure.page.add_init_script("""Object.defineProperty(window, "sessionStorage", {
      get() { throw new DOMException("blocked", "SecurityError"); },
    });""")
    figure.page.reload()
    figure = Driver(figure.page, NAME)
    figure.root.locator(".nn-more > summary").click()
    assert is_open(figure)
    assert figure.broken() == ""


def test_a_fold_speaks_the_language_of_its_page(open_figure):
    summaries = [
        open_figure(NAME, page_options={"language": language})
        .root.locator(".nn-more > summary")
        .inner_text()
        for language in ("en", "zh-CN")
    ]
    assert summaries == ["How the error shrinks", "误差怎样缩小"]
