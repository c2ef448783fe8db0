"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "explain": Objective(
        questions=("count", "nothing", "corners"),
        without={"exercise": "the challenges of the figure are its exercises"},
    ),
}
