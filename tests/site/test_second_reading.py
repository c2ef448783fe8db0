"""More exercises fold into their title, and unfold for whoever looks for one."""

import pytest
from browsing import Watched, box_of
from playwright.sync_api import expect

CHAPTER = "chapters/losses.html"
SECTION = "#more-exercises"
INSIDE = "#ex-losses-median"
FOLD = f"{SECTION} > details.second-reading"


@pytest.fixture
def page(browser, address):
    """Return a chapter with exercises of the second layer."""
    watcher = Watched(browser, address, viewport={"width": 1400, "height": 900})
    yield watcher.open(address + CHAPTER)
    watcher.context.close()
    assert watcher.problems == []


def test_a_second_reading_is_one_line_until_it_is_opened(page):
    summary = page.locator(f"{FOLD} > summary")
    expect(summary.get_by_role("heading", level=3)).to_be_visible()
    assert box_of(page.locator(SECTION))["height"] < 60
    expect(page.locator(INSIDE)).to_be_hidden()
    summary.press("Enter")
    expect(page.locator(INSIDE)).to_be_visible()


@pytest.mark.parametrize("target", [SECTION, INSIDE])
def test_a_link_to_what_is_folded_unfolds_it(page, target):
    page.evaluate("(hash) => { location.hash = hash; }", target)
    expect(page.locator(INSIDE)).to_be_visible()
    expect(page.locator(target)).to_be_in_viewport()


def test_paper_has_the_second_reading(page):
    page.emulate_media(media="print")
    expect(page.locator(INSIDE)).to_be_visible()
