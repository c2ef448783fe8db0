"""The lines of a solution, to be put in order: what each needs, by what it reads and assigns.

A line needs those before it whose names it reads, or which read what it changes; an indented line
needs the line that opens its block; nothing comes after a `return` in its block.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from nnbook.exercises.registry import find, words_of
from nnbook.live.names import base_of, changed_by, globals_of
from nnbook.questions.code import Code

FUNCTIONS = (ast.FunctionDef, ast.ClassDef)
OPENERS = (*FUNCTIONS, ast.For, ast.While, ast.If)
REASONS = ("needs", "renews", "changes", "ends", "after")
"""Why one line comes after another, the plainest reason first; `lines_REASON` says it."""
Need = tuple[int, int, str, str]
"""The earlier line, the later one, the reason, the name that it is about."""


@dataclass
class Line:
    """A line below the one that opens a solution; `within` are the lines that it stands in."""

    code: str
    within: tuple[int, ...]
    scope: int
    node: ast.stmt
    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)

    def note(self, *parts: ast.AST | None) -> None:
        """Take in the names in parts of the line."""
        for node in (node for part in parts if part is not None for node in ast.walk(part)):
            match node:
                case ast.Attribute(value=ast.Name(id="self"), attr=name):  # a name of its own
                    kept = self.writes if isinstance(node.ctx, ast.Store) else self.reads
                    kept.add(f"self.{name}")
                case ast.Name(ctx=ast.Load()):
                    self.reads.add(node.id)
                case ast.Name():
                    self.writes.add(node.id)
                case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                    self.writes |= {base_of(node) or ""} - {""}
                case ast.Expr(value=ast.Call() as call):
                    self.writes |= changed_by(call)


@dataclass(frozen=True)
class Solution:
    """What of a cell is the answer, and the part of it whose lines are to be put in order."""

    opener: ast.FunctionDef | ast.ClassDef
    text: list[str]
    before: str
    after: str


def solution_in(code: str, functions: Sequence[str] = (), parts: Sequence[str] = ()) -> Solution:
    """Find the answer in a cell.

    Parameters
    ----------
    code : str
    functions : sequence of str
        The names of the functions that it consists of, if these are several; else it is the one
        with which the cell begins.
    parts : sequence of str
        Parts of lines of the function that is to be taken apart.
    """
    body, text = ast.parse(code).body, code.splitlines()
    answers = [
        n for n in body if isinstance(n, FUNCTIONS) and (not functions or n.name in functions)
    ]
    if not answers or not isinstance(body[0], (*FUNCTIONS, ast.Import, ast.ImportFrom)):
        raise ValueError(f"code must begin with a function or a class, got {code!r}")
    if not functions:
        answers = answers[:1]
    given = [n for n in body if n in answers or isinstance(n, ast.Import | ast.ImportFrom)]

    def written(nodes: Sequence[ast.stmt]) -> str:
        return "\n".join(text[nodes[0].lineno - 1 : nodes[-1].end_lineno]) if nodes else ""

    about = [n for n in answers if any(part in written([n]) for part in parts)] or answers
    opener = max(about, key=lambda node: (node.end_lineno or 0) - node.lineno)
    place = given.index(opener)
    around = (given[:place], given[place + 1 : given.index(answers[-1]) + 1])
    before, after = ("\n\n\n".join(map(written, ([n] for n in nodes))) for nodes in around)
    return Solution(opener, text, before, after)


def lines_of(opener: ast.FunctionDef | ast.ClassDef, text: Sequence[str]) -> list[Line]:
    """List the lines below the one that opens a function or a class, each with its names."""
    lines: list[Line] = []

    def walk(body: Sequence[ast.stmt], within: tuple[int, ...], scope: int) -> None:
        for node in body:
            opens = isinstance(node, OPENERS)
            end = node.body[0].lineno - 1 if isinstance(node, OPENERS) else node.end_lineno
            if end != node.lineno or getattr(node, "orelse", None):
                raise ValueError(f"no statement may take several lines or have `else`: {node!r}")
            line = Line(text[node.lineno - 1].strip(), within, scope, node)
            match node:
                case ast.FunctionDef() | ast.ClassDef():
                    line.reads, line.writes = globals_of(node), {node.name}
                case ast.For():
                    line.note(node.target, node.iter)
                case ast.While() | ast.If():
                    line.note(node.test)
                case ast.AugAssign(target=ast.Name(id=name)):
                    line.note(node)
                    line.reads.add(name)
                case _:
                    line.note(node)
            own = len(lines)
            lines.append(line)
            if opens:
                inner = own if isinstance(node, FUNCTIONS) else scope
                walk(node.body, (*within, own), inner)  # type: ignore[attr-defined]

    walk(opener.body, (), -1)
    return lines


def _never_reached(lines: Sequence[Line], index: int) -> set[int]:
    """Of which lines none may come after one that leaves its loop or its function."""
    line = lines[index]
    others = {i for i, other in enumerate(lines) if other.scope == line.scope}
    match line.node:
        case ast.Return() | ast.Raise():
            return others
        case ast.Break() | ast.Continue():
            loops = [i for i in line.within if isinstance(lines[i].node, ast.For | ast.While)]
            return {i for i in others if loops[-1] in lines[i].within}
    return set()


def needs_of(lines: Sequence[Line], parameters: set[str]) -> list[Need]:
    """List which line has to come after which, besides what indentation shows."""
    found: list[Need] = []
    for j, later in enumerate(lines):
        for i, line in enumerate(lines[:j]):
            if line.scope != later.scope or i in later.within:
                continue
            read, changed = later.reads & line.writes, later.writes & line.reads
            if read:
                name = min(read)
                old = parameters.union(*(other.writes for other in lines[:i]))
                found.append((i, j, "renews" if name in old else "needs", name))
            elif changed:
                found.append((i, j, "changes", min(changed)))
            elif i in _never_reached(lines, j):
                found.append((i, j, "ends", ""))
            elif later.writes & line.writes or j in _never_reached(lines, i):
                found.append((i, j, "after", ""))
    return sorted(found, key=lambda need: (need[1], REASONS.index(need[2]), need[0]))


def parameters_of(opener: ast.AST) -> set[str]:
    """Name the parameters of a function and of those in it."""
    return {node.arg for node in ast.walk(opener) if isinstance(node, ast.arg)}


def swaps_of(name: str) -> dict[str, tuple[str, str]]:
    """Return mistake -> a part of a line and what makes it wrong, if there are any."""
    exercise = find(name)
    return dict(exercise.swaps) if isinstance(exercise, Code) else {}


def task_of(name: str, code: str, language: str) -> dict[str, Any]:
    """Return what the page needs to let the lines of a solution be put in order."""
    exercise, swaps = find(name), swaps_of(name)
    functions = exercise.functions if isinstance(exercise, Code) else ()
    solution = solution_in(code, functions, [part for part, _ in swaps.values()])
    opener, text = solution.opener, solution.text
    lines = lines_of(opener, text)
    wrong = {}
    for mistake, (part, other) in swaps.items():
        found = [line.code for line in lines if part in line.code]
        if len(found) != 1 or found[0] in wrong:
            raise ValueError(f"swaps of {name} must be about one line each, got {part!r}")
        says = words_of(name, language)["mistakes"][mistake]
        wrong[found[0]] = {"code": found[0].replace(part, other), "says": says}
    return {
        "before": solution.before,
        "head": text[opener.lineno - 1],
        "after": solution.after,
        "lines": [dict(_described(line, wrong)) for line in lines],
        "needs": needs_of(lines, parameters_of(opener)),
    }


def _described(line: Line, wrong: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "code", line.code
    yield "depth", len(line.within)
    yield "block", line.within[-1] if line.within else -1
    if line.code in wrong:
        yield "wrong", wrong[line.code]
