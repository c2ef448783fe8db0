"""What a question shows above its answer: code, and a picture of a few forms of marks."""

import json
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from nnbook.figures.predict.picture import draw
from nnbook.questions import Choice, bank
from nnbook.questions.drawing import Axis
from nnbook.questions.picture import FORMS, Layer, Panel, curve, grid
from nnlib.plots.style import style_context

X, Y = Axis(symbol="x", low=0.0, high=4.0), Axis(symbol="y", low=0.0, high=2.0, ticks=(0, 1))
AT = [(1.0, 0.5), (2.0, 1.0 / 3.0)]


def layer(form):
    return Layer(form, AT, "loss", "f", texts=["a", "b"] if form in ("cells", "texts") else ())


def asked(**settings):
    words = ("up", "down")
    return Choice(options=words, answer=lambda: "up", **settings)


def test_a_description_is_json_with_few_digits_and_nothing_empty():
    panel = Panel(X, Y, [layer("curve"), layer("cells")], "A")
    described = asked(picture=lambda: [panel]).describe()["picture"]
    assert json.loads(json.dumps(described)) == described
    first, second = described[0]["layers"]
    assert first == {"form": "curve", "at": [[1, 0.5], [2, 0.3333]], "color": "loss", "name": "f"}
    assert second["texts"] == ["a", "b"]
    assert described[0]["y"] == {"symbol": "y", "low": 0, "high": 2, "ticks": [0, 1]}
    assert "bare" not in described[0]
    assert not {"code", "picture"} & asked().describe().keys()
    assert asked(code="w = w - g").describe()["code"] == "w = w - g"


def test_only_a_picture_needs_a_text_in_its_place():
    assert "alt" in asked(picture=lambda: [Panel(X, Y, [layer("bars")])]).words
    assert "alt" not in asked(code="w = 1").words


def test_a_text_is_a_formula_already():
    with pytest.raises(ValueError, match="without \\$"):
        grid([["$4$"]])


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_drawn(form):
    with style_context():
        figure = draw([Panel(X, Y, [], "A"), Panel(X, Y, [layer(form)], "B")])
        figure.canvas.draw()
    empty, full = figure.axes
    assert len(full.get_children()) > len(empty.get_children())
    plt.close(figure)


def test_a_logarithmic_axis_is_one_in_the_picture():
    with style_context():
        axis = Axis(symbol="t", low=1, high=1000, log=True)
        line = curve(np.log10, axis, 4, color="loss")
        figure = draw([Panel(axis, Y, [line])])
    assert figure.axes[0].get_xscale() == "log"
    assert np.allclose(line.at, [(1, 0), (10, 1), (100, 2), (1000, 3)])
    plt.close(figure)


def test_a_grid_begins_at_the_top():
    panel = grid([["a", 1], ["b", 2], ["c", 3]])
    (cells,) = panel.layers
    assert panel.bare
    assert (panel.x.high, panel.y.high) == (2, 3)
    assert dict(zip(cells.texts, cells.at, strict=True))["a"] == (0.5, 2.5)
    assert dict(zip(cells.texts, cells.at, strict=True))["3"] == (1.5, 0.5)


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(ValueError, match=r"form must be one of curve, .*got 'line'"):
        Layer("line", AT)
    with pytest.raises(ValueError, match="cells need a place or more and 2 texts, got 2 and 0"):
        Layer("cells", AT)
    with pytest.raises(ValueError, match="curve need a place or more and no texts, got 0 and 0"):
        Layer("curve", [])
    with pytest.raises(
        ValueError, match=r"at most 6 lines of 42 characters, got 7, .* of 3: short"
    ):
        asked(code="a\n" * 6 + "abc").describe()
    with pytest.raises(ValueError, match="panels must have different names"):
        asked(picture=lambda: [Panel(X, Y, [layer("walk")])] * 2).describe()


def test_review_shows_pictures_and_code():
    described = [bank.find(name).variants[0].describe() for name in bank.in_review()]
    assert sum("picture" in one for one in described) >= 1
    code = [one["code"] for one in described if "code" in one]
    assert len(code) >= 10
    assert not [lines for lines in code if re.search(r"[+-] -", lines)]
    assert max(len(json.dumps(one.get("picture", ""))) for one in described) < 6000
