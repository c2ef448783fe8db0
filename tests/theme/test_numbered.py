"""References by number: each page that they lead to is read once."""

from collections import Counter

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import docutils_namespace

PAGES = {
    "index": ".. toctree::\n   :numbered:\n\n   first\n   second\n",
    "first": "First\n=====\n\n.. _here:\n\nHere\n----\n\n.. _there:\n\nThere\n-----\n\n"
    "See :numref:`elsewhere`, :numref:`there`, :ref:`here`.\n",
    "second": ".. _elsewhere:\n\nSecond\n======\n\n"
    "See :numref:`here`, :numref:`there`, :numref:`here`.\n",
}


def test_a_page_is_read_once_for_all_references_to_it(tmp_path, monkeypatch):
    for name, text in PAGES.items():
        (tmp_path / f"{name}.rst").write_text(text, encoding="utf-8")
    read, asked = Counter(), BuildEnvironment.get_doctree

    def get_doctree(env, name):
        read[name] += 1
        return asked(env, name)

    monkeypatch.setattr(BuildEnvironment, "get_doctree", get_doctree)
    settings = {"extensions": ["theme.pages.numbered"], "numfig": True, "html_theme": "basic"}
    out = tmp_path / "out"
    with docutils_namespace():
        app = Sphinx(tmp_path, None, out, out, "html", settings, status=None, warningiserror=True)
        app.build()
    first = (out / "first.html").read_text(encoding="utf-8")
    second = (out / "second.html").read_text(encoding="utf-8")
    assert "Section 2" in first
    assert "Section 1.2" in first
    assert second.count("Section 1.1") == 2
    assert "Section 1.2" in second
    # Once to be written, once for all that is looked up in it.
    assert (read["first"], read["second"]) == (2, 2)
