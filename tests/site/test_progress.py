"""Reading leaves a record: ticks, the way back to where one stopped, one file, a class added up."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from browsing import Watched, box_of, reload, until
from playwright.sync_api import expect

from nnbook.study import SimulatedClass, joined, write_table

CHAPTER = "chapters/softmax.html"
SECTION = "only-differences-count"
PLACE = {"page": "losses", "id": "a", "number": "3.1", "title": "", "lang": "en", "at": 1}
# The clock of the record runs a hundred times as fast: each look, at two seconds, is a hundredth.
HASTE = """{
  const interval = setInterval;
  globalThis.setInterval = (look, time) => interval(look, time === 2000 ? 20 : time);
}"""
# With all parts of the sections: those of the one that is being read are listed by themselves.
CONTENTS = """() => {
  const whole = new CSSStyleSheet();
  whole.replaceSync(".page-contents > ul > li > ul > li > ul { display: block !important; }");
  document.adoptedStyleSheets.push(whole);
  const places = [...document.querySelectorAll(".contents a, .page-contents a")].map((link) => {
    const { left, top, width } = link.getBoundingClientRect();
    return [left, top + link.closest("nav").scrollTop, width];
  });
  document.adoptedStyleSheets.pop();
  return places;
}"""
STORED = """() => Object.fromEntries(
  Object.entries(localStorage).filter(([key]) => key.startsWith("nnlib")),
)"""
# What lies at the upper edge of the text.
BLOCK = """() => {
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const all = [...document.querySelectorAll("article :is(p, h2, h3)")];
  return all.find((block) => block.getBoundingClientRect().top >= bar).textContent;
}"""
ASKED = {"right": 0, "wrong": 1, "last": 1, "due": 2, "days": 0, "variant": 0}
RECORD = {
    "nnlib-book:read": {"v": 1, "read": {"softmax#only-differences-count": 1, "losses#gone": 2}},
    "nnlib.predict.softmax-shift": {"tries": ["same"]},
    "nnlib.predict.softmax-first": {"tries": ["half", "two_thirds"]},
    "nnlib.predict.softmax-step": {"shown": True},
    "nnlib.solved": {"softmax-ratios": 1, "softmax-base": 0},
    "nnlib.work.en/chapters/softmax": {
        "forgotten": 0,
        "cells": {"answer-base": {"code": "1 < 2\n", "at": 1}},
        "tries": {},
    },
    "nnlib-book:review": {"v": 1, "asked": {"softmax-step": ASKED}},
    "nnlib-book:scheme": "light",
}


@pytest.fixture(scope="module")
def reader(browser, address):
    """Return a page of a reader in a hurry, for all that happens when one reads."""
    watcher = Watched(browser, address, accept_downloads=True)
    watcher.context.add_init_script(HASTE)
    watcher.address = address
    yield watcher
    watcher.context.close()
    assert watcher.problems == []


@pytest.fixture
def progress(reader):
    """Return the page "Where I am" with a record in the storage."""
    page = reader.open(reader.address + "chapters/progress.html")
    put(page, RECORD)
    reload(page)
    return page


def put(page, record):
    """Store a record, and nothing else."""
    page.evaluate("localStorage.clear()")
    for key, data in record.items():
        text = data if isinstance(data, str) else json.dumps(data, separators=(",", ":"))
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def line_of(page, chapter="softmax"):
    """Return the line of a chapter."""
    return page.locator(f'.reading-line[data-chapter="{chapter}"] > summary')


def a_file(record, name="mine.json", saved=""):
    """Describe a file as the browser hands it over."""
    whole = {"about": "", "format": "nnlib-book-record", "version": 1, "data": record}
    whole["saved"] = saved
    return {"name": name, "mimeType": "application/json", "buffer": json.dumps(whole).encode()}


def bring(page, file):
    """Choose a file to be imported."""
    with page.expect_file_chooser() as chooser:
        page.locator("[data-name=import]").click()
    chooser.value.set_files(file)


def test_reading_leaves_ticks_and_the_way_back(reader):
    page = reader.open(reader.address + CHAPTER)
    page.evaluate("localStorage.clear()")
    before = page.evaluate(CONTENTS)
    end = "section.scrollIntoView({ block: 'end', behavior: 'instant' })"
    page.locator(f"#{SECTION}").evaluate(f"(section) => {end}")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, 40)
    until(page, f"localStorage.getItem('nnlib-book:read')?.includes('softmax#{SECTION}')")
    until(page, "JSON.parse(localStorage.getItem('nnlib-book:read')).place")
    read = page.evaluate("JSON.parse(localStorage.getItem('nnlib-book:read')).read")
    assert f"softmax#{SECTION}" in read
    assert "softmax#summary" not in read
    link = page.locator(f".page-contents li:has(> a[href='#{SECTION}'])")
    expect(link.get_by_role("img", name="read", exact=True)).to_be_visible()
    ring = page.locator(".contents .ring")
    expect(ring).to_have_count(1)
    label = ring.get_attribute("aria-label")
    assert label.endswith(" read, 0 of 5 predictions answered, 0 of 3 exercises solved")
    assert page.evaluate(CONTENTS) == before, "the ticks moved the contents"

    block = page.evaluate(BLOCK)
    number = page.evaluate("JSON.parse(localStorage.getItem('nnlib-book:read')).place.number")
    page.goto(reader.address + "zh/intro.html")
    expect(page.locator("article .continue")).to_have_text(f"接着读：{number} SoftMax")
    page.goto(reader.address + "chapters/losses.html")
    expect(page.locator(".contents .continue")).to_contain_text(f"Continue: {number} ")
    page.goto(reader.address + "intro.html")
    top = page.locator("article h2").first.evaluate(
        "(heading) => heading.getBoundingClientRect().top"
    )
    box = box_of(page.locator("article .continue"))
    assert box["y"] + box["height"] <= top
    page.locator("article .continue").press("Enter")
    page.wait_for_url("**/softmax.html#*")
    page.wait_for_load_state()
    until(page, "scrollY > 500")
    for _ in range(3):
        page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    assert page.evaluate(BLOCK) == block


PLACE_OF = "JSON.parse(localStorage.getItem('nnlib-book:read')).place?.page"


def test_a_look_at_the_first_page_or_the_reminder_leaves_the_place(reader):
    page = reader.open(reader.address + "chapters/progress.html")
    for before, path, after in (
        (PLACE, "chapters/refresher.html", "losses"),
        (PLACE, "intro.html", "losses"),
        (PLACE, CHAPTER, "softmax"),
        (None, "chapters/refresher.html", "refresher"),
    ):
        put(page, {"nnlib-book:read": {"v": 1, "read": {}} | ({"place": before} if before else {})})
        page.goto(reader.address + path)
        page.mouse.move(400, 400)
        page.mouse.wheel(0, 400)
        until(page, "history.state?.place")
        if before and after == before["page"]:
            until(page, "(window.frames_ = (window.frames_ ?? 0) + 1) > 100")
        until(page, f"{PLACE_OF} === {after!r}")


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ({"page": "refresher", "number": "", "title": "Exercises"}, "A reminder: derivatives"),
        ({"page": "networks", "number": "1", "title": "Neural networks"}, "1 Neural networks"),
    ],
)
def test_the_label_has_a_name_and_room(reader, place, name):
    reader.surround(viewport={"width": 1366, "height": 768})
    page = reader.open(reader.address + "chapters/losses.html")
    put(page, {"nnlib-book:read": {"v": 1, "read": {}, "place": PLACE | place}})
    reload(page)
    label = page.locator(".contents .continue")
    expect(label).to_contain_text(f"Continue: {name}")
    above, below = (
        box_of(page.locator(f".contents {each}"))
        for each in (".first li:first-child > a", ".first ~ * a >> nth=0")
    )
    box = box_of(label)
    assert above["y"] + above["height"] <= box["y"]
    assert box["y"] + box["height"] <= below["y"]
    reader.surround()


def test_the_head_of_the_table_is_not_broken_within_words(progress):
    for width in (1024, 1366):
        progress.set_viewport_size({"width": width, "height": 768})
        broken = progress.evaluate("""() => {
          const wide = (word) => {
            const range = document.createRange();
            range.setStart(word.node, word.start);
            range.setEnd(word.node, word.end);
            return new Set([...range.getClientRects()].map(({ top }) => top)).size;
          };
          return [...document.querySelectorAll(".reading-head span")].flatMap((span) =>
            [...span.textContent.matchAll(/\\S+/g)].map(({ 0: word, index }) => ({
              node: span.firstChild, start: index, end: index + word.length, word,
            })).filter((word) => wide(word) > 1).map(({ word }) => word));
        }""")
        assert broken == []
    progress.set_viewport_size({"width": 1280, "height": 800})


def test_the_record_adds_up_and_can_be_corrected(progress):
    line_of(progress).scroll_into_view_if_needed()  # far from the screen there is no inner text
    expect(line_of(progress)).to_contain_text("1 / 7", use_inner_text=True)
    labels = [
        " ".join(text.split())
        for text in line_of(progress).locator(".reading-number").all_inner_texts()
    ]
    assert labels == [
        "sections read 1 / 7",
        "questions answered 3 / 5",
        "right at first 1",
        "exercises solved 1 / 3",
        "more exercises 0 / 2",
        "to repeat 1",
    ]
    expect(progress.locator("#reading-progress")).to_contain_text(
        re.compile(r"The rest of the path takes \d+–\d+ hours\.")
    )
    line_of(progress).press("Enter")
    left = re.compile(r"The rest of the path takes \d+–\d+ minutes\.")
    expect(progress.locator('.reading-line[data-chapter="softmax"]')).to_contain_text(left)
    box = progress.get_by_role(
        "checkbox", name="Read: 7.1 Softmax: take exponentials, divide by their sum"
    )
    box.press("Space")
    expect(line_of(progress)).to_contain_text("2 / 7")
    expect(box).to_be_focused()
    expect(progress.get_by_role("img", name="prediction right later").first).to_be_visible()
    own = {"v": 1, "parts": {"softmax-own": {"code": "def softmax(Z): ...", "at": 1}}}
    put(progress, {**RECORD, "nnlib-book:own": own})
    reload(progress)
    summed = progress.locator("#reading-progress > .reading-besides")
    expect(summed).to_have_text(
        "Answers in practice: 1, of which 0 right. Parts of your own network: 1."
    )


def test_what_is_due_leads_to_the_practice(progress):
    expect(progress.locator("#reading-progress")).to_contain_text("Questions to repeat now: 1.")
    put(progress, {"nnlib-book:review": RECORD["nnlib-book:review"]})
    reload(progress)
    expect(progress.locator("#reading-progress")).not_to_contain_text("Nothing yet")
    expect(progress.locator("#reading-progress")).to_contain_text("Answers in practice: 1")
    test = {"chapter": "softmax", "when": "after", "right": 7, "of": 10, "answers": []}
    test |= {"date": "2026-01-01T00:00:00.000Z"}
    put(progress, {"nnlib-book:tests": {"v": 1, "about": "", "tests": [test]}})
    reload(progress)
    expect(progress.locator("#reading-progress")).to_contain_text("Self-tests taken: 1.")
    line_of(progress).press("Enter")
    expect(progress.locator(".reading-line[open]")).to_contain_text("after reading: 7 of 10")
    put(progress, {"nnlib-book:review": RECORD["nnlib-book:review"]})
    reload(progress)
    progress.locator("#reading-progress").get_by_role("link", name="Mixed practice").click()
    progress.wait_for_url("**/practice.html#sec-mixed-practice")
    expect(progress.locator("#sec-mixed-practice")).to_be_in_viewport()
    put(progress, {})
    progress.go_back()
    expect(progress.locator("#reading-progress")).to_contain_text("Nothing yet")
    expect(progress.locator("#reading-progress a[href*=practice]")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tick_of_a_solved_exercise_covers_nothing(reader, width):
    page = reader.open(reader.address + CHAPTER)
    page.set_viewport_size({"width": width, "height": 800})
    put(page, RECORD)
    reload(page)
    title = page.locator("#ex-softmax-ratios > .admonition-title")
    expect(title.locator(".live-tick")).to_have_count(1)
    tick, whole = box_of(title.locator(".live-tick")), box_of(title)
    inside = float(title.evaluate("(title) => parseFloat(getComputedStyle(title).paddingRight)"))
    assert 0 < tick["width"] <= inside
    assert tick["x"] >= whole["x"] + whole["width"] - inside - 1
    assert tick["x"] + tick["width"] <= whole["x"] + whole["width"] + 1
    page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.wcag("3.3.4")
def test_export_forget_import_gives_all_back(progress):
    with progress.expect_download() as download:
        progress.locator("[data-name=export]").click()
    stored = progress.evaluate(STORED)
    assert stored["nnlib-book:id"], "a name, so that a class counts a reader once"
    path = download.value.path()
    text = path.read_text(encoding="utf-8")
    assert text.startswith('{\n "about": "What a reader of the book')
    progress.locator("[data-name=forget]").click()
    dialog = progress.get_by_role("dialog", name="Forget everything?")
    expect(dialog).to_contain_text("predictions answered: 3")
    progress.keyboard.press("Escape")
    assert progress.evaluate(STORED) == stored
    progress.locator("[data-name=forget]").click()
    dialog.locator("[data-name=forget_yes]").click()
    expect(progress.locator(".reading-status")).to_have_text("Everything is forgotten.")
    assert progress.evaluate(STORED) == {}
    expect(line_of(progress)).to_have_text("7 SoftMax")

    bring(progress, path)
    progress.get_by_role("dialog").locator("[data-name=replace]").click()
    expect(progress.locator(".reading-status")).to_contain_text("is replaced by the file.")
    back = progress.evaluate(STORED)
    assert back.pop("nnlib-book:backup")
    assert back == stored
    progress.locator("[data-name=undo]").click()
    expect(progress.locator(".reading-status")).to_have_text("All is as it was before the import.")
    assert progress.evaluate(STORED) == {}


def done(lines):
    """Add up what the lines of all chapters say: since then some of it has changed its place."""
    text = " ".join(" ".join(lines).split())
    answered, first, solved, more = (
        sum(map(int, re.findall(rf"{label} (\d+)", text)))
        for label in (
            "questions answered",
            "right at first",
            "exercises solved",
            "(?:second reading|more exercises)",
        )
    )
    return {"answered or for a second reading": answered + more, "first": first, "solved": solved}


def test_a_file_of_version_0_3_says_what_it_said_there(progress, root):
    """It is that of tests/questions/test_records.py."""
    folder = root / "tests" / "questions"
    seen = json.loads((folder / "record_seen.json").read_text("utf-8"))["lines"]
    bring(progress, folder / "record.json")
    progress.get_by_role("dialog").locator("[data-name=replace]").click()
    expect(line_of(progress, "losses")).to_contain_text("4 / 4")
    lines = progress.locator(".reading-line > summary").all_inner_texts()
    once = done(seen)
    once["answered or for a second reading"] -= 13  # of questions that the text asks no more
    once["first"] -= 5
    assert done(lines) == once
    back = progress.evaluate(STORED)
    assert len(json.loads(back["nnlib-book:review"])["asked"]) > 10


@pytest.mark.wcag("3.3.1")
def test_what_does_not_fit_changes_nothing(progress):
    stored = progress.evaluate(STORED)
    bring(progress, {"name": "a.csv", "mimeType": "text/csv", "buffer": b"name,points"})
    status = progress.locator(".reading-status")
    expect(status).to_contain_text(
        "“a.csv” is not a file that was exported here: it begins with “name,"
    )
    progress.evaluate("""() => {
      const setItem = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, text) {
        if (key === "nnlib.predict.softmax-start") throw new DOMException("", "QuotaExceededError");
        setItem.call(this, key, text);
      };
    }""")
    new = {"nnlib-book:scheme": "dark", "nnlib.predict.softmax-start": {"tries": ["far"]}}
    bring(progress, a_file(new))
    progress.get_by_role("dialog").locator("[data-name=merge]").click()
    expect(status).to_have_text("It does not fit into this browser’s storage. Nothing was changed.")
    assert progress.evaluate(STORED) == stored


def test_damaged_data_are_left_alone_and_named(reader, progress):
    for text in ("{damaged", '{"v":0,"read":["softmax"]}'):
        put(progress, RECORD | {"nnlib-book:read": text})
        progress.goto(reader.address + CHAPTER)
        progress.mouse.wheel(0, 600)
        progress.evaluate("new Promise((done) => setTimeout(done, 300))")
        assert progress.evaluate("localStorage.getItem('nnlib-book:read')") == text
        progress.goto(reader.address + "chapters/progress.html")
        expect(progress.locator(".reading-trouble")).to_contain_text("nnlib-book:read is damaged")
        expect(line_of(progress)).to_contain_text("1 / 3")
        progress.get_by_role("button", name="Begin this part anew").click()
        expect(progress.locator(".reading-trouble")).to_be_hidden()
        progress.evaluate("localStorage.setItem('nnlib-book:read', 'damaged again')")
        reload(progress)
        progress.get_by_role("button", name="Begin this part anew").click()
        aside = progress.evaluate("""Object.entries(localStorage)
          .filter(([key]) => key.startsWith("nnlib-book:read:aside"))
          .map(([, text]) => text).sort()""")
        assert aside == sorted([text, "damaged again"])


def test_damaged_data_of_every_kind_are_named_and_set_aside(reader, progress):
    first = "nnlib.predict.softmax-first"
    damaged = {
        "nnlib.solved": '{"losses-mse":17,',
        "nnlib.work.en/chapters/softmax": "[damaged",
        first: '[{"tries":["half"]}]',
        "nnlib.draw.losses-curve": "null",
        "nnlib.steps.losses-product": "{",
        "nnlib.playground.challenges": "{}",
        "nnlib-book:review": '{"v":1',
        "nnlib-book:tests": "5",
    }
    for key in damaged:
        put(progress, {key: damaged[key]})
        reload(progress)
        expect(progress.locator(".reading-trouble")).to_contain_text(f"{key} is damaged")
    put(progress, damaged)
    progress.goto(reader.address + CHAPTER)
    figure = progress.locator('.nn-figure[data-id$=".softmax-first"]')
    figure.scroll_into_view_if_needed()
    figure.locator("button[value=half]").click()
    assert progress.evaluate(STORED)[first] == '{"tries":["half"]}'
    progress.goto(reader.address + "chapters/progress.html")
    progress.get_by_role("button", name="Begin this part anew").click()
    expect(progress.locator(".reading-trouble")).to_be_hidden()
    stored = progress.evaluate(STORED)
    aside = {key.split(":aside:")[0]: text for key, text in stored.items() if ":aside:" in key}
    assert aside == damaged
    assert first in stored


def test_a_strange_name_among_solved_exercises_ends_nothing(reader):
    page = reader.open(reader.address + CHAPTER)
    put(page, RECORD | {"nnlib.solved": {'x"y': 1, "softmax-ratios": 1}})
    reload(page)
    expect(page.locator(".contents .ring").first).to_be_attached()


def test_thousands_of_strange_entries_are_told_in_a_line(progress):
    progress.evaluate("""() => {
      for (let at = 0; at < 5000; at += 1) localStorage.setItem(`nnlib.predict.x-${at}`, "odd");
      for (let at = 0; at < 5000; at += 1) localStorage.setItem(`nnlib.strange-${at}`, "1");
    }""")
    reload(progress)
    trouble = progress.locator(".reading-trouble")
    expect(trouble).to_contain_text(re.compile(r"nnlib\.predict\.x-\d+ \(\+ 4997\) is damaged"))
    expect(line_of(progress)).to_contain_text("1 / 7")
    put(progress, RECORD)
    deep = "[" * 20_000 + "]" * 20_000
    text = f'{{"format": "nnlib-book-record", "version": 1, "data": {{"nnlib.solved": {deep}}}}}'
    bring(progress, {"name": "d.json", "mimeType": "application/json", "buffer": text.encode()})
    expect(progress.locator(".reading-status")).to_contain_text("lists in lists, 20002 deep")
    bring(progress, a_file({"nnlib.word": "1", "nnlib.solved": {"softmax-ratios": 2}}))
    dialog = progress.get_by_role("dialog")
    expect(dialog).to_contain_text("not the book’s, and are left out: 1.")
    dialog.locator("[data-name=replace]").click()
    expect(progress.locator(".reading-status")).to_contain_text("is replaced by the file.")
    assert "nnlib.word" not in progress.evaluate(STORED)


WHOLE = """() => Object.fromEntries(document.querySelector("meta[name=book-exercises]").content
  .split(" ").map((entry) => entry.split(":")).filter(([chapter]) => chapter === "softmax")
  .flatMap(([chapter, , predictions, exercises]) => [
    ...predictions.split(",").map((name) => [`nnlib.predict.${chapter}-${name}`, '{"shown":true}']),
    ["nnlib.solved", JSON.stringify(
      Object.fromEntries(exercises.split(",").map((name) => [`${chapter}-${name}`, 1])))],
  ]))"""


def test_the_ring_follows_what_one_does_and_a_path_has_an_end(reader):
    page = reader.open(reader.address + CHAPTER)
    whole = page.evaluate(WHOLE)
    links = page.locator(
        ".page-contents > ul > li > ul > li > a[data-minutes]:not([data-layer])"
    ).evaluate_all("(links) => links.map(({ hash }) => hash.slice(1))")
    read = {"v": 1, "read": {f"softmax#{anchor}": 1 for anchor in links}}
    first = "nnlib.predict.softmax-first"
    put(
        page, {key: text for key, text in whole.items() if key != first} | {"nnlib-book:read": read}
    )
    reload(page)
    ring = page.locator(".contents .ring")
    expect(ring).to_have_attribute("aria-label", re.compile("4 of 5 predictions answered"))
    expect(ring).to_have_text("")
    expect(page.locator(".path-done")).to_have_count(0)
    figure = page.locator('.nn-figure[data-id$=".softmax-first"]')
    figure.scroll_into_view_if_needed()
    figure.locator("button[value=half]").click()
    expect(ring).to_have_attribute("aria-label", re.compile("5 of 5 predictions answered"))
    expect(ring).to_have_text("✓")
    expect(page.locator(".path-done")).to_contain_text("The path of this chapter is done")
    page.goto(reader.address + "chapters/progress.html")
    line_of(page).press("Enter")
    expect(page.locator(".reading-line[open]")).to_contain_text("Well done.")


class Folds(HTMLParser):
    """Note what a page asks inside something that folds."""

    def __init__(self):
        super().__init__()
        self.open, self.folded, self.seen = [], set(), set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        kept = re.search(r'"remember": ?"\w+\.([\w-]+)"', attrs.get("data-state", ""))
        exercise = re.match(r"ex-[\w-]+", attrs.get("id") or "")
        for name in filter(None, (kept and kept[1], exercise and exercise[0])):
            self.seen.add(name)
            if self.open:
                self.folded.add(name)
        if tag == "details":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag == "details":
            self.open.pop()


def test_what_the_path_asks_is_nowhere_folded_away(html):
    (script,) = (html / "_static").glob("progress-book*.js")
    text = script.read_text(encoding="utf-8")
    for chapter in json.loads(text[text.index("{") : text.rindex("}") + 1])["chapters"]:
        page = Folds()
        page.feed((html / chapter["page"]).read_text(encoding="utf-8"))
        asked = {name: one for kind in chapter["asked"].values() for name, one in kind.items()}
        for name, one in chapter["exercises"].items():
            asked[f"ex-{name}".replace("_", "-")] = one
        assert page.seen >= asked.keys()
        assert {name for name, one in asked.items() if not one["more"]} & page.folded == set()


def test_to_look_something_up_does_not_move_the_bookmark(reader):
    page = reader.open(reader.address + "404.html")
    put(page, {"nnlib-book:read": {"v": 1, "read": {}, "place": PLACE}})
    page.goto(f"{reader.address}{CHAPTER}#{SECTION}")
    stored = "JSON.parse(localStorage.getItem('nnlib-book:read'))"
    page.mouse.move(400, 400)

    def read_until(anchor, condition):
        scroll = f"document.getElementById('{anchor}').scrollIntoView({{ block: 'end' }})"
        page.mouse.wheel(0, 40)
        until(page, f"({scroll}, {condition})")

    read_until(SECTION, f"{stored}.read['softmax#{SECTION}']")
    page.evaluate("new Promise((done) => setTimeout(done, 400))")  # twenty looks
    assert page.evaluate(f"{stored}.place.page") == "losses"
    read_until(
        "a-low-temperature-sharpens-a-high-one-evens-out", f"{stored}.place.page === 'softmax'"
    )


@pytest.mark.parametrize("served", [True, False], ids=["served on a laptop", "file on a phone"])
def test_the_short_way_leads_from_stop_to_stop(browser, address, html, served):
    root = address if served else f"{html.as_uri()}/"
    size = {"width": 1280, "height": 800} if served else {"width": 390, "height": 844}
    watcher = Watched(browser, address if served else "file://", viewport=size)
    watcher.context.add_init_script(HASTE)
    page = watcher.open(root + "intro.html")
    put(page, {"nnlib-book:read": {"v": 1, "read": {}, "place": PLACE}})
    bar = page.locator(".way:not([hidden])")
    stops = page.locator(".stops > li")
    count = stops.count()
    assert stops.locator(".facts").all_inner_texts()
    expect(bar).to_have_count(0)

    stops.nth(0).get_by_role("link").click()  # on the same page
    expect(bar).to_contain_text(f"Stop 1 of {count} · ")
    bar.get_by_role("link", name="Next:").click()
    expect(bar).to_contain_text(f"Stop 2 of {count} · ")
    expect(page.locator(":target")).to_be_in_viewport()
    until(page, "history.state?.place")  # nothing moves any more
    record = page.evaluate(
        "JSON.parse(localStorage.getItem('nnlib-book:read'))"
    )  # the bookmark has stayed
    assert record["place"] == PLACE
    ticks = stops.get_by_role("img", name="read", exact=True)
    expect(ticks).to_have_count(1)
    page.locator("section:has(> #sec-goal)").evaluate("end => end.scrollIntoView(false)")
    expect(ticks).to_have_count(2)  # who reads to the end of a stop has reached it
    bar.get_by_role("link", name="Next:").press("Enter")
    expect(bar).to_contain_text(f"Stop 3 of {count} · ")
    page.locator("a.edition").first.click()
    expect(bar).to_contain_text(f"第 3 站，共 {count} 站")
    page.go_back()
    page.go_back()
    until(page, "history.state?.place")
    before = box_of(page.locator("h1"))
    bar.get_by_role("button", name="Leave the short way").click()
    expect(bar).to_have_count(0)
    assert box_of(page.locator("h1")) == before, "the bar moved something"
    assert "way" not in page.url

    page.goto(root + "intro.html")
    expect(ticks).to_have_count(2)
    expect(stops.nth(2)).to_have_attribute("data-next", "")
    stops.nth(count - 1).get_by_role("link").click()
    expect(bar).to_contain_text(f"Stop {count} of {count} · ")
    page.goto(f"{root}intro.html?way={count}#fig-digits-pad")  # of another page: there is no bar
    expect(bar).to_have_count(0)
    watcher.context.close()
    assert watcher.problems == []


def test_without_storage_the_page_says_so(browser, html):
    watcher = Watched(browser, "file://")
    watcher.context.add_init_script("""Object.defineProperty(window, "localStorage", {
      get() { throw new DOMException("", "SecurityError"); },
    });""")
    page = watcher.open((html / "zh" / "chapters" / "progress.html").as_uri())
    expect(page.locator(".reading-trouble")).to_contain_text("这个浏览器不为本书保存任何东西")
    expect(line_of(page)).to_have_text("7 SoftMax")
    watcher.context.close()
    assert watcher.problems == []
    watcher = Watched(browser, "file://", java_script_enabled=False)
    page = watcher.open((html / "chapters" / "teachers.html").as_uri())
    expect(page.locator("#reading-class noscript p")).to_be_visible()
    watcher.context.close()


def test_a_chapter_without_a_number_is_named(reader):
    place = {"page": "refresher", "id": "exercises", "number": "", "title": "Exercises"}
    record = {"v": 1, "read": {}, "place": place | {"index": 31, "top": 93, "lang": "en", "at": 1}}
    page = reader.open(reader.address + "intro.html")
    page.evaluate("(record) => localStorage.setItem('nnlib-book:read', record)", json.dumps(record))
    reload(page)
    expect(page.locator("article .continue")).to_have_text(re.compile("Continue: .*derivatives"))


def test_the_files_of_a_class_add_up(reader):
    page = reader.open(reader.address + "chapters/teachers.html")
    stored = page.evaluate(STORED)
    first = {"nnlib.predict.softmax-first": {"tries": ["two_thirds"]}}
    wrong = {"nnlib.predict.softmax-first": {"tries": ["half"]}}
    files = [a_file(first), a_file(wrong, "b.json"), a_file(wrong, "b again.json")]
    later = wrong | {"nnlib.solved": {"softmax-ratios": 1}, "nnlib-book:id": "c"}
    files += [a_file(later, "c.json", "2026-05-02T00:00:00.000Z")]
    files += [a_file({"nnlib-book:id": "c"}, "c before.json", "2026-05-01T00:00:00.000Z")]
    files += [{**files[0], "name": "no.json", "buffer": b"{}"}]
    with page.expect_file_chooser() as chooser:
        page.locator("[data-name=choose]").press("Enter")
    chooser.value.set_files(files)
    status = page.locator(".reading-status")
    expect(status).to_contain_text("Students’ files added up: 3.")
    expect(status).to_contain_text("“no.json” is not a file")
    expect(status).to_contain_text("who was there already: 2. The latest counts.")
    line = page.locator(".reading-line").filter(has_text="7 SoftMax")
    line.scroll_into_view_if_needed()
    expect(line).to_contain_text("33%", use_inner_text=True)
    numbers = line.locator(".reading-number").all_inner_texts()
    assert [text.split()[-1] for text in numbers] == ["3", "3", "33%", "1"]
    line.locator("summary").click()
    expect(line).to_contain_text("2 × About half: That would be true")
    with page.expect_download() as download:
        page.locator("[data-name=csv]").click()
    row = next(
        line
        for line in download.value.path().read_text(encoding="utf-8-sig").splitlines()
        if "softmax-first" in line
    )
    assert row.startswith('"softmax","prediction","softmax-first","3","3","1","0","0","About half')
    assert page.evaluate(STORED) == stored


def test_the_files_of_a_study_are_judged_by_the_keys(reader):
    made = SimulatedClass(readers=8, lost=0.3)
    files, keys = made.files(np.random.default_rng(2)), made.keys()
    half = files[0]["items"] = files[0]["items"][:20]
    handed = {f"{number}.json": file for number, file in enumerate(files)}
    unknown = files[1]["form"] + "99"  # of its form, and not among the keys
    strange = [item | {"id": unknown} for item in half[:1]]
    handed["other.json"] = files[1] | {"started": "2027-03-09T08:00:00.000Z", "items": strange}
    handed["changed.json"] = files[2] | {"form": "C"}
    taken = {"chapter": "losses", "date": "2026-01-01T00:00:00.000Z", "of": 10, "answers": []}
    tests = [taken | {"when": "before", "right": 2}, taken | {"when": "after", "right": 7}]
    handed["tests.json"] = {"about": "", "summary": [], "tests": tests}
    page = reader.open(reader.address + "chapters/teachers.html")
    status = page.locator(".reading-status")

    def choose(files):
        with page.expect_file_chooser() as chooser:
            page.locator("[data-name=choose]").click()
        kind = {"mimeType": "application/json"}
        chooser.value.set_files(
            [kind | {"name": n, "buffer": json.dumps(f).encode()} for n, f in files.items()]
        )

    choose(handed)
    expect(status).to_contain_text("but not keys.json: choose it too")
    expect(status).to_contain_text("“changed.json” is a study file, but its code is asked another")
    expect(page.locator("[data-name=csv_long]")).to_have_count(0)
    choose({"keys.json": keys})
    expect(status).to_contain_text("“other.json” was answered from other questions")
    expect(status).to_contain_text(f"{unknown} has no key")
    place = page.locator("#reading-class")
    answers = joined(files, keys)
    complete = len(answers.who("pre", "post", "delayed"))
    expect(place).to_contain_text(f"Codes in them: 8; complete so far: {complete}.")
    line = place.locator(".reading-line").filter(has_text="before the course").first
    assert line.locator(".reading-number").all_inner_texts()[1].split()[-1] == "7"
    line.locator("summary").click()
    expect(line.locator("li li").first).to_contain_text(re.compile("[1-8] × option [A-D]: M[123]"))
    words = {"stem": "Why $x^2$?", "options": ["North", "East", "South", "West"]}
    forms = {form: [{"id": f"{form}{at:02d}", "en": words} for at in range(1, 25)] for form in "AB"}
    choose({"forms.json": {"kind": "nnlib-book-forms", "v": 1, "forms": forms}})
    line.locator("summary").click()
    shown = re.compile("× “(North|East|South|West)”: M")
    expect(line.locator("li li").first).to_contain_text(shown)
    expect(line.locator("li p").nth(1)).to_have_text(re.compile(r"Why [^$]+\?"))
    gaps = place.locator(".reading-line").filter(has_text="Who misses a time")
    gaps.locator("summary").click()
    row = gaps.get_by_role("row", name=files[0]["code"])
    expect(row).to_contain_text("20 of 24")
    for name, rows in (("csv_long", len(answers.rows)), ("csv_wide", 8)):
        with page.expect_download() as download:
            page.locator(f"[data-name={name}]").click()
        text = download.value.path().read_bytes().decode()
        assert len(text.splitlines()) == rows + 1
        assert name == "csv_wide" or text == write_table(answers)
    losses = place.locator(".reading-line").filter(has_text="3 Loss functions")
    losses.locator("summary").click()
    expect(losses).to_contain_text("1 took both. On average 2.0 of 10 were right before, 7.0 after")
    page.locator("[data-name=clear]").click()
    expect(place.locator(".reading-line")).to_have_count(0)
