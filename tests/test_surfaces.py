"""The maps and surfaces of a network's outputs: what is drawn is exact, and always the same."""

from __future__ import annotations

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon

import nnlib
from nnlib import plots

IRIS = nnlib.datasets.iris()
X = IRIS.X[:, [3, 1]]
LIMITS = {"xlim": (0.0, 2.6), "ylim": (1.9, 4.5)}


@pytest.fixture(autouse=True)
def _style():
    with mpl.rc_context():
        plots.use_style()
        yield
    plt.close("all")


def iris_model(k=1.0):
    return nnlib.Sequential(
        nnlib.Linear.from_arrays(k * np.array([[-2.0, 2.0], [0.3, -0.6]]), [1.55 * k, -0.85 * k]),
        nnlib.ReLU(),
        nnlib.Linear.from_arrays([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]], [-0.04, 1.02, 0.0]),
    )


def lines_in(ax, name):
    shade = plots.color(name)
    return [line.get_xydata() for line in ax.lines if to_hex(line.get_color()) == shade]


def area(polygon):
    x, y = polygon.get_xy()[:-1].T
    return abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2


def test_dashed_lines_lie_where_a_hidden_neuron_switches():
    model = iris_model()
    folds = lines_in(plots.plot_output(model, 1, X, IRIS.y, **LIMITS), "ink")
    assert len(folds) == 2
    for j, fold in enumerate(folds):
        np.testing.assert_allclose(model.layers[0].forward(fold)[:, j], 0, atol=1e-12)
        on_rim = np.isin(fold[:, 0], LIMITS["xlim"]) | np.isin(fold[:, 1], LIMITS["ylim"])
        assert on_rim.all()


@pytest.mark.parametrize("output", [0, 1, 2])
def test_height_lines_lie_at_odd_multiples_of_half_a_step(output):
    model = iris_model()
    ax = plots.plot_output(model, output, X, IRIS.y, step=0.5, **LIMITS)
    lines = lines_in(ax, "muted")
    heights = np.array([model.forward(line)[:, output] for line in lines])
    np.testing.assert_allclose(heights[:, 0], heights[:, 1], atol=1e-12)
    bands = heights / 0.5 - 0.5
    np.testing.assert_allclose(bands, np.rint(bands), atol=1e-9)
    written = {float(text.get_text().strip("$")) for text in ax.texts}
    assert written == set(np.round(heights[:, 0], 2))


def test_tinted_bands_cover_just_what_is_above_the_first_line():
    ax = plots.plot_output(iris_model(), 1, X, IRIS.y, **LIMITS)
    tinted = sum(area(patch) for patch in ax.patches if isinstance(patch, Polygon))
    grid = np.stack(np.meshgrid(np.linspace(0, 2.6, 401), np.linspace(1.9, 4.5, 401)), axis=-1)
    above = iris_model().forward(grid.reshape(-1, 2))[:, 1] > 0.1
    assert tinted == pytest.approx(above.mean() * 2.6**2, rel=0.01)


def test_a_surface_has_a_facet_for_each_pattern_of_active_neurons():
    ax = plots.plot_surface(iris_model(), 1, X, IRIS.y, **LIMITS)
    outlines = [patch for patch in ax.patches if isinstance(patch, Polygon) and not patch.fill]
    assert len(outlines) == 4
    one_fold = nnlib.Sequential(
        nnlib.Linear.from_arrays([[1.0, 0.0], [0.0, 0.0]], [-1.0, 2.0]),
        nnlib.LeakyReLU(),
        nnlib.Linear.from_arrays([[1.0], [1.0]], [0.0]),
    )
    ax = plots.plot_surface(one_fold, 0, X, IRIS.y, **LIMITS)
    assert (
        len([patch for patch in ax.patches if isinstance(patch, Polygon) and not patch.fill]) == 2
    )


def test_surfaces_of_one_model_are_seen_in_the_same_frame():
    frames = []
    for output in range(3):
        ax = plots.plot_surface(iris_model(), output, X, IRIS.y)
        frames.append((ax.get_xlim(), ax.get_ylim()))
    assert frames[0] == frames[1] == frames[2]


@pytest.mark.parametrize("draw", [plots.plot_output, plots.plot_surface])
def test_the_last_digit_of_the_arithmetic_does_not_show(draw):
    undisturbed = plots.to_svg(draw(iris_model(), 1, X, IRIS.y).figure)
    for k in (1 + 1e-13, 1 - 1e-13):
        assert plots.to_svg(draw(iris_model(k), 1, X, IRIS.y).figure) == undisturbed


@pytest.mark.parametrize("draw", [plots.plot_output, plots.plot_surface])
def test_wrong_arguments_are_refused(draw):
    rng = np.random.default_rng(0)
    for model in (
        nnlib.mlp([3, 2, 3], rng=rng),
        nnlib.mlp([2, 2, 2, 3], rng=rng),
        nnlib.mlp([2, 2, 3], "softplus", rng=rng),
        "model",
    ):
        with pytest.raises(ValueError, match="model must be"):
            draw(model, 0, X, IRIS.y)
    with pytest.raises(ValueError, match="output must be from 0 to 2, got 3"):
        draw(iris_model(), 3, X, IRIS.y)
    with pytest.raises(ValueError, match="shape"):
        draw(iris_model(), 0, IRIS.X, IRIS.y)
    with pytest.raises(TypeError, match="output"):
        draw(iris_model(), 0.5, X, IRIS.y)


def test_a_step_has_to_be_positive():
    with pytest.raises(ValueError, match="step"):
        plots.plot_output(iris_model(), 0, X, IRIS.y, step=0)
