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
        exercises=("floor", "swings"),
    ),
    "blind": Objective(questions=("passes", "which"), exercises=("spoil",)),
}
