"""Every interactive figure, for readers who do not drag, do not see, or choose their own colors."""

import re

import pytest
from driver import BOX, LATER

import nnbook.widgets

PACE = 60  # ms between two steps of a number that is held


@pytest.mark.parametrize("name", ["ForwardPass", "SquiggleBuilder"])
@pytest.mark.wcag("2.5.1", "2.5.7", "2.5.8")
def test_a_number_in_a_diagram_is_changed_by_taps(open_figure, name):
    figure = open_figure(name)
    for scrub in figure.seen(".nn-frame"):
        box = scrub.evaluate(BOX)
        assert box["width"] >= 48  # two targets of 24 px
        assert box["height"] >= 24
    step, start = figure.controls()["w1"]["step"], figure.state()["w1"]
    box = figure.named("w1").evaluate(BOX)
    left, right = box["x"] + 8, box["x"] + box["width"] - 8
    for x, steps in ((right, 1), (right, 2), (left, 1), (left, 0)):
        figure.page.mouse.click(x, box["y"] + box["height"] / 2)
        assert figure.state()["w1"] == pytest.approx(start + steps * step)
    figure.page.mouse.move(right, box["y"] + box["height"] / 2)
    figure.page.mouse.down()
    figure.wait_for("(root, least) => root.figure.state.w1 > least", start + 20 * step)
    figure.page.mouse.up()
    held = figure.state()["w1"]
    figure.page.wait_for_timeout(3 * PACE)
    assert figure.state()["w1"] == held


@pytest.mark.wcag("2.5.1", "2.5.7")
def test_a_tap_on_a_plot_moves_its_nearest_handle(open_figure, name):
    figure = open_figure(name)
    figure.set(**LATER.get(name, {}))
    for handle in figure.seen(".nn-handle:not(.nn-scrub)"):
        before = figure.state()
        box = handle.evaluate(BOX)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for dx in (22, -22):  # beside its target of 32 px; one of both lies within the axes
            figure.page.mouse.click(x + dx, y - 3)
            if figure.state() != before:
                break
        assert figure.state() != before, handle.get_attribute("data-name")
        assert handle.evaluate("element => element === document.activeElement")


@pytest.mark.wcag("2.1.1", "4.1.2")
def test_a_handle_says_where_it_is_and_goes_to_both_ends(open_figure, name):
    figure = open_figure(name)
    for handle in figure.seen(".nn-handle"):

        def value(handle=handle):
            least, now, most, text = handle.evaluate(
                "e => [e.ariaValueMin, e.ariaValueNow, e.ariaValueMax, e.ariaValueText]"
            )
            assert float(least) - 1e-9 <= float(now) <= float(most) + 1e-9
            assert text
            return float(now)

        handle.press("Home")
        lowest = value()
        handle.press("End")
        assert value() > lowest, handle.get_attribute("data-name")


@pytest.mark.wcag("1.1.1", "1.3.1", "4.1.3")
def test_what_is_read_aloud(open_figure, name):
    figure = open_figure(name)
    assert figure.root.get_attribute("role") == "group"
    assert figure.root.get_attribute("aria-label")
    found = figure.evaluate("""root => {
      const all = (selector) => [...root.querySelectorAll(selector)];
      const silent = "[aria-hidden], [role=img], [role=slider]";
      const lost = (svg) => {
        const sentence = document.getElementById(svg.getAttribute("aria-describedby"));
        return !sentence?.matches(".nn-sentence") || !root.contains(sentence);
      };
      const nameless = all("table:not([aria-label]), svg.nn-svg:not([aria-label])");
      const scraps = all("svg text").filter((text) => !text.closest(silent));
      const undescribed = all(".nn-svg").filter(lost);
      const loud = all("output:not([aria-live=off])");
      return [nameless, scraps, undescribed, loud].map((list) => list.map((one) => one.outerHTML));
    }""")
    assert found == [[], [], [], []]
    labels = """(root, selector) =>
      [...root.querySelectorAll(selector)].map((one) => one.getAttribute("aria-label") ?? "")"""
    names = figure.evaluate(labels, "input[type=range], [role=slider]")
    assert [label for label in names if not re.search(r"\w", label)] == []
    names = figure.evaluate(labels, "[role=radiogroup]")
    assert [label for label in names if not re.search(r"\w\w", label)] == []  # a symbol says little


