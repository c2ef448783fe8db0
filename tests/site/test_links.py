"""Every address on every page leads somewhere."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from browsing import BASE_PATH, ROOT


class Page(HTMLParser):
    """The addresses that a page names and the anchors that it has."""

    def __init__(self, text):
        super().__init__()
        self.addresses = []
        self.anchors = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.anchors.add(value)
            elif name in ("href", "src", "action"):
                self.addresses.append((tag, value or ""))


@pytest.fixture(scope="module")
def parsed(html):
    """Return every page of the site, parsed."""
    lite = html / "lite"  # an app of its own, not pages of the book
    paths = [path for path in sorted(html.rglob("*.html")) if lite not in path.parents]
    return {path: Page(path.read_text(encoding="utf-8")) for path in paths}


def broken(html, parsed, path, address):
    """Say what is wrong with an address on a page, or return None."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith(BASE_PATH):  # 404.html alone
        target = html / unquote(parts.path).removeprefix(BASE_PATH)
    else:
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file():
        return "no such file"
    if parts.fragment and target.suffix == ".html":
        anchors = parsed[target].anchors
        return None if unquote(parts.fragment) in anchors else "no such anchor"
    return None


def test_internal_links_lead_somewhere(html, parsed):
    wrong = [
        (path.relative_to(html).as_posix(), address, problem)
        for path, page in parsed.items()
        for _, address in page.addresses
        if (problem := broken(html, parsed, path, address))
    ]
    assert wrong == []
    assert sum(len(page.addresses) for page in parsed.values()) > 100


def test_a_broken_link_is_found(html, parsed):
    path = html / "intro.html"
    assert broken(html, parsed, path, "chapters/nowhere.html") == "no such file"
    assert broken(html, parsed, path, "chapters/losses.html#nowhere") == "no such anchor"
    assert broken(html, parsed, path, "/elsewhere/intro.html") == "no such file"


def test_only_links_leave_the_site(parsed):
    foreign = [
        (path.name, tag, address)
        for path, page in parsed.items()
        for tag, address in page.addresses
        if urlsplit(address).netloc and tag not in ("a", "link")
    ]
    assert foreign == []


def test_every_chapter_can_be_run_edited_and_reported(html, parsed):
    import yaml

    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    repository = config["repository"]["url"]
    slug = urlsplit(repository).path.strip("/")
    addresses = {address for _, address in parsed[html / "chapters" / "losses.html"].addresses}
    assert f"{repository}/edit/main/chapters/losses.ipynb" in addresses
    assert any(address.startswith(f"{repository}/issues/new?") for address in addresses)
    assert any(
        address.startswith("https://mybinder.org/v2/gh/" + slug)
        and address.endswith("chapters/losses.ipynb")
        for address in addresses
    )
    assert (
        f"https://colab.research.google.com/github/{slug}/blob/main/chapters/losses.ipynb"
        in addresses
    )
    assert "../_sources/chapters/losses.ipynb" in addresses
    assert "../lite/index.html?path=chapters/losses.ipynb" in addresses
