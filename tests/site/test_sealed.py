"""Each page carries a policy that names what it may load and run, and the browser keeps it."""

import base64
import hashlib
import re

import pytest
from browsing import Watched

AHEAD = re.compile(r"<link[^>]*rel=[\"']?(next|prefetch|prerender)\b")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
WITHOUT_SCRIPT = ("404.html", "offline.html")
# What no page may have from anywhere, because "default-src 'none'" stands for what is not named.
FORBIDDEN = {"frame-src", "child-src", "object-src", "media-src"}


def policy_of(text):
    """Return the policy of a page: directive -> sources."""
    (policy,) = POLICY.findall(text)
    directives = [directive.split() for directive in policy.split(";")]
    return {name: sources for name, *sources in directives}


@pytest.fixture(scope="module")
def policies(html, pages):
    """Return the policy of every page."""
    every = [*pages, *WITHOUT_SCRIPT]
    return {path: policy_of((html / path).read_text(encoding="utf-8")) for path in every}


def test_what_is_not_named_is_forbidden(policies):
    for path, policy in policies.items():
        assert policy["default-src"] == ["'none'"], path
        assert policy["base-uri"] == ["'none'"], path
        assert not FORBIDDEN & policy.keys(), path
        assert policy.get("manifest-src", ["'self'"]) == ["'self'"], path


def test_scripts_come_from_the_site_alone(policies, html):
    """But Python is WebAssembly, and its worker a blob, which one known script makes in a frame."""
    digest = hashlib.sha256((html / "_static" / "live" / "frame.js").read_bytes()).digest()
    frame = f"'sha256-{base64.b64encode(digest).decode()}'"
    for path, policy in policies.items():
        has_no_script = path in WITHOUT_SCRIPT
        python = [] if has_no_script else ["'wasm-unsafe-eval'", frame]
        blob = [] if has_no_script else ["blob:"]
        assert policy.get("script-src", ["'self'"]) == ["'self'", *python], path
        assert policy.get("worker-src", ["'self'"]) == ["'self'", *blob], path
        assert policy.get("style-src-elem", policy["style-src"]) == (
            ["'unsafe-inline'"] if path in WITHOUT_SCRIPT else ["'self'"]
        )


def test_nothing_is_fetched_from_elsewhere_and_no_page_writes_markup(policies):
    for path, policy in policies.items():
        assert policy.get("connect-src", ["'self'"]) == ["'self'"], path
        has_no_script = path in WITHOUT_SCRIPT
        assert has_no_script or policy["require-trusted-types-for"] == ["'script'"], path


def test_no_browser_is_asked_to_fetch_ahead(html, pages):
    """Firefox follows such links, and its console complains of what the policy then forbids."""
    for path in pages:
        assert not AHEAD.search((html / path).read_text(encoding="utf-8")), path


def test_jupyterlite_has_no_page_that_can_request_anything_with_the_sites_origin(html):
    """One page has the site's origin and scripts alone; the other runs in a sandbox alone."""
    lite = html / "lite"
    pages = {path.relative_to(lite).as_posix() for path in lite.rglob("*.html")}
    assert pages == {"index.html", "notebooks/index.html"}
    around = policy_of((lite / "index.html").read_text(encoding="utf-8"))
    assert around.pop("require-trusted-types-for") == ["'script'"]
    forbidden = [around.pop(name) for name in ("default-src", "base-uri", "form-action")]
    assert forbidden == [["'none'"]] * 3
    assert around == {
        name: ["'self'"] for name in ("script-src", "connect-src", "frame-src", "img-src")
    }
    text = (lite / "notebooks" / "index.html").read_text(encoding="utf-8")
    app = policy_of(text)
    assert text.index("Content-Security-Policy") < text.index("<link") < text.index("<script")
    assert (app["default-src"], app["form-action"]) == (["'none'"], ["'none'"])
    assert app["connect-src"] == ["data:", "blob:"]
    assert app["worker-src"] == ["blob:"]
    assert not app.keys() & {"frame-src", "child-src", "object-src", "manifest-src"}
    everywhere = {source for sources in app.values() for source in sources}
    assert not [source for source in everywhere if "*" in source or "//" in source]
    assert "https:" not in everywhere
    assert 'setAttribute("sandbox", "allow-scripts allow-modals")' in (
        lite / "keeper.js"
    ).read_text(encoding="utf-8")
    scripts = re.findall(r"<script>|<script src=[^>]*>", text)
    assert scripts == ['<script src="../cage.js">']


@pytest.mark.parametrize("path", ["intro.html", "chapters/activations.html", "search.html"])
def test_the_browser_keeps_the_policy(browser, address, path):
    watcher = Watched(browser, address)
    page = watcher.open(address + path)
    refused = []
    page.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    page.evaluate("""() => {
      const script = document.createElement("script");
      try {
        script.text = "globalThis.intruded = true";
      } catch {
        // A string is no trusted script.
      }
      document.head.append(script);
      const frame = document.createElement("iframe");
      frame.src = "intro.html";
      document.body.append(frame);
      const image = new Image();
      image.src = "https://example.invalid/picture.png";
      document.body.append(image);
    }""")
    for _ in range(100):
        if refused:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("globalThis.intruded") is None
    assert ("https://example.invalid/picture.png", "csp") in refused
    framed = [frame.url for frame in page.frames if frame.url.startswith(address)]
    assert framed == [address + path]
    assert any("Content Security Policy" in problem for problem in watcher.problems)
    watcher.context.close()
