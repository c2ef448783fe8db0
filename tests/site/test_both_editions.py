"""All editions are one book: from every page to its counterparts."""

import re

import pytest
from browsing import Watched, box_of, until
from playwright.sync_api import expect

from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS

# Of a page as it stands there, without scripts: read by a browser, but neither laid out nor shown.
FACTS = """([text, url]) => {
  const document = new DOMParser().parseFromString(text, "text/html");
  const base = document.createElement("base");
  base.href = url;
  document.head.prepend(base);
  const texts = (elements) => elements.map((element) => element.textContent);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const page = document.querySelector("main").cloneNode(true);
  const other = page.querySelectorAll("pre, code, math, .citation, [lang]");
  other.forEach((part) => part.remove());
  return {
    language: document.documentElement.lang,
    sections: all("article section").map((section) => section.id),
    switches: all(".bar a.edition").map((link) => link.href),
    alternates: all("link[rel=alternate]").map((link) => [link.hreflang, link.href]),
    canonical: document.querySelector("link[rel=canonical]")?.href,
    stressed: texts(all("article :is(em, i, cite)"))
      .filter((text) => /[\\u4e00-\\u9fff]/.test(text) && !/^《.*》$/.test(text)),
    words: page.textContent,
  };
}"""
# The glossary gives English terms, the others titles of books.
IN_BOTH_LANGUAGES = {f"zh/chapters/{name}.html" for name in ("glossary", "bibliography", "next")}


@pytest.fixture(scope="module")
def visits(browser, html, address, pages):
    """Read every page once."""
    reader, found = browser.new_page(), {}
    for path in pages:
        if not path.endswith("index.html"):
            text = (html / path).read_text(encoding="utf-8")
            found[path] = reader.evaluate(FACTS, [text, address + path])
    reader.close()
    return found


def of(language, visits):
    """Return the pages of an edition, by their paths in it, in the order of the original."""
    prefix = LANGUAGES[language].prefix
    pages = [path for path in visits if path.split("/")[0] not in TRANSLATIONS]
    return {page: visits[prefix + page] for page in pages}


def test_every_page_has_its_counterparts(visits):
    assert len(of(ORIGINAL, visits)) > 10
    assert len(visits) == len(of(ORIGINAL, visits)) * len(LANGUAGES)
    for key, language in LANGUAGES.items():
        for page, facts in of(key, visits).items():
            assert facts["language"] == language.tag, page


def test_the_switch_leads_to_the_counterparts(visits, address):
    for key in LANGUAGES:
        others = [language.prefix for other, language in LANGUAGES.items() if other != key]
        for page, facts in of(key, visits).items():
            assert facts["switches"] == [address + prefix + page for prefix in others]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_counterparts_have_the_same_anchors(visits, language):
    original = of(ORIGINAL, visits)
    for page, facts in of(language, visits).items():
        sections = original[page]["sections"]
        assert sections or page == "search.html"
        assert facts["sections"] == sections, page


def test_each_page_names_all_editions_to_search_engines(visits):
    tags = [language.tag for language in LANGUAGES.values()]
    for page in of(ORIGINAL, visits):
        alternates, *others = (of(key, visits)[page]["alternates"] for key in LANGUAGES)
        assert all(other == alternates for other in others)
        assert [tag for tag, _ in alternates] == [*tags, "x-default"]
        assert alternates[-1][1] == alternates[0][1]
        if page != "search.html":
            for key, (_, named) in zip(LANGUAGES, alternates, strict=False):
                assert named == of(key, visits)[page]["canonical"]


def test_chinese_pages_are_chinese(visits):
    english_words = re.compile(r"(?:\b[A-Za-z]{2,} ){4,}")
    for page, facts in of("zh", visits).items():
        path = LANGUAGES["zh"].prefix + page
        # Chinese does not slant: what is stressed there would look like the rest. It is bold; a
        # title has marks of its own.
        assert facts["stressed"] == [], path
        if path not in IN_BOTH_LANGUAGES:
            assert english_words.findall(facts["words"]) == [], path


def test_chinese_brackets_are_as_wide_as_what_they_hold(visits):
    for path, facts in of("zh", visits).items():
        assert re.findall(r".{9}\([\u4e00-\u9fff].{9}", facts["words"]) == [], path


def test_labels_of_the_reference_do_not_end_in_a_colon(watched, address):
    page = watched(address + "zh/chapters/reference.html")
    label = page.locator("dl.field-list dt").first
    label.scroll_into_view_if_needed()  # far from the screen there is no inner text
    expect(label).to_have_text(re.compile("^(参数|属性)$"), use_inner_text=True)


