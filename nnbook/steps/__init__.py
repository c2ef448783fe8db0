"""Steps: calculations that one learns by completing them, the last steps first.

Each has a name, such as ``softmax-product``: the chapter, then its own name. Its first round is a
worked example; in each later one, with other numbers, more of the last lines are left out. `nnlib`
computes every line, and what the likely mistakes lead to::

    calculation = steps.find("softmax-product")
    calculation.blank(1, "dz1").judge(0.5)
"""

from nnbook.steps.calculation import Calculation, Step
from nnbook.steps.registry import find, names

__all__ = ["Calculation", "Step", "find", "names"]
