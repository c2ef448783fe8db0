"""How quickly the interactive figures of the built site answer, and what they weigh.

    make bench-figures

For each figure, on a phone's screen (--width) with the processor slowed four times (--slowed): the
time from an input to the painted frame (95th percentile of 120 inputs that move its sliders and
handles; of each, the middle one of three times). For each page: the time from navigation to the
first figure that answers, and the bytes of its figures' code and state with gzip. For the
playground: how many frames a second it paints while a network 4-8-8-4 learns 500 points, slowed as
much. For the page with the most figures: how long it does not answer while one scrolls through it
and they wake, beside the same page without their scripts.
"""

import argparse
import gzip
import re
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from find_browser import ARGUMENTS, find_browser  # noqa: E402

EVENTS = 120
ROUNDS = 3
LIMITS = {"frame": 33, "first": 300, "code": 55_000, "frames a second": 30, "waking": 50}
UNSLOWED_FRAME = 16.7  # ms, of a processor as it is

UNFOLD = "for (const fold of document.querySelectorAll('.second-reading')) fold.open = true"
# A question that takes an answer has nothing to move.
MOVABLE = ".nn-figure:has(input[type=range], .nn-handle)"

# Moves the sliders and the handles of a figure in turn; gives the ms that each takes. An input
# comes at the beginning of a frame, as browsers hand it on; the message, when that is painted.
MOVE = """async (root, events) => {
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const find = () => [...root.querySelectorAll("input[type=range], .nn-handle")].filter(visible);
  if (!find().length) for (const fold of root.querySelectorAll(".nn-more")) fold.open = true;
  const movable = find();
  const painted = (act) => new Promise((done) => requestAnimationFrame(() => {
    const from = performance.now();
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - from);
    act();
    channel.port2.postMessage(0);
  }));
  const move = (i) => {
    const element = movable[i % movable.length];
    const back = Math.floor(i / movable.length) % 2 === 1;
    if (element.matches("input")) {
      const [min, max] = [Number(element.min), Number(element.max)];
      element.value = min + (max - min) * (0.15 + 0.7 * ((i * 0.618) % 1));
      element.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      const key = back ? "ArrowLeft" : "ArrowRight";
      element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  };
  const times = [];
  for (let i = 0; i < events; i += 1) times.push(await painted(() => move(i)));
  return times;
}"""

# Promises the ms until the first figure of a page is painted, for a reader whom a link leads to it.
# What is folded away wakes only when its fold opens.
FIRST = """window.firstFigure = new Promise((done) => {
  const shown = ".nn-figure:not(details:not([open]) *)";
  addEventListener("DOMContentLoaded", () => document.querySelector(shown).scrollIntoView());
  new MutationObserver((_, observer) => {
    if (!document.querySelector(`${shown} .nn-body:not(:empty)`)) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(0);
    });
  }).observe(document, { childList: true, subtree: true });
});"""

LONG_TASKS = """() => {
  window.longTasks = [];
  const note = (list) => longTasks.push(...list.getEntries().map(({ duration }) => duration));
  new PerformanceObserver(note).observe({ type: "longtask" });
}"""

# Trains the playground for some seconds; gives the ms between its frames. Batches of ten make an
# epoch of fifty steps; the rate is low, so that nothing comes to an end too early.
PLAY = """async (root, { speed, seconds }) => {
  root.scrollIntoView();
  root.figure.reset();
  const data = { dataset: "spirals", classes: 4, count: 500 };
  root.figure.set({ ...data, hidden: [4, 8, 8, 4], rate: 0.01, batch_size: 10 });
  const list = root.querySelector("[data-name=speed]");
  list.value = speed;
  list.dispatchEvent(new Event("change"));
  await new Promise((done) => setTimeout(done, 1500));
  root.querySelector("[data-name=play]").click();
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  for (const start = before; before - start < 1000 * seconds; ) {
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
  }
  root.querySelector("[data-name=play]").click();
  return { gaps, steps: root.figure.state.step };
}"""


def frame_rates(playground, seconds: int = 5) -> list[float]:
    """Measure and print how many frames a second the playground paints, at two speeds."""
    rates = []
    for speed in ("medium", "fast"):
        played = playground.evaluate(PLAY, {"speed": speed, "seconds": seconds})
        gaps = played["gaps"]
        rates.append(1000 * len(gaps) / sum(gaps))
        print(
            f"Playground, playing {speed:6} {rates[-1]:8.1f} frames a second, "
            f"gaps p50 {statistics.median(gaps):.1f}, p95 {percentile(gaps, 0.95):.1f} ms, "
            f"{played['steps']} steps"
        )
    return rates


