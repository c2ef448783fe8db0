"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "gradient": Objective(
        questions=("loss", "rise", "balance", "slope", "rival", "sure", "weight", "forces"),
        exercises=("carry", "average", "soft", "own"),
    ),
    "train": Objective(questions=("nothing", "typical", "part", "loop"), exercises=("step",)),
    "stall": Objective(questions=("missing", "level"), exercises=("answers",)),
}
