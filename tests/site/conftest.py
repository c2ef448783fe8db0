"""The built site, served as GitHub Pages serves it, and one browser for all tests."""

import functools
import http.server
import os
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

BASE_PATH = "/nnlib-book/"  # the site lies below its host's root, as a project's pages do


class Pages(http.server.SimpleHTTPRequestHandler):
    """A static server below BASE_PATH that answers an unknown address with 404.html."""

    def translate_path(self, path):
        parts = urlsplit(path)
        if not parts.path.startswith(BASE_PATH):
            return str(Path(self.directory) / "no such file")
        return super().translate_path("/" + parts.path.removeprefix(BASE_PATH))

    def send_error(self, code, message=None, explain=None):
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


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


class Watched:
    """A page of the browser together with everything that went wrong on it."""

    def __init__(self, browser, origin, **options):
        options.setdefault("viewport", {"width": 1280, "height": 800})
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.problems = []
        self.requested = []
        self.page.on("console", lambda message: self.problems.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("requestfailed", self._note_lost)
        self.page.on("request", lambda request: self._note(request.url, origin))

    def _note_lost(self, request):
        if request.failure != "net::ERR_ABORTED":  # a picture still on its way when one moves on
            self.problems.append(f"lost: {request.url}")

    def _note(self, url, origin):
        self.requested.append(url)
        if not url.startswith((origin, "data:")):
            self.problems.append(f"request to another origin: {url}")

    def open(self, url):
        self.page.goto(url, wait_until="load")
        return self.page


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
