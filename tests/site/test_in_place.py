"""A term, an equation, a figure, a source and a claim can be read where they are mentioned."""

import re
from collections import Counter

import pytest
from browsing import Watched, until
from playwright.sync_api import expect

CHAPTER = "chapters/backpropagation.html"
LINKS = {
    "term": "article a.term:visible",
    "equation": "article a.internal[href^='#equation-']:visible",
    "equation elsewhere": "article a.internal[href*='.html#equation-']:visible",
    "source": "article a[href*='bibliography.html#id']:visible",
    "claim": "article a.claim:visible",
}

TERM = re.compile(r'<a class="[^"]*\bterm\b[^"]*" href="([^"]*)"')
SHOWN = "document.querySelectorAll('#in-place:popover-open, .mentioned')"


@pytest.fixture(scope="module", params=["served", "a file", "Chinese"])
def page(request, browser, address, html):
    """Return a chapter on a server, as a file, and in Chinese."""
    served = f"{address}zh/{CHAPTER}" if request.param == "Chinese" else address + CHAPTER
    whole = (html / CHAPTER).as_uri() if request.param == "a file" else served
    origin = "file://" if request.param == "a file" else address
    watcher = Watched(browser, origin)
    page = watcher.open(whole)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    yield page
    assert watcher.problems == []
    watcher.context.close()


def said(page, kind):
    """Return what a link leads to, by the other page itself, without a term's headword."""
    link = page.locator(LINKS[kind]).first
    other = page.context.new_page()
    other.goto(link.evaluate("link => link.href"), wait_until="domcontentloaded")
    text = other.evaluate("""() => {
      const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const after = place.parentElement.querySelector(`#${place.id} ~ dd`);
      const said = place.matches("dt") ? after : place;
      for (const part of said.querySelectorAll(".headerlink, .label, .claim-trials")) part.remove();
      return said.textContent.replace(/^[\\u4e00-\\u9fff]+ · /, "");
    }""")
    other.close()
    return text.split()


@pytest.mark.parametrize("kind", LINKS)
def test_it_says_what_is_there(page, kind):
    link, box = page.locator(LINKS[kind]).first, page.locator("#in-place")
    link.scroll_into_view_if_needed()
    link.hover()
    until(page, f"{SHOWN}.length === 1")
    if kind != "equation":  # on this page: a copy, or itself where it can be seen
        expect(box).to_be_visible()
        assert box.text_content().split() == said(page, kind)
    page.mouse.move(5, 5)
    until(page, f"{SHOWN}.length === 0")


@pytest.mark.wcag("1.4.13")
def test_keys_open_and_close_it(page):
    link, box = page.locator(LINKS["term"]).nth(1), page.locator("#in-place")
    link.scroll_into_view_if_needed()
    page.mouse.move(5, 5)
    link.evaluate("link => link.focus({ focusVisible: true })")
    page.keyboard.press("Shift")
    until(page, f"{SHOWN}.length === 1")
    expect(box).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "in-place")
    inside = box.evaluate("""box => {
      const { top, left, right, bottom } = box.getBoundingClientRect();
      return top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight;
    }""")
    assert inside
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert link.get_attribute("aria-describedby") is None


def test_a_click_stays_on_the_page_and_offers_the_way(page):
    box, way = page.locator("#in-place"), page.locator("#in-place .in-place-way")
    before = page.url
    for kind in ("term", "claim", "source", "equation elsewhere"):
        link = page.locator(LINKS[kind]).first
        link.scroll_into_view_if_needed()
        link.click()
        expect(way).to_be_visible()
        assert page.url == before, kind
        page.mouse.move(5, 5)
        expect(way).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
    link.focus()
    page.keyboard.press("Enter")
    expect(way).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    href = link.evaluate("link => link.href")
    expect(way).to_have_js_property("href", href)
    assert page.url == before


def test_the_first_tap_shows_and_the_second_goes_there(browser, address):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    watcher = Watched(browser, address, **phone)
    page = watcher.open(address + CHAPTER)
    link, box = page.locator(LINKS["term"]).first, page.locator("#in-place")
    link.tap()
    expect(box).to_be_visible()
    assert page.url == address + CHAPTER
    edges = box.evaluate(
        "box => [box.getBoundingClientRect().left, box.getBoundingClientRect().right]"
    )
    assert edges[0] >= 0
    assert edges[1] <= 390
    page.locator("h1").tap(position={"x": 3, "y": 3})
    expect(box).to_be_hidden()
    link.tap()
    box.locator("a").last.tap()
    page.wait_for_url("**/glossary.html#*")
    assert watcher.problems == []
    watcher.context.close()


def test_at_rest_nothing_of_it_is_loaded(browser, address):
    watcher = Watched(browser, address)
    page = watcher.open(address + CHAPTER)
    page.keyboard.press("End")
    assert [
        each for each in watcher.requested if "said-elsewhere" in each or "in-place" in each
    ] == []
    watcher.context.close()


def test_no_page_underlines_a_term_more_than_twice(html):
    pages = [*html.glob("*.html"), *html.glob("chapters/*.html"), *html.glob("zh/chapters/*.html")]
    for path in pages:
        terms = Counter(TERM.findall(path.read_text(encoding="utf-8")))
        assert {term: count for term, count in terms.items() if count > 2} == {}, path.name
