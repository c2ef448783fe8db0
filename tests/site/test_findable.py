"""What search engines, link previews and the book's own search find."""

import struct
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from browsing import BASE_PATH
from playwright.sync_api import expect

from theme import findable

FACTS = """() => {
  const find = (name) => document.querySelector(`meta[property="${name}"], meta[name="${name}"]`);
  const meta = (name) => find(name)?.content ?? "";
  const names = ["title", "description", "type", "site_name", "image", "image:alt", "url"]
    .map((name) => `og:${name}`);
  return {
    ...Object.fromEntries(names.map((name) => [name, meta(name)])),
    description: meta("description"),
    robots: meta("robots"),
    canonical: document.querySelector("link[rel=canonical]")?.href ?? "",
  };
}"""


@pytest.fixture(scope="module")
def facts(browser, address, pages):
    """Return what every page says of itself to those who do not read it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found = {}
    for path in pages:
        page.goto(address + path, wait_until="commit")
        page.wait_for_selector("body", state="attached")
        found[path] = page.evaluate(FACTS)
    context.close()
    return found


def file_of(html, address):
    """Return the file that a published address leads to."""
    path = urlsplit(address).path
    assert path.startswith(BASE_PATH)
    target = html / path.removeprefix(BASE_PATH)
    return target / "index.html" if target.is_dir() else target


def test_previews_have_all_that_they_show(facts):
    searched = {path for path, page in facts.items() if page["robots"] == "noindex"}
    assert searched == {path for path in facts if path.endswith("search.html")}
    missing = {
        path: [name for name, value in page.items() if not value.strip() and name != "robots"]
        for path, page in facts.items()
        if path not in searched
    }
    assert {path: names for path, names in missing.items() if names} == {}


def test_every_page_has_one_address_that_leads_to_it(facts, html):
    for path, page in facts.items():
        if page["robots"] == "noindex":
            continue
        assert page["canonical"] == page["og:url"]
        assert file_of(html, page["canonical"]).read_bytes() == (html / path).read_bytes()


def test_descriptions_differ_and_are_short(facts):
    different = {
        path: page["description"] for path, page in facts.items() if "index.html" not in path
    }
    texts = [text for path, text in different.items() if not path.endswith("search.html")]
    assert len(texts) == len(set(texts))
    assert max(map(len, texts)) <= 170


def test_picture_of_the_previews_is_there(facts, html):
    for address in {page["og:image"] for page in facts.values()}:
        data = file_of(html, address).read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", data[16:24]) == (1200, 630)
        assert len(data) < 100_000


def test_sitemaps_list_every_page_once(facts, html):
    listed = [
        place.text
        for file in html.glob("**/sitemap.xml")
        for place in ElementTree.parse(file).iterfind(".//{*}loc")
    ]
    wanted = {page["canonical"] for page in facts.values() if page["robots"] != "noindex"}
    assert sorted(listed) == sorted(wanted)


def test_sitemap_is_xml_whatever_the_address():
    root = ElementTree.fromstring(findable.sitemap(["https://example.org/a.html?b=1&c=2"]))
    assert root.tag == f"{{{findable.NAMESPACE}}}urlset"
    assert root.findtext(".//{*}loc") == "https://example.org/a.html?b=1&c=2"


def first_result(page):
    """Return the first result of a search, once there is one."""
    expect(page.locator("#search-results li a").first).to_be_visible()
    return page.locator("#search-results li").first


@pytest.mark.parametrize(
    ("query", "address_of_answer"),
    [
        ("softmax", "chapters/glossary.html#term-softmax"),
        ("learning rate", "chapters/glossary.html#term-learning-rate"),
        ("Learning Rates", "chapters/glossary.html#term-learning-rate"),
        ("dead neuron", "chapters/glossary.html#term-dead-neuron"),
        ("relu", "chapters/glossary.html#term-ReLU"),
        ("rate of learning", "chapters/glossary.html#term-learning-rate"),
        ("standardize", "chapters/glossary.html#term-standardization"),
        ("all exercises", "chapters/exercises.html"),
    ],
)
def test_search_shows_the_definition_first(watched, address, query, address_of_answer):
    page = watched(f"{address}search.html?q={query}")
    link = first_result(page).locator("a")
    assert link.evaluate("link => link.href") == address + address_of_answer


def test_search_shows_what_a_term_means(watched, address):
    page = watched(f"{address}search.html?q=leaky relu")
    result = first_result(page)
    expect(result.locator("a")).to_have_text("leaky ReLU · Glossary")
    expect(result.locator(".context")).to_contain_text(
        "a ReLU with a slope that is not zero anywhere"
    )


def test_search_shows_each_place_once_and_the_chapter_before_the_library(watched, address):
    page = watched(f"{address}search.html?q=softmax")
    expect(page.locator(".search-summary")).to_contain_text("found")
    links = page.locator("#search-results li a").evaluate_all(
        "links => links.map((link) => link.href)"
    )
    assert len(links) == len(set(links))
    places = [link.removeprefix(address) for link in links]
    assert places.index("chapters/softmax.html") < places.index(
        "chapters/reference.html#nnlib.softmax"
    )
