"""One of several options as the answer; each other option is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nnbook.questions.judge import Judgement, judge
from nnbook.questions.number import Asked
from nnlib._validation import one_of


@dataclass(frozen=True, kw_only=True)
class Choice(Asked):
    """The answer is one of several options.

    Attributes
    ----------
    options : sequence of str
        Their names; the front end shuffles them, so that their places tell nothing.
    answer : function
        Computes which one is right, and returns its name.
    """

    options: Sequence[str]
    answer: Callable[[], str]

    def __post_init__(self) -> None:
        if len(set(self.options)) < len(self.options):
            raise ValueError(f"options must be different, got {', '.join(self.options)}")

    def judge(self, answer: str) -> Judgement:
        """Judge the name of an option; TypeError or ValueError for anything else."""
        if not isinstance(answer, str):
            raise TypeError(f"answer must be one of {', '.join(self.options)}, got {answer!r}")
        return judge(self.judging, one_of("answer", answer, self.options))

    @cached_property
    def right(self) -> str:
        """The name of the right option."""
        return one_of("the answer", self.answer(), self.options)

    @cached_property
    def judging(self) -> dict[str, Any]:
        """The options and the right one."""
        return self._asked | self._estimate

    @property
    def words(self) -> Set[str]:
        """A hint, the reason, a label for each option, a sentence for each but the right one."""
        return self.words_beside(self.right)

    def words_beside(self, right: str) -> Set[str]:
        """Return the same if the right option is known: finding it may take a training."""
        wrong = {f"mistakes.{name}" for name in self.options if name != right}
        return super().words | {f"options.{name}" for name in self.options} | wrong

    def describe(self) -> dict[str, Any]:
        """Return the names of the options and the right one; no words."""
        return self._asked | self._besides

    @property
    def _asked(self) -> dict[str, Any]:
        return {"kind": "choice", "options": list(self.options), "answer": self.right}


def nearest(value: float, options: Mapping[str, float]) -> str:
    """Return the name of the number that lies nearest to a value."""
    return min(options, key=lambda name: abs(options[name] - value))
