"""Python on the page: what runs a chapter's cells, from a server and from a file.

A page with the policy of the book's pages and nothing else drives the engine. `make test` runs one
chapter, `make lite-test` every chapter, both ways.
"""

import contextlib
import itertools
import json
import re

import pytest
from browsing import BASE_PATH, ROOT, Pages, Watched, serving

from nnbook.figures.myst import STATE_MIME
from nnbook.live.outputs import VERDICT_MIME

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
WAYS = ("served", "file")
QUICK = "chapters/losses.ipynb"
STREAM, SVG = "stream", "image/svg+xml"
ATTEMPTS = ROOT / "tests" / "site" / "attempts.js"
HEARD = []  # by all servers
TIMEOUT = 30 * 60_000  # ms, for all cells of a chapter
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">{policy}
<meta name="book-python" content="" data-worker="live/worker.js" {parts}>
<link rel="icon" href="data:,"><title>Python</title>
<script src="live/live.js"></script></head></html>
"""
MAKE = """() => {
  globalThis.states = [];
  const onState = (state, detail) => states.push({ state, ...detail });
  globalThis.runtime = new nnlibLive.Runtime({ onState });
}"""
RUN = """async (cells) => {
  const results = [];
  for (const { code, ...options } of cells) {
    const outputs = [];
    const onOutput = (output) => outputs.push(output);
    results.push({ ...(await runtime.run(code, { ...options, onOutput })), outputs });
  }
  return results;
}"""


@pytest.fixture(scope="module")
def folder(html, tmp_path_factory):
    """Return a folder with the page, and beside it what the site has of Python."""
    made = tmp_path_factory.mktemp("engine")
    (made / "python").symlink_to(html / "python")
    (made / "live").symlink_to(html / "_static" / "live")
    policy = POLICY.search((html / "intro.html").read_text(encoding="utf-8"))[0]
    for name, parts in (("index", 'data-parts="python/parts.js"'), ("without", "")):
        text = PAGE.format(policy=policy, parts=parts)
        (made / f"{name}.html").write_text(text, encoding="utf-8")
    (made / "404.html").write_text("", encoding="utf-8")
    return made


class Listening(Pages):
    """A server that remembers what it was asked for."""

    def do_GET(self):  # noqa: N802 (http.server's name)
        HEARD.append(self.path)
        super().do_GET()


@contextlib.contextmanager
def opened(browser, folder, way, name="index"):
    """Open the page under watch; afterwards nothing may have gone wrong on it."""
    with serving(folder, Listening) as port, contextlib.ExitStack() as stack:
        address = (
            f"http://127.0.0.1:{port}{BASE_PATH}" if way == "served" else folder.as_uri() + "/"
        )
        watcher = Watched(browser, address)
        stack.callback(watcher.context.close)
        page = watcher.open(f"{address}{name}.html")
        page.set_default_timeout(TIMEOUT)
        page.evaluate(MAKE)
        yield watcher
        assert [problem for problem in watcher.problems if "blob:null/" not in problem] == []


@pytest.fixture(scope="module", params=WAYS)
def watcher(request, browser, folder):
    """Return the page with Python in it, opened in one of the two ways, under watch."""
    with opened(browser, folder, request.param) as watcher:
        yield watcher


@pytest.fixture(scope="module")
def page(watcher):
    """Return the page with Python in it."""
    return watcher.page


def run(page, *codes, **options):
    """Run cells; return the last one's result."""
    return page.evaluate(RUN, [{"code": code, **options} for code in codes])[-1]


def texts(outputs):
    """Return what outputs say, streams in one piece, as `stored_texts` does."""
    said = []
    for output in outputs:
        if output["type"] == STREAM:
            if said and said[-1][0] == output["name"]:
                output = {**output, "text": said.pop()[1] + output["text"]}
            said.append((output["name"], output["text"]))
        elif output["data"].get(VERDICT_MIME, {}).get("correct", 1) is not None:
            said.append(bundle(output["data"]))
    return said


def bundle(data):
    """Return the text of a value, whether it is a picture, and a figure's state."""
    figure = data.get(STATE_MIME)
    picture = SVG in data and figure is None  # a figure's picture is for where there is no page
    return "".join(data["text/plain"]), picture, figure and (figure["figure"], figure["state"])


