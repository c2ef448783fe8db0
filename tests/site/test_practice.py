"""The parts that ask again: five minutes back, mixed practice, self-test.

They ask questions of the tests, whose right answers are in the page: `nnlibReview`.
"""

import itertools
import json
import re
from pathlib import Path

import axe
import pytest
from browsing import Watched, reload
from playwright.sync_api import expect
from practice_questions import script
from test_hard_conditions import NO_STORAGE

from nnbook.chapters import CHAPTERS
from nnbook.messages import TRANSLATIONS
from nnbook.questions.bank import in_review

CHAPTER, PAGE = "chapters/losses.html", "chapters/practice.html"
REVIEW, TESTS = "nnlib-book:review", "nnlib-book:tests"
DATA = """({ dataset }) => {
  const { variants, idea, chapter } = nnlibReview.questions[dataset.question];
  const { limits, values } = variants[dataset.variant];
  return { id: dataset.question, idea, chapter, right: (limits[0] + limits[1]) / 2, ...values };
}"""


@pytest.fixture(scope="module")
def shared(browser, address):
    """Return the one page of this module; its questions are those of the tests."""
    watcher = Watched(browser, address)
    watcher.page.route(
        "**/_static/review.js*",
        lambda route: route.fulfill(body=script(), content_type="text/javascript"),
    )
    yield watcher
    watcher.context.close()
    assert watcher.problems == []


@pytest.fixture
def page(shared, address):
    """Return it with nothing remembered."""
    shared.open(address + "404.html")  # whatever was done to the page before is gone
    shared.page.evaluate("localStorage.clear()")
    return shared.page


def asked(page):
    """Return what the page asks now: the question's id and idea, its numbers, the right answer."""
    return page.locator(".practice-question").evaluate(DATA)


def answer(page, number):
    """Type an answer, as one does with the keyboard."""
    page.get_by_role("textbox", name="Your answer for p").fill(f"{number:g}")
    page.keyboard.press("Enter")


def press(page, name):
    """Press a button of the part that asks."""
    page.locator("[data-practice]").get_by_role("button", name=name, exact=True).click()


def stored(page, key=REVIEW):
    """Return what is remembered."""
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", key))


def test_a_chapter_leads_to_its_self_test_where_it_has_one(html):
    tested = {name.partition("-")[0] for name in in_review()}
    for chapter in CHAPTERS[1:]:
        text = (html / f"chapters/{chapter}.html").read_text(encoding="utf-8")
        assert text.count(f"practice.html?test={chapter}&amp;") == 2 * (chapter in tested), chapter


def remember(page, *ids):
    """Let these questions be due."""
    due = {"right": 0, "wrong": 1, "last": 1, "due": 2, "days": 0, "variant": 0}
    kept = json.dumps({"v": 1, "asked": dict.fromkeys(ids, due)})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [REVIEW, kept])


def test_a_chapter_asks_nothing_where_nothing_of_those_before_it_is_due(page, shared, address):
    before = len(shared.requested)
    page.goto(address + CHAPTER)
    place = page.locator("[data-practice=back]")
    expect(place).to_be_hidden()
    remember(page, "losses-twice", "words-thrice", "networks-gone")  # its own, later, asked no more
    reload(page)
    expect(page.get_by_role("banner").get_by_role("link", name="wait for another")).to_be_visible()
    expect(page.locator("html[data-back]")).to_have_count(0)
    expect(place).to_be_hidden()
    page.evaluate("localStorage.clear()")
    before = len(shared.requested)
    reload(page)
    assert not [url for url in shared.requested[before:] if "practice/" in url or "review" in url]


