"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "compute": Objective(
        questions=("residual", "ssr", "constant", "log_loss", "parts", "curve"),
        exercises=("numbers", "own"),
    ),
    "derive": Objective(questions=("likelihood", "trains"), exercises=("normal",)),
    "targets": Objective(questions=("fitting",), exercises=("median",)),
    "rate": Objective(
        questions=("rate", "slope", "copies", "factor"),
        exercises=("line", "valley"),
    ),
    "confident": Objective(
        questions=("push", "race", "in_z"), drawings=("one_answer",), exercises=("slope", "logits")
    ),
    "label": Objective(questions=("outvoted",), exercises=("divergence",)),
}
