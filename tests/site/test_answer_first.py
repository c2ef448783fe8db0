"""What answers a question of the text is blurred until the reader answers it, or skips it."""

import json

import pytest
from browsing import Watched, reload
from playwright.sync_api import expect

CHAPTER = "chapters/networks.html"
NAME = "predict.networks-side"
MOVED = """() => {
  const sections = [...document.querySelectorAll("article > section > section")];
  for (const section of sections) section.style.contentVisibility = "visible";
  const heights = () => sections.map((section) => section.getBoundingClientRect().height);
  const before = heights();
  document.querySelectorAll("[data-closed]").forEach((part) => part.removeAttribute("data-closed"));
  document.querySelectorAll(".answer-first").forEach((note) => note.remove());
  return heights().filter((height, index) => height !== before[index]);
}"""


class Reading:
    """A chapter, its first question, and what follows it."""

    def __init__(self, browser, address, stored=None, **options):
        self.watcher = Watched(browser, address, viewport={"width": 1400, "height": 900}, **options)
        if stored:
            self.watcher.context.add_init_script(
                f"Object.assign(localStorage, {json.dumps(stored)})"
            )
        self.address = address
        self.page = self.watcher.open(address + CHAPTER)

    @property
    def box(self):
        return self.page.locator(f'.predict:has([data-place$="{NAME}"])')

    @property
    def answer(self):
        return self.box.locator("xpath=following-sibling::*[1]")

    def button(self, name):
        return self.box.locator(".answer-first").get_by_role("button", name=name)

    def is_blurred(self, where=None):
        return (where or self.answer).evaluate("""(node) => {
          for (const animation of node.getAnimations()) animation.finish();
          return getComputedStyle(node).filter !== "none";
        }""")


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


def test_an_answer_reaches_another_tab(read):
    """Also where the question was not looked at there."""
    reading = read()
    other = reading.watcher.context.new_page()
    other.goto(reading.address + CHAPTER)
    asked = other.locator(f'[data-place$="{NAME}"]')
    before = other.locator("[data-closed]").count()
    reading.page.bring_to_front()
    reading.box.scroll_into_view_if_needed()
    reading.box.locator('button[value="small"]').click()
    expect(reading.box).to_have_attribute("data-answered", "")
    other.bring_to_front()
    expect(other.locator(f'.predict:has([data-place$="{NAME}"]) .answer-first')).to_have_count(0)
    assert other.locator("[data-closed]").count() < before
    asked.scroll_into_view_if_needed()
    expect(asked).to_have_attribute("data-progress", "wrong")


def test_what_follows_a_question_is_blurred_until_it_is_answered_and_nothing_moves(read):
    reading = read()
    page = reading.page
    assert reading.is_blurred()
    assert page.evaluate(MOVED) == []
    reload(page)
    other = page.locator('.predict:has([data-place$="predict.networks-bend"]) + *')
    assert reading.is_blurred(other)
    expect(reading.answer).to_match_aria_snapshot("- paragraph")  # it is there to be heard
    reading.box.scroll_into_view_if_needed()
    option = reading.box.locator('button[value="small"]')
    option.click()  # a wrong answer is an answer
    expect(reading.box.locator(".answer-first")).to_have_count(0)
    expect(reading.box).to_have_attribute("data-answered", "")
    assert not reading.is_blurred()
    assert reading.is_blurred(other)
    reload(page)
    assert not reading.is_blurred()
    assert reading.is_blurred(other)


PARAGRAPHS_HELD_BACK = """(boxes) => boxes.map((box) => {
  let count = 0;
  let next = box.nextElementSibling;
  for (; next?.matches("[data-closed]"); next = next.nextElementSibling)
    count += Number(!next.matches(".cell"));
  return count;
})"""


def test_only_what_gives_the_answer_away_is_blurred(read, watched, address):
    page = read().page
    counts = page.locator(".predict").evaluate_all(PARAGRAPHS_HELD_BACK)
    assert len(counts) > 10
    assert 0 < max(counts) <= 5
    assert watched(address + "intro.html").locator("[data-closed], .answer-first").count() == 0


def test_a_question_can_be_skipped_and_all_of_them(read):
    reading = read()
    page = reading.page
    reading.button("Skip").press("Enter")
    assert not reading.is_blurred()
    expect(reading.answer).to_be_focused()
    reload(page)
    assert not reading.is_blurred()
    other = page.locator('.predict:has([data-place$="predict.networks-bend"])')
    assert reading.is_blurred(other.locator("+ *"))
    other.locator(".answer-first").get_by_role("button", name="Open book").click()
    assert page.locator("[data-closed]").count() > 5
    assert not reading.is_blurred(other.locator("+ *"))
    reload(page)
    assert not reading.is_blurred(other.locator("+ *"))
    choice = page.locator('.menu [data-name="open_book"]')
    expect(choice).to_have_attribute("aria-pressed", "true")
    choice.evaluate("button => button.click()")
    expect(choice).to_have_attribute("aria-pressed", "false")
    assert reading.is_blurred(other.locator("+ *"))


@pytest.mark.parametrize("way", ["link", "address", "focus", "search"])
def test_whoever_looks_for_what_is_blurred_finds_it_open(read, way):
    reading = read()
    page = reading.page
    part = page.locator("p[data-closed]:has(> a[href])").locator("visible=true").first
    place = part.element_handle()
    if way in ("link", "address"):
        part.evaluate("node => { node.id = 'sought'; }")
        page.evaluate("location.hash = '#sought'")
    elif way == "focus":
        part.evaluate("node => node.querySelector('a[href]').focus()")
    else:
        part.evaluate("node => getSelection().selectAllChildren(node)")
    page.wait_for_function("node => !node.hasAttribute('data-closed')", arg=place)


@pytest.mark.wcag("1.4.3")
def test_on_paper_with_contrast_and_without_scripts_all_is_open(read):
    reading = read()
    page = reading.page
    page.emulate_media(media="print")
    assert not reading.is_blurred()
    expect(reading.box.locator(".answer-first")).to_be_hidden()
    page.emulate_media(media="screen", contrast="more")
    assert not reading.is_blurred()
    expect(reading.box.locator(".answer-first")).to_be_hidden()
    plain = read(java_script_enabled=False)
    assert plain.page.locator("[data-closed], .answer-first").count() == 0


@pytest.mark.parametrize("text", ["{", "7", '["predict.networks-bend"]'])
def test_what_is_kept_and_cannot_be_read_stays_as_it_is(read, text):
    reading = read({"nnlib-book:skipped": text})
    assert reading.is_blurred()
    reading.button("Skip").press("Enter")
    assert not reading.is_blurred()
    kept = reading.page.evaluate("localStorage.getItem('nnlib-book:skipped')")
    names = ["predict.networks-bend", NAME]
    assert kept == (text if text in "{7" else json.dumps(names, separators=(",", ":")))
