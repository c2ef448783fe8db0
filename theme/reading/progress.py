"""Where one is in the book, and what a class did: what the scripts for that have to know.

In a page, ``{reading} progress`` (or ``continue``, ``data``, ``class``) is an empty slot for what
such a script (js/src/reading) shows.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from nnbook import widgets
from nnbook.chapters import CHAPTERS
from nnbook.exercises.registry import CHAPTERS as WITH_EXERCISES
from nnbook.exercises.registry import chapter_of, find, words_of
from nnbook.messages import load
from nnbook.questions.bank import PREDICTIONS
from theme.reading.layers import exercises_in
from theme.reading.reading_time import EXERCISE
from theme.reading.teachers import mistakes
from theme.search.index import line
from theme.stages import Context, Doctree, on_page, when_written, write_script
from theme.strings import edition_of, strings

SCRIPTS = {"progress": ["progress"], "class": ["class"]}
BOOK, MISTAKES = "_static/progress-book.js", "_static/progress-mistakes.js"
STYLE = "_static/reading/progress.css"
# What questions in the text are kept under: predict, draw, steps.
KINDS = [getattr(widgets, name).key for name in widgets.QUESTIONS]
STATE = re.compile(r"data-state='([^']*)'")


def reading_words(language: str | None) -> dict[str, str]:
    """Return what is said about a reader's record, in a language."""
    return load("messages/site/reading", edition_of(language))


def page_of(chapter: str, root: str) -> str:
    """Name the page of a chapter; the first page of the book has predictions, too."""
    return root if chapter == root else f"chapters/{chapter}"


# -- What each page asks, noted while it is read -------------------------------------------------


class Asked(SphinxTransform):
    """Note the sections of a chapter's path, and what each section asks."""

    default_priority = 470  # after the minutes

    def apply(self, **kwargs: object) -> None:
        """Read the page."""
        metadata = self.env.metadata[self.env.docname]
        minutes = metadata.get("minutes")
        if not minutes:
            return
        whole = next(self.document.findall(nodes.section))
        inside = [node for node in whole.children if isinstance(node, nodes.section)]
        is_root = self.env.docname == self.config.root_doc
        metadata["path"] = [
            {
                "id": node["ids"][0],
                "title": line(next(node.findall(nodes.title))),
                "minutes": round(minutes[node["ids"][0]][0], 1),
            }
            for node in inside
            if minutes[node["ids"][0]][0] and not exercises_in(node) and not is_root
        ]
        second = {anchor for anchor, (path, _) in minutes.items() if not path}
        metadata["asked"] = asked_in(whole, second)
        metadata["more_exercises"] = [
            name
            for section in whole.findall(nodes.section)
            if section["ids"][0] in second
            for node in exercises_in(section)
            for name in node["ids"]
        ]


