"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "seven": Objective(
        questions=("branches", "twice", "output", "sign", "targets", "place"),
        calculations=("sweep",),
        exercises=("ways",),
    ),
    "other": Objective(questions=("off", "bend"), exercises=("relu", "sine")),
    "matrices": Objective(
        questions=("samples", "fan", "matrices", "shortcuts"), exercises=("shortcut", "own")
    ),
    "test": Objective(
        questions=(
            "distrust",
            "error",
            "stored",
            "differences",
            "cost",
            "loop",
            "altered",
            "blind",
        ),
        exercises=("reset",),
    ),
    "start": Objective(
        questions=("curve", "three", "twins", "unique", "asleep"),
        exercises=("zeros", "leaky", "balance", "trap"),
    ),
}
