"""Editions in other languages say the prose of the docstrings of nnlib in full."""

import importlib
import inspect
import json
import re
import shutil
from contextlib import contextmanager

import pytest
import yaml
from docutils import nodes
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from nnbook.messages import LANGUAGES, TRANSLATIONS
from theme.reference.docstrings import LABELS, translate

CODE = r'"[^"]*"|:\w+:`[^`]*`|``[^`]*``|`[^`]*`|\(\w+(?:, \w+)*,?\)|\b(?:str|int|float|bool)\b'
EXTENSIONS = {
    "extensions": [
        "sphinx.ext.autodoc",
        "sphinx.ext.napoleon",
        "theme.reference.public_names",
        "theme.reference.docstrings",
    ],
    "smartquotes": False,
}
SETTINGS = ("language", "default_role", "autodoc_", "add_module_names", "napoleon_")


@pytest.fixture(scope="module", params=TRANSLATIONS)
def reference(request, root, tmp_path_factory):
    """Build nothing but the reference of an edition, with the settings of its book.

    Return its language, its translations, the pieces of prose (with the name they are from), and
    the page.
    """
    language = LANGUAGES[request.param]
    own = root / language.folder / "chapters" / "reference.json"
    page = own.with_suffix(".md").read_text(encoding="utf-8")
    directives = re.findall(r"^\.\. (?:public-names|autofunction)::.*$", page, re.MULTILINE)
    config = yaml.safe_load((root / language.folder / "_config.yml").read_text(encoding="utf-8"))
    settings = {
        key: value for key, value in config["sphinx"]["config"].items() if key.startswith(SETTINGS)
    }
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("out")
    (source / "chapters").mkdir()
    shutil.copy(own, source / "chapters")
    (source / "index.rst").write_text("\n\n".join(directives), encoding="utf-8")
    pieces = {}

    def record(app, what, name, value, options, lines):
        def note(piece):
            pieces.setdefault(piece, name)
            return piece

        translate(lines, note)

    with docutils_namespace(), spoken_elsewhere():
        app = Sphinx(source, None, out, out, "dummy", EXTENSIONS | settings, warningiserror=True)
        app.connect("autodoc-process-docstring", record, priority=300)
        app.build()
    for name in re.findall(r"public-names:: (\S+)", "\n".join(directives)):
        docstring = inspect.getdoc(importlib.import_module(name))
        record(app, "module", name, None, None, docstring.splitlines())
    words = json.loads(own.read_text(encoding="utf-8"))
    return language, words, pieces, app.env.get_doctree("index")


@contextmanager
def spoken_elsewhere():
    """Sphinx keeps the first language that is not English; later builds must not have it."""
    kept = dict(locale.translators)
    yield
    locale.translators.clear()
    locale.translators.update(kept)


def is_prose(text):
    """Tell whether a text has words, and not only names of code."""
    text = re.sub(CODE, "", text)
    return bool(re.search(r"\b[a-z]{2,}\b|[A-Za-z]{2}.*\.$", text))


def test_every_docstring_is_translated_as_it_now_is(reference):
    """What fails here waits for a line in `chapters/reference.json`."""
    _, words, pieces, _ = reference
    assert {"nnlib.relu", "nnlib.Sequential.save", "nnlib.plots", "nnbook.table"} <= {
        *pieces.values()
    }
    prose = {piece: name for piece, name in pieces.items() if is_prose(piece)}
    assert {piece: prose[piece] for piece in prose if piece not in words} == {}


def test_no_translation_is_left_of_what_no_docstring_says(reference):
    language, words, pieces, _ = reference
    assert [piece for piece in words if piece not in {*pieces, *LABELS}] == []
    letters = f"[{language.letters}]"
    assert [piece for piece in words if not re.search(letters, words[piece])] == []


def test_nothing_on_the_page_is_left_in_english(reference):
    """Whatever autodoc and napoleon make of the docstrings, but for the titles of sources."""
    language, _, _, document = reference
    letters = re.compile(f"[{language.letters}]")
    labels = {node.astext() for node in document.findall(nodes.field_name)}
    assert len(labels) >= 4
    assert [label for label in labels if not letters.search(label)] == []
    silent = (nodes.literal, nodes.math, nodes.strong)
    for node in document.findall(nodes.paragraph):
        if "language-en" in node["classes"]:  # a source
            continue
        parts = [text for text in node.findall(nodes.Text) if not isinstance(text.parent, silent)]
        text = " ".join(parts)
        assert letters.search(text) or not is_prose(text), text
        assert not re.search(f"{letters.pattern}[,;:!?]", text), text  # its own marks are wider
    slanted = [node.astext() for node in document.findall(nodes.emphasis)]
    assert "float" in slanted
    assert [text for text in slanted if letters.search(text)] == []
