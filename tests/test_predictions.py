"""Predictions: answers are computed, mistakes are named, words are there in each language."""

import itertools
import json
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlib
from nnbook import predictions, review
from nnbook.messages import FOLDER, LANGUAGES, ORIGINAL, load
from nnbook.predictions import Choice, Judgement, Number
from nnbook.predictions.formats import fixed, grouped, significant
from nnbook.predictions.words import with_words, words_of

NAMES = predictions.names()
NUMBERS = [name for name in NAMES if isinstance(predictions.find(name), Number)]
CHOICES = [name for name in NAMES if isinstance(predictions.find(name), Choice)]
CHAPTERS = list(dict.fromkeys(name.partition("-")[0] for name in NAMES))


def number(**options):
    settings = {"symbol": "x", "answer": lambda: 10.0, "absolute": 0.5}
    return Number(**settings | options)


# -- Every prediction --------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_the_right_answer_is_judged_right(name):
    prediction = predictions.find(name)
    assert prediction.judge(prediction.right).verdict == "right"
    assert prediction.right == predictions.find(name).answer()


@pytest.mark.parametrize("name", NUMBERS)
def test_every_mistake_is_named(name):
    prediction = predictions.find(name)
    assert prediction.mistakes
    for mistake, value in prediction.mistakes.items():
        assert prediction.judge(value()) == Judgement("mistake", mistake)
        for limit in prediction.intervals[mistake]:
            assert prediction.judge(limit) == Judgement("mistake", mistake)


def test_no_mistake_takes_the_name_of_the_answer():
    with pytest.raises(ValueError, match="mistakes must not contain the name right"):
        number(mistakes={"right": lambda: 1.0})


@pytest.mark.parametrize("name", CHOICES)
def test_every_other_option_is_a_mistake(name):
    prediction = predictions.find(name)
    verdicts = {option: prediction.judge(option) for option in prediction.options}
    assert verdicts.pop(prediction.right) == Judgement("right", prediction.right)
    assert verdicts
    for option, judgement in verdicts.items():
        assert judgement == Judgement("mistake", option)


@pytest.mark.parametrize("name", NUMBERS)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_nothing_outside_the_limits_is_right(name, value):
    prediction = predictions.find(name)
    low, high = prediction.limits
    judgement = prediction.judge(value)
    assert (judgement.verdict == "right") == (low <= value <= high)
    if judgement.verdict in ("large", "small"):
        assert (judgement.verdict == "large") == (value > high)
        assert judgement.name is None


@pytest.mark.parametrize("name", NUMBERS)
def test_limits_have_few_digits_and_hold_what_one_would_type(name):
    prediction = predictions.find(name)
    for limits in (prediction.limits, *prediction.intervals.values()):
        assert all(float(f"{limit:.6g}") == limit for limit in limits)
    assert prediction.judge(float(f"{prediction.right:.3g}")).verdict == "right"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_described_is_plain_and_holds_no_words(name):
    described = predictions.find(name).describe()
    text = json.dumps(described, allow_nan=False, ensure_ascii=False)
    assert json.loads(text) == described
    for value in described["values"].values():
        assert not re.search(r"[^\W\d_]{3,}", re.sub(r"\\[a-z]+", "", value)), value


# -- Kinds and their errors ----------------------------------------------------------------------


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


def test_a_tolerance_is_given_in_one_way():
    for options in ({"absolute": None}, {"relative": 0.1}, {"between": (9, 11)}):
        with pytest.raises(ValueError, match="one of absolute, relative and between"):
            number(**options)
    with pytest.raises(ValueError, match="one side of 0"):
        number(absolute=None, between=(-1, 11))


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


# -- What follows from an answer -------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_again_is_a_review_question_and_not_an_estimate(name):
    prediction = predictions.find(name)
    assert prediction.again == "" or prediction.again in review.names()
    if prediction.estimate:
        assert prediction.describe()["estimate"] is True
        assert isinstance(prediction, Choice) or prediction.decimals is not None
    else:
        assert not {"estimate", "right"} & prediction.describe().keys()


def test_an_estimate_is_never_asked_again():
    with pytest.raises(ValueError, match="again must be empty, got 'losses-slope': an estimate"):
        number(estimate=True, again="losses-slope")
    with pytest.raises(ValueError, match="again must be empty"):
        Choice(options=("a", "b"), answer=lambda: "a", estimate=True, again="losses-slope")


def test_the_distance_of_an_estimate_is_counted_from_the_number_that_is_shown():
    described = number(answer=lambda: 2 / 3, decimals=2, estimate=True).describe()
    assert (described["estimate"], described["right"]) == (True, 0.67)
    assert r"\approx 0.67" in described["answer"]


