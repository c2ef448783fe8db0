"""The numbers that SoftmaxExplorer shows are those of nnlib."""

import math

import numpy as np
import pytest
import traitlets
from driver import numbers

import nnlib
from nnbook.widgets import SoftmaxExplorer

STATES = [
    {"z": [1.43, -0.40, 0.23], "c": 0, "T": 1, "column": 1},
    {"z": [1.43, -0.40, 0.23], "c": 100, "T": 2, "column": 3},
    {"z": [1.43, -0.40, 0.23], "c": -1000, "T": 1, "column": 2},
    {"z": [1000, 0, -1000], "c": 0, "T": 1, "column": 1},
    {"z": [5, -5], "c": 3, "T": 0.1, "column": 2},
    {"z": [0.5, -1.25], "c": 0, "T": 1, "column": 5},
    {"z": [0, 0, 0, 0], "c": 0, "T": 1, "column": 4},
    {"z": [1, -2, 3, -4, 0.5], "c": 7, "T": 3.16, "column": 5},
]


def test_a_constant_moves_no_slope():
    here, there = SoftmaxExplorer(), SoftmaxExplorer(c=-1000)
    assert there.jacobian() == pytest.approx(here.jacobian(), abs=1e-12)
    assert here.jacobian() == pytest.approx(nnlib.softmax_jacobian([1.43, -0.40, 0.23]))


@pytest.mark.parametrize("z", [[1], [0] * 6, [0, np.nan], [0, 1001], [[0, 1]]])
def test_bad_logits_are_refused(z):
    with pytest.raises(traitlets.TraitError, match="z"):
        SoftmaxExplorer(z=z)


@pytest.mark.parametrize("K", [2, 3, 4, 5])
def test_it_draws_every_number_of_classes(K):
    figure = SoftmaxExplorer(z=np.arange(K), column=5, T=0.1).figure()
    assert len(figure.axes) == 3
    assert len(figure.axes[0].patches) >= K


def naive(u, i):
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(u)
        return powers[i], powers.sum(), powers[i] / powers.sum()


@pytest.mark.parametrize("state", STATES)
def test_every_number_is_that_of_nnlib(open_figure, state):
    figure = open_figure("SoftmaxExplorer")
    figure.set(**state)
    u = (np.array(state["z"]) + state["c"]) / state["T"]
    p, slopes = nnlib.softmax(u), nnlib.softmax_jacobian(u)
    K = len(p)
    j = min(state["column"], K) - 1
    assert figure.numbers("u")[-K:] == pytest.approx(u, abs=5.1e-3)
    for i in range(K):
        assert numbers(figure.get(f"p{i + 1}").text_content()) == [pytest.approx(p[i], abs=5.1e-4)]
        assert figure.number(f"slope{i + 1}") == pytest.approx(slopes[i, j], abs=5.1e-4)
        assert figure.number(f"sum{i + 1}") == 0
        for k in range(K):
            assert figure.number(f"J{i + 1}{k + 1}") == pytest.approx(slopes[i, k], abs=5.1e-4)
    above, below, quotient = naive(u, j)
    assert figure.numbers("written")[-3:-1] == pytest.approx([above, below], rel=6e-4)
    assert figure.number("written") == pytest.approx(quotient, abs=5.1e-4, nan_ok=True)
    figure.choose("formula", "shifted")
    assert figure.number("shifted") == pytest.approx(p[j], abs=5.1e-4)
    assert figure.numbers("shifted")[-3:-1] == pytest.approx(naive(u - u.max(), j)[:2], rel=6e-4)


def test_what_is_not_there_is_hidden(open_figure):
    figure = open_figure("SoftmaxExplorer")
    for K in (2, 4, 5, 3):
        figure.choose("K", str(K))
        assert len(figure.state()["z"]) == K
        for i in range(1, 6):
            for name in (f"z{i}", f"J{i}1", f"J1{i}", f"column{i}", f"slope{i}"):
                assert figure.get(name).is_visible() == (i <= K), (K, name)
        assert figure.get("point").is_visible() == (K <= 3)


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("flower", (0.684, 0.110, 0.206)),
        ("equal", (0.333, 0.333, 0.333)),
        ("plus", (0.684, 0.110, 0.206)),
        ("far", (1.000, 0.000, 0.000)),
    ],
)
def test_presets_show_the_numbers_of_the_chapter(open_figure, preset, expected):
    figure = open_figure("SoftmaxExplorer")
    figure.click(f"preset-{preset}")
    shown = [numbers(figure.get(f"p{i}").text_content())[0] for i in (1, 2, 3)]
    assert shown == list(expected)