def test_what_is_due_is_asked_at_once_and_what_was_missed_with_other_numbers(page, address):
    page.goto(address + CHAPTER)
    remember(page, "networks-twice", "activations-thrice", "losses-fourfold")
    reload(page)
    group = page.get_by_role("group", name=re.compile("^Five minutes back: question 1 of 2 "))
    expect(group).to_be_visible()
    expect(group).not_to_be_focused()
    assert page.evaluate("scrollY") == 0
    assert axe.findings(page, places=["[data-practice=back]"]) == []
    first = asked(page)
    assert first["id"] in {"networks-twice", "activations-thrice"}
    tutor = page.locator('.practice-question [data-name="tutor"]')
    answer(page, 0.6)
    expect(tutor).to_be_hidden()  # at the first miss there is the hint
    answer(page, 0.5)
    expect(group.locator(".nn-sentence")).to_contain_text("too small by a factor of ten")
    page.evaluate("""() => {
      navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };
    }""")
    tutor.click()
    expect(page.locator(".practice-question .tutor-status")).to_contain_text("Copied.")
    copied = page.evaluate("copied")
    assert f"${first['factor']}$ of them" in copied
    assert "$p = 0.5$" in copied
    assert "too small by a factor of ten" in copied
    assert stored(page)["asked"][first["id"]]["wrong"] == 2
    answer(page, first["right"])
    expect(group.locator(".nn-sentence")).to_contain_text("A product is a sum")
    assert stored(page)["asked"][first["id"]]["right"] == 0, "the first answer counts"
    press(page, "Next question")
    expect(page.locator(".practice-question")).to_be_focused()
    answer(page, asked(page)["right"])
    press(page, "What you missed, once more")
    expect(page.get_by_role("group", name=re.compile("^Once more: 1 of 1 What is"))).to_be_visible()
    again = asked(page)
    assert again["id"] == first["id"]
    assert again["n"] != first["n"]
    answer(page, again["right"])
    entry = stored(page)["asked"][first["id"]]
    assert entry["right"] == 0, "at once one still knows it"
    assert entry["due"] - entry["last"] == 24 * 60 * 60_000
    press(page, "See the result")
    expect(page.locator(".practice-result")).to_contain_text("1 of 2 right")
    expect(page.locator(".practice-result")).to_be_focused()
    place = page.locator("[data-practice=back]")
    expect(place).to_contain_text("comes back tomorrow")
    link = place.get_by_role("link", name=f"Products in {first['chapter']}")
    expect(link).to_have_attribute("href", f"../chapters/{first['chapter']}.html")
    reload(page)
    expect(place).to_be_hidden()


def test_one_press_skips_what_is_due_on_this_page(page, address):
    page.goto(address + CHAPTER)
    names = [f"networks-{idea}" for idea in ("twice", "thrice", "fourfold", "fivefold")]
    remember(page, *names)
    reload(page)
    expect(page.get_by_role("group", name=re.compile("question 1 of 3"))).to_be_visible()
    place = page.locator("[data-practice=back]")
    press(page, "Skip")
    expect(place).to_be_hidden()
    assert {entry["last"] for entry in stored(page)["asked"].values()} == {1}
    reload(page)
    expect(place).to_be_hidden()
    page.goto(address + "chapters/softmax.html")
    expect(page.get_by_role("group", name=re.compile("question 1 of 3"))).to_be_visible()


def test_neighbors_in_mixed_practice_need_different_ideas(page, address):
    page.goto(address + PAGE)
    assert page.get_by_role("radio").count() == 0, "nothing is begun, so there is nothing to choose"
    press(page, "Ask me ten questions")
    found = []
    for number in range(10):
        expect(page.locator(".practice-question .admonition-title")).to_have_text(
            f"Question {number + 1} of 10"
        )
        found.append(asked(page))
        if number == 0:
            assert axe.findings(page, places=["[data-practice=mixed]"]) == []
        press(page, "I do not know")
        expect(page.locator(".nn-sentence")).to_contain_text("The answer: p =")
        press(page, "What you missed, once more" if number == 9 else "Next question")
    expect(page.locator(".practice-question .admonition-title")).to_have_text("Once more: 1 of 10")
    press(page, "Finish here")
    assert len({one["id"] for one in found}) == 10
    assert all(one["idea"] != other["idea"] for one, other in itertools.pairwise(found))
    expect(page.locator(".practice-result")).to_contain_text("0 of 10 right")
    page.get_by_role("radio", name="from the chapters that I have begun: 3").check()
    press(page, "Ask ten more")
    assert (asked(page)["id"], asked(page)["n"]) not in {(one["id"], one["n"]) for one in found}
    answer(page, asked(page)["right"])
    press(page, "Finish here")
    expect(page.locator(".practice-result")).to_have_text("1 of 1 right at the first try.")


