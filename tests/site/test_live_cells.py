"""Cells and exercises are edited, run and checked where they stand, and what one writes is kept.

One page serves most tests, since Python takes seconds to start; each leaves it as it was.
"""

import gzip
import json
import re

import axe
import nbformat
import pytest
from browsing import DRAWN_AGAIN, ROOT, Watched, box_of, until
from live_page import CHAPTER, STARTED, Live, opened
from playwright.sync_api import expect

AT_REST = 4_000  # bytes with gzip that a page may weigh more than without Python
PRINTABLE = "".join(map(chr, range(32, 127)))
WRONG_ORDER = """def line_gradient(w, b, x, y):
    r = y - (w * x + b)
    return np.array([-2 * np.sum(r), -2 * np.sum(r * x)])


exercises.check("losses-line", line_gradient)"""
# No regular expression sees that this needs a cell: one that makes y_hat.
NEEDS_A_CELL = """def line_gradient(w, b, x, y, given=y_hat):
    return len(given)


print(line_gradient(1, 2, 3, 4))  # exercises.check() is not asked"""
RIGHT = WRONG_ORDER.replace(
    "[-2 * np.sum(r), -2 * np.sum(r * x)]", "[-2 * np.sum(r * x), -2 * np.sum(r)]"
)


@pytest.fixture(scope="module")
def live(browser, address):
    """Return a chapter on which nothing may go wrong."""
    chapter = opened(browser, address)
    yield chapter
    chapter.watcher.context.close()
    assert chapter.watcher.problems == []


def test_at_rest_there_are_buttons_and_nothing_is_loaded(live, html):
    expect(live.page.locator("html")).to_have_attribute("data-python", "off")
    assert not re.search(r"/live/|/python/", " ".join(live.watcher.requested))
    expect(live.page.locator('[data-live="losses-setup"]')).to_have_count(0)
    for name, hook in (("losses-residuals", "edit"), ("answer-line", "check")):
        cell = live.cell(name)
        expect(cell).to_have_attribute("data-state", "idle")
        cell.hover()
        expect(cell.locator(".live-bar")).to_have_css("opacity", "1")
        expect(cell.locator(f'[data-name="{hook}"]')).to_be_visible()
    parts = (live.cell("losses-residuals").locator(part) for part in (".cell_input", "pre"))
    ground, code = (box_of(part.first) for part in parts)
    assert abs(ground["height"] - code["height"]) <= 1  # nothing is kept free for the buttons
    text = (html / CHAPTER).read_text(encoding="utf-8")
    without = re.sub(r' data-(live|state|exercise|numbers|solves|lines)="[^"{]*"', "", text)
    without = re.sub(r'<meta name="book-(live|exercises|python)"[^>]*>', "", without)
    without = re.sub(r'<li class="live-choice".*?</li>', "", without)
    assert len(text) - len(without) > 2_000
    more = weight(text) - weight(without)
    for joined, part in (("site.js", "rest.js"), ("site.css", "rest.css")):
        whole = (html / "_static" / joined).read_text(encoding="utf-8")
        own = (html / "_static" / "live" / part).read_text(encoding="utf-8")
        assert own in whole
        more += weight(whole) - weight(whole.replace(own, ""))
    assert more < AT_REST


def weight(text):
    return len(gzip.compress(text.encode()))


