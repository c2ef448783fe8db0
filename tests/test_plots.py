"""The figures: what they draw, in which colors, and that their SVG is the same everywhere."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import nbclient
import nbformat
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.mathtext import MathTextParser
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

import nnlib
from nnlib import plots
from nnlib.plots.style import CLASS_COLORS, TOKENS, label_ends

DOSAGE = nnlib.datasets.dosage()
IRIS = nnlib.datasets.iris()
QUANTITIES = ["input", "weight", "bias", "activation", "prediction", "target", "loss"]


@pytest.fixture(autouse=True)
def _style():
    with mpl.rc_context():
        plots.use_style()
        yield
    plt.close("all")


def squiggle_model():
    return nnlib.Sequential(
        nnlib.Linear.from_arrays([[3.34, -3.53]], [-1.43, 0.57]),
        nnlib.Softplus(),
        nnlib.Linear.from_arrays([[-1.22], [-2.30]], [2.61]),
    )


def branching_value():
    """f = x softplus(x) + (x - 3)^2 at x = 0.5: x reaches f on three ways."""
    x = nnlib.Value(0.5, "$x$")
    f = x * x.softplus() + (x - 3) ** 2
    f.label = "$f$"
    f.backward()
    return f


def dosage_value():
    """The loss of the dosage network on one sample, as a graph."""
    x = nnlib.Value(0.5, "$x$")
    numbers = [3.34, -1.43, -3.53, 0.57, -1.22, -2.30, 2.61]
    w1, b1, w2, b2, w3, w4, b3 = (nnlib.Value(v, f"${k}$") for k, v in enumerate(numbers))
    a1, a2 = (w1 * x + b1).softplus(), (w2 * x + b2).softplus()
    loss = (w3 * a1 + w4 * a2 + b3 - 1) ** 2
    loss.backward()
    return loss


def texts(ax):
    return [text.get_text() for text in ax.texts]


def lines_in(ax, name):
    return [line for line in ax.lines if to_hex(line.get_color()) == plots.color(name)]


# The tokens


def linear(hex_color):
    """sRGB "#rrggbb" as linear light, 0 to 1."""
    c = np.array([int(hex_color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


# What a dichromat sees of linear light (Machado, Oliveira and Fernandes 2009, severity 1).
VISIONS = {
    "normal": np.eye(3),
    "protan": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]],
    "deutan": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]],
    "tritan": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}
TO_LMS = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]
TO_OKLAB = [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]


def distance(one, other, vision):
    """How far apart two colors look: Euclidean in Oklab, where black and white are 1 apart."""
    a, b = (
        np.array(TO_OKLAB) @ np.cbrt(np.array(TO_LMS) @ np.clip(VISIONS[vision] @ linear(c), 0, 1))
        for c in (one, other)
    )
    return float(np.hypot.reduce(a - b))


def test_contrast_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert distance("#000000", "#ffffff", "normal") == pytest.approx(1, abs=0.01)
    assert distance("#ff0000", "#787800", "deutan") < 0.2 < distance("#ff0000", "#787800", "normal")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.wcag("1.4.3", "1.4.11")
def test_tokens_are_distinct_and_readable(theme):
    tokens = {name: values[theme] for name, values in TOKENS.items()}
    assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in tokens.values())
    assert len(set(tokens.values())) == len(tokens)
    for name in [
        *QUANTITIES,
        "gradient",
        "ink",
        "muted",
        "class0",
        "class1",
        "class2-text",
        "class3",
        "negative-text",
    ]:
        assert contrast(tokens[name], tokens["background"]) >= 4.5, name
    for name in ["positive", "negative", *(f"class{k}" for k in range(10))]:
        assert contrast(tokens[name], tokens["background"]) >= 3, name


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.wcag("1.4.1")
def test_quantities_and_classes_can_be_told_apart(theme, vision):
    def closest(names):
        return min(
            (distance(TOKENS[a][theme], TOKENS[b][theme], vision), a, b)
            for a, b in itertools.combinations(names, 2)
        )

    assert closest(QUANTITIES)[0] > 0.06
    assert closest([f"class{k}" for k in range(5)])[0] > 0.085
    assert closest([f"class{k}" for k in range(10)])[0] > 0.055
    assert closest(["positive", "zero", "negative"])[0] > 0.15


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("end", ["positive", "negative"])
def test_ink_is_readable_on_the_strongest_tint_of_a_matrix(theme, end):
    tint, zero = (
        np.array([int(TOKENS[name][theme][i : i + 2], 16) for i in (1, 3, 5)])
        for name in (end, "zero")
    )
    cell = "#" + "".join(f"{round(v):02x}" for v in 0.65 * tint + 0.35 * zero)
    assert contrast(TOKENS["ink"][theme], cell) >= 4.5


def test_color_refuses_unknown_names():
    assert plots.color("loss") == TOKENS["loss"]["light"]
    with pytest.raises(ValueError, match=r"name must be one of input, .* got 'red'"):
        plots.color("red")


# The SVG

FIGURES = {
    "activation": lambda: plots.plot_activation("sigmoid"),
    "curves": lambda: plots.plot_curves({r"$-\ln p$": lambda p: -np.log(p)}, (0.01, 1)),
    "fit": lambda: plots.plot_fit(DOSAGE.X, DOSAGE.y, squiggle_model()),
    "residuals": lambda: plots.plot_residuals(DOSAGE.X, DOSAGE.y, lambda x: 0.3 * x, values=True),
    "loss": lambda: plots.plot_loss([3, 2, 1], [4, 1, 0.5], labels=["$a$", "$b$"], log=True),
    "contour": lambda: plots.plot_contour(
        lambda v: v[0] ** 2 + 3 * v[1] ** 2, (-3, 3), (-3, 3), path=[[2, 2], [1, 0.5], [0, 0.1]]
    ),
    "regions": lambda: plots.plot_decision_regions(
        lambda P: P @ [[-1, 0.4, 1], [1, 0, -1]] + [1, 1, 0],
        IRIS.X[:, [3, 1]],
        IRIS.y,
        class_names=IRIS.class_names,
    ),
    "network": lambda: plots.draw_network(squiggle_model(), labels="both"),
    "graph": lambda: plots.draw_graph(branching_value(), slopes=True),
    "matrix": lambda: plots.plot_jacobian(nnlib.softmax_jacobian([1.43, -0.40, 0.23])),
    "images": lambda: plots.plot_images(nnlib.datasets.digits().X[:20].reshape(-1, 8, 8)),
    "lamps": lambda: plots.plot_lamps(np.arange(24).reshape(4, 3, 2) % 5 > 1),
    "bars": lambda: plots.plot_bars([1792, 150_529_000], ["$a$", "$b$"], log=True),
    "squiggle": lambda: plots.plot_squiggle(squiggle_model(), DOSAGE.X, DOSAGE.y),
}


def svg_of(name):
    svg = plots.to_svg(FIGURES[name]().figure)
    plt.close("all")
    return svg


@pytest.mark.slow
def test_another_process_writes_the_same_bytes():
    program = (
        "import sys, json; sys.path.insert(0, sys.argv[1]); import test_plots as t;"
        "t.plots.use_style(); print(json.dumps({name: t.svg_of(name) for name in t.FIGURES}))"
    )
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", program, str(here)],
        capture_output=True,
        text=True,
        check=True,
        cwd=here.parent,
    )
    assert json.loads(done.stdout) == {name: svg_of(name) for name in FIGURES}


X2 = IRIS.X[:, [3, 1]]
DISTURBED = {
    "activation": lambda k: plots.plot_activation(
        nnlib.Activation("sigmoid", lambda z: nnlib.sigmoid(z) * k, nnlib.sigmoid_derivative, "")
    ),
    "fit": lambda k: plots.plot_fit(
        DOSAGE.X * k, DOSAGE.y * k, lambda x: k * squiggle_model().forward(x[:, None])[:, 0]
    ),
    "residuals": lambda k: plots.plot_residuals(
        np.linspace(0, 1, 11) * k, np.linspace(0, 1, 11) ** 2 * k, lambda x: 0.7 * x, values=True
    ),
    "loss": lambda k: plots.plot_loss(0.7 ** np.arange(50) * k, log=True),
    "contour": lambda k: plots.plot_contour(
        lambda v: k * (v[0] ** 2 + v[1] ** 2), (-3, 3), (-3, 3)
    ),
    "regions": lambda k: plots.plot_decision_regions(
        lambda P: P @ [[-k, 0.4, 1], [1, 0, -k]] + [k, 1, 0], X2 * k, IRIS.y
    ),
    "symmetric regions": lambda k: plots.plot_decision_regions(
        lambda P: np.column_stack([P[:, 0], k * P[:, 1]]), [[-1, -1], [1, 1]], [0, 1]
    ),
    "network": lambda k: plots.draw_network(
        nnlib.Sequential(nnlib.Linear.from_arrays([[0.5 * k, 1], [k, 0.25]], [k, 0])), labels="both"
    ),
    "matrix": lambda k: plots.plot_jacobian(nnlib.softmax_jacobian([1.43, -0.40, 0.23]) * k),
    "images": lambda k: plots.plot_images(np.arange(8.0).reshape(2, 2, 2) * k),
    "bars": lambda k: plots.plot_bars(np.array([0.684, 0.11]) * k, ["$a$", "$b$"]),
}


@pytest.mark.parametrize("name", DISTURBED)
@pytest.mark.slow
def test_the_last_digits_of_the_arithmetic_do_not_show(name):
    undisturbed = plots.to_svg(DISTURBED[name](1.0).figure)
    for k in (1 + 4e-16, 1 - 4e-16):
        assert plots.to_svg(DISTURBED[name](k).figure) == undisturbed


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.slow
def test_svg_holds_only_token_colors_and_stays_small(name):
    svg = svg_of(name)
    colors = set(re.findall("#[0-9a-fA-F]{6}\\b", svg))
    assert colors
    assert colors <= {values["light"] for values in TOKENS.values()}
    assert not re.search(r"rgb|<image|<style|<metadata|<!--|Date|Matplotlib", svg)
    assert not re.search(r"(?:: ?|=\")(?:black|white|gray|red|blue|green)", svg)
    assert len(svg) < 60_000


@pytest.mark.parametrize("name", FIGURES)
def test_svg_names_are_unique_and_all_used(name):
    svg = svg_of(name)
    names = re.findall(r' id="([^"]*)"', svg)
    assert len(names) == len(set(names))
    assert set(names) == set(re.findall(r'(?:href="#|url\(#)([^")]*)', svg))


def test_svg_coordinates_have_two_decimals():
    for path in re.findall(r' d="([^"]*)"', svg_of("fit")):
        assert not re.search(r"\.\d{3}", path)


def test_svg_shows_no_last_digit_of_a_hatch():
    figure, ax = plt.subplots()
    ax.bar([0], [1], hatch="///", edgecolor="white", alpha=1 / 3)
    svg = plots.to_svg(figure)
    assert "stroke-opacity: 0.333333" in svg
    assert not re.search(r"\.\d{7}", svg)


def test_saving_leaves_a_figure_without_layout_without_layout():
    with plt.rc_context({"figure.constrained_layout.use": True}):
        figure = plots.draw_network((1, 2, 1)).figure
        plots.to_svg(figure)
        assert figure.get_layout_engine() is None


def test_a_formula_is_read_once_and_not_each_time_that_it_is_drawn():
    read = MathTextParser._parse_cached
    read.cache_clear()
    first = plots.to_svg(plots.plot_activation("tanh").figure)
    misses = read.cache_info().misses
    assert misses > 0
    assert plots.to_svg(plots.plot_activation("tanh").figure) == first
    assert read.cache_info().misses == misses
    assert mpl.textpath.MathTextParser is MathTextParser  # other figures are left alone


def test_figures_do_not_share_names_of_their_own():
    glyphs = re.compile(r' id="(f[0-9a-f]{8}-i\d+)"')
    first, second = (set(glyphs.findall(svg_of(name))) for name in ("fit", "loss"))
    assert first
    assert second
    assert not first & second


@pytest.mark.slow
def test_a_notebook_stores_svg_and_nothing_else():
    cells = [
        "from nnlib import plots\nplots.use_style()",
        "plots.plot_activation('relu')",
        "ax = plots.draw_network((1, 2, 1), labels='symbols')",
        "_ = ax.set_title('$x$')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    setup, expression, assignment, silent = (cell.outputs for cell in notebook.cells)
    assert setup == silent == []
    for outputs, size in ((expression, "560x340"), (assignment, "640x285")):
        assert [output.output_type for output in outputs] == ["display_data"]
        data = outputs[0].data
        assert set(data) == {"image/svg+xml", "text/plain"}
        assert data["text/plain"] == f"<Figure size {size} with 1 Axes>"
    relu = plots.to_svg(plots.plot_activation("relu").figure)
    assert expression[0].data["image/svg+xml"] == relu


# What the figures show


@pytest.mark.parametrize("name", nnlib.ACTIVATIONS)
def test_activation_and_its_derivative(name):
    activation = nnlib.ACTIVATIONS[name]
    ax = plots.plot_activation(name, zlim=(-4, 4))
    (f,) = lines_in(ax, "activation")
    z = f.get_xdata()
    assert z[0] == -4
    assert z[-1] == 4
    np.testing.assert_array_equal(f.get_ydata(), activation.function(z))
    curves = [line for line in lines_in(ax, "gradient") if line.get_marker() == "None"]
    drawn = np.concatenate([line.get_xydata() for line in curves])
    np.testing.assert_array_equal(drawn[:, 1], activation.derivative(drawn[:, 0]))
    assert len(curves) == (2 if "relu" in name else 1)
    assert sorted(texts(ax)) == ["$f$", "$f'$"]


def test_relu_marks_the_convention_at_zero():
    ax = plots.plot_activation("relu")
    dots = {
        to_hex(line.get_markerfacecolor()): (line.get_xdata()[0], line.get_ydata()[0])
        for line in ax.lines
        if line.get_marker() == "o"
    }
    assert dots == {plots.color("gradient"): (0, 0), plots.color("background"): (0, 1)}


@pytest.mark.parametrize(
    ("name", "bands"),
    [
        ("relu", [(-6, 0)]),
        ("sigmoid", [(-6, -4.59), (4.59, 6)]),
        ("gelu", [(-6, -3.09)]),
        ("leaky_relu", []),
    ],
)
def test_saturation_is_shaded_where_the_slope_is_small(name, bands):
    ax = plots.plot_activation(name)
    shaded = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in ax.patches]
    assert len(shaded) == len(bands)
    for drawn, band in zip(shaded, bands, strict=True):
        assert drawn == pytest.approx(band, abs=0.05)


def test_several_activations_are_named():
    ax = plots.plot_activation("relu", nnlib.ACTIVATIONS["softplus"], zlim=(-3, 3))
    assert set(texts(ax)) == {r"$\mathtt{softplus}$", r"$\mathtt{relu}$"}
    z = np.linspace(-3, 3, 401)
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), nnlib.relu(z))
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), nnlib.softplus(z))


def test_fit_draws_the_points_and_the_models_outputs():
    model = squiggle_model()
    ax = plots.plot_fit(DOSAGE.X, DOSAGE.y, model, xlim=(0, 1))
    curve, points = ax.lines
    x = np.linspace(0, 1, 401)
    np.testing.assert_array_equal(curve.get_ydata(), model.forward(x[:, None])[:, 0])
    np.testing.assert_array_equal(points.get_xydata(), np.hstack([DOSAGE.X, DOSAGE.y]))
    assert texts(ax) == [r"$\hat y$"]
    assert ax.get_xlim() == (0, 1)


def test_fit_tells_several_curves_apart_by_color_and_by_style():
    ax = plots.plot_fit([0, 1], [0, 1], np.sin, np.cos, np.tanh, labels=["$a$", "$b$", "$c$"])
    curves = ax.lines[:3]
    assert len({line.get_color() for line in curves}) == 3
    assert len({str(line._dash_pattern) for line in curves}) == 3
    assert set(texts(ax)) == {"$a$", "$b$", "$c$"}


@pytest.mark.parametrize("aspect", [1, 2.5])
def test_residuals_are_segments_and_true_squares(aspect):
    x, y = np.array([0.0, 1.0, 2.0]), np.array([0.5, 0.0, 3.0])
    ax = plots.plot_residuals(x, y, lambda x: x, values=True, aspect=aspect)
    ax.figure.draw_without_rendering()
    residuals = y - x
    for square, residual in zip(ax.patches, residuals, strict=True):
        assert square.get_height() == pytest.approx(abs(residual))
        box = square.get_window_extent()
        assert box.width == pytest.approx(box.height)
    segments = [line.get_ydata() for line in lines_in(ax, "loss")]
    np.testing.assert_allclose(segments, np.column_stack([x, y]))
    areas = sum(square.get_height() ** 2 for square in ax.patches)
    assert areas == pytest.approx(nnlib.ssr(x, y))
    assert {"$+0.50$", "$-1.00$", "$+1.00$"} <= set(texts(ax))


def test_residual_squares_keep_clear_of_each_other_where_they_can():
    ax = plots.plot_residuals([0, 1], [1, 1], lambda x: 0 * x + 0.2, xlim=(-2, 3))
    first, second = (square.get_bbox() for square in ax.patches)
    assert first.x1 <= second.x0
    close = plots.plot_residuals([0, 0.3], [1, 1], lambda x: 0 * x).patches
    assert close[0].get_x() == pytest.approx(0)
    assert close[1].get_bbox().x1 == pytest.approx(0.3)


def test_loss_draws_each_series_from_step_zero():
    ax = plots.plot_loss([3.0, 2.0, 1.0], np.ones(40), labels=["$a$", "$b$"], log=True)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[0, 3], [1, 2], [2, 1]])
    assert len(ax.lines[1].get_xdata()) == 40
    assert ax.get_yscale() == "log"
    assert set(texts(ax)) == {"$a$", "$b$"}


def test_loss_of_a_history_with_validation():
    rng = np.random.default_rng(0)
    model = nnlib.mlp((1, 3, 1), rng=rng)
    history = nnlib.fit(
        model,
        DOSAGE.X,
        DOSAGE.y,
        loss="mse",
        optimizer=nnlib.SGD(model.parameters(), lr=0.01),
        epochs=5,
        rng=rng,
        validation=(DOSAGE.X, DOSAGE.y),
    )
    ax = history.plot()
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), history.losses)
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), history.validation_losses)
    assert set(texts(ax)) == {r"$\mathtt{losses}$", r"$\mathtt{validation\_losses}$"}


def test_a_diverged_loss_is_drawn_as_far_as_it_is_finite():
    ax = plots.plot_loss([1.0, 10.0, np.inf], labels=["$a$"])
    ax.figure.draw_without_rendering()
    assert texts(ax) == ["$a$"]


def test_curves_take_functions_and_models():
    model = squiggle_model()
    ax = plots.plot_curves({"$m$": model, "": np.exp}, (0, 2), colors=["loss", "weight"])
    x = np.linspace(0, 2, 401)
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), model.forward(x[:, None])[:, 0])
    np.testing.assert_array_equal(ax.lines[1].get_ydata(), np.exp(x))
    assert [line.get_color() for line in ax.lines] == [plots.color("loss"), plots.color("weight")]
    assert texts(ax) == ["$m$"]


def test_a_label_stands_at_the_last_finite_point_of_its_curve():
    with np.errstate(divide="ignore"):
        ax = plots.plot_curves({"$L$": lambda p: -np.log(1 - p)}, (0, 1))
    ax.figure.draw_without_rendering()
    assert np.isfinite(ax.texts[0].xy).all()


def test_labels_at_the_ends_move_apart_and_keep_their_order():
    ax = plt.subplots()[1]
    ax.set(xlim=(0, 1), ylim=(0, 1))
    label_ends(ax, [(1, 0.50, "b", "k"), (1, 0.49, "a", "k"), (1, 0.9, "c", "k")])
    heights = {text.get_text(): text.xy[1] for text in ax.texts}
    assert heights["b"] - heights["a"] >= 0.084
    assert heights["c"] == pytest.approx(0.9)


def test_contour_follows_the_levels_and_the_path():
    path = np.array([[2.0, 2.0], [1.0, 0.5], [0.1, 0.1]])
    ax = plots.plot_contour(lambda v: v[0] ** 2 + v[1] ** 2, (-3, 3), (-3, 3), path=path, levels=5)
    (rings,) = ax.collections
    assert len(rings.levels) == 5
    for level, ring in zip(rings.levels, rings.get_paths(), strict=True):
        np.testing.assert_allclose(np.hypot(*ring.vertices.T) ** 2, level, atol=0.02)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), path)
    assert len(ax.patches) == 2


def test_classes_have_a_color_and_a_marker_each_and_a_key():
    X = IRIS.X[:, [3, 1]]
    ax = plots.plot_classes(X, IRIS.y, class_names=IRIS.class_names)
    for k, line in enumerate(ax.lines):
        np.testing.assert_array_equal(line.get_xydata(), X[IRIS.y == k])
        assert line.get_color() == CLASS_COLORS[k]
    assert len({line.get_marker() for line in ax.lines}) == 3
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == [rf"$\mathtt{{{name}}}$" for name in IRIS.class_names]


@pytest.mark.parametrize(
    "classifier",
    [
        lambda P: np.column_stack([-P[:, 0], P[:, 0]]),
        lambda P: P[:, :1],
        lambda P: P[:, 0],
        lambda P: (P[:, 0] > 0).astype(int),
        nnlib.Sequential(nnlib.Linear.from_arrays([[-1, 1], [0, 0]], [0, 0])),
    ],
    ids=["scores", "logit column", "logit", "labels", "model"],
)
def test_decision_regions_end_where_the_answer_changes(classifier):
    X = np.array([[-1.0, 0.0], [1.0, 1.0]])
    ax = plots.plot_decision_regions(classifier, X, [0, 1], xlim=(-2, 2), ylim=(-1, 2))
    fills = [one for one in ax.collections if one.filled]
    for k, (fill, (low, high)) in enumerate(zip(fills, [(-2, 0), (0, 2)], strict=True)):
        vertices = np.concatenate([path.vertices for path in fill.get_paths()])
        assert vertices[:, 0].min() == pytest.approx(low, abs=0.03)
        assert vertices[:, 0].max() == pytest.approx(high, abs=0.03)
        assert to_hex(fill.get_facecolor()[0]) == CLASS_COLORS[k]


def test_network_diagram_of_the_dosage_network():
    ax = plots.draw_network((1, 2, 1), labels="symbols", activation="softplus")
    expected = [f"$w_{{{k}}}$" for k in range(1, 5)] + [f"$b_{{{k}}}$" for k in range(1, 4)]
    expected += ["$x$", "$a_{1}$", "$a_{2}$", r"$\hat y$"]
    assert sorted(texts(ax)) == sorted(expected)
    circles = [patch for patch in ax.patches if type(patch).__name__ == "Circle"]
    assert len(circles) == 2 * 4  # face and rim
    arrows = [patch for patch in ax.patches if type(patch).__name__ == "FancyArrowPatch"]
    assert len(arrows) == 4 + 3  # weights and biases
    assert len(lines_in(ax, "activation")) == 2  # a curve in each hidden unit


def test_network_labels_stand_on_their_own_edges():
    ax = plots.draw_network((2, 2, 3), labels="symbols", biases=["$b$"] * 5)
    centers = {text.get_text(): np.array(text.get_position()) for text in ax.texts}
    layers = [["$x_{1}$", "$x_{2}$"], ["$a_{1}$", "$a_{2}$"], ["$z_{1}$", "$z_{2}$", "$z_{3}$"]]
    edges = [
        pair for one, other in itertools.pairwise(layers) for pair in itertools.product(one, other)
    ]
    spots = []
    for k, (source, target) in enumerate(edges):
        spot, p, q = centers[f"$w_{{{k + 1}}}$"], centers[source], centers[target]
        part = (spot[0] - p[0]) / (q[0] - p[0])
        np.testing.assert_allclose(spot, p + part * (q - p), atol=1e-6)
        spots.append(spot)
    gaps = [np.hypot(*(a - b)) for a, b in itertools.combinations(spots, 2)]
    assert min(gaps) > 0.3  # inches


def test_network_shows_values_of_parameters_and_units():
    model = squiggle_model()
    ax = plots.draw_network(model, labels="both", x=[0.5])
    shown = texts(ax)
    for text in ("$w_{1} = 3.34$", "$w_{4} = -2.30$", "$b_{3} = 2.61$"):
        assert text in shown
    hidden = nnlib.softplus(np.array([3.34 * 0.5 - 1.43, -3.53 * 0.5 + 0.57]))
    output = model.forward([[0.5]])[0, 0]
    for value in (0.5, *hidden, output):
        assert f"${value:.2f}$" in shown


def test_network_edges_show_sign_and_size():
    model = nnlib.Sequential(nnlib.Linear.from_arrays([[2.0], [-1.0]], [0.0]))
    ax = plots.draw_network(model)
    arrows = [patch for patch in ax.patches if type(patch).__name__ == "FancyArrowPatch"]
    assert {to_hex(arrow.get_edgecolor()) for arrow in arrows} == {plots.color("weight")}
    assert [arrow.get_linestyle() for arrow in arrows] == ["-", (0, (5, 2))]
    assert arrows[0].get_linewidth() > arrows[1].get_linewidth()


def test_large_networks_are_cut_and_say_their_size():
    ax = plots.draw_network((784, 128, 10), max_units=6, shapes=True)
    shown = texts(ax)
    assert shown.count(r"$\vdots$") == 3
    assert {"$x_{4}$", "$x_{784}$", "$z_{10}$", "$(n, 784)$", "$(n, 10)$"} <= set(shown)
    assert "$x_{5}$" not in shown
    assert r"$W^{(1)}\!:(784, 128)$" in shown
    assert len(ax.lines) == 5 * 5 * 2


@pytest.mark.slow
def test_network_fits_into_its_figure():
    for sizes in ((1, 2, 1), (2, 2, 3), (784, 128, 10), (3, 4, 4, 2)):
        for options in ({}, {"labels": "symbols"}, {"shapes": True}):
            if "labels" in options and max(sizes) > 3:
                continue
            ax = plots.draw_network(sizes, **options)
            figure = ax.figure
            figure.draw_without_rendering()
            for artist in [*ax.texts, *ax.patches]:
                box = artist.get_window_extent()
                assert box.y0 >= -1
                assert box.y1 <= figure.bbox.height + 1


def boxes_in(ax):
    """Boxes of a graph, (left, bottom, right, top) in inches, one each."""
    rims = [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch) and not patch.fill]
    return [patch.get_path().get_extents().extents for patch in rims]


def arrows_in(ax):
    """The points of each arrow of a graph, along its curve."""
    arrows = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    return [arrow._path_original.interpolated(1).vertices for arrow in arrows]


def test_graph_shows_every_number_its_gradient_and_the_local_slopes():
    value = branching_value()
    shown = texts(plots.draw_graph(value, slopes=True))
    order = nnlib.topological_order(value)
    x = order[0]
    for node in order:
        if node.label or any(source is x for source, _ in node.edges):
            assert f"${node.data:.3f}$" in shown
            assert f"${node.grad:.3f}$" in shown
    assert shown.count("$-3$") == 1  # a constant, without the 3 and the -1 that it was made of
    assert not {"$3$", "$-1$", "$-3.000$"} & set(shown)
    assert shown.count("$x$") == 1
    for slope in (nnlib.softplus(x.data), nnlib.sigmoid(x.data), x.data, 2 * (x.data - 3)):
        assert f"${float(slope):.2f}$" in shown
    bare = texts(plots.draw_graph(value, gradients=False))
    assert f"${x.grad:.3f}$" not in bare
    assert f"${x.data:.3f}$" in bare


def test_graph_of_one_number_used_twice_has_one_edge_with_both_slopes():
    x = nnlib.Value(1.5, "$x$")
    ax = plots.draw_graph(x * x, slopes=True)
    assert len(arrows_in(ax)) == 1
    assert "$3.00$" in texts(ax)


def test_graph_without_labels_shows_everything():
    ax = plots.draw_graph(nnlib.Value(2.0) * nnlib.Value(3.0))
    assert len(boxes_in(ax)) == 3
    assert "$6.000$" in texts(ax)


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("make", [branching_value, dosage_value])
def test_graph_is_in_layers_and_nothing_overlaps(make, direction):
    value = make()
    ax = plots.draw_graph(value, direction=direction)
    boxes = boxes_in(ax)
    for one, other in itertools.combinations(boxes, 2):
        assert (one[2] < other[0] or other[2] < one[0]) or (one[3] < other[1] or other[3] < one[1])
    width, height = ax.figure.get_size_inches()
    assert all(min(box) >= 0 and box[2] <= width and box[3] <= height for box in boxes)
    axis, sign = (0, 1) if direction == "right" else (1, -1)
    along = np.concatenate([np.diff(points[:, axis]) for points in arrows_in(ax)]) * sign
    assert (along >= 0).all()  # every arrow runs from the inputs to the result
    for points in arrows_in(ax):
        inside = [
            ((points > box[:2] + 0.02) & (points < box[2:] - 0.02)).all(axis=1).any()
            for box in boxes
        ]
        assert not any(inside)  # and passes through no box
    rims = [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch) and not patch.fill]
    ends = [box[axis + (2 if sign > 0 else 0)] * sign for box in boxes]
    shades = [to_hex(rim.get_edgecolor()) for rim in rims]
    assert shades.count(plots.color("loss")) == 1
    assert shades[int(np.argmax(ends))] == plots.color("loss")  # the result stands last


def test_graph_of_the_dosage_network_has_no_crossing():
    ends = [(points[0], points[-1]) for points in arrows_in(plots.draw_graph(dosage_value()))]
    for (a, b), (c, d) in itertools.combinations(ends, 2):
        if a[0] == c[0] and b[0] == d[0]:
            assert (a[1] - c[1]) * (b[1] - d[1]) >= -1e-9


def test_jacobian_cells_show_numbers_signs_and_sizes():
    J = nnlib.softmax_jacobian([1.43, -0.40, 0.23])
    ax = plots.plot_jacobian(J)
    assert texts(ax) == [f"${value:.2f}$" for value in J.ravel()]
    tints = ax.patches[1::2]
    for tint, value in zip(tints, J.ravel(), strict=True):
        assert to_hex(tint.get_facecolor()) == plots.color("positive" if value > 0 else "negative")
        assert tint.get_alpha() == pytest.approx(0.65 * abs(value) / np.abs(J).max())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["$p_{1}$", "$p_{2}$", "$p_{3}$"]


def test_zero_cells_have_no_minus():
    ax = plots.plot_jacobian([[-0.001, 0.0], [1.0, -1.0]])
    assert texts(ax) == ["$0.00$", "$0.00$", "$1.00$", "$-1.00$"]


def test_images_cover_each_pixel_with_its_shade():
    images = np.array([[[0, 16], [8, 4]], [[16, 0], [0, 2]]])
    ax = plots.plot_images(images, labels=[3, 7], columns=2)
    shades = {patch.get_alpha(): patch for patch in ax.patches if patch.get_alpha()}
    assert set(shades) == {2 / 16, 4 / 16, 8 / 16, 1}
    full = shades[1].get_path().vertices.reshape(-1, 5, 2).mean(axis=1)
    half = shades[0.5].get_path().vertices.reshape(-1, 5, 2)
    np.testing.assert_array_equal(half[0, :4], [[0, 1], [1, 1], [1, 2], [0, 2]])
    assert len(full) == 2
    assert texts(ax) == ["$3$", "$7$"]


def test_signed_images_have_a_color_for_each_sign_and_none_for_zero():
    ax = plots.plot_images([[-2.0, 0.0], [1.0, 4.0]], signed=True)
    seen = {}
    for patch in ax.patches:
        if patch.get_alpha():
            corner = tuple(patch.get_path().vertices[0].astype(int))
            seen[corner] = to_hex(patch.get_facecolor()), patch.get_alpha()
    assert seen == {
        (0, 0): (plots.color("negative"), 0.5),
        (0, 1): (plots.color("positive"), 0.25),
        (1, 1): (plots.color("positive"), 1),
    }


def test_lamps_are_lit_where_active_and_dead_columns_are_tinted():
    active = np.ones((4, 3, 2), dtype=bool)
    active[2:, :, 1] = False
    active[1, 0, 0] = False
    ax = plots.plot_lamps(active, samples=["$0$", "$0.5$", "$1$"])
    lit = sum(
        len(line.get_xdata())
        for line in ax.lines
        if to_hex(line.get_markerfacecolor()) == plots.color("activation")
    )
    assert lit == active.sum()
    assert sum(len(line.get_xdata()) for line in ax.lines) == active.size
    assert [patch.get_x() for patch in ax.patches] == [1.5, 2.5]
    assert {to_hex(patch.get_facecolor()) for patch in ax.patches} == {plots.color("loss")}


def test_bars_end_at_their_values_with_their_numbers():
    ax = plots.plot_bars([150_529_000, 1792], ["$a$", "$b$"], log=True, shade="weight")
    ends = [bar.get_x() + bar.get_width() for bar in ax.patches]
    np.testing.assert_allclose(ends, [150_529_000, 1792])
    assert texts(ax) == ["$150{,}529{,}000$", "$1{,}792$"]
    assert texts(plots.plot_bars([0.684, 0.11], ["$a$", "$b$"])) == ["$0.684$", "$0.11$"]


def test_squiggle_panels_are_the_steps_of_the_forward_pass():
    model = squiggle_model()
    last = plots.plot_squiggle(model, DOSAGE.X, DOSAGE.y)
    panels = last.figure.axes
    assert panels[-1] is last
    x = np.linspace(0, 1, 401)
    z = x[:, None] * [3.34, -3.53] + [-1.43, 0.57]
    a = nnlib.softplus(z)
    for panel, expected in zip(panels, [z, a, a * [-1.22, -2.30]], strict=False):
        drawn = [line.get_ydata() for line in panel.lines if len(line.get_xdata()) == 401]
        np.testing.assert_allclose(np.transpose(drawn), expected)
    (curve,) = (line for line in last.lines if len(line.get_xdata()) == 401)
    np.testing.assert_allclose(curve.get_ydata(), a @ [-1.22, -2.30] + 2.61)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: plots.plot_activation("relu", ax=ax),
        lambda ax: plots.plot_curves({"": np.exp}, (0, 1), ax=ax),
        lambda ax: plots.plot_fit([0, 1], [0, 1], np.sin, ax=ax),
        lambda ax: plots.plot_residuals([0, 1], [0, 1], np.cos, ax=ax),
        lambda ax: plots.plot_loss([2, 1], ax=ax),
        lambda ax: plots.plot_contour(lambda v: v[0] * v[1], (0, 1), (0, 1), ax=ax),
        lambda ax: plots.plot_classes([[0, 1]], [0], ax=ax),
        lambda ax: plots.plot_decision_regions(lambda P: P, [[0, 1]], [0], ax=ax),
        lambda ax: plots.draw_network((1, 2, 1), ax=ax),
        lambda ax: plots.draw_graph(nnlib.Value(1.0, "$x$"), ax=ax),
        lambda ax: plots.plot_jacobian([[1.0]], ax=ax),
        lambda ax: plots.plot_images(np.ones((1, 2, 2)), ax=ax),
        lambda ax: plots.plot_lamps(np.ones((1, 1, 1), dtype=bool), ax=ax),
        lambda ax: plots.plot_bars([1.0], ["$a$"], ax=ax),
    ],
)
def test_every_plot_draws_on_the_axes_it_is_given(draw):
    figure, ax = plt.subplots()
    assert draw(ax) is ax
    assert figure.axes == [ax]
    assert plt.get_fignums() == [figure.number]
    with pytest.raises(TypeError, match="ax must be a matplotlib Axes or None, got 3"):
        draw(3)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: plots.plot_activation(), ValueError, "activations must not be empty"),
        (lambda: plots.plot_activation("no_such"), ValueError, "activations must be one of relu"),
        (lambda: plots.plot_activation(np.tanh), TypeError, "activations must be names"),
        (lambda: plots.plot_activation("relu", zlim=(1, 0)), ValueError, "zlim must be increasing"),
        (lambda: plots.plot_activation("relu", zlim=3), TypeError, "zlim must be a pair"),
        (lambda: plots.plot_activation("relu", saturation=0), ValueError, "saturation must"),
        (lambda: plots.plot_curves({}, (0, 1)), ValueError, "curves must not be empty"),
        (lambda: plots.plot_curves({"$a$": 3}, (0, 1)), TypeError, r"curves\['\$a\$'\] must be"),
        (
            lambda: plots.plot_curves({"": lambda x: x[:5]}, (0, 1)),
            ValueError,
            r"curves\[''\]\(x\) must have the shape of x, \(401,\), got \(5,\)",
        ),
        (
            lambda: plots.plot_curves({"": np.exp}, (0, 1), colors=[]),
            ValueError,
            "colors: expected one",
        ),
        (
            lambda: plots.plot_fit([1, 2], [1, 2, 3]),
            ValueError,
            r"x must have the shape of y, \(3,\), got \(2,\)",
        ),
        (lambda: plots.plot_fit([[1, 2]], [[1, 2]]), ValueError, r"x must have shape \(n,\)"),
        (lambda: plots.plot_fit([1, np.nan], [1, 2]), ValueError, "x must be finite"),
        (lambda: plots.plot_fit(["a"], [1]), TypeError, "x must be an array of real numbers"),
        (lambda: plots.plot_fit([1], [1], labels=["$a$"]), ValueError, "labels: expected one"),
        (
            lambda: plots.plot_fit([1], [1], nnlib.mlp((1, 2), rng=np.random.default_rng(0))),
            ValueError,
            r"curves\[0\] must have one output, got 2",
        ),
        (lambda: plots.plot_residuals([1], [1], np.sin, aspect=0), ValueError, "aspect must"),
        (lambda: plots.plot_loss(), ValueError, "losses must not be empty"),
        (lambda: plots.plot_loss([1, 0], log=True), ValueError, "losses must be positive"),
        (lambda: plots.plot_loss([1], labels=["a", "b"]), ValueError, "labels: expected one"),
        (lambda: plots.plot_loss("abc"), TypeError, r"losses\[0\] must be an array"),
        (lambda: plots.plot_contour(3, (0, 1), (0, 1)), TypeError, "f must be a function"),
        (
            lambda: plots.plot_contour(lambda v: np.nan, (0, 1), (0, 1)),
            ValueError,
            r"f\(point\) must be finite",
        ),
        (
            lambda: plots.plot_contour(lambda v: v[0], (0, 1), (0, 1), path=[[1, 2, 3]]),
            ValueError,
            r"path must have shape \(steps \+ 1, 2\), got \(1, 3\)",
        ),
        (lambda: plots.plot_classes([[1, 2, 3]], [0]), ValueError, r"X must have shape \(n, 2\)"),
        (lambda: plots.plot_classes([[1, 2]], [0, 1]), ValueError, r"labels must have shape \(1,"),
        (lambda: plots.plot_classes([[1, 2]], [0.5]), TypeError, "labels must be integer"),
        (lambda: plots.plot_classes([[1, 2]], [10]), ValueError, "labels must be labels from 0"),
        (
            lambda: plots.plot_classes([[1, 2]], [2], class_names=["a"]),
            ValueError,
            "class_names: expected one per class",
        ),
        (
            lambda: plots.plot_decision_regions(lambda P: P[:3], [[1, 2]], [0]),
            ValueError,
            "classifier must give scores",
        ),
        (lambda: plots.plot_decision_regions(5, [[1, 2]], [0]), TypeError, "classifier must be"),
        (lambda: plots.draw_graph(3), TypeError, "value must be a Value, got 3"),
        (
            lambda: plots.draw_graph(nnlib.Value(1.0), direction="up"),
            ValueError,
            "direction must be one of right, down",
        ),
        (lambda: plots.draw_network(3), TypeError, "network must be a Sequential or a seq"),
        (lambda: plots.draw_network((3,)), ValueError, "network must contain at least"),
        (lambda: plots.draw_network((3, 0)), ValueError, "network must be at least 1"),
        (lambda: plots.draw_network((1, 1), labels="all"), ValueError, "labels must be one of"),
        (lambda: plots.draw_network((1, 1), labels="values"), ValueError, "network must be a Seq"),
        (lambda: plots.draw_network((1, 1), weights=["a", "b"]), ValueError, "weights: expected 1"),
        (lambda: plots.draw_network((9, 1), labels="symbols"), ValueError, "labels need at most"),
        (
            lambda: plots.draw_network((1, 1), units=[["a"]]),
            ValueError,
            "units: expected one text",
        ),
        (lambda: plots.draw_network(squiggle_model(), x=[1, 2]), ValueError, "X must have shape"),
        (lambda: plots.draw_network(squiggle_model(), activation="relu"), ValueError, "activation"),
        (
            lambda: plots.draw_network(nnlib.Sequential(nnlib.ReLU())),
            ValueError,
            "network must hold a Linear",
        ),
        (lambda: plots.plot_jacobian([1, 2]), ValueError, "matrix must have 2 dim"),
        (
            lambda: plots.plot_jacobian([[1]], rows=["a", "b"]),
            ValueError,
            "rows: expected 1",
        ),
        (lambda: plots.plot_images(np.ones(4)), ValueError, "images must have shape"),
        (lambda: plots.plot_images(-np.ones((1, 2, 2))), ValueError, "images must have shape"),
        (
            lambda: plots.plot_images(np.ones((2, 2, 2)), labels=[1]),
            ValueError,
            "labels: expected one",
        ),
        (
            lambda: plots.plot_lamps(np.ones((1, 1, 1))),
            TypeError,
            "active must be an array of bool",
        ),
        (lambda: plots.plot_lamps([[True]]), ValueError, r"active must have shape \(steps, n, no"),
        (lambda: plots.plot_lamps([[[True]]], nodes=["a", "b"]), ValueError, "nodes: expected 1"),
        (lambda: plots.plot_bars([-1], ["a"]), ValueError, "values must be at least 0"),
        (lambda: plots.plot_bars([0.5], ["a"], log=True), ValueError, "values must be at least 1"),
        (lambda: plots.plot_bars([1], []), ValueError, "labels: expected one per bar"),
        (lambda: plots.plot_squiggle(3), TypeError, "model must be a Sequential"),
        (
            lambda: plots.plot_squiggle(nnlib.Sequential(nnlib.ReLU())),
            ValueError,
            r"model must be Linear\(1, H\)",
        ),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
    assert plt.get_fignums() == []  # refused before anything was drawn
