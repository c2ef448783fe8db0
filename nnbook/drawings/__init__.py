"""Drawings: the curves of the text that one draws before one sees them.

Each has a name, such as ``softmax-one_logit``: the chapter, then its own name. `nnlib` computes the
true curve; what a reader drew is judged by its features: where it rises, how high it gets, where it
ends.

    drawing = drawings.find("softmax-one_logit")
    drawing.describe()
"""

from nnbook.drawings.drawing import Axis, Condition, Drawing, Given, Mistake
from nnbook.drawings.registry import find, names

__all__ = ["Axis", "Condition", "Drawing", "Given", "Mistake", "find", "names"]
