"""The head of a chapter, and the places of what asks again (`js/src/practice`).

Below the title is a line: how long the chapter takes to read, how long its exercises take, and the
way to its self-test; at the end is the way to the test after reading. Before the first section is
the place of the questions of earlier chapters that are due: without them it has no room. On the
page of the mixed practice, inside an ``eval-rst`` block, ``.. practice:: mixed`` and
``.. practice:: tests`` are the places.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, load
from nnbook.questions.bank import in_review
from theme.pages.folding import fold
from theme.reading import progress
from theme.reading.layers import range_of
from theme.reading.reading_time import spread_of_exercises
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of, strings

PAGE = "chapters/practice"
FILES = {
    "core": "figures/core.js",
    "ask": "figures/predict.js",
    "style": "practice/practice.css",
    "questions": "review.js",
    "script": "practice/practice.js",
}


def attributes(part: str, **more: str) -> str:
    """Write what a box tells the script: which part it is of, and what to load.

    All boxes are on pages in the folder of the chapters.
    """
    files = {name: f"../_static/{path}" for name, path in FILES.items()}
    return " ".join(
        f'data-{name}="{escape(value)}"'
        for name, value in {"practice": part, **more, **files}.items()
    )


def study(language: str) -> dict[str, str]:
    """Name what a study needs, which takes the page where its address asks for one.

    The questions are no part of the site: a teacher may put them beside its pages.
    """
    to_site = "../" * (1 + LANGUAGES[language].prefix.count("/"))
    return {
        "study": "../_static/practice/study.js",
        "look": "../_static/practice/study.css",
        "book": f"../{progress.BOOK}",
        "forms": f"{to_site}study/forms.json",
    }


def needs_script(words: dict[str, str]) -> str:
    """Say to readers without JavaScript what the box needs."""
    return f"<noscript><p>{escape(words['needs_script'])}</p></noscript>"


class Practice(SphinxDirective):
    """A box on the page of the mixed practice."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the empty box."""
        words = load("messages/site/practice", edition_of(self.config.language))
        more = study(edition_of(self.config.language)) if self.arguments[0] == "mixed" else {}
        box = f"<div {attributes(self.arguments[0], **more)}>{needs_script(words)}</div>"
        return [nodes.raw("", box, format="html")]


class Head(SphinxTransform):
    """Put the line below the title, the place before the sections, the way to the test."""

    default_priority = 465  # after the minutes

    def apply(self, **kwargs: object) -> None:
        """Do it for the chapters that others come before."""
        folder, _, chapter = self.env.docname.partition("/")
        if folder != "chapters" or chapter not in CHAPTERS:
            return
        words = strings(self.config.language)
        section = next(self.document.findall(nodes.section))
        line = " · ".join(self.times(words))
        if any(name.startswith(f"{chapter}-") for name in in_review()):
            before, after = (to_test(chapter, when, words) for when in ("before", "after"))
            line += f'<span class="practice-link"> · {before}</span>'
            section.append(html(f'<p class="practice-link">{after}</p>'))
        first = next(i for i, node in enumerate(section) if isinstance(node, nodes.section))
        section.insert(first, html(f"<div {attributes('back')}></div>"))
        section.insert(1, html(f'<p class="facts">{line}</p>'))

    def times(self, words: dict[str, str]) -> list[str]:
        """Say how long the path takes to read, and how long its exercises take."""
        metadata = self.env.metadata[self.env.docname]
        path, _ = next(iter(metadata["minutes"].values()))
        levels = metadata["levels"]
        challenged = not levels and any(
            "discussion" in one["classes"] for one in self.document.findall(fold)
        )
        timed = "minutes_challenges" if challenged else "minutes"
        said = [words[timed].format(minutes=range_of(path, words))]
        if levels:
            low, high = spread_of_exercises(levels)
            minutes = words["range"].format(low=low, high=high)
            said.append(words["minutes_exercises"].format(minutes=minutes))
        return said


def html(text: str) -> nodes.raw:
    """Return what goes into the page as it is."""
    return nodes.raw("", f"{text}\n", format="html")


def to_test(chapter: str, when: str, words: dict[str, str]) -> str:
    """Write the link to the self-test of a chapter."""
    address = f"practice.html?test={chapter}&amp;when={when}#sec-self-test"
    return f'<a href="{address}">{escape(words[f"test_{when}"])}</a>'


def add_before(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Tell the page of a chapter which come before it."""
    folder, _, chapter = pagename.partition("/")
    if folder == "chapters" and chapter in CHAPTERS:
        context["before"] = " ".join(CHAPTERS[: CHAPTERS.index(chapter)])


def setup(app: Sphinx) -> None:
    """Register the directive and the transform, and connect to the build."""
    app.add_directive("practice", Practice)
    app.add_transform(Head)
    on_page(app, add_before)
