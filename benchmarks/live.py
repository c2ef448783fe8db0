"""How long Python on the page takes until a reader sees a first output.

    make bench-pages

A cell of chapter 2, from the click on *Edit and run* to its output, with *Run* pressed
as soon as it is there: served on a first visit and on a later one, and opened from a file; then the
same cell once more, with Python there. Each time in a browser with a profile of its own. On a busy
machine these seconds mean nothing.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserType, Page, sync_playwright

from benchmarks.pages import BASE_PATH, ROOT, Zipped, find_browser, serving

PAGE, CELL = "chapters/activations.html", "ten-factors"
GOALS = {"first visit": None, "later visit": 3.0, "from a file": 4.5}  # seconds

# Gives the ms from the click to the output.
RUN = """(name) => new Promise((resolve) => {
  const cell = document.querySelector(`[data-live="${name}"]`);
  const button = (kind) => cell.querySelector(`.live-bar [data-name="${kind}"]`);
  const former = cell.querySelector(".live-output");
  let pressed = button("edit") === null;
  new MutationObserver((_, observer) => {
    if (!pressed && button("run")) {
      pressed = true;
      button("run").click();
    }
    const shown = cell.querySelector(".live-output");
    if (!shown || shown === former) return;
    observer.disconnect();
    resolve(performance.now() - start);
  }).observe(cell, { childList: true, subtree: true });
  const start = performance.now();
  button(pressed ? "run" : "edit").click();
})"""


def measure(page: Page, address: str) -> tuple[float, float]:
    """Return the seconds to the first output, and to that of the next run."""
    page.goto(address, wait_until="networkidle")
    first = page.evaluate(RUN, CELL)
    page.wait_for_selector(f'[data-live="{CELL}"][data-state="done"]')
    return first / 1000, page.evaluate(RUN, CELL) / 1000


def visits(chromium: BrowserType, served: str, file: str) -> dict[str, tuple[float, float]]:
    """Measure each kind of visit once, in a new profile."""
    with tempfile.TemporaryDirectory() as profile:
        context = chromium.launch_persistent_context(
            profile, executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = context.new_page()
        found = {kind: measure(page, file if kind == "from a file" else served) for kind in GOALS}
        context.close()
    return found


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--html", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    html = arguments.html.resolve()
    with serving(html, Zipped) as port, sync_playwright() as playwright:
        addresses = f"http://127.0.0.1:{port}{BASE_PATH}{PAGE}", (html / PAGE).as_uri()
        runs = [visits(playwright.chromium, *addresses) for _ in range(arguments.runs)]
    print("Python on the page: seconds to a first output, and once Python is there")
    print(f"{'':14} median   best   goal     then")
    for kind, goal in GOALS.items():
        first, then = zip(*(run[kind] for run in runs), strict=True)
        print(
            f"{kind:14} {statistics.median(first):6.2f} {min(first):6.2f} {goal or '':>6} "
            f"{statistics.median(then):8.3f}"
        )


if __name__ == "__main__":
    main()
