"""Predict in Python: one id, what the reader answered, nothing else."""

import json
import math
from types import SimpleNamespace

import pytest
import traitlets

from nnbook.figures.myst import STATE_MIME, element_of
from nnbook.messages import LANGUAGES
from nnbook.questions import find
from nnbook.questions.bank import PREDICTIONS
from nnbook.widgets import FIGURES, Predict


@pytest.fixture(params=PREDICTIONS.names())
def name(request):
    return request.param


def test_what_is_stored_holds_no_words_and_no_picture(name):
    data, metadata = Predict(name)._repr_mimebundle_()
    panels = PREDICTIONS.find(name).panels
    pictures = {"image/svg+xml", "image/png"} if panels else set()
    assert set(data) - pictures == {
        STATE_MIME,
        "text/plain",
        "application/vnd.jupyter.widget-view+json",
    }
    assert pictures <= data.keys()
    assert bool(metadata) == bool(panels)
    assert data["text/plain"] == f"Predict('{name}')"
    stored = data[STATE_MIME]
    assert stored["state"] == {"name": name, "tries": [], "shown": False}
    assert stored["data"] == PREDICTIONS.find(name).describe()
    assert stored["remember"] == f"predict.{name}"
    text = json.dumps(stored, allow_nan=False)
    assert len(text) < (9000 if panels else 3000)
    assert not any(line in text for line in ("hint", "messages", "reason"))
    assert Predict(name)._repr_mimebundle_()[0][STATE_MIME] == stored


def test_words_in_both_languages_reach_jupyter_and_the_page(name):
    widget = Predict(name)
    assert set(widget._spec["messages"]) == set(LANGUAGES)
    assert widget._spec["traits"] == list(widget.state())
    element = element_of(widget._repr_mimebundle_()[0][STATE_MIME])
    for words in widget._spec["messages"].values():
        assert json.dumps(words["hint"], ensure_ascii=False)[1:20].split("'")[0] in element
    assert '"words"' not in element


def test_tries_are_numbers_or_options():
    widget = Predict("losses-constant", tries=[1, 0.5])
    assert widget.tries == [1.0, 0.5]
    assert repr(widget) == "Predict('losses-constant', tries=[1.0, 0.5])"
    for bad in ([math.nan], ["sooner"], [True], [None], "0.5", 3, None, [[1.0]]):
        with pytest.raises(traitlets.TraitError, match="tries"):
            widget.tries = bad
        assert widget.tries == [1.0, 0.5]
    choice = Predict("losses-mse", tries=("sooner",), shown=True)
    assert choice.state() == {"name": "losses-mse", "tries": ["sooner"], "shown": True}
    for bad in (["nothing"], [0.5], "sooner"):
        with pytest.raises(traitlets.TraitError, match="tries"):
            choice.tries = bad
    with pytest.raises(traitlets.TraitError, match="shown"):
        choice.shown = "yes"


def test_two_widgets_do_not_share_their_tries():
    first, second = Predict("losses-mse"), Predict("losses-mse")
    first.tries = ["same"]
    assert second.tries == []


def test_its_id_is_needed_known_and_kept():
    with pytest.raises(ValueError, match="losses-mse"):
        Predict("losses-mes")
    with pytest.raises(TypeError, match="name"):
        Predict()
    with pytest.raises(TypeError, match=r"Predict has no 'answer'; it has name, .*language"):
        Predict("losses-mse", answer=1)
    widget = Predict(name="losses-mse")
    with pytest.raises(traitlets.TraitError, match="read-only"):
        widget.name = "losses-slope"


def test_what_it_shows_is_drawn_where_nothing_can_move(monkeypatch):
    shown = find("gradient_descent-fastest").variants[0]
    monkeypatch.setattr(Predict, "_questions", SimpleNamespace(find=lambda name: shown))
    widget = Predict("losses-mse")
    figure = widget.figure()
    assert [ax.get_title() for ax in figure.axes if ax.axison] == ["A", "B", "C"]
    assert [line.get_xydata()[0].tolist() for line in figure.axes[0].lines[1:]] == [[2, 4]] * 2
    data, metadata = widget._repr_mimebundle_()
    assert data["image/svg+xml"].startswith("<svg")
    assert set(metadata) == {"image/png"}
    assert data[STATE_MIME]["data"]["picture"] == [panel.describe() for panel in shown.panels]


def test_it_has_no_picture():
    assert "Predict" not in FIGURES
    with pytest.raises(NotImplementedError, match="Predict has no picture"):
        Predict("losses-mse").figure()


def test_its_words_follow_the_language_of_the_session():
    assert Predict("losses-mse").language == "en"
    assert Predict("losses-mse", language="zh").language == "zh"
    assert 'nnlibFigures.widget("Predict");' in Predict._esm
