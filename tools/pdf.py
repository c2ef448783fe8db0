"""Make one PDF of the whole book from the built site: `_build/book-en.pdf`.

A headless Chromium opens the first page of the site, `whole_book.js` makes the whole book of it,
and the browser prints it twice: the first time to find out on which page each heading is, the
second time with these numbers in the contents. The Chinese edition, where it is built, becomes
`_build/book-zh.pdf`.
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
    for style in ("cover.css", "whole_book.css"):
        page.add_style_tag(path=TOOLS / style)
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    page.evaluate(FILL_IN, page_numbers(page.pdf(format=paper)))
    said = page.evaluate((TOOLS / "pdf.js").read_text("utf-8"))
    with pikepdf.open(io.BytesIO(page.pdf(format=paper, tagged=True))) as book:
        describe(book, config, entries)
        tag(book, said["formulas"])
        name_links(book, said["places"])
        # Tags are many small objects: together they are compressed.
        compressed = pikepdf.ObjectStreamMode.generate
        book.save(target, object_stream_mode=compressed, min_version="2.0")
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
    with book.open_metadata(set_pikepdf_as_editor=False) as about:  # where newer readers look
        about["dc:title"], about["dc:creator"] = config["title"], [config["author"]]
        about["dc:language"] = [str(book.Root.Lang)]
    book.Root.PageMode = pikepdf.Name.UseOutlines
    # Pages are called what is printed on them.
    numbered = pikepdf.Dictionary(S=pikepdf.Name.D)
    book.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, numbered]))
    anchors: Any = book.Root.Dests
    with book.open_outline() as outline:
        levels = [outline.root]
        for level, title, anchor in entries:
            item = pikepdf.OutlineItem(title, anchors[f"/{anchor}"])
            del levels[level + 1 :]
            levels[level].append(item)
            levels.append(item.children)


def tag(book: pikepdf.Pdf, formulas: dict[str, str]) -> None:
    """Tag what the browser tags as something else.

    A formula is to it a figure with a name: it becomes one, with its MathML, which screen readers
    speak. What is around a picture and its caption is no second picture, and choices on paper are
    no form.
    """
    files: dict[str, pikepdf.Object] = {}
    for part in book.objects:
        if not isinstance(part, pikepdf.Dictionary) or "/P" not in part:
            continue
        name = str(part.get("/Alt", ""))
        if part.get("/S") == pikepdf.Name.Figure and name in formulas:
            part.S = pikepdf.Name.Formula
            if name not in files:
                files[name] = mathml(book, formulas[name])
            part.AF = pikepdf.Array([files[name]])
        elif part.get("/S") == pikepdf.Name.Form or is_around_a_picture(part):
            part.S = pikepdf.Name.Div


def is_around_a_picture(part: pikepdf.Dictionary) -> bool:
    """Tell whether a part is the frame of a picture, which has the alternative text."""
    inside = part.get("/K")
    return (
        part.get("/S") == pikepdf.Name.Figure
        and isinstance(inside, pikepdf.Array)
        and any(isinstance(child, pikepdf.Dictionary) and "/S" in child for child in inside)
    )


def mathml(book: pikepdf.Pdf, formula: str) -> pikepdf.Object:
    """Put a formula into the book, as a file that belongs to a part of it."""
    content = book.make_stream(formula.encode())
    content.Type, content.Subtype = (
        pikepdf.Name.EmbeddedFile,
        pikepdf.Name("/application/mathml+xml"),
    )
    file = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        AFRelationship=pikepdf.Name.Supplement,
        F="formula.mml",
        UF="formula.mml",
        EF=pikepdf.Dictionary(F=content, UF=content),
    )
    return book.make_indirect(file)


def name_links(book: pikepdf.Pdf, places: dict[str, str]) -> None:
    """Say of each link where it leads: to a section, or to an address."""
    for page in book.pages:
        for link in page.get("/Annots", []):
            to = str(link.Dest).removeprefix("/") if "/Dest" in link else ""
            link.Contents = places[to] if to else str(link.A.URI)


if __name__ == "__main__":
    main()
