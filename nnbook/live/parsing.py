"""A cell's code as Python reads it."""

from __future__ import annotations

import ast
import re

COMMAND = re.compile(r"^(\s*)([%!].*)$", re.MULTILINE)
REFUSED = "__jupyter__"
"""What a command of Jupyter becomes: a call of a function that says so."""


def parsed(code: str, file: str = "<cell>") -> ast.Module:
    """Parse code; a command of Jupyter in it, such as ``%pip``, is an error where it runs."""
    try:
        return ast.parse(code, file)
    except SyntaxError:
        plain = COMMAND.sub(lambda line: f"{line[1]}{REFUSED}({line[2]!r})", code)
        if plain == code:
            raise
        return ast.parse(plain, file)