def asked_in(whole: nodes.section, second: set[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what a page asks: kind -> name -> where, and how one judges.

    The place is the section below the title of the page; `more` says that it is for a second
    reading, as one of the sections around it is.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in KINDS}
    for section in whole.findall(nodes.section):  # the outer ones first
        (anchor, *_), is_place = section["ids"], section.parent in (whole, whole.parent)
        for node in section.findall(nodes.raw):
            spec = spec_of(node)
            kind, _, name = spec.get("remember", "").partition(".")
            if kind not in found:
                continue
            judged = {"data": PREDICTIONS.find(name).judging} if kind == "predict" else {}
            entry = found[kind].setdefault(name, {"more": False} | judged)
            entry["more"] |= anchor in second
            if is_place:
                entry["section"] = anchor
    return found


def spec_of(node: nodes.raw) -> dict[str, Any]:
    """Return the stored description of a figure, if this is one."""
    found = STATE.search(node.astext())
    if not found:
        return {}
    spec: dict[str, Any] = json.loads(html.unescape(found[1]))
    return spec


# -- What the scripts get ------------------------------------------------------------------------


def book(app: Sphinx) -> dict[str, Any]:
    """Describe the chapters for the page that tells where one is."""
    language = edition_of(app.config.language)
    chapters = []
    for name in CHAPTERS:
        page = page_of(name, app.config.root_doc)
        if page not in app.env.metadata:
            continue  # a part of the book is built
        metadata = app.env.metadata[page]
        numbers = app.env.toc_secnumbers.get(page, {})

        def number(anchor: str, numbers: dict[str, tuple[int, ...]] = numbers) -> str:
            return ".".join(map(str, numbers.get(anchor, ())))

        path = metadata.get("path", [])
        chapters.append(
            {
                "name": name,
                "page": f"{page}.html",
                "number": number(""),
                "title": title_of(app, page),
                "sections": [part | {"number": number(f"#{part['id']}")} for part in path],
                "asked": metadata.get("asked", {}),
                "exercises": {
                    exercise: {
                        "title": words_of(exercise, language)["title"],
                        "more": id_of(exercise) in metadata.get("more_exercises", ()),
                        "minutes": EXERCISE[find(exercise).level],
                    }
                    for exercise in exercises_of(name)
                },
            }
        )
    words = reading_words(app.config.language)
    return {"language": language, "version": app.config.release} | {
        "chapters": chapters,
        "words": words,
    }


def title_of(app: Sphinx, page: str) -> str:
    """Name a page as the contents do."""
    if page == app.config.root_doc:
        return strings(app.config.language)["first_page"]
    return str(app.env.titles[page].astext())


def exercises_of(chapter: str) -> list[str]:
    """Name the exercises of a chapter."""
    own = chapter_of(chapter) if chapter in WITH_EXERCISES else ()
    return [f"{chapter}-{one}" for one in own]


def id_of(exercise: str) -> str:
    """Return the anchor of an exercise."""
    return f"ex-{exercise}".replace("_", "-")


def counts(app: Sphinx) -> str:
    """Tell each page what the path of each chapter has.

    ``networks:9:ceiling,collapse:bump`` are nine sections, two predictions and an exercise.
    """
    found = []
    for name in CHAPTERS:
        metadata = app.env.metadata.get(f"chapters/{name}", {})
        if not metadata.get("path"):
            continue
        predictions = [
            one for one, where in metadata["asked"]["predict"].items() if not where["more"]
        ]
        exercises = [
            one for one in exercises_of(name) if id_of(one) not in metadata["more_exercises"]
        ]
        own = [",".join(one.partition("-")[2] for one in part) for part in (predictions, exercises)]
        found.append(":".join([name, str(len(metadata["path"])), *own]))
    return " ".join(found)


def write_data(app: Sphinx, outdir: Path) -> None:
    """Write what the pages about the reader's record load."""
    write_script(outdir / BOOK, "nnlibBook", book(app))
    known = mistakes(Path(app.srcdir), edition_of(app.config.language))
    write_script(outdir / MISTAKES, "nnlibMistakes", known)


# -- The pages -----------------------------------------------------------------------------------


class slot(nodes.General, nodes.Element):  # type: ignore[misc]  # noqa: N801
    """Where a script shows something."""


class Reading(SphinxDirective):
    """``{reading} progress``: an empty slot, which a script fills."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Note on the page which scripts it needs."""
        name = self.arguments[0]
        metadata = self.env.metadata[self.env.docname]
        metadata["reading"] = metadata.get("reading", []) + SCRIPTS.get(name, [])
        return [slot(name=name, words=reading_words(self.config.language))]


def visit_slot(writer: HTML5Translator, node: slot) -> None:
    """Write an element, with a sentence for readers without JavaScript."""
    if node["name"] == "continue":
        writer.body.append('<p id="reading-continue"></p>\n')
    else:
        text = writer.encode(node["words"]["no_script"])
        writer.body.append(
            f'<div id="reading-{node["name"]}"><noscript><p>{text}</p></noscript></div>\n'
        )
    raise nodes.SkipNode


def add_context(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the template the words, and on pages of this kind which scripts there are."""
    context["reading_words"] = reading_words(app.config.language)
    context["exercise_counts"] = counts(app)
    needed = app.env.metadata.get(pagename, {}).get("reading", [])
    if not needed:
        return
    data = [BOOK, MISTAKES] if "class" in needed else [BOOK]
    context["page_styles"] = [STYLE]
    context["figure_scripts"] = [
        *context.get("figure_scripts", []),
        *data,
        *(f"_static/reading/{name}.js" for name in needed),
    ]


def setup(app: Sphinx) -> None:
    """Register the directives and connect to the build."""
    app.add_transform(Asked)
    app.add_directive("reading", Reading)
    app.add_node(slot, html=(visit_slot, None))
    on_page(app, add_context, priority=600)  # after figures have named theirs
    when_written(app, write_data)
