"""Say where the path through the book leans on what is for a second reading.

What the path uses (a term, an equation, a figure, a function) is introduced on the path. The plan
of four meetings for teachers has each chapter, and both editions have the same layers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from linting import ROOT, page, run
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS
from notebook_form import Notebook, read
from theme.reading.reading_time import Section, sections_of

Pages = dict[str, list[Section]]  # page -> its sections, in the book's order

DEFINED = re.compile(r"\*\*\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
USED = re.compile(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
EQUATION = re.compile(r"^\$\$ \(([\w-]+)\)", re.MULTILINE)
NAMED = re.compile(r"^:name: (\S+)", re.MULTILINE)
REFERENCE = re.compile(r"\{(?:eq|numref)\}`(?:[^`<]*<)?((?:eq|fig|tbl)-[\w-]+)>?`")
PUBLIC = re.compile(r"\bnnlib\.((?:[a-z]+\.)?\w+)\b")
STOP = re.compile(r"^\d\. .*?(?:<|\(#|`)((?:sec|fig)-[\w-]+)", re.MULTILINE)
LINK = re.compile(r"(\w+)\.ipynb\)")
CELL = re.compile(r"\| (“?\[[^|]+)(?:: |：)\{minutes\}`([\w ]+)`")


def pages_of(language: str) -> Pages:
    """Return the sections of every chapter and of the notebooks beside them."""
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    names = ["intro", *re.findall(r"file: chapters/(\w+)", toc)]
    paths = {name: page(name, language) for name in names}
    return {name: sections_of(read(path)) for name, path in paths.items() if path.exists()}


def short_way(first_page: Notebook) -> Iterator[str]:
    """Yield what is wrong with the way to a network that learns, as the first page lists it."""
    (way,) = ("".join(cell["source"]) for cell in first_page["cells"] if cell["id"] == "short-way")
    stops = STOP.findall(way)
    if len(stops) != len(re.findall(r"^\d\.", way, re.MULTILINE)):
        yield "intro: each stop of the short way has to link to a section or a figure"


def meetings(plan: str) -> Iterator[str]:
    """Yield what is wrong with the plan for teachers: all chapters in order, with their minutes."""
    cells = [(LINK.findall(links), counted.split()) for links, counted in CELL.findall(plan)]
    if [name for names, _ in cells for name in names] != list(CHAPTERS):
        yield "teaching: the meetings must have each chapter once, in the book's order"
    for names, counted in cells:
        if names != counted:
            yield f"teaching: {', '.join(names)}, but the minutes of {', '.join(counted)}"


def leaning(pages: Pages) -> Iterator[str]:
    """Yield what the path uses and only the second reading introduces."""
    everything = [(name, section) for name, sections in pages.items() for section in sections]
    folded = {label for _, section in everything if section.more for label in labels_in(section)}
    path: set[str] = set()
    more: set[str] = set()
    for name, section in everything:
        text, source = "\n".join(section.texts), "\n".join(section.codes)
        introduced = {f"term {one}" for one in DEFINED.findall(text)}
        introduced |= {f"nnlib.{one}" for one in PUBLIC.findall(text)}
        used = {f"term {one}" for one in USED.findall(text)}
        used |= {f"nnlib.{one}" for one in PUBLIC.findall(source)}
        if section.more:
            more |= (introduced | used) - path
            continue
        path |= introduced
        for one in sorted((used & (more - path)) | (set(REFERENCE.findall(text)) & folded)):
            yield f"{name}, {section.title}: only the second reading introduces {one}"
        path |= used


def labels_in(section: Section) -> list[str]:
    """Return the labels of a section's equations, figures and tables."""
    patterns = (EQUATION, NAMED)
    labels = (pattern.findall(text) for text in section.texts for pattern in patterns)
    return [*section.figures, *(label for found in labels for label in found)]


def other_layers(pages: Pages, original: Pages) -> Iterator[str]:
    """Yield the pages whose sections are not those of the original, or not of the same layer."""
    layers, wanted = (
        {name: [(one.level, one.label, one.more) for one in own] for name, own in these.items()}
        for these in (pages, original)
    )
    for name in {**wanted, **layers}:
        if layers.get(name) != wanted.get(name):
            yield f"{name}: not the same sections and layers as in the original"


def problems() -> Iterator[str]:
    """Go through all editions."""
    original = pages_of(ORIGINAL)
    yield from short_way(read(page("intro", ORIGINAL)))
    for language in LANGUAGES:
        plan = ROOT / LANGUAGES[language].folder / "chapters" / "teaching.md"
        yield from meetings(plan.read_text(encoding="utf-8"))
        pages = original if language == ORIGINAL else pages_of(language)
        yield from (f"{language}: {found}" for found in leaning(pages))
        if language in TRANSLATIONS:
            yield from (f"{language}: {found}" for found in other_layers(pages, original))


if __name__ == "__main__":
    sys.exit(run(__doc__, problems))
