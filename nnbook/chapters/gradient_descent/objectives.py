"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "rates": Objective(
        questions=(
            "tonight",
            "steps",
            "length",
            "gain",
            "stop",
            "factor",
            "walk",
            "largest",
            "trade",
            "valley",
            "fastest",
            "doubling",
            "sums",
        ),
        drawings=("steps",),
        calculations=("downhill",),
        exercises=("rates", "gain", "tolerance", "jumps"),
    ),
    "network": Objective(questions=("plateau", "level"), exercises=("quartic",)),
    "batches": Objective(
        questions=("noise", "epochs", "rest", "floor", "batches"),
        exercises=("epoch", "momentum", "floor", "own"),
    ),
}
