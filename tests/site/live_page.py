"""What the tests of Python on the page share: a chapter, and what a reader does on it.

They drive cells by `data-live`, `data-state` and `data-name`, the page by `data-python`, and write
with the keys of a keyboard, as readers do.
"""

import re

from browsing import Watched
from playwright.sync_api import expect

CHAPTER = "chapters/losses.html"
DONE = re.compile("done|error")
STARTED = 120_000  # ms, on a busy machine
# Playwright looks every second when something takes long; the page knows at once.
REACHED = """(cell, [state, patience]) => new Promise((done) => {
  const look = () => new RegExp(`^(${state})$`).test(cell.dataset.state) && done();
  new MutationObserver(look).observe(cell, { attributeFilter: ["data-state"] });
  setTimeout(done, patience);
  look();
})"""


class Live:
    """A chapter, and what a reader does on it."""

    def __init__(self, watcher, url):
        self.watcher = watcher
        self.page = watcher.open(url)

    def cell(self, name):
        self.page.evaluate("""() => {
          for (const fold of document.querySelectorAll("details.second-reading")) fold.open = true;
        }""")
        return self.page.locator(f'[data-live="{name}"]')

    def open(self, name):
        """Open a cell's editor."""
        cell = self.cell(name)
        cell.scroll_into_view_if_needed()
        cell.hover()  # its button shows where one points
        if cell.locator('[data-name="edit"]').count():
            cell.locator('[data-name="edit"]').click()
        elif cell.locator(".live-editor").count():
            cell.locator(".cm-content").click()
        else:
            cell.locator("pre").first.click()
        expect(cell.locator(".cm-content")).to_be_focused()
        return cell

    def write(self, name, code):
        """Type code into a cell, key by key and line by line, as a reader does."""
        cell = self.open(name)
        cell.locator(".cm-content").click()
        keyboard = self.page.keyboard
        keyboard.press("Control+a")
        first, *others = code.split("\n")
        keyboard.press("Delete") if not first else keyboard.type(first)
        for line in others:
            keyboard.press("Enter")
            keyboard.press("Shift+Home")  # the editor has indented it
            keyboard.press("Delete")
            keyboard.type(line)
        return cell

    def run(self, name, code=None, state=DONE):
        """Write code into a cell, run it, wait for the end."""
        cell = self.open(name) if code is None else self.write(name, code)
        self.page.keyboard.press("Shift+Enter")
        cell.evaluate(REACHED, [getattr(state, "pattern", state), STARTED])
        expect(cell).to_have_attribute("data-state", state)
        return cell

    def reset(self, *names):
        for name in names:
            self.cell(name).locator('.live-bar [data-name="reset"]').click()

    def choose(self, name):
        """Take a choice of the menu."""
        self.page.locator("header .menu > summary").click()
        self.page.locator(f'.live-choice [data-name="{name}"]').click()


def opened(browser, address, path=CHAPTER, **options):
    return Live(Watched(browser, address, **options), address + path)
