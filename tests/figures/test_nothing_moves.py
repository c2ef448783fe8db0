"""While numbers change, no control moves away from the finger and no text below a figure jumps."""

import pytest

import nnbook.widgets
from figures import STATES
from nnbook.messages import ORIGINAL, TRANSLATIONS

# How far the figure's foot and each control move while it goes through its presets and extremes,
# and while every slider goes from end to end and every button of a preset is pressed.
# A plus and a minus stand at each layer of the playground's network. Its challenges have a card, as
# folds have a content: who chooses one opens it.
MOVES = """([states, further]) => {
  const root = document.querySelector(".nn-figure");
  const { figure } = root;
  const all = [...root.querySelectorAll("input, button:not(.nn-pg-width), summary")];
  const controls = all.filter((control) => control.checkVisibility());
  const first = new Map();
  const moved = {};
  const note = (key, name, at, state) => {
    if (!first.has(key)) first.set(key, at);
    const far = Math.abs(at - first.get(key));
    if (far > 1 && !(far <= moved[name]?.[0])) moved[name] = [far, state];
  };
  const look = (state) => {
    const { top, bottom } = root.getBoundingClientRect();
    note(root, "height", bottom - top, state);
    for (const control of controls) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      const name = control.dataset.name ?? control.localName;
      note(control, name, control.getBoundingClientRect().top - top, state);
    }
  };
  for (const state of eval(states)(figure, further, false)) {
    if ("challenge" in state) state.challenge = 0;
    figure.set(state);
    look(state);
  }
  figure.reset();
  for (const range of controls.filter(({ type }) => type === "range")) {
    if (!range.checkVisibility({ visibilityProperty: true })) continue;
    const [min, max] = [Number(range.min), Number(range.max)];
    for (let part = 0; part <= 1; part += 0.125) {
      range.value = min + part * (max - min);
      range.dispatchEvent(new Event("input", { bubbles: true }));
      look({ [range.dataset.name]: Number(range.value) });
    }
  }
  for (const button of controls.filter(({ dataset }) => dataset.name?.startsWith("preset-"))) {
    button.click();
    look(figure.state);
  }
  figure.reset();
  look({});
  return moved;
}"""
WIDTHS = (390, 810)  # a phone, and the column of the site on a wide screen


# Room is kept for the tallest of a language's sentences by the same rule in each (core/room.js).
@pytest.mark.parametrize(
    "language",
    [ORIGINAL, *(pytest.param(other, marks=pytest.mark.exhaustive) for other in TRANSLATIONS)],
)
def test_nothing_moves_while_numbers_change(open_figure, name, language):
    figure = open_figure(name, language=language, folded=True)
    extremes = getattr(nnbook.widgets, name)._extremes
    folds = figure.root.locator(".nn-more").count() > 0
    for folded in (True, False) if folds else (True,):
        figure.fold(folded)
        for width in WIDTHS:
            figure.page.set_viewport_size({"width": width, "height": 844})
            figure.page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
            moved = figure.page.evaluate(MOVES, [STATES, extremes])
            assert moved == {}, (width, folded)
