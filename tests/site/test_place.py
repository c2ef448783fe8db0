"""A reader who comes back finds the place again, and the scrollbar says how long a page is."""

import pytest
from browsing import Watched, box_of, until

CHAPTER = "chapters/backpropagation.html"
SECTION = "#initialization-random-weights-tell-neurons-apart-the-right-size-keeps-signals-alive"

# The first block that begins below the bar, where, and how far below it.
LINE = """() => {
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  for (const block of document.querySelectorAll("article :is(p, h2, h3, pre)")) {
    if (block.closest(".nn-figure, .nn-paper")) continue;
    if (!block.checkVisibility({ contentVisibilityAuto: true })) continue;
    const { top } = block.getBoundingClientRect();
    if (top >= bar && top < innerHeight) return [block.textContent, top, top - bar];
  }
}"""
# Nothing moves any more: neither the screen over the page, nor what gets its true height only now.
STANDS_STILL = """async () => {
  const seen = () => `${scrollY} ${document.documentElement.scrollHeight}`;
  for (let still = 0, before = ""; still < 6; still = seen() === before ? still + 1 : 0) {
    before = seen();
    await new Promise(requestAnimationFrame);
  }
}"""
# A page that has come is held at its place for 30 frames (place.js): after them it stays by itself.
HELD = """async () => {
  for (let frame = 0; frame < 40; frame += 1) await new Promise(requestAnimationFrame);
}"""
# Sections as they are once laid out, beside what the style sheet says until then.
SECTIONS = """async () => {
  const sections = [...document.querySelectorAll("article > section > section")];
  const said = sections.map((section) => {
    section.style.contentVisibility = "hidden"; // what is remembered of the last time counts
    const { containIntrinsicHeight } = getComputedStyle(section);
    section.style.containIntrinsicHeight = containIntrinsicHeight.replace("auto ", "");
    return section.offsetHeight;
  });
  for (const section of sections) section.style.contentVisibility = "visible";
  const wake = new KeyboardEvent("keydown", { key: "Tab", bubbles: true });
  document.body.dispatchEvent(wake);
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return sections.map((section, index) => [section.id, said[index], section.offsetHeight]);
}"""


@pytest.fixture(scope="module", params=[390, 1280])
def chapter(request, browser, address):
    """Return a chapter on a phone and on a laptop."""
    watcher = Watched(browser, address, viewport={"width": request.param, "height": 844})
    yield watcher.open(address + CHAPTER)
    watcher.context.close()
    assert watcher.problems == []


def read_to(page, part):
    """Scroll as a reader does to a part of the page; return the line that is read there."""
    # Beside the text, where nothing scrolls by itself.
    page.mouse.move(box_of(page.locator("main"))["x"] - 9, 400)
    target = "document.documentElement.scrollHeight * " + str(part)
    for _ in range(6):
        page.mouse.wheel(0, page.evaluate(f"({target} - scrollY) / 2"))
        page.evaluate(STANDS_STILL)
    assert page.evaluate("scrollY") > 1000
    # Not in the middle of a tall figure, and not so close to the bar that a pixel decides.
    while (line := page.evaluate(LINE)) is None or line[2] < 2:
        page.mouse.wheel(0, -5 if line else 300)
        page.evaluate(STANDS_STILL)
    page.evaluate("history.replaceState(null, ''), dispatchEvent(new Event('scroll'))")
    until(page, "history.state?.place")  # of this rest, none on the way
    return page.evaluate(LINE)


def assert_reading(page, line):
    """Assert that a page shows the same line at the same height."""
    page.wait_for_load_state()
    page.evaluate(HELD)
    text, top, _ = page.evaluate(LINE)
    assert text == line[0]
    assert abs(top - line[1]) < 2


@pytest.mark.parametrize("part", [0.3, 0.7])
def test_a_reload_keeps_the_place(chapter, part):
    line = read_to(chapter, part)
    chapter.reload()
    assert_reading(chapter, line)


def test_a_term_and_back_keeps_the_place(chapter, address):
    line = read_to(chapter, 0.5)
    chapter.goto(address + "chapters/glossary.html#term-softmax")
    chapter.go_back()
    assert_reading(chapter, line)


def test_a_jump_within_the_page_and_back_keeps_the_place(chapter):
    line = read_to(chapter, 0.6)
    chapter.evaluate(f"document.querySelector('.page-contents a[href=\"{SECTION}\"]').click()")
    chapter.evaluate(HELD)
    assert chapter.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 200
    assert chapter.evaluate(LINE) != line
    chapter.go_back()
    assert_reading(chapter, line)


def test_the_place_counts_more_than_the_address(chapter, address):
    chapter.goto(address + CHAPTER + SECTION)
    line = read_to(chapter, 0.4)
    chapter.reload()
    assert_reading(chapter, line)


def test_a_proof_that_was_read_is_open_again(chapter):
    chapter.evaluate("""() => {
      const fold = document.querySelector("details.proof:not(.nn-figure *, details:not([open]) *)");
      fold.open = true;
      fold.querySelector("summary + *").scrollIntoView();
    }""")
    chapter.evaluate(STANDS_STILL)
    line = read_to(chapter, chapter.evaluate("scrollY / document.documentElement.scrollHeight"))
    chapter.reload()
    assert_reading(chapter, line)


def test_a_reader_who_moves_is_let_go(chapter):
    read_to(chapter, 0.5)
    chapter.reload(wait_until="commit")
    until(chapter, "scrollY > 1000")
    chapter.evaluate("dispatchEvent(new WheelEvent('wheel')), scrollTo(0, 0)")
    chapter.wait_for_load_state()
    chapter.evaluate(HELD)
    assert chapter.evaluate("scrollY") == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["chapters/networks.html", "zh/chapters/softmax.html"])
def test_the_scrollbar_tells_the_truth(browser, html, path, width):
    watcher = Watched(browser, "file://", viewport={"width": width, "height": 844})
    page = watcher.open((html / path).as_uri())
    assert watcher.problems == []
    sections = page.evaluate(SECTIONS)  # some browsers complain of being asked about hidden ones
    watcher.context.close()
    said, true = (sum(section[of] for section in sections) for of in (1, 2))
    assert abs(said / true - 1) < 0.08
    wrong = [section for section in sections if abs(section[1] - section[2]) > 150 + section[2] / 8]
    assert wrong == []
