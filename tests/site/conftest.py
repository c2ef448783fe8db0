"""The built site, served as GitHub Pages serves it, and one browser for all tests."""

import functools
import http.server
import os
import sys
import threading
from pathlib import Path

import pytest
from browsing import BASE_PATH, Pages, Watched
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


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
    """Return the paths of all pages, relative to the site's folder."""
    found = sorted(path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    return [path for path in found if "_static" not in path and not path.endswith("404.html")]


@pytest.fixture(scope="session")
def address(html):
    """Serve the site; return the address of its first page's folder."""
    handler = functools.partial(Pages, directory=str(html))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BASE_PATH}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser(browser_path) -> Browser:
    """Return one headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


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
