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
        ),
        drawings=("steps",),
        calculations=("downhill",),
        exercises=("gain", "tolerance"),
    ),
    "network": Objective(
        questions=("plateau", "level"),
        exercises=("quartic",),
        without={
            "prediction": "that a flat loss falls again cannot be reasoned out; the figure shows it"
        },
    ),
    "batches": Objective(
        questions=("noise", "epochs", "rest", "floor", "batches"),
        exercises=("momentum", "floor", "own"),
    ),
}
