"""Interactive figures: a folder of tests each, for its class, its page and its mathematics.

The page is one of its own: no site is needed, and short pages are quick. How figures are on the
pages of the book is tried in test_on_the_page.py and wherever a test asks for the built site;
`-m "not on_page"` leaves those out, `-m "not browser"` all that needs a browser.
"""

import re

import pytest
from browsing import PREFERENCES, Watched
from driver import Driver, stored_questions

import nnbook.widgets
import preview


@pytest.fixture(scope="module", params=nnbook.widgets.FIGURES)
def name(request):
    """Return the name of each figure in turn: all tests of one, then of the next."""
    return request.param


@pytest.fixture(scope="session")
def places(request):
    """Return name of a figure, or id of a prediction -> the pages of the site that show it."""
    found = {}
    html = request.getfixturevalue("html")
    for page in sorted(html.rglob("*.html")):
        if page.name != "index.html" and "_static" not in page.parts:
            text = page.read_text(encoding="utf-8")
            for name in re.findall(r'"(?:figure":"|remember":"predict\.)([\w-]+)"', text):
                found.setdefault(name, []).append(page)
    return found


@pytest.fixture(scope="session")
def figure_page(tmp_path_factory):
    """Return a function: name of a figure, and its id if it has one -> the address of its page."""
    folder, made = tmp_path_factory.mktemp("figures"), {}

    def address_of(name, *ids, language="en", traits=None, copies=1):
        key = repr((name, ids, language, traits, copies))
        if key not in made:
            stored = stored_questions().get((name, *ids)) if not traits else None
            stored = stored or getattr(nnbook.widgets, name)(*ids, **(traits or {}))._stored()
            made[key] = folder / f"{len(made)}-{name}.html"
            text = preview.page_with(stored, language=language, copies=copies)
            made[key].write_text(text, encoding="utf-8")
        return made[key].as_uri()

    return address_of


class OpenPages:
    """The window that stays open from test to test: a new one takes time."""

    def __init__(self, browser):
        self.browser = browser
        self.watcher = None

    def at(self, address, *, anew, **surroundings):
        """Return the watcher of an address; `anew`, also if that page is open already.

        And whether it was loaded for that.
        """
        self.watcher = self.watcher or Watched(self.browser, "file://")
        self.watcher.surround(**surroundings)
        anew = anew or self.watcher.page.url.partition("#")[0] != address
        if anew:
            self.watcher.open(address)
        return self.watcher, anew

    def leave(self, watcher):
        """Put the page back: what one test leaves or breaks the next one does not find."""
        if watcher.problems or watcher.page.evaluate(PUT_BACK):
            self.close()

    def close(self):
        """Close the window; who needs it next gets a new one."""
        if self.watcher:
            self.watcher.context.close()
        self.watcher = None


# Nothing plays on, nothing is remembered, nothing has the focus. Is anything broken?
PUT_BACK = """() => {
  for (const { figure } of document.querySelectorAll(".nn-figure")) figure?.reset();
  document.activeElement?.blur();
  if (location.protocol === "file:") {
    localStorage.clear();
    sessionStorage.clear();
  }
  return document.querySelector(".nn-broken") !== null;
}"""


@pytest.fixture(scope="session")
def open_pages(browser):
    """Return the pages that are open."""
    pages = OpenPages(browser)
    yield pages
    pages.close()


@pytest.fixture(scope="session")
def unscripted(browser):
    """Return a page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def open_figure(browser, figure_page, open_pages):
    """Return a function that opens a figure (its name, and its id if it has one) and fails the
    test if anything went wrong there.

    `viewport` and the preferences of a reader are given to the open window, other options of a
    browser's context to one of its own. With `traits` or `page_options` the page is loaded anew.
    The figure's folds are open, unless it is to be `folded` as it comes.
    """
    used, own = [], []

    def open_it(name, *ids, page_options=None, traits=None, language="en", folded=False, **options):
        anew = page_options is not None or traits is not None
        choice = {"language": language, "traits": traits, **(page_options or {})}
        address = figure_page(name, *ids, **choice)
        if options.keys() <= {"viewport", *PREFERENCES}:
            watcher, anew = open_pages.at(address, anew=anew, **options)
            used.append(watcher)
        else:
            watcher = Watched(browser, "file://", **options)
            own.append(watcher)
            watcher.open(address)
        driver = Driver(watcher.page, name, *ids)
        if name not in nnbook.widgets.QUESTIONS:  # they have only a hint
            driver.fold(folded)
        if not anew:
            driver.evaluate("root => root.figure.reset()")
        return driver

    yield open_it
    problems = [problem for watcher in {*used, *own} for problem in watcher.problems]
    for watcher in {*used}:
        open_pages.leave(watcher)
    for watcher in own:
        watcher.context.close()
    assert problems == []
