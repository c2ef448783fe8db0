"""Highlights and notes: words of the text that a reader marks, in whatever the text becomes."""

import json

import axe
import pytest
from browsing import PREFERENCES, Watched, box_of, reload, until
from playwright.sync_api import expect

CHAPTER = "chapters/losses.html"
KEY = "nnlib-book:marks"
FIRST = "section:has(> #sec-losses-what) > p:nth-of-type(1)"
TERM = f"{FIRST} a.term"
SECOND = "section:has(> #sec-losses-what) > p:nth-of-type(2)"
# Select a part of a paragraph, from a letter of its first text to one of a text after a formula.
SELECT = """([paragraph, from, length]) => {
  const walker = document.createTreeWalker(document.querySelector(paragraph), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const isFormula = (text) => text.parentElement.closest("math") !== null;
  const after = texts.slice(texts.findIndex(isFormula));
  const last = after.find((text) => !isFormula(text) && text.data.length > length);
  texts[0].parentElement.scrollIntoView({ block: "center" });
  getSelection().setBaseAndExtent(texts[0], from, last, length);
}"""
# What a paragraph would be without any marks.
CONTENT = """(paragraph) => {
  const copy = document.querySelector(paragraph).cloneNode(true);
  for (const ref of copy.querySelectorAll(".kept-ref")) ref.remove();
  for (const mark of copy.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  return copy.innerHTML;
}"""


@pytest.fixture(scope="module")
def reader(browser, address):
    watcher = Watched(browser, address)
    watcher.open(address + CHAPTER)
    yield watcher
    assert watcher.problems == []
    watcher.context.close()


@pytest.fixture
def page(reader, address):
    """Return the chapter with nothing marked."""
    reader.page.goto(address + CHAPTER)
    reader.page.evaluate("localStorage.clear()")
    reload(reader.page)
    return reader.page


def bar(page, name):
    """Return a button of the bar."""
    return page.locator(f'.kept-bar [data-name="{name}"]')


def mark(page, paragraph, note=None):
    """Select a part of a paragraph, and mark it."""
    page.keyboard.press("Escape")
    page.evaluate(SELECT, [paragraph, 1, 20])
    bar(page, "note" if note else "highlight").click()
    if note:
        page.keyboard.type(note)
        bar(page, "save").click()
    expect(bar(page, "undo")).to_be_focused()


def kept(page):
    """Return what is stored and was not deleted."""
    marks = json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY) or '{"marks":{}}')
    return [one for one in marks["marks"].values() if "gone" not in one]


def test_words_are_marked_changed_and_given_back_by_keys(page, reader):
    before = page.evaluate(CONTENT, FIRST)
    assert not [url for url in reader.requested if "marks" in url], "at rest nothing is loaded"
    page.evaluate(SELECT, [FIRST, 2, 20])
    expect(page.locator(".kept-bar")).to_be_visible()
    expect(page.locator(".unseen[role=status]").last).to_have_text("Highlight or note: press Tab.")
    page.keyboard.press("Tab")
    expect(bar(page, "highlight")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"{FIRST} mark.kept math").first).to_be_visible()
    assert page.locator(f"{FIRST} a.term mark, {FIRST} mark a.term").count() > 0, "a term stays one"
    assert page.evaluate(CONTENT, FIRST) == before
    (one,) = kept(page)
    assert one["page"] == "losses"
    assert one["section"] == "sec-losses-what"
    assert "$\\hat y$" in one["exact"]
    page.keyboard.press("Enter")  # undo
    expect(page.locator("mark.kept")).to_have_count(0)
    assert page.locator(FIRST).evaluate("(paragraph) => paragraph.innerHTML") == before
    assert kept(page) == []

    mark(page, FIRST, "Why?")
    mark(page, SECOND)
    page.keyboard.press("Escape")
    page.evaluate("(of) => getSelection().selectAllChildren(document.querySelector(of))", TERM)
    bar(page, "note").click()
    page.keyboard.type("A word.")
    bar(page, "save").click()
    expect(page.locator(".kept-ref")).to_have_count(2)
    expect(page.locator("a .kept-ref")).to_have_count(0)
    reload(page)
    expect(page.locator(f"{SECOND} mark.kept").first).to_be_visible()
    expect(page.get_by_role("button", name="Note 2: A word.")).to_be_visible()
    ref = page.get_by_role("button", name="Note 1: Why?")
    ref.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".kept-bar .kept-note")).to_have_text("Why?")
    bar(page, "edit").click()
    page.keyboard.press("End")
    page.keyboard.type(" And how?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Note 1: Why? And how?")).to_be_visible()
    fold = page.locator(".kept-marks")
    fold.locator("summary").click()
    expect(fold.locator("li")).to_have_count(3)
    expect(fold.locator("li math").first).to_be_visible()
    assert axe.whole_page(page) == []
    fold.locator("[data-name=delete]").last.click()
    expect(fold.locator("li")).to_have_count(2)
    bar(page, "undo").click()
    expect(fold.locator("li")).to_have_count(3)
    assert {one.get("note") for one in kept(page)} == {"Why? And how?", "A word.", None}
    page.goto(f'{page.url.partition("#")[0]}#mark-"]')  # an address that names nothing
    reload(page)


