"""On paper: each page as a browser prints it. (The whole book: test_print_book.py.)

`make test` prints some pages that together have everything in them, `make exports-test` every page.
"""

import collections

import pytest

from paper import Paper, chapters_of, facts_of, flaws, holds, squeezed
from theme.strings import strings

ON_SCREEN_ONLY = ("skip", "on_this_page", "edit", "report_here", "source")
# A browser's own print dialog waits for the pictures far from the screen; `page.pdf` does not.
PICTURES = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode()));
}"""
SOME = ["intro", "chapters/glossary", "chapters/losses", "chapters/playground", "chapters/softmax"]


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.exhaustive)])
def chapters(request, html):
    """Return pages of the book."""
    return chapters_of(html) if request.param == "all" else [f"{name}.html" for name in SOME]


@pytest.fixture(scope="module")
def facts(html, browser, chapters):
    """Return what each page says that it holds."""
    return facts_of(html, browser, chapters)


@pytest.fixture(scope="module")
def print_page(html, browser):
    """Return a function that prints a page of the site."""

    def printed(chapter, *, paper="A4", **options):
        context = browser.new_context(**options)
        page = context.new_page()
        page.goto((html / chapter).as_uri())
        page.evaluate(PICTURES)
        pdf = page.pdf(format=paper, tagged=True)
        context.close()
        return Paper(pdf)

    return printed


@pytest.fixture(scope="module")
def printed(print_page, chapters):
    """Return every page of the site on paper."""
    return {chapter: print_page(chapter) for chapter in chapters}


def test_no_page_is_empty_or_cut_off(printed):
    found = {name: list(flaws(paper)) for name, paper in printed.items()}
    assert not any(found.values()), found


@pytest.mark.parametrize("chapter", ["chapters/losses.html", "chapters/reference.html"])
def test_letter_paper_is_wide_enough(print_page, chapter):
    assert list(flaws(print_page(chapter, paper="Letter"))) == []


def test_only_the_last_page_of_a_chapter_is_half_blank(printed):
    found = {
        name: [n + 1 for n in range(len(paper) - 1) if paper.half_blank(n)]
        for name, paper in printed.items()
    }
    assert not any(found.values()), found


def test_every_heading_is_there_and_no_navigation(printed, facts):
    words = strings("en")
    for chapter, paper in printed.items():
        titles = facts[chapter]["headings"]
        missing = [title for title in titles if not holds(paper.text, title)]
        assert missing == [], chapter
        left = [name for name in ON_SCREEN_ONLY if squeezed(words[name]) in paper.text]
        assert left == [], chapter


def test_every_picture_is_there_once(printed, facts):
    for chapter, paper in printed.items():
        assert paper.named("/Figure") == collections.Counter(facts[chapter]["pictures"]), chapter
    assert sum(len(found["pictures"]) for found in facts.values()) > 2 * len(facts)


def test_every_question_has_its_choices(printed, facts):
    choices = {chapter: found["choices"] for chapter, found in facts.items()}
    assert {chapter: paper.text.count("☐") for chapter, paper in printed.items()} == choices


def test_proofs_are_open_also_without_scripts(print_page, printed):
    proof = squeezed("is largest where the SSR is smallest")
    paper = print_page("chapters/losses.html", java_script_enabled=False)
    assert proof in printed["chapters/losses.html"].text
    assert proof in paper.text
    assert list(flaws(paper)) == []


def test_the_discussions_of_the_challenges_are_there(printed):
    assert squeezed("Without a hidden layer no line") in printed["chapters/playground.html"].text
    assert squeezed("Weight decay pulls") in printed["chapters/playground.html"].text


def test_a_dark_screen_prints_as_a_light_one(print_page, printed):
    dark = print_page("chapters/softmax.html", color_scheme="dark")
    light = printed["chapters/softmax.html"]
    assert dark.texts == light.texts
    assert all((dark.ink(n) == light.ink(n)).all() for n in range(len(light)))


def test_exercises_have_room(html, browser):
    page = browser.new_page()
    page.goto((html / "chapters/losses.html").as_uri())
    room = "e => parseFloat(getComputedStyle(e, '::after').height) || 0"
    exercises = page.locator(".exercise").all()
    assert {exercise.evaluate(room) for exercise in exercises} == {0}
    page.emulate_media(media="print")
    assert min(exercise.evaluate(room) for exercise in exercises) > 110  # pixels: four lines
    page.close()


def test_code_keeps_its_distance_from_its_frame(html, browser):
    page = browser.new_page()
    page.goto((html / "chapters/losses.html").as_uri())
    page.emulate_media(media="print")
    inset = "e => parseFloat(getComputedStyle(e).paddingLeft)"
    for place in (".cell_input pre", ".cell_output .highlight pre"):
        blocks = page.locator(place).all()
        assert blocks, place
        assert min(block.evaluate(inset) for block in blocks) > 5, place
    page.close()
