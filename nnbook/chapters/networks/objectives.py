"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "by_hand": Objective(
        questions=("sum", "corner", "forward", "step", "count", "shape", "changed", "judged"),
        calculations=("forward",),
        exercises=("outside", "own"),
    ),
    "bends": Objective(questions=("collapse", "code", "reach"), exercises=("identity",)),
    "represent": Objective(
        questions=("hinge_count", "hinges", "drawable"), exercises=("five", "symmetry")
    ),
}
