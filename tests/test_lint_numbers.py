"""The linter of numbers finds what it is there to find; `make lint` asks it of the book."""

import lint_numbers


def notebook(*texts, code="", printed="", table="", caption=""):
    cells = [{"cell_type": "markdown", "source": [text], "metadata": {}} for text in texts]
    output = {"output_type": "stream", "text": [printed], "data": {"text/html": [table]}}
    metadata = {"mystnb": {"figure": {"caption": caption}}}
    cell = {"cell_type": "code", "source": [code], "metadata": metadata, "outputs": [output]}
    return {"cells": [*cells, cell]}


def found(*texts, **cell):
    return list(lint_numbers.without_source(notebook(*texts, **cell)))


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


def test_a_number_without_a_reason_and_a_reason_without_a_number_are_found():
    left = {"chapters/a.ipynb": {"15": "some 15 of"}, "zh/chapters/a.ipynb": {"16": ""}}
    reasons = {"a": {"15": "a year", "16": "a year"}}
    assert list(lint_numbers.unexplained(left, reasons)) == []
    assert list(lint_numbers.unexplained(left, {"a": {"16": "a year", "17": "a year"}})) == [
        "chapters/a.ipynb: no cell shows 15  ... some 15 of ...",
        "quoted_numbers.toml, a: 17 needs no reason",
    ]
