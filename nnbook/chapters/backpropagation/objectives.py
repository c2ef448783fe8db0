"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "seven": Objective(
        questions=("branches", "twice", "output", "sign", "targets", "place"),
        calculations=("sweep",),
        exercises=("zeros",),
    ),
    "other": Objective(questions=("off", "bend"), exercises=("relu", "sine")),
    "matrices": Objective(
        questions=("samples", "fan", "matrices", "shortcuts"),
        exercises=("shortcut", "own"),
        without={"prediction": "its section begins with an example; the own part asks for shapes"},
    ),
    "test": Objective(
        questions=(
            "distrust",
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
        questions=("twins",),
        exercises=("leaky",),
    ),
}
