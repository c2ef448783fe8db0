"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "compute": Objective(
        questions=("residual", "ssr", "constant", "log_loss", "curve"),
        exercises=("own", "median"),
    ),
    "derive": Objective(
        questions=("likelihood", "trains", "fitting"),
        without={"exercise": "the derivation is a proof in the text"},
    ),
    "rate": Objective(
        questions=("rate", "slope", "copies", "factor"), exercises=("numbers", "line")
    ),
    "confident": Objective(questions=("push", "in_z", "outvoted"), exercises=("slope", "valley")),
    "read": Objective(questions=("parts",), drawings=("one_answer",), exercises=("numbers",)),
}
