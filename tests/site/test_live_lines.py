"""The last hint: the solution's lines are put in order on the page.

`tests/theme/test_lines.py` shows that the page accepts the orders which the checker accepts.
"""

import json
import re

import axe
import pytest
from browsing import box_of
from live_page import STARTED, opened
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CARRY = "chapters/cross_entropy.html"
IN_G = "G = (P - nnlib.one_hot(labels, W.shape[1])) / len(A)"
IN_RETURN = "return np.vstack([A.T @ G, G.sum(axis=0)])"
MOMENTUM = ["points, velocity", "for _ in", "velocity = mu", "points.append", "return np"]


class Sorting:
    """The lines of one exercise, and what a reader does with them."""

    def __init__(self, reader, name):
        self.reader, self.page = reader, reader.page
        self.cell = reader.cell(f"answer-{name}")
        box = self.page.locator(".exercise").filter(has=self.cell)
        box.locator(".hint > summary").click()
        self.step = box.locator('.hint > [data-name="lines"]')
        self.step.locator("> summary").click()
        self.panel = box.locator(".live-lines")
        self.items = self.panel.get_by_role("listitem")
        self.said = self.panel.get_by_role("status")
        self.aloud = self.page.locator(".live-aloud")
        expect(self.panel.locator(".line-grip").first).to_be_focused()

    def item(self, code):
        return self.items.filter(has_text=code)

    def grip(self, code):
        return self.item(code).locator(".line-grip")

    def place(self, code):
        return int(self.grip(code).inner_text())

    def choose(self, line, code):
        self.item(line).get_by_role("radio", name=code, exact=True).check()

    def check(self):
        self.panel.locator('[data-name="order"]').click()

    def close(self):
        self.reader.watcher.context.close()
        assert self.reader.watcher.problems == []


def test_lines_are_put_in_order_by_keyboard_and_become_the_answer(browser, html):
    sorting = Sorting(opened(browser, f"{html.as_uri()}/", CARRY), "carry")
    page = sorting.page
    expect(sorting.step).to_have_attribute("open", "")
    expect(page.get_by_role("list").get_by_role("button")).not_to_have_count(0)
    first = sorting.grip("return np")
    wrong = "return np.vstack([A.T @ G, len(A) * G.sum(axis=0)])"
    expect(first).to_have_accessible_name(re.compile(r"^Line 1 of 3: return .*, or return "))
    expect(first).to_have_accessible_description(re.compile("^Space picks the line up"))
    sorting.check()
    expect(sorting.said).to_have_text("Line 1 is still two lines: choose the right one.")
    sorting.choose("return", wrong)
    expect(sorting.said).to_be_empty()
    sorting.choose("G = (P", IN_G)
    sorting.check()
    expect(sorting.said).to_contain_text("The choice in line 1 is not right yet.")
    expect(sorting.said).to_contain_text("too large by the factor n")
    sorting.choose("return", IN_RETURN)
    expect(first).to_have_accessible_name(f"Line 1 of 3: {IN_RETURN}")
    sorting.check()
    expect(sorting.said).to_contain_text("Line 1 uses G, which is not computed before line 3.")
    first.focus()
    for key, aloud, pressed in (
        ("Space", "Picked up at place 1 of 3.", "true"),
        ("ArrowDown", "Place 2 of 3.", "true"),
        ("Escape", "Back at place 1 of 3.", "false"),
        ("Enter", "Picked up at place 1 of 3.", "true"),
        ("ArrowDown", "Place 2 of 3.", "true"),
        ("ArrowDown", "Place 3 of 3.", "true"),
        ("Space", "Put down at place 3 of 3.", "false"),
    ):
        page.keyboard.press(key)
        expect(sorting.aloud).to_have_text(aloud)
        expect(first).to_have_attribute("aria-pressed", pressed)
        expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(sorting.items.nth(1).locator(".line-grip")).to_be_focused()
    sorting.check()
    expect(sorting.said).to_contain_text("That solves the exercise, by its lines.")
    expect(page.locator("#ex-cross-entropy-carry .live-tick")).to_have_accessible_name("solved")
    kept = json.loads(page.evaluate("localStorage.getItem('nnlib.work.en/chapters/cross_entropy')"))
    assert list(kept["ordered"]) == ["cross_entropy-carry"]
    sorting.panel.locator('[data-name="take"]').click()
    expect(sorting.panel).to_be_hidden()
    cell = sorting.cell
    expect(cell.locator('[data-name="check"]')).to_be_focused()
    expect(cell.locator(".live-message")).to_have_text(
        "The lines are in the editor. Now check them there."
    )
    page.keyboard.press("Enter")
    expect(cell.locator(".live-verdict")).to_have_attribute("data-correct", "true", timeout=STARTED)
    sorting.close()


