"""The built site, served as GitHub Pages serves it, and one browser for all tests."""

import os
from pathlib import Path

import pytest
from browsing import ARGUMENTS, BASE_PATH, Watched, serving
from playwright.sync_api import Browser, BrowserType, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
expect.set_options(timeout=30_000)  # long chapters on a busy machine


def pytest_report_header() -> str:
    """Say which browser the tests drive."""
    import find_browser

    path = find_browser.find_browser()
    return f"browser: {find_browser.version(path)} ({path})" if path else "browser: none"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Run one process more than there are processors: a test often waits for its page."""
    return (os.cpu_count() or 1) + 1


# What takes longest starts first: processes that run modules side by side then end together.
LONGEST_FIRST = [
    "test_live_cells",
    "test_every_figure",
    "test_on_the_page",
    "test_pages",
    "test_place",
    "test_jupyterlab",
    "test_nothing_moves",
    "test_hard_conditions",
    "test_live_engine",
    "test_lite",
]


def pytest_collection_modifyitems(items):
    """Put the longest modules first."""
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture(scope="session")
def html():
    """Return the folder of the built site."""
    folder = Path(os.environ.get("BOOK_HTML", ROOT / "_build" / "html")).resolve()
    assert (folder / "index.html").is_file(), (
        f"There is no built site in {folder}. Build it with `make book`, "
        "or name its folder in the environment variable BOOK_HTML."
    )
    return folder


@pytest.fixture(scope="session")
def pages(html):
    """Return the paths of all pages of the book, relative to the site's folder."""
    found = sorted(path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    no_pages = ("_static/", "_modules/", "lite/", "404.html", "offline.html")
    return [path for path in found if not any(part in path for part in no_pages)]


@pytest.fixture(scope="session")
def address(html):
    """Serve the site; return the address of its first page's folder."""
    with serving(html) as port:
        yield f"http://127.0.0.1:{port}{BASE_PATH}"


@pytest.fixture(scope="session")
def chromium() -> BrowserType:
    """Return Playwright's Chromium, for tests that start a browser of their own."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium, browser_path) -> Browser:
    """Return one headless Chromium."""
    started = chromium.launch(executable_path=browser_path, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def watched(browser, request):
    """Return a function that opens a watched page; the test fails if anything went wrong on it."""
    opened = []

    def open_watched(url, **options):
        origin = "file://" if url.startswith("file:") else "/".join(url.split("/", 3)[:3])
        watcher = Watched(browser, origin, **options)
        opened.append(watcher)
        return watcher.open(url)

    yield open_watched
    for watcher in opened:
        watcher.context.close()
    assert [problem for watcher in opened for problem in watcher.problems] == []
