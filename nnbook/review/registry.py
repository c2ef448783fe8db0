"""Every review question of the book by its name, such as ``losses-residual``."""

from __future__ import annotations

from nnbook.chapters import ByName
from nnbook.review.question import Question

_QUESTIONS: ByName[Question] = ByName(
    "a review question", "nnbook.review.chapters", "QUESTIONS", "review.names()"
)


def names() -> list[str]:
    """List the names of all review questions, in the order of the book."""
    return _QUESTIONS.names()


def find(name: str) -> Question:
    """Find a review question by its name, such as ``"losses-residual"``.

    A `ValueError` about an unknown name lists similar ones.
    """
    return _QUESTIONS.find(name)
