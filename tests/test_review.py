"""Review questions: fresh numbers are fair, words are complete, and the script holds them all."""

import json
import math
import re

import pytest

from nnbook import review
from nnbook.messages import FOLDER, LANGUAGES, ORIGINAL, load
from nnbook.predictions import Choice, Judgement, Number
from nnbook.predictions.formats import MINUS, THIN_SPACE
from nnbook.review.question import factor, shown
from nnbook.review.script import AFTER, BEFORE

NAMES = review.names()
CHAPTERS = list(dict.fromkeys(name.partition("-")[0] for name in NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_every_variant_is_fair(name):
    """The right answer is right, each mistake is told from it, and answers vary."""
    variants = review.find(name).variants
    assert 8 <= len(variants) <= 12
    assert len({json.dumps(variant.describe()) for variant in variants}) == len(variants)
    for variant in variants:
        assert variant.judge(variant.right).verdict == "right"
        if isinstance(variant, Number):
            assert variant.intervals
            assert variant.judge(float(f"{variant.right:.3g}")).verdict == "right"
        described = json.loads(json.dumps(variant.describe(), allow_nan=False))
        assert described == variant.describe()
        for value in described["values"].values():
            assert not re.search(r"[^\W\d_]{3,}", re.sub(r"\\[a-z]+", "", value)), value
    answers = [variant.right for variant in variants]
    if isinstance(variants[0], Choice):
        assert all(variant.options == variants[0].options for variant in variants)
        assert max(map(answers.count, answers)) <= 0.7 * len(answers)
        assert set(answers) == set(variants[0].options), "an option that is never right is a cue"
    else:
        assert len(set(answers)) >= 4
        assert max(map(answers.count, answers)) <= 3
        assert all(variant.mistakes.keys() == variants[0].mistakes.keys() for variant in variants)


def numbers_in(value):
    """Return all numbers in nested tuples; names are left out."""
    if isinstance(value, tuple):
        return [number for one in value for number in numbers_in(one)]
    return [] if isinstance(value, str) else [value]


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_of_a_question_are_shown_in_full(name):
    """Else a reader computes with other numbers than the judge."""
    for number in numbers_in(tuple(review.find(name).numbers)):
        assert float(shown(number).replace(MINUS, "-").replace(THIN_SPACE, "")) == number


def test_small_and_negative_numbers_are_written_as_one_writes_them():
    assert [shown(x) for x in (0.0001, -0.5, 1200, 2.5e-5)] == [
        "0.0001",
        f"{MINUS}0.5",
        f"1{THIN_SPACE}200",
        r"2.50\times10^{" + MINUS + "5}",
    ]
    assert [factor(x) for x in (3, -0.5)] == ["3", f"({MINUS}0.5)"]


ROUNDED = {"en": r"[Tt]wo digits|about", "zh": "两位有效数字|大约"}


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_where_rounding_is_enough(name):
    question = review.find(name)
    numbers = [one for one in question.variants if isinstance(one, Number)]
    rounded = [one for one in numbers if r"\approx" in one.describe()["answer"]]
    for one in rounded:
        assert one.judge(float(f"{one.right:.2g}")).verdict == "right"
    chapter, _, own = name.partition("-")
    for language, pattern in ROUNDED.items():
        asked = load(f"messages/review/{chapter}", language)[own]["question"]
        assert not rounded or re.search(pattern, asked), language


def after(p, move):
    """Return a probability after its raw output has moved, the others standing still."""
    return 1 / (1 + (1 - p) / p * math.exp(-move))


EXACT = {
    "softmax-step": lambda p, move: after(p, move) - p,
    "refresher-change": lambda at, move: (at + move) ** 2 - at**2,
}


@pytest.mark.parametrize("name", EXACT)
def test_the_exact_change_is_right_where_a_question_asks_for_about(name):
    question = review.find(name)
    for numbers, variant in zip(
        zip(*question.numbers, strict=True), question.variants, strict=True
    ):
        assert variant.judge(EXACT[name](*numbers)).verdict == "right", numbers


def filled(text, values):
    """Return a text with the values in their places."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_options_can_be_told_apart(name, language):
    chapter, _, own = name.partition("-")
    options = load(f"messages/review/{chapter}", language)[own].get("options", {})
    for variant in review.find(name).variants:
        assert len({filled(text, variant.quoted) for text in options.values()}) == len(options)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_leads_back_to_a_section_of_the_first_reading(name, root):
    chapter, _, _ = name.partition("-")
    label = f"({review.find(name).section})=\n#"
    for language in LANGUAGES.values():
        path = root / language.prefix / "chapters" / f"{chapter}.ipynb"
        cells = json.loads(path.read_text("utf-8"))["cells"]
        found = [cell for cell in cells if label in "".join(cell["source"])]
        assert len(found) == 1
        assert "more" not in found[0]["metadata"].get("tags", [])
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", review.find(name).idea)


def test_each_chapter_has_questions_and_words_and_no_others():
    for language in LANGUAGES:
        files = (FOLDER / "review").glob(f"*/{language}.json")
        assert sorted(path.parent.name for path in files) == sorted(CHAPTERS)
        for chapter in CHAPTERS:
            asked = [name.partition("-")[2] for name in NAMES if name.startswith(f"{chapter}-")]
            assert list(load(f"messages/review/{chapter}", language)) == asked, language
            assert len(asked) >= 10  # as many as a self-test has


def flat(entry):
    """Return key -> text; a nested text has a key such as ``mistakes.turned``."""
    found = {}
    for key, text in entry.items():
        found |= {f"{key}.{part}": it for part, it in text.items()} if key in PARTS else {key: text}
    return found


PARTS = ("mistakes", "options")


def places(text, values):
    """Return the values that a text quotes; braces of formulas hold what they like."""
    found = set()
    for index, piece in enumerate(text.split("$")):
        names = set(re.findall(r"\{(\w+)\}", piece))
        found |= names & set(values) if index % 2 else names
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_complete_in_each_language(name):
    chapter, _, own = name.partition("-")
    first = review.find(name).variants[0]
    keys = {"question", "hint", "reason"}
    if isinstance(first, Choice):
        keys |= {f"{part}.{option}" for part in PARTS for option in first.options}
    else:
        keys |= {f"mistakes.{mistake}" for mistake in first.mistakes}
    english = flat(load(f"messages/review/{chapter}", ORIGINAL)[own])
    for language in LANGUAGES:
        words = flat(load(f"messages/review/{chapter}", language)[own])
        assert set(words) == keys, language
        quoted = {key: places(text, first.quoted) for key, text in words.items()}
        assert set().union(*quoted.values()) == set(first.quoted)
        assert quoted == {key: places(text, first.quoted) for key, text in english.items()}
        for key, text in words.items():
            assert text.strip() == text != ""
            assert text.count("$") % 2 == 0, key
            for formula in text.split("$")[1::2]:
                assert not re.search(r"[^\\], ", formula), f"{key}: set without a space, like 150,4"
            if not key.startswith("options."):
                assert re.search(r"[.?!。？！][)）]?$", text), key
                assert re.search(f"[{LANGUAGES[language].letters}]", text), key
            if language == ORIGINAL:
                assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), key
            elif language == "zh":
                assert not re.search(r"[\u4e00-\u9fff][\w$,;:?!(]", text, re.ASCII), key
                assert not re.search(r"[\w$,;:?!)][\u4e00-\u9fff]", text, re.ASCII), key
        sentences = [text for key, text in words.items() if not key.startswith("options.")]
        assert len(set(sentences)) == len(sentences)
    for variant in review.find(name).variants:
        assert variant.quoted.keys() == first.quoted.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_holds_every_question(language):
    text = review.script(language)
    data = json.loads(text.removeprefix(BEFORE).removesuffix(AFTER))
    assert text == review.script(language)
    assert data["version"] == 1
    assert list(data["questions"]) == NAMES
    one = data["questions"]["losses-residual"]
    assert one["section"] == "chapters/losses.html#sec-losses-ssr"
    assert one["variants"] == [v.describe() for v in review.find("losses-residual").variants]
    assert one["words"]["options"] == {}


def test_unknown_names_are_answered_with_similar_ones():
    with pytest.raises(ValueError, match=r"no review question .*losses-residual"):
        review.find("losses-residuals")
    assert review.find("losses-residual").variants[0].judge(7) == Judgement("mistake", "turned")