def test_the_pad_tells_the_counts_that_the_network_sees(open_figure):
    figure = open_figure("DigitPad")
    rows = figure.get("counts").get_attribute("aria-label").split("; ")[1:]
    assert [len(row.split()) for row in rows] == [8] * 8
    shown = figure.get("counts").locator("text").all_text_contents()
    assert " ".join(rows).split() == [count or "0" for count in shown]


@pytest.mark.parametrize(
    ("name", "state", "numbers"),
    [
        ("SoftmaxExplorer", {"z": [0, 0, 0]}, "p₁ = 0.333, p₂ = 0.333, p₃ = 0.333"),
        (
            "IrisSurfaces",
            {"x1": 2, "x2": 3},
            "x₁ = 2.00, x₂ = 3.00; a₁ = 0.00, a₂ = 1.35; z₁ = 0.00",
        ),
        ("DigitPad", {"digit": 5}, "4: 0.00, 5: 1.00, 6: 0.00"),
    ],
)
@pytest.mark.wcag("1.1.1")
def test_a_plot_tells_the_numbers_that_it_shows(open_figure, name, state, numbers):
    figure = open_figure(name)
    labels = """root => [...root.querySelectorAll(".nn-svg")]
      .map((svg) => svg.getAttribute("aria-label")).join(" | ")"""
    assert numbers not in figure.evaluate(labels)
    figure.set(**state)
    assert numbers in figure.evaluate(labels)


def test_the_plane_takes_a_point_at_the_first_press_of_enter(open_figure):
    figure = open_figure("Playground")
    before = figure.state()
    figure.press("plane", "Enter")
    assert figure.state() != before


@pytest.mark.parametrize("name", ["DeadNeurons", "Playground"])
@pytest.mark.wcag("1.4.1")
def test_forced_colors_hide_nothing(open_figure, name):
    figure = open_figure(name, forced_colors="active")
    seen = figure.evaluate("""root => {
      const all = (selector) => [...root.querySelectorAll(selector)];
      const shade = (element, part) => getComputedStyle(element, part).backgroundColor;
      const icons = all(".nn-play, .nn-icon").filter((button) => button.checkVisibility());
      return {
        icons: icons.map((button) => [shade(button, "::before"), shade(button)]),
        chosen: all("input[type=radio]:checked + span").map((one) => shade(one)),
        others: all("input[type=radio]:not(:checked) + span").map((one) => shade(one)),
        tracks: all("input[type=range]").map((range) => getComputedStyle(range).forcedColorAdjust),
      };
    }""")
    assert all(icon != button for icon, button in seen["icons"])
    assert not set(seen["chosen"]) & set(seen["others"])
    assert set(seen["tracks"]) == {"none"}
    if name == "Playground":
        figure.wait_for(
            """root => {
              const { width, height } = root.querySelector(".nn-pg-tint");
              const tint = root.querySelector(".nn-pg-tint").getContext("2d");
              const { data } = tint.getImageData(0, 0, width, height);
              return new Set(data.filter((_, index) => index % 4 === 0)).size > 20;
            }"""
        )


def test_figures_of_two_modules_share_no_names(open_figure):
    """Jupyter imports the module anew for each widget; here even before it has room for it."""
    # On a page of its own: those of the site load no script from an address like this.
    page = open_figure("ActivationExplorer", page_options={"language": "en"}).page
    module = nnbook.widgets.ActivationExplorer()
    ids, checked, handles = page.evaluate(
        """async ([source, spec, state]) => {
          const nothing = () => {};
          const hosts = [];
          for (let copy = 0; copy < 2; copy += 1) {
            const module = encodeURIComponent(`${source}//${copy}`);
            const { default: widget } = await import(`data:text/javascript,${module}`);
            const values = { ...state, _spec: spec, language: "en" };
            const get = (name) => values[name];
            const el = document.createElement("div");
            el.hidden = true;
            document.body.append(el);
            widget.render({ model: { get, set: nothing, on: nothing, off: nothing }, el });
            hosts.push(el);
          }
          const found = (el, selector, name) => [
            ...new Set([...el.querySelectorAll(selector)].map((one) => one[name]).filter(Boolean)),
          ];
          return [
            hosts.flatMap((el) => [found(el, "[id]", "id"), found(el, "input", "name")].flat()),
            hosts.map((el) => el.querySelectorAll("input:checked").length),
            hosts.map((el) => el.querySelectorAll("[role=slider][aria-valuenow]").length),
          ];
        }""",
        [module._esm, module._spec, module.state()],
    )
    assert len(ids) == len(set(ids)) > 4
    assert checked == [1, 1]
    assert handles == [1, 1]
