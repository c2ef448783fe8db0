"""What a code cell sets and what it uses, so that an exercise waits only for the cells it needs.

A cell makes a name that it assigns, imports or defines at its top level, and may change the value
of one, as ``fit(model, X, y)`` does with `model`; it sets both.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Set

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def top_level(node: ast.AST) -> Iterator[ast.AST]:
    """Walk through what runs with the cell itself, not in a function of its own."""
    yield node
    if not isinstance(node, SCOPES + COMPREHENSIONS):
        for child in ast.iter_child_nodes(node):
            yield from top_level(child)


def base_of(node: ast.AST) -> str | None:
    """Return `a` of ``a``, ``a.b``, ``a[0].c``."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def changed_by(call: ast.Call) -> set[str]:
    """Name what a call whose result nobody takes may be there to change."""
    if isinstance(call.func, ast.Name) and call.func.id == "print":
        return set()
    parts = [call.func, *call.args, *(keyword.value for keyword in call.keywords)]
    return {name for part in parts if (name := base_of(part))}


def imported_by(code: str) -> set[str]:
    """Name the modules, and what is taken from them: no statement is there to change these."""
    found = re.findall(r"^\s*(?:import|from) .*", code, re.MULTILINE)
    return set(re.findall(r"\w+", " ".join(found))) - {"import", "from", "as"}


def globals_of(code: str) -> set[str]:
    """Name what code looks up outside of its own functions."""
    found: set[str] = set()
    tables = [symtable.symtable(code, "cell", "exec")]
    for table in tables:
        tables += table.get_children()
        top = table.get_type() == "module"
        found |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (top or symbol.is_global())
        }
    return found


def is_expression(code: str) -> bool:
    """Whether code is nothing but one value to be shown."""
    try:
        return [type(statement) for statement in ast.parse(code).body] == [ast.Expr]
    except SyntaxError:
        return False


def names_of(code: str, modules: Set[str] = frozenset()) -> tuple[set[str], set[str], set[str]]:
    """Return the names that a cell makes, those whose values it may change, and those it uses.

    There are none if it is not pure Python.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set(), set(), set()
    assigned: set[str] = set()
    changed: set[str] = set()
    uses: set[str] = set()
    for statement in tree.body:
        own = set()
        for node in top_level(statement):
            match node:
                case ast.FunctionDef() | ast.ClassDef():
                    own.add(node.name)
                case ast.alias():
                    own.add((node.asname or node.name).split(".")[0])
                case ast.Name(ctx=ast.Store()):
                    own.add(node.id)
                case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                    changed |= {base_of(node) or ""} - {""}
                case ast.Expr(value=ast.Call() as call):
                    changed |= changed_by(call) - modules
        found = globals_of(ast.unparse(statement))
        uses |= found - assigned - (own if isinstance(statement, ast.For) else set())
        assigned |= own
    return assigned, changed, uses
