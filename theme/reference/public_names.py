"""The directive for the reference of `nnlib`: it documents every public name of a module.

Each appears under the name by which it is called: `nnlib.relu`, not `nnlib.activations.relu`.
In a page, inside an ``eval-rst`` block:  ``.. public-names:: nnlib.activations``
"""

from __future__ import annotations

import importlib
import inspect
from types import ModuleType

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import nnlib
from theme.reference.docstrings import in_language


def public_names(module: ModuleType) -> list[str]:
    """List what a package exports, or a module's functions, classes and ``#:`` constants."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    documented = ModuleAnalyzer.for_module(module.__name__).find_attr_docs()
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and (getattr(value, "__module__", None) == module.__name__ or ("", name) in documented)
    ]


def documenter(module: ModuleType, name: str) -> list[str]:
    """Write the autodoc directive for one name."""
    value = getattr(module, name)
    exported = getattr(nnlib, name, None) is value
    if inspect.isclass(value):
        path = f"nnlib.{name}" if exported else f"{module.__name__}.{name}"
        return [f".. autoclass:: {path}", "   :members:", ""]
    if inspect.isroutine(value):
        path = f"nnlib.{name}" if exported else f"{module.__name__}.{name}"
        return [f".. autofunction:: {path}", ""]
    return [f".. autodata:: {module.__name__}.{name}", "   :no-value:", ""]


class PublicNames(SphinxDirective):
    """The docstring of a module, then each of its public names."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Let autodoc fill in the docstrings."""
        module = importlib.import_module(self.arguments[0])
        values = (getattr(module, name) for name in public_names(module))
        parts: set[ModuleType] = {module, *filter(None, map(inspect.getmodule, values))}
        for part in parts:
            self.env.note_dependency(str(inspect.getsourcefile(part)))
        docstring = inspect.cleandoc(module.__doc__ or "").splitlines()
        lines = [*in_language(self.env.app.srcdir, docstring), ""]
        for name in public_names(module):
            lines += documenter(module, name)
        section = nodes.container()
        self.state.nested_parse(StringList(lines, source=module.__name__), 0, section)
        return list(section.children)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("public-names", PublicNames)
