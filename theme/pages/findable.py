"""What search engines and link previews read: a page's address, a picture, the list of pages."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from sphinx.application import Sphinx

from theme.stages import Context, Doctree, on_page, when_written

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PREVIEW = "_static/preview.png"  # drawn by tools/picture_for_links.py


def address_of(app: Sphinx, pagename: str) -> str:
    """Give the address of a page once published; the first page is the folder itself."""
    base = str(app.config.html_baseurl)
    return base if pagename == app.config.root_doc else urljoin(base, f"{pagename}.html")


def add_addresses(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template the page's own address and that of its picture."""
    context["pageurl"] = address_of(app, pagename) if doctree else None
    context["preview"] = urljoin(app.config.html_baseurl, PREVIEW)


def sitemap(addresses: list[str]) -> bytes:
    """List addresses in the form that search engines read."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    for address in addresses:
        entry = ElementTree.SubElement(root, f"{{{NAMESPACE}}}url")
        ElementTree.SubElement(entry, f"{{{NAMESPACE}}}loc").text = address
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def write_lists(app: Sphinx, outdir: Path) -> None:
    """Write the sitemap, and robots.txt, which is read at the root of a host and nowhere else."""
    addresses = sorted(address_of(app, name) for name in app.env.found_docs)
    (outdir / "sitemap.xml").write_bytes(sitemap(addresses))
    if urlsplit(app.config.html_baseurl).path in ("", "/"):
        address = urljoin(app.config.html_baseurl, "sitemap.xml")
        text = f"User-agent: *\nAllow: /\n\nSitemap: {address}\n"
        (outdir / "robots.txt").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, add_addresses)
    when_written(app, write_lists)
