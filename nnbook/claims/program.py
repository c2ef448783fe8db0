"""The program of a claim: the module of its judge, and those of the book that this one uses."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
from collections.abc import Iterator

TRIED = ("nnbook.chapters.", "nnbook.patients")
"""Where the trainings of the book are; the engines beside them have tests of their own."""


def digest(module: str) -> str:
    """Return what tells one version of a program from another, on every system."""
    sources = [inspect.getsource(sys.modules[name]) for name in sorted(used(module))]
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()[:16]


def used(module: str) -> set[str]:
    """Return the module's name and those of the book's modules that it imports, at any depth."""
    found: set[str] = set()
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
