"""Make one PDF of the whole book from the built site: `_build/book.pdf`.

A headless Chromium opens the first page of the site, `whole_book.js` makes the whole book of it,
and the browser prints it twice: the first time to find out on which page each heading is, the
second time with these numbers in the contents. The Chinese edition, where it is built, becomes
`_build/book.zh.pdf`.
"""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
from playwright.sync_api import Page

from whole_book import TOOLS, Config, Entry, assemble, make_books, parser

FILL_IN = """pages => {
  document.body.className = "";
  for (const number of document.querySelectorAll(".page-number")) {
    number.textContent = pages[number.dataset.of];
  }
}"""


def main() -> None:
    """Make the PDF of each edition that is built."""
    options = parser(__doc__)
    options.add_argument("--format", default="A4", help="A4, Letter, ... (default: A4)")
    arguments = options.parse_args()
    make_books(partial(make, paper=arguments.format), arguments, ".pdf")


def make(page: Page, site: Path, config: Config, target: Path, *, paper: str) -> str:
    """Write the whole book of one edition; return how many pages it has."""
    entries = assemble(page, site, config, named=True)
    page.add_style_tag(path=TOOLS / "whole_book.css")
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    page.evaluate(FILL_IN, page_numbers(page.pdf(format=paper)))
    formulas = set(page.locator("[data-tex]").evaluate_all("all => all.map(one => one.ariaLabel)"))
    with pikepdf.open(io.BytesIO(page.pdf(format=paper, tagged=True))) as book:
        describe(book, config, entries)
        tag(book, formulas)
        # Tags are many small objects: together they are compressed.
        book.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return f"{len(book.pages)} pages"


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


def describe(book: pikepdf.Pdf, config: Config, entries: list[Entry]) -> None:
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


def tag(book: pikepdf.Pdf, formulas: set[str]) -> None:
    """Tag formulas as such: the browser makes figures of them, with their names."""
    for part in book.objects:
        is_figure = isinstance(part, pikepdf.Dictionary) and part.get("/S") == pikepdf.Name.Figure
        if is_figure and str(part.get("/Alt", "")) in formulas:
            part.S = pikepdf.Name.Formula


if __name__ == "__main__":
    main()
