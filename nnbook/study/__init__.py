"""What a study with a class adds up to: from the files that its readers hand in to an effect.

Everything is plain numpy, so it runs wherever the book runs. The page for teachers
(``js/src/reading/study.js``) makes the same table of the same files.
"""

from nnbook.study.effects import (
    Estimate,
    Mean,
    adjusted_difference,
    form_effect,
    hedges_g,
    mean_change,
    normalized_gain,
)
from nnbook.study.files import Answers, doses, joined, read_doses, read_table, write_table
from nnbook.study.items import (
    bootstrap,
    cronbach_alpha,
    difficulty,
    discrimination,
    option_shares,
    spearman,
)
from nnbook.study.simulation import SimulatedClass

__all__ = [
    "Answers",
    "Estimate",
    "Mean",
    "SimulatedClass",
    "adjusted_difference",
    "bootstrap",
    "cronbach_alpha",
    "difficulty",
    "discrimination",
    "doses",
    "form_effect",
    "hedges_g",
    "joined",
    "mean_change",
    "normalized_gain",
    "option_shares",
    "read_doses",
    "read_table",
    "spearman",
    "write_table",
]
