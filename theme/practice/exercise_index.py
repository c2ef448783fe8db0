"""The directive for the index of exercises: those of one chapter, each with its kind and minutes.

In a page, inside an ``eval-rst`` block:  ``.. exercise-index:: softmax``
"""

from __future__ import annotations

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from nnbook.exercises.registry import chapter_of, words_of
from theme.reading.reading_time import EXERCISE
from theme.strings import edition_of, strings


def minutes_of(level: int, words: dict[str, str]) -> str:
    """Write how long an exercise of a level takes."""
    low, high = EXERCISE[level]
    return words["minutes"].format(minutes=words["range"].format(low=low, high=high))


class ExerciseIndex(SphinxDirective):
    """A table of exercises; every one leads to its place in the chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write the table from what `nnbook.exercises` knows."""
        chapter = self.arguments[0]
        if not chapter_of(chapter):  # a table has to have rows
            return []
        language = edition_of(self.config.language)
        words = strings(language)
        lines = [".. list-table::", "   :header-rows: 1", "   :class: exercise-index", ""]
        lines += [f"   * - {words['exercise']}", f"     - {words['kind']}"]
        lines += [f"     - {words['time']}"]
        for name, exercise in chapter_of(chapter).items():
            title = words_of(f"{chapter}-{name}", language)["title"]
            label = f"ex-{chapter}-{name}".replace("_", "-")
            lines.append(f"   * - :ref:`{title} <{label}>`")
            lines.append(f"     - {words[f'kind_{exercise.kind}']}")
            lines.append(f"     - {minutes_of(exercise.level, words)}")
        table = nodes.container()
        self.state.nested_parse(StringList(lines, source="nnbook.exercises"), 0, table)
        return list(table.children)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("exercise-index", ExerciseIndex)
