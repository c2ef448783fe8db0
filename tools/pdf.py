"""Make one PDF of the whole book from the built site: `_build/book.pdf`.

A headless Chromium opens the first page of the site, `whole_book.js` makes the whole book of it,
and the browser prints it twice: the first time to find out on which page each heading stands, the
second time with these numbers in the contents. The Chinese edition, where it is built, becomes
`_build/book.zh.pdf`.
"""

from __future__ import annotations

import argparse
import io
import time
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from find_browser import MISSING, find_browser
from theme.strings import strings

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent
EDITIONS = {"en": ("", "book.pdf"), "zh": ("zh", "book.zh.pdf")}
FILL_IN = """pages => {
  document.body.className = "";
  for (const number of document.querySelectorAll(".page-number")) {
    number.textContent = pages[number.dataset.of];
  }
}"""

Entry = tuple[int, str, str]
"""A line of the contents: its level, its title, the anchor of its heading."""


def main() -> None:
    """Make the PDF of each edition that is built."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("editions", nargs="*", default=list(EDITIONS), help="en, zh (default: all)")
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the built site")
    parser.add_argument("--to", type=Path, default=ROOT / "_build", help="folder for the PDF")
    parser.add_argument("--format", default="A4", help="A4, Letter, ... (default: A4)")
    arguments = parser.parse_args()
    executable = find_browser()
    if executable is None:
        raise SystemExit(MISSING)
    arguments.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for edition in arguments.editions:
            folder, name = EDITIONS[edition]
            site = arguments.site / folder
            if (site / "intro.html").is_file():
                start = time.perf_counter()
                config = yaml.safe_load((ROOT / folder / "_config.yml").read_text("utf-8"))
                pages = make(browser, site, config, arguments.to / name, arguments.format)
                print(f"{arguments.to / name}: {pages} pages, {time.perf_counter() - start:.0f} s")


def make(browser: Browser, site: Path, config: dict[str, Any], target: Path, paper: str) -> int:
    """Write the whole book of one edition; return how many pages it has."""
    page = browser.new_page(bypass_csp=True)
    page.goto((site / "intro.html").as_uri())
    entries = assemble(page, site, config)
    page.evaluate(FILL_IN, page_numbers(page.pdf(format=paper)))
    with pikepdf.open(io.BytesIO(page.pdf(format=paper, tagged=True))) as book:
        describe(book, config, entries)
        # Tags are many small objects: together they are compressed.
        book.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        pages = len(book.pages)
    page.close()
    return pages


def assemble(page: Page, site: Path, config: dict[str, Any]) -> list[Entry]:
    """Put all pages of the site into the open one, in the order of its contents."""
    links = page.locator("nav.contents a").all()
    paths = [link.get_attribute("href") or "" for link in links]
    paths[0] = "intro.html"  # the page itself is a link to "#"
    sources = [{"href": path, "html": (site / path).read_text("utf-8")} for path in paths]
    words = {**strings(config["sphinx"]["config"]["language"]), "author": config["author"]}
    whole_book = (TOOLS / "whole_book.js").read_text("utf-8")
    entries: list[Entry] = page.evaluate(whole_book, {"sources": sources, "words": words})
    page.add_style_tag(path=TOOLS / "whole_book.css")
    page.evaluate("nnlibFigures.hydrate()")
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    return entries


def page_numbers(printed: bytes) -> dict[str, int]:
    """Return, for each anchor that a link leads to, the number of its page."""
    with pikepdf.open(io.BytesIO(printed)) as book:
        number_of: dict[Any, int] = {
            page.objgen: number for number, page in enumerate(book.pages, start=1)
        }
        return {
            name.removeprefix("/"): number_of[destination[0].objgen]
            for name, destination in book.Root.Dests.items()
        }


def describe(book: pikepdf.Pdf, config: dict[str, Any], entries: list[Entry]) -> None:
    """Give the book its title, its author and its bookmarks."""
    book.docinfo.Title, book.docinfo.Author = config["title"], config["author"]
    book.Root.PageMode = pikepdf.Name.UseOutlines
    anchors: Any = book.Root.Dests
    with book.open_outline() as outline:
        levels = [outline.root]
        for level, title, anchor in entries:
            item = pikepdf.OutlineItem(title, anchors[f"/{anchor}"])
            del levels[level + 1 :]
            levels[level].append(item)
            levels.append(item.children)


if __name__ == "__main__":
    main()
