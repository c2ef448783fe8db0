"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "by_hand": Objective(
        questions=("telling", "entry", "which", "loop", "count", "size"),
        calculations=("row",),
        exercises=("parameters",),
    ),
    "backward": Objective(
        questions=("paths", "kernel_slope", "pixel_slope"),
        calculations=("row",),
        exercises=("kernel", "pixels"),
    ),
    "pooling": Objective(questions=("pooled", "blocks", "sees"), exercises=("largest",)),
    "moves": Objective(
        questions=("scales", "alone", "best", "harmless", "without_pooling"),
        without={
            "exercise": "trainings of several networks take longer than a check of an answer may"
        },
    ),
}