def stored_texts(cell):
    """Return what a cell's stored outputs say."""
    return [
        (output["name"], "".join(output["text"]))
        if output["output_type"] == STREAM
        else bundle(output["data"])
        for output in cell["outputs"]
    ]


def code_cells(name):
    notebook = json.loads((ROOT / name).read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_a_cell_shows_what_it_prints_and_its_value(page):
    result = run(page, "import numpy as np\nx = np.arange(3)", "print(x)\nx ** 2", id="squares")
    assert result["status"] == "ok"
    assert texts(result["outputs"]) == [("stdout", "[0 1 2]\n"), ("array([0, 1, 4])", False, None)]
    states = page.evaluate("states")
    assert states[0]["state"] == "starting"
    parts = [state for state in states if state["state"] == "starting" and "part" in state]
    assert {state["part"] for state in parts} == {"python", "numpy", "book"}
    assert parts[-1]["loaded"] == parts[-1]["total"] > 10_000_000
    assert states[-1]["state"] == "ready"


def test_an_error_comes_with_its_line(page):
    error = run(page, "a = 1\nb = c", id="broken")["error"]
    assert "nnbook" not in error["traceback"]
    assert (error["name"], error["line"], error["undefined"]) == ("NameError", 2, "c")
    assert run(page, "a = 1\nb = (")["error"]["name"] == "SyntaxError"
    deep = "import sys\nsys.setrecursionlimit(20_000)\ndef f(): return f()\nf()"
    assert run(page, deep)["error"]["name"] == "RecursionError"
    assert run(page, "await f()")["error"]["message"].startswith("This page waits for nothing")
    asynchronous = "import asyncio\nasync def f(): return 1\nasyncio.run(f())"
    assert run(page, asynchronous)["error"]["message"].startswith("This page waits for nothing")


def test_an_endless_loop_is_stopped_and_takes_the_variables_along(page):
    run(page, "x = 1")
    before = page.evaluate("runtime.generation")
    ended = page.evaluate("""async () => {
      let begun;
      const begins = new Promise((resolve) => { begun = resolve; });
      const endless = runtime.run("print(1, flush=True)\\nwhile True: pass", { onOutput: begun });
      const waits = runtime.run("2");
      await begins;
      runtime.stop();
      return Promise.all([endless, waits]);
    }""")
    assert [result["status"] for result in ended] == ["stopped", "stopped"]
    assert page.evaluate("runtime.generation") > before
    assert run(page, "x")["error"]["undefined"] == "x"


def test_an_exercise_has_names_of_its_own(page):
    run(page, "x, y = 1, 2")
    run(page, "x = 10", space="exercise")
    assert texts(run(page, "print(x, y)", space="exercise")["outputs"]) == [("stdout", "10 2\n")]
    fresh = run(page, "print(x, y)", space="exercise", fresh=True)
    assert texts(fresh["outputs"]) == [("stdout", "1 2\n")]


def test_a_verdict_comes_and_an_endless_answer_is_stopped(page):
    run(page, "from nnbook import exercises\nfrom nnbook.exercises import limit")
    result = run(page, "exercises.check('softmax-product', lambda p, g: p)", space="product")
    (output,) = result["outputs"]
    assert output["data"][VERDICT_MIME]["exercise"] == "softmax-product"
    assert output["data"][VERDICT_MIME]["correct"] is False
    answer = "def answer(*given):\n    while True:\n        try: n = 1\n        except: pass\n"
    check = "exercises.check('gradient_descent-tolerance', answer)"
    result = run(page, f"limit.SECONDS = 0.5\n{answer}{check}")
    assert "while True:" in result["outputs"][-1]["data"][VERDICT_MIME]["text"]


def test_a_picture_comes_for_light_and_dark_pages(page):
    first = "from nnbook import widgets\nfrom nnlib import plots\nplots.use_style()"
    assert run(page, first)["outputs"] == []
    assert "drawing" not in [state.get("part") for state in page.evaluate("states")]
    result = run(page, "plots.plot_activation('relu')")
    (output,) = result["outputs"]
    assert output["data"][SVG].startswith("<svg")
    dark = output["metadata"][SVG]["dark"]
    assert dark.startswith("<svg")
    assert dark != output["data"][SVG]
    assert "letters" not in [state.get("part") for state in page.evaluate("states")]
    result = run(page, "from matplotlib import pyplot as plt\nplt.title('损失 $L$');")
    assert [output["type"] for output in result["outputs"]] == ["display"]  # and no warning
    assert "letters" in [state.get("part") for state in page.evaluate("states")]


def test_a_figure_and_its_python_object_know_of_each_other(page):
    result = run(page, "from nnbook import widgets\nw = widgets.ResidualSquares()\nw")
    figure = result["outputs"][0]["data"][STATE_MIME]
    page.evaluate("(id) => runtime.setState(id, { w: 1.25 })", figure["figureId"])
    result = run(page, "print(w.w)\nw.b = -0.25")
    assert texts(result["outputs"][:-1]) == [("stdout", "1.25\n")]
    changed = result["outputs"][-1]
    assert (changed["type"], changed["figureId"]) == ("state", figure["figureId"])
    assert changed["state"]["b"] == -0.25


# -- What the reader's code cannot do --------------------------------------------------------------

ATTEMPT = """
import js
from pyodide.ffi import create_proxy, to_js
told = []
same = to_js({"createScriptURL": create_proxy(lambda address, *_: address)},
             dict_converter=js.Object.fromEntries)
policy = js.trustedTypes.createPolicy("nnlib-live", same)
worker = js.Worker.new(policy.createScriptURL(js.URL.createObjectURL(js.Blob.new([script]))))
worker.onmessage = create_proxy(lambda event: told.append(event.data))
"""
DIRECTLY = """
from pyodide.code import run_js
from pyodide.http import open_url
for name, act in {
    "open": lambda: open_url(addresses[0] + "leak-open"),
    "script": lambda: js.importScripts(policy.createScriptURL(addresses[0] + "leak-script")),
    "database": lambda: js.indexedDB.open("leak"),
    "code": lambda: run_js("1"),
    "constructor": lambda: js.Object.constructor("return 1"),
}.items():
    try:
        act()
        told.append(name)
    except Exception:
        pass
"""
LISTEN = """() => {
  globalThis.heard = [];
  globalThis.channel = new BroadcastChannel("leak");
  channel.onmessage = ({ data }) => heard.push(data);
}"""


def test_nothing_leads_out_of_the_worker(watcher, page, folder):
    page.evaluate(LISTEN)
    before = len(watcher.problems)
    with serving(folder, Listening) as elsewhere:
        own = page.url.rpartition("/")[0] + "/"
        addresses = [f"http://127.0.0.1:{elsewhere}{BASE_PATH}", own]
        attempts = ATTEMPTS.read_text(encoding="utf-8")
        attempts = f"const ADDRESSES = {json.dumps(addresses)};\n{attempts}"
        run(page, f"addresses = {addresses}\nscript = {attempts!r}\n{ATTEMPT}{DIRECTLY}")
        for _ in range(200):
            (said,) = texts(run(page, "print(len(told), told)")["outputs"])
            if said != ("stdout", "0 []\n"):
                break
            page.wait_for_timeout(50)
    assert said == ("stdout", "1 ['']\n")
    assert [path for path in HEARD if "leak" in path] == []
    assert page.evaluate("heard") == []
    del watcher.problems[before:]  # the browser tells what it refuses


FORGE = """
import js
from pyodide.ffi import create_proxy, to_js
forged = lambda message: to_js(message, dict_converter=js.Object.fromEntries)
for kind in ("failed", "done", "ready", "output"):
    js.postMessage(forged({"type": kind, "reason": "blocked", "output": "{}", "result": {}}))
js.postMessage(None)
take = create_proxy(lambda *given: print("taken"))
for kind, name in ((js.MessagePort, "postMessage"), (js.MessageEvent, "data")):
    try:
        js.Object.defineProperty(kind.prototype, name, forged({"value": take}))
        print(name)
    except Exception:
        pass
try:
    js.close()
    print("closed")
except Exception:
    pass
"""
# Through Python's own objects code reaches what passes outputs on.
SPOIL = """
import gc
from nnbook.live.session import Session
(session,) = (each for each in gc.get_objects() if isinstance(each, Session))
(post,) = (cell.cell_contents for cell in session._screen._send.__closure__)
post("null")
"""


def test_the_page_believes_the_worker_alone(page):
    states = len(page.evaluate("states"))
    assert run(page, "x = 5", FORGE)["outputs"] == []
    assert texts(run(page, "print(x)")["outputs"]) == [("stdout", "5\n")]
    assert len(page.evaluate("states")) == states


def test_what_is_no_output_ends_python_and_the_next_run_starts_it(page):
    run(page, "x = 5")
    reason = """(code) => runtime.run(code, { onOutput: ({ type }) => type })
      .then(() => null, ({ reason }) => reason)"""
    assert page.evaluate(reason, SPOIL) == "crashed"
    told = page.evaluate("states.at(-1)")
    assert (told["state"], told["reason"]) == ("failed", "ended")
    assert run(page, "x")["error"]["undefined"] == "x"


def assert_as_stored(page, name):
    cells = code_cells(name)
    page.evaluate("runtime.stop()")
    results = page.evaluate(RUN, [{"code": "".join(c["source"]), "id": c["id"]} for c in cells])
    different = {
        cell["id"]: (texts(result["outputs"]), stored_texts(cell), result.get("error"))
        for cell, result in zip(cells, results, strict=True)
        if result["status"] != "ok" or texts(result["outputs"]) != stored_texts(cell)
    }
    assert different == {}


NOTEBOOKS = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("chapters/*.ipynb"))]
QUICKLY = ("served", QUICK)


