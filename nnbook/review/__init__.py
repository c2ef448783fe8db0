"""Review questions: an idea of a chapter, asked again with fresh numbers.

Each has a name, such as ``losses-residual``: the chapter, then the question. Its variants are
predictions (`nnbook.predictions`), so `nnlib` computes each right answer and each mistake, and
readers are judged alike. All are computed while the book is built (`nnbook.review.script`).

    question = review.find("losses-residual")
    question.variants[0].judge(7)
"""

from nnbook.review.question import Question
from nnbook.review.registry import find, names
from nnbook.review.script import script

__all__ = ["Question", "find", "names", "script"]
