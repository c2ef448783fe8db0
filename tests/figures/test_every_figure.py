"""What every interactive figure does, whatever it shows."""

import math
import re
from pathlib import Path

import pytest
from driver import BOX, COLUMNS, LATER, SAME_IN_BOTH, UNFOLD, Driver
from playwright.sync_api import expect

import nnbook.widgets

RANGE = "input[type=range]"
LONGER = {
    "SoftmaxExplorer": [{"z": [-3.1, 2.22, -1.5, 3.3, 1]}, {"z": [-10, 2, -5, 9], "c": -1000}]
}
# What reaches over the edge of the figure.
OUTSIDE = """root => {
  const box = root.getBoundingClientRect();
  const scrolls = (element) => element.closest(".nn-scroll, .nn-formula");
  // A group draws nothing itself, and what it holds may be clipped; what is hidden is not drawn.
  return [...root.querySelectorAll(":not(g)")].filter((element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (scrolls(element) || element.closest(".nn-aloud, defs, [clip-path]")) return false;
    const inner = element.getBoundingClientRect();
    // The box of letters smaller than a unit of their picture is wider than they are.
    const size = parseFloat(getComputedStyle(element).fontSize);
    const tiny = element instanceof SVGTextElement && size < 1;
    const drawn = tiny ? element.getComputedTextLength() * element.getScreenCTM().a : inner.width;
    const empty = (inner.width - drawn) / 2 + 1;
    return inner.width > 0 && (inner.left < box.left - empty || inner.right > box.right + empty);
  }).map((element) => element.outerHTML.slice(0, 160));
}"""
PHONE = {"width": 390, "height": 844}
SHOWN_FORMULAS = Path(__file__).with_name("shown_formulas.js").read_text(encoding="utf-8")
CUT_OFF = Path(__file__).with_name("cut_off.js").read_text(encoding="utf-8")


def moved_by_keys(figure):
    """Return what arrow keys move: sliders and handles, or else the first of a row of buttons."""
    return [*figure.seen(f"{RANGE}, .nn-handle")] or [*figure.seen("input[type=radio]")][:1]


def reading(figure, control):
    """Return the value of a control, and the state of its figure."""
    return control.evaluate("(input) => input.value"), figure.state()


@pytest.mark.wcag("2.1.1")
def test_sliders_obey_the_keyboard(open_figure, name):
    figure = open_figure(name)
    for slider in figure.seen(RANGE):
        at_end = slider.evaluate("input => input.value === input.max")
        before = reading(figure, slider)
        slider.press("ArrowLeft" if at_end else "ArrowRight")
        after = reading(figure, slider)
        assert after[0] != before[0]
        assert after[1] != before[1], slider.get_attribute("data-name")
        assert figure.broken() == ""


def test_sliders_obey_the_mouse(open_figure, name):
    figure = open_figure(name)
    for slider in figure.seen(RANGE):
        box = slider.evaluate(BOX)
        assert box["height"] >= 24
        before = figure.state()
        value = slider.evaluate("i => (Number(i.value) - i.min) / (i.max - i.min)")
        part = 0.25 if value > 0.5 else 0.75
        figure.page.mouse.click(box["x"] + box["width"] * part, box["y"] + box["height"] / 2)
        assert figure.state() != before, slider.get_attribute("data-name")
        assert figure.broken() == ""


@pytest.mark.wcag("2.1.1")
def test_handles_obey_the_keyboard_and_the_mouse(open_figure, name):
    figure = open_figure(name)
    figure.set(**LATER.get(name, {}))
    for handle in figure.seen(".nn-handle"):
        moved = False
        for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
            before = figure.state()
            handle.press(key)
            moved = moved or figure.state() != before
        assert moved
        before = figure.state()
        box = handle.evaluate(BOX)
        for dx, dy in ((25, -15), (-50, 30)):  # one of the two leads away from any edge
            if figure.state() == before:
                figure.pull(handle, dx, dy)
        assert figure.state() != before
        assert box["width"] >= 24
        assert box["height"] >= 24
        assert figure.broken() == ""


def test_buttons_and_choices_can_be_clicked(open_figure, name):
    figure = open_figure(name)
    for box in figure.seen("input[type=radio], input[type=checkbox]"):
        was, kind = box.evaluate("({ checked, type }) => [checked, type]")
        figure.hit(box)
        assert box.evaluate("({ checked }) => checked") == (kind == "radio" or not was)
        assert figure.broken() == ""
    for button in figure.seen("button:not(.nn-play, [aria-expanded])"):
        if button.evaluate("({ disabled }) => !disabled"):
            figure.hit(button)
            assert figure.broken() == ""


