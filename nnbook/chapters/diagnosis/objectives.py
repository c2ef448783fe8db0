"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "find": Objective(
        questions=(
            "constant",
            "record",
            "start",
            "scaled",
            "twice",
            "third",
            "learning",
            "step_count",
            "promise",
            "tiny",
            "dead",
            "sweep",
            "steps",
            "next",
            "layers",
            "answers",
            "gap",
        ),
        exercises=("floor", "promise", "census", "alarm", "swings"),
    ),
    "blind": Objective(questions=("passes", "which"), exercises=("spoil",)),
}
