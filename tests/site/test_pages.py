"""Every page, opened once in a real browser: on a narrow screen, and by axe on a wide one."""

import gzip
import hashlib
import re
from urllib.parse import urlsplit

import axe
import pytest
from browsing import BASE_PATH, Watched, wake
from tutor_texts import COPIED, told

from nnbook.exercises import registry
from nnbook.messages import TRANSLATIONS, load

# What a page says of itself, read in the browser.
FACTS = """() => {
  const text = document.querySelector("main").cloneNode(true);
  text.querySelectorAll("math, pre, code, .sig").forEach((element) => element.remove());
  const images = [...document.images];
  return {
    language: document.documentElement.lang,
    title: document.title,
    description: document.querySelector("meta[name=description]")?.content ?? "",
    headings: [...document.querySelectorAll("h1")].map((heading) => heading.innerText),
    version: document.querySelector(".colophon")?.innerText ?? "",
    imagesWithoutText: images.filter((image) => !image.alt.trim() || /\\.svg$/.test(image.alt))
      .map((image) => image.src),
    // Axes that one draws on have their question instead.
    figuresWithoutCaption: [...document.querySelectorAll(".cell_output img:not(.predict *)")]
      .filter((image) => !image.closest("figure")?.querySelector("figcaption"))
      .map((image) => image.src),
    width: document.documentElement.scrollWidth,
    rawFormulas: text.textContent.match(/\\\\[a-zA-Z]{2,}|\\$\\$?|\\{(eq|numref|term|cite)/g) ?? [],
    formulaErrors: document.querySelectorAll("merror, .eqn-num").length,
    formulas: document.querySelectorAll("math").length,
    installable: document.querySelector("link[rel=manifest]") !== null,
    duplicateIds: [...document.querySelectorAll("[id]")].map((element) => element.id)
      .filter((id, index, ids) => ids.indexOf(id) !== index),
    // The list of the numbers by which docutils leads back from a source to where it is cited.
    stray: [...document.querySelectorAll(".citation")].map((source) => source.innerText)
      .filter((text) => /^\\(1/.test(text)),
    // A comma that begins a line, a bracket that ends one: its formula is in another.
    broken: [...document.querySelectorAll(".whole")]
      .filter((whole) => whole.getClientRects().length > 1)
      .map((whole) => whole.textContent),
    narrow: [...document.querySelectorAll(".exercise-index td:first-child")]
      .filter((title) => title.clientWidth < 300).map((title) => title.textContent),
  };
}"""
# Text in the letters of the other language whose language no element says; code says nothing.
FOREIGN = """() => {
  const own = document.documentElement.lang.slice(0, 2);
  const other = own === "zh" ? /[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}/ : /[\\u4e00-\\u9fff]/;
  const silent = "pre, code, math, .nn-figure, .nn-paper, noscript, script, [aria-hidden], .sig";
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { data, parentElement: parent } = walker.currentNode;
    const said = parent.closest("[lang]").lang.slice(0, 2);
    if (other.test(data) && said === own && !parent.closest(silent)) found.push(data.trim());
  }
  return found;
}"""

# Parts of the text that stand beside or above one that comes before them: read aloud, they would
# come in another order than they are seen.
OUT_OF_ORDER = """() => {
  const around = "article, article section, article :is(.admonition, details, dd, figure)";
  const found = [];
  for (const parent of document.querySelectorAll(around)) {
    let last = -Infinity;
    for (const child of parent.children) {
      const { float, position } = getComputedStyle(child);
      const { height, top, width } = child.getBoundingClientRect();
      const outside = float !== "none" || /absolute|fixed/.test(position);
      if (outside || !height || width < 60 || !child.checkVisibility()) continue;
      if (top < last - 2) found.push(child.outerHTML.slice(0, 120));
      last = Math.max(last, top);
    }
  }
  return found;
}"""
# As WCAG 1.4.12 spaces text; in a window of 320 pixels (1.4.10), as wide as one of 1280 magnified
# four times.
SPACED = """() => {
  const wide = new CSSStyleSheet();
  wide.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
    * { word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets.push(wide);
  const { scrollWidth } = document.documentElement;
  document.adoptedStyleSheets.pop();
  return scrollWidth;
}"""

PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 256}
LARGEST_PAGE = 325_000  # bytes with gzip, pictures aside, a tenth of them the text face
AT_REST = 230_000  # before one scrolls, without fonts: these come when a figure has been drawn
PRACTICE = 260_000  # the same, for the page that has all review questions
SEARCH = 370_000  # with the index of the whole book


def offenders(visits, judge):
    """Return what `judge` finds on each page, for the pages where it finds something."""
    return {path: found for path, facts in visits.items() if (found := judge(facts))}


def test_there_are_pages(pages):
    chapters = {"chapters/networks.html", "chapters/activations.html", "chapters/losses.html"}
    assert chapters | {"index.html", "intro.html", "search.html"} <= set(pages)


def test_a_text_for_a_tutor_that_tells_is_found_out():
    one = {"limits": [[4.4, 4.6]], "option": "later", "code": "def f(x):\n    return -x / len(x)"}
    silent = "The mean is not 9, and it comes not later than this. `len(x)` counts."
    assert list(told(one, "Write `len(x)`.", silent)) == []
    for text in ("It is 4.5.", "- later", "It is −x / len(x)."):
        assert len(list(told(one, "Write `len(x)`.", text))) == 1, text


pytestmark = pytest.mark.timeout(1200)  # each class opens all pages of an edition first


@pytest.fixture(scope="class")
def visits(request, browser, address, pages):
    """Open every page once; return what it says, what it loaded and what is wrong with it."""
    found = {}
    for path in pages:
        if (path.split("/")[0] in TRANSLATIONS) != request.cls.translated:
            continue
        watcher = Watched(browser, address, viewport=PHONE)
        page = watcher.open(address + path)
        at_rest = watcher.requested.copy()
        wake(page)
        facts = page.evaluate(FACTS) | {"foreign": page.evaluate(FOREIGN), "at_rest": at_rest}
        facts |= {"requested": watcher.requested.copy(), "axe": []}
        facts |= {"disorder": page.evaluate(OUT_OF_ORDER)}
        watcher.surround(viewport=NARROWEST)
        facts |= {"spaced": page.evaluate(SPACED)}
        if not request.cls.translated and path != "index.html":  # the same as intro.html
            watcher.surround()
            facts["axe"] = axe.whole_page(page)
        facts["copied"] = page.evaluate(COPIED)
        found[path] = facts | {"problems": watcher.problems}
        watcher.context.close()
    return found


