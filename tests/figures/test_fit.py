"""A figure fits one screen as it opens: whole on a laptop, its core on a phone."""

import pytest

from nnbook.messages import LANGUAGES

LAPTOP, PHONE = 778, 356  # px; a figure on a page in a window of 1400 and of 390 px
HIGHEST = {LAPTOP: 840, PHONE: 1300}
SCREEN = 844 - 56  # of the phone, below the page's bar

EXAMPLES = {
    "DigitPad": 5,
    "KernelExplorer": 7,
}  # five of the first, drawings; three of the last, kernels
# Where the main control is not the first one beneath the picture.
MAIN = {"IrisSurfaces": ".nn-handle", "Ward": ".nn-ward-test"}

# Opened as the first page does; what else it shows is watched, not steered.
VIEWS = {"SquiggleBuilder": {"view": "compact"}}

# px; no text of a plot or a diagram is smaller.
SMALLEST = {LAPTOP: 14, PHONE: 13}

# How high a figure is in a column of this width; the main picture, the first control beneath it
# and the sentence: from where to where they reach; how much of the sentence's room nothing fills;
# how far below this room the reset starts, where nothing else would stand in a line with it; how
# small the smallest text of a picture is; and where the tracks of the sliders begin and end.
HEIGHTS = """async (root, [width, main]) => {
  const page = document.documentElement;
  root.style.width = `${width}px`;
  page.style.fontSize = width > 700 ? "18px" : ""; // as on the page
  for (let n = 0; n < 3; n += 1) await new Promise(requestAnimationFrame);
  const controls =
    main ?? ".nn-player, .nn-slider, .nn-choice, .nn-presets, .nn-button:not(.nn-reset)";
  const body = root.querySelector(".nn-body");
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const first = (selector) => [...body.querySelectorAll(selector)].find(shown);
  const parts = [first(".nn-svg, canvas"), first(controls), root.querySelector(".nn-sentence")];
  const boxes = parts.filter(Boolean).map((part) => part.getBoundingClientRect());
  const [tops, bottoms] = ["top", "bottom"].map((edge) => boxes.map((box) => box[edge]));
  const heights = [root.getBoundingClientRect().height, Math.max(...bottoms) - Math.min(...tops)];
  const words = document.createRange();
  words.selectNodeContents(parts[2]);
  const place = (parts[2].closest(".nn-place") ?? parts[2]).getBoundingClientRect();
  const reset = root
    .querySelector(".nn-foot > .nn-place:nth-last-child(3) ~ .nn-reset")
    ?.getBoundingClientRect();
  const filled = width > 700 ? place.bottom : Math.min(place.bottom, reset?.top ?? Infinity);
  heights.push(filled - words.getBoundingClientRect().bottom);
  heights.push(reset ? reset.top - place.bottom : -1);
  const texts = [...body.querySelectorAll(".nn-plot .nn-svg text")].filter(shown);
  const sizes = texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  const tracks = [...body.querySelectorAll(".nn-slider input")].filter(shown).map((track) => {
    const { left, right } = track.getBoundingClientRect();
    return `${Math.round(left)} ${Math.round(right)}`;
  });
  heights.push(Math.min(...sizes, 99), [...new Set(tracks)]);
  root.style.width = page.style.fontSize = "";
  return heights;
}"""


def test_at_most_four_examples_are_offered_at_first(open_figure, name):
    figure = open_figure(name, folded=True)
    offered = figure.evaluate(
        """root => [...root.querySelectorAll("[data-name^=preset-]")]
          .filter((button) => !button.closest(".nn-more")).length"""
    )
    assert offered <= EXAMPLES.get(name, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_control_and_sentence_are_seen_together_on_a_phone_and_all_on_a_laptop(
    open_figure, name, language
):
    for width, highest in HIGHEST.items():
        viewport = {"width": width + 34, "height": 844}
        figure = open_figure(name, language=language, folded=True, viewport=viewport)
        figure.set(**VIEWS.get(name, {}))
        found = figure.evaluate(HEIGHTS, [width, MAIN.get(name)])
        height, core, kept, lower, smallest, tracks = found
        assert height <= highest, width
        assert width != PHONE or core <= SCREEN
        assert kept <= 30, width
        assert lower < 0, width
        assert smallest >= SMALLEST[width]
        assert width != PHONE or len(tracks) <= 1
