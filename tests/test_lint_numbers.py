"""Numbers in the text are shown by a cell of their notebook, or a list says why they need none."""

import tomllib

import pytest

import notebooks
import quoted_numbers


def notebook(*texts, code="", printed="", table="", caption=""):
    cells = [{"cell_type": "markdown", "source": [text], "metadata": {}} for text in texts]
    output = {"output_type": "stream", "text": [printed], "data": {"text/html": [table]}}
    metadata = {"mystnb": {"figure": {"caption": caption}}}
    cell = {"cell_type": "code", "source": [code], "metadata": metadata, "outputs": [output]}
    return {"cells": [*cells, cell]}


def found(*texts, **cell):
    return list(quoted_numbers.without_source(notebook(*texts, **cell)))


def test_a_number_is_shown_as_the_text_rounds_it():
    assert found("$0.94$, $0.942$ and $-0.9$", printed="0.9417") == []
    assert found("$0.95$ and $0.9416$", printed="0.9417") == ["0.95", "0.9416"]
    assert found("94 percent, $94.2$ percent", printed="0.9417") == []
    assert found("8.5 and 1.8", printed="8.50e-18 1.8e+308") == []
    assert found("$0.94$", table="<tr><td>0.942</td></tr>") == []


def test_large_numbers_are_read_with_their_commas():
    assert found("$20{,}000$, 20,000 or 20000", code="steps = 20_000") == []
    assert found("$1{,}797$ images", printed="1796") == ["1797"]


def test_what_is_no_number_of_the_text_is_not_looked_for():
    text = "`0.25`, [a](b.html#0.35), $x^{45}$, $W_{55}$, $\\frac65$, 7, {numref}`sec-75`"
    assert found(text, "(sec-85)=\n:name: fig-95\n{term}`a 15 <b>`") == ["15"]


def test_captions_are_read():
    assert found(caption="It ends at $0.37$.") == ["0.37"]


@pytest.mark.parametrize("path", notebooks.all_notebooks(), ids=str)
def test_every_number_is_shown_or_explained(root, path):
    left = quoted_numbers.without_source(quoted_numbers.read(root / path))
    unexplained = {
        number: around
        for number, around in left.items()
        if number not in quoted_numbers.explained(path)
    }
    assert unexplained == {}, "quote a cell, or say why in chapters/quoted_numbers.toml"


def test_the_list_has_nothing_that_needs_no_reason(root):
    needed = {}
    for path in notebooks.all_notebooks():
        left = quoted_numbers.without_source(quoted_numbers.read(root / path))
        needed.setdefault(path.stem, set()).update(left)
    listed = tomllib.loads(quoted_numbers.EXPLAINED.read_text(encoding="utf-8"))
    assert {
        (chapter, number)
        for chapter, reasons in listed.items()
        for number in set(reasons) - needed.get(chapter, set())
    } == set()
