"""On paper: each page as a browser prints it, and the whole book as one PDF."""

import collections
import subprocess
import sys

import pytest
import yaml
from browsing import ROOT
from paper import FACTS, FOOT, Paper, holds, squeezed

from theme.strings import strings

EDGE = 16.5 / 210  # of the width: just outside the text
ON_SCREEN_ONLY = ("skip", "on_this_page", "edit", "issue", "source")


@pytest.fixture(scope="module")
def chapters(html):
    """Return the pages of the book."""
    return ["intro.html", *sorted(f"chapters/{path.name}" for path in html.glob("chapters/*.html"))]


@pytest.fixture(scope="module")
def facts(html, browser, chapters):
    """Return what each page says that it holds."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found = {}
    for chapter in chapters:
        page.goto((html / chapter).as_uri())
        found[chapter] = page.evaluate(FACTS)
    context.close()
    return found


@pytest.fixture(scope="module")
def print_page(html, browser):
    """Return a function that prints a page of the site."""

    def printed(chapter, *, paper="A4", **options):
        context = browser.new_context(**options)
        page = context.new_page()
        page.goto((html / chapter).as_uri())
        pdf = page.pdf(format=paper, tagged=True)
        context.close()
        return Paper(pdf)

    return printed


@pytest.fixture(scope="module")
def printed(print_page, chapters):
    """Return every page of the site on paper."""
    return {chapter: print_page(chapter) for chapter in chapters}


@pytest.fixture(scope="module")
def book(html, tmp_path_factory):
    """Return the PDF of the whole book."""
    folder = tmp_path_factory.mktemp("pdf")
    command = [sys.executable, ROOT / "tools/pdf.py", "en", "--site", html, "--to", folder]
    subprocess.run(command, check=True, cwd=ROOT)
    return Paper((folder / "book.pdf").read_bytes())


def flaws(paper):
    """Name the pages that are empty or on which something reaches into the margin at the side."""
    for number in range(len(paper)):
        ink = paper.ink(number)
        height, width = ink.shape
        body = ink[: int(height * FOOT)]
        edge = int(width * EDGE)
        if not body.any():
            yield number + 1, "empty"
        if body[:, :edge].any() or body[:, -edge:].any():
            yield number + 1, "cut off"


def test_no_page_is_empty_or_cut_off(printed):
    found = {name: list(flaws(paper)) for name, paper in printed.items()}
    assert not any(found.values()), found


@pytest.mark.parametrize("chapter", ["chapters/losses.html", "chapters/reference.html"])
def test_letter_paper_is_wide_enough(print_page, chapter):
    assert list(flaws(print_page(chapter, paper="Letter"))) == []


def test_only_the_last_page_of_a_chapter_is_half_blank(printed, book):
    found = {
        name: [n + 1 for n in range(len(paper) - 1) if paper.half_blank(n)]
        for name, paper in printed.items()
    }
    assert not any(found.values()), found
    starts = {page for name, page in book.anchors.items() if "--" not in name}
    assert len(starts) == len(printed) + 1  # and the solutions
    within = set(range(min(starts), len(book))) - {page - 1 for page in starts}
    assert [page for page in sorted(within) if book.half_blank(page - 1)] == []


def test_outputs_stand_below_their_code(book, facts):
    pairs = [pair for found in facts.values() for pair in found["outputs"]]
    joints = [squeezed(above)[-20:] + squeezed(output)[:20] for above, output in pairs]
    assert len(joints) > 200
    assert [joint for joint in joints if not any(joint in text for text in book.texts)] == []


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
        assert paper.pictures() == collections.Counter(facts[chapter]["pictures"]), chapter
    assert sum(len(found["pictures"]) for found in facts.values()) > 50


def test_every_question_has_its_choices(printed, book, facts):
    choices = {chapter: found["choices"] for chapter, found in facts.items()}
    assert {chapter: paper.text.count("☐") for chapter, paper in printed.items()} == choices
    assert book.text.count("☐") == sum(choices.values()) > 100


def test_proofs_are_open_also_without_scripts(print_page, printed):
    proof = squeezed("the derivative of a sum")
    paper = print_page("chapters/losses.html", java_script_enabled=False)
    assert proof in printed["chapters/losses.html"].text
    assert proof in paper.text
    assert list(flaws(paper)) == []


def test_the_discussions_of_the_challenges_are_there(printed):
    assert squeezed("Remove both layers.") in printed["chapters/playground.html"].text
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


def contents_of(book):
    """Return (anchor, text) of every line of the contents, which stand behind the title page."""
    first = book.anchors["/intro"]
    return [link for number in range(1, first - 1) for link in book.links(number)]


def bookmarks_of(book):
    """Return (title, page) of every bookmark."""
    with book.parts.open_outline() as outline:
        items = [item for chapter in outline.root for item in (chapter, *chapter.children)]
    return [(item.title, book.numbers[item.destination[0].objgen]) for item in items]


def test_contents_and_bookmarks_name_the_right_pages(book, facts):
    lines, bookmarks = contents_of(book), bookmarks_of(book)
    assert len(lines) > 120
    for (anchor, text), (title, page) in zip(lines, bookmarks, strict=True):
        assert page == book.anchors[anchor]
        # The letters alone: in a PDF a formula may come behind the line that it stands in.
        assert sorted(text) == sorted(squeezed(f"{title}{page}"))
    pages = [page for _, page in bookmarks]
    assert pages == sorted(pages)
    titles = {title for found in facts.values() for title in found["headings"]}
    known = [(title, page) for title, page in bookmarks if title in titles]
    assert len(known) > 100
    wrong = [(title, page) for title, page in known if not holds(book.texts[page - 1], title)]
    assert wrong == []


def test_the_book_holds_every_page(book, facts):
    assert list(flaws(book)) == []
    titles = [title for found in facts.values() for title in found["headings"]]
    assert [title for title in titles if not holds(book.text, title)] == []
    pictures = [picture for found in facts.values() for picture in found["pictures"]]
    assert book.pictures() == collections.Counter(pictures)


def test_links_lead_within_the_book_or_to_the_web(book, facts):
    targets = [target for number in range(len(book)) for target, _ in book.links(number)]
    within = [target for target in targets if target.startswith("/")]
    assert len(within) > 1000
    assert [target for target in within if target not in book.anchors] == []
    external = {address for found in facts.values() for address in found["external"]}
    assert set(targets) - set(within) == external
    assert len(external) > 40


def test_every_solution_is_where_its_exercise_says(book):
    said = [
        (target, text)
        for number in range(len(book))
        for target, text in book.links(number)
        if target.startswith("/solution--") and text.startswith(squeezed("Hint and solution"))
    ]
    assert len(said) > 50
    assert [text for target, text in said if not text.endswith(f"page{book.anchors[target]}")] == []


def test_readers_know_what_they_have(book):
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert str(book.parts.docinfo.Title) == config["title"]
    assert str(book.parts.docinfo.Author) == config["author"]
    assert str(book.parts.Root.Lang) == "en"
