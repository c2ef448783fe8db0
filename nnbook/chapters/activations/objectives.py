"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "shapes": Objective(
        questions=("pieces", "doubled", "last", "leaky", "mirror"), exercises=("slopes",)
    ),
    "slopes": Objective(
        questions=("softplus_slope", "sigmoid_slope", "tanh_slope", "flattest", "slope_seen"),
        drawings=("softplus_slope",),
        exercises=("tanh-slope", "own"),
    ),
    "dying": Objective(questions=("dead", "off"), exercises=("born-dead",)),
    "vanishing": Objective(questions=("row", "fate", "cure"), exercises=("tanh-product",)),
}
