"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "compute": Objective(
        questions=("silent", "output", "millimeters"), exercises=("forward", "centimeters")
    ),
    "surfaces": Objective(
        questions=("pieces", "folds", "borders", "move"), exercises=("moves", "pieces")
    ),
    "reading": Objective(questions=("borders", "accuracy", "found"), exercises=("shift",)),
    "probabilities": Objective(
        questions=("millimeters", "probabilities", "order"), exercises=("order", "sum")
    ),
    "training": Objective(questions=("starts", "pull", "dearest"), exercises=("own",)),
}
