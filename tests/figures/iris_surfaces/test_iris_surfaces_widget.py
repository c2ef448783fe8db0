"""IrisSurfaces: its network, its presets, its polygons."""

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook.figures.iris_surfaces import XLIM, YLIM
from nnbook.widgets import IrisSurfaces


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


@pytest.mark.parametrize("traits", [{"x1": -0.1}, {"x1": 2.7}, {"x2": 1.8}, {"x2": np.nan}])
def test_a_flower_off_the_map_is_refused(traits):
    with pytest.raises(traitlets.TraitError, match=next(iter(traits))):
        IrisSurfaces(**traits)
