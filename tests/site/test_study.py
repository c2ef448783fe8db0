"""A study: consent, silent questions, a file that is handed in; its questions are in no page."""

import json
import re
from pathlib import Path

import axe
import pytest
from browsing import Watched, reload
from playwright.sync_api import expect
from study_forms import COUNT, files
from test_hard_conditions import NO_STORAGE

PAGE = "chapters/practice.html"
KEY = "study-of-nnlib-book"
FIRST_A, FIRST_B = "K7-PMT", "K7-QMD"
FILES = files()
FULL = """Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); }"""


@pytest.fixture
def study(browser, request):
    """Return a function that opens a page of a study, served or as a file."""
    opened = []

    def open_study(start, query, *, beside="", script="", **options):
        origin = "file://" if start.startswith("file:") else start
        watcher = Watched(browser, origin, **options)
        opened.append(watcher)
        if beside:
            watcher.page.route("**/study/forms.json", lambda route: route.fulfill(body=beside))
        if script:
            watcher.page.add_init_script(script)
        return watcher.open(f"{start}{PAGE}?{query}")

    yield open_study
    for watcher in opened:
        watcher.context.close()
    assert [problem for watcher in opened for problem in watcher.problems] == []


def press(page, name):
    """Press a button of the study."""
    page.locator(".study").get_by_role("button", name=name, exact=True).click()


def saved(page, name="Save my answers as a file"):
    """Save the file; return its name and what is in it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    return download.value.suggested_filename, json.loads(text)


def choose(page, name, content, button):
    """Choose a file in the browser's dialog."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=button).click()
    file = {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    chooser.value.set_files(file)


def stored(page):
    """Return what this browser keeps of the study."""
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY) or "{}")