def test_after_two_wrong_orders_it_can_be_made_easier(browser, html):
    address = f"{html.as_uri()}/"
    sorting = Sorting(opened(browser, address, "chapters/gradient_descent.html"), "momentum")
    easier = sorting.panel.locator('[data-name="easier"]')
    pairs = sorting.panel.locator(".line-pair")
    for pair in pairs.all():
        pair.locator("input").first.check()
    sorting.check()
    expect(easier).to_have_count(0)
    sorting.check()
    expect(easier).to_have_count(0)  # the same order again
    for pair in pairs.all():
        pair.locator("input").last.check()
    sorting.check()
    for left in (1, 0):
        easier.click()
        expect(pairs).to_have_count(left)
        expect(sorting.said).to_contain_text("the wrong one of the two has left")
        expect(sorting.panel.locator(".line-grip:focus")).to_have_count(1)
        sorting.check()
    easier.click()
    expect(sorting.items).to_have_count(4)
    expect(sorting.said).to_contain_text("belong together")
    joined = sorting.panel.locator("li:has(.line-piece)")
    expect(joined.locator(".line-grip")).to_have_text(re.compile(r"^\d–\d$"))
    sorting.check()
    easier.click()
    expect(sorting.items).to_have_count(3)
    sorting.check()
    expect(easier).to_have_count(0)  # three are to be put in order
    grip = sorting.grip("points, velocity")
    for _ in range(3):  # pieces go up as lines do
        if sorting.grip("points, velocity").inner_text().startswith("1"):
            break
        grip.focus()
        for key in ("Space", "ArrowUp", "Space"):
            sorting.page.keyboard.press(key)
    last = sorting.grip("return np")
    for _ in range(3):
        last.focus()
        for key in ("Space", "ArrowDown", "Space"):
            sorting.page.keyboard.press(key)
    sorting.check()
    expect(sorting.said).to_contain_text("That solves the exercise, by its lines.")
    sorting.close()


@pytest.mark.parametrize("way", ["mouse", "finger", "taps"])
def test_lines_are_put_in_order_by(browser, html, way):
    options = {} if way == "mouse" else PHONE
    reader = opened(browser, f"{html.as_uri()}/", "zh/chapters/gradient_descent.html", **options)
    sorting = Sorting(reader, "momentum")
    page = sorting.page
    session = page.context.new_cdp_session(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    def touch(kind, *points):
        parameters = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        session.send("Input.dispatchTouchEvent", parameters)

    def move(code, to):
        """Move a line to a place: all before it are right already, so it goes up."""
        grip, target = sorting.grip(code), sorting.items.nth(to)
        sorting.panel.evaluate("element => element.scrollIntoView({ block: 'center' })")
        box, goal = box_of(grip), box_of(target)
        start = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        end = start[0], goal["y"] + 2
        if way == "mouse":
            page.mouse.move(*start)
            page.mouse.down()
            page.mouse.move(*end, steps=6)
            page.mouse.up()
        elif way == "finger":
            touch("touchStart", start)
            for part in (0.2, 0.6, 1):
                touch("touchMove", (start[0], start[1] + part * (end[1] - start[1])))
            touch("touchEnd")
        else:
            sorting.item(code).locator("code").first.tap() if code == "for _ in" else grip.tap()
            expect(grip).to_have_attribute("aria-pressed", "true")
            target.locator("code").first.tap()  # also where it is a choice
        expect(grip).to_have_text(str(to + 1))
        expect(grip).to_have_attribute("aria-pressed", "false")

    for place, code in enumerate(MOMENTUM):
        if sorting.place(code) != place + 1:
            move(code, place)
    assert [sorting.place(code) for code in MOMENTUM] == [1, 2, 3, 4, 5]
    expect(sorting.panel.locator("input:checked")).to_have_count(0)
    sorting.choose("points.append", "points.append(points[-1] - lr * velocity)")
    sorting.choose("velocity = mu", "velocity = mu * velocity + gradient(points[-1])")
    sorting.check()
    expect(sorting.said).to_contain_text("顺序对了")
    sorting.close()


def test_the_lines_are_the_last_hint_and_what_was_written_comes_back(browser, address):
    reader = opened(browser, address, CARRY)
    reader.write("answer-carry", "def mended(A, W, b, labels):\n    return mine")
    sorting = Sorting(reader, "carry")
    cell, panel = sorting.cell, sorting.panel
    panel.locator("input").first.check()
    sorting.step.locator("> summary").click()
    expect(panel).to_be_hidden()
    sorting.step.locator("> summary").click()
    expect(panel.locator("input:checked")).to_have_count(1)
    reader.page.evaluate(axe.UNFOLD)
    panel.locator('[data-name="order"]').click()
    for scheme in ("light", "dark"):
        reader.page.emulate_media(color_scheme=scheme)
        assert axe.findings(reader.page, places=[".live-lines"]) == []
    panel.locator('[data-name="again"]').click()
    expect(panel.locator("input:checked")).to_have_count(0)
    sorting.choose("return", IN_RETURN)
    sorting.choose("G = (P", IN_G)
    grips = panel.locator(".line-grip")
    grips.nth(0).click()
    grips.nth(2).click()
    panel.locator('[data-name="order"]').click()
    panel.locator('[data-name="take"]').click()
    editor = cell.locator(".cm-content")
    expect(editor).to_contain_text("vstack")
    cell.locator('[data-name="mine"]').click()
    expect(editor).to_contain_text("return mine")
    expect(editor).not_to_contain_text("vstack")
    sorting.close()


def test_on_paper_there_is_no_step(browser, address):
    sorting = Sorting(opened(browser, address, CARRY), "carry")
    sorting.page.emulate_media(media="print")
    expect(sorting.step).to_be_hidden()
    expect(sorting.page.locator('#ex-cross-entropy-average [data-name="lines"]')).to_have_count(0)
    sorting.close()
