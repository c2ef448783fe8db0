"""Make an EPUB of the whole book, for e-readers, from the built site: `_build/book-en.epub`.

As for the PDF, a headless Chromium makes the whole book of the site; `epub.js` cuts it into
chapters. The Chinese edition, where it is built, becomes `_build/book-zh.epub`. The same site gives
the same file: its date is that of the release.
"""

from __future__ import annotations

import re
import uuid
import zipfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.sax.saxutils import quoteattr

from playwright.sync_api import Page

from archives import entry, released
from theme.formulas.plain import plain
from theme.strings import strings
from whole_book import ROOT, TOOLS, Config, assemble, make_books, parser

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">
<head><title>{title}</title><link rel="stylesheet" href="epub.css"/></head>
<body>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"
  unique-identifier="book" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book">{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:creator>{author}</dc:creator>
<dc:language>{language}</dc:language>
<dc:description>{description}</dc:description>
<dc:rights>{license}</dc:rights>
<meta property="dcterms:modified">{date}T00:00:00Z</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessModeSufficient">textual,visual</meta>
<meta property="schema:accessibilitySummary">{accessible}</meta>
{features}
<meta property="schema:accessibilityHazard">none</meta>
<meta property="dcterms:conformsTo" id="conforms">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>
<meta property="a11y:certifiedBy" refines="#conforms">{author}</meta>
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
FEATURE = '<meta property="schema:accessibilityFeature">{}</meta>'
FEATURES = (
    *("alternativeText", "MathML", "latex", "ARIA", "tableOfContents", "structuralNavigation"),
    *("readingOrder", "displayTransformability"),
)
FONTS = ROOT / "theme/book/static/fonts"
COVER = "cover.png"
ON_A_SHELF = ".cover { box-sizing: border-box; height: 1600px; padding: 110px; font-size: 34px; }"
# A checker hears nothing of a heading of a table that is a formula and has no name.
HEADING = re.compile(
    r"(<th\b[^>]*>(?:<p>)?<math)((?:(?!</math>).)*</math>(?:</p>)?</th>)", re.DOTALL
)
TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain",  # the licenses of the fonts
}


def main() -> None:
    """Make the EPUB of each edition that is built."""
    make_books(make, parser(__doc__).parse_args(), ".epub")


def make(page: Page, site: Path, config: Config, target: Path) -> str:
    """Write the whole book of one edition; return how large it is."""
    words = strings(config["sphinx"]["config"]["language"])
    link = words["solutions"] + "{page}"  # which number a page has is up to the reader
    assemble(page, site, config, solution_page=link)
    book = page.evaluate((TOOLS / "epub.js").read_text("utf-8"))
    about = about_book(page, config, words)
    pictures = [Path(url2pathname(urlsplit(address).path)) for address in book["pictures"]]
    contents = {
        **{file["name"]: xhtml(file, about["language"]) for file in book["files"]},
        **{f"images/{path.name}": path.read_bytes() for path in pictures},
        **{f"fonts/{path.name}": path.read_bytes() for path in sorted(FONTS.iterdir())},
        "epub.css": (TOOLS / "epub.css").read_bytes(),
        COVER: cover_of(page, book["files"][0]["body"]),
    }
    package = package_of(contents, book["files"], about)
    pack(target, [("package.opf", package.encode()), *contents.items()])
    return f"{target.stat().st_size / 1e6:.1f} MB"


def about_book(page: Page, config: Config, words: dict[str, str]) -> dict[str, str]:
    """Return the metadata of the file, escaped for XML."""
    home = page.locator("link[rel=canonical]").get_attribute("href") or ""
    about = {
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, home).urn,
        "language": page.evaluate("document.documentElement.lang"),
        "title": config["title"],
        "author": config["author"],
        "description": words["description"],
        "license": words["license"],
        "accessible": words["epub_accessible"],
        "date": released(),
    }
    return {name: escape(text) for name, text in about.items()}


def xhtml(file: dict[str, Any], language: str) -> bytes:
    """Return a file of the text."""
    body = HEADING.sub(
        lambda found: f"{found[1]} aria-label={quoteattr(plain(found[0]))}{found[2]}", file["body"]
    )
    return FILE.format(language=language, title=escape(file["title"]), body=body).encode()


def cover_of(page: Page, title_page: str) -> bytes:
    """Draw the title page as libraries show it on their shelves, in the style of the site."""
    page.set_viewport_size({"width": 1200, "height": 1600})
    page.evaluate(
        "html => { document.body.className = ''; document.body.innerHTML = html; }", title_page
    )
    page.add_style_tag(path=TOOLS / "cover.css")
    page.add_style_tag(content=ON_A_SHELF)
    page.evaluate("document.fonts.ready")
    return page.screenshot()


def package_of(contents: Iterable[str], files: list[dict[str, Any]], about: dict[str, str]) -> str:
    """List everything that the book has, and the order in which it is read."""
    properties = {file["name"]: " ".join(file["properties"]) for file in files}
    properties[COVER] = "cover-image"
    manifest = [
        f'<item id="{id_of(name)}" href="{name}" media-type="{TYPES[Path(name).suffix]}"'
        + (f' properties="{properties[name]}"/>' if properties.get(name) else "/>")
        for name in contents
    ]
    spine = [f'<itemref idref="{id_of(file["name"])}"/>' for file in files]
    features = "\n".join(map(FEATURE.format, FEATURES))
    lists = {"manifest": "\n".join(manifest), "spine": "\n".join(spine), "features": features}
    return PACKAGE.format_map({**about, **lists})


def id_of(name: str) -> str:
    """Name a file of the book in its package."""
    return "file-" + name.replace("/", "-")


def pack(target: Path, contents: list[tuple[str, bytes]]) -> None:
    """Write the archive; its mimetype comes first, uncompressed."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(entry("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        archive.writestr(entry("META-INF/container.xml"), CONTAINER.encode())
        for name, content in contents:
            archive.writestr(entry(f"book/{name}"), content)


if __name__ == "__main__":
    main()