def test_how_sure_one_was_is_asked_before_the_verdict_if_one_likes(page, address):
    page.goto(address + PAGE)
    page.get_by_role("checkbox", name="how sure I am").check()
    reload(page)
    expect(page.get_by_role("checkbox", name="how sure I am")).to_be_checked()
    press(page, "Ask me ten questions")
    box = page.locator(".practice-question")

    first = asked(page)
    answer(page, 0.5)
    expect(box.locator(".nn-sentence")).to_have_text("Your answer: p = 0.5. How sure are you?")
    assert page.evaluate("(key) => localStorage.getItem(key)", REVIEW) is None, "no verdict yet"
    answer(page, 0.7)
    expect(box.locator(".nn-sentence")).to_contain_text("p = 0.7")
    expect(box.get_by_role("textbox", name="Because")).to_be_focused()
    page.keyboard.type("1 of $n$ <b>")
    page.keyboard.press("Enter")
    expect(box.get_by_role("button", name="Sure", exact=True)).to_be_focused()
    assert axe.findings(page, places=["[data-practice=mixed]"]) == []
    page.keyboard.press("1")
    expect(box.locator(".nn-given")).to_have_text("Because … 1 of $n$ <b>")
    expect(box.locator(".nn-sentence")).to_contain_text("too small")
    expect(box.get_by_role("button", name="Sure", exact=True)).to_have_count(0)
    assert stored(page)["asked"][first["id"]]["sure"] == "sure"
    answer(page, first["right"])
    expect(box.locator(".nn-sentence")).to_contain_text("A product is a sum")

    press(page, "Next question")
    second = asked(page)
    answer(page, second["right"])
    box.get_by_role("button", name="A guess").click()
    expect(box.locator(".nn-given")).to_be_hidden()
    entry = stored(page)["asked"][second["id"]]
    assert (entry["right"], entry["sure"]) == (1, "guess")

    press(page, "Next question")
    third = asked(page)
    answer(page, third["right"])
    press(page, "I do not know")
    expect(box.get_by_role("textbox", name="Because")).to_have_count(0)
    entry = stored(page)["asked"][third["id"]]
    assert entry["wrong"] == 1
    assert "sure" not in entry
    press(page, "Finish here")
    expect(page.locator("[data-practice=mixed]")).to_contain_text(
        "You were sure of 1; wrong among these: 1."
    )
    page.get_by_role("checkbox", name="how sure I am").uncheck()
    press(page, "Ask ten more")
    answer(page, asked(page)["right"])
    expect(box.locator(".nn-sentence")).to_contain_text("A product is a sum")


def take(page, begin, right):
    """Take the self-test of a chapter with double clicks; return the questions."""
    part = page.locator("[data-practice]")
    page.get_by_role("button", name=f"3 Loss functions: {begin} reading").click()
    asked_for = []
    while page.locator(".practice-question").count() == 1:
        one = asked(page)
        asked_for.append((one["id"], one["n"]))
        expect(page.get_by_text("Right")).to_have_count(0)
        if len(asked_for) <= right:
            page.get_by_role("textbox").last.fill(f"{one['right']:g}")
            part.get_by_role("button", name="Answer", exact=True).dblclick()
        else:
            part.get_by_role("button", name="I do not know", exact=True).dblclick()
    return asked_for


def test_a_self_test_before_and_after_shows_what_was_learned(page, address):
    page.goto(address + CHAPTER)
    ways = page.locator(".practice-link a")
    expect(ways).to_have_count(2)  # above the text and below it
    ways.last.click()
    expect(page.get_by_role("button", name="3 Loss functions: After reading")).to_be_focused()
    page.goto(address + CHAPTER)
    ways.first.click()
    expect(page.get_by_role("button", name="3 Loss functions: Before reading")).to_be_focused()
    first = take(page, "Before", 3)
    expect(page.locator(".practice-result")).to_contain_text("3 of 8 right")
    assert page.locator(".practice-question").count() == 0, "no answers yet"
    assert page.evaluate("(key) => localStorage.getItem(key)", REVIEW) is None
    press(page, "Back to the list")
    second = take(page, "After", 7)
    expect(page.locator(".practice-result")).to_have_text("Before 3 of 8, after 7 of 8.")
    expect(page.get_by_text("A difference of four or more of ten is unlikely")).to_be_visible()
    assert len(first) == 8, "a double click moves on by one question"
    assert sorted(name for name, _ in first) == sorted(name for name, _ in second)
    assert not set(first) & set(second), "other numbers"
    assert page.locator(".practice-question").count() == 8
    assert len(stored(page)["asked"]) == 4
    press(page, "Back to the list")
    line = page.locator("[data-chapter=losses]")
    expect(line).to_contain_text("Before: 3 of 8")
    expect(line).to_contain_text("After: 7 of 8")
    with page.expect_download() as download:
        press(page, "Save the results as a file")
    file = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert next(iter(file)) == "about"
    assert file["summary"][0]["after"]["right"] == 7
    assert len(file["tests"][0]["answers"]) == 8
    assert stored(page, TESTS)["tests"] == file["tests"]


