"""The bank: names, links between text and review, and the script that pages load."""

import json
import math
import pkgutil
import re

import pytest
import yaml

import nnbook.chapters
import nnbook.exercises
from nnbook import widgets
from nnbook.chapters import CHAPTERS, MOVED, ByName
from nnbook.exercises.registry import names as exercise_names
from nnbook.messages import LANGUAGES
from nnbook.questions import Choice, Judgement, Number, Question, bank, find, find_prediction
from nnbook.questions.formats import MINUS, THIN_SPACE
from nnbook.questions.question import factor, shown
from nnbook.questions.script import AFTER, BEFORE, script
from nnbook.questions.words import on_surface, surfaces, with_words, words_in_text

PARTS = ("questions", "drawings", "calculations", "exercises")


def test_front_ends_know_every_kind_of_question(root):
    script = (root / "js" / "src" / "reading" / "record.js").read_text(encoding="utf-8")
    (kinds,) = re.findall(r"const KINDS = .*?(\[.*?\])", script)
    assert set(json.loads(kinds)) == {getattr(widgets, name).key for name in widgets.QUESTIONS}


def test_chapters_are_in_the_order_of_the_book(root):
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
    read = [contents["root"], *(file.removeprefix("chapters/") for file in files)]
    assert [name for name in read if name in CHAPTERS] == list(CHAPTERS)


def test_no_folder_of_a_chapter_is_overlooked():
    folders = {module.name for module in pkgutil.iter_modules(nnbook.chapters.__path__)}
    assert folders == set(CHAPTERS)
    assert nnbook.exercises.list_exercises()  # it brings what the modules of exercises build on
    for part in PARTS:
        things = ByName("a thing", part, "the list")
        assert things.chapters
        for chapter in things.chapters:
            assert things.of(chapter), (part, chapter)


def test_a_chapter_without_its_folder_is_named(monkeypatch):
    monkeypatch.setattr(nnbook.chapters, "CHAPTERS", ("losses", "attention"))
    words = "CHAPTERS lists attention, but the folder nnbook/chapters/attention/ is missing"
    with pytest.raises(ModuleNotFoundError, match=words):
        ByName("a thing", "questions", "the list")


def test_a_question_is_asked_somewhere_and_belongs_to_a_section():
    asked = Choice(options=("up", "down"), answer=lambda: "up")
    with pytest.raises(ValueError, match="belong together"):
        Question("sec-a", "idea", in_text={"way": asked})
    with pytest.raises(ValueError, match="nobody is asked anything"):
        Question(again="losses-constant")
    estimate = Choice(options=("up", "down"), answer=lambda: "up", estimate=True)
    with pytest.raises(ValueError, match="in_text must hold no estimate such as 'way'"):
        Question(again="losses-constant", in_text={"way": estimate})


def test_what_the_text_asks_has_one_question_and_review_knows_it():
    texts = {}
    for name in bank.in_review():
        for asked in json_of("en")["questions"][name]["text"]:
            texts.setdefault(asked, []).append(name)
    assert all(len(names) == 1 for names in texts.values())
    assert len(texts) >= 34
    assert texts["losses-mse"] == ["losses-factor"]
    assert texts["playground-nothing"] == ["cross_entropy-nothing"], "of another chapter"
    for name in bank.names():
        question = find(name)
        assert question.again == "" or question.again in bank.in_review()
        for asked in question.in_text:
            full = f"{name.partition('-')[0]}-{asked}"
            assert (full in texts) == bool(question.ask or question.again)


def json_of(language):
    return json.loads(script(language).removeprefix(BEFORE).removesuffix(AFTER))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_holds_every_question_of_review(language):
    data = json_of(language)
    assert data["version"] == 1
    assert list(data["questions"]) == bank.in_review()
    one = data["questions"]["losses-residual"]
    assert one["section"] == "chapters/losses.html#sec-losses-ssr"
    assert one["variants"] == [v.describe() for v in find("losses-residual").variants]
    assert one["words"]["options"] == {}
    factor = data["questions"]["losses-factor"]
    assert "in_text" not in factor["words"]
    assert factor["text"] == {"losses-mse": find_prediction("losses-mse").judging}


def test_words_are_added_to_what_names_them():
    assert with_words({"state": {}}) == {"state": {}}
    spec = with_words({"words": "losses-mse", "state": {}})
    assert set(spec) == {"state", "messages"}
    assert spec["messages"]["en"]["options.never"] == "Never"
    assert spec["messages"]["zh"]["mistakes.same"]