def test_a_new_version_of_the_page_keeps_the_marks(page):
    mark(page, FIRST, "Why?")
    mark(page, SECOND)

    def newer(route):
        text = route.fetch().text()
        start = text.index('id="sec-losses-what"')
        first, second = text.index("<p>You know one", start), text.index("<p>While a", start)
        changed = text[first:second].replace("You know one", "You have met one")
        assert changed != text[first:second]
        added = "<p>Before that: you know what a residual is.</p>\n"
        after = text.index("</p>", second) + len("</p>")
        route.fulfill(body=text[:first] + added + changed + text[after:], content_type="text/html")

    page.route(f"**/{CHAPTER}", newer)
    reload(page)
    first = FIRST.replace("(1)", "(2)")
    expect(page.locator(f"{first} mark.kept").first).to_contain_text("met one loss")
    expect(page.get_by_role("button", name="Note 1: Why?")).to_be_visible()
    lost = page.locator(".kept-marks li").last
    expect(lost.locator(".kept-changed")).to_have_text("The sentence has changed:")
    assert [one.get("lost", False) for one in kept(page)] == [False, True]
    page.unroute(f"**/{CHAPTER}")
    reload(page)
    expect(page.locator(f"{SECOND} mark.kept").first).to_be_visible()
    assert [one.get("lost", False) for one in kept(page)] == [False, False]


def test_where_i_am_lists_them_and_leads_there(page, address):
    mark(page, FIRST, "Why?")
    page.goto(address + "chapters/progress.html")
    place = page.locator("#reading-marks")
    expect(place.get_by_role("heading", name="3 Loss functions")).to_be_visible()
    expect(place.locator(".kept-note")).to_have_text("Why?")
    expect(place.get_by_role("link")).to_contain_text("compares each prediction ŷ")
    place.locator("[data-name=delete]").click()
    expect(place).to_contain_text("Select words in the text")
    place.locator("[data-name=undo]").click()
    page.locator("[data-name=forget]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("highlights and notes: 1")
    page.keyboard.press("Escape")
    place.get_by_role("link").click()
    expect(page.locator("mark.kept:target")).to_be_in_viewport()
    assert box_of(page.locator("mark.kept:target"))["y"] > 60, "below the bar"

    page.goto(address + "zh/chapters/progress.html")
    expect(place.get_by_role("link")).to_contain_text("compares each prediction")
    assert place.get_by_role("link").get_attribute("href").startswith(address + CHAPTER + "#mark-")
    page.locator("[data-name=forget]").click()
    page.locator("[data-name=forget_yes]").click()
    page.wait_for_function("(key) => localStorage.getItem(key) === null", arg=KEY)


def test_what_cannot_be_kept_is_said(page):
    page.evaluate(SELECT, [FIRST, 1, 20])
    bar(page, "note").click()
    page.evaluate("""() => {
      Storage.prototype.setItem = () => { throw new DOMException("", "QuotaExceededError"); };
    }""")
    bar(page, "save").click()
    expect(page.locator(".kept-bar")).to_contain_text("storage is full")
    expect(page.locator("mark.kept")).to_have_count(0)
    page.keyboard.press("Escape")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    bar(page, "highlight").click()
    expect(page.locator(".kept-bar")).to_contain_text("too long")


def test_a_finger_on_a_file_in_chinese_then_paper_and_forced_colors(browser, html):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    watcher = Watched(browser, "file://", **phone)
    page = watcher.open((html / "zh" / CHAPTER).as_uri())
    page.evaluate(SELECT, [FIRST, 1, 5])
    bar(page, "note").tap()
    page.keyboard.type("为什么？")
    bar(page, "save").tap()
    bar(page, "close").tap()
    page.get_by_role("button", name="笔记 1：为什么？").tap()
    expect(page.locator(".kept-bar .kept-note")).to_have_text("为什么？")
    box = box_of(page.locator(".kept-bar"))
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator(".kept-bar [data-name=close]").tap()
    page.locator("mark.kept").first.tap()
    expect(page.locator(".kept-bar .kept-note")).to_be_visible()

    page.emulate_media(**PREFERENCES | {"media": "print"})
    expect(page.locator(".kept-bar")).to_be_hidden()
    expect(page.locator(".kept-marks .kept-note")).to_be_visible()
    expect(page.locator("mark.kept").first).to_have_css("print-color-adjust", "exact")
    page.emulate_media(**PREFERENCES | {"forced_colors": "active"})
    probe = """() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.cssText = "forced-color-adjust: none; background: Mark";
      return getComputedStyle(probe).backgroundColor;
    }"""
    expected = page.evaluate(probe)
    expect(page.locator("mark.kept").first).to_have_css("background-color", expected)
    until(page, "document.querySelectorAll('mark.kept').length > 0")
    assert watcher.problems == []
    watcher.context.close()