def test_where_the_naive_formula_fails_the_sentence_says_why(open_figure):
    figure = open_figure("SoftmaxExplorer")
    figure.set(column=1)
    for z, c, quotient in (
        ([1.43, -0.4, 0.23], 1000, math.inf),
        ([1000, 0, -1000], 0, math.inf),
        ([1.43, -0.4, 0.23], -1000, 0),
    ):
        figure.set(z=z, c=c)
        assert figure.numbers("written")[-3:-1] == [quotient, quotient]
        assert math.isnan(figure.number("written"))
        assert "NaN" in figure.sentence()
    figure.click("preset-flower")
    assert "NaN" not in figure.sentence()


def test_every_telling_case_has_its_sentence(open_figure):
    figure = open_figure("SoftmaxExplorer")
    flower, sentences = [1.43, -0.40, 0.23], set()
    for z, c, T in [
        (flower, 0, 1),
        (flower, 100, 1),
        (flower, 1000, 1),
        (flower, -1000, 1),
        (flower, 0, 0.5),
        (flower, 0, 2),
        ([5, -5, -5], 0, 1),
        ([2, 2, 2], 0, 1),
        ([1, 0], 0, 1),
    ]:
        figure.set(z=z, c=c, T=T)
        sentences.add(figure.sentence())
    assert len(sentences) == 9


def test_two_classes_are_a_sigmoid(open_figure):
    figure = open_figure("SoftmaxExplorer")
    figure.set(z=[0.75, -1.25], c=0, T=1)
    assert f"{nnlib.sigmoid(2.0):.3f}" in figure.sentence()


@pytest.mark.parametrize(("z", "T"), [([0.5, 0, -0.5], 1), ([0.5, -0.5], 1), ([0.5, 0, 0], 0.5)])
def test_the_point_is_moved_and_the_logits_follow(open_figure, z, T):
    figure = open_figure("SoftmaxExplorer")
    figure.set(z=z, c=0, T=T)
    before = SoftmaxExplorer(z=z, T=T).probabilities()
    figure.press("point", "ArrowRight", times=4)
    moved = figure.state()["z"]
    after = SoftmaxExplorer(z=moved, T=T).probabilities()
    assert np.mean(moved) == pytest.approx(np.mean(z), abs=0.02)
    across = {2: [-1, 1], 3: [-math.sqrt(3) / 2, math.sqrt(3) / 2, 0]}[len(z)]
    assert (after - before) @ across == pytest.approx(0.08, abs=0.012)


def test_the_point_stays_within_reach_of_the_sliders(open_figure):
    figure = open_figure("SoftmaxExplorer")
    figure.set(z=[0, 0, 0], c=0, T=10)
    figure.drag("point", -600, 300)
    z = figure.state()["z"]
    assert max(map(abs, z)) <= 5
    assert int(np.argmax(z)) == 0


def test_a_column_is_chosen_by_hover_by_focus_and_by_click(open_figure):
    figure = open_figure("SoftmaxExplorer")
    figure.set(z=[1.43, -0.40, 0.23], c=0, T=1, column=1)
    figure.get("J23").hover()
    assert figure.state()["column"] == 3
    figure.get("column1").focus()
    assert figure.state()["column"] == 1
    figure.click("column2")
    assert figure.state()["column"] == 2
    assert figure.number("slope2") == 0.098


def test_it_opens_with_bars_and_nothing_else(open_figure):
    figure = open_figure("SoftmaxExplorer", folded=True)
    assert figure.get("p1").is_visible()
    assert figure.get("written").is_visible()
    for name in ("shifted", "J11", "point", "slope1"):
        assert not figure.get(name).is_visible(), name
    arrow = """root => root.querySelector(".nn-svg path[stroke=none]").parentNode
      .getAttribute("visibility")"""
    assert figure.evaluate(arrow) == "hidden"
    figure.fold(folded=False)
    assert figure.get("J11").is_visible()
    assert figure.evaluate(arrow) is None


def test_a_power_in_the_sentence_is_raised(open_figure):
    figure = open_figure("SoftmaxExplorer")
    figure.click("preset-flower")
    assert figure.root.locator(".nn-sentence sup").inner_text() == "1.20"
    assert "^" not in figure.sentence()


def test_logits_that_share_the_lead(open_figure):
    figure = open_figure("SoftmaxExplorer")
    for traits in ({}, {"c": 20}, {"T": 0.2}, {"T": 5}):
        figure.set(**{"z": [2, 0, 2], "c": 0, "T": 1} | traits)
        assert "The largest logits are equal, so p₁ and p₃ are both 0." in figure.sentence()
        assert "takes all" not in figure.sentence()


def test_what_no_computer_number_holds_is_bounded(open_figure):
    figure = open_figure("SoftmaxExplorer")
    figure.set(z=[420, -50, -400], T=0.6, c=0)
    assert "p₁ is > 10³⁰⁰ times p₂" in figure.sentence()
    figure.set(z=[0, -800, -900], T=1, c=0)
    assert "is < 10⁻³⁰⁰, so" in figure.sentence()
    figure.set(z=[0, -100, -200], T=1, c=0)
    assert "is 3.7 × 10⁻⁴⁴, so" in figure.sentence()
