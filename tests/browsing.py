"""What the tests with a browser share: a server as GitHub Pages is one, and a page under watch."""

import contextlib
import functools
import http.server
import threading
from pathlib import Path
from urllib.parse import urlsplit

import find_browser

ROOT = Path(__file__).resolve().parents[1]
NODE_MODULES = ROOT / "js" / "node_modules"
ARGUMENTS = [*find_browser.ARGUMENTS, "--disable-background-networking"]
VIEWPORT = {"width": 1280, "height": 800}
# A page hears of its new width, and what watches its own width then draws: some frames later.
DRAWN_AGAIN = """async (width) => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let n = 0; n < 100 && innerWidth !== width; n += 1) await frame();
  for (let n = 0; n < 3; n += 1) await frame();
}"""
# What a page is told of its reader, as in a new page.
PREFERENCES = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
}
BLOCKED = "Service Worker registration blocked by Playwright"
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


@contextlib.contextmanager
def serving(folder, pages=Pages):
    """Serve a folder on the loopback; give the port."""
    handler = functools.partial(pages, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def until(page, condition):
    """Wait for a condition; the page's policy lets it be asked frame by frame in this way alone."""
    page.evaluate(
        """async (condition) => {
          for (let frame = 0; frame < 1000; frame += 1) {
            if (await CONDITION) return;
            await new Promise(requestAnimationFrame);
          }
          throw new Error(`Waited in vain: ${condition}`);
        }""".replace("CONDITION", condition),
        condition,
    )


def box_of(element):
    """Return where an element is on the screen, also where its section is laid out only now.

    Playwright's own `bounding_box` has nothing to say of a section that has just come near.
    """
    return element.evaluate("""(element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }""")


def reload(page):
    """Load a page anew, for a reader who then moves: until one does it is held at its place."""
    page.reload()
    page.keyboard.press("Shift")


def wake(page):
    """Bring every figure of a page to life: the keyboard's next stop may lie in any of them."""
    page.keyboard.press("Tab")


class Watched:
    """A page of the browser together with everything that went wrong on it."""

    def __init__(self, browser, origin, **options):
        options.setdefault("viewport", VIEWPORT)
        options.setdefault("service_workers", "block")  # but where one is what is tried
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.problems = []
        self.requested = []
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("requestfailed", self._note_lost)
        self.page.on("request", lambda request: self._note(request.url, origin))

    def _note_message(self, message):
        if message.text != BLOCKED:
            self.problems.append(f"console: {message.text}")

    def _note_lost(self, request):
        if request.failure != "net::ERR_ABORTED":  # a picture still on its way when one moves on
            self.problems.append(f"lost: {request.url}")

    def _note(self, url, origin):
        self.requested.append(url)
        if not url.startswith((origin, "data:", "blob:")):
            self.problems.append(f"request to another origin: {url}")

    def surround(self, *, viewport=None, **media):
        """Give an open page a window and preferences, those of a new page where none are named."""
        viewport = viewport or VIEWPORT
        self.page.emulate_media(**PREFERENCES | media)
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)
            self.page.evaluate(DRAWN_AGAIN, viewport["width"])

    def open(self, url):
        self.page.goto(url, wait_until="load")
        return self.page
