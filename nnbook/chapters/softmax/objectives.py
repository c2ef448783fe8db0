"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "by_hand": Objective(
        questions=("shares", "ratio", "temperature", "program", "hottest"),
        exercises=("ratios", "own"),
    ),
    "derivatives": Objective(
        questions=("other", "step", "balance", "miscopied"),
        drawings=("one_logit",),
        calculations=("slopes",),
        exercises=("product",),
    ),
    "differences": Objective(questions=("change", "range", "altered"), exercises=("base",)),
    "sigmoid": Objective(
        questions=("several", "two"), drawings=("one_logit",), exercises=("pair",)
    ),
    "start": Objective(
        questions=("start", "inherited"),
        without={"exercise": "twenty trainings answer it, and they stand in the chapter"},
    ),
}
