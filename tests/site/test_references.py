"""What JupyterLab knows of the book's references is what the built pages say."""

import json
import sys

from browsing import ROOT

import lab_references


def test_the_stored_references_are_those_of_the_book(html):
    assert lab_references.TARGET.read_text(encoding="utf-8") == lab_references.serialized(), (
        "labels, numbers or titles have changed: make references"
    )


def test_every_edition_knows_numbers_titles_terms_and_works(html):
    stored = json.loads(lab_references.TARGET.read_text(encoding="utf-8"))
    expected = (
        ("en", "Section 2.3", "A dead neuron", "saturation"),
        ("zh", "第\u00a02.3\u00a0节", "死亡", "饱和"),
    )
    for edition, number, title, term in expected:
        book = stored[edition]
        page, place, shown, name = book["labels"]["sec-dead"]
        assert (page, place, shown) == (
            "chapters/activations.ipynb",
            "cell-id=dead-neurons",
            number,
        )
        assert name.startswith(title)
        assert book["labels"]["eq-relu"][2] == "(2.1)"
        assert book["terms"][term][0] == "chapters/glossary.md"
        assert book["citations"]["kingma2015adam"][:2] == ["Kingma and Ba", "2015"]


def test_this_environment_has_the_extension_as_it_stands_here():
    """It is copied when nnlib-book is installed; `make` installs again after a change."""
    installed = ROOT.__class__(sys.prefix, "share", "jupyter", "labextensions", "nnlib-book")
    for path in (ROOT / "lab" / "nnlib-book").rglob("*.*"):
        copy = installed / path.relative_to(ROOT / "lab" / "nnlib-book")
        assert copy.read_bytes() == path.read_bytes(), path
