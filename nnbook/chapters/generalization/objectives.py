"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "overfitting": Objective(
        questions=("curves", "sooner"), drawings=("new_points",), exercises=("patience",)
    ),
    "remedy": Objective(questions=("decay", "price"), exercises=("own",)),
    "compare": Objective(
        questions=(
            "better",
            "evidence",
            "plan",
            "held",
            "enough",
            "folds",
            "trainings",
            "leak",
            "protocol",
            "pairs",
            "standardized",
            "scaled",
        ),
        exercises=("leak", "scaler"),
    ),
    "trust": Objective(
        questions=("bar", "kept", "recall", "precision", "factor", "stretch", "doubted", "cost"),
        exercises=("report", "bar", "factor"),
    ),
}