class TestOriginal:
    """Every page of the original, and below of the translations: a class each, a process each."""

    translated = False

    def test_console_is_empty_and_nothing_comes_from_elsewhere(self, visits):
        assert offenders(visits, lambda facts: facts["problems"]) == {}

    @pytest.mark.wcag(
        "1.1.1",
        "1.3.1",
        "1.4.3",
        "2.4.1",
        "2.4.3",
        "2.4.4",
        "2.5.3",
        "2.5.8",
        "3.1.1",
        "3.3.2",
        "4.1.2",
    )
    def test_axe_finds_nothing(self, visits):
        assert len(visits) > 10
        assert offenders(visits, lambda facts: facts["axe"]) == {}

    @pytest.mark.wcag("2.4.2", "3.1.1")
    def test_every_page_says_what_it_is(self, visits):
        def missing(facts):
            needed = {key: facts[key].strip() for key in ("language", "title", "description")}
            return [key for key, value in needed.items() if not value]

        assert offenders(visits, missing) == {}
        assert offenders(visits, lambda facts: len(facts["headings"]) != 1) == {}

    def test_every_page_bears_the_version(self, visits):
        import nnlib

        assert offenders(visits, lambda facts: nnlib.__version__ not in facts["version"]) == {}

    @pytest.mark.wcag("2.4.2")
    def test_titles_differ(self, visits):
        told = [path for path in visits if not path.endswith("index.html")]
        titles = [visits[path]["title"] for path in told]
        assert len(titles) == len(set(titles))

    @pytest.mark.wcag("1.1.1")
    def test_pictures_have_alternative_text_and_caption(self, visits):
        assert offenders(visits, lambda facts: facts["imagesWithoutText"]) == {}
        assert offenders(visits, lambda facts: facts["figuresWithoutCaption"]) == {}

    @pytest.mark.wcag("1.3.4")
    def test_nothing_is_wider_than_a_phone(self, visits):
        assert offenders(visits, lambda facts: facts["width"] > PHONE["width"]) == {}

    @pytest.mark.wcag("1.4.4", "1.4.10", "1.4.12")
    def test_nothing_is_wider_than_a_page_magnified_four_times_with_wide_spaces(self, visits):
        assert offenders(visits, lambda facts: facts["spaced"] > NARROWEST["width"]) == {}

    @pytest.mark.wcag("1.3.2")
    def test_text_stands_in_the_order_in_which_it_is_read_aloud(self, visits):
        assert offenders(visits, lambda facts: facts["disorder"]) == {}

    @pytest.mark.wcag("1.4.5")
    def test_formulas_are_rendered(self, visits):
        assert offenders(visits, lambda facts: facts["rawFormulas"]) == {}
        assert offenders(visits, lambda facts: facts["formulaErrors"]) == {}
        assert sum(facts["formulas"] for facts in visits.values()) > 0

    @pytest.mark.wcag("3.1.2")
    def test_words_of_another_language_say_which(self, visits):
        assert offenders(visits, lambda facts: facts["foreign"]) == {}

    def test_a_short_formula_stays_in_one_line(self, visits):
        assert offenders(visits, lambda facts: facts["broken"]) == {}

    def test_lists_have_room_for_words_on_a_phone(self, visits):
        assert offenders(visits, lambda facts: facts["narrow"] + facts["stray"]) == {}

    def test_ids_are_unique(self, visits):
        assert offenders(visits, lambda facts: facts["duplicateIds"]) == {}

    def test_pages_are_light(self, visits, html):
        def weight(page, requested):
            total = 0
            for url in requested:
                path = html / urlsplit(url).path.removeprefix(BASE_PATH)
                # The next page is fetched early.
                ahead = path.suffix == ".html" and path != html / page
                if path.is_file() and not ahead and "_images" not in path.parts:
                    data = path.read_bytes()
                    total += len(data if path.suffix == ".woff2" else gzip.compress(data))
            return total

        weights = {path: weight(path, facts["requested"]) for path, facts in visits.items()}
        at_rest = {
            path: weight(path, [url for url in facts["at_rest"] if ".woff2" not in url])
            for path, facts in visits.items()
        }
        heavy = {
            path: bytes_
            for path, bytes_ in at_rest.items()
            if bytes_ > (PRACTICE if "practice" in path else AT_REST)
        }
        heavy |= {path: bytes_ for path, bytes_ in weights.items() if bytes_ > LARGEST_PAGE}
        assert {path: bytes_ for path, bytes_ in heavy.items() if "search" not in path} == {}
        assert max(heavy.values(), default=0) < SEARCH
        assert min(weights.values()) > 10_000, "the style sheet and the fonts were not counted"

    def test_what_is_copied_for_a_tutor_never_tells_the_answer(self, visits):
        copied = [one for facts in visits.values() for one in facts["copied"]]
        language = sorted(TRANSLATIONS)[0] if self.translated else "en"
        words = load("messages/site/tutor", language)
        offers = {one["name"] for one in copied}
        assert offers >= {*registry.names()}
        assert {name.partition(".")[0] for name in offers - {*registry.names()}} == {
            "predict",
            "steps",
        }
        assert [one["name"] for one in copied if not one["shown"]] == []
        for one in copied:
            before, heading, after = one["text"].partition(f"## {words['tried']}")
            assert heading, one["name"]
            assert words["rules"] in before, one["name"]
            assert list(told(one, before, after)) == [], one["name"]

    def test_what_pages_load_is_of_the_version_that_they_name(self, visits, html):
        def unnamed(facts):
            for url in facts["requested"]:
                parts = urlsplit(url)
                path = html / parts.path.removeprefix(BASE_PATH)
                if parts.scheme == "data" or path.suffix in ("", ".html"):
                    continue
                if path == html / "downloads" / "list.js":  # written anew when files are added
                    continue
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                if not (parts.query.startswith("v=") and digest.startswith(parts.query[2:])):
                    yield url

        assert offenders(visits, lambda facts: list(unnamed(facts))) == {}
        loaded = [url for facts in visits.values() for url in facts["requested"]]
        assert any("woff2?v=" in url for url in loaded)


