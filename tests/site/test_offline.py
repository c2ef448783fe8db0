"""After one visit the book is there without a network; a new version comes whole or not at all."""

import json
import shutil
import struct
from urllib.parse import urljoin

import pytest
from browsing import BASE_PATH, Pages, Watched, serving, until
from playwright.sync_api import expect

from nnbook.messages import TRANSLATIONS, load
from theme.files import digests, offline, python

PAGES = ["chapters/activations", "chapters/losses", "index", "intro", "search"]
WORDS, LIVE_WORDS = load("messages/site/pages"), load("messages/site/live")
TEXT = "async (path) => (await fetch(path)).text()"
COPIED = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active.state === "activated") return;
  await new Promise((done) => active.addEventListener("statechange", done));
}"""
# What a new version changes: the text of a page, a script, a style sheet. All say which it is.
MARKS = """() => [document.querySelector("h1").dataset.mark, globalThis.mark,
  getComputedStyle(document.documentElement).getPropertyValue("--mark-of-version")]"""


# What shares the origin can write into copies: other bytes, or headers that lead elsewhere.
POISON = """async ([part, body]) => {
  const headers = { "Content-Type": "text/html", Refresh: "0; url=/elsewhere" };
  for (const name of await caches.keys()) {
    const copy = await caches.open(name);
    for (const { url } of await copy.keys()) {
      if (!url.includes(part)) continue;
      const kept = await (await copy.match(url)).arrayBuffer();
      await copy.put(url, new Response(body ?? kept, { headers }));
    }
  }
}"""
EVIL = '<!DOCTYPE html><script>globalThis.mark = "evil"</script><h1 data-mark="evil">'


def publish(html, folder, mark, *, keep=True):
    """Make a version of the site; its pages, scripts and styles bear a mark."""
    parts = ("lite", *TRANSLATIONS, "_sources", "python")
    shutil.copytree(html, folder, ignore=lambda _, names: {*parts} & {*names})
    (folder / "python").symlink_to(html / "python")
    for page in PAGES:
        path = folder / f"{page}.html"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("<h1>", f'<h1 data-mark="{mark}">'), encoding="utf-8")
    for name, line in (
        ("site.js", f'globalThis.mark = "{mark}";'),
        ("site.css", f":root {{ --mark-of-version: {mark}; }}"),
    ):
        with (folder / "_static" / name).open("a", encoding="utf-8") as file:
            file.write(line)
    digests.stamp_all(folder, PAGES)
    offline.write_worker(folder, PAGES, keep=keep)
    return folder


@pytest.fixture(scope="module")
def published(html, tmp_path_factory):
    """Return two versions of the site, and one that keeps no copies."""
    place = tmp_path_factory.mktemp("versions")
    return {
        "one": publish(html, place / "one", "one"),
        "two": publish(html, place / "two", "two"),
        "none": publish(html, place / "none", "none", keep=False),
    }


class Host:
    """A server whose site can be replaced, in part too, and which can be lost."""

    def __init__(self, published):
        self.published = published
        self.version = "one"
        self.late = ()  # what is still of the first version

    def pages(self):
        host = self

        class Handler(Pages):
            def translate_path(self, path):
                late = any(path.startswith(BASE_PATH + name) for name in host.late)
                self.directory = str(host.published["one" if late else host.version])
                return super().translate_path(path)

            def do_GET(self):  # noqa: N802 (http.server's name)
                if host.version is None:
                    self.close_connection = True
                    self.connection.close()
                else:
                    del self.headers["If-Modified-Since"]  # versions of the same second differ
                    super().do_GET()

        return Handler


@pytest.fixture
def host(published):
    """Return a server of the first version."""
    host = Host(published)
    with serving("", host.pages()) as port:
        host.address = f"http://127.0.0.1:{port}{BASE_PATH}"
        yield host


@pytest.fixture
def reader(browser, host):
    """Return the page of a reader who has been there once."""
    watcher = Watched(browser, host.address, service_workers="allow")
    page = watcher.open(host.address + "intro.html")
    page.evaluate(COPIED)
    yield page
    watcher.context.close()
    lost = ("lost: ", "console: Failed to load resource", "error: Failed to fetch")
    assert [problem for problem in watcher.problems if not problem.startswith(lost)] == []


def seen(page, path):
    """Open a page as the host's reader; return the marks of what it is made of."""
    page.goto(path)
    return page.evaluate(MARKS)


def test_after_one_visit_the_book_is_there_without_a_network(host, reader):
    host.version = None
    assert seen(reader, host.address + "chapters/activations.html") == ["one"] * 3
    reader.locator(".nn-figure").first.scroll_into_view_if_needed()
    expect(reader.locator(".nn-figure .nn-body").first).to_be_visible()
    picture = reader.locator("img.only-light:visible").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert seen(reader, host.address) == ["one"] * 3
    reader.goto(host.address + "search.html?q=softplus")
    expect(reader.locator("#search-results li a").first).to_be_visible()


