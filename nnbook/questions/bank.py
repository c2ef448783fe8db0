"""The bank: every question of the book by its name, and its words.

What the text shows has names of its own, such as ``losses-mse``: notebooks and the browsers of
readers keep them.
"""

from __future__ import annotations

from nnbook.chapters import ByName
from nnbook.questions.calculation import Calculation
from nnbook.questions.choice import Choice
from nnbook.questions.drawing import Drawing
from nnbook.questions.number import Number
from nnbook.questions.question import Question

QUESTIONS: ByName[Question] = ByName("a question", "questions", "questions.names()")
PREDICTIONS: ByName[Number | Choice] = ByName(
    "a prediction",
    "questions",
    "bank.PREDICTIONS.names()",
    select=lambda own: {shown: kind for one in own.values() for shown, kind in one.in_text.items()},
)
"""What the text asks by ``widgets.Predict``."""
DRAWINGS: ByName[Drawing] = ByName("a drawing", "drawings", "bank.DRAWINGS.names()")
CALCULATIONS: ByName[Calculation] = ByName(
    "a calculation", "calculations", "bank.CALCULATIONS.names()"
)


def names() -> list[str]:
    """List the names of all questions, in the order of the book.

    Returns
    -------
    list of str
    """
    return QUESTIONS.names()


def find(name: str) -> Question:
    """Find a question. Nothing is computed yet.

    Parameters
    ----------
    name : str
        The chapter, a hyphen, its own name: ``"losses-constant"``.

    Returns
    -------
    Question

    Raises
    ------
    TypeError
        If `name` is no string.
    ValueError
        If there is no such question; the message lists similar names.
    """
    return QUESTIONS.find(name)


def in_review() -> list[str]:
    """List the names of the questions that review asks, in the order of the book."""
    return [name for name in names() if find(name).ask]


def find_prediction(name: str) -> Number | Choice:
    """Find what the text asks: the question with the text's own numbers.

    Parameters
    ----------
    name : str
        As the notebook has it: ``"losses-mse"``.

    Returns
    -------
    Number or Choice

    Raises
    ------
    TypeError
        If `name` is no string.
    ValueError
        If the text asks nothing of this name; the message lists similar names.
    """
    return PREDICTIONS.find(name)
