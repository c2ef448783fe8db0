"""The head of a chapter is its title and one line; the contents are in groups."""

import re

import pytest
from browsing import Watched, box_of
from playwright.sync_api import expect

from nnbook.chapters import CHAPTERS

TIMES = {
    "": r"\d+–\d+ min · exercises \d+–\d+ min · test yourself",
    "zh/": r"\d+～\d+ 分钟 · 练习 \d+～\d+ 分钟 · 先做自测",
}
# No exercises, no questions: a dozen challenges.
PLAYGROUND = {
    "": r"\d+–\d+ min without the challenges",
    "zh/": r"\d+～\d+ 分钟，不算挑战",
}


@pytest.mark.parametrize("folder", TIMES)
def test_below_a_title_is_one_line(html, folder):
    for chapter in CHAPTERS[1:]:
        text = (html / folder / f"chapters/{chapter}.html").read_text(encoding="utf-8")
        lines = re.findall(r'<p class="facts">(.*)</p>', text)
        said = re.sub(r"<[^>]*>", "", "|".join(lines))
        expected = (PLAYGROUND if chapter == "playground" else TIMES)[folder]
        assert re.fullmatch(expected, said), (chapter, said)
        assert re.search(r"</h1>\s*<p class=\"facts\">", text), chapter


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_line_is_one_line_on_a_phone_and_leads_to_the_test(browser, address, scheme):
    viewport = {"width": 390, "height": 844}
    watcher = Watched(browser, address, viewport=viewport, color_scheme=scheme)
    for folder in TIMES:
        page = watcher.open(f"{address}{folder}chapters/backpropagation.html")
        line = page.locator("h1 + .facts")
        assert box_of(line)["height"] < 32
        line.get_by_role("link").click()
        page.wait_for_url(f"**/{folder}chapters/practice.html?test=backpropagation&when=before#*")
    watcher.context.close()
    assert watcher.problems == []


def test_minutes_stand_in_the_contents_of_the_chapter_and_at_no_section(browser, address):
    watcher = Watched(browser, address, viewport={"width": 1400, "height": 900})
    page = watcher.open(address + "chapters/losses.html")
    for contents in (".contents", ".page-contents"):
        links = page.locator(f"{contents} a[data-minutes]")
        assert links.count() > 6  # a quarter of them, and a section counts as read
        shown = links.evaluate_all(
            "all => all.map((link) => getComputedStyle(link, '::after').content)"
            ".filter((content) => content !== 'none')"
        )
        assert len(shown) == (contents == ".contents"), "of the current chapter alone"
    expect(page.locator("article section section .facts, article .unfold")).to_have_count(0)
    watcher.context.close()


def test_the_contents_are_in_groups_and_the_last_folds(browser, address):
    watcher = Watched(browser, address, viewport={"width": 1400, "height": 900})
    page = watcher.open(address + "chapters/losses.html")
    captions = page.locator(".contents .caption")
    expect(captions).to_have_text(["Chapters", "For you", "For teachers and researchers"])
    contents = page.locator(".contents")
    expect(contents.get_by_role("link", name="Glossary")).to_be_visible()
    teachers = contents.get_by_role("link", name="For teachers", exact=True)
    expect(teachers).to_be_hidden()
    captions.last.press("Enter")
    expect(teachers).to_be_visible()
    page.goto(address + "zh/chapters/errata.html")
    expect(captions).to_have_text(["各章", "学习与查阅", "写给教师和研究者"])
    expect(contents.get_by_role("link", name="勘误")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".menu-button").click()
    expect(contents.get_by_role("link", name="勘误")).to_be_in_viewport()
    watcher.context.close()
    assert watcher.problems == []
