"""Every exercise is checked on its page: the book's solution, and answers as learners write them.

The wrong answers are those of `tests/exercises`, whose tests run in the page's own Python first. So
it also names every mistake there as Python does elsewhere.
"""

import json
import re

import pytest
from browsing import ROOT
from live_page import opened
from playwright.sync_api import expect

from nnbook.exercises.registry import CHAPTERS, chapter_of, find, words_of
from nnbook.messages import load
from nnbook.own.parts import EXERCISES as OWN

# Enough of pytest for these tests. What they ask `check` about is kept in `learners`, for the cells
# of the page; what it found is printed.
RECORD = """
import itertools, json, sys, types
pytest = types.ModuleType("pytest")
def parametrize(names, values, ids=None):
    def mark(test):
        names_ = names.split(", ") if isinstance(names, str) else names
        rows = []
        for value in values:
            row = value if isinstance(value, tuple) and len(names_) > 1 else (value,)
            rows.append(dict(zip(names_, row, strict=True)))
        test.__dict__.setdefault("rows", []).append(rows)
        return test
    return mark
pytest.mark = types.SimpleNamespace(parametrize=parametrize)
sys.modules["pytest"] = pytest
from nnbook import exercises
learners, said, check = [], [], exercises.check
def recorded(name, *answers):
    verdict = check(name, *answers)
    learners.append(answers if len(answers) > 1 else answers[0])
    said.append((name, verdict.correct, verdict.mistake))
    return verdict
exercises.check = recorded
space = {"__name__": "tests"}
exec(source, space)
# Its linear algebra finds no zero pivot where ours does; the mistake that it names is the same.
space.pop("test_a_dead_neuron_shows_where_the_code_stopped", None)
for test in [part for name, part in space.items() if name.startswith("test_")]:
    for rows in itertools.product(*getattr(test, "rows", [])):
        test(**{name: value for row in rows for name, value in row.items()})
exercises.check = check
print(json.dumps(said))
"""
RUN = """async (code) => {
  let text = "";
  const onOutput = (output) => { text += output.text; };
  const { error } = await nnlibLive.begin().runtime.run(code, { onOutput });
  return error ? error.traceback : text;
}"""
TRIES = 3


def learners_in(page, chapter):
    """Run the tests of a chapter's exercises on the page; return exercise -> mistake -> answer."""
    path = ROOT / "tests" / "exercises" / f"test_exercises_{chapter}.py"
    source = path.read_text(encoding="utf-8")
    said = json.loads(page.evaluate(RUN, f"source = {source!r}\n{RECORD}"))
    found = {}
    for index, (exercise, correct, mistake) in enumerate(said):
        if mistake and correct is False:
            found.setdefault(exercise, {}).setdefault(mistake, f"learners[{index}]")
    # Parts of the reader's own network have tests of their own: here, planted mistakes.
    own = f"{chapter}-own"
    if own in OWN:
        planted = f'exercises.registry.find("{own}").mistakes'
        found[own] = {mistake: f'{planted}["{mistake}"]' for mistake in find(own).mistakes}
    return found


def sentence(exercise, mistake, language):
    """Return what is said about a mistake, as shown, as far as it does not depend on the answer."""
    own = words_of(exercise, language)["mistakes"]
    shared = load("messages/exercises/_shared", language)["mistakes"]
    return own.get(mistake, shared.get(mistake)).split("{")[0].replace("`", "")


@pytest.mark.exhaustive
@pytest.mark.parametrize(("way", "language"), [("served", "en"), ("file", "zh")])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_is_checked_on_its_page(browser, html, address, chapter, way, language):
    start = address if way == "served" else f"{html.as_uri()}/"
    folder = {"en": "", "zh": "zh/"}[language]
    reader = opened(browser, start, f"{folder}chapters/{chapter}.html")
    reader.open(reader.page.locator("[data-exercise]").first.get_attribute("data-live"))
    cells = reader.page.evaluate("nnlibPage.cells")
    answers, solutions = (
        {cell["exercise"]: cell for cell in cells if cell.get("role") == role}
        for role in ("answer", "solution")
    )
    assert [*answers] == [*solutions] == [f"{chapter}-{name}" for name in chapter_of(chapter)]
    wrong = learners_in(reader.page, chapter)
    for exercise, answer in answers.items():
        tries = list(wrong[exercise].items())[:TRIES]
        assert len(tries) == TRIES, exercise
        verdict = reader.cell(answer["id"]).locator(".live-message .live-verdict")
        for mistake, learner in tries:
            reader.run(answer["id"], f'exercises.check("{exercise}", {learner})', state="done")
            expect(verdict).to_have_attribute("data-correct", "false")
            expect(verdict).to_contain_text(sentence(exercise, mistake, language))
        solution = solutions[exercise]["code"].removesuffix(".correct")
        assert f'exercises.check("{exercise}"' in solution.splitlines()[-1]
        reader.run(answer["id"], solution, state="done")
        expect(verdict).to_have_attribute("data-correct", "true")
    on_the_path = reader.page.locator("[data-exercise]:not(details.second-reading *)")
    count = on_the_path.count()
    solved = {
        "en": f"{count} of {count} exercises solved",
        "zh": f"{count} 道练习，已完成 {count} 道",
    }
    expect(reader.page.locator(".contents .live-tick")).to_have_accessible_name(
        re.compile(f", {solved[language]}$")
    )
    reader.watcher.context.close()
    assert reader.watcher.problems == []
