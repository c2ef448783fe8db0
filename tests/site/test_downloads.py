"""What readers take along: the page of downloads leads to nothing missing, a chapter works alone.

`make test` tries them on a list and on one chapter; `make exports-test` makes all files.
"""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser

import pytest
from browsing import ROOT, wake
from playwright.sync_api import expect

import one_file
from nnbook.messages import LANGUAGES

RELEASE = re.compile(r"https://github\.com/.*/releases/latest")
FIGURE = "[data-place='softmax/SoftmaxExplorer']"


def page_of(language, name):
    return "/".join(part for part in (LANGUAGES[language].folder, "chapters", name) if part)


@pytest.fixture
def listing(watched):
    """Return a function that opens the page of an edition with a list of files beside it."""

    def opened(address, files):
        page = watched(address)
        script = f"var nnlibDownloads={json.dumps(files)};"
        page.route("**/downloads/list.js", lambda route: route.fulfill(body=script))
        page.reload()
        return page

    return opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_files_the_page_says_where_they_are(html, listing, language):
    page = listing((html / page_of(language, "downloads.html")).as_uri(), {})
    expect(page.locator(".offered").first).to_be_visible()
    expect(page.locator("article a[download]")).to_have_count(0)
    expect(page.locator(".not-offered a")).to_have_attribute("href", RELEASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_leads_to_what_is_there_and_to_nothing_else(address, listing, language):
    name = f"book-{language}.pdf"
    files = {name: {"bytes": 11_191_729, "date": "2026-11-30"}}
    page = listing(address + page_of(language, "downloads.html"), files)
    offered = page.locator(".offered")
    expect(offered).to_have_count(1)
    expect(offered.locator("a[download]")).to_have_js_property("href", f"{address}downloads/{name}")
    expect(offered.locator("small")).to_contain_text("11 MB")
    expect(offered.locator("small")).to_contain_text("2026")
    expect(page.locator("article dd")).to_have_count(1)
    expect(page.locator(".not-offered")).to_have_count(0)


class Addresses(HTMLParser):
    """What a page would load, and what policy it has."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.linked = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "src" or (tag == "link" and ("rel", "stylesheet") in attributes):
                self.loaded.append(value)
            elif name in ("href", "action"):
                self.linked.append(value)


def test_a_chapter_works_alone(html, watched, tmp_path):
    text = one_file.alone(html / "chapters/softmax.html")
    assert len(text.encode()) < one_file.LARGEST
    found = Addresses(text)
    assert len(found.loaded) > 5
    assert [address for address in found.loaded if not address.startswith("data:")] == []
    assert [a for a in found.linked if not re.match(r"https?://|#|data:|$", a)] == []
    (tmp_path / "softmax.html").write_text(text, encoding="utf-8")
    page = watched((tmp_path / "softmax.html").as_uri(), offline=True)
    wake(page)
    bars = page.locator(f"{FIGURE} [role=img]").first
    drawn = bars.inner_html()
    page.locator(f"{FIGURE} input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(bars).not_to_have_js_property("innerHTML", drawn)
    # What a link mentions is inside, too: of this page and of another one.
    for target in ("#equation-", "glossary.html#"):
        page.locator(f"article p a.internal[href*='{target}']").first.hover()
        expect(page.locator("#in-place, .mentioned").first).to_be_visible()
        page.keyboard.press("Escape")
    opened = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in opened if not name.startswith("data:")] == []


@pytest.mark.exhaustive
def test_all_downloads_are_made_listed_and_found(html, watched, tmp_path):
    site, made = tmp_path / "site", tmp_path / "downloads"
    shutil.copytree(html, site)
    for tool in ("epub.py", "one_file.py", "downloads.py"):
        command = [sys.executable, ROOT / "tools" / tool, "--site", site, "--to", made]
        subprocess.run(command, check=True, cwd=ROOT)
    names = {path.name for path in made.iterdir()}
    shared = {"site.zip", "ten_tests.py"}
    kinds = ("book-{}.epub", "chapters-{}.zip", "notebooks-{}.zip")
    assert names == shared | {kind.format(key) for kind in kinds for key in LANGUAGES}
    for language in LANGUAGES:
        page = watched((site / page_of(language, "downloads.html")).as_uri())
        links = page.locator("article a[download]").evaluate_all("all => all.map(one => one.href)")
        paths = {site / "downloads" / link.rsplit("/", 1)[1] for link in links}
        assert {path.name for path in paths} == shared | {k.format(language) for k in kinds}
        assert all(path.is_file() for path in paths)
    with zipfile.ZipFile(made / "site.zip") as archive:
        archive.extractall(tmp_path / "elsewhere")
    alone = tmp_path / "elsewhere/site"
    assert (alone / "downloads/list.js").read_text() == "var nnlibDownloads={};\n"
    page = watched((alone / "chapters/downloads.html").as_uri())
    expect(page.locator(".not-offered")).to_be_visible()
    with zipfile.ZipFile(made / "chapters-zh.zip") as archive:
        archive.extractall(tmp_path)
    page = watched(page.url, offline=True)
    for path in sorted((tmp_path / "chapters-zh").iterdir()):
        page.goto(path.as_uri())
        wake(page)
        expect(page.locator(".nn-broken")).to_have_count(0)
