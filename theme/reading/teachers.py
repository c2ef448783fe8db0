"""What teachers want to know of a chapter: minutes, objectives, the mistakes that it knows.

In a page: ``{chapter-facts} softmax``. All of it comes from the chapter's notebook and from the
words of its predictions and exercises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from nnbook.chapters import CHAPTERS
from nnbook.exercises.registry import CHAPTERS as WITH_EXERCISES
from nnbook.exercises.registry import chapter_of, words_of
from nnbook.figures.myst import STATE_MIME
from nnbook.messages import ORIGINAL, load
from nnbook.questions.formats import MINUS, THIN_SPACE
from nnbook.questions.words import of_prediction
from theme.formulas.plain import plain
from theme.formulas.rendering import to_html
from theme.pages.counterparts import ROOT
from theme.reading.layers import range_of
from theme.reading.reading_time import HEADING, read, sections_of, total
from theme.strings import edition_of, strings

QUESTION = re.compile(
    r"^(:{3,})\{admonition\}[^\n]*\n:class: predict[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL
)
FOR_KATEX = str.maketrans({MINUS: "-", THIN_SPACE: "{,}"})
VALUE = re.compile(r"\{(\w+)\}")
FORMULA = re.compile(r"\$([^$]+)\$")
LABEL = re.compile(
    r"\{(?:numref|eq|ref)\}`[^`<]*`"
)  # what it stands for has its number only on the page
ROLE = re.compile(r"\{[\w:]+\}`([^`<]*)[^`]*`|\[([^\]]*)\]\([^)]*\)")


def plain_text(text: str) -> str:
    """Write a message with formulas and code as a line of text."""
    text = FORMULA.sub(lambda formula: plain(to_html(formula[1], display=False)), text)
    return text.replace("`", "")


def filled(text: str, values: dict[str, str]) -> str:
    """Put the computed numbers into a message, and write its formulas as KaTeX wants them."""
    text = VALUE.sub(lambda name: values.get(name[1], name[0]), text)
    return FORMULA.sub(lambda formula: formula[0].translate(FOR_KATEX), text)


def questions_of(notebook: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield each prediction of a notebook: its name, its question, the numbers its words quote."""
    question = ""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            found = QUESTION.findall("".join(cell["source"]))
            question = found[-1][1].strip() if found else question
        for output in cell.get("outputs", []):
            spec = output.get("data", {}).get(STATE_MIME, {})
            kind, _, name = spec.get("remember", "").partition(".")
            if kind == "predict":
                yield name, question, spec["data"]["values"]


def words_of_prediction(name: str, language: str, values: dict[str, str]) -> dict[str, Any]:
    """Return its options and what is said of its mistakes, with their numbers."""
    entry = of_prediction(name, language)
    return {
        part: {key: filled(text, values) for key, text in entry.get(part, {}).items()}
        for part in ("options", "mistakes")
    }


def mistakes(folder: Path, language: str) -> dict[str, Any]:
    """Return for each prediction of an edition its question, options and mistakes, as text."""
    found = {}
    for chapter in CHAPTERS:
        notebook = folder / ("" if chapter == "intro" else "chapters") / f"{chapter}.ipynb"
        for name, question, values in questions_of(notebook) if notebook.exists() else ():
            words = words_of_prediction(name, language, values)
            texts = {
                part: {key: plain_text(text) for key, text in entry.items()}
                for part, entry in words.items()
            }
            found[name] = {"question": first_words(question)} | texts
    return found


def first_words(question: str, longest: int = 110) -> str:
    """Shorten a question to a line of text: not its tables and code, which are paragraphs too."""
    text = ROLE.sub(r"\1\2", LABEL.sub("…", question.strip().partition("\n\n")[0]))
    text = " ".join(plain_text(re.sub(r"[*`]|^:::.*$", "", text, flags=re.MULTILINE)).split())
    shorter = re.match(
        rf".{{,{longest}}}(?:(?<=[，。；：？！])|(?= ))", text
    )  # Chinese has few spaces
    return text if len(text) <= longest or not shorter else shorter[0] + " …"


class ChapterFacts(SphinxDirective):
    """``{chapter-facts} softmax``: what a teacher wants to know of a chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write it from the notebook and from what the checkers know."""
        chapter = self.arguments[0]
        path = Path(self.env.srcdir) / "chapters" / f"{chapter}.ipynb"
        self.env.note_dependency(str(path))
        language = edition_of(self.config.language)
        words = load("messages/site/reading", language)
        lines = [
            *self._minutes(path, chapter, language, words),
            "",
            *_mistakes(path, chapter, language, words),
        ]
        element = nodes.container()
        source = StringList(lines, source=str(path))
        self.state.nested_parse(source, 0, element)
        return list(element.children)

    def _minutes(
        self, path: Path, chapter: str, language: str, words: dict[str, str]
    ) -> Iterator[str]:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        sections = sections_of(notebook)
        yield from objectives(notebook)
        times = read(ROOT / "chapters" / f"{chapter}.ipynb")  # all editions take equally long

        def minutes(index: int) -> list[str]:
            words = strings(language)
            return [range_of(part, words) if part else "" for part in total(times, index)]

        path_minutes, more = minutes(0)
        questions = sum(1 for _ in questions_of(path))
        exercises = len(chapter_of(chapter)) if chapter in WITH_EXERCISES else 0
        yield ""
        yield words["teach_facts" if more else "teach_facts_path"].format(
            path=path_minutes, more=more, questions=questions, exercises=exercises
        )
        yield from (
            "",
            f"| {words['teach_section']} | {words['teach_path']} | {words['teach_more']} |",
        )
        yield "|---|---:|---:|"
        for index, section in enumerate(sections):
            if section.level == 2:
                title = f"[](#{section.label})" if section.label else section.title
                yield f"| {title} | {' | '.join(minutes(index))} |"


def objectives(notebook: dict[str, Any]) -> Iterator[str]:
    """Yield the opening of a chapter: what it is about, and what one can do after it."""
    for cell in notebook["cells"]:
        text = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
        heading = HEADING.search(text)
        if heading and heading[2] != "#":
            return
        yield from (*text[heading.end() if heading else 0 :].strip().splitlines(), "")


def _mistakes(path: Path, chapter: str, language: str, words: dict[str, str]) -> Iterator[str]:
    """Yield a list, folded: each question and exercise with the mistakes that are named there."""
    rows: list[str] = []
    count = 0
    for name, question, values in questions_of(path):
        known = words_of_prediction(name, language, values)
        rows.append("- " + words["teach_prediction"].format(question=one_line(question)))
        for key, text in known["mistakes"].items():
            option = known["options"].get(key)
            shown = f"*{option}*" if language == ORIGINAL else option  # Chinese does not slant
            named = words["mistake"].format(option=shown, why=text)
            rows.append(f"  - {named if option else text}")
            count += 1
    for own in chapter_of(chapter) if chapter in WITH_EXERCISES else ():
        entry = words_of(f"{chapter}-{own}", language)
        label = f"ex-{chapter}-{own}".replace("_", "-")
        rows.append(f"- [{entry['title']}](#{label})")
        rows += [f"  - {text}" for text in entry["mistakes"].values()]
        count += len(entry["mistakes"])
    if count:
        yield f":::{{dropdown}} {words['teach_mistakes'].format(count=count)}"
        yield from ("", *rows, ":::")


def one_line(question: str) -> str:
    """Write a question in one line, without the options' own directives."""
    return " ".join(line for line in question.splitlines() if not line.startswith(":::")).strip()


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("chapter-facts", ChapterFacts)