def test_a_study_from_the_code_to_the_file(study, address):
    page = study(address, "study", beside=FILES["forms.json"])
    expect(page.get_by_role("heading", name="Mixed practice")).to_be_hidden()
    expect(page.get_by_role("heading", name="Who answers, and when?")).to_be_focused()
    code = page.get_by_role("textbox", name="Your code")
    page.get_by_role("radio", name="before the course").check()
    code.fill("K7-PM2")
    press(page, "Go on")
    expect(code).to_be_focused()
    expect(code).to_have_accessible_description(re.compile("This is not a code"))
    assert axe.findings(page, places=[".study"]) == []
    code.fill("k7pmt")
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Do you take part?")).to_be_focused()
    assert page.url.endswith(f"?study={FIRST_A}&phase=pre")
    assert axe.findings(page, places=[".study"]) == []
    press(page, "I do not take part")
    expect(page.get_by_text("nothing is stored")).to_be_visible()
    assert stored(page) == {}
    press(page, "Back")
    press(page, "I take part")

    box = page.get_by_role("group", name="Question 1 of 3 Which one fits w1 = 1 ?")
    expect(box).to_be_focused()
    press(page, "Next question")
    expect(page.get_by_text("Choose an answer first")).to_be_visible()
    answers = box.get_by_role("group", name="Your answer")
    answers.get_by_role("radio", name="option 1r").check()
    press(page, "Next question")
    expect(page.get_by_text("Say how sure you are.")).to_be_visible()
    expect(box.get_by_role("radio", name="Sure", exact=True)).to_be_focused()
    box.get_by_role("radio", name="Rather sure").check()
    page.get_by_role("button", name="Next question").dblclick()
    expect(page.get_by_role("group", name="Question 2 of 3")).to_be_visible()
    expect(page.get_by_text("Choose an answer first")).to_have_count(0)
    reload(page)
    box = page.get_by_role("group", name="Question 2 of 3 Which")
    expect(box.locator(".nn-code")).to_contain_text("g = slopes(loss)")
    assert axe.findings(page, places=[".study"]) == []
    edition = page.get_by_role("banner").get_by_role("link", name="中文")
    assert edition.get_attribute("href").endswith(f"practice.html?study={FIRST_A}&phase=pre")
    box.get_by_role("radio", name="option 2p").check()
    box.get_by_role("radio", name="A guess").check()
    press(page, "Next question")
    box = page.get_by_role("group", name="Question 3 of 3 Which")
    expect(box.get_by_role("img", name="Four lines, ever steeper.")).to_be_visible()
    assert box.locator(".nn-picture path").count() >= 4
    assert axe.findings(page, places=[".study"]) == []
    box.get_by_role("radio", name="Picture 4").check()
    box.get_by_role("radio", name="Sure", exact=True).check()
    press(page, "Finish")
    expect(page.get_by_role("heading", name="That was the last question")).to_be_focused()
    expect(page.locator(".study")).to_contain_text("you need it again after the course")

    name, file = saved(page)
    assert name == "study-K7-PMT-pre.json"
    assert all(one.pop("ms") >= 0 for one in file["items"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", file.pop("started"))
    assert file == {
        "kind": "nnlib-book-study",
        "v": 1,
        "code": FIRST_A,
        "phase": "pre",
        "form": "A",
        "language": "en",
        "items": [
            {"id": "A01", "answer": 2, "right": None, "sure": "rather"},
            {"id": "A02", "answer": 0, "right": None, "sure": "guess"},
            {"id": "A03", "answer": 3, "right": None, "sure": "sure"},
        ],
        "dose": {"minutes": 0, "predictions": 0, "exercises": 0, "review": 0},
    }
    assert "Which one fits" not in json.dumps(page.evaluate("[localStorage, sessionStorage]"))
    reload(page)
    expect(page.get_by_role("heading", name="That was the last question")).to_be_visible()
    page.locator("summary", has_text="Withdraw").click()
    press(page, "Delete my answers from this browser")
    assert stored(page)["sessions"] == []


def test_with_keys_alone_from_a_file(study, html):
    page = study((html / "zh").as_uri() + "/", f"study={FIRST_A}&phase=post")
    page.get_by_role("button", name="我参加").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="题目")).to_be_focused()
    for name, said in (("keys.json", "正确答案"), ("released.json", "别的文件")):
        choose(page, name, FILES[name], "选择题目文件")
        expect(page.locator(".study-missing")).to_contain_text(said)
    page.locator(".study-drop").evaluate(
        """(zone, text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "forms.json", { type: "application/json" }));
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
        }""",
        FILES["forms.json"],
    )
    expect(page.get_by_role("group", name="第 1 题，共 3 题")).to_be_focused()
    for keys in ("Enter", "b", "1"):
        page.keyboard.press(keys)
    expect(page.get_by_role("radio", name="选项 1q")).to_be_checked()
    page.keyboard.press("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="第 2 题，共 3 题")).to_be_focused()
    reload(page)  # the questions are still in this tab
    box = page.get_by_role("group", name="第 2 题，共 3 题")
    expect(box).to_be_focused()
    for keys in ("d", "2", "Enter", "C", "1", "Enter"):
        page.keyboard.press(keys)
    expect(page.get_by_role("heading", name="题目已全部答完")).to_be_focused()
    name, file = saved(page, "把我的回答存成文件")
    assert name == "study-K7-PMT-post.json"
    assert (file["form"], file["language"]) == ("B", "zh")
    found = [(one["id"], one["answer"], one["sure"]) for one in file["items"]]
    assert found == [("B01", 1, "guess"), ("B02", 3, "rather"), ("B03", 2, "sure")]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (NO_STORAGE, "does not let the page store anything"),
        (FULL, "storage is full"),
        (
            f"localStorage.getItem('x') ?? (localStorage.setItem('x', 1), "
            f"localStorage.setItem('{KEY}', '{{\"v\":1'))",
            "set aside under the name",
        ),
    ],
    ids=["blocked", "full", "corrupt"],
)
def test_no_storage_loses_an_answer(study, address, damage, said):
    query = f"study={FIRST_B}&phase=delayed"
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    page = study(address, query, beside=FILES["forms.json"], script=damage, **options)
    page.get_by_role("button", name="I take part").tap()
    for number in (1, 2):
        box = page.get_by_role("group", name=f"Question {number} of 3")
        box.get_by_text(f"option {number}s").tap()
        box.get_by_text("Rather sure").tap()
        page.get_by_role("button", name="Next question").tap()
    expect(page.locator(".study-notice")).to_contain_text(said)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if said.startswith("set"):
        return
    leave = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert not page.evaluate(leave), "the browser asks first"
    name, file = saved(page)
    assert page.evaluate(leave)
    assert name == "study-K7-QMD-delayed.json"
    assert [one["id"] for one in file["items"]] == ["B01", "B02"]
    assert (file["dose"] is None) == (damage == NO_STORAGE)
    other = study(address, "study", beside=FILES["forms.json"])
    other.locator("summary", has_text="began elsewhere").click()
    choose(other, "broken.json", json.dumps(file)[:-9], "Choose my file")
    expect(other.locator(".study-drop")).to_contain_text("cannot be read")
    choose(other, name, json.dumps(file), "Choose my file")
    box = other.get_by_role("group", name="Question 3 of 3")
    expect(box).to_be_visible()
    press(other, "Stop here")
    expect(other.get_by_role("heading", name="You have answered 2 of 3")).to_be_focused()
    press(other, "Go on")
    expect(box).to_be_focused()
    for keys in ("a", "1", "Enter"):
        other.keyboard.press(keys)
    expect(other.locator(".study")).to_contain_text("can now show you the answers")
    assert [one["id"] for one in saved(other)[1]["items"]] == ["B01", "B02", "B03"]


