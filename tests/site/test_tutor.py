"""An exercise is copied for a tutor: what is in the text, and how a reader gets it.

That no text tells an answer, test_pages.py finds out of every exercise.
"""

import pytest
from browsing import Watched
from playwright.sync_api import expect

CHAPTER = "chapters/losses.html"
# As on a page opened from a file where the browser refuses; it keeps what is copied elsewhere.
REFUSED = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
TAKEN = """Object.defineProperty(navigator, "clipboard", {
  value: { writeText: async (text) => { globalThis.copied = text; } },
})"""


@pytest.fixture
def chapter(browser, html):
    """Return a function that opens the chapter as a file."""
    watcher = Watched(browser, "file://")

    def opened(clipboard):
        watcher.context.add_init_script(clipboard)
        return watcher.open((html / CHAPTER).as_uri())

    yield opened
    assert watcher.problems == []
    watcher.context.close()


def test_a_text_box_is_there_where_nothing_can_be_copied(chapter):
    page = chapter(REFUSED)
    cell = page.locator('[data-exercise="losses-numbers"]')
    expect(page.locator('.exercise [data-name="tutor"]')).to_have_count(0)
    for number, field in enumerate(cell.get_by_role("textbox").all()):
        field.fill(f"{number + 41}")
    cell.locator('[data-name="judge"]').press("Enter")
    expect(cell.locator(".live-verdict.wrong")).to_be_visible()
    expect(cell.locator('[data-name="tutor"]')).to_have_count(0)  # at the first miss
    cell.get_by_role("textbox").first.fill("40")
    cell.locator('[data-name="judge"]').press("Enter")
    button = cell.locator(".live-verdict").get_by_role("button", name="Copy for a tutor")
    verdict = cell.locator(".live-verdict").inner_text().removeprefix("✗ ").split(" Copy")[0]
    button.press("Enter")
    field = page.get_by_role("textbox", name="Text for a tutor")
    expect(field).to_be_focused()
    text = field.input_value()
    assert field.evaluate("({ selectionStart: from, selectionEnd: to }) => to - from") == len(text)
    assert "40, 42, 43, 44" in text
    assert verdict in text
    assert "Exercise 1 – Four numbers" in text
    assert "Hint" not in text
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)


def test_code_is_copied_as_it_is(chapter):
    page = chapter(TAKEN)
    cell = page.locator('[data-exercise="losses-line"]')
    cell.locator("pre").first.click()
    expect(cell.locator(".cm-content")).to_be_focused()
    page.keyboard.type("# my own idea\n")
    page.evaluate("""() => {
      const { exercise } = nnlibLive.begin().cell("answer-line");
      exercise.work.tried("losses-line", "another answer");
      exercise.verdict({ correct: false, text: "Not yet.", exercise: "losses-line" });
    }""")
    cell.locator('.live-verdict [data-name="tutor"]').click()
    status = cell.locator(".tutor-status")
    expect(status).to_contain_text("Nothing was sent.")
    text = page.evaluate("copied")
    assert "# my own idea" in text
    assert "gradient of the SSR" in text
