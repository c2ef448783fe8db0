"""While numbers change, no control moves away from the finger and no text below a figure jumps."""

import pytest

import nnbook.widgets
from figure_forms import FURTHER, STATES
from nnbook.messages import LANGUAGES

# How far the figure's foot and each control move while it goes through its presets and extremes.
# The units of the playground's diagram stand where the network has them.
MOVES = """([states, further]) => {
  const root = document.querySelector(".nn-figure");
  const controls = [...root.querySelectorAll("input, button:not(.nn-pg-unit)")];
  const first = new Map();
  const moved = {};
  const note = (key, name, at, state) => {
    if (!first.has(key)) first.set(key, at);
    const far = Math.abs(at - first.get(key));
    if (far > 1 && !(far <= moved[name]?.[0])) moved[name] = [far, state];
  };
  for (const state of eval(states)(root.figure, further, false)) {
    root.figure.set(state);
    const { top, bottom } = root.getBoundingClientRect();
    note(root, "height", bottom - top, state);
    for (const control of controls) {
      if (!control.checkVisibility({ visibilityProperty: true })) continue;
      note(control, control.dataset.name, control.getBoundingClientRect().top - top, state);
    }
  }
  root.figure.reset();
  return moved;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", nnbook.widgets.FIGURES)
def test_nothing_moves_while_numbers_change(open_figure, name, language):
    figure = open_figure(name, page_options={"language": language})
    for width in (390, 810):  # a phone, and the column of the site on a wide screen
        figure.page.set_viewport_size({"width": width, "height": 844})
        figure.page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
        assert figure.page.evaluate(MOVES, [STATES, FURTHER.get(name, {})]) == {}, width
