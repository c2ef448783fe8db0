"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "honest": Objective(
        questions=(
            "doubt",
            "accuracy",
            "pixels",
            "rate",
            "seeds",
            "baseline",
            "choose",
            "faint",
            "uncertain",
            "nearest",
            "epochs",
            "order",
        ),
        exercises=("images", "faint", "errors", "scale", "own"),
    ),
    "fails": Objective(
        questions=(
            "hands",
            "moved_digits",
            "neighbor_moved",
            "scaler_alone",
            "prepared",
            "wrong",
            "unseen",
            "moved",
            "split",
            "fall",
            "shared",
        ),
        exercises=("hands",),
    ),
    "plan": Objective(questions=("fault", "needed"), exercises=("report",)),
}