def test_presets_do_what_they_say(open_figure, name):
    figure = open_figure(name)
    presets = figure.evaluate("root => root.figure.presets")
    for preset, traits in presets.items():
        if figure.get(f"preset-{preset}").count() == 0:
            continue
        figure.click(f"preset-{preset}")
        state = figure.state()
        assert {key: state[key] for key in traits} == traits
        # The mouse still lies on it, as after a tap.
        pressed, ink, paper, edge = figure.named(f"preset-{preset}").evaluate("""button => {
          const { color, backgroundColor, borderColor } = getComputedStyle(button);
          const parts = (shade) => shade.match(/[0-9.]+/g).slice(0, 3).map(Number);
          return [button.ariaPressed, ...[color, backgroundColor, borderColor].map(parts)];
        }""")
        assert pressed == "true"
        assert sum(abs(a - b) for a, b in zip(ink, paper, strict=True)) > 300
        assert edge == ink
        # Filled with ink is only what is to be pressed first.
        filled = figure.evaluate(
            """(root, ink) => [...root.querySelectorAll(".nn-play:enabled")]
              .filter((play) => play.checkVisibility())
          .map((play) => getComputedStyle(play).backgroundColor === `rgb(${ink.join(", ")})`)""",
            ink,
        )
        assert filled.count(True) == min(len(filled), 1)


@pytest.mark.wcag("2.2.2")
def test_a_player_plays_pauses_and_ends(open_figure, name):
    figure = open_figure(name)
    if not any(figure.seen("[data-name=play]")):
        return
    before = figure.state()
    figure.click("play")
    figure.wait_for(
        "(root, before) => JSON.stringify(root.figure.state) !== JSON.stringify(before)", before
    )
    figure.click("play")
    paused = figure.state()
    figure.page.wait_for_timeout(200)
    assert figure.state() == paused
    play, step = figure.named("play"), figure.find("button.nn-step")
    if step and step.is_enabled():
        figure.click("play")
        assert play.get_attribute("data-playing") == "true"
        figure.hit(step)
        assert play.get_attribute("data-playing") == "false"
    figure.click("reset")
    example = figure.find("[data-name^=preset-]")
    if example and play.is_enabled():
        figure.click("play")
        figure.hit(example)
        assert play.get_attribute("data-playing") == "false"
    figure.click("reset")
    assert figure.state() == before


# What a figure shows once it stands still: the playground draws over some frames.
AT_REST = """async (root) => {
  const bodies = () => [...root.querySelectorAll(".nn-body")].map((body) => body.innerText);
  const look = () => JSON.stringify([root.figure.state, bodies()]);
  let [shown, still] = [look(), 0];
  while (still < 6) {
    await new Promise(requestAnimationFrame);
    const before = shown;
    shown = look();
    still = shown === before ? still + 1 : 0;
  }
  return shown;
}"""


@pytest.mark.wcag("2.5.2")
def test_reset_brings_everything_back(open_figure, name):
    figure = open_figure(name)
    before, state = figure.evaluate(AT_REST), figure.state()
    for control in moved_by_keys(figure):
        at_end = control.evaluate("input => input.max && input.value === input.max")
        control.press("ArrowLeft" if at_end else "ArrowRight")
    assert figure.state() != state
    figure.click("reset")
    assert figure.evaluate(AT_REST) == before


@pytest.mark.wcag("1.1.1", "3.3.2", "4.1.2")
def test_every_control_has_a_name_and_the_figure_a_sentence(open_figure, name):
    figure = open_figure(name)
    nameless = figure.evaluate("""root => {
      const named = (e) => (e.getAttribute("aria-label") || e.textContent).trim(); // shown or not
      const controls = "input[type=range], .nn-handle, button, [role=radiogroup]";
      return [...root.querySelectorAll(controls)].filter((e) => !named(e)).map((e) => e.outerHTML);
    }""")
    assert nameless == []
    assert len(figure.sentence()) > 10
    words = figure.root.inner_text()
    assert not re.search(r"undefined|\[object|\bnull\b", words), words


@pytest.mark.wcag("3.2.2")
def test_two_copies_share_nothing(open_figure, name):
    first = open_figure(name, page_options={"copies": 2})
    second = Driver(first.page, name, nth=1)
    ids = first.page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    before = second.state()
    slider = moved_by_keys(first)[0]
    for key in ("ArrowRight", "ArrowLeft", "ArrowLeft"):
        slider.press(key)
    assert second.state() == before
    for radio in list(first.seen("input[type=radio]"))[-1:]:
        first.hit(radio)
        assert second.state() == before


@pytest.mark.wcag("1.4.4", "1.4.10")
def test_nothing_sticks_out(open_figure, name):
    for width in (1400, 320, 390):
        figure = open_figure(name, viewport={"width": width, "height": 844})
        assert figure.found_at_rest(OUTSIDE) == [], width
        assert figure.page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_of_plots_does_not_collide(open_figure, name):
    figure = open_figure(name, viewport=PHONE)
    overlaps = figure.evaluate("""root => {
      const texts = [...root.querySelectorAll(".nn-axes text")].filter((t) => t.textContent);
      const found = [];
      texts.forEach((a, i) => texts.slice(i + 1).forEach((b) => {
        if (a.ownerSVGElement !== b.ownerSVGElement) return;
        const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
        const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (across > 1 && down > 5) found.push(a.textContent + " | " + b.textContent);
      }));
      return found;
    }""")
    assert overlaps == []


