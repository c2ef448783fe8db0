"""The numbers that IrisSurfaces shows are those of nnlib."""

import re

import numpy as np
import pytest

import nnlib
from nnbook.figures.iris_surfaces import XLIM, YLIM
from nnbook.widgets import IrisSurfaces

PLACES = [(0.1, 4.1), (1.4, 3.2), (2.5, 3.3), (1.3, 3.5), (1.03, 1.9), (0, 1.9), (2.6, 4.5)]
NAMES = ["setosa", "versicolor", "virginica"]


def area(polygon):
    x, y = np.array(polygon).T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def middle(polygon):
    return np.mean(polygon, axis=0, keepdims=True)


@pytest.mark.parametrize(
    ("preset", "flower"), [("flower32", 32), ("flower50", 50), ("flower100", 100)]
)
def test_a_flower_is_that_of_the_data(preset, flower):
    figure = IrisSurfaces()
    figure.preset(preset)
    assert [figure.x1, figure.x2] == nnlib.datasets.iris().X[flower, [3, 1]].tolist()


def test_the_network_is_that_of_the_chapter():
    flowers = nnlib.datasets.iris()
    Z = IrisSurfaces.network().forward(flowers.X[:, [3, 1]])
    assert nnlib.accuracy(Z, flowers.y) == pytest.approx(145 / 150)
    assert np.round(Z[32], 2).tolist() == [1.43, -0.40, 0.23]


def test_presets_lie_on_what_they_name():
    figure = IrisSurfaces()
    figure.preset("fold")
    assert figure.pre_activations()[0] == pytest.approx(0, abs=1e-12)
    for preset, pair, off in (("tie12", [0, 1], 1), ("tie23", [1, 2], 0)):
        figure.preset(preset)
        z = figure.outputs()
        assert z[pair[0]] == pytest.approx(z[pair[1]], abs=1e-12)
        assert z[pair].min() > np.delete(z, pair)[0]
        assert figure.pre_activations()[off] < 0


def test_pieces_and_regions_fill_the_rectangle():
    data = IrisSurfaces().data()
    whole = (XLIM[1] - XLIM[0]) * (YLIM[1] - YLIM[0])
    assert len(data["pieces"]) == 4
    assert sum(map(area, data["pieces"])) == pytest.approx(whole, rel=1e-3)
    assert sum(area(p) for some in data["regions"] for p in some) == pytest.approx(whole, rel=1e-3)


def test_a_region_is_where_its_output_is_largest():
    model = IrisSurfaces.network()
    for k, polygons in enumerate(IrisSurfaces().data()["regions"]):
        assert polygons
        for polygon in polygons:
            assert model.forward(middle(polygon)).argmax() == k


def test_height_lines_are_level_and_folds_are_where_a_neuron_switches():
    data, model = IrisSurfaces().data(), IrisSurfaces.network()
    for k, lines in enumerate(data["lines"]):
        assert len(lines) > 5
        for line in lines:
            heights = model.forward(np.array(line))[:, k]
            assert np.ptp(heights) < 1e-3
            assert (heights[0] / 0.2) % 1 == pytest.approx(0.5, abs=1e-2)
    for j, fold in enumerate(data["folds"]):
        assert len(fold) == 3  # the folds cross
        assert np.abs(model.layers[0].forward(np.array(fold))[:, j]).max() < 1e-3


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
