"""What the theme uses of other packages beyond their public API, and the versions tested.

Such a name may disappear or change its meaning with any update, and pages would be wrong silently.
So a build with another version fails. To update, check what is listed here, run the tests of the
site, and enter the new version.
"""

from __future__ import annotations

from importlib.metadata import version

from sphinx.errors import ExtensionError

# package -> its versions begin with, what to look at
USED = {
    "sphinx": (
        "7.4.",
        "search/index, pages/markup: the builder's `search` and `highlighter`; "
        "pages/context: its `_get_local_toctree`; "
        "pages/numbered: how references read pages; reference/module_pages: viewcode's HTML",
    ),
    "docutils": (
        "0.21.",
        "figures/dark_pictures: the style that `visit_image` writes; "
        "reference/docstrings: language-en",
    ),
    "sphinx-external-toc": ("1.1.", "pages/context: the redirect in place of the first page"),
    "myst-parser": (
        "3.0.",
        "pages/counterparts: `myst_slugs` of a document; figures/set_by_text: `id_link`",
    ),
    "myst-nb": (
        "1.4.",
        "figures/interactive: `nb_element`, `mime_type`; pages/markup: `HideCodeCellNode`",
    ),
    "jupyter-book": (
        "1.0.",
        "pages/counterparts: `_build/.doctrees`; pages/findable, pages/context: what it configures",
    ),
    "sphinxcontrib-katex": ("0.9.", "formulas/mathml: classes of KaTeX's HTML"),
    "pygments": ("2.", "pages/markup: `HtmlFormatter._get_css_classes`, `_TokenType`"),
}


def check() -> None:
    """Raise `ExtensionError` that names every package whose version has not been tested."""
    untried = [
        f"{package} {version(package)} (tested: {series}*). Look at {where}"
        for package, (series, where) in USED.items()
        if not f"{version(package)}.".startswith(series)
    ]
    if untried:
        advice = "Then enter the version in theme/internals.py."
        raise ExtensionError("\n".join(["The theme has not been tested with", *untried, advice]))