def test_without_a_file_beside_the_site_the_page_asks_for_one(study, browser, address):
    watcher = Watched(browser, address)
    page = watcher.open(f"{address}{PAGE}?study={FIRST_B}&phase=pre")
    press(page, "I take part")
    expect(page.get_by_role("heading", name="The questions")).to_be_focused()
    choose(page, "forms.json", FILES["forms.json"], "Choose the file with the questions")
    page.get_by_role("radio", name="option 1p").check()
    page.get_by_role("radio", name="A guess").check()
    press(page, "Next question")
    page.evaluate("sessionStorage.clear()")
    reload(page)
    other = FILES["forms.json"].replace("B01", "B91")
    choose(page, "forms.json", other, "Choose the file with the questions")
    expect(page.locator(".study")).to_contain_text("You began with other questions")
    assert [one["id"] for one in saved(page)[1]["items"]] == ["B01"]
    watcher.context.close()
    assert watcher.problems
    assert all("404" in problem for problem in watcher.problems)


def test_a_sheet_of_codes_to_print(study, address):
    page = study(address, "codes=12")
    codes = page.get_by_role("list", name="Codes for a study").locator("strong").all_inner_texts()
    assert len({*codes}) == 12
    assert len({code[:2] for code in codes}) == 1
    assert axe.findings(page, places=[".study"]) == []
    page.get_by_role("spinbutton", name="How many codes").fill("6")
    press(page, "Make new codes")
    cards = page.locator(".study-cards li")
    expect(cards).to_have_count(6)
    page.emulate_media(media="print")
    expect(cards.first).to_be_visible()
    expect(cards.first).to_contain_text("practice.html?study")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto(f"{address}{PAGE}?study={codes[0]}")
    page.get_by_role("radio", name="after the course").check()
    press(page, "Go on")
    expect(page.get_by_role("heading", name="Do you take part?")).to_be_visible()


def test_nothing_of_a_study_comes_with_other_pages(watched, address):
    requested = []
    page = watched(address + "404.html")
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address + PAGE)
    expect(page.get_by_role("button", name="Ask me ten questions")).to_be_visible()
    assert [url for url in requested if "practice/" in url]
    assert [url for url in requested if "study" in url or "progress-book" in url] == []


def test_the_site_has_no_question_of_a_study(html):
    assert COUNT
    assert list(html.rglob("forms.json")) == []
    assert list(html.rglob("keys.json")) == []
