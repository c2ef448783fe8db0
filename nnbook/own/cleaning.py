"""What of a reader's cells belongs to a part: its functions, and what these need."""

from __future__ import annotations

import ast
import builtins
import linecache
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

from nnbook.live.names import names_of

_OPENING = re.compile(r"^(?:def |class |async |@)", re.MULTILINE)
_IMPORT = re.compile(r"(?:import|from) ")
_ALWAYS_THERE = {"np", *dir(builtins)}


class Unkept(Exception):  # noqa: N818  nothing is wrong with the answer
    """Raised where a right answer cannot become a part: a message of `own` says why."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


def code_of(answers: Mapping[str, Any], there: Set[str]) -> str:
    """Return the code of functions, with all that it needs of the cells that they are from.

    Parameters
    ----------
    answers : mapping
        Name that a function has to have -> the reader's function, which may have another one.
    there : set
        Names that the program has before this part: what cells say about them is left out.
    """
    roots: dict[str, list[str]] = {}
    renamed = []
    for name, function in answers.items():
        own = _name_of(function, name)
        roots.setdefault(function.__code__.co_filename, []).append(own)
        if own != name:
            renamed.append(f"{name} = {own}")
    blocks = [block for file, names in roots.items() for block in _needed(file, names, there)]
    code = "\n".join(_spaced([*dict.fromkeys(blocks), *renamed]))
    for missing in sorted(foreign(code, there)):
        raise Unkept("needs", name=missing)
    for name in sorted(asked_of_module(code) - there):
        raise Unkept("itself", name=name)
    return code


def foreign(code: str, there: Set[str]) -> set[str]:
    """Return the names that code uses and that come from nowhere."""
    names = names_of(code)
    return names.uses - names.made - there - _ALWAYS_THERE


def asked_of_module(code: str) -> set[str]:
    """Return the names that code takes from the module `my_network` while it runs."""
    nodes = [*ast.walk(ast.parse(code))]
    aliases = [each for node in nodes if isinstance(node, ast.Import) for each in node.names]
    modules = {each.asname or each.name for each in aliases if each.name == "my_network"}
    asked = set()
    for node in nodes:
        match node:
            case ast.ImportFrom(module="my_network", names=names):
                asked |= {each.name for each in names}
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in modules:
                asked.add(attribute)
    return asked - {"np"}


def made_by(code: str) -> dict[str, str]:
    """Return the names that code makes, each with the statements that do."""
    made: dict[str, str] = {}
    for statement in ast.parse(code).body:
        text = ast.unparse(statement)
        for name in names_of(text).made:
            made[name] = made.get(name, "") + text
    return made


def same(one: str, other: str) -> bool:
    """Whether two codes differ in nothing but comments and spaces."""
    return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))


def is_solution(exercise: str, answer: Any) -> bool:
    """Whether an answer is from the book's cell: it ends in `check(...).correct`."""
    function = answer[0] if isinstance(answer, tuple) else answer
    code = getattr(function, "__code__", None)
    match _statements(linecache.getlines(code.co_filename) if code else []):
        case [*_, ast.Expr(ast.Attribute(ast.Call(args=[ast.Constant(name), *_]), "correct"))]:
            return bool(name == exercise)
    return False


def _statements(lines: Sequence[str]) -> list[ast.stmt]:
    """Return the statements of a cell; none if something in it is not Python."""
    try:
        return ast.parse("".join(lines)).body
    except SyntaxError:
        return []


def _name_of(function: Callable[..., Any], expected: str) -> str:
    """Return the name under which the cells have a function."""
    space = getattr(function, "__globals__", {})
    for name in (expected, getattr(function, "__name__", ""), *space):
        if space.get(name) is function:
            return name
    raise Unkept("unnamed", name=expected)


def _needed(file: str, roots: Sequence[str], there: Set[str]) -> Iterator[str]:
    """Yield the statements of a cell that make some names, and what these use."""
    lines = [line.rstrip("\n") for line in linecache.getlines(file)]
    body = _statements(linecache.getlines(file))
    if not body:  # magic such as %%time runs code that nobody else sees
        raise Unkept("unseen", name=roots[0])
    found: set[int] = set()
    known, waiting = {"np", *there}, [*roots]
    while waiting:
        name = waiting.pop()
        known.add(name)
        for place in reversed(range(len(body))):
            statement = body[place]
            names = names_of(ast.unparse(statement))
            if name not in names.made | names.altered:
                continue
            if _is_given(statement):
                if name not in there | {"np"}:
                    raise Unkept("itself", name=name)
                continue
            if place not in found:
                found.add(place)
                waiting += names.uses - known
            if getattr(statement, "name", None) == name:
                break  # what it was called before is gone
    for place in sorted(found):
        yield _text_of(body[place], lines, there)


def _is_given(statement: ast.stmt) -> bool:
    """Whether a statement brings what the program has anyway."""
    match statement:
        case ast.Import(names=[ast.alias(name="numpy", asname="np")]):
            return True
        case ast.ImportFrom(module="my_network", names=names):
            return not any(each.asname for each in names)
    return False


def _text_of(statement: ast.stmt, lines: Sequence[str], there: Set[str]) -> str:
    """Return the lines of a statement, with the comment above it."""
    if isinstance(statement, ast.ImportFrom) and statement.module == "my_network":
        for each in statement.names:
            if each.asname and each.name not in there:
                raise Unkept("itself", name=each.name)
        return "\n".join(f"{n.asname} = {n.name}" for n in statement.names if n.asname)
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(each.lineno for each in decorators)]) - 1
    while first > 0 and lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[first : statement.end_lineno])


def _spaced(blocks: Sequence[str]) -> Iterator[str]:
    """Yield lines: two empty ones around functions and classes, one after imports."""
    before = ""
    for block in blocks:
        if before and _OPENING.search(before + "\n" + block):
            yield "\n"
        elif _IMPORT.match(before) and not _IMPORT.match(block):
            yield ""
        yield block
        before = block
