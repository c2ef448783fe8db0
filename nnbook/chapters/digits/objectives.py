"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "honest": Objective(
        questions=(
            "doubt",
            "pixels",
            "seeds",
            "baseline",
            "choose",
            "faint",
            "nearest",
            "epochs",
            "order",
            "fault",
        ),
        exercises=("images", "faint", "scale", "own"),
    ),
    "fails": Objective(
        questions=(
            "hands",
            "moved_digits",
            "scaler_alone",
            "unseen",
            "moved",
            "split",
            "fall",
            "shared",
        ),
        exercises=("hands",),
    ),
}
