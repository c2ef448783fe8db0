"""What the page on accessibility claims, and what can be seen in the files of all pages at once."""

import re
from collections import Counter

import pytest

from nnbook.messages import LANGUAGES, TRANSLATIONS
from theme.accessible import criteria

SOUND_OR_VIDEO = re.compile(r"<(?:audio|video|embed|object|iframe)\b")
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def texts(html, pages):
    """Return every page of each edition, as it is written."""
    found = {key: {} for key in LANGUAGES}
    for path in pages:
        edition = path.split("/")[0] if path.split("/")[0] in TRANSLATIONS else "en"
        found[edition][path] = (html / path).read_text(encoding="utf-8")
    return found


def between(text, start, end):
    return text.partition(start)[2].partition(end)[0]


@pytest.mark.wcag("1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2")
def test_no_page_has_sound_or_video(texts):
    every = {path: text for pages in texts.values() for path, text in pages.items()}
    assert [path for path, text in every.items() if SOUND_OR_VIDEO.search(text)] == []
    assert SOUND_OR_VIDEO.search('<p><video src="x.mp4">')


def names_in(text):
    """Return the words of a piece of a page, in their order."""
    titles = re.sub(r'<[^>]+? (?:aria-label|placeholder)="([^"]*)"[^>]*>', r" \1 ", text)
    return " ".join(TAGS.sub(" ", titles).split())


@pytest.mark.wcag("3.2.3", "3.2.4")
@pytest.mark.parametrize("language", LANGUAGES)
def test_bar_and_contents_are_the_same_on_every_page(texts, language):
    """But for the name of the section, and for *Run*, which only a notebook has."""
    bars, contents = Counter(), Counter()
    for text in texts[language].values():
        bar = between(text, '<header class="bar">', "</header>")
        bar = re.sub(r'<details class="menu">.*?</details>', "", bar, flags=re.DOTALL)
        bar = re.sub(r'<button class="button section-button".*?</button>', "", bar, flags=re.DOTALL)
        bars[names_in(bar)] += 1
        listed = between(text, '<nav class="contents"', "</nav>")
        # The current chapter alone says how long it takes, and where it can be left and entered.
        contents[names_in(re.sub(r'<(?:small|span class="minutes").*?<', "<", listed))] += 1
    assert len(bars) == 1, bars
    assert len(contents) == 1, contents


@pytest.mark.wcag("3.2.6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_same_place_of_every_page(texts, language):
    help_of = {}
    for path, text in texts[language].items():
        end = between(text, '<footer class="colophon">', "</footer>")
        links = [link.partition("?")[0] for link in re.findall(r'href="(.*?)"', end)]
        names = [link.rpartition("/")[2] for link in links]
        # A page's link to itself is "#".
        help_of[path] = [name for name in names if name in ("new", "accessibility.html", "#")]
    chapters = {path: tuple(found) for path, found in help_of.items() if "search" not in path}
    itself = f"{LANGUAGES[language].prefix}chapters/accessibility.html"
    assert chapters.pop(itself) == ("new", "#")
    assert {*chapters.values()} == {("new", "accessibility.html")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_the_tests_that_are_marked(html, language):
    text = (html / LANGUAGES[language].folder / "chapters/accessibility.html").read_text("utf-8")
    proofs = criteria.proofs_in()
    shown = {}
    entries = re.split(r'<dt id="wcag-([\d.]+)"', text)
    for number, entry in zip(entries[1::2], entries[2::2], strict=True):
        names = re.findall(
            r'<code[^>]*>(?:<span class="pre">)?([\w:]+)', entry.partition("</dd>")[0]
        )
        shown[number] = names
    assert [*shown] == criteria.in_order()
    assert shown == {
        number: [test.name for test in proofs.get(number, [])] for number in criteria.in_order()
    }
