"""What all tests share."""

import os
from pathlib import Path

import hypothesis
import pytest
from browsing import ARGUMENTS, BASE_PATH, Watched, serving

# The same examples on every run and machine: a red test stays red until it is mended.
hypothesis.settings.register_profile("stable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("stable")

ROOT = Path(__file__).resolve().parent.parent
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
    """Mark what drives a browser or reads the built site; put the longest modules first."""
    site = ROOT / "tests" / "site"
    for item in items:
        if {"browser_path", "html"} & {*item.fixturenames} or item.path.is_relative_to(site):
            item.add_marker("browser")
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """With browsers, run one process more than there are processors: tests wait for their pages."""
    return (os.cpu_count() or 1) + ("not browser" not in config.option.markexpr)


def pytest_report_header():
    """Say which browser the tests drive."""
    import find_browser

    path = find_browser.find_browser()
    return f"browser: {find_browser.version(path)} ({path})" if path else "browser: none"


def pytest_report_teststatus(report):
    """Name what fails at once: a run that is broken off has then said what it found."""
    if report.failed:
        category = "failed" if report.when == "call" else "error"
        return category, f"\n{category.upper()} {report.nodeid}\n", category.upper()
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_handlecrashitem(crashitem, sched):
    """Go on behind a test that hung: where modules are kept together it would be tried for ever."""
    for module in getattr(sched, "workqueue", {}).values():
        if crashitem in module:
            module[crashitem] = True


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return the path of a Chromium; without one the tests fail, they do not skip."""
    import find_browser

    path = find_browser.find_browser()
    assert path is not None, find_browser.MISSING
    return path


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
    """Serve the site as GitHub Pages does; return the address of its first page's folder."""
    with serving(html) as port:
        yield f"http://127.0.0.1:{port}{BASE_PATH}"


@pytest.fixture(scope="session")
def chromium():
    """Return Playwright's Chromium, for tests that start a browser of their own."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # long chapters on a busy machine
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium, browser_path):
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
