"""What makes figures quick: they wake in pieces, and a number changes in place."""

import pytest

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
