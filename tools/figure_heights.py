"""Measure how high every interactive figure of the built site is.

That is the room which a page reserves for it: theme/figures/reserved_room.json.

    make book && python tools/figure_heights.py

The page keeps that much room until the figure's script has come, so that nothing jumps on a slow
network. To be run when a figure has been added or has changed its height; a test says so.
"""

import argparse
import json
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from find_browser import ARGUMENTS, find_browser
from nnbook.messages import ORIGINAL, TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "theme/figures/reserved_room.json"
WIDTHS = (360, 430, 768, 1280)  # of a phone's screen, twice, of a tablet's, of a laptop's

# All sections are laid out, all folds of the page are open, all figures are there, their own folds
# as they come.
HEIGHTS = """async () => {
  for (const fold of document.querySelectorAll("details:not(.nn-figure *)")) fold.open = true;
  const whole = new CSSStyleSheet();
  whole.replaceSync("article > section > section { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(whole);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" })); // hydrates all figures
  await document.fonts.ready;
  await frame();
  await frame();
  const figures = [...document.querySelectorAll("[data-place]")];
  const height = (figure) => Math.round(figure.getBoundingClientRect().height);
  return figures.map((figure) => [figure.dataset.place, height(figure)]);
}"""


def heights(page: Page, url: str) -> dict[str, list[int]]:
    """Return name of a place -> height in pixels at each width."""
    found: dict[str, list[int]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(url)
        for place, height in page.evaluate(HEIGHTS):
            found.setdefault(place, []).append(height)
    return found


def main() -> None:
    """Measure every page of all editions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("html", nargs="?", type=Path, default=ROOT / "_build" / "html")
    html = parser.parse_args().html.resolve()
    places: dict[str, dict[str, list[int]]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page()
        for path in sorted([*html.glob("**/intro.html"), *html.glob("**/chapters/*.html")]):
            if "data-place=" in path.read_text(encoding="utf-8"):
                folder = path.relative_to(html).parts[0]
                edition = folder if folder in TRANSLATIONS else ORIGINAL
                places.setdefault(edition, {}).update(heights(page, path.as_uri()))
        browser.close()
    lines = [
        f"{json.dumps(edition)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {found}" for name, found in sorted(of_edition.items()))
        + "\n}"
        for edition, of_edition in places.items()
    ]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
