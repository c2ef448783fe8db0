"""The block that answers a question of the text is folded until the reader answers or opens it."""

import json
import re

import pytest
from browsing import Watched, reload
from playwright.sync_api import expect

from theme.reading.answer_first import BLOCKS

CHAPTER = "chapters/networks.html"
CHOICE, NUMBER = "predict.networks-collapse", "predict.networks-bend"
HIGHEST = 850  # px, of what is held back: a figure that gives the answer waits with it
QUESTION = re.compile(r'data-question="(?:predict|draw)\.([\w-]+)"')
HEIGHTS = """() => {
  const folds = [...document.querySelectorAll("details.held")];
  const heightOf = (fold) => fold.getBoundingClientRect().height;
  for (const section of document.querySelectorAll("article > section > section"))
    section.style.contentVisibility = "visible";
  return folds.map((fold) => {
    const { question } = fold.dataset;
    const closed = heightOf(fold);
    fold.open = true;
    return [question, closed, heightOf(fold)];
  });
}"""
LOADING = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      if (sources.some(({ node }) => node?.parentElement?.closest("section:has(> .held)")))
        shifted += value;
  }).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    const fold = document.querySelector('[data-question="QUESTION"]');
    if (fold) setTimeout(() => { window.seenOpen = fold.open; }); // after it was painted
    else requestAnimationFrame(look);
  };
  look();
