"""What one can do after a chapter, and what of the chapter asks for it.

The table of a chapter is `objectives.py` in its folder: it shows what nobody asks. Its words are
what comes after "After it you can".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nnbook.chapters import ByName
from nnbook.questions.bank import QUESTIONS

WAYS = ("prediction", "exercise", "review")
"""Each objective is asked in these: before it is taught, by a task, and again later."""


@dataclass(frozen=True, kw_only=True)
class Objective:
    """What asks for it, by the own names of its chapter.

    Attributes
    ----------
    questions : sequence of str
        Of the bank: what they ask in the text is a prediction, what they ask again is review.
    drawings : sequence of str
        Curves to be drawn first: they are predictions.
    calculations : sequence of str
        Calculations that fade: they are exercises.
    exercises : sequence of str
    without : mapping
        Each of `WAYS` in which it cannot be asked, and why not.
    """

    questions: Sequence[str] = ()
    drawings: Sequence[str] = ()
    calculations: Sequence[str] = ()
    exercises: Sequence[str] = ()
    without: Mapping[str, str] = field(default_factory=dict)


OBJECTIVES: ByName[Objective] = ByName("an objective", "objectives", "objective.OBJECTIVES.names()")


def missing(name: str) -> set[str]:
    """Return the ways in which nothing asks for an objective, though something could."""
    objective = OBJECTIVES.find(name)
    own = QUESTIONS.of(name.partition("-")[0])
    asking = [own[question] for question in objective.questions]
    asked = {
        "prediction": bool(objective.drawings) or any(one.in_text for one in asking),
        "exercise": bool(objective.exercises or objective.calculations),
        "review": any(one.ask or one.again for one in asking),
    }
    return {way for way in WAYS if not asked[way]} - objective.without.keys()
