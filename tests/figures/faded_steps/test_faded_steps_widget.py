"""FadedSteps in Python: one id, what the reader did, a picture of the example and of the blanks."""

import pytest
import traitlets

from nnbook.figures.myst import STATE_MIME
from nnbook.widgets import FIGURES, QUESTIONS, FadedSteps

NAME = "softmax-slopes"


def test_a_notebook_stores_the_name_and_a_picture():
    data, _ = FadedSteps(NAME)._repr_mimebundle_()
    stored = data[STATE_MIME]
    assert stored["state"] == {"name": NAME, "round": 0, "tries": []}
    assert (stored["words"], stored["remember"]) == (f"steps/{NAME}", f"steps.{NAME}")
    assert data["text/plain"] == f"FadedSteps('{NAME}')"
    assert data["image/svg+xml"].startswith("<")
    assert "FadedSteps" in QUESTIONS
    assert "FadedSteps" not in FIGURES


def test_the_picture_has_the_example_in_full_and_the_last_round_to_fill_in():
    example, alone = (
        [text.get_text() for text in ax.texts] for ax in FadedSteps(NAME).figure().axes
    )
    assert example[-1].endswith(r"= −0.07$")
    assert len(alone) == len(example)
    assert all(text.endswith("....") for text in alone[3:])


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ("x", "must be a list of tries"),
        (3, "must be a list of tries"),
        ([[1, 2]], r"must hold \[round, line, answer\]"),
        ([3], r"must hold \[round, line, answer\]"),
        ([[0, 0, 1]], "must name lines that are left out"),
        ([[1, 0, 1]], "must name lines that are left out"),
        ([[9, 0, 1]], "must name lines that are left out"),
        ([[1, 3, "1"]], "must be a finite number or None"),
        ([[1, 3, float("nan")]], "must be a finite number or None"),
        ([[1, 3, True]], "must be a finite number or None"),
    ],
)
def test_what_nobody_can_answer_is_refused(bad, expected):
    with pytest.raises(traitlets.TraitError, match=f"tries.*{expected}"):
        FadedSteps(NAME, tries=bad)


def test_answers_and_shown_values_are_kept_and_two_widgets_share_nothing():
    first, second = FadedSteps(NAME), FadedSteps(NAME)
    first.tries = [(1, 3, 1), [1, 3, None]]
    assert first.tries == [[1, 3, 1.0], [1, 3, None]]
    assert second.tries == []
    with pytest.raises(TypeError, match="set the whole trait"):
        first.tries[0].append(1)
    with pytest.raises(traitlets.TraitError, match="round"):
        first.round = 4