FULL = """void (Storage.prototype.setItem = () => {
  throw new DOMException("", "QuotaExceededError");
})"""


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (NO_STORAGE, "does not let the page store anything"),
        (FULL, "storage is full"),
        (f"localStorage.setItem('{REVIEW}', '{{\"v\":1')", "set aside under the name"),
    ],
    ids=["blocked", "full", "corrupt"],
)
def test_a_storage_that_fails_loses_nothing_and_says_so(page, address, damage, said):
    page.goto(address + PAGE)
    page.evaluate(damage)
    press(page, "Ask me ten questions")
    one = asked(page)
    answer(page, one["right"])
    expect(page.locator("[data-practice=mixed] .practice-notice")).to_contain_text(said)
    press(page, "Next question")
    assert asked(page)["id"] != one["id"]
    if damage == NO_STORAGE:
        return
    kept = page.evaluate("Object.entries(localStorage)")
    aside = [text for key, text in kept if key.startswith(f"{REVIEW}:aside:")]
    assert aside == (['{"v":1'] if said.startswith("set") else [])


def test_the_box_works_in_a_file_and_is_not_on_paper(browser, html):
    watcher = Watched(browser, "file://", viewport={"width": 390, "height": 844}, has_touch=True)
    page = watcher.open((html / "zh" / "chapters" / "playground.html").as_uri())
    remember(page, "refresher-square")
    page.reload()
    page.get_by_role("button", name="不知道").tap()
    expect(page.locator(".practice-question .nn-sentence")).to_contain_text("答案：")
    page.emulate_media(media="print")
    expect(page.locator("[data-practice=back]")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto((html / "zh" / "chapters" / "refresher.html").as_uri())
    due = {"right": 0, "wrong": 1, "last": 1, "due": 2, "days": 0, "variant": 0}
    asked = {"refresher-square": due, "refresher-chain": due, "cross_entropy-steps": due}
    for text, count in (
        (json.dumps({"v": 1, "asked": asked}), 2),  # one is asked no more
        (json.dumps({"v": 2, "asked": asked}), 0),
        ('{"v":1,"asked":["', 0),
        ('{"v":1,"asked":{"refresher-chain":7,"refresher-square":null}}', 0),
    ):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [REVIEW, text])
        page.reload()
        waiting = page.locator(".waiting")
        expect(waiting).to_have_text([f"{count}"] if count else [])
        assert page.evaluate("(key) => localStorage.getItem(key)", REVIEW) == text
    page.evaluate("localStorage.clear()")
    watcher.context.close()
    assert watcher.problems == []


def test_without_javascript_the_parts_say_what_they_need(browser, address):
    watcher = Watched(browser, address, java_script_enabled=False)
    page = watcher.open(address + PAGE)
    texts = page.locator("[data-practice] noscript p")
    expect(texts).to_have_text(["A browser with JavaScript asks the questions here."] * 2)
    texts.last.scroll_into_view_if_needed()
    expect(texts.last).to_be_visible()
    watcher.context.close()


@pytest.mark.parametrize("folder", ["", *(f"{key}/" for key in TRANSLATIONS)])
def test_every_question_leads_to_its_section(html, folder):
    text = (html / folder / "_static" / "review.js").read_text(encoding="utf-8")
    questions = json.loads(text.partition("=")[2].removesuffix(";\n"))["questions"]
    assert questions
    for name, question in questions.items():
        page, _, anchor = question["section"].partition("#")
        assert f'id="{anchor}"' in (html / folder / page).read_text(encoding="utf-8"), name
        assert question["title"].strip("$\\"), name
        assert "$" not in question["title"], name
