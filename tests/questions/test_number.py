"""Numbers and options as answers: what is right, what is a mistake, what is refused."""

import math

import numpy as np
import pytest

import nnlib
from nnbook.questions import Choice, Judgement, Number, find_prediction
from nnbook.questions.formats import fixed, grouped, significant


def number(**options):
    settings = {"symbol": "x", "answer": lambda: 10.0, "absolute": 0.5}
    return Number(**settings | options)


def test_no_mistake_takes_the_name_of_the_answer():
    with pytest.raises(ValueError, match="mistakes must not contain the name right"):
        number(mistakes={"right": lambda: 1.0})


def test_intervals_around_the_answer_and_the_mistakes():
    mistakes = {"half": lambda: 5.0, "turned": lambda: -10.0}
    assert number(mistakes=mistakes).limits == (9.5, 10.5)
    assert number(mistakes=mistakes).intervals == {"half": (4.5, 5.5), "turned": (-10.5, -9.5)}
    relative = number(absolute=None, relative=0.1, mistakes=mistakes)
    assert relative.limits == (9, 11)
    assert relative.intervals == {"half": (4.5, 5.5), "turned": (-11, -9)}
    between = number(absolute=None, between=(8, 15), mistakes=mistakes)
    assert between.limits == (8, 15)
    assert between.intervals == {"half": (4, 7.5), "turned": (-15, -8)}


def test_too_large_and_too_small_and_by_an_order_of_magnitude():
    prediction = number()
    assert prediction.judge(10.6) == Judgement("large")
    assert prediction.judge(104) == Judgement("large")
    assert prediction.judge(105) == Judgement("large", far=True)
    assert prediction.judge(0.96) == Judgement("small")
    assert prediction.judge(0.95) == Judgement("small", far=True)
    assert prediction.judge(0) == Judgement("small")
    assert prediction.judge(-1000) == Judgement("small")
    assert number(answer=lambda: 0.0).judge(1e9) == Judgement("large", far=True)


def test_an_answer_exactly_at_a_limit_is_right():
    prediction = number(mistakes={"half": lambda: 5.0})
    for edge, beyond, said in ((9.5, 0, "small"), (10.5, 99, "large")):
        assert prediction.judge(edge) == Judgement("right")
        assert prediction.judge(np.nextafter(edge, beyond)).verdict == said
    for edge in (4.5, 5.5):
        assert prediction.judge(edge) == Judgement("mistake", "half")


def test_a_tolerance_is_given_in_one_way():
    for options in ({"absolute": None}, {"relative": 0.1}, {"between": (9, 11)}):
        with pytest.raises(ValueError, match="one of absolute, relative and between"):
            number(**options)
    with pytest.raises(ValueError, match="one side of 0"):
        number(absolute=None, between=(-1, 11))


@pytest.mark.parametrize("tolerance", ["absolute", "relative"])
def test_a_tolerance_is_positive(tolerance):
    with pytest.raises(ValueError, match=f"{tolerance} must be positive, got -0.1"):
        number(**{"absolute": None, tolerance: -0.1})


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_mistake_leads_to_a_finite_number(value):
    with pytest.raises(ValueError, match=f"the mistake lost must be finite, got {value}"):
        number(mistakes={"lost": lambda: value}).judge(1)


def test_options_differ():
    with pytest.raises(ValueError, match="options must be different, got up, down, up"):
        Choice(options=("up", "down", "up"), answer=lambda: "up")


def test_a_mistake_does_not_overlap():
    with pytest.raises(ValueError, match=r"mistake close.* overlaps right"):
        number(mistakes={"close": lambda: 10.9}).judge(0)
    with pytest.raises(ValueError, match=r"mistake second.* overlaps first"):
        number(mistakes={"first": lambda: 1.0, "second": lambda: 1.9}).judge(0)
    with pytest.raises(ValueError, match="does not contain the answer"):
        number(absolute=None, between=(11, 12)).judge(0)


