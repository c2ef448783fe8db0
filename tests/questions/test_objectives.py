"""The table of objectives, and the levels of what is asked: what is missing is listed here, and the
lists may only shrink."""

import re

import pytest

from nnbook.chapters import CHAPTERS, words_of
from nnbook.exercises import registry
from nnbook.messages import LANGUAGES, load
from nnbook.questions import bank
from nnbook.questions.objective import OBJECTIVES, WAYS, missing
from nnbook.questions.question import LEVELS, Question

EVERY = OBJECTIVES.names()

JUDGE, DESIGN = 0.20, 0.08
"""Of review: the least that diagnoses or designs, and the least that designs."""
APPLY = {
    "refresher": 11,
    "networks": 7,
    "activations": 11,
    "losses": 11,
    "gradient_descent": 13,
    "backpropagation": 11,
    "multiple_outputs": 10,
    "softmax": 8,
    "cross_entropy": 9,
    "generalization": 14,
    "digits": 7,
    "pictures": 12,
    "words": 4,
    "diagnosis": 4,
}
"""The most review questions of each chapter that only use a rule: these numbers may only fall."""


def test_every_chapter_but_the_first_page_says_what_one_can_do_after_it():
    assert set(CHAPTERS) - set(OBJECTIVES.chapters) == {"intro"}


@pytest.mark.parametrize("chapter", OBJECTIVES.chapters)
def test_each_objective_has_words_in_each_language(chapter):
    for key, language in LANGUAGES.items():
        words = load(f"chapters/{chapter}", key)["objectives"]
        assert list(words) == list(OBJECTIVES.of(chapter))
        for text in words.values():
            assert re.search(f"[{language.letters}]", text)
            assert not re.search(r"[.。]$|^\s|\s$", text), "it follows: after it you can"
        assert len(set(words.values())) == len(words)


def own_names(kinds, chapter):
    return {name.partition("-")[2] for name in kinds if name.startswith(f"{chapter}-")}


@pytest.mark.parametrize("chapter", OBJECTIVES.chapters)
def test_all_that_a_chapter_asks_serves_an_objective(chapter):
    there = {
        "questions": bank.names(),
        "drawings": bank.DRAWINGS.names(),
        "calculations": bank.CALCULATIONS.names(),
        "exercises": registry.names(),
    }
    for part, names in there.items():
        table = [set(getattr(one, part)) for one in OBJECTIVES.of(chapter).values()]
        assert set().union(*table) == own_names(names, chapter), part


def test_each_objective_is_asked_before_as_a_task_and_again():
    found = {name: ways for name in EVERY if (ways := missing(name))}
    assert found == {}, "ask it, or say under `without` why it cannot be asked"
    for name in EVERY:
        without = OBJECTIVES.find(name).without
        assert without.keys() <= set(WAYS)
        assert all(len(reason) > 20 for reason in without.values())


def test_an_unknown_objective_is_named():
    with pytest.raises(ValueError, match="no objective 'networks-bend'; did you mean networks-b"):
        OBJECTIVES.find("networks-bend")
    assert words_of("objectives", "networks-bends", "en").startswith("prove why")


def test_every_question_has_a_level():
    assert [name for name in bank.names() if not bank.find(name).level] == []
    with pytest.raises(ValueError, match=r"level must be one of recall, .*, got 'hard'"):
        Question(
            again="losses-ssr", in_text={"x": bank.find_prediction("losses-mse")}, level="hard"
        )


@pytest.mark.parametrize("chapter", APPLY)
def test_a_chapter_applies_rules_no_more_often_than_it_did(chapter):
    names = [one for one in bank.in_review() if one.partition("-")[0] == chapter]
    apply = [name for name in names if bank.find(name).level == "apply"]
    assert len(apply) <= APPLY[chapter], (
        f"{len(apply)} review questions of {chapter} apply a rule, {APPLY[chapter]} may:"
        f" let the new one decide or diagnose, or replace one of {', '.join(apply)}"
    )


def test_review_asks_for_more_than_rules():
    levels = [bank.find(name).level for name in bank.in_review()]
    share = {level: levels.count(level) / len(levels) for level in LEVELS}
    assert share["diagnose"] + share["design"] >= JUDGE
    assert share["design"] >= DESIGN
    assert {name.partition("-")[0] for name in bank.in_review()} == {*APPLY}
