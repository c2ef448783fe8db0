"""Interactive figures, tried where readers meet them: on the pages of the built site.

With FIGURES=bare in the environment each figure stands on a page of its own instead: no site has
to be built, which is quicker while one works on a figure.
"""

import os
import re

import pytest
from browsing import PREFERENCES, Watched
from driver import Driver

import nnbook.widgets
import preview

BARE = os.environ.get("FIGURES") == "bare"


@pytest.fixture(params=nnbook.widgets.FIGURES)
def name(request):
    """Return the name of each figure in turn."""
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
def figure_page(request, tmp_path_factory):
    """Return a function: name of a figure, and its id if it has one -> the address of a page.

    It is a page of the site, or one that is made where traits or options of a page are given.
    """
    folder, made = tmp_path_factory.mktemp("figures"), {}

    def of_the_site(key, language):
        places = request.getfixturevalue("places")
        found = [page for page in places.get(key, []) if ("zh" in page.parts) == (language != "en")]
        assert found, f"no page of the site shows {key}"
        return found[0].as_uri()

    def address_of(name, *ids, language="en", traits=None, **options):
        if not BARE and traits is None and not options:
            return of_the_site(ids[0] if ids else name, language)
        key = repr((name, ids, language, traits, options))
        if key not in made:
            figure = getattr(nnbook.widgets, name)(*ids, **(traits or {}))
            made[key] = folder / f"{len(made)}-{name}.html"
            text = preview.page_of(figure, language=language, **{"copies": 1, **options})
            made[key].write_text(text, encoding="utf-8")
        return made[key].as_uri()

    return address_of


class OpenPages:
    """The pages that stay open from test to test: chapters are long, and a new window takes time.

    One page of each chapter, and one in which those that are made follow one another.
    """

    def __init__(self, browser):
        self.browser = browser
        self.watchers = {}

    def at(self, address, *, alone, **surroundings):
        """Return the watcher of an address; `alone`, a page that is loaded anew."""
        key = "alone" if alone or BARE else address
        if key not in self.watchers:
            self.watchers[key] = Watched(self.browser, "file://")
        watcher = self.watchers[key]
        watcher.surround(**surroundings)
        if alone or watcher.page.url.partition("#")[0] != address:
            watcher.open(address)
        return watcher

    def leave(self, watcher):
        """Put a page back: what one test leaves or breaks the next one does not find."""
        broken = watcher.problems or watcher.page.locator(".nn-broken").count()
        if not broken:
            broken = watcher.page.evaluate(PUT_BACK)
        if broken:
            self.close(watcher)

    def close(self, watcher):
        """Close a page; who needs it next gets a new one."""
        watcher.context.close()
        self.watchers = {key: one for key, one in self.watchers.items() if one is not watcher}


# Figures of a second reading are figures like the others.
UNFOLD = """() => {
  for (const fold of document.querySelectorAll("details.second-reading")) fold.open = true;
}"""

# Nothing plays on, nothing is remembered, nothing has the focus.
PUT_BACK = """() => {
  for (const { figure } of document.querySelectorAll(".nn-figure")) figure?.reset();
  document.activeElement?.blur();
  if (location.protocol !== "file:") return;
  localStorage.clear();
  sessionStorage.clear();
}"""


@pytest.fixture(scope="session")
def open_pages(browser):
    """Return the pages that are open."""
    pages = OpenPages(browser)
    yield pages
    for watcher in list(pages.watchers.values()):
        pages.close(watcher)


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

    `viewport` and the preferences of a reader are given to an open page, other options of a
    browser's context to one of its own. With `traits` or `page_options` the figure stands alone.
    Its folds are open, unless it is to be `folded` as it comes.
    """
    used, own = [], []

    def open_it(name, *ids, page_options=None, traits=None, language="en", folded=False, **options):
        alone = page_options is not None or traits is not None
        choice = {"language": language, "traits": traits, **(page_options or {})}
        if alone:
            choice["copies"] = choice.get("copies", 1)
        address = figure_page(name, *ids, **choice)
        if options.keys() <= {"viewport", *PREFERENCES}:
            watcher = open_pages.at(address, alone=alone, **options)
            used.append(watcher)
        else:
            watcher = Watched(browser, "file://", **options)
            own.append(watcher)
            watcher.open(address)
        watcher.page.evaluate(UNFOLD)
        driver = Driver(watcher.page, name, *ids)
        driver.fold(folded)
        if not alone:
            driver.root.evaluate("root => root.figure.reset()")
        return driver

    yield open_it
    problems = [problem for watcher in {*used, *own} for problem in watcher.problems]
    for watcher in {*used}:
        open_pages.leave(watcher)
    for watcher in own:
        watcher.context.close()
    assert problems == []
