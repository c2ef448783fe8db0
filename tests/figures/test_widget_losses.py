"""The figures about losses: what they compute, and what they refuse."""

import numpy as np
import pytest
from traitlets import TraitError

import nnlib
from nnbook.widgets import CrossEntropySlopes, LossRace, ResidualSquares


def test_residual_squares_of_the_text():
    figure = ResidualSquares()
    figure.preset("line")
    assert figure.ssr() == pytest.approx(0.77)
    assert figure.mse() == pytest.approx(0.77 / 3)
    figure.preset("constant")
    assert figure.ssr() == pytest.approx(2 / 3)
    assert figure.best() == pytest.approx({"w": 0, "b": 1 / 3}, abs=1e-12)
    figure.preset("squiggle")
    assert figure.ssr() < 1e-4


def test_no_parameter_is_better_than_the_best():
    rng = np.random.default_rng(3)
    for model in ("line", "squiggle"):
        for _ in range(20):
            figure = ResidualSquares(model=model, points=rng.uniform(-0.5, 1.5, (3, 2)))
            best = figure.best()
            for name in best:
                for shift in (-0.01, 0.01):
                    assert figure.ssr(**best | {name: best[name] + shift}) > figure.ssr(**best)


def test_points_above_one_another_have_no_best_line():
    assert ResidualSquares(points=[[0.1, 0], [0.1, 1], [0.1, 0.5]]).best() == {}


def test_the_squiggle_is_the_dosage_network():
    rng = np.random.default_rng(0)
    model = nnlib.Sequential(
        nnlib.Linear(1, 2, rng=rng), nnlib.Softplus(), nnlib.Linear(2, 1, rng=rng)
    )
    values = ([[3.34, -3.53]], [-1.43, 0.57], [[-1.22], [-2.3]], [2.4])
    for parameter, value in zip(model.parameters(), values, strict=True):
        parameter.value[...] = value
    x = np.linspace(0, 1, 11)
    figure = ResidualSquares(model="squiggle", b3=2.4)
    assert figure.predict(x) == pytest.approx(model.forward(x[:, np.newaxis])[:, 0], abs=1e-12)


@pytest.mark.parametrize("y", [0, 1])
def test_slopes_are_those_of_nnlib(y):
    for z in np.linspace(-4, 4, 17):
        figure = CrossEntropySlopes(z=z, y=y)
        p, target = np.array([figure.p]), np.array([float(y)])
        names = (("square", "ssr"), ("cross_entropy", "binary_cross_entropy"))
        for name, loss in ((name, nnlib.LOSSES[loss]) for name, loss in names):
            assert float(figure.loss(name)) == pytest.approx(loss.function(p, target))
            slope = loss.derivative(p, target)[0]
            assert figure.slope_in_p(name) == pytest.approx(slope)
            assert float(figure.slope_in_z(name)) == pytest.approx(
                slope * figure.p * (1 - figure.p)
            )


def test_a_certain_mistake():
    figure = CrossEntropySlopes(z=3)
    figure.preset("wrong")
    assert figure.p == pytest.approx(0.01)
    assert figure.slope_in_p("square") == pytest.approx(-1.98)
    assert float(figure.slope_in_z("square")) == pytest.approx(-0.019602)
    assert figure.slope_in_p("cross_entropy") == pytest.approx(-100)
    assert float(figure.slope_in_z("cross_entropy")) == pytest.approx(-0.99)


def test_the_race_of_the_text():
    figure = LossRace(rate=1)
    figure.preset("race")
    last = {name: figure.path(name)["p"][50] for name in ("square", "half_square", "cross_entropy")}
    expected = {"square": 0.964, "half_square": 0.976, "cross_entropy": 0.099}
    assert last == pytest.approx(expected, abs=5e-4)


def test_the_race_is_gradient_descent_by_nnlib():
    """The same neuron as a Linear layer, trained by SGD on the cross-entropy of its logit."""
    layer = nnlib.Linear(1, 1, rng=np.random.default_rng(0))
    for parameter in layer.parameters():
        parameter.value[...] = 2.0
    optimizer = nnlib.SGD(layer.parameters(), lr=0.15)
    for _ in range(50):
        optimizer.zero_grad()
        z = layer.forward(np.ones((1, 1)))
        layer.backward(nnlib.binary_cross_entropy_with_logits_derivative(z, np.zeros((1, 1))))
        optimizer.step()
    path = LossRace().path("cross_entropy")
    w, b = (float(parameter.value.ravel()[0]) for parameter in layer.parameters())
    assert (path["w"][50], path["b"][50]) == pytest.approx((w, b), abs=1e-12)


@pytest.mark.parametrize(
    ("figure", "trait", "value"),
    [
        (ResidualSquares, "points", [[0, 0], [1, 1]]),
        (ResidualSquares, "points", [[0, 0], [0.5, 1], [1, np.nan]]),
        (ResidualSquares, "b3", 4),
        (ResidualSquares, "model", "parabola"),
        (CrossEntropySlopes, "z", 8.1),
        (CrossEntropySlopes, "z", np.inf),
        (CrossEntropySlopes, "y", 0.5),
        (LossRace, "rate", 0),
        (LossRace, "step", 1.5),
        (LossRace, "step", 301),
    ],
)
def test_what_is_refused(figure, trait, value):
    with pytest.raises(TraitError):
        figure(**{trait: value})


@pytest.mark.parametrize("figure", [ResidualSquares, CrossEntropySlopes, LossRace])
def test_every_preset_can_be_drawn(figure):
    for name in figure.presets:
        drawn = figure()
        drawn.preset(name)
        assert len(drawn.figure().axes) >= 2
