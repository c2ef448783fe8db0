"""Every question of the bank: answers are computed, mistakes are named, words are there in each
language, and the notebook asks what the bank answers."""

import itertools
import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnbook.chapters import CHAPTERS, words_of
from nnbook.messages import LANGUAGES, ORIGINAL, load
from nnbook.questions import Choice, Judgement, Number, bank
from nnbook.questions.formats import MINUS, THIN_SPACE
from nnbook.questions.question import shown
from nnbook.questions.words import PARTS, flat, on_surface, surfaces, words_in_text

NAMES = bank.names()
REVIEW = bank.in_review()
PREDICTIONS = bank.PREDICTIONS.names()
NUMBERS = [name for name in PREDICTIONS if isinstance(bank.find_prediction(name), Number)]
CHOICES = [name for name in PREDICTIONS if name not in NUMBERS]
IN_TEXT = [f"{part}/{name}".lstrip("/") for part, kinds in PARTS.items() for name in kinds.names()]
WIDGETS = {
    "": ("Predict", "answer"),
    "drawings": ("DrawFirst", "drawing"),
    "steps": ("FadedSteps", "steps"),
}


def kind_of(stored):
    folder, _, name = stored.rpartition("/")
    return PARTS[folder].find(name)


def is_plain(described):
    """Whether a description can be JSON, and holds no words."""
    text = json.dumps(described, allow_nan=False, ensure_ascii=False)
    words = (re.sub(r"\\[a-z]+", "", value) for value in described.get("values", {}).values())
    return json.loads(text) == described and not any(
        re.search(r"[^\W\d_]{3,}", one) for one in words
    )


# -- In the text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PREDICTIONS)
def test_the_right_answer_is_judged_right(name):
    prediction = bank.find_prediction(name)
    assert prediction.judge(prediction.right).verdict == "right"
    assert prediction.right == prediction.answer()
    assert is_plain(prediction.describe())
    if prediction.estimate:
        assert prediction.describe()["estimate"] is True
        assert isinstance(prediction, Choice) or prediction.decimals is not None
    else:
        assert not {"estimate", "right"} & prediction.describe().keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_every_mistake_is_named(name):
    prediction = bank.find_prediction(name)
    assert prediction.mistakes
    for mistake, value in prediction.mistakes.items():
        assert prediction.judge(value()) == Judgement("mistake", mistake)
        for limit in prediction.intervals[mistake]:
            assert prediction.judge(limit) == Judgement("mistake", mistake)


@pytest.mark.parametrize("name", CHOICES)
def test_every_other_option_is_a_mistake(name):
    prediction = bank.find_prediction(name)
    verdicts = {option: prediction.judge(option) for option in prediction.options}
    assert verdicts.pop(prediction.right) == Judgement("right", prediction.right)
    assert verdicts
    for option, judgement in verdicts.items():
        assert judgement == Judgement("mistake", option)


@pytest.mark.parametrize("name", NUMBERS)
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_nothing_outside_the_limits_is_right(name, value):
    prediction = bank.find_prediction(name)
    low, high = prediction.limits
    judgement = prediction.judge(value)
    assert (judgement.verdict == "right") == (low <= value <= high)
    if judgement.verdict in ("large", "small"):
        assert (judgement.verdict == "large") == (value > high)
        assert judgement.name is None


@pytest.mark.parametrize("name", NUMBERS)
def test_limits_have_few_digits_and_hold_what_one_would_type(name):
    prediction = bank.find_prediction(name)
    for limits in (prediction.limits, *prediction.intervals.values()):
        assert all(float(f"{limit:.6g}") == limit for limit in limits)
    assert prediction.judge(float(f"{prediction.right:.3g}")).verdict == "right"


