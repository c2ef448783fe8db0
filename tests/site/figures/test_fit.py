"""A figure fits one screen as it opens: whole on a laptop, its core on a phone."""

import pytest

import nnbook.widgets
from nnbook.messages import LANGUAGES

LAPTOP, PHONE = 778, 356  # px; a figure on a page in a window of 1400 and of 390 px
HIGHEST = {LAPTOP: 840, PHONE: 1300}
SCREEN = 844 - 56  # of the phone, below the page's bar

EXAMPLES = {"Playground": 7}  # four of them are its data; all others have at most four
# Where the main control is not the first one beneath the picture.
MAIN = {"IrisSurfaces": ".nn-handle"}

# The main picture, the first control beneath it and the sentence: from where to where they reach.
CORE = """(root, main) => {
  const controls =
    main ?? ".nn-player, .nn-slider, .nn-choice, .nn-presets, .nn-button:not(.nn-reset)";
  const body = root.querySelector(".nn-body");
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const first = (selector) => [...body.querySelectorAll(selector)].find(shown);
  const parts = [first(".nn-svg, canvas"), first(controls), root.querySelector(".nn-sentence")];
  const boxes = parts.filter(Boolean).map((part) => part.getBoundingClientRect());
  const [tops, bottoms] = ["top", "bottom"].map((edge) => boxes.map((box) => box[edge]));
  return Math.max(...bottoms) - Math.min(...tops);
}"""


@pytest.fixture(params=nnbook.widgets.FIGURES)
def figure(request, open_figure):
    """Return a function that opens each figure in turn, in a column of this width."""

    def open_it(width, language):
        made = open_figure(
            request.param,
            page_options={"language": language},
            folded=True,
            viewport={"width": width + 34, "height": 844},
        )
        made.root.evaluate(
            """async (root, width) => {
              root.style.width = `${width}px`;
              document.documentElement.style.fontSize = width > 700 ? "18px" : ""; // as on the page
              for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
            }""",
            width,
        )
        return made

    return open_it


@pytest.mark.parametrize("width", HIGHEST)
def test_its_height(figure, width):
    heights = []
    for language in LANGUAGES:
        shown = figure(width, language)
        heights.append(shown.root.bounding_box()["height"])
    assert max(heights) <= HIGHEST[width]


def test_picture_control_and_sentence_are_seen_together_on_a_phone(figure):
    heights = []
    for language in LANGUAGES:
        shown = figure(PHONE, language)
        heights.append(shown.root.evaluate(CORE, MAIN.get(shown.name)))
    assert max(heights) <= SCREEN


@pytest.mark.parametrize("name", nnbook.widgets.FIGURES)
def test_at_most_four_examples_are_offered_at_first(open_figure, name):
    figure = open_figure(name, folded=True)
    offered = figure.evaluate(
        """root => [...root.querySelectorAll("[data-name^=preset-]")]
          .filter((button) => !button.closest(".nn-more")).length"""
    )
    assert offered <= EXAMPLES.get(name, 4)
