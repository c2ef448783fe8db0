"""What a review question is: a prediction with parameters, and the section it leads back to.

Like a prediction it holds no words. The question, its hint, its reason, its options and a sentence
for each mistake are in `nnbook/messages/review/CHAPTER/`; `{name}` in them is a value
of the variant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from nnbook.predictions import Choice, Number, Prediction
from nnbook.predictions.formats import MINUS, grouped, significant
from nnlib.autodiff import Value

TINY = 1e-12
"""What rounding may leave of a whole number."""


@dataclass(frozen=True)
class Question:
    """One idea of a chapter, and the numbers to ask it with.

    Attributes
    ----------
    section : str
        The label of the section that teaches it, such as ``"sec-losses-ssr"``.
    idea : str
        A short key. Questions that need the same thought share it, over all chapters: mixed
        practice never asks two of them in a row.
    ask : function
        Makes a variant from its numbers, with `number` or `choice`.
    numbers : sequence of sequences
        For each argument of `ask` its value in every variant: a variant is a column.
    """

    section: str
    idea: str
    ask: Callable[..., Prediction]
    numbers: Sequence[Sequence[Any]]

    @cached_property
    def variants(self) -> list[Prediction]:
        """The question with each of its numbers."""
        return [self.ask(*column) for column in zip(*self.numbers, strict=True)]


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


def choice(options: Sequence[str], right: str, values: Mapping[str, object]) -> Choice:
    """Make a variant with one of several options for its answer."""
    return Choice(
        options=options,
        answer=lambda: right,
        values=lambda: {name: shown(value) for name, value in values.items()},
    )