@pytest.mark.parametrize("value", ["10", None, True, [10], 1j])
def test_an_answer_that_is_no_number(value):
    with pytest.raises(TypeError, match="answer must be a real number, got"):
        number().judge(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_an_answer_that_is_not_finite(value):
    with pytest.raises(ValueError, match="answer must be finite"):
        number().judge(value)
    with pytest.raises(ValueError, match="the answer must be finite"):
        number(answer=lambda: value).judge(1)


def test_an_answer_that_is_no_option():
    prediction = Choice(options=("up", "down"), answer=lambda: "up")
    with pytest.raises(ValueError, match="answer must be one of up, down, got 'left'"):
        prediction.judge("left")
    with pytest.raises(TypeError, match="answer must be one of up, down, got 1"):
        prediction.judge(1)
    with pytest.raises(ValueError, match="the answer must be one of up, down, got 'left'"):
        Choice(options=("up", "down"), answer=lambda: "left").judge("up")


def test_the_distance_of_an_estimate_is_counted_from_the_number_that_is_shown():
    described = number(answer=lambda: 2 / 3, decimals=2, estimate=True).describe()
    assert (described["estimate"], described["right"]) == (True, 0.67)
    assert r"\approx 0.67" in described["answer"]


def test_a_page_judges_by_a_part_of_the_description():
    mistakes = {"half": lambda: 5.0}
    assert number(mistakes=mistakes).judging == {
        "kind": "number",
        "limits": [9.5, 10.5],
        "mistakes": {"half": [4.5, 5.5]},
    }
    choice = Choice(options=("a", "b"), answer=lambda: "a", estimate=True)
    assert choice.judging == {
        "kind": "choice",
        "options": ["a", "b"],
        "answer": "a",
        "estimate": True,
    }


def test_nothing_is_computed_before_it_is_needed_nor_twice():
    calls = []
    prediction = number(
        answer=lambda: calls.append("answer") or 10.0,
        mistakes={"half": lambda: calls.append("half") or 5.0},
        values=lambda: calls.append("values") or {},
    )
    assert calls == []
    for value in (10, 5, 7):
        prediction.judge(value)
        prediction.describe()
    assert sorted(calls) == ["answer", "half", "values"]


def test_how_the_answer_is_shown():
    assert number().describe()["answer"] == "x = 10"
    assert number(answer=lambda: 1 / 3).describe()["answer"] == r"x \approx 0.333"
    assert number(answer=lambda: 1 / 3, decimals=1).describe()["answer"] == r"x \approx 0.3"
    assert number(answer=lambda: -0.75).describe()["answer"] == "x = −0.75"
    counted = number(answer=lambda: 150_528, decimals=0, absolute=None, relative=0.1)
    assert counted.describe()["answer"] == "x = 150\u202f528"
    tiny = number(answer=lambda: 2e-9, absolute=None, relative=0.1, unit="MB")
    assert tiny.describe()["answer"] == r"x \approx 2.00\times10^{−9}\,\text{MB}"


def test_numbers_as_text():
    assert [fixed(0.5), fixed(-0.001), fixed(-1.25, 1)] == ["0.50", "0.00", "−1.2"]
    assert [significant(x) for x in (0, 0.0123456, -1234.5, 40, 1e6)] == [
        *("0", "0.0123", "−1230", "40", r"1.00\times10^{6}"),
    ]
    assert [grouped(x) for x in (7, -1234567)] == ["7", "−1\u202f234\u202f567"]


# -- The chapter on losses -----------------------------------------------------------------------


def test_the_answers_of_losses():
    y = nnlib.datasets.dosage().y
    grid = np.linspace(0, 1, 1001)
    best = grid[np.argmin([nnlib.ssr(np.full_like(y, c), y) for c in grid])]
    assert find_prediction("losses-constant").right == pytest.approx(best, abs=5e-4)
    expected = {"mse": "never", "likelihood": "all", "slope": "fifty"}
    found = {name: find_prediction(f"losses-{name}").right for name in expected}
    assert found == expected
