"""Interactive figures, tried where readers meet them: on the pages of the built site.

With FIGURES=bare in the environment each figure stands on a page of its own instead: no site has
to be built, which is quicker while one works on a figure.
"""

import os
import re

import pytest
from browsing import Watched
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


@pytest.fixture
def figure_page(request, tmp_path):
    """Return a function: name of a figure, and its id if it has one -> the address of a page."""

    def address_of(name, *ids, **options):
        if not BARE and not options:
            places = request.getfixturevalue("places")
            key = ids[0] if ids else name
            assert key in places, f"no page of the site shows {key}"
            return places[key][0].as_uri()
        path = tmp_path / f"{name}.html"
        figure = getattr(nnbook.widgets, name)(*ids)
        path.write_text(preview.page_of(figure, **options), encoding="utf-8")
        return path.as_uri()

    return address_of


@pytest.fixture(scope="session")
def kept():
    """Keep the pages that are open already, for the next test of the same figure."""
    pages = {}
    yield pages
    for watcher in pages.values():
        watcher.context.close()


@pytest.fixture
def open_figure(browser, figure_page, kept):
    """Return a function that opens a figure (its name, and its id if it has one) and fails the
    test if anything went wrong there.

    Chapters are long and a browser needs its time for them, so a figure that was opened as it
    comes stays open; the next test finds it reset.
    """
    opened = []

    def open_it(name, *ids, page_options=None, **options):
        if page_options or options:
            watcher = Watched(browser, "file://", **options)
            opened.append(watcher)
            page = watcher.open(figure_page(name, *ids, **(page_options or {})))
            return Driver(page, name, *ids)
        watcher = kept.get((name, *ids))
        if watcher is None:
            watcher = kept[name, *ids] = Watched(browser, "file://")
            watcher.open(figure_page(name, *ids))
        driver = Driver(watcher.page, name, *ids)
        driver.root.evaluate("root => root.figure.reset()")
        return driver

    yield open_it
    problems = [problem for watcher in [*opened, *kept.values()] for problem in watcher.problems]
    for watcher in opened:
        watcher.context.close()
    for name, watcher in list(kept.items()):
        if watcher.problems or watcher.page.locator(".nn-broken").count():
            kept.pop(name).context.close()  # what one test broke the next one does not find
    assert problems == []
