"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "functions": Objective(
        questions=("last", "leaky", "mirror", "gap", "underflow"), exercises=("log-sigmoid",)
    ),
    "shapes": Objective(questions=("pieces", "doubled"), exercises=("slopes",)),
    "slopes": Objective(
        questions=("softplus_slope", "sigmoid_slope", "tanh_slope", "flattest", "slope_seen"),
        drawings=("softplus_slope",),
        exercises=("tanh-slope", "own"),
    ),
    "dying": Objective(questions=("dead", "off"), drawings=("dead",), exercises=("born-dead",)),
    "vanishing": Objective(
        questions=("row", "fate"),
        drawings=("layers",),
        exercises=("tanh-product", "repelling"),
    ),
    "helps": Objective(questions=("rates", "cure"), exercises=("plateau",)),
}