def cut_off(figure, name):
    """List the numbers and formulas that are cut off on pages of three widths."""
    found = []
    for screen, column in COLUMNS.items():
        figure.page.set_viewport_size({"width": screen, "height": 844})
        found += [
            (screen, text) for text in figure.evaluate(CUT_OFF, [column, LONGER.get(name, [])])
        ]
    return found


def test_no_number_is_cut_off(open_figure, name):
    assert cut_off(open_figure(name, viewport=PHONE), name) == []


def test_an_equation_holds_for_the_numbers_that_it_shows(open_figure, name):
    """Or else there is no sign of equality: 0.33 · 0.33 ≈ 0.111 where both are a third."""
    figure = open_figure(name)
    for formula in figure.evaluate(SHOWN_FORMULAS, 40):
        *sides, result = map(arithmetic, re.split(r" ?[=≈] ?", formula))
        signs = re.findall("[=≈]", formula)
        for side, sign in zip(sides, signs, strict=True):
            if side and result:
                misses = abs(value_of(side) - value_of(result)) > slack(result)
                assert not (misses and sign == "="), formula


def arithmetic(side):
    """Return a side of a formula as Python computes it, or nothing where it has letters."""
    text = re.sub(r"[\s\u2009\u202f]", "", side).translate({ord("−"): "-", ord("·"): "*"})
    text = text.replace("×", "*").replace("ln", "math.log")
    text = re.sub(r"\be(?=\*\*)", "math.e", re.sub(r"log(-?[\d.]+)", r"log(\1)", text))
    return text if re.fullmatch(r"(math\.log|math\.e|[-+*/().\d])+", text) else ""


def slack(result):
    """Return half a unit of the last digit of a number; a whole number is exact."""
    found = re.fullmatch(r"-?\d+(?:\.(\d+))?(?:\*10\*\*\((-?\d+)\))?", result)
    decimals, power = found.groups() if found else (None, None)
    rounded = decimals or power
    half = 0.5 * 10 ** (int(power or 0) - len(decimals or "")) if rounded else 0
    return half + 1e-9 * abs(value_of(result))


def value_of(side):
    """Compute a side."""
    return eval(side, {"math": math})


def test_it_is_dark_on_a_dark_page(open_figure, name):
    shades = {}
    for scheme in ("light", "dark"):
        figure = open_figure(name, color_scheme=scheme)
        shades[scheme] = figure.evaluate(
            "root => [getComputedStyle(root).backgroundColor, getComputedStyle(root).color]"
        )
    assert shades["light"][0] != shades["dark"][0]
    assert shades["light"][1] != shades["dark"][1]


def test_it_speaks_chinese(open_figure, name):
    figure = open_figure(name, page_options={"language": "zh-CN"})
    assert figure.broken() == ""
    assert re.search(r"[\u4e00-\u9fff]", figure.sentence()), figure.sentence()
    labels = figure.evaluate("""root => {
      const named = [...root.querySelectorAll("[aria-label]")];
      return [root.innerText, ...named.map((element) => element.getAttribute("aria-label"))];
    }""")
    english = [
        word for text in labels for word in re.findall(r"[A-Za-z]{4,}", SAME_IN_BOTH.sub("", text))
    ]
    assert english == []
    assert cut_off(figure, name) == []


# The picture of a figure, once it is loaded.
PICTURE = """async (name) => {
  const all = document.querySelectorAll(`.nn-figure[data-state*='"figure":"${name}"'] img`);
  const picture = [...all].find((image) => image.checkVisibility());
  picture?.scrollIntoView();
  await picture?.decode();
  return { alt: picture?.alt.trim(), width: picture?.naturalWidth };
}"""


@pytest.mark.on_page
def test_without_javascript_there_is_a_picture(unscripted, places):
    on_page = {}
    for name in nnbook.widgets.FIGURES:
        on_page.setdefault(places[name][0], []).append(name)
    for path, names in on_page.items():
        unscripted.goto(path.as_uri(), wait_until="domcontentloaded")
        unscripted.evaluate(UNFOLD)
        for name in names:
            picture = unscripted.evaluate(PICTURE, name)
            assert picture["alt"], name
            assert picture["width"] > 100, name


def test_a_state_that_cannot_be_read_is_named(open_figure):
    figure = open_figure("ActivationExplorer")
    figure.page.evaluate("""() => {
      const element = document.createElement("div");
      element.className = "nn-figure";
      element.id = "spoiled";
      element.dataset.state = '{"figure": "Nothing"';
      document.body.append(element);
      nnlibFigures.hydrate();
    }""")
    expect(figure.page.locator("#spoiled .nn-broken")).to_be_visible()
