"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "windows": Objective(questions=("windows", "split"), exercises=("hesitation",)),
    "loss": Objective(questions=("hesitate",), exercises=("hesitation", "constant")),
    "vectors": Objective(
        questions=("twice",),
        exercises=("rows",),
        without={"prediction": "the product is worked out by hand before anything is asked"},
    ),
    "write": Objective(questions=("setting", "temperature", "recipe"), exercises=("tempered",)),
    "honest": Objective(
        questions=("copies", "heart", "choose", "race"),
        without={"exercise": "the page counts by itself, and the figure counts for each name"},
    ),
    "attention": Objective(
        questions=("reach", "weights", "order"),
        calculations=("mean",),
        exercises=("attend", "scores"),
    ),
}
