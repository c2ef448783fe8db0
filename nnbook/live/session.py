"""The namespaces of a page and the cells that run in them."""

from __future__ import annotations

import ast
import builtins
import contextlib
import json
import linecache
import re
import sys
import types
from collections.abc import Callable
from typing import Any

from nnbook.live import drawing, figures, letters, outputs
from nnbook.live.errors import outcome
from nnbook.live.names import described
from nnbook.live.parsing import parsed
from nnbook.live.refused import refuse
from nnbook.live.screen import Screen

NEEDS_OWN = re.compile(r"\b(?:my_network|exercises)\b")
"""Code that may use or add to the reader's own network."""


class Session:
    """The chapter's names, and those of each exercise on top of them.

    Parameters
    ----------
    post : function
        Takes each output, as JSON.
    """

    def __init__(self, post: Callable[[str], None]) -> None:
        self._screen = Screen(lambda output: post(json.dumps(output)))
        self._spaces = {"": _module("__main__")}
        self._below: dict[str, dict[str, Any]] = {}  # space -> what it took over from the chapter
        self._count = 0
        self._spells = self._letters = False
        outputs.connect(self._screen)
        drawing.put_off()
        refuse()
        builtins.display = outputs.display  # type: ignore[attr-defined]

    # -- What the worker asks for ----------------------------------------------------------------

    def draws(self, code: str) -> bool:
        """Whether code needs matplotlib, which has not come yet."""
        return drawing.is_put_off() and drawing.needed_by(code, self._names())

    def drawing_has_come(self) -> None:
        """Take note that matplotlib is installed."""
        drawing.arrive(self._names())

    def spells(self, code: str) -> bool:
        """Whether there is a picture to be drawn, and Chinese in the code so far, but no font."""
        self._spells = self._spells or letters.HAN.search(code) is not None
        return self._spells and not self._letters and not drawing.is_put_off()

    def letters_have_come(self, font: str) -> None:
        """Take note of the file with the font."""
        letters.arrive(font)
        self._letters = True

    def run(
        self,
        code: str,
        name: str,
        space: str = "",
        *,
        fresh: bool = False,
        moved: str = "{}",
        own: str = "{}",
    ) -> str:
        """Run a cell.

        Parameters
        ----------
        code : str
        name : str
            Of the cell, for tracebacks.
        space : str
            The chapter's namespace, "", or one on top of it.
        fresh : bool
            Whether to restart that one.
        moved : str
            What the reader moved in figures since the last cell, as JSON: id -> trait -> value.
        own : str
            What the page keeps of the reader's own network, as JSON: exercise -> code.

        Returns
        -------
        str
            As JSON: `status` ("ok", "error", or "draws" if it needs matplotlib after all), `count`,
            and `error`.
        """
        figures.move(json.loads(moved))
        if NEEDS_OWN.search(code):
            from nnbook.own import keeping

            keeping.page_has(json.loads(own))
        self._count += 1
        module = self._space(space, fresh=fresh)
        sys.modules["__main__"] = module  # where pickles and dataclasses look
        self._screen.begin()
        file = f"<{name}, run {self._count}>"
        linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)

        def cell() -> None:
            value = _execute(code, file, module.__dict__)
            if value is not None:
                builtins._ = value  # type: ignore[attr-defined]
                outputs.show_result(value)

        with (
            contextlib.redirect_stdout(self._screen.out),
            contextlib.redirect_stderr(self._screen.err),
        ):
            parts = (cell, outputs.show_open_figures, lambda: figures.tell_changes(self._screen))
            told = [outcome(part, file, code) for part in parts]
        self._screen.flush()
        result = next((one for one in told if one["status"] != "ok"), told[0])
        return json.dumps({**result, "count": self._count})

    def names(self, asked: str) -> str:
        """Return which names pieces of code make, change and use.

        Parameters
        ----------
        asked : str
            As JSON: the pieces, and the modules that the page imports.

        Returns
        -------
        str
            As JSON, like what `run` returns, with the `names` of each piece.
        """
        codes, modules = json.loads(asked)
        told = {"status": "ok", "count": self._count, "names": described(codes, modules)}
        return json.dumps(told)

    # -- Namespaces ------------------------------------------------------------------------------

    def _names(self) -> list[dict[str, Any]]:
        return [module.__dict__ for module in self._spaces.values()]

    def _space(self, space: str, *, fresh: bool) -> types.ModuleType:
        """Return a namespace; what is new or changed in the chapter is new there, too."""
        if space == "":
            return self._spaces[""]
        if fresh or space not in self._spaces:
            self._spaces[space], self._below[space] = _module("__main__"), {}
        names, below = self._spaces[space].__dict__, self._below[space]
        for name, value in self._spaces[""].__dict__.items():
            own = name in names and not (name in below and names[name] is below[name])
            if not own:
                names[name] = below[name] = value
        return self._spaces[space]


def _module(name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__builtins__ = builtins  # type: ignore[attr-defined]
    return module


def _execute(code: str, file: str, names: dict[str, Any]) -> Any:
    """Run code; return the value of its last line, if that is an expression without a semicolon."""
    tree = parsed(code, file)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, file, "exec"), names)
        return None
    tree.body.pop()
    exec(compile(tree, file, "exec"), names)
    value = eval(compile(ast.Expression(last.value), file, "eval"), names)
    lines = code.splitlines()
    after = lines[(last.end_lineno or 1) - 1].encode()[last.end_col_offset or 0 :]
    return None if after.lstrip().startswith(b";") else value
