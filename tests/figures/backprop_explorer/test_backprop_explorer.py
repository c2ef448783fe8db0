"""The numbers that BackpropExplorer shows are those of nnlib."""

import numpy as np
import pytest
from driver import numbers

import nnlib
from nnbook.widgets import BackpropExplorer

PARAMETERS = ("w1", "b1", "w2", "b2", "w3", "w4", "b3")
SOFT = BackpropExplorer.presets["start"]
STATES = [
    SOFT | {"sample": "2"},
    SOFT | {"sample": "sum"},
    SOFT | {"sample": "1", "activation": "relu"},
    SOFT | {"sample": "3", "activation": "sigmoid"},
    BackpropExplorer.presets["fitted"] | {"sample": "sum"},
    BackpropExplorer.presets["dead"],
    dict.fromkeys(PARAMETERS, 6) | {"sample": "sum", "activation": "softplus", "w3": -6},
]


@pytest.mark.parametrize("sample", ["2", "sum"])
def test_the_gradient_is_that_of_finite_differences(sample):
    figure = BackpropExplorer(sample=sample)
    assert figure.finite_differences() == pytest.approx(figure.gradient(), rel=1e-6)


def test_samples_add_up():
    parts = [BackpropExplorer(sample=sample).gradient() for sample in ("1", "2", "3")]
    assert np.sum(parts, axis=0) == pytest.approx(BackpropExplorer(sample="sum").gradient())


def test_presets_show_what_they_are_named_for():
    slopes = {}
    for name in BackpropExplorer.presets:
        figure = BackpropExplorer()
        figure.preset(name)
        slopes[name] = figure.gradient()
    assert np.round(slopes["zero"], 4).tolist() == [0, 0, 0, 0, -1.3863, -1.3863, -2]
    assert slopes["twins"][[0, 1, 4]].tolist() == slopes["twins"][[2, 3, 5]].tolist()
    assert slopes["dead"][[2, 3, 5]].tolist() == [0, 0, 0]
    assert np.abs(slopes["fitted"]).max() < 0.1
    corner = BackpropExplorer(**BackpropExplorer.presets["corner"])
    assert corner.gradient()[1] == 0
    assert corner.finite_differences()[1] == pytest.approx(0.5, abs=1e-5)


def test_a_finite_difference_may_pass_the_limit_of_a_slider():
    figure = BackpropExplorer(w1=6, b3=-6)
    assert figure.finite_differences() == pytest.approx(figure.gradient(), rel=1e-6, abs=1e-7)


def drawn(figure, name):
    """Read the last number in a text of the diagram."""
    return numbers(figure.get(name).first.text_content())[-1]


@pytest.mark.parametrize("traits", STATES)
def test_every_slope_and_factor(open_figure, traits):
    figure = open_figure("BackpropExplorer")
    expected = BackpropExplorer(**traits)
    slopes, differences = expected.gradient(), expected.finite_differences()
    data = nnlib.datasets.dosage()
    for k, name in enumerate(PARAMETERS):
        figure.set(**traits, parameter=name, step=5)
        tolerance = {"abs": 5.1e-4, "rel": 1e-3}
        assert drawn(figure, f"slope-{name}") == pytest.approx(slopes[k], **tolerance)
        assert figure.number("analytic") == pytest.approx(slopes[k], abs=5.1e-7, rel=1e-7)
        assert figure.number("difference") == pytest.approx(differences[k], abs=2e-4, rel=1e-6)
        total = 0.0
        for sample, x, y in zip("123", data.X[:, 0], data.y[:, 0], strict=True):
            one = BackpropExplorer(**(traits | {"sample": sample}))
            j = int(name[1]) - 1
            z = [one.w1 * x + one.b1, one.w2 * x + one.b2]
            activation = nnlib.ACTIVATIONS[one.activation]
            delta = -2 * (y - one.predict([x])[0])
            if name == "b3":
                factors = [delta, 1]
            elif name in ("w3", "w4"):
                factors = [delta, float(activation.function(z[j - 2]))]
            else:
                slope = float(activation.derivative(z[j]))
                factors = [delta, (one.w3, one.w4)[j], slope, x if name[0] == "w" else 1]
            shown = [figure.number(f"factor-{sample}-{i}") for i in range(len(factors))]
            assert shown == pytest.approx(factors, **tolerance)
            assert figure.number(f"product-{sample}") == pytest.approx(
                one.gradient()[k], **tolerance
            )
            total += one.gradient()[k]
        assert figure.number("product-sum") == pytest.approx(total, **tolerance)
    assert "NaN" not in figure.root.inner_text()


@pytest.mark.parametrize("sample", ["1", "2", "3", "sum"])
def test_the_signals_on_the_way(open_figure, sample):
    figure = open_figure("BackpropExplorer")
    figure.set(**SOFT, sample=sample, step=5)
    data = nnlib.datasets.dosage()
    which = slice(None) if sample == "sum" else [int(sample) - 1]
    X, y = data.X[which], data.y[which]
    model = BackpropExplorer(**SOFT, sample=sample).model()
    hidden, bend, last = model.layers
    delta = nnlib.ssr_derivative(model.forward(X), y)
    in_a = last.backward(delta)
    in_z = bend.backward(in_a)
    assert drawn(figure, "slope-delta") == pytest.approx(delta.sum(), abs=5.1e-4)
    for j in (0, 1):
        assert drawn(figure, f"slope-a{j + 1}") == pytest.approx(in_a[:, j].sum(), abs=5.1e-4)
        assert drawn(figure, f"slope-z{j + 1}") == pytest.approx(in_z[:, j].sum(), abs=5.1e-4)
    if sample != "sum":
        z = hidden.forward(X)[0]
        for j in (0, 1):
            text = numbers(figure.get(f"h{j + 1}").text_content())
            assert text == pytest.approx([z[j], nnlib.softplus(z[j])], abs=0.0051)