@pytest.mark.parametrize(
    ("way", "name"),
    [
        pytest.param(*case, marks=() if case == QUICKLY else pytest.mark.exhaustive)
        for case in itertools.product(WAYS, ["intro.ipynb", *NOTEBOOKS])
    ],
)
def test_a_chapter_gives_what_is_stored(browser, folder, way, name):
    with opened(browser, folder, way) as watcher:
        assert_as_stored(watcher.page, name)


# -- Where Python cannot come ------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_a_site_without_python_says_so(browser, folder, way):
    with opened(browser, folder, way, "without") as watcher:
        page = watcher.page
        reason = page.evaluate("runtime.run('1').then(() => null, ({ reason }) => reason)")
        assert reason == "missing"
        assert [state["state"] for state in page.evaluate("states")] == ["starting", "failed"]


def test_a_lost_part_is_told_and_the_next_run_tries_again(browser, folder):
    with serving(folder) as port:
        address = f"http://127.0.0.1:{port}{BASE_PATH}"
        watcher = Watched(browser, address)
        page = watcher.open(address + "index.html")
        page.evaluate(MAKE)
        watcher.context.route("**/numpy*.whl", lambda route: route.abort())
        assert (
            page.evaluate("runtime.run('1').then(() => null, ({ reason }) => reason)") == "network"
        )
        watcher.context.unroute("**/numpy*.whl")
        assert run(page, "1 + 1")["status"] == "ok"
        watcher.context.close()


def test_the_files_are_named_by_what_they_hold(html):
    """What a browser has kept of an older version never comes under a newer one."""
    text = (html / "chapters" / "losses.html").read_text(encoding="utf-8")
    found = dict(re.findall(r'data-(worker|parts)="([^"?]+)\?v=[0-9a-f]{10}"', text))
    assert found == {"worker": "../_static/live/worker.js", "parts": "../python/parts.js"}
    chinese = (html / "zh" / "chapters" / "losses.html").read_text(encoding="utf-8")
    assert 'data-parts="../../python/parts.js?v=' in chinese
    parts = (html / "python" / "parts.js").read_text(encoding="utf-8")
    addresses = re.findall(r'"address": "([^"]+)"', parts)
    assert len(addresses) > 8
    for address in addresses:
        assert (html / "python" / address).is_file()
        assert re.match(r"pyodide-[\d.]+-[0-9a-f]{8}/|(book|han)-[0-9a-f]{10}\.(zip|otf)$", address)
