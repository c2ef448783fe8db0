"""A question: one idea of a chapter, with the numbers of the text and with others.

It holds no words. These are in the folder of its chapter; `{name}` in them is a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from nnbook.questions.choice import Choice
from nnbook.questions.formats import MINUS, grouped, significant
from nnbook.questions.number import Number
from nnlib._validation import one_of
from nnlib.autodiff import Value

LEVELS = ("recall", "apply", "relate", "diagnose", "design")
"""What a question asks for: to know it, to use a rule, to say what follows from what, to find out
what is wrong, to decide."""
TINY = 1e-12
"""What rounding may leave of a whole number."""


@dataclass(frozen=True)
class Question:
    """One idea, and how it is asked: in the text, again in review, or both.

    Attributes
    ----------
    section : str
        The label of the section that teaches it, such as ``"sec-losses-ssr"``: review leads there.
    idea : str
        A short key. Questions that need the same thought share it, over all chapters: mixed
        practice never asks two of them in a row.
    ask : function
        Makes a variant for review from its numbers, with `number` or `choice`.
    numbers : sequence of sequences
        For each argument of `ask` its value in every variant: a variant is a column.
    in_text : mapping
        What the text asks, by the name that ``widgets.Predict`` gets after the chapter's. Who
        misses it is asked a variant first.
    again : str
        The question of another chapter whose variants review asks instead of own ones.
    level : {"recall", "apply", "relate", "diagnose", "design"}
        Of what review asks; of what the text asks where there is no review.
    """

    section: str = ""
    idea: str = ""
    ask: Callable[..., Number | Choice] | None = None
    numbers: Sequence[Sequence[Any]] = ()
    in_text: Mapping[str, Number | Choice] = field(default_factory=dict)
    again: str = ""
    level: str = ""

    def __post_init__(self) -> None:
        if self.level:
            one_of("level", self.level, LEVELS)
        shown = [self.section, self.idea, self.ask, self.numbers]
        if any(shown) and not all(shown):
            raise ValueError("section, idea, ask and numbers belong together: give all or none")
        if self.ask is None and not self.in_text:
            raise ValueError("give ask and numbers, in_text, or both: nobody is asked anything")
        estimates = [name for name, showing in self.in_text.items() if showing.estimate]
        if estimates and (self.ask or self.again):
            raise ValueError(
                f"in_text must hold no estimate such as {estimates[0]!r} where review asks again: "
                "an estimate is neither right nor wrong; make it a question of its own"
            )

    @cached_property
    def variants(self) -> list[Number | Choice]:
        """The question with each of its numbers."""
        ask = self.ask
        return [ask(*column) for column in zip(*self.numbers, strict=True)] if ask else []


def slopes(function: Callable[..., Value], *at: float) -> list[float]:
    """Return the partial derivatives of a function, by the computational graph of `nnlib`."""
    inputs = [Value(float(x)) for x in at]
    function(*inputs).backward()
    return [x.grad for x in inputs]


def tuples(text: str) -> tuple[tuple[float, ...], ...]:
    """Read tuples of numbers: ``"1 2, 0.5 -3"`` has two."""
    return tuple(tuple(map(float, part.split())) for part in text.split(","))


def shown(value: object) -> str:
    """Write a value as the words quote it: whole numbers in full, others with three digits."""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return r",\,".join(map(shown, value))
    number = float(value)  # type: ignore[arg-type]
    if abs(number - round(number)) < TINY:
        return grouped(number)
    text = f"{number:.3g}"
    return significant(number) if "e" in text else text.replace("-", MINUS)


def factor(number: float) -> str:
    """Write a number that follows a dot or a minus: in brackets if it is negative."""
    text = shown(number)
    return f"({text})" if text.startswith(MINUS) else text


def number(
    symbol: str,
    right: float,
    values: Mapping[str, object],
    mistakes: Mapping[str, float],
    **settings: Any,
) -> Number:
    """Make a variant with a number for its answer.

    `settings` are those of `Number`. Without a tolerance the answer may be off by 0.01, which is
    enough where the numbers suit mental arithmetic; a whole number is shown in full.
    """
    if not settings.keys() & {"absolute", "relative", "between"}:
        settings["absolute"] = 0.01
    if abs(right - round(right)) < TINY:
        settings["decimals"] = 0
    return Number(
        symbol=symbol,
        answer=lambda: float(right),
        mistakes={name: partial(float, wrong) for name, wrong in mistakes.items()},
        values=lambda: {name: shown(value) for name, value in values.items()},
        **settings,
    )


def choice(
    options: Sequence[str], right: str, values: Mapping[str, object], **settings: Any
) -> Choice:
    """Make a variant with one of several options for its answer; `settings` as in `Choice`."""
    return Choice(
        options=options,
        answer=lambda: right,
        values=lambda: {name: shown(value) for name, value in values.items()},
        **settings,
    )
