"""The ten parts, as `nnlib.small` has them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nnlib import small

EXERCISES = (
    "networks-own",
    "activations-own",
    "losses-own",
    "gradient_descent-own",
    "backpropagation-own",
    "multiple_outputs-own",
    "softmax-own",
    "cross_entropy-own",
    "generalization-own",
    "digits-own",
)


@dataclass(frozen=True)
class Part:
    """One part of the program.

    Attributes
    ----------
    number : int
        From 1.
    exercise : str
        In which it is written.
    functions : tuple of str
    code : str
        The book's.
    """

    number: int
    exercise: str
    functions: tuple[str, ...]
    code: str


@cache
def parts() -> dict[str, Part]:
    """Return the parts by their exercises, in order."""
    source = Path(small.__file__).with_suffix(".py").read_text(encoding="utf-8")
    _, *codes = re.split(r"^# \d+\. .*\n(?:#.*\n)*", source, flags=re.MULTILINE)
    return {
        exercise: Part(number, exercise, _functions(code), code.strip())
        for number, (exercise, code) in enumerate(zip(EXERCISES, codes, strict=True), 1)
    }


def _functions(code: str) -> tuple[str, ...]:
    return tuple(node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef))


def functions_before(number: int) -> dict[str, int]:
    """Return the functions of the parts before one, each with the number of its part."""
    return {
        name: part.number
        for part in parts().values()
        if part.number < number
        for name in part.functions
    }
