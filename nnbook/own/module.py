"""The module `my_network`: it is made when it is first imported, and again when a part is new."""

from __future__ import annotations

import contextlib
import linecache
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from nnbook.own.parts import parts
from nnbook.own.program import words

NAME = "my_network"


class Finder(MetaPathFinder, Loader):
    """Finds the module, before Python looks for a file of its name.

    Parameters
    ----------
    stored : function
        Gives the reader's parts: exercise -> code.
    """

    def __init__(self, stored: Callable[[], Mapping[str, str]]) -> None:
        self.stored = stored

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        """Return how to make the module."""
        return ModuleSpec(NAME, self) if name == NAME else None

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Put in the parts."""
        fill(module.__dict__, self.stored())


def install(stored: Callable[[], Mapping[str, str]]) -> None:
    """Have ``import my_network`` work."""
    if not any(isinstance(each, Finder) for each in sys.meta_path):
        sys.meta_path.insert(0, Finder(stored))


def renew(kept: Mapping[str, str]) -> None:
    """Put the reader's parts into the module, if it has been imported."""
    if NAME in sys.modules:
        fill(sys.modules[NAME].__dict__, kept)


def fill(names: dict[str, Any], kept: Mapping[str, str], before: int | None = None) -> None:
    """Run the parts, as far as the one with the number `before`; the book's if one cannot run."""
    names.setdefault("__name__", NAME)
    run("import numpy as np\n", f"<{NAME}>", names)
    for exercise, part in parts().items():
        if part.number == before:
            break
        file = f"<{NAME}, part {part.number}>"
        run(part.code, file, names)
        if exercise in kept:
            try:
                run(kept[exercise], file, names)
            except Exception as error:  # noqa: BLE001  a file that was edited may do anything
                said = words()["cannot_run"].format(number=part.number, error=repr(error))
                say(said)


@contextlib.contextmanager
def replaced(by: ModuleType) -> Iterator[None]:
    """Have another module be `my_network` for a while."""
    before = sys.modules.get(NAME)
    sys.modules[NAME] = by
    try:
        yield
    finally:
        del sys.modules[NAME]
        if before is not None:
            sys.modules[NAME] = before


_said: set[str] = set()


def say(text: str) -> None:
    """Tell the reader what is wrong with the program, once: it is read again and again."""
    if text not in _said:
        _said.add(text)
        sys.stderr.write(f"{text}\n")


def run(code: str, file: str, names: dict[str, Any]) -> None:
    """Run code whose lines errors can show."""
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    exec(compile(code, file, "exec"), names)