class TestTranslations(TestOriginal):
    """The same in the other languages."""

    translated = True

    @pytest.mark.exhaustive
    def test_axe_finds_nothing(self, browser, address, pages):
        """Colors are those of the original."""
        watcher = Watched(browser, address)
        found = {}
        for path in pages:
            if path.split("/")[0] in TRANSLATIONS and not path.endswith("/index.html"):
                page = watcher.open(address + path)
                wake(page)
                found[path] = axe.whole_page(page, colors=False)
        watcher.context.close()
        assert len(found) > 10
        assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_axe_finds_what_is_wrong(watched, address):
    page = watched(address + "intro.html")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("""() => {
      for (const name of ["one", "two"]) {
        const small = document.createElement("button");
        small.style = "all: unset; width: 9px; height: 9px; display: inline-block";
        small.textContent = "Words";
        small.setAttribute("aria-label", name);
        document.querySelector("main").append(small);
      }
    }""")
    page.evaluate("document.querySelector('#sec-map ~ ol li:last-child a').style.color = '#bbb'")
    found = {rule for rule, _ in axe.whole_page(page)}
    assert {"button-name", "color-contrast", *axe.ASKED_FOR} <= found


def test_what_is_out_of_order_or_too_wide_is_found(watched, address):
    page = watched(address + "intro.html", viewport=NARROWEST)
    assert page.evaluate(OUT_OF_ORDER) == []
    page.evaluate("document.querySelector('article > section').style.display = 'flex'")
    assert page.evaluate(OUT_OF_ORDER) != []
    page.evaluate("document.querySelector('h1').style.width = '330px'")
    assert page.evaluate(SPACED) > NARROWEST["width"]


def test_the_next_page_is_fetched_before_it_is_asked_for(watched, address):
    page = watched(address + "chapters/exercises.html")
    with page.expect_request("**/chapters/losses.html"):
        page.goto(address + "chapters/activations.html")


def test_no_script_stands_in_a_page(html, pages):
    # The policy of each page would not let it run.
    data = re.escape(' type="application/ld+json"')
    inline = re.compile(rf"<script(?![^>]*\bsrc=)(?!{data}>)[^>]*>|\son[a-z]+=\"|javascript:")
    assert inline.search("<script>")
    assert not inline.search('<script type="application/ld+json">')
    assert [path for path in pages if inline.search((html / path).read_text("utf-8"))] == []


def test_pages_work_from_files(browser, html):
    for path in ("index.html", "chapters/activations.html", "chapters/reference.html"):
        watcher = Watched(browser, "file://")
        facts = watcher.open((html / path).as_uri()).evaluate(FACTS)
        watcher.context.close()
        assert watcher.problems == [], path
        assert facts["headings"], path
        assert not facts["installable"], path  # it could not read that, and would complain


def test_the_documents_say_how_large_the_site_is(html, root):
    """For those who carry it into a classroom, in millions of bytes."""

    def size(folder):
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6

    whole, python = size(html), size(html / "python")
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        said = [int(number) for number in re.findall(r"(\d+) MB", (root / name).read_text("utf-8"))]
        sizes = [python] if name == "CONTRIBUTING.md" else [whole, python]
        assert said == pytest.approx(sizes, rel=0.05), name
