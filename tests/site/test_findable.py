"""What search engines and link previews find."""

import json
import re
import struct
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from browsing import BASE_PATH

import nnlib
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, ORIGINAL, load
from theme.pages import findable
from theme.reading import linked_data

NAMES = ["title", "description", "type", "site_name", "image", "image:alt", "url"]
PREVIEWS = [f"og:{name}" for name in NAMES]


class Head(HTMLParser):
    """What a page says of itself to those who do not read it."""

    def __init__(self, text):
        super().__init__()
        self.facts = dict.fromkeys([*PREVIEWS, "description", "robots", "canonical"], "")
        self.feed(text.partition("</head>")[0])

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        name = of.get("property") or of.get("name")
        if tag == "meta" and name in self.facts:
            self.facts[name] = of["content"]
        if tag == "link" and of.get("rel") == "canonical":
            self.facts["canonical"] = of["href"]


@pytest.fixture(scope="module")
def facts(html, pages):
    """Return what every page says of itself."""
    return {path: Head((html / path).read_text(encoding="utf-8")).facts for path in pages}


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


LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
DURATION = re.compile(r"PT(\d+)M")


@pytest.fixture(scope="module")
def linked(html, pages):
    """Return what the pages say in the words of schema.org."""
    found = {}
    for path in pages:
        for text in LINKED.findall((html / path).read_text(encoding="utf-8")):
            assert path not in found
            found[path] = json.loads(text)
    return found


def test_every_chapter_says_what_it_teaches_and_how_long_it_takes(linked, facts):
    names = [name for name in CHAPTERS if name != "intro"]
    for key, language in LANGUAGES.items():
        for name in names:
            path = f"{language.prefix}chapters/{name}.html"
            data = linked[path]
            assert data["@context"] == "https://schema.org"
            assert (data["@type"], data["@id"]) == ("LearningResource", facts[path]["canonical"])
            assert data["inLanguage"] == language.tag
            assert data["name"] == facts[path]["og:title"]
            assert data["description"].strip()
            assert 10 <= int(DURATION.fullmatch(data["timeRequired"])[1]) <= 90
            objectives = load(f"chapters/{name}", key)["objectives"]
            assert len(data["teaches"]) == len(objectives)
            assert not any("$" in text for text in data["teaches"])
            assert data["license"].startswith("https://creativecommons.org/licenses/by/4.0")
            assert data["isAccessibleForFree"] is True
            assert data["accessModeSufficient"] == ["textual"]
            assert data["isPartOf"]["@id"] == linked[f"{language.prefix}intro.html"]["@id"]


def test_the_book_names_its_chapters_and_its_other_editions(linked):
    books = {key: linked[f"{language.prefix}intro.html"] for key, language in LANGUAGES.items()}
    for language, book in books.items():
        assert book["@type"] == ["Book", "LearningResource"]
        assert book["version"] == nnlib.__version__
        chapters = {part["@id"]: part["name"] for part in book["hasPart"]}
        own = [
            data for data in linked.values() if data.get("isPartOf", {}).get("@id") == book["@id"]
        ]
        assert chapters == {data["@id"]: data["name"] for data in own}
        others = {other["@id"] for key, other in books.items() if key != language}
        named = book["workTranslation" if language == ORIGINAL else "translationOfWork"]
        assert {each["@id"] for each in named} == others


def test_what_is_linked_cannot_end_its_element():
    assert linked_data.in_short({"name": "</script><script>"}) == (
        r'{"name":"\u003c/script>\u003cscript>"}'
    )


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
