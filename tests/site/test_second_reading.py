"""What is for a second reading folds into its title, and unfolds for whoever looks for it."""

import re

import pytest
from browsing import Watched, box_of, reload
from playwright.sync_api import expect

CHAPTER = "chapters/losses.html"
SECTION = "#entropy-how-small-the-loss-can-get"
INSIDE = "#the-loss-of-knowing-nothing"
FOLD = f"{SECTION} > details.second-reading"


@pytest.fixture
def page(browser, address):
    """Return a chapter with a section of the second layer."""
    watcher = Watched(browser, address, viewport={"width": 1400, "height": 900})
    yield watcher.open(address + CHAPTER)
    watcher.context.close()
    assert watcher.problems == []


def test_a_second_reading_is_one_line_until_it_is_opened(page):
    summary = page.locator(f"{FOLD} > summary")
    expect(summary.get_by_role("heading", level=2)).to_be_visible()
    assert box_of(page.locator(SECTION))["height"] < 60
    expect(page.locator(INSIDE)).to_be_hidden()
    summary.press("Enter")
    expect(page.locator(INSIDE)).to_be_visible()
    # On a phone the minutes may be below the title.
    page.set_viewport_size({"width": 390, "height": 844})
    summary.press("Enter")
    assert box_of(page.locator(FOLD))["height"] < 100


@pytest.mark.parametrize("anchor", ["section", "label", "inside"])
def test_a_link_to_what_is_folded_unfolds_it(page, anchor):
    label = page.locator(f"{SECTION} > span").first.get_attribute("id")
    target = {"section": SECTION, "label": f"#{label}", "inside": INSIDE}[anchor]
    expect(page.locator(INSIDE)).to_be_hidden()
    page.evaluate("(hash) => { location.hash = hash; }", target)
    expect(page.locator(INSIDE)).to_be_visible()
    expect(page.locator(target if anchor == "inside" else SECTION)).to_be_in_viewport()


def test_a_closed_proof_is_one_line(page):
    proof = page.locator("details.proof:not(details:not([open]) *)").first
    assert box_of(proof)["height"] == box_of(proof.locator("> summary"))["height"]


def test_a_button_unfolds_all_and_is_remembered(page):
    button = page.locator(".facts .unfold")
    button.click()
    expect(page.locator(INSIDE)).to_be_visible()
    reload(page)
    expect(page.locator(INSIDE)).to_be_visible()
    button.click()
    reload(page)
    expect(page.locator(INSIDE)).to_be_hidden()


def test_minutes_stand_at_headings_and_in_both_lists_of_contents(page):
    layer = page.locator(f"{FOLD} > summary > .facts")
    expect(layer).to_have_text(re.compile(r"^\d+–\d+ min · second reading$"))
    expect(page.locator("#loss-functions > .facts")).to_contain_text(
        re.compile(r"^\d+–\d+ minutes without the exercises")
    )
    for contents in (".contents", ".page-contents"):
        links = page.locator(f"{contents} a[data-minutes]")
        assert links.count() > 9
        shown = links.evaluate_all(
            "all => all.map((link) => getComputedStyle(link, '::after').content)"
            ".filter((content) => content !== 'none')"
        )
        assert len(shown) == (contents == ".contents"), "of the current chapter alone"
    marked = page.locator(f'.page-contents a[href="{SECTION}"]')
    expect(marked).to_have_attribute("data-layer", "more")


def test_exercises_have_no_minutes_because_nobody_knows_how_long_they_take(page, html):
    playground = (html / "chapters" / "playground.html").read_text(encoding="utf-8")
    assert "minutes without the challenges." in playground
    assert page.locator("#exercises .admonition.exercise").count() > 3
    expect(page.locator("#exercises > .facts")).to_have_count(0)
    listed = page.locator('.page-contents a[href="#exercises"]')
    expect(listed).to_have_count(1)
    assert listed.get_attribute("data-minutes") is None
    more = page.locator("#exercises section:has(> details.second-reading)")
    expect(more.locator("> details > summary > .facts")).to_have_text("second reading")
    listed = page.locator(f'.page-contents a[href="#{more.get_attribute("id")}"]')
    expect(listed).to_have_attribute("data-layer", "more")
    assert listed.get_attribute("data-minutes") is None


def test_paper_has_the_second_reading(page):
    page.emulate_media(media="print")
    expect(page.locator(INSIDE)).to_be_visible()
    heading = page.locator(f"{FOLD} h2").first
    size = "(heading) => getComputedStyle(heading).fontSize"
    assert heading.evaluate(size) == page.locator("#summary > h2").evaluate(size)
