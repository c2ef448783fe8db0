"""The numbers that IrisSurfaces shows are those of nnlib."""

import re

import numpy as np
import pytest

from nnbook.widgets import IrisSurfaces

PLACES = [(0.1, 4.1), (1.4, 3.2), (2.5, 3.3), (1.3, 3.5), (1.03, 1.9), (0, 1.9), (2.6, 4.5)]
NAMES = ["setosa", "versicolor", "virginica"]


def shown_in_the_network(figure):
    """Return the numbers of the diagram: what stands in the units, in their order."""
    texts = figure.root.locator(".nn-unit text:first-of-type").all_text_contents()
    return [float(text.replace("−", "-")) for text in texts]


@pytest.mark.parametrize(("x1", "x2"), PLACES)
def test_every_number_is_that_of_nnlib(open_figure, x1, x2):
    figure = open_figure("IrisSurfaces")
    figure.set(x1=x1, x2=x2)
    expected = IrisSurfaces(x1=x1, x2=x2)
    sums, z = expected.pre_activations(), expected.outputs()
    a = np.maximum(0, sums)
    for k in range(3):
        assert figure.number(f"z{k + 1}") == pytest.approx(z[k], abs=5.1e-3)
        assert figure.number(f"output{k + 1}") == pytest.approx(z[k], abs=5.1e-3)
    for j in range(2):
        assert figure.number(f"hidden{j + 1}") == pytest.approx(sums[j], abs=5.1e-3)
    assert figure.numbers("activations")[-2:] == pytest.approx(a, abs=5.1e-3)
    assert shown_in_the_network(figure) == pytest.approx([x1, x2, *a, *z], abs=5.1e-3)


@pytest.mark.parametrize(("x1", "x2"), PLACES)
def test_the_terms_of_a_sum_are_the_parameters_and_values(open_figure, x1, x2):
    figure = open_figure("IrisSurfaces")
    figure.set(x1=x1, x2=x2)
    figure_text = re.sub(r"\s", "", figure.text("output2")).replace("−", "-")
    terms = re.fullmatch(r"z2=-0\.55·(.+)-0\.63·(.+)\+1\.02=(.+)", figure_text)
    assert terms is not None, figure_text
    a1, a2, z2 = map(float, terms.groups())
    assert -0.55 * a1 - 0.63 * a2 + 1.02 == pytest.approx(z2, abs=0.012)
    figure_text = re.sub(r"\s", "", figure.text("hidden1")).replace("−", "-")
    assert f"-2.0·{x1:.2f}+0.3·{x2:.2f}+1.55=" in figure_text


def test_the_winner_is_marked(open_figure):
    figure = open_figure("IrisSurfaces")
    for x1, x2 in PLACES:
        figure.set(x1=x1, x2=x2)
        best = figure.root.locator(".nn-best")
        assert best.count() == 1
        assert NAMES[int(IrisSurfaces(x1=x1, x2=x2).outputs().argmax())] in best.inner_text()


def test_presets_show_the_numbers_of_the_chapter(open_figure):
    figure = open_figure("IrisSurfaces")
    expected = {
        "flower32": (1.43, -0.40, 0.23),
        "flower50": (-0.04, 1.00, 0.02),
        "flower100": (0.03, -0.35, 1.37),
        "fold": (-0.04, 1.02, 0.00),
        "tie12": (0.50, 0.50, 0.09),
        "tie23": (-0.02, 0.51, 0.51),
    }
    for preset, z in expected.items():
        figure.set(**IrisSurfaces.presets[preset])
        assert [figure.number(f"z{k}") for k in (1, 2, 3)] == list(z)
    figure.click("reset")
    assert figure.number("hidden1") == 2.58
    assert figure.number("hidden2") == -3.11


def test_the_sentence_tells_the_telling_cases_apart(open_figure):
    figure = open_figure("IrisSurfaces")
    figure.click("preset-tie12")
    assert "0.499" in figure.sentence()
    assert figure.root.locator(".nn-best").count() == 2
    figure.set(**IrisSurfaces.presets["tie23"])
    assert "0.510" in figure.sentence()
    figure.click("preset-fold")
    folded = figure.sentence()
    assert "1.020" in folded
    sentences = {folded}
    for x1, x2 in [(0.1, 4.1), (1.45, 3.8), (1.03, 1.9), (0.75, 3.0)]:
        figure.set(x1=x1, x2=x2)
        sentences.add(figure.sentence())
    assert len(sentences) == 5


def test_the_flower_is_dragged_and_stays_on_the_map(open_figure):
    figure = open_figure("IrisSurfaces")
    figure.set(x1=1.0, x2=3.0)
    figure.press("flower", "ArrowRight", times=2)
    figure.press("flower", "ArrowDown")
    assert figure.state()["x1"] == pytest.approx(1.1)
    assert figure.state()["x2"] == pytest.approx(2.95)
    figure.drag("flower", 0, -2000)
    figure.drag("flower", 2000, 0)
    assert (figure.state()["x1"], figure.state()["x2"]) == (2.6, 4.5)
    z = IrisSurfaces(x1=2.6, x2=4.5).outputs()
    assert figure.number("z3") == pytest.approx(z[2], abs=5.1e-3)


def test_a_phone_shows_the_chosen_surface_large(open_figure):
    figure = open_figure("IrisSurfaces", viewport={"width": 390, "height": 844})
    surfaces = figure.root.locator(".nn-iris-surface")

    def shown():
        return [k for k in range(3) if surfaces.nth(k).is_visible()]

    assert shown() == [0]  # that of the answer
    figure.click("surface2")
    assert shown() == [1]
    assert surfaces.nth(1).bounding_box()["width"] > 250
    figure.click("preset-flower100")
    assert shown() == [1]  # the reader's choice stays
    figure.click("reset")
    assert shown() == [0]
    figure.page.set_viewport_size({"width": 1400, "height": 900})
    assert shown() == [0, 1, 2]
