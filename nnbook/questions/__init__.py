"""Questions: each idea of a chapter, asked in the text and again in review.

No answer is typed in: `nnlib` computes it, and so it does what the likely mistakes lead to::

    questions.find_prediction("losses-constant").judge(0.5)
"""

from nnbook.questions.bank import find, find_prediction, names
from nnbook.questions.choice import Choice
from nnbook.questions.judge import Judgement
from nnbook.questions.number import Number
from nnbook.questions.question import Question

__all__ = ["Choice", "Judgement", "Number", "Question", "find", "find_prediction", "names"]
