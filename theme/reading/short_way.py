"""The short way: a few stops through the book, one after the other.

They are declared once, as the numbered list in the section `sec-short-way` of the first page: each
entry links to a section or to a figure, and may say what to do there, in a paragraph of its own.
The list gets minutes; each stop gets a bar on its page that says this and leads to the next stop;
js/src/reading/way.js shows it to those who come from the list.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx

from theme.reading.layers import range_of
from theme.reading.reading_time import FIGURE, spread
from theme.search.index import line
from theme.stages import Context, Doctree, on_page
from theme.strings import strings

SECTION = "sec-short-way"


@dataclass(frozen=True)
class Stop:
    """A stop: its page, its anchor there, what the list says of it, and how long it takes."""

    page: str
    anchor: str
    title: str
    task: str
    minutes: float


def entries(first_page: nodes.document) -> list[nodes.list_item]:
    """Find the entries of the list."""
    for section in first_page.findall(nodes.section):
        if SECTION in section["ids"]:
            return list(next(section.findall(nodes.enumerated_list)).findall(nodes.list_item))
    return []


def stop_of(app: Sphinx, entry: nodes.list_item) -> Stop:
    """Read an entry, once its link is known."""
    root = app.config.root_doc
    link = next(entry.findall(nodes.reference))
    address, _, anchor = link.get("refuri", "").partition("#")
    page = posixpath.splitext(address)[0] or root
    anchor = anchor or link["refid"]
    sections = app.env.metadata[page].get("minutes", {})
    minutes, _ = sections.get(anchor, (FIGURE, 0))
    title, *tasks = map(line, entry.children)
    return Stop(page, anchor, title.rstrip(".。"), " ".join(tasks), minutes)


def stops(app: Sphinx) -> list[Stop]:
    """Return all stops, in their order."""
    metadata = app.env.metadata[app.config.root_doc]
    if "stops" not in metadata:  # other pages may be written before the first
        app.env.get_and_resolve_doctree(app.config.root_doc, app.builder)
    found: list[Stop] = metadata["stops"]
    return found


def read_list(app: Sphinx, document: nodes.document, page: str) -> None:
    """Note the stops, and write into their list how long each takes, and above it how long all."""
    if page != app.config.root_doc:
        return
    words, listed = strings(app.config.language), entries(document)
    found = app.env.metadata[page]["stops"] = [stop_of(app, entry) for entry in listed]
    for entry, stop in zip(listed, found, strict=True):
        told = words["minutes"].format(minutes=range_of(stop.minutes, words))
        gap = nodes.Text("\u2003")  # which ends a line, but does not begin one
        entry[0].extend([gap, nodes.inline(text=told, classes=["facts"])])
    if listed:
        stop_list = listed[0].parent
        stop_list["classes"].append("stops")
        whole = range_of(sum(stop.minutes for stop in found), words)
        told = words["way_all"].format(count=len(found), minutes=whole)
        stop_list.parent.insert(1, nodes.paragraph(text=told, classes=["facts"]))


def add_bars(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template which stops are on a page, and what comes after each."""
    if doctree is None:
        return
    words, found = strings(app.config.language), stops(app)

    def way(page: str, anchor: str) -> str:
        return f"{posixpath.relpath(page, posixpath.dirname(pagename) or '.')}.html#{anchor}"

    context["way_home"] = way(app.config.root_doc, SECTION)
    context["stops"] = [
        {
            "number": number,
            "anchor": stop.anchor,
            "minutes": spread(stop.minutes)[0],
            "task": stop.task,
            "told": words["way_stop"].format(
                number=number, count=len(found), minutes=range_of(stop.minutes, words)
            ),
            "next": {"way": way(after.page, after.anchor), "title": after.title} if after else None,
        }
        for number, (stop, after) in enumerate(zip(found, [*found[1:], None], strict=True), start=1)
        if stop.page == pagename
    ]


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    app.connect("doctree-resolved", read_list)
    on_page(app, add_bars)