def test_a_slope_appears_when_the_sweep_has_come_to_it(open_figure):
    figure = open_figure("BackpropExplorer")
    figure.set(**SOFT, sample="2", parameter="w1", step=0)
    known = {}
    for step in range(6):
        assert figure.state()["step"] == step
        known[step] = {
            name for name in PARAMETERS if figure.get(f"slope-{name}").text_content().strip()
        }
        factors = [bool(figure.text(f"factor-2-{k}").strip()) for k in range(4)]
        assert sum(factors) == [0, 1, 1, 2, 3, 4][step]
        assert figure.sentence()
        # The finite difference and the verdict come with the slope, not before the sweep has begun.
        witnesses = [figure.text("analytic")[-1], figure.text("difference")[-1]]
        assert (witnesses == ["?", "?"], figure.text("agree") == "") == ((step < 5),) * 2
        if step < 5:
            figure.click("step")
    assert known[1] == set()
    assert known[2] == known[4] == {"w3", "w4", "b3"}
    assert known[5] == set(PARAMETERS)


def test_a_parameter_is_chosen_in_the_diagram_and_moved_below_it(open_figure):
    figure = open_figure("BackpropExplorer")
    figure.set(**SOFT, sample="2", step=5, parameter="w1")
    figure.click("chip-w4")
    assert figure.state()["parameter"] == "w4"
    figure.press("w4", "ArrowRight", times=10)
    expected = BackpropExplorer(**(SOFT | {"w4": -1.4}))
    assert figure.number("analytic") == pytest.approx(expected.gradient()[5], abs=5.1e-7)


def test_on_the_corner_the_two_witnesses_differ_and_the_sentence_says_why(open_figure):
    figure = open_figure("BackpropExplorer")
    figure.set(**BackpropExplorer.presets["corner"], step=5)
    assert "≠" in figure.text("agree")
    assert numbers(figure.sentence())[-1] == pytest.approx(0.5, abs=1e-3)
    figure.set(**SOFT, sample="2")
    assert "✓" in figure.text("agree")


def test_the_sentence_names_the_special_states(open_figure):
    figure = open_figure("BackpropExplorer")
    said = set()
    for preset in BackpropExplorer.presets.values():
        figure.set(**{**SOFT, "sample": "2", "parameter": "w1", "step": 5, **preset})
        said.add(figure.sentence())
    assert len(said) == len(BackpropExplorer.presets)


def test_the_start_counts_the_signs_that_the_book_counts(open_figure):
    figure = open_figure("BackpropExplorer")
    figure.set(**SOFT, sample="2", step=5, parameter="w1")
    slopes = BackpropExplorer(**SOFT, sample="2").gradient()
    counts = [int(np.sum(slopes < 0)), int(np.sum(slopes > 0))]
    assert counts == [5, 2]
    assert numbers(figure.sentence())[:2] == counts


@pytest.mark.parametrize("width", [390, 696, 1024])
def test_the_longest_factors_fit_into_their_columns(open_figure, width):
    figure = open_figure("BackpropExplorer", viewport={"width": width, "height": 844})
    figure.set(**dict.fromkeys(PARAMETERS, -6), step=5, sample="sum")
    figure.set(w1=6, b1=6, w2=6, b2=6)
    for name in PARAMETERS:
        figure.set(parameter=name)
        clipped = figure.evaluate("""root => {
          const inner = (cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getBoundingClientRect();
          };
          return [...root.querySelectorAll(".nn-factors :is(td, th)")].filter((cell) => {
            const [text, box] = [inner(cell), cell.getBoundingClientRect()];
            return text.width > 0 && (text.left < box.left - 0.5 || text.right > box.right + 0.5);
          }).map((cell) => cell.textContent);
        }""")
        assert clipped == []


ZERO = dict.fromkeys(["w1", "b1", "w2", "b2", "w3", "w4", "b3"], 0)


def test_a_flat_place_is_no_fit(open_figure):
    figure = open_figure("BackpropExplorer")
    flat = ZERO | {"w1": 1, "w2": -1, "b3": 0.33, "activation": "softplus", "sample": "sum"}
    figure.set(**flat | {"w3": 0.01}, step=5)
    assert "though the loss is still 0.66" in figure.sentence()
    figure.click("preset-fitted")
    assert "almost nothing left to correct" in figure.sentence()


def test_where_the_loss_is_zero_nothing_moves(open_figure):
    figure = open_figure("BackpropExplorer")
    for sample, sentence in (
        ("1", "The steepest slope is only 0.000"),
        ("2", "output layer moves"),
    ):
        figure.set(**ZERO | {"w1": 1}, activation="softplus", sample=sample, step=5)
        assert sentence in figure.sentence()


def test_slopes_that_are_zero_are_counted_and_ties_are_none(open_figure):
    figure = open_figure("BackpropExplorer")
    # At x = 0 the weights before the bend have slope 0; at x = 1 they have that of their bias.
    for sample, zeros in (("1", True), ("2", False), ("3", False)):
        figure.set(w1=1, b1=0.1, w2=1, b2=-0.2, w3=3, w4=-1.5, b3=1, sample=sample, step=5)
        negative, positive, *zero = numbers(figure.sentence())[: 3 if zeros else 2]
        assert negative + positive + sum(zero) == 7
        assert (zero == [2]) == zeros
        assert "The steepest belongs to" in figure.sentence()