def test_without_a_network_python_and_other_pages_are_told_to_need_it(host, reader):
    host.version = None
    for path in ("zh/intro.html", "lite/index.html", "nowhere.html"):
        assert reader.goto(host.address + path).status == 503
        assert reader.url == host.address + path
        expect(reader.locator("h1")).to_have_text(WORDS["not_kept"])
    reader.get_by_role("link", name=WORDS["not_found_home"]).click()
    expect(reader.locator("h1")).to_have_attribute("data-mark", "one")
    assert seen(reader, host.address + "chapters/activations.html") == ["one"] * 3
    cell = reader.locator('[data-live="sigmoid-bump"]')
    cell.hover()
    cell.locator('[data-name="edit"]').click()
    expect(reader.locator(".live-line")).to_contain_text(LIVE_WORDS["failed_network"])


def test_what_others_wrote_into_the_copy_is_not_served(host, reader):
    losses = host.address + "chapters/losses.html"
    assert seen(reader, losses) == ["one"] * 3
    part = host.address + "python/" + python.addresses_of(python.PARTS)[0]
    assert len(reader.evaluate(TEXT, part)) > 1000
    until(reader, f"caches.match('{part}')")
    host.version = None
    reader.evaluate(POISON, ["", None])
    assert seen(reader, losses) == ["one"] * 3
    for path in ("chapters/losses.html", "_static/site.js", part):
        reader.evaluate(POISON, [path, EVIL])
    assert reader.goto(losses).status == 503
    expect(reader.locator("h1")).to_have_text(WORDS["not_kept"])
    host.version = "one"
    assert seen(reader, losses) == ["one"] * 3
    assert "evil" not in reader.evaluate(TEXT, part)
    host.version = None
    assert seen(reader, losses) == ["one"] * 3  # what was wrong has been replaced


def test_what_is_not_of_the_edition_comes_from_the_server(host, reader):
    for path in ("zh/intro.html", "lite/index.html", "_sources/intro.ipynb", "nowhere.html"):
        answer = reader.evaluate("async (path) => (await fetch(path)).status", host.address + path)
        assert answer == 404, path  # of this host, which has none of them


def test_python_is_kept_by_those_who_have_used_it(host, reader):
    fetched = "async (path) => (await fetch(path)).status"
    part = host.address + "python/" + python.addresses_of(python.PARTS)[0]
    seen(reader, host.address + "intro.html")  # the worker serves it from now on
    assert reader.evaluate(fetched, part) == 200
    until(reader, f"caches.match('{part}')")
    host.version = None
    assert reader.evaluate(fetched, part) == 200
    assert seen(reader, host.address + "chapters/losses.html") == ["one"] * 3


def test_a_new_version_waits_for_the_reader_and_comes_whole(host, reader):
    host.version = "two"
    losses = host.address + "chapters/losses.html"
    assert seen(reader, losses) == ["one"] * 3
    until(reader, "navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting)")
    notice = reader.locator(".new-version")
    assert seen(reader, host.address + "chapters/activations.html") == ["one"] * 3
    expect(notice).to_be_visible()
    notice.get_by_role("button").click()
    expect(notice).to_be_hidden()
    reader.wait_for_load_state()
    expect(reader.locator("h1")).to_have_attribute("data-mark", "two")
    assert reader.evaluate(MARKS) == ["two"] * 3
    host.version = None
    assert seen(reader, losses) == ["two"] * 3


def test_a_version_half_published_is_not_copied(host, reader):
    host.version, host.late = "two", ["chapters/losses.html"]
    reader.reload()
    until(reader, "navigator.serviceWorker.getRegistrations().then((all) => !all.length)")
    reader.goto("about:blank")
    host.late = []
    assert seen(reader, host.address + "chapters/losses.html") == ["two"] * 3


def test_copies_can_be_ended(host, reader):
    host.version = "none"
    reader.reload()
    until(reader, "caches.keys().then((names) => !names.length)")
    assert seen(reader, host.address + "chapters/losses.html") == ["none"] * 3


def test_a_lost_copy_is_replaced_by_the_server(host, reader):
    reader.evaluate(
        "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
    )
    assert seen(reader, host.address + "chapters/losses.html") == ["one"] * 3


def test_a_page_opened_as_a_file_keeps_no_copy(watched, html):
    page = watched((html / "chapters/losses.html").as_uri(), service_workers="allow")
    assert page.evaluate("navigator.serviceWorker?.controller ?? null") is None


@pytest.mark.parametrize("folder", ["", *(f"{key}/" for key in TRANSLATIONS)])
def test_a_browser_can_install_the_book(watched, address, html, folder):
    """Each edition by itself, below whatever folder it lies in."""
    page = watched(f"{address}{folder}chapters/losses.html")
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["url"] == f"{address}{folder}manifest.webmanifest"
    assert found["errors"] == []
    told = json.loads(found["data"])
    assert told["lang"] == page.locator("html").get_attribute("lang")
    assert "orientation" not in told  # WCAG 1.3.4
    for place in ("start_url", "scope"):
        assert urljoin(found["url"], told[place]) == address + folder
    sizes = {icon["sizes"] for icon in told["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for icon in told["icons"]:
        data = (html / folder / icon["src"]).read_bytes()
        assert "{}x{}".format(*struct.unpack(">II", data[16:24])) == icon["sizes"]
