"""matplotlib, put off until a cell draws.

Every chapter imports `plots` and `widgets` in its first cell, and most cells draw nothing. So the
modules that draw are stand-ins at first, and names taken from them are placeholders. When a cell
needs one, the worker fetches matplotlib, and each stand-in and placeholder that the book's modules
or the reader's names hold is replaced by what it stands for.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import sys
import types
from collections.abc import Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nnbook.live.parsing import parsed

PUT_OFF = ("matplotlib", "mpl_toolkits", "PIL", "contourpy", "cycler", "nnlib.plots")
STYLE = ("nnlib.plots", "use_style")


class NotHere(BaseException):
    """Raised where code draws that does not look like it; no ``except Exception`` catches it."""


class StandIn(types.ModuleType):
    """A module that comes later."""

    __path__: list[str] = []  # noqa: RUF012  as in a package: submodules come later, too

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder(self.__name__, name)


class Placeholder:
    """What is taken from a module that comes later."""

    def __init__(self, module: str, name: str) -> None:
        self.__dict__.update(module=module, name=name)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if (self.module, self.name) == STYLE:
            _finder.styled = True  # the style is set when there is something to set
            return None
        raise NotHere

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotHere

    def __setattr__(self, name: str, value: Any) -> None:
        raise NotHere


class _Finder(MetaPathFinder, Loader):
    """Finds stand-ins for the modules that come later."""

    def __init__(self) -> None:
        self.styled = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        later = any(fullname == name or fullname.startswith(name + ".") for name in PUT_OFF)
        return ModuleSpec(fullname, self, is_package=True) if later else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing: it comes later."""


_finder = _Finder()


def put_off() -> None:
    """Put off matplotlib, if it is not there already."""
    with contextlib.suppress(ImportError):
        import matplotlib  # noqa: F401

        return
    sys.meta_path.insert(0, _finder)


def is_put_off() -> bool:
    """Whether stand-ins are in use."""
    return _finder in sys.meta_path


def needed_by(code: str, names: Iterable[dict[str, Any]]) -> bool:
    """Whether code uses what comes later, in the light of the names that there are.

    Importing a module is no use yet, and neither is choosing the book's style.
    """
    try:
        tree = parsed(code)
    except SyntaxError:
        return False
    later = {name for space in names for name, value in space.items() if _comes_later(value)}
    uses: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(PUT_OFF):
                    later.add(alias.asname or alias.name.partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").startswith(PUT_OFF):
                return True
            later |= {
                alias.asname or alias.name
                for alias in node.names
                if f"{node.module}.{alias.name}" in PUT_OFF
            }
    later.discard("nnlib")  # import nnlib.plots: the attribute tells
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("plots", "figure"):
            return True
        styles = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if styles and node.func.attr == STYLE[1]:  # type: ignore[attr-defined]
            uses.add(node.func.value)  # type: ignore[attr-defined]
    return any(
        isinstance(node, ast.Name) and node.id in later and node not in uses
        for node in ast.walk(tree)
    )


def _comes_later(value: object) -> bool:
    return isinstance(value, StandIn | Placeholder)


def arrive(names: Iterable[dict[str, Any]]) -> None:
    """Replace stand-ins and placeholders, now that matplotlib is installed."""
    if not is_put_off():
        return
    sys.meta_path.remove(_finder)
    modules = [name for name, module in sys.modules.items() if isinstance(module, StandIn)]
    for name in modules:
        del sys.modules[name]
    importlib.invalidate_caches()
    _list_fonts()
    book = [module for name, module in sys.modules.items() if name.startswith(("nnlib", "nnbook"))]
    for space in [*(module.__dict__ for module in book), *names]:
        for name, value in list(space.items()):
            if isinstance(value, StandIn):
                space[name] = importlib.import_module(value.__name__)
            elif isinstance(value, Placeholder):
                space[name] = getattr(importlib.import_module(value.module), value.name)
    if _finder.styled:
        from nnlib import plots

        plots.use_style()


def _list_fonts() -> None:
    """Spare matplotlib the seconds that looking into its fonts takes: they are always the same."""
    spec = find_spec("matplotlib")
    if spec is not None and spec.submodule_search_locations:
        listed = Path(spec.submodule_search_locations[0]) / "fontlist.json"
        listed.write_bytes(Path(__file__).with_name("fontlist.json").read_bytes())
