"""AttentionExplorer computes what `nnlib.Attention` computes, and shows it."""

import numpy as np
import pytest
import traitlets
from attention_explorer.from_nnlib import attention, places
from driver import numbers

from nnbook.widgets import AttentionExplorer

STATES = [
    {"q": [1.5, -0.5], "k": [[1, 0.5], [-2, 1.5], [0.3, -1]], "v": [[2, 1], [-2, 3], [0.5, -2]]},
    {"q": [-3, 3], "k": [[3, 3], [-3, 3], [3, -3]], "v": [[-3, -3], [3, 3], [0, 0]]},
    {"q": [0, 0]},
]


@pytest.mark.parametrize("state", [*STATES, *AttentionExplorer.presets.values()])
def test_it_is_a_head_of_attention(state):
    explorer = AttentionExplorer(**state)
    row = places(np.array(explorer.q), np.array(explorer.k), np.array(explorer.v))
    np.testing.assert_allclose(explorer.weights(), attention().weights(row)[0])
    np.testing.assert_allclose(explorer.output(), attention()(row)[0], atol=1e-15)


def test_three_letters_by_hand():
    explorer = AttentionExplorer(q=[1, 0], k=[[np.sqrt(2) * np.log(2), 0], [0, 1], [0, -2]])
    assert explorer.weights() == pytest.approx([0.5, 0.25, 0.25])
    explorer.v = [[0, 2], [2, 0], [-2, 0]]
    assert explorer.output() == pytest.approx([0, 1])


@pytest.mark.parametrize("letters", ["ab", "abcd", "ab1", "ABC", 3])
def test_there_are_three_small_letters(letters):
    with pytest.raises(traitlets.TraitError, match="letters must"):
        AttentionExplorer(letters=letters)
    assert AttentionExplorer(letters="rex").letters == "rex"


@pytest.mark.parametrize("state", STATES)
def test_every_number_is_that_of_python(open_figure, state):
    figure = open_figure("AttentionExplorer")
    figure.set(**state)
    python = AttentionExplorer(**figure.state())
    for t in range(3):
        assert figure.number(f"z{t + 1}") == pytest.approx(python.scores()[t], abs=5.1e-3)
        assert figure.number(f"w{t + 1}") == pytest.approx(python.weights()[t], abs=5.1e-4)
        products = np.multiply(python.k[t], python.q)
        one, x, other, y = figure.numbers(f"z{t + 1}")[1:5]
        assert [one * x, other * y] == pytest.approx(products)
    assert figure.numbers("a")[-2:] == pytest.approx(python.output(), abs=5.1e-3)
    bars = figure.evaluate(
        """root => [...root.querySelectorAll(".nn-attention-part")]
          .map((bar) => bar.offsetWidth / bar.parentElement.clientWidth)"""
    )
    assert bars == pytest.approx(python.weights(), abs=0.02)


def test_every_telling_case_has_its_sentence(open_figure):
    figure = open_figure("AttentionExplorer")
    said = {}
    for preset in AttentionExplorer.presets:
        figure.click(f"preset-{preset}")
        said[preset] = figure.sentence()
    figure.set(q=[1, 1], k=[[1, 0], [0, 1], [-1, -1]])
    said["tie"] = figure.sentence()
    assert len(set(said.values())) == 5
    assert "With q = 0 all scores are 0" in said["mean"]
    assert "all weights are 1/3, as with q = 0" in said["same"]
    assert "both weights are 0.4" in said["tie"]
    figure.click("preset-start")
    lead, ratio = np.sort(AttentionExplorer().scores())[::-1], AttentionExplorer().weights()
    shown = numbers(figure.sentence())
    assert shown[0] == pytest.approx(lead[0] - lead[1], abs=5.1e-3)
    assert shown[2] == pytest.approx(ratio.max() / np.sort(ratio)[1], abs=0.051)


def test_the_query_and_a_key_are_moved_by_mouse_keyboard_and_tap(open_figure):
    figure = open_figure("AttentionExplorer")
    figure.press("q", "ArrowRight", times=3)
    assert figure.state()["q"] == [2.3, 1.0]
    figure.press("k2", "Shift+ArrowUp")
    assert figure.state()["k"][1] == [-0.5, 2.5]
    figure.press("v3", "ArrowLeft")
    assert figure.state()["v"][2] == [0.4, -2.0]
    figure.drag("k1", 40, 0)
    x, y = figure.state()["k"][0]
    assert x > 1.5
    assert y == 0.5
    figure.drag("q", -900, 0)
    assert figure.state()["q"][0] == -3.0
    plot = figure.named("k3").evaluate_handle("handle => handle.ownerSVGElement").as_element()
    box = plot.bounding_box()
    figure.page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.75 * box["height"])
    assert figure.state()["k"][2] != AttentionExplorer().k[2]


def test_the_output_stays_in_the_triangle_of_the_values(open_figure):
    figure = open_figure("AttentionExplorer")
    figure.set(v=[[0, 0], [2, 0], [0, 2]], k=[[1, 0], [0, 1], [1, 1]])
    for q in ([3, 3], [-3, -3], [3, -3], [0.4, 0]):
        figure.set(q=q)
        x, y = figure.numbers("a")[-2:]
        assert min(x, y, 2 - x - y) > -0.011


def test_a_root_is_not_in_the_font_of_the_formulas_where_it_would_hang_down(open_figure):
    figure = open_figure("AttentionExplorer")
    fonts = figure.evaluate("""root => [...root.querySelectorAll("[data-name=z1] .nn-root")]
      .map((sign) => [sign.textContent, getComputedStyle(sign).fontFamily])""")
    assert fonts == [["√", "system-ui, sans-serif"]]
