"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "windows": Objective(
        questions=("windows", "split", "hesitate"), exercises=("hesitation", "constant")
    ),
    "vectors": Objective(questions=("twice",), exercises=("rows",)),
    "write": Objective(
        questions=("setting", "recipe", "copies", "heart", "choose"), exercises=("tempered",)
    ),
    "attention": Objective(
        questions=("reach", "weights", "order", "race"),
        calculations=("mean",),
        exercises=("attend", "scores"),
    ),
}