def test_words_of_a_stored_choice_are_found_without_its_experiment(monkeypatch):
    name, stored = next(
        (name, {"words": name, "data": kind.describe()})
        for name in bank.PREDICTIONS.names()
        if isinstance(kind := find_prediction(name), Choice) and kind.estimate
    )
    messages = with_words(stored)["messages"]
    assert messages == words_in_text(name)
    monkeypatch.setattr(Choice, "right", property(lambda self: pytest.fail("it trains")))
    assert with_words(stored)["messages"] == messages


def test_a_list_of_texts_has_one_for_each_surface():
    words = {"question": ["one", "two"], "hint": "both", "mistakes": {"sum": ["a", "b"]}}
    assert surfaces(words) == 2
    assert [on_surface(words, at)["question"] for at in range(4)] == ["one", "two", "one", "two"]
    assert on_surface(words, 3) == {"question": "two", "hint": "both", "mistakes": {"sum": "b"}}
    assert surfaces({"question": "one", "mistakes": {}}) == 1
    for lists in ({"hint": ["a", "b", "c"]}, {"question": ["one"], "mistakes": {}}):
        with pytest.raises(ValueError, match=r"one text for each surface, two or more, got ques"):
            surfaces(words | lists)


def test_an_unknown_name_lists_those_that_are_near():
    with pytest.raises(ValueError, match=r"no prediction 'losses-konstant'; did you .*-constant"):
        find_prediction("losses-konstant")
    with pytest.raises(ValueError, match="no prediction 'losses-'; did you mean losses-"):
        find_prediction("losses-")
    for unknown in ("", "losses", "nothing-here", "chapters-losses"):
        with pytest.raises(ValueError, match=f"there is no question '{unknown}'"):
            find(unknown)
    with pytest.raises(TypeError, match="name must be the name of a prediction, got 3"):
        find_prediction(3)
    with pytest.raises(ValueError, match="did you mean softmax-one_logit"):
        bank.DRAWINGS.find("softmax-one_logits")
    with pytest.raises(ValueError, match="did you mean softmax-slopes"):
        bank.CALCULATIONS.find("softmax-slope")


def test_an_old_name_leads_to_the_new_one(monkeypatch):
    monkeypatch.setitem(MOVED, "losses-old", "losses-constant")
    with pytest.raises(ValueError, match="prediction 'losses-old' is now 'losses-constant'"):
        find_prediction("losses-old")


def test_what_has_moved_has_left_one_place_for_the_other(root):
    table = json.loads((root / "nnbook" / "chapters" / "moved.json").read_text(encoding="utf-8"))
    kinds = (bank.QUESTIONS, bank.PREDICTIONS, bank.DRAWINGS, bank.CALCULATIONS)
    known = {name for kind in kinds for name in kind.names()} | set(exercise_names())
    assert set(table["names"].values()) <= known
    assert not set(table["names"]) & known
    for old, now in table["cells"].items():
        (page, cell), (new_page, new_cell) = old.split("#"), now.split("#")
        assert new_cell in cells_of(root, new_page), now
        assert cell not in cells_of(root, page), old


def cells_of(root, page):
    """Name the cells of a notebook."""
    text = (root / f"{page}.ipynb").read_text(encoding="utf-8")
    return {cell["id"] for cell in json.loads(text)["cells"]}


def test_small_and_negative_numbers_are_written_as_one_writes_them():
    assert [shown(x) for x in (0.0001, -0.5, 1200, 2.5e-5)] == [
        "0.0001",
        f"{MINUS}0.5",
        f"1{THIN_SPACE}200",
        r"2.50\times10^{" + MINUS + "5}",
    ]
    assert [factor(x) for x in (3, -0.5)] == ["3", f"({MINUS}0.5)"]


def after(p, move):
    """Return a probability after its raw output has moved, the others standing still."""
    return 1 / (1 + (1 - p) / p * math.exp(-move))


EXACT = {
    "softmax-step": lambda p, move: after(p, move) - p,
    "refresher-change": lambda at, move: (at + move) ** 2 - at**2,
}


@pytest.mark.parametrize("name", EXACT)
def test_the_exact_change_is_right_where_a_question_asks_for_about(name):
    question = find(name)
    for numbers, variant in zip(
        zip(*question.numbers, strict=True), question.variants, strict=True
    ):
        assert variant.judge(EXACT[name](*numbers)).verdict == "right", numbers


def test_one_answer_by_hand():
    assert find("losses-residual").variants[0].judge(7) == Judgement("mistake", "turned")
    assert isinstance(find_prediction("losses-constant"), Number)
