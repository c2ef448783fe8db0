"""Which names code makes, changes and uses: what says which cells have to run before another one.

A cell makes a name that it assigns, imports or defines at its top level, alters the value of one,
as ``fit(model, X, y)`` does with `model`, and may change others, those in a call whose result
nobody takes; it sets all of these. The theme asks while it builds the
site, of the book's code, and a page before it runs anything, of what its reader wrote.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
SCOPES = (*FUNCTIONS, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
CHANGING = {"backward", "step", "pop", "popitem", "setdefault"}
"""Methods that change their object and return something, too, as all those of an `rng` do."""
BUILTINS = set(dir(builtins))


class Names(NamedTuple):
    """The names that code makes, those that it alters, those that it may change, those it uses."""

    made: set[str]
    altered: set[str]
    changed: set[str]
    uses: set[str]


def outside(scopes: tuple[type[ast.AST], ...], node: ast.AST) -> Iterator[ast.AST]:
    """Walk through what runs with the cell itself, not in a scope of its own."""
    yield node
    if not isinstance(node, scopes):
        for child in ast.iter_child_nodes(node):
            yield from outside(scopes, child)


def names_in(node: ast.AST | None) -> set[str]:
    """Name all that stands in a part of the code."""
    inside = ast.walk(node) if node else ()
    return {part.id for part in inside if isinstance(part, ast.Name)}


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


def altered_by(call: ast.Call) -> set[str]:
    """Name what a call changes whether or not somebody takes its result."""
    base = base_of(call.func)
    name = getattr(call.func, "attr", base)
    if name == "fit":
        return changed_by(call)
    return {base} if base and (name in CHANGING or base == "rng") else set()


def imported_by(code: str) -> set[str]:
    """Name the modules, and what is taken from them: no statement is there to change these."""
    found = re.findall(r"^\s*(?:import|from) .*", code, re.MULTILINE)
    return set(re.findall(r"\w+", " ".join(found))) - {"import", "from", "as"}


class _Generators(ast.NodeTransformer):
    """Makes generators of all comprehensions: no Python takes these for a part of their scope."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        match node:
            case ast.ListComp(elt=each, generators=loops) | ast.SetComp(elt=each, generators=loops):
                return ast.GeneratorExp(each, loops)
            case ast.DictComp(key=key, value=value, generators=loops):
                return ast.GeneratorExp(ast.Tuple([key, value], ast.Load()), loops)
        return node


def globals_of(part: ast.stmt | ast.expr) -> set[str]:
    """Name what a part of the code looks up outside of its own functions."""
    tree = ast.parse(ast.unparse(part))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.update(node.names)
    for node in outside(FUNCTIONS, tree):
        match node:
            case ast.AugAssign(target=ast.Name(id=name)) | ast.Name(id=name, ctx=ast.Del()):
                found.add(name)
    tables = [symtable.symtable(ast.unparse(_Generators().visit(tree)), "cell", "exec")]
    for table in tables:
        tables += table.get_children()
        top = table.get_type() == "module"
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (top or symbol.is_global()):
                found.add(symbol.get_name())
    return found


def is_expression(code: str) -> bool:
    """Whether code is nothing but one value to be shown."""
    try:
        return [type(statement) for statement in ast.parse(code).body] == [ast.Expr]
    except SyntaxError:
        return False


def _made(statement: ast.stmt) -> set[str]:
    """Name what a statement assigns, imports or defines."""
    everything = ast.walk(statement)
    made = set().union(*(node.names for node in everything if isinstance(node, ast.Global)))
    for node in outside(FUNCTIONS, statement):
        if isinstance(node, ast.NamedExpr):  # in a comprehension, too
            made.add(node.target.id)
    for node in outside(SCOPES, statement):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                made.add(name)
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                made.add(name)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                made.add(name)
            case ast.alias():
                made.add((node.asname or node.name).split(".")[0])
            case ast.Name(ctx=ast.Store()):
                made.add(node.id)
    return made


def _altered(statement: ast.stmt) -> set[str]:
    """Name what a statement alters, as far as its form shows it."""
    altered: set[str] = set()
    loops: list[ast.For | ast.comprehension] = []
    for node in outside(FUNCTIONS, statement):
        match node:
            case ast.For() | ast.comprehension():
                loops.append(node)
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                altered |= {base_of(node) or ""} - {""}
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                altered |= {base_of(node) or ""} - {""}
            case ast.Name(ctx=ast.Del()):
                altered.add(node.id)
            case ast.Call():
                altered |= altered_by(node)
    for loop in reversed(loops):  # what happens to its variable happens to what it goes through
        if names_in(loop.target) & altered:
            altered |= names_in(loop.iter)
    return altered


def _changed(statement: ast.stmt) -> set[str]:
    """Name what stands in calls whose results nobody takes."""
    nodes = outside(FUNCTIONS, statement)
    alone = (node.value for node in nodes if isinstance(node, ast.Expr))
    return set().union(*(changed_by(call) for call in alone if isinstance(call, ast.Call)))


def _sure(statement: ast.stmt) -> set[str]:
    """Name what is there after a statement, whatever it was that came true."""
    if isinstance(statement, ast.If):
        ways = [set().union(*map(_sure, way)) for way in (statement.body, statement.orelse)]
        return ways[0] & ways[1]
    return _made(statement)


def _used_by(block: Sequence[ast.stmt], bound: Iterable[ast.AST | None] = ()) -> set[str]:
    """Name what statements use of what was there before them, and before what is bound."""
    there = set().union(*map(names_in, bound))
    uses: set[str] = set()
    for statement in block:
        uses |= _used(statement) - there
        there |= _sure(statement)
    return uses


def _used(statement: ast.stmt) -> set[str]:
    """Name what a statement uses."""
    match statement:
        case ast.For(target=target, iter=passed, body=body, orelse=other):
            return globals_of(passed) | _used_by(body, [target]) | _used_by(other)
        case ast.If(test=test, body=body, orelse=other):
            return globals_of(test) | _used_by(body) | _used_by(other)
        case ast.While(test=test, body=body, orelse=other):
            return globals_of(test) | _used_by(body) | _used_by(other)
        case ast.With(items=items, body=body):
            opened = set().union(*(globals_of(item.context_expr) for item in items))
            return opened | _used_by(body, [item.optional_vars for item in items])
    return globals_of(statement)


def names_of(code: str, modules: Set[str] = frozenset()) -> Names:
    """Return the names in a cell.

    There are none if it is not pure Python: what then has to be shown is the error.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return Names(set(), set(), set(), set())
    ways = (_made, _altered, _changed)
    made, altered, changed = (set().union(*map(way, tree.body)) for way in ways)
    constant = modules | BUILTINS
    return Names(made, altered - constant, changed - constant, _used_by(tree.body))


def described(codes: Iterable[str], modules: Iterable[str]) -> list[dict[str, list[str]]]:
    """Return what a page has to know of each of some codes."""
    known = {*modules}
    return [entry_of(names_of(code, known | imported_by(code))) for code in codes]


def entry_of(names: Names) -> dict[str, list[str]]:
    """Return names as pages have them: those that are others afterwards, or may be, or are used."""
    makes = names.made | names.altered
    sets = makes | names.changed
    return {"makes": sorted(makes), "sets": sorted(sets), "uses": sorted(names.uses)}
