"""What one can do after the chapter, and what asks for it."""

from __future__ import annotations

from nnbook.questions.objective import Objective

OBJECTIVES = {
    "slopes": Objective(
        questions=("square", "change", "gradient", "tangent"), exercises=("slopes",)
    ),
    "chain": Objective(questions=("chain", "inner", "total"), calculations=("chain",)),
    "product": Objective(questions=("entry", "product", "loops"), exercises=("product",)),
    "variance": Objective(questions=("variance", "scaled", "throws"), exercises=("spread",)),
    "arrays": Objective(questions=("axis", "broadcast"), exercises=("rows",)),
}
