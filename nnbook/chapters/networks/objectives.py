"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "by_hand": Objective(
        questions=("sum", "corner", "forward", "step", "count"),
        calculations=("forward",),
        exercises=("outside",),
    ),
    "matrices": Objective(questions=("shape", "changed"), exercises=("own",)),
    "layers": Objective(
        questions=("judged", "reach"),
        without={
            "exercise": "What a layer is for is said in words: no program shows that one knows."
        },
    ),
    "bends": Objective(questions=("collapse", "code"), exercises=("identity",)),
    "represent": Objective(
        questions=("hinge_count", "hinges", "drawable"),
        exercises=("five", "symmetry"),
    ),
}