def page_of(chapter):
    return f"{chapter}.ipynb" if chapter == "intro" else f"chapters/{chapter}.ipynb"


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("folder", WIDGETS)
def test_each_question_has_its_answer_below_it(root, chapter, folder):
    """A cell with the name alone, right below the admonition."""
    widget, suffix = WIDGETS[folder]
    notebook = json.loads((root / page_of(chapter)).read_text("utf-8"))
    asked = []
    for above, cell in itertools.pairwise(notebook["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or f"{widget}(" not in source:
            continue
        found = re.fullmatch(rf'widgets\.{widget}\("([\w-]+)"\)', source)
        assert found, source
        asked.append(found[1])
        assert cell["id"] == f"{found[1]}-{suffix}".replace("_", "-")
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}
        assert cell["metadata"]["tags"] == ["remove-input"]
        question = "".join(above["source"]).rpartition(":::{admonition}")[2]
        assert re.search(r"^:class: predict$", question, re.MULTILINE), found[1]
        assert question.endswith("\n:::"), found[1]
    known = [name for name in PARTS[folder].names() if name.startswith(f"{chapter}-")]
    assert sorted(asked) == sorted(known)
    assert len(set(asked)) == len(asked)


# -- In review -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REVIEW)
def test_every_variant_is_fair(name):
    """The right answer is right, each mistake is told from it, and answers vary."""
    variants = bank.find(name).variants
    assert 8 <= len(variants) <= 12
    assert len({json.dumps(variant.describe()) for variant in variants}) == len(variants)
    for variant in variants:
        assert variant.judge(variant.right).verdict == "right"
        if isinstance(variant, Number):
            assert variant.intervals
            assert variant.judge(float(f"{variant.right:.3g}")).verdict == "right"
        assert is_plain(variant.describe())
        assert variant.quoted.keys() == variants[0].quoted.keys()
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


@pytest.mark.parametrize("name", REVIEW)
def test_the_numbers_of_a_question_are_shown_in_full(name):
    """Else a reader computes with other numbers than the judge."""
    for number in numbers_in(tuple(bank.find(name).numbers)):
        assert float(shown(number).replace(MINUS, "-").replace(THIN_SPACE, "")) == number


ROUNDED = {"en": r"[Tt]wo digits|about", "zh": "两位有效数字|大约"}


@pytest.mark.parametrize("name", REVIEW)
def test_a_question_says_where_rounding_is_enough(name):
    variants = bank.find(name).variants
    numbers = [one for one in variants if isinstance(one, Number)]
    rounded = [one for one in numbers if r"\approx" in one.describe()["answer"]]
    for one in rounded:
        assert one.judge(float(f"{one.right:.2g}")).verdict == "right"
    for language, pattern in ROUNDED.items():
        for at, one in enumerate(variants):
            question = own_words(name, language, at)["question"]
            assert one not in rounded or re.search(pattern, question), (language, at)


@pytest.mark.parametrize("name", REVIEW)
def test_a_question_leads_back_to_a_section_of_the_first_reading(name, root):
    label = f"({bank.find(name).section})=\n#"
    for language in LANGUAGES.values():
        path = root / language.prefix / page_of(name.partition("-")[0])
        cells = json.loads(path.read_text("utf-8"))["cells"]
        found = [cell for cell in cells if label in "".join(cell["source"])]
        assert len(found) == 1
        assert "more" not in found[0]["metadata"].get("tags", [])
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", bank.find(name).idea)


def test_a_chapter_with_review_has_enough_for_a_self_test():
    chapters = [name.partition("-")[0] for name in REVIEW]
    assert all(chapters.count(chapter) >= 10 for chapter in chapters)


# -- Words -----------------------------------------------------------------------------------------


def review_words(name, language):
    """Return the words of a question, without those that only the text needs."""
    chapter, _, own = name.partition("-")
    words = load(f"chapters/{chapter}", language)["questions"][own]
    return {key: text for key, text in words.items() if key != "in_text"}


def own_words(name, language, variant=0):
    """Return them as they are for a variant."""
    return flat(on_surface(review_words(name, language), variant))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_chapter_has_words_for_what_it_asks_and_no_others(chapter, language):
    words = load(f"chapters/{chapter}", language)
    parts = {
        "questions": bank.QUESTIONS,
        "drawings": bank.DRAWINGS,
        "calculations": bank.CALCULATIONS,
    }
    for part, things in parts.items():
        known = things.of(chapter) if chapter in things.chapters else {}
        assert list(words.get(part, {})) == list(known), part
    known = bank.QUESTIONS.of(chapter) if chapter in bank.QUESTIONS.chapters else {}
    for own, question in known.items():
        entry = words["questions"][own]
        special = {shown: set(flat(texts)) for shown, texts in entry.get("in_text", {}).items()}
        common = set(flat({key: text for key, text in entry.items() if key != "in_text"}))
        assert special.keys() <= question.in_text.keys(), own
        needed = set().union(*(variant.words for variant in question.variants))
        needed |= {"question"} if question.ask else set()
        for shown_as, kind in question.in_text.items():
            own_keys = special.get(shown_as, set())
            assert own_keys <= kind.words <= own_keys | common, own
            needed |= kind.words - own_keys
        assert common == needed, own


def places(text, values):
    """Return the values that a text quotes; braces of formulas hold what they like."""
    found = set()
    for index, piece in enumerate(text.split("$")):
        names = set(re.findall(r"\{(\w+)\}", piece))
        found |= names & set(values) if index % 2 else names
    return found


LABELS = ("options.", "steps.")  # of a button, of a line: no sentences


def check_words(by_language, quoted):
    """Check the texts of one thing, language -> key -> text; return the values that they quote."""
    english = by_language[ORIGINAL]
    for language, words in by_language.items():
        assert words.keys() == english.keys(), language
        for key, text in words.items():
            assert text.strip() == text != "", key
            assert text.count("$") % 2 == 0, key
            assert places(text, quoted) == places(english[key], quoted), key
            for formula in text.split("$")[1::2]:
                assert not re.search(r"[^\\], ", formula), f"{key}: set without a space, like 150,4"
            if not key.startswith(LABELS):
                assert re.search(r"[.?!。？！][)）]?$", text), key
                assert re.search(f"[{LANGUAGES[language].letters}]", text), key
            if language == ORIGINAL:
                assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), key
            elif language == "zh":
                assert not re.search(r"[\u4e00-\u9fff][\w$,;:?!(]", text, re.ASCII), key
                assert not re.search(r"[\w$,;:?!)][\u4e00-\u9fff]", text, re.ASCII), key
        sentences = [text for key, text in words.items() if not key.startswith(LABELS)]
        assert len(set(sentences)) == len(sentences) or "steps." in "".join(words)  # lines alike
    return set().union(*(places(text, quoted) for text in english.values()))


@pytest.mark.parametrize("stored", IN_TEXT)
def test_the_words_in_the_text_are_complete_in_each_language(stored):
    quoted = kind_of(stored).quoted
    used = check_words(words_in_text(stored), quoted)
    assert used | asked_again_with(stored, quoted) == set(quoted)


def asked_again_with(stored, quoted):
    """What review quotes besides: its sentence, which the notebook says, and all mistakes."""
    chapter, _, name = stored.partition("-")
    own = bank.QUESTIONS.of(chapter).items() if "/" not in stored else ()
    asked = [key for key, one in own if name in one.in_text and one.ask]
    words = (words_of("questions", f"{chapter}-{key}", ORIGINAL) for key in asked)
    texts = (text for one in words for text in flat(on_surface(one, 0)).values())
    return set().union(*(places(text, quoted) for text in texts))


def filled(text, values):
    """Return a text with the values in their places."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


@pytest.mark.parametrize("name", REVIEW)
def test_the_words_of_review_are_complete_in_each_language(name):
    variants = bank.find(name).variants
    found = set()
    for at, variant in enumerate(variants):
        words = {language: own_words(name, language, at) for language in LANGUAGES}
        if at < surfaces(review_words(name, ORIGINAL)):
            found |= check_words(words, variant.quoted)
        for texts in words.values():
            options = [text for key, text in texts.items() if key.startswith("options.")]
            assert len({filled(text, variant.quoted) for text in options}) == len(options)
    assert found == set(variants[0].quoted)


@pytest.mark.parametrize("name", REVIEW)
def test_each_surface_of_a_question_is_another_question_with_variants_enough(name):
    """And it tells nothing of the answer."""
    variants = bank.find(name).variants
    counts = {language: surfaces(review_words(name, language)) for language in LANGUAGES}
    count = counts[ORIGINAL]
    assert set(counts.values()) == {count}
    for language in LANGUAGES:
        assert len({own_words(name, language, at)["question"] for at in range(count)}) == count
    for at in range(count):
        answers = [variant.right for variant in variants[at::count]]
        assert len(answers) >= 3
        assert len(set(answers)) >= 2


def product_of(text):
    """Return the product of all numbers that a text shows, exponents apart."""
    plain = text.replace(MINUS, "-").replace(THIN_SPACE, "")
    return math.prod(map(float, re.findall(r"(?<!\^)-?\d+(?:\.\d+)?", plain)))


@pytest.mark.parametrize("name", REVIEW)
def test_multiplying_all_numbers_is_no_way_to_the_answer(name):
    variants = bank.find(name).variants
    asked = [own_words(name, ORIGINAL, at)["question"] for at in range(len(variants))]
    hits = [
        abs(product_of(filled(question, variant.quoted))) == pytest.approx(abs(variant.right))
        for question, variant in zip(asked, variants, strict=True)
        if isinstance(variant, Number)
    ]
    assert not hits or not all(hits)


THINGS = "columns|corners|inputs|layers|letters|measurements|neurons|numbers|poolings|rows|samples"


@pytest.mark.parametrize("name", REVIEW)
def test_one_is_no_plural(name):
    for at, variant in enumerate(bank.find(name).variants):
        for text in own_words(name, ORIGINAL, at).values():
            assert not re.search(rf"(?<!\+ )\b1\$? ({THINGS})\b", filled(text, variant.quoted)), at