def test_a_page_judges_by_a_part_of_the_description():
    mistakes = {"half": lambda: 5.0}
    assert predictions.judging(number(mistakes=mistakes).describe()) == {
        "kind": "number",
        "limits": [9.5, 10.5],
        "mistakes": {"half": [4.5, 5.5]},
    }
    choice = Choice(options=("a", "b"), answer=lambda: "a", estimate=True)
    assert predictions.judging(choice.describe()) == {
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


def test_an_unknown_name_lists_those_that_are_near():
    with pytest.raises(ValueError, match=r"no prediction 'losses-konstant'; did you .*-constant"):
        predictions.find("losses-konstant")
    with pytest.raises(ValueError, match="no prediction 'losses-'; did you mean losses-"):
        predictions.find("losses-")
    for unknown in ("", "losses", "nothing-here", "chapters-losses"):
        with pytest.raises(ValueError, match=f"there is no prediction '{unknown}'"):
            predictions.find(unknown)
    with pytest.raises(TypeError, match="name must be the name of a prediction, got 3"):
        predictions.find(3)


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
    assert predictions.find("losses-constant").right == pytest.approx(best, abs=5e-4)
    assert np.log10(0.8) * 1000 == pytest.approx(-97, abs=0.1)
    expected = {"mse": "never", "likelihood": "all", "slope": "fifty", "race": "many"}
    found = {name: predictions.find(f"losses-{name}").right for name in expected}
    assert found == expected


# -- Words ---------------------------------------------------------------------------------------


def places(text, values):
    """Return the values that a text quotes; braces of formulas hold what they like."""
    found = set()
    for index, piece in enumerate(text.split("$")):
        names = set(re.findall(r"\{(\w+)\}", piece))
        found |= names & set(values) if index % 2 else names
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_has_words_and_no_others(language):
    files = (FOLDER / "predictions").glob(f"*/{language}.json")
    assert sorted(path.parent.name for path in files) == sorted(CHAPTERS)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_prediction_has_words_and_no_others(chapter):
    asked = [name.partition("-")[2] for name in NAMES if name.startswith(f"{chapter}-")]
    for language in LANGUAGES:
        assert list(load(f"messages/predictions/{chapter}", language)) == asked, language


@pytest.mark.parametrize("name", NAMES)
def test_every_option_and_every_mistake_has_a_sentence_in_each_language(name):
    prediction = predictions.find(name)
    if isinstance(prediction, Number):
        keys = {f"mistakes.{mistake}" for mistake in prediction.mistakes}
    else:
        keys = {f"options.{option}" for option in prediction.options}
        keys |= {
            f"mistakes.{option}" for option in prediction.options if option != prediction.right
        }
    words = words_of(name)
    english = words.pop(ORIGINAL)
    assert set(english) == keys | {"hint", "reason"}
    quoted = set()
    for key, text in english.items():
        assert text.strip() == text != ""
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), key
        assert text.count("$") % 2 == 0, key
        quoted |= places(text, prediction.quoted)
    assert quoted == set(prediction.quoted)
    sentences = [text for key, text in english.items() if not key.startswith("options.")]
    assert len(set(sentences)) == len(sentences)
    assert all(re.search(r"[.?!]$", text) for text in sentences)
    for language, translated in words.items():
        assert set(translated) == set(english), language
        for key, text in translated.items():
            assert text.strip() == text != ""
            assert re.search(f"[{LANGUAGES[language].letters}]", text), key
            assert text.count("$") % 2 == 0, key
            assert places(text, prediction.quoted) == places(english[key], prediction.quoted), key


def test_words_are_added_to_what_names_them():
    assert with_words({"state": {}}) == {"state": {}}
    spec = with_words({"words": "losses-mse", "state": {}})
    assert set(spec) == {"state", "messages"}
    assert spec["messages"]["en"]["options.never"] == "Never"
    assert spec["messages"]["zh"]["mistakes.same"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_question_has_its_answer_below_it(root, chapter):
    """A cell with the id alone, right below the admonition, in the order of the chapter."""
    folder = root if chapter == "intro" else root / "chapters"
    notebook = json.loads((folder / f"{chapter}.ipynb").read_text("utf-8"))
    asked = []
    for above, cell in itertools.pairwise(notebook["cells"]):
        if cell["cell_type"] != "code" or "Predict(" not in "".join(cell["source"]):
            continue
        found = re.fullmatch(r'widgets\.Predict\("([\w-]+)"\)', "".join(cell["source"]))
        assert found, cell["source"]
        asked.append(found[1])
        assert cell["id"] == f"{found[1]}-answer".replace("_", "-")
        assert cell["metadata"] == {"jupyter": {"source_hidden": True}, "tags": ["remove-input"]}
        question = "".join(above["source"]).rpartition(":::{admonition}")[2]
        assert re.search(r"^:class: predict$", question, re.MULTILINE), found[1]
        assert question.endswith("\n:::"), found[1]
    assert asked == [name for name in NAMES if name.startswith(f"{chapter}-")]
