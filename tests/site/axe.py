"""What axe, the checker of accessibility, finds on a page."""

import functools

from browsing import NODE_MODULES

# What axe looks for: everything, all but contrast, contrast only. Two rules it has to be asked for.
ASKED_FOR = {name: {"enabled": True} for name in ("target-size", "label-content-name-mismatch")}
EVERYTHING = {"rules": ASKED_FOR}
STRUCTURE = {"rules": ASKED_FOR | {"color-contrast": {"enabled": False}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

# Everything is unfolded and laid out. Every second element is a sign of a formula: their source
# stands in for them. Words of code lie on a gradient, of which
# axe says nothing (test_text_has_contrast looks at them): they become one.
UNFOLD = """async () => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const whole = new CSSStyleSheet();
  whole.replaceSync("article > section > section { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(whole);
  for (const formula of document.querySelectorAll("[data-tex]")) {
    formula.replaceWith(formula.dataset.tex);
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
RUN = """async ([rules, places]) => {
  const options = { resultTypes: ["violations"], ...rules };
  const include = places ? { include: places.map((place) => [place]) } : {};
  const { violations } = await axe.run({ ...include, exclude: [["pre > *"]] }, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 200)]));
}"""


@functools.cache
def script():
    return (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page, rules=EVERYTHING, places=None):
    """Return what axe finds on a page, or in some of its places: rules and elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    return page.evaluate(RUN, [rules, places])


def whole_page(page, *, colors=True):
    """Take a page apart; return what axe finds on it: of its colors in light and in dark."""
    page.evaluate(UNFOLD)
    if not colors:
        return findings(page, STRUCTURE)
    page.evaluate(script())
    page.evaluate(ONE_OF_A_KIND)
    light = findings(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(ONE_OF_A_KIND)
    return light + findings(page, CONTRAST)
