"""The boxes of what asks again (`js/src/practice`), which a script fills.

A line below the title leads to the self-test before reading, one at the end to that after it, where
the chapter has questions. From chapter 1 on a closed box offers three questions of what comes
before. On the page of the mixed practice, inside an ``eval-rst`` block, ``.. practice:: mixed``
and ``.. practice:: tests`` are the boxes.
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
from theme.reading import progress
from theme.reading.layers import facts
from theme.strings import edition_of

PAGE = "chapters/practice"
FIRST = CHAPTERS.index("networks")  # the reminder comes before
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


class Boxes(SphinxTransform):
    """Put the box of a chapter below its title, and the ways to the self-test."""

    default_priority = 465  # after the line with the minutes

    def apply(self, **kwargs: object) -> None:
        """Do it for the chapters that others come before."""
        folder, _, chapter = self.env.docname.partition("/")
        if folder != "chapters" or chapter not in CHAPTERS:
            return
        words = load("messages/site/practice", edition_of(self.config.language))
        section = next(self.document.findall(nodes.section))

        def way_to_test(when: str) -> nodes.raw:
            test = f"practice.html?test={chapter}&amp;when={when}#sec-self-test"
            link = f'<a href="{test}">{escape(words[f"test_link_{when}"])}</a>'
            return nodes.raw("", f'<p class="practice-link">{link}</p>', format="html")

        below = 1 + max((i for i, node in enumerate(section) if isinstance(node, facts)), default=0)
        if any(name.startswith(f"{chapter}-") for name in in_review()):
            section.append(way_to_test("after"))
            section.insert(below, way_to_test("before"))
            below += 1
        if CHAPTERS.index(chapter) < FIRST:
            return
        box = (
            f'<details class="practice" {attributes("back", chapter=chapter)}>'
            f"<summary>{escape(words['back_summary'])}</summary>"
            f"{needs_script(words)}</details>"
        )
        # After the paragraphs that say why to read the chapter.
        parts = (i for i, node in enumerate(section) if isinstance(node, nodes.section))
        section.insert(next(parts), nodes.raw("", box, format="html"))


def setup(app: Sphinx) -> None:
    """Register the directive and the transform."""
    app.add_directive("practice", Practice)
    app.add_transform(Boxes)