""".replace("QUESTION", NUMBER)


class Reading:
    """A chapter, its questions, and the folds after them."""

    def __init__(self, browser, address, stored=None, page=CHAPTER, **options):
        self.watcher = Watched(browser, address, viewport={"width": 1400, "height": 900}, **options)
        if stored:
            self.watcher.context.add_init_script(
                f"Object.assign(localStorage, {json.dumps(stored)})"
            )
        self.watcher.context.add_init_script(LOADING)
        self.address = address + page
        self.page = self.watcher.open(self.address)

    def box(self, name):
        box = self.page.locator(f'.predict:has([data-place$="{name}"])')
        box.scroll_into_view_if_needed()
        return box

    def fold(self, name, page=None):
        return (page or self.page).locator(f'details.held[data-question="{name}"]')


def is_open(fold, whether=True):
    if whether:
        expect(fold).to_have_attribute("open", "")
    else:
        expect(fold).not_to_have_attribute("open", "")


@pytest.fixture
def read(browser, address):
    """Return a function that opens the chapter."""
    opened = []

    def opening(stored=None, **options):
        opened.append(Reading(browser, address, stored, **options))
        return opened[-1]

    yield opening
    for one in opened:
        one.watcher.context.close()
        assert one.watcher.problems == []


@pytest.mark.parametrize("edition", [".", "zh"])
def test_each_block_is_found_in_its_page(html, edition):
    folder = html / edition
    pages = [folder / "intro.html", *(folder / "chapters").glob("*.html")]
    found = [name for page in pages for name in QUESTION.findall(page.read_text("utf-8"))]
    assert sorted(found) == sorted(BLOCKS)


@pytest.mark.parametrize("chapter", ["networks", "backpropagation", "words"])
def test_one_line_stands_for_one_block(read, chapter):
    page = read(page=f"chapters/{chapter}.html").page
    heights = page.evaluate(HEIGHTS)
    names = [name for name, _, _ in heights]
    assert len(names) == len(set(names)) >= 2
    assert max(closed for _, closed, _ in heights) < 60
    assert max(height for _, _, height in heights) <= HIGHEST


def test_a_right_answer_opens_the_fold_and_a_wrong_one_does_not(read):
    reading = read()
    fold = reading.fold(CHOICE)
    box = reading.box(CHOICE)
    box.locator('button[data-name="option"]:not([value="always"])').first.click()
    expect(box.locator('[data-progress="wrong"]')).to_be_visible()
    is_open(fold, whether=False)
    reload(reading.page)
    is_open(fold, whether=False)
    reading.box(CHOICE).locator('button[value="always"]').click()
    is_open(fold)
    expect(fold.locator("summary")).to_be_hidden()  # it is text like any other
    reload(reading.page)
    is_open(fold)
    is_open(reading.fold(NUMBER), whether=False)


def test_the_answer_can_be_shown_at_once_and_stands_beside_the_readers(read):
    reading = read()
    box = reading.box(NUMBER)
    expect(box.get_by_role("link", name="Copy for a tutor")).to_have_count(0)
    expect(box.locator('[data-name="tutor"]')).to_be_hidden()
    box.get_by_role("textbox").fill("2")
    box.get_by_role("button", name="Check").click()
    expect(box.locator('[data-name="tutor"]')).to_be_hidden()
    box.get_by_role("textbox").fill("3")
    box.get_by_role("button", name="Check").click()
    expect(box.locator('.nn-verdict [data-name="tutor"]')).to_be_visible()
    reading.fold(NUMBER).locator("summary").click()
    expect(box.locator(".nn-verdict")).to_contain_text("0.16")
    expect(box.get_by_role("textbox")).to_have_value("3")
    is_open(reading.fold(NUMBER))
    first = reading.box(CHOICE)
    reading.fold(CHOICE).locator("summary").click()
    expect(first.locator('button[data-verdict="right"]')).to_have_count(1)
    is_open(reading.fold(CHOICE))


def test_where_nothing_waits_the_box_itself_shows_the_answer(read):
    box = read(page="chapters/digits.html").box("predict.digits-pixels")
    box.get_by_role("button", name="Show the answer").click()
    expect(box.locator('[data-progress="shown"]')).to_be_visible()


@pytest.mark.parametrize(
    ("stored", "opened"),
    [
        ({}, 0),
        ({f"nnlib.{NUMBER}": '{"tries":[0.5,0.16]}', f"nnlib.{CHOICE}": '{"shown":true}'}, 2),
        ({f"nnlib.{NUMBER}": '{"tries":[0.5]}', f"nnlib.{CHOICE}": '{"tries":["bent"]}'}, 0),
        ({"nnlib-book:skipped": json.dumps([NUMBER]), "nnlib-book:open-book": "yes"}, 1),
        ({"nnlib-book:skipped": "{", f"nnlib.{NUMBER}": "7"}, 0),
    ],
    ids=["new", "answered", "wrong", "skipped", "damaged"],
)
def test_what_a_reader_has_done_with_is_open_before_it_is_seen(read, stored, opened):
    page = read(stored).page
    assert page.locator("details.held[open]").count() == opened
    assert page.evaluate("seenOpen") == (opened > 0)


@pytest.mark.parametrize("stored", [{}, {"nnlib-book:skipped": json.dumps([NUMBER])}])
def test_nothing_moves_while_the_page_loads(read, stored):
    """Where a question was skipped there is no verdict, for which its box would grow."""
    reading = read(stored)
    page = reading.page
    reading.box(NUMBER)
    reload(page)
    page.wait_for_timeout(300)
    assert page.evaluate("shifted") == 0


def test_an_answer_reaches_another_tab(read):
    reading = read()
    other = reading.watcher.context.new_page()
    other.goto(reading.address)
    reading.page.bring_to_front()
    reading.box(CHOICE).locator('button[value="always"]').click()
    other.bring_to_front()
    is_open(reading.fold(CHOICE, other))


def test_a_link_opens_a_fold(read):
    reading = read()
    page, fold = reading.page, reading.fold(NUMBER)
    fold.locator("p").evaluate("(node) => { node.id = 'sought'; }")
    page.evaluate("location.hash = '#sought'")
    is_open(fold)


@pytest.mark.wcag("2.1.1", "3.2.1")
def test_the_keyboard_opens_a_fold(read):
    reading = read()
    box, fold = reading.box(CHOICE), reading.fold(CHOICE)
    expect(box.locator("[data-progress]")).to_be_visible()  # it is awake
    summary = fold.locator("summary")
    summary.focus()
    is_open(fold, whether=False)  # to come there changes nothing
    summary.press("Enter")
    is_open(fold)
    expect(box.locator(":focus")).to_have_count(1)  # where the answer is


def test_on_paper_it_is_text_and_without_scripts_a_fold(read):
    reading = read()
    fold = reading.fold(NUMBER)
    reading.page.emulate_media(media="print")
    expect(fold.locator("p")).to_be_visible()
    expect(fold.locator("summary")).to_be_hidden()
    plain = read(java_script_enabled=False)
    plain.fold(NUMBER).locator("summary").click()
    expect(plain.fold(NUMBER).locator("p")).to_be_visible()
