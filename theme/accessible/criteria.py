"""The success criteria of WCAG 2.2, levels A and AA, and the tests that hold them.

A test says itself which criteria it holds: ``@pytest.mark.wcag("1.4.3", "1.4.11")``. So the page
can name no test that is not there, and a criterion whose last test is gone ends the build.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nnbook.messages import ORIGINAL, load

TESTS = Path(__file__).resolve().parents[2] / "tests"
MARK = "pytest.mark.wcag"
WORDS = "messages/site/accessible"
AA = {
    *("1.2.4", "1.2.5", "1.3.4", "1.3.5", "1.4.3", "1.4.4", "1.4.5", "1.4.10", "1.4.11", "1.4.12"),
    *("1.4.13", "2.4.5", "2.4.6", "2.4.7", "2.4.11", "2.5.7", "2.5.8", "3.1.2", "3.2.3", "3.2.4"),
    *("3.3.3", "3.3.4", "3.3.8", "4.1.3"),
}
# Everything else is met, and tests show it. What is met in part may have tests, too.
NOT_SIMPLY_MET = {
    "none": {"1.3.5", "2.2.1", "2.5.4", "3.3.7", "3.3.8"},
    "seen": {"1.3.3", "2.3.1", "2.4.6"},
    "partly": set[str](),
    "unmet": set[str](),
}
# The tests of these show that they do not apply.
NEVER = {"1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2"}


class Proof(NamedTuple):
    """A test: its file within the repository, and its name there."""

    file: str
    name: str


def level_of(number: str) -> str:
    """Return the level of a criterion: A or AA."""
    return "AA" if number in AA else "A"


def in_order() -> list[str]:
    """Return the numbers of all criteria, as the standard lists them."""
    return [*load(WORDS, ORIGINAL)["criteria"]]


def slug(name: str) -> str:
    """Return the anchor of a criterion in the standard, made of its English name."""
    kept = "".join(sign for sign in name.lower() if sign.isalnum() or sign in " -")
    return "-".join(kept.split())


def verdict(number: str, proofs: dict[str, list[Proof]]) -> str:
    """Return what is claimed of a criterion: a key of the words' `verdicts`."""
    for claimed, numbers in NOT_SIMPLY_MET.items():
        if number in numbers:
            return claimed
    if number not in proofs:
        raise LookupError(
            f"no test has the mark wcag({number!r}): mark one, or say in {__name__}.NOT_SIMPLY_MET "
            f"why there is none"
        )
    return "none" if number in NEVER else "met"


def proofs_in(folder: Path = TESTS) -> dict[str, list[Proof]]:
    """Return for each criterion the tests that are marked with its number."""
    found: dict[str, list[Proof]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if MARK not in source:
            continue
        file = path.relative_to(folder.parent).as_posix()
        for name, numbers in marked(ast.parse(source)):
            for number in numbers:
                found.setdefault(number, []).append(Proof(file, name))
    return found


def marked(tree: ast.AST, within: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the names of the tests in a module or a class that have the mark, with its numbers."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from marked(node, f"{node.name}::")
        elif isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == MARK:
                    yield within + node.name, [ast.literal_eval(each) for each in mark.args]
