"""What makes figures quick: they wake in pieces, and a number changes in place."""

import random
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put a second figure on the page, asleep; wait until its first piece is made.
SLEEPER = """async (root) => {
  const { name, state, controls } = root.figure;
  const element = document.createElement("div");
  element.id = "sleeper";
  element.className = "nn-figure";
  element.dataset.state = JSON.stringify({ figure: name, state, controls });
  document.body.prepend(element);
  scrollTo(0, 0);
  nnlibFigures.hydrate();
  const body = () => element.querySelector(".nn-body:not(:empty)");
  const told = { childList: true, subtree: true };
  while (!body()) await new Promise((done) => new MutationObserver(done).observe(element, told));
  const look = () => [Boolean(element.figure), getComputedStyle(body()).visibility];
  const seen = [look()];
  if (HURRY) document.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab" }));
  else while (element.dataset.state) await new Promise(requestAnimationFrame);
  return [...seen, look()];
}"""


@pytest.mark.parametrize("hurry", ["false", "true"])  # the keyboard does not wait for the pieces
def test_a_figure_wakes_in_pieces_and_is_seen_when_it_is_complete(open_figure, hurry):
    figure = open_figure("ChainRule", page_options={})
    seen = figure.evaluate(SLEEPER.replace("HURRY", hurry))
    assert seen == [[False, "hidden"], [True, "visible"]]


def test_a_number_changes_in_place(open_figure):
    figure = open_figure("ChainRule", page_options={})
    same = figure.evaluate("""root => {
      const places = ["[data-name=line]", ".nn-value", ".nn-sentence", "[data-name=value-z]"];
      const all = places.map((place) => root.querySelector(place));
      const look = () => all.map((place) => [place.firstChild, place.textContent]);
      const before = look();
      root.figure.set({ z: 0.3 });
      return look().map(([node, text], i) => [node === before[i][0], text === before[i][1]]);
    }""")
    assert same == [[True, False]] * 4


# Show one formula after the other in the same place; list those that look otherwise in a new one.
ONE_PLACE = """(root, sources) => {
  const { math, showMath, showPhrase, svgMath, h, s } = nnlibFigures;
  const [place, sentence, text] = [h("div"), h("p"), s("text")];
  const plain = (node) => (node.normalize(), node.innerHTML);
  return sources.filter((source) => {
    showMath(place, source);
    showPhrase(sentence, `From $${source}$ to $1.5$.`);
    svgMath(text, source);
    const fresh = [h("div", {}, math(source)), h("p"), svgMath(s("text"), source)];
    showPhrase(fresh[1], `From $${source}$ to $1.5$.`);
    const shown = [place, sentence, text];
    return shown.some((node, i) => plain(node.cloneNode(true)) !== plain(fresh[i]));
  });
}"""


def test_a_formula_in_an_old_place_looks_as_in_a_new_one(open_figure):
    kinds = [
        r"w_{number} x + b = {value}",
        r"x_{number}^{{other}} = \c{{class{number}}}{{{value}}}",
        r"\frac{{{value}}}{{{other}}} \cdot \text{{layer {number}}} - {value}",
        r"\cancel{{{value}}} \times 10^{{-{number}}}",
    ]
    pick = random.Random(0)
    sources = [
        pick.choice(kinds).format(
            number=pick.randint(0, 3), other=pick.randint(1, 20), value=pick.uniform(-9, 9)
        )
        for _ in range(200)
    ]
    figure = open_figure("ChainRule", page_options={})
    assert figure.root.evaluate(ONE_PLACE, sources) == []


SCREEN = (path for path in ROOT.glob("theme/*/static/*.css") if path.stem != "print")
SHEETS = ["nnbook/static/figures.css", *map(str, sorted(SCREEN))]


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: Path(file).stem)
def test_no_style_depends_on_what_an_element_contains(file):
    """With one :has(), each node that comes or goes costs a search: 2.5 ms instead of 0.5."""
    css = re.sub(r"/\*.*?\*/", "", (ROOT / file).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "{" in css
    assert ":has(" not in css
