"""DrawFirst in Python: one id, what the reader drew, a picture of it."""

import pytest
import traitlets

from nnbook.figures.myst import STATE_MIME
from nnbook.questions.drawing import PLACES
from nnbook.widgets import FIGURES, QUESTIONS, DrawFirst

NAME = "softmax-one_logit"
DRAWN = [0] * 12 + [50] + [100] * 12


def test_a_notebook_stores_the_name_and_a_picture_of_the_empty_plot():
    data, _ = DrawFirst(NAME)._repr_mimebundle_()
    stored = data[STATE_MIME]
    assert stored["state"] == {"name": NAME, "heights": [], "compared": False, "shown": False}
    assert (stored["words"], stored["remember"]) == (f"drawings/{NAME}", f"draw.{NAME}")
    assert data["text/plain"] == f"DrawFirst('{NAME}')"
    assert data["image/svg+xml"].startswith("<")
    assert "DrawFirst" in QUESTIONS
    assert "DrawFirst" not in FIGURES


def test_the_picture_shows_what_was_drawn_and_the_truth_only_when_asked():
    lines = [
        len(DrawFirst(NAME, **traits).figure().axes[0].lines)
        for traits in ({}, {"heights": DRAWN}, {"heights": DRAWN, "compared": True})
    ]
    assert lines == [1, 2, 3]  # the point that is given, the drawing, the true curve


@pytest.mark.parametrize("bad", [[1, 2], [50.5] * PLACES, [101] * PLACES, [-2] * PLACES, "x", 3])
def test_what_no_hand_can_draw_is_refused(bad):
    with pytest.raises(traitlets.TraitError, match="heights must be empty or 25 whole numbers"):
        DrawFirst(NAME, heights=bad)


def test_two_drawings_share_nothing():
    first, second = DrawFirst(NAME), DrawFirst(NAME)
    first.heights = DRAWN
    assert second.heights == []
