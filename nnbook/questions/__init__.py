"""Predictions: the questions of the text that one answers before reading on.

Each has a name, such as ``losses-constant``: the chapter, then the question. No answer is typed in:
`nnlib` computes it, and so it does what the likely mistakes lead to::

    prediction = predictions.find("losses-constant")
    prediction.judge(0.5)
"""

from nnbook.predictions.prediction import Choice, Judgement, Number, Prediction, judging
from nnbook.predictions.registry import find, names

__all__ = ["Choice", "Judgement", "Number", "Prediction", "find", "judging", "names"]
