"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "overfitting": Objective(
        questions=("curves",), drawings=("new_points",), exercises=("patience",)
    ),
    "remedy": Objective(questions=("decay", "price"), exercises=("halving", "own")),
    "compare": Objective(questions=("enough", "folds", "trainings", "leak"), exercises=("leak",)),
    "trust": Objective(
        questions=("bar", "kept", "recall", "precision", "factor"),
        exercises=("report", "bar", "factor"),
    ),
}