LINES = """(cell) => {
  const root = cell.querySelector(".live-editor")?.shadowRoot ?? cell.querySelector("pre");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const places = new Map();
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.localName === "style") continue;
    range.selectNodeContents(node);
    for (const { top, right, width } of range.getClientRects())
      if (width) places.set(Math.round(top), Math.max(right, places.get(Math.round(top)) ?? 0));
  }
  const top = cell.getBoundingClientRect().top;
  return [...places].sort(([a], [b]) => a - b).map(([at, right]) => [at - top, right]);
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_the_editor_takes_the_place_of_the_code(live, width):
    live.page.set_viewport_size({"width": width, "height": 800})
    for name in ("losses-bce-code", "losses-slope-numbers", "answer-line"):
        cell = live.cell(name)
        cell.scroll_into_view_if_needed()
        height, lines = box_of(cell)["height"], cell.evaluate(LINES)
        live.open(name)
        assert abs(box_of(cell)["height"] - height) <= 1
        now = cell.evaluate(LINES)
        assert len(now) == len(lines)
        for (top, right), (top_now, right_now) in zip(lines, now, strict=True):
            assert abs(top_now - top) <= 1.5  # each is rounded to a pixel
            assert abs(right_now - right) <= 1
        live.reset(name)
    live.page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.wcag("2.1.1", "2.1.2", "2.4.3")
def test_the_keyboard_opens_a_cell_and_leaves_it(live):
    cell = live.cell("losses-landmarks")
    cell.locator('[data-name="edit"]').focus()
    live.page.keyboard.press("Enter")
    editor = cell.locator(".cm-content")
    expect(editor).to_be_focused()
    expect(editor).to_have_accessible_name(re.compile(r"^Code of cell \d+\. Shift\+Enter runs it"))
    expect(cell.locator(".live-status")).to_have_text("Not run yet")
    live.page.keyboard.press("Control+Home")
    live.page.keyboard.press("Tab")
    expect(editor).to_have_text(re.compile(r"^    for"))
    live.page.keyboard.press("Escape")
    expect(live.page.locator(".live-aloud")).to_have_text("Tab now leaves the code.")
    live.page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    live.reset("losses-landmarks")
    expect(cell.locator('[data-name="edit"]')).to_be_focused()
    expect(cell.locator(".live-editor")).to_have_count(0)


@pytest.mark.parametrize("name", ["losses-landmarks", "answer-line"])
@pytest.mark.wcag("2.1.1", "2.1.4")
def test_every_key_writes_and_none_leads_away(live, name):
    cell = live.write(name, f"# {PRINTABLE}")
    expect(cell.locator(".cm-line")).to_have_text(f"# {PRINTABLE}")
    top = live.page.evaluate("scrollY")
    live.page.keyboard.press("End")  # of the line, also if the page then grows
    live.page.evaluate("document.querySelector('main').style.paddingBottom = '9px'")
    live.page.evaluate(DRAWN_AGAIN, live.page.viewport_size["width"])
    assert live.page.evaluate("scrollY") == top
    live.page.evaluate("document.querySelector('main').style.paddingBottom = ''")
    expect(cell.locator(".cm-content")).to_be_focused()
    live.reset(name)


def test_an_input_method_can_write(live):
    cell = live.write("losses-landmarks", "# ")
    session = live.page.context.new_cdp_session(live.page)
    for text in ("x", "xi", "xie"):
        position = {"selectionStart": len(text), "selectionEnd": len(text)}
        session.send("Input.imeSetComposition", {"text": text, **position})
    session.send("Input.insertText", {"text": "斜率"})
    expect(cell.locator(".cm-content")).to_have_text("# 斜率")
    assert live.page.evaluate('nnlibLive.begin().cell("losses-landmarks").code') == "# 斜率"
    live.reset("losses-landmarks")


# -- Running -------------------------------------------------------------------------------


def test_a_cell_runs_after_what_is_above_and_gives_what_is_stored(live):
    cell = live.cell("losses-slope-numbers")
    stored = elements(cell.locator(".cell_output table"))
    live.run("losses-slope-numbers", state="done")
    expect(live.page.locator("html")).to_have_attribute("data-python", "ready")
    ran = live.page.locator('[data-live][data-state="done"]')
    names = [element.get_attribute("data-live") for element in ran.all()]
    assert {*names[:2]} == {"losses-residuals", "losses-residual-squares"}
    assert names[-1] == "losses-slope-numbers"
    assert elements(cell.locator(".live-output table")) == stored
    expect(cell.locator(".live-status")).to_have_text("Ran")  # what it shows looks as before
    live.run("losses-slope-numbers", "print(y_hat.sum())")
    expect(cell.locator(".live-output pre")).to_have_text("1.5")
    live.reset("losses-slope-numbers")
    expect(cell.locator(".live-output")).to_have_count(0)
    assert elements(cell.locator(".cell_output table")) == stored


def elements(table):
    """Return how a table is written, whatever is between its lines."""
    return re.sub(r">\s+<", "><", table.inner_html().strip())


def test_outputs_of_every_kind_are_shown(live):
    picture = live.cell("losses-bce-plot")
    live.open("losses-bce-plot")
    height = box_of(picture)["height"]
    live.run("losses-bce-plot", state="done")
    expect(picture.locator(".live-output img")).to_have_count(2)
    expect(picture.locator("img:visible")).to_have_count(1)
    assert "mirror-image" in picture.locator("img:visible").get_attribute("alt")
    until(live.page, "document.querySelector('.live-output img.only-light').complete")
    assert abs(box_of(picture)["height"] - height) <= 1
    live.page.emulate_media(color_scheme="dark")
    expect(picture.locator("img.only-dark")).to_be_visible()
    live.page.emulate_media(color_scheme="light")
    live.reset("losses-bce-plot")
    cell = live.run(
        "losses-landmarks", "print('\\n'.join(map(str, range(200))))\nexercises.hint('losses-line')"
    )
    text = cell.locator(".live-output pre").first
    expect(text).to_have_attribute("tabindex", "0")
    assert box_of(text)["height"] < 700
    expect(cell.locator(".live-output pre").last).to_contain_text("residuals")
    live.run("losses-landmarks", "import sys\nprint('no', file=sys.stderr)\nprint('1\\r2\\r3')")
    expect(cell.locator(".live-output .stderr pre")).to_have_text("no")
    expect(cell.locator(".live-output pre").last).to_have_text("3")
    live.run("losses-landmarks", "print(list(range(20_000)))\nfor n in range(40_000): print(n)")
    whole = f"{list(range(20_000))}\n" + "".join(f"{n}\n" for n in range(40_000))
    shown = cell.locator(".live-output pre").text_content()
    assert whole.endswith(f"\n{shown}")
    assert 90_000 < len(shown) <= 100_000
    expect(cell.locator(".live-left")).to_have_text(
        f"This is the end of a long output. Not shown: the first {len(whole) - len(shown):,} "
        "characters."
    )
    displays = "from IPython.display import display\nfor n in range(700): display(n)"
    live.run("losses-landmarks", displays)
    expect(cell.locator(".live-item")).to_have_count(500)
    expect(cell.locator(".live-item").first).to_have_text("200")
    expect(cell.locator(".live-left")).to_have_text(
        "This is the end of many outputs. Not shown: the first 200."
    )
    live.reset("losses-landmarks")


def test_a_figure_answers_and_python_learns_what_was_moved(live):
    live.run("losses-residual-squares", "figure = widgets.ResidualSquares()\nfigure")
    figure = live.cell("losses-residual-squares").locator(".live-output .nn-figure")
    expect(figure).to_have_attribute("data-figure", "ResidualSquares")
    figure.evaluate("(element) => element.figure.set({ b: 0.1 })")
    cell = live.run("losses-landmarks", "print(figure.b)\nfigure.b = 0.9")
    expect(cell.locator(".live-output pre")).to_have_text("0.1")
    assert figure.evaluate("(element) => element.figure.state.b") == pytest.approx(0.9)
    live.reset("losses-landmarks", "losses-residual-squares")
    expect(live.cell("losses-residual-squares").locator(".nn-figure")).to_have_count(1)


def test_what_rests_on_changed_code_is_marked_and_runs_again(live):
    live.run("losses-slope-numbers", "print(nnlib.ssr(y_hat, y))", state="done")
    live.write(
        "losses-residuals", "data = nnlib.datasets.dosage()\nx, y = data.X, data.y\ny_hat = y"
    )
    cell = live.cell("losses-slope-numbers")
    expect(cell).to_have_attribute("data-state", "stale")
    expect(cell.locator(".live-status")).to_have_text("A cell above has changed since this ran")
    live.run("losses-slope-numbers", state="done")
    expect(cell.locator(".live-output pre")).to_have_text("0.0")
    live.reset("losses-residuals")
    expect(cell).to_have_attribute("data-state", "stale")
    live.reset("losses-slope-numbers")


@pytest.mark.wcag("3.3.1", "3.3.3")
def test_an_error_has_its_line_and_a_word_of_help(live):
    code = "for name in ('p_wrong', 'y_hat'): globals().pop(name, 0)\nprint(p_wrong)"
    cell = live.run("losses-residuals", code, state="error")
    expect(cell.locator(".live-wrong")).to_have_text("print(p_wrong)")
    message = cell.locator(".live-message")
    expect(message).to_contain_text("Line 2: NameError")
    expect(message.locator(".live-help")).to_contain_text("is made in a cell further down")
    expect(message).to_have_attribute("role", "status")
    live.page.keyboard.press("End")
    live.page.keyboard.type(" ")
    expect(cell.locator(".live-wrong")).to_have_count(0)
    below = live.run("losses-landmarks", "print(y_hat)", state="error")
    expect(below.locator(".live-message")).to_contain_text("A cell above stopped with an error")
    below.locator(".live-message a").click()
    expect(cell.locator(".cm-content")).to_be_focused()
    live.run("losses-residuals", "np.zeros(3) + np.zeros(4)", state="error")
    expect(message.locator(".live-help")).to_contain_text("The shapes do not fit")
    live.reset("losses-residuals", "losses-landmarks")


@pytest.mark.wcag("2.2.2")
def test_an_endless_loop_asks_and_can_be_stopped(live):
    live.open("losses-landmarks")
    live.page.evaluate("nnlibLive.begin().patience = 500")
    cell = live.run("losses-landmarks", "while True:\n    pass", state="running")
    question = cell.locator(".live-question")
    expect(question).to_contain_text("half a minute")
    question.evaluate("(question) => question.setAttribute('data-first', '')")
    question.locator('[data-name="go-on"]').click()
    expect(cell.locator(".live-question:not([data-first])")).to_be_visible()  # it asks again
    expect(question).to_have_count(1)
    live.page.evaluate("nnlibLive.begin().patience = 30000")
    second = live.run("losses-slope-numbers", "print(2)", state="queued")
    expect(second.locator(".live-status")).to_have_text("Waiting for its turn")
    live.reset("losses-slope-numbers")  # which leaves the one whose turn it is alone
    expect(second).to_have_attribute("data-state", "idle")
    expect(second.locator(".live-message")).to_be_empty()
    expect(cell).to_have_attribute("data-state", "running")
    cell.locator('[data-name="stop"]').click()
    expect(cell).to_have_attribute("data-state", "idle")
    expect(cell.locator(".live-message")).to_have_text(re.compile("^Stopped. Variables are gone"))
    expect(live.page.locator('[data-live][data-state="done"]')).to_have_count(0)
    expect(second.locator(".live-message")).to_be_empty()
    live.reset("losses-landmarks")
    # That its run was stopped is heard of when the cell is the book's again.
    live.page.evaluate("""nnlibLive.begin().cell("losses-landmarks")
      .end({ status: "stopped" }, { quiet: false })""")
    expect(cell.locator(".live-message")).to_be_empty()
    exercise = live.run("answer-line", NEEDS_A_CELL, state="done")
    expect(exercise.locator(".live-output pre")).to_have_text("3")
    live.reset("answer-line")
    again = live.run("losses-slope-numbers", state="done")
    expect(again.locator(".live-output th").nth(1)).to_have_text("dL/dp")
    live.reset("losses-slope-numbers")


BREAKING = """import gc
from nnbook.live.session import Session
(session,) = (each for each in gc.get_objects() if isinstance(each, Session))
(post,) = (cell.cell_contents for cell in session._screen._send.__closure__)
post("null")"""


def test_why_there_is_no_python_is_told_and_what_else_there_is(browser, address):
    chapter = opened(browser, address)
    line = chapter.page.locator(".live-line")
    for missing in ("parts.js*", "pyodide-*/*"):
        chapter.page.route(f"**/python/{missing}", lambda route: route.abort())
        cell = chapter.open("losses-landmarks")
        cell.locator('[data-name="run"]').click()
        expect(line).to_contain_text("could not start: a part of it could not be downloaded.")
        expect(chapter.page.locator("html")).to_have_attribute("data-python", "failed")
        expect(line.get_by_role("link")).to_have_count(5)
        expect(cell).to_have_attribute("data-state", "error")
        chapter.page.unroute(f"**/python/{missing}")
    chapter.run("losses-landmarks", BREAKING, state="error")
    expect(line).to_contain_text("Python broke off, and its variables are gone.")
    chapter.reset("losses-landmarks")
    chapter.run("losses-landmarks", state="done")
    expect(line).to_be_hidden()
    assert all("ERR_FAILED" in each or "/python/" in each for each in chapter.watcher.problems)
    chapter.watcher.context.close()


# -- Exercises -----------------------------------------------------------------------------


@pytest.mark.wcag("3.3.3", "4.1.3")
def test_an_exercise_is_checked_and_its_solution_waits_for_three_tries(live):
    fold = live.page.locator('details[data-solves="losses-line"]')
    fold.locator("summary").click()
    note = live.page.locator("details[data-solves='losses-line'] + .live-question")
    expect(note).to_contain_text("0 of 3 tries")
    expect(fold).not_to_have_attribute("open", "")
    cell = live.cell("answer-line")
    cell.locator('[data-name="check"]').click()
    message = cell.locator(".live-message")
    expect(message).to_have_text(
        "There is no answer yet: replace ... with your code.", timeout=STARTED
    )
    for attempt in range(3):
        expect(cell.locator('[data-name="solution"]')).to_have_count(0)
        live.run("answer-line", f"{WRONG_ORDER}  # {attempt}", state="done")
        expect(message.locator(".live-verdict")).to_contain_text(
            "in the other order: first w, then b"
        )
    expect(message).to_have_attribute("role", "status")
    cell.locator('[data-name="solution"]').click()
    expect(fold).to_have_attribute("open", "")
    expect(note).to_have_count(0)
    live.run("answer-line", "exercises.check('losses-line', slopes_of_mine)", state="error")
    expect(message.locator(".live-help")).to_contain_text(
        "Nothing called slopes_of_mine exists yet"
    )
    live.run("answer-line", RIGHT, state="done")
    expect(message.locator(".live-verdict")).to_have_attribute("data-correct", "true")
    expect(live.page.locator("#ex-losses-line .live-tick")).to_have_accessible_name("solved")
    expect(live.page.locator(".contents .live-tick")).to_have_accessible_name(
        re.compile("sections read, .*, 1 of 4 exercises solved$")
    )


def test_solved_exercises_are_ticked_in_the_list_which_leads_to_them(live, address):
    listed = live.page.context.new_page()
    listed.goto(address + "chapters/exercises.html")
    link = listed.get_by_role("link", name="The gradient of a line")
    expect(link.locator("xpath=following-sibling::*")).to_have_text("✓")
    expect(listed.locator(".exercise-index .live-tick")).to_have_count(1)
    link.click()
    expect(listed.locator("#ex-losses-line .admonition-title")).to_be_in_viewport()
    editor = listed.locator('[data-live="answer-line"] .cm-content')
    expect(editor).to_be_focused()
    expect(editor).to_have_accessible_name(
        re.compile(
            r"^Your answer to Exercise 2 – The gradient of a line\. Shift\+Enter checks it\."
        )
    )
    listed.close()


def test_a_link_to_an_exercise_opens_it_and_python_waits_for_the_first_letter(browser, address):
    chapter = opened(browser, address, f"{CHAPTER}#ex-losses-line")
    editor = chapter.page.locator('[data-live="answer-line"] .cm-content')
    expect(editor).to_be_focused()
    expect(chapter.page.locator("html")).to_have_attribute("data-python", "off")
    assert not re.search(r"/python/", " ".join(chapter.watcher.requested))
    chapter.page.keyboard.type(" ")
    expect(chapter.page.locator("html")).to_have_attribute("data-python", "ready", timeout=STARTED)
    chapter.page.reload()
    expect(editor).to_have_count(1)  # what was written is back
    expect(editor).not_to_be_focused()
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


def test_the_menu_leads_to_the_first_exercise_that_is_not_solved(browser, address):
    chapter = opened(browser, address)
    for name, place in (("own", ".cm-content"), ("numbers", "input >> nth=0")):
        chapter.choose("exercise")
        expect(chapter.page.locator(f"#ex-losses-{name} .admonition-title")).to_be_in_viewport()
        expect(chapter.page.locator(f'[data-live="answer-{name}"] {place}')).to_be_focused()
        chapter.page.evaluate("nnlibLive.begin().work.solve('losses-own')")
        chapter.page.evaluate("scrollTo(0, 0)")
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


def test_a_verdict_below_the_screen_comes_into_view_for_a_reader_who_is_there(live):
    cell = live.write("answer-line", WRONG_ORDER)
    verdict = cell.locator(".live-message .live-verdict")
    check = cell.locator('[data-name="check"]')
    box = cell.locator(".cell_input")
    box.evaluate("(box) => scrollBy(0, box.getBoundingClientRect().bottom - innerHeight)")
    check.click()
    expect(verdict).to_be_in_viewport(ratio=1)
    live.page.evaluate("() => { nnlibLive.begin().cell('answer-line').run(); scrollTo(0, 0); }")
    expect(cell).to_have_attribute("data-state", "done")
    assert live.page.evaluate("scrollY") == 0
    live.reset("answer-line")


def test_numbers_are_judged_without_python(browser, address):
    chapter = opened(browser, address, "zh/" + CHAPTER)
    cell = chapter.cell("answer-numbers")
    expect(cell.get_by_role("button", name="核对")).to_have_count(1)
    expect(cell.locator(".cell_input")).to_be_hidden()
    fields = cell.locator(".live-numbers input")
    said = cell.locator(".live-numbers + .live-message")

    def judge(*typed):
        for field, text in zip(fields.all(), typed, strict=True):
            field.fill(text)
        chapter.page.keyboard.press("Enter")

    judge("-0.1667", "0.3", "0.76", "1/300")
    expect(said).to_contain_text("学习率不变，步子就长到 50 倍。")
    judge("-0.1667", "0.006", "ln 10", "1/300")
    expect(said).to_contain_text("ln 10")
    expect(fields.nth(2)).to_have_attribute("aria-invalid", "true")
    expect(fields.nth(2)).to_be_focused()
    judge("-0.1667", "0.006", "", "")
    expect(said.locator(".live-verdict")).to_have_attribute("data-correct", "false")
    # Numbers cannot be found by trying: a second time the hint has to help.
    judge("-0.1667", "0.006", "2.5", "1/300")
    expect(said).to_have_text("✗ 还不对。还缺哪个想法，提示里有。 复制给辅导老师")
    judge("-0.1667", "0.006", "0,7601", "1/300")
    expect(said.locator(".live-verdict")).to_have_attribute("data-correct", "true")
    expect(chapter.page.locator("#ex-losses-numbers .live-tick")).to_have_count(1)
    expect(chapter.page.locator("html")).to_have_attribute("data-python", "off")
    expect(cell.locator('[data-name="edit"]')).to_have_count(0)
    chapter.page.reload()  # what the reader typed comes back
    expect(fields.nth(2)).to_have_value("0,7601")
    chapter.choose("forget")
    chapter.page.locator('.live-line [data-name="sure"]').click()
    expect(fields.nth(2)).to_have_value("")
    chapter.page.reload()
    expect(chapter.page.locator("html")).to_have_attribute("data-python", "off")
    expect(fields.nth(2)).to_have_value("")
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


# -- What axe says -------------------------------------------------------------------------


def assert_axe_finds_nothing_where_one_works(chapter):
    chapter.run("losses-landmarks", "print(1)\nnot_there", state="error")
    chapter.run("losses-slope-numbers", "print('x' * 500)\nprint('y\\n' * 99)", state="error")
    fields = chapter.cell("answer-numbers").locator(".live-numbers input")
    fields.first.fill("4")
    fields.first.press("Enter")
    chapter.page.evaluate(axe.UNFOLD)
    worked_on = ["header", '[data-live]:not([data-state="idle"])']  # all else: test_pages.py
    assert axe.findings(chapter.page, places=worked_on) == []
    chapter.page.emulate_media(color_scheme="dark")
    assert axe.findings(chapter.page, axe.CONTRAST, worked_on) == []


@pytest.mark.exhaustive
def test_axe_finds_nothing_on_a_chinese_page_that_is_being_worked_on(browser, address):
    chapter = opened(browser, address, "zh/" + CHAPTER)
    assert_axe_finds_nothing_where_one_works(chapter)
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


@pytest.mark.wcag("4.1.2")
def test_axe_finds_nothing_on_a_page_that_is_being_worked_on(live):
    """The page is taken apart for it; the next test loads it anew, when Python is done."""
    assert_axe_finds_nothing_where_one_works(live)
    live.page.emulate_media(color_scheme="light")
    live.reset("losses-landmarks", "losses-slope-numbers")


# -- What the reader wrote -----------------------------------------------------------------


@pytest.mark.wcag("3.3.4")
def test_work_is_kept_exported_brought_back_and_forgotten(live, tmp_path):
    live.run("losses-landmarks", "print(6 * 7)", state="done")
    with live.page.expect_download() as download:
        live.choose("keep")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "losses.ipynb"
    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    stored = nbformat.read(ROOT / "chapters" / "losses.ipynb", as_version=4)
    assert [cell.id for cell in notebook.cells] == [cell.id for cell in stored.cells]
    mine = next(cell for cell in notebook.cells if cell.id == "losses-landmarks")
    assert (mine.source, mine.outputs[0].text) == ("print(6 * 7)", "42\n")
    untouched = next(cell for cell in notebook.cells if cell.id == "losses-residuals")
    assert untouched == next(cell for cell in stored.cells if cell.id == "losses-residuals")

    live.page.reload()
    expect(live.cell("losses-landmarks").locator(".cm-content")).to_have_text("print(6 * 7)")
    live.choose("forget")
    expect(live.page.locator(".live-line")).to_contain_text("Forget all that you wrote")
    live.page.locator('.live-line [data-name="close"]').click()
    expect(live.cell("losses-landmarks").locator(".cm-content")).to_have_text("print(6 * 7)")
    live.choose("forget")
    live.page.locator('.live-line [data-name="sure"]').click()
    expect(live.cell("losses-landmarks").locator(".live-editor")).to_have_count(0)
    expect(live.page.locator(".live-tick")).to_have_count(0)
    live.page.reload()
    assert "losses-landmarks" not in live.page.evaluate("JSON.stringify(localStorage)")

    with live.page.expect_file_chooser() as chooser:
        live.choose("import")
    chooser.value.set_files(file)
    expect(live.cell("losses-landmarks").locator(".cm-content")).to_have_text("print(6 * 7)")
    expect(live.cell("losses-landmarks")).to_have_attribute("data-state", "idle")
    live.write("losses-landmarks", "mine = 1")
    line = live.page.locator(".live-line")
    for name, code in (("close", "mine = 1"), ("sure", "print(6 * 7)")):
        with live.page.expect_file_chooser() as chooser:
            live.choose("import")
        chooser.value.set_files(file)
        expect(line).to_contain_text("This would replace code that you wrote here, in cell ")
        line.locator(f'[data-name="{name}"]').click()
        expect(live.cell("losses-landmarks").locator(".cm-content")).to_have_text(code)
    expect(line).to_contain_text("One cell of yours is back.")
    (tmp_path / "other.ipynb").write_text("no notebook", encoding="utf-8")
    with live.page.expect_file_chooser() as chooser:
        live.choose("import")
    chooser.value.set_files(tmp_path / "other.ipynb")
    expect(live.page.locator(".live-line")).to_contain_text("This file is no notebook.")
    live.choose("forget")
    live.page.locator('.live-line [data-name="sure"]').click()


def test_two_tabs_keep_each_others_work(live, address):
    live.write("losses-landmarks", "one = 1")
    second = Live.__new__(Live)
    second.page = live.page.context.new_page()
    second.page.goto(address + CHAPTER)
    expect(second.cell("losses-landmarks").locator(".cm-content")).to_have_text("one = 1")
    second.write("losses-slope-numbers", "two = 2")
    live.page.bring_to_front()
    expect(live.cell("losses-slope-numbers").locator(".cm-content")).to_have_text("two = 2")
    live.write("losses-landmarks", "one = 11")
    until(live.page, "localStorage.getItem('nnlib.work.en/chapters/losses').includes('one = 11')")
    kept = json.loads(live.page.evaluate("localStorage.getItem('nnlib.work.en/chapters/losses')"))
    written = {"losses-landmarks": "one = 11", "losses-slope-numbers": "two = 2"}
    assert {name: kept["cells"][name]["code"] for name in written} == written
    second.page.close()
    live.reset("losses-landmarks", "losses-slope-numbers")


@pytest.mark.parametrize(
    ("error", "words"),
    [("QuotaExceededError", "storage is full"), ("SecurityError", "keeps nothing for this page")],
)
def test_a_storage_that_keeps_nothing_is_told(browser, address, error, words):
    chapter = opened(browser, address)
    chapter.page.evaluate(
        """(name) => {
          Storage.prototype.setItem = () => { throw new DOMException("no", name); };
        }""",
        error,
    )
    chapter.write("losses-landmarks", "x = 1")
    expect(chapter.page.locator(".live-line")).to_contain_text(words)
    chapter.page.evaluate("""() => {
      const { status } = nnlibLive.begin();
      status.show("starting", { part: "numpy", loaded: 1, total: 2 });
      status.show("ready", {});
    }""")
    expect(chapter.page.locator(".live-line")).to_contain_text(words)  # Python does not hide it
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


SHIFTED = """() => new Promise((done) => new PerformanceObserver((list) => done(
  list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({
    type: "layout-shift", buffered: true })
  || setTimeout(done, 300, 0))"""


def test_one_switch_shows_which_code_there_is_and_nothing_shifts(live):
    switch = live.page.locator('.live-choice [data-name="code"]')
    shown, folded = (
        live.cell(name).locator(".cell_input") for name in ("losses-residuals", "losses-bce-plot")
    )
    numbers = live.cell("answer-numbers").locator(".cell_input")
    live.page.locator("header .menu > summary").click()
    for words, kept, visible in (
        ("Code: all", "all", (True, True, True)),
        ("Code: none", "hidden", (False, False, False)),
        ("Code: the lesson's", None, (True, False, False)),
    ):
        switch.click()
        expect(switch).to_have_text(words)
        assert live.page.evaluate("localStorage.getItem('nnlib-book:code')") == kept
        live.page.reload()
        assert live.page.evaluate(SHIFTED) == 0
        expect(switch).to_have_text(words)
        for code, is_visible in zip((shown, folded, numbers), visible, strict=True):
            expect(code).to_be_visible(visible=is_visible)
        expect(live.cell("answer-line").locator(".cell_input")).to_be_visible()
        live.page.locator("header .menu > summary").click()
    live.page.keyboard.press("Escape")
    live.page.emulate_media(media="print")
    expect(shown).to_be_visible()
    expect(folded).to_be_hidden()
    live.page.emulate_media(media="screen")


@pytest.mark.wcag("1.4.13", "2.1.1")
def test_the_button_shows_at_the_cell_that_one_points_at(browser, address):
    chapter = opened(browser, address, has_touch=True)
    page = chapter.page
    cells = [chapter.cell(name) for name in ("losses-residuals", "losses-bce-plot")]
    visible = """() => [...document.querySelectorAll("[data-live] [data-name=edit]")]
      .filter((button) => button.checkVisibility({ opacityProperty: true })).length"""
    page.mouse.move(1, 400)
    assert page.evaluate(visible) == 0
    for cell in cells:
        cell.hover()
        assert page.evaluate(visible) == 1
        page.mouse.move(1, 400)
        cell.locator(".cell_output").tap(position={"x": 5, "y": 5})
        page.mouse.move(1, 400)
        expect(cell).to_have_attribute("data-pointed", "")
        assert page.evaluate(visible) == 1
        page.locator("h1").tap()
        expect(cell.locator(".live-bar")).to_have_css("opacity", "0")  # after a moment
        assert page.evaluate(visible) == 0
    edit = cells[1].locator('[data-name="edit"]')
    edit.focus()
    assert page.evaluate(visible) == 1
    page.keyboard.press("Enter")
    expect(cells[1].locator(".cm-content")).to_be_focused()
    chapter.reset("losses-bce-plot")
    expect(edit).to_be_focused()
    expect(cells[1].locator(".cell_input")).to_be_hidden()
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


def test_what_checks_an_answer_is_not_shown_and_runs(live, tmp_path):
    cell = live.cell("answer-line")
    right = RIGHT.split("\n\n\nexercises")[0]
    expect(cell).not_to_contain_text("exercises.check")
    live.run("answer-line", right, state="done")
    verdict = cell.locator(".live-verdict")
    expect(verdict).to_have_attribute("data-correct", "true")
    kept = "localStorage.getItem('nnlib.work.en/chapters/losses')"
    until(live.page, f'{kept}.includes("exercises.check")')
    assert live.page.evaluate('nnlibLive.begin().cell("answer-line").code') == RIGHT
    live.page.reload()  # as what was kept before there was a button for it
    expect(cell.locator(".cm-content")).to_contain_text("def line_gradient")
    expect(cell.locator(".cm-content")).not_to_contain_text("exercises")
    cell.locator('[data-name="check"]').click()
    expect(verdict).to_have_attribute("data-correct", "true", timeout=STARTED)
    with live.page.expect_download() as download:
        live.choose("keep")
    download.value.save_as(tmp_path / "mine.ipynb")
    notebook = nbformat.read(tmp_path / "mine.ipynb", as_version=4)
    (mine,) = (one.source for one in notebook.cells if one.id == "answer-line")
    assert mine == RIGHT
    live.choose("forget")
    live.page.locator('.live-line [data-name="sure"]').click()


# -- Readers of every kind -----------------------------------------------------------------


# What only Safari on an iPhone supports, for this browser too.
AS_ON_AN_IPHONE = """() => {
  const sheets = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
  const only = sheets.filter(({ conditionText }) => conditionText?.includes("touch-callout"));
  const rules = only.flatMap(({ cssRules }) => [...cssRules]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.map(({ cssText }) => cssText).join(""));
  document.adoptedStyleSheets = [sheet];
}"""


def test_on_a_phone_nothing_is_wider_than_the_screen(browser, address):
    phone = {"width": 390, "height": 844}
    chapter = opened(browser, address, viewport=phone, has_touch=True, is_mobile=True)
    chapter.run(
        "losses-residuals",
        "long_name = '" + 90 * "x" + "'\nprint(long_name)\nlong_name",
        state="done",
    )
    chapter.write("losses-slope-numbers", "1")
    assert chapter.page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
    editor = chapter.cell("losses-slope-numbers").locator(".live-editor")
    font_size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert editor.evaluate(font_size) < 16
    chapter.page.evaluate(AS_ON_AN_IPHONE)
    assert editor.evaluate(font_size) >= 16  # else Safari would zoom in, and stay so
    assert chapter.page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
    for button in chapter.page.locator(".live-bar:visible .live-button:visible").all()[:8]:
        assert box_of(button)["height"] >= 24
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


def test_a_page_opened_as_a_file_edits_keeps_and_exports(browser, html, tmp_path):
    chapter = Live(Watched(browser, "file://"), (html / CHAPTER).as_uri())
    cell = chapter.run("losses-landmarks", "print(6 * 7)", state="done")
    expect(cell.locator(".live-output pre")).to_have_text("42")
    with chapter.page.expect_download() as download:
        chapter.choose("keep")
    download.value.save_as(tmp_path / "mine.ipynb")
    nbformat.validate(nbformat.read(tmp_path / "mine.ipynb", as_version=4))
    assert chapter.watcher.problems == []
    chapter.watcher.context.close()


def test_the_book_prints_its_own_code(live):
    live.write("losses-landmarks", "mine = 1")
    live.page.emulate_media(media="print")
    expect(live.cell("losses-landmarks").locator("pre").first).to_be_visible()
    expect(
        live.page.locator(".live-editor:visible, .live-bar:visible, .live-numbers:visible")
    ).to_have_count(0)
    live.page.emulate_media(media="screen")
    live.reset("losses-landmarks")
