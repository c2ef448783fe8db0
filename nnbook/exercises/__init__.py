"""Exercises that check themselves: `check` says what was tried and names the likely mistake.

Each exercise of the book has a name, such as ``softmax-product``: the chapter, then the exercise::

    exercises.check("softmax-product", softmax_backward)
    exercises.hint("softmax-product")
"""

from nnbook.exercises import pristine
from nnbook.exercises.checking import check
from nnbook.exercises.registry import Hint, Listing, hint, list_exercises
from nnbook.exercises.verdict import Verdict
from nnbook.own import keeping, module

pristine.keep()
module.install(keeping.stored)
keeping.follow()

__all__ = ["Hint", "Listing", "Verdict", "check", "hint", "list_exercises"]