def answering(figure) -> list[float]:
    """Return the ms of each input: the middle one of some rounds that begin in the same state.

    What the machine does beside it is not the figure's.
    """
    rounds = []
    for _ in range(ROUNDS):
        figure.evaluate("({ figure }) => figure.reset()")
        rounds.append(figure.evaluate(MOVE, EVENTS))
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def blocked(browser, path: Path, *, width: int, slowed: int, scripts: bool) -> tuple[float, float]:
    """Scroll through a page; return its longest task, and the ms that tasks took beyond 50."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    if not scripts:
        context.route("**/_static/figures/*.js*", lambda route: route.abort())
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(UNFOLD)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    page.evaluate(LONG_TASKS)
    page.mouse.move(width / 2, 400)
    bottom = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
    while not page.evaluate(bottom):
        page.mouse.wheel(0, 250)
        page.wait_for_timeout(120)
    tasks = page.evaluate("longTasks")
    context.close()
    return max(tasks, default=0), sum(task - 50 for task in tasks)


def waking(browser, pages: list[Path], **how) -> float:
    """Measure and print how long the page with the most figures does not answer while they wake.

    Return the ms beyond what it takes without their scripts, for each figure.
    """
    path = max(pages, key=lambda page: page.read_text(encoding="utf-8").count("data-state='"))
    figures = path.read_text(encoding="utf-8").count("data-state='")
    print(f"\n{path.name}, scrolled through, {figures} figures")
    beyond = {}
    for scripts in (True, False):
        runs = [blocked(browser, path, scripts=scripts, **how) for _ in range(ROUNDS)]
        longest, beyond[scripts] = (statistics.median(values) for values in zip(*runs, strict=True))
        print(
            f"{'with' if scripts else 'without'} their scripts: longest task {longest:.0f} ms, "
            f"beyond 50 ms in all {beyond[scripts]:.0f} ms"
        )
    return (beyond[True] - beyond[False]) / figures


def percentile(values: list[float], part: float) -> float:
    """Return the value below which a part of all values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def code_size(html: Path, page: Path) -> tuple[int, int]:
    """Return the bytes, with gzip, of a page's figure code and of its stored states."""
    text = page.read_text(encoding="utf-8")
    files = set(re.findall(r'(?:src|href)="(?:\.\./)*(_static/figures/[^"?]+)', text))
    code = sum(len(gzip.compress((html / file).read_bytes())) for file in files)
    states = "".join(re.findall(r"data-state='[^']*'", text))
    return code, len(gzip.compress(states.encode()))


def main() -> int:
    """Measure every page with figures; return 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("html", nargs="?", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--slowed", type=int, default=4, help="how many times (default: 4)")
    parser.add_argument("--width", type=int, default=390, help="of the window (default: 390)")
    arguments = parser.parse_args()
    limits = LIMITS | ({} if arguments.slowed > 1 else {"frame": UNSLOWED_FRAME})
    html = arguments.html.resolve()
    pages = [
        page
        for page in sorted(html.rglob("*.html"))
        if page.name != "index.html" and "data-state='" in page.read_text(encoding="utf-8")
    ]
    kept = True
    print("figure                          p50   p95   (ms)")
    lines = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for path in pages:
            context = browser.new_context(viewport={"width": arguments.width, "height": 844})
            page = context.new_page()
            page.add_init_script(FIRST)
            first = []
            for _ in range(5):
                page.goto(path.as_uri())
                first.append(page.evaluate("window.firstFigure"))
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": arguments.slowed})
            page.evaluate(UNFOLD)
            page.keyboard.press("Tab")  # hydrates all figures
            for figure in page.query_selector_all(MOVABLE):
                for _ in range(5):  # what lies above gets its true height only while one scrolls
                    figure.evaluate("figure => figure.scrollIntoView({ block: 'center' })")
                    page.wait_for_timeout(100)
                times = answering(figure)
                p95 = percentile(times, 0.95)
                kept &= p95 <= limits["frame"]
                name = figure.get_attribute("data-figure")
                print(f"{name:26} {statistics.median(times):8.1f} {p95:5.1f}", flush=True)
            if playground := page.query_selector(".nn-figure[data-figure=Playground]"):
                kept &= min(frame_rates(playground)) >= limits["frames a second"]
            code, states = code_size(html, path)
            kept &= statistics.median(first) <= limits["first"] and code <= limits["code"]
            lines.append(
                f"{path.relative_to(html).as_posix():34} {statistics.median(first):8.0f} "
                f"{code / 1000:11.1f} {states / 1000:7.1f}"
            )
            context.close()
        how = {"width": arguments.width, "slowed": arguments.slowed}
        kept &= waking(browser, pages, **how) <= limits["waking"]
        browser.close()
    print("\npage                        first figure (ms)   code (kB)   states (kB, gzip)")
    print("\n".join(lines))
    print(f"\nlimits: {limits}; {'all kept' if kept else 'NOT ALL KEPT'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
