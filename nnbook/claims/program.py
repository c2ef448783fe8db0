"""The program of a claim: the module of its judge, and those of the book that this one uses."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
from collections.abc import Iterator

TRIED = ("nnbook.chapters.", "nnbook.patients")
"""Where the trainings of the book are."""
TRAINS = {
    "nnlib.activations",
    "nnlib.layers",
    "nnlib.losses",
    "nnlib.networks",
    "nnlib.optim",
    "nnlib.parameters",
    "nnlib.preprocessing",
    "nnlib.train",
}
"""What trains in all of them: a change of it may change what any claim finds."""


def digest(module: str) -> str:
    """Return what tells one version of a program from another, on every system and Python.

    Comments, docstrings and the form of the code are no part of it.
    """
    trees = [ast.parse(inspect.getsource(sys.modules[name])) for name in sorted(used(module))]
    return hashlib.sha256(repr([_meant(tree) for tree in trees]).encode()).hexdigest()[:16]


def _meant(node: object) -> object:
    """Return what a syntax tree says, without what is empty: that differs between Pythons."""
    if isinstance(node, list):
        return [_meant(part) for part in node if not _is_remark(part)]
    if not isinstance(node, ast.AST):
        return node
    fields = [(name, value) for name, value in ast.iter_fields(node) if value not in (None, [])]
    return type(node).__name__, [(name, _meant(value)) for name, value in fields]


def _is_remark(node: object) -> bool:
    """Whether a statement is a string and nothing else: a docstring, or the text below a name."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def used(module: str) -> set[str]:
    """Return the module's name and those of the book's modules that it imports, at any depth."""
    found: set[str] = set(TRAINS)
    waiting = {module}
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= set(_imported(name)) - found
    return found


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module]))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names} & set(sys.modules)
            for name in inside or {node.module}:
                if name.startswith(TRIED):
                    yield name
