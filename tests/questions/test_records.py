"""What version 0.3 of the book left in a reader's browser is understood.

`record.json` is the file that its page "Where I am" exported after answers to predictions,
drawings, faded calculations, exercises, mixed practice and a self-test; `record_seen.json` says
what that version thought of them.
"""

import json
from pathlib import Path

import pytest

from nnbook import chapters
from nnbook.chapters import MOVED
from nnbook.questions import bank
from nnbook.widgets import DrawFirst, FadedSteps, Predict

FOLDER = Path(__file__).parent
RECORD = json.loads((FOLDER / "record.json").read_text("utf-8"))["data"]
RETIRED = json.loads(Path(chapters.__file__).with_name("retired.json").read_text("utf-8"))
SEEN = json.loads((FOLDER / "record_seen.json").read_text("utf-8"))
WIDGETS = {"predict": Predict, "draw": DrawFirst, "steps": FadedSteps}
GONE = {
    "diagnosis-leak",
    "diagnosis-learning",
    "diagnosis-sixteen",
    "diagnosis-steps",
    "gradient_descent-error",
    "gradient_descent-triple",
    "losses-race",
    "networks-ceiling",
    "networks-explosion",
    "networks-memory",
    "refresher-chain",
    "refresher-variance",
    "softmax-direction",
}
"""Asked in the text only, and no more: the browser keeps the answer, and nothing reads it."""
GONE_STEPS = {"softmax-product"}
FIGURES = [
    key
    for key in RECORD
    if key.startswith("nnlib.")
    and key.split(".")[1] in WIDGETS
    and key.split(".")[2] not in (GONE_STEPS if key.split(".")[1] == "steps" else GONE)
]


@pytest.mark.parametrize("key", sorted(FIGURES))
def test_what_was_answered_is_still_an_answer(key):
    _, kind, old = key.split(".")
    name = MOVED.get(old, old)
    figure = WIDGETS[kind](name, **RECORD[key])
    assert figure._stored()["remember"] == f"{kind}.{name}"
    assert {trait: getattr(figure, trait) for trait in RECORD[key]} == RECORD[key]


@pytest.mark.parametrize("name", sorted({*SEEN["verdicts"]} - GONE))
def test_the_verdicts_are_those_of_then(name):
    prediction = bank.find_prediction(MOVED.get(name, name))
    tries = RECORD[f"nnlib.predict.{name}"].get("tries", [])
    assert [prediction.judge(answer).verdict for answer in tries] == SEEN["verdicts"][name]


def test_what_is_said_to_be_gone_is_gone():
    assert not GONE & {*bank.PREDICTIONS.names()}


def test_what_was_ever_asked_again_is_asked_or_moved_or_retired():
    once, today = {*(FOLDER / "asked.txt").read_text("utf-8").split()}, {*bank.in_review()}
    assert today <= once, "run python tools/asked.py, which adds what is new"
    assert {MOVED.get(name, name) for name in once} - today == {*RETIRED}, "else it waits for ever"


def test_what_waits_for_review_is_still_asked():
    asked = {MOVED.get(k, k): v for k, v in RECORD["nnlib-book:review"]["asked"].items()}
    (test,) = RECORD["nnlib-book:tests"]["tests"]
    assert len(asked) > 10
    tested = {answer["id"] for answer in test["answers"]}
    assert {*asked, *(MOVED.get(name, name) for name in tested)} <= set(bank.in_review())
    for name, entry in asked.items():
        assert entry["variant"] < len(bank.find(name).variants)