def test_a_chinese_phrase_has_room_in_a_table(watched, address):
    """It may be broken after each character, so that a phone could make it a column of them."""
    page = watched(address + "zh/chapters/diagnosis.html", viewport={"width": 390, "height": 844})
    lines = page.evaluate("""() => [...document.querySelectorAll("article :is(th, td)")]
      .filter((cell) => /[\\u4e00-\\u9fff]{5}/.test(cell.textContent) && cell.clientWidth > 0)
      .map((cell) => cell.clientWidth / parseFloat(getComputedStyle(cell).fontSize))""")
    assert len(lines) > 20
    assert min(lines) >= 5


# The last line of each title that has several, by the places of its signs: browsers do not tell.
LAST_LINES = """() => [...document.querySelectorAll("nav a, h2, summary")]
  .filter((title) => title.getClientRects().length > 0)
  .map((title) => {
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const lines = {};
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [at, sign] of [...node.data].entries()) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { top, bottom, width } = range.getBoundingClientRect();
        const line = Math.round((top + bottom) / 24);
        if (width > 0) lines[line] = (lines[line] ?? "") + sign;
      }
    }
    return Object.values(lines);
  })
  .filter((lines) => lines.length > 1)
  .map((lines) => lines.at(-1).trim())"""


def test_no_title_leaves_a_single_character_for_its_last_line(watched, address):
    page = watched(address + "zh/chapters/losses.html", viewport={"width": 1400, "height": 900})
    assert page.locator(".contents wbr").count() > 0  # they break between words, as the titles do
    last = page.evaluate(LAST_LINES)
    assert len(last) > 3
    assert [line for line in last if len(line) < 2] == []


# -- The switch ----------------------------------------------------------------------------------


def switch(page):
    """Click without Playwright's own scrolling, which moves the page below a sticky bar."""
    box = box_of(page.locator(".bar a.edition"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("width", [1280, 390])
def test_one_reads_on_at_the_same_place(watched, address, width):
    page = watched(
        address + "chapters/softmax.html#only-differences-count",
        viewport={"width": width, "height": 800},
    )
    until(page, "history.state?.place")  # the target has settled
    switch(page)
    page.wait_for_url("**/zh/chapters/softmax.html#only-differences-count")
    until(page, "history.state?.place")
    top = page.evaluate(
        "document.getElementById('only-differences-count').getBoundingClientRect().top"
    )
    assert 0 <= top < 200
    switch(page)
    page.wait_for_url("**/nnlib-book/chapters/softmax.html#only-differences-count")


def test_the_switch_works_from_files(browser, html):
    watcher = Watched(browser, "file://")
    page = watcher.open((html / "chapters/losses.html").as_uri())
    page.click(".bar a.edition")
    page.wait_for_url("**/zh/chapters/losses.html")
    assert "损失函数" in page.inner_text("h1")
    assert watcher.problems == []
    watcher.context.close()


# -- The first visit -----------------------------------------------------------------------------


def test_a_chinese_browser_opens_the_chinese_edition_once(watched, address):
    page = watched(address + "chapters/losses.html#sec-losses-likelihood", locale="zh-CN")
    page.wait_for_url("**/zh/chapters/losses.html#sec-losses-likelihood")
    expect(page.locator(".led")).to_be_visible()
    page.click(".led a")
    page.wait_for_url("**/nnlib-book/chapters/losses.html*")
    page.goto(address + "chapters/digits.html")
    page.wait_for_timeout(300)
    assert "/zh/" not in page.url
    page.goto(address + "zh/chapters/digits.html")
    assert page.is_hidden(".led")


def test_the_notice_stands_once(watched, address):
    page = watched(address + "intro.html", locale="zh-TW")
    page.wait_for_url("**/zh/intro.html")
    page.wait_for_selector(".led:not([hidden])")
    page.goto(address + "zh/chapters/digits.html")
    assert page.is_hidden(".led")


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_other_browsers_stay(watched, address, locale):
    for path in ("intro.html", "zh/intro.html"):
        page = watched(address + path, locale=locale)
        page.wait_for_timeout(300)
        assert page.url == address + path
        assert page.is_hidden(".led")


def test_without_storage_nobody_is_led(browser, address):
    watcher = Watched(browser, address, locale="zh-CN")
    forbid = "get() { throw new DOMException('no'); }"
    watcher.context.add_init_script(
        f"Object.defineProperty(window, 'localStorage', {{ {forbid} }});"
    )
    page = watcher.open(address + "intro.html")
    page.wait_for_timeout(300)
    assert page.url == address + "intro.html"
    page.click(".bar a.edition")
    page.wait_for_url("**/zh/intro.html")
    assert watcher.problems == []
    watcher.context.close()
