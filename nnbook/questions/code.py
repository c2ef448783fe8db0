"""Exercises: a function, a class or a network as the answer, and what it is tried on.

An exercise holds no words. Its title, its hint and a sentence for each mistake are in the folder of
its chapter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from nnlib._typing import FloatArray

KINDS = ("predict", "prove", "write", "mend")
LEVELS = (1, 2, 3)
LABELS = ("ordinary", "random", "batch", "edge", "extreme")

Case = tuple[str, tuple[Any, ...]]
"""A label, one of `LABELS`, and the arguments that the reader's function gets."""


Answer: TypeAlias = Callable[..., Any] | tuple[Callable[..., Any], ...]
"""A function, or the functions that an exercise asks for together."""


def apply(answer: Callable[..., Any], *arguments: Any) -> Any:
    """Call the reader's function: the ordinary way to try an answer."""
    return answer(*arguments)


def each(answers: Sequence[Callable[..., Any]], *arguments: Any) -> Iterator[Any]:
    """Call the reader's functions, all with the same arguments, one after the other."""
    for answer in answers:
        yield answer(*arguments)


@dataclass(frozen=True)
class Family:
    """A mistake that each reader makes with numbers of their own, such as any small number added.

    Attributes
    ----------
    example : function
        One answer of the family.
    shows : function
        From what came out in a case and what should have, arrays of one shape, to whether it looks
        like this mistake. It has to in each case that is wrong.
    """

    example: Answer
    shows: Callable[[FloatArray, FloatArray], bool]

    def __call__(self, *arguments: Any) -> Any:
        """Give what the example gives."""
        assert not isinstance(self.example, tuple)
        return self.example(*arguments)


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """What all exercises have.

    Attributes
    ----------
    kind : {"predict", "prove", "write", "mend"}
    level : {1, 2, 3}
        Warm-up, ordinary, hard.
    """

    kind: str
    level: int

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if self.level not in LEVELS:
            raise ValueError(f"level must be 1, 2 or 3, got {self.level!r}")


@dataclass(frozen=True, kw_only=True)
class Code(Exercise):
    """The answer is a function, or a class or network that `use` knows how to try.

    With `parts`, the answer is a tuple of functions if these name several, the reference gives an
    array for each part, and so does `use`; it should be a generator, because a part is judged
    before the next one is asked for, and shown with the arguments of the latest call. A mistake,
    too, is a tuple of functions.

    Attributes
    ----------
    reference : function
        Gives the right result for the arguments of every case.
    cases : function
        From a random generator to the cases, the plainest first: each argument is a number or an
        array, each case labeled as one of `LABELS`. Results may overflow only in "extreme" ones.
    mistakes : mapping
        Name -> a function that is wrong in this way, or a `Family` of them.
    uses : set
        Names of functions of which a right answer has to use one, if there are any.
    forbids : set
        Names of functions, or of a package such as "nnlib", that it has to do without.
    parts : sequence of str
        What a result consists of, in the order in which it is judged: names of functions, as in
        ``("relu", "relu_slope")``, or a name and what the function gives, as in ``"backward W1"``.
    use : function
        From an answer and the arguments of a case to the result that is compared. With parts,
        `each` if all functions take the same arguments.
    finite_difference : function, optional
        For a derivative: from the arguments of a case to what a central difference gives.
    rtol : float
        How far rounding may carry a right result, in proportion to it.
    atol : float
        How far besides, near 0.
    swaps : mapping
        Name of a mistake -> what stands in one line of the book's solution only, and what makes
        this mistake in its place. With these, the page offers the solution's lines, to be put in
        order.
    """

    reference: Callable[..., Any]
    cases: Callable[[np.random.Generator], Iterable[Case]]
    mistakes: Mapping[str, Answer] = field(default_factory=dict)
    uses: Set[str] = frozenset()
    forbids: Set[str] = frozenset()
    parts: Sequence[str] = ()
    use: Callable[..., Any] = apply
    finite_difference: Callable[..., ArrayLike] | None = None
    rtol: float = 1e-8
    atol: float = 1e-12
    swaps: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the parts come from."""
        return tuple(dict.fromkeys(part.partition(" ")[0] for part in self.parts))
