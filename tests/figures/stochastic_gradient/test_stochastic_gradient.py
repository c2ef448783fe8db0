"""The numbers that StochasticGradient shows are those of nnlib.fit."""

import base64

import numpy as np
import pytest
from driver import numbers

from nnbook.widgets import StochasticGradient
from nnlib.datasets import iris

PLAIN = {
    "batch_size": 15,
    "rate": 0.05,
    "seed": 0,
    "step": 0,
    "standardized": True,
    "axis": "samples",
}


def test_the_stored_orders_are_those_of_numpy():
    stored = StochasticGradient().data()
    for seed in (0, 1, 2, 3):
        orders = np.frombuffer(base64.b64decode(stored["orders"][str(seed)]), np.uint8)
        rng = np.random.default_rng(seed)
        for epoch in orders.reshape(10, 150):
            assert np.array_equal(epoch, rng.permutation(150))
    assert np.array_equal(stored["x"], iris().X[:, 2])


@pytest.mark.parametrize("standardized", [True, False])
@pytest.mark.parametrize("batch_size", [1, 15, 150])
def test_each_update_subtracts_the_mean_of_its_batch(batch_size, standardized):
    traits = {"batch_size": batch_size, "standardized": standardized, "rate": 0.01, "seed": 2}
    figure = StochasticGradient(**traits)
    A, y = figure.samples()
    path = figure.path()
    assert len(path) == 1500 // batch_size + 1
    for step in (0, 5, 9):
        figure.step = step
        batch = figure.batch()
        assert len(set(batch)) == batch_size
        gradient = -2 / batch_size * A[batch].T @ (y - A @ path[step])[batch]
        assert path[step + 1] == pytest.approx(path[step] - 0.01 * gradient, rel=1e-12)


def test_the_losses_after_one_epoch_are_those_of_the_chapter():
    for batch_size, excess in ((150, 1.598507), (15, 0.232169), (1, 0.009258)):
        figure = StochasticGradient(batch_size=batch_size)
        found = figure.excess(figure.path())[150 // batch_size]
        assert found == pytest.approx(excess, abs=5e-7)


def test_a_run_that_diverges_ends_early_and_has_a_picture():
    figure = StochasticGradient(batch_size=1, rate=2.0, step=1500)
    path = figure.path()
    assert len(path) < 1500
    assert np.isfinite(path).all()
    assert len(figure.figure().axes) == 2


def check(figure, traits):
    expected = StochasticGradient(**traits)
    path = expected.path()
    k = min(traits["step"], len(path) - 1)
    A, y = expected.samples()
    gradients = -2 * (y - A @ path[k])[:, np.newaxis] * A
    close = {"rel": 6e-3, "abs": 5.1e-4}
    assert figure.numbers("place")[-2:] == pytest.approx(path[k], **close)
    assert figure.numbers("mean")[-2:] == pytest.approx(
        gradients[expected.batch()].mean(axis=0), **close
    )
    assert figure.numbers("full")[-2:] == pytest.approx(gradients.mean(axis=0), **close)
    excess = expected.excess(path)[k]
    assert figure.number("excess") == pytest.approx(excess, rel=6e-3, abs=1e-15)
    seen = figure.numbers("seen")[-3:]
    assert seen == [k, traits["batch_size"], k * traits["batch_size"]]
    assert "NaN" not in figure.root.text_content()


@pytest.mark.parametrize("batch_size", [1, 5, 15, 50, 150])
def test_path_gradients_and_loss(open_figure, batch_size):
    figure = open_figure("StochasticGradient")
    for seed, rate, standardized in [(0, 0.05, True), (3, 0.2, True), (1, 0.004, False)]:
        for step in (0, 1, 9, 10, 700, 1500):
            traits = PLAIN | {"batch_size": batch_size, "seed": seed, "rate": rate}
            traits |= {"standardized": standardized, "step": step}
            figure.set(**traits)
            check(figure, traits)


@pytest.mark.parametrize("name", StochasticGradient.presets)
def test_presets(open_figure, name):
    figure = open_figure("StochasticGradient")
    figure.set(**PLAIN)
    figure.click(f"preset-{name}")
    check(figure, PLAIN | StochasticGradient.presets[name])
    expected = {
        "full": "no noise",
        "mini": "noise moves the line more",
        "single": "noise moves the line more",
        "valley": "−0.624",
        "diverges": "exceeds 2/λ = 1",
    }[name]
    assert expected in figure.sentence()


def test_divergence_is_explained(open_figure):
    figure = open_figure("StochasticGradient")
    traits = PLAIN | {"batch_size": 1, "rate": 2.0, "step": 1500}
    figure.set(**traits)
    last = len(StochasticGradient(**traits).path()) - 1
    assert last < 1500
    assert f"Diverged: after update {last} the" in figure.sentence()
    assert figure.root.locator("input[data-name=step]").input_value() == str(last)
    figure.set(**(traits | {"step": 20}))
    assert "exceeds 2/λ" in figure.sentence()
    figure.set(**(PLAIN | {"batch_size": 1, "rate": 0.5, "step": 1500}))
    assert "too large for batches of 1" in figure.sentence()
    figure.set(**(PLAIN | {"batch_size": 150, "rate": 0.5, "step": 2}))
    assert "multiplies the error by 0" in figure.sentence()


def test_the_axis_is_chosen_and_the_samples_are_shuffled_anew(open_figure):
    figure = open_figure("StochasticGradient")
    figure.set(**(PLAIN | {"step": 3}))
    figure.choose("axis", "updates")
    assert figure.state()["axis"] == "updates"
    assert figure.root.locator(".nn-axis-words").inner_text() == "updates"
    for seed in (1, 2, 3, 0):
        figure.click("shuffle")
        assert figure.state()["seed"] == seed
        check(figure, PLAIN | {"step": 3, "seed": seed, "axis": "updates"})


def test_a_loss_that_still_falls_is_not_said_to_stay(open_figure):
    figure = open_figure("StochasticGradient")
    start = {"batch_size": 1, "standardized": True, "seed": 0, "axis": "updates"}
    figure.set(**start, rate=0.00322, step=3)  # its gradient is off by more than twice the slope
    assert "stays" not in figure.sentence()
    figure.set(**start, rate=0.05, step=1500)
    level = numbers(figure.sentence().split("around")[1])[0]
    heights = StochasticGradient(**start, rate=0.05, step=1500)
    path = np.asarray(heights.path())
    A, y = heights.samples()
    losses = ((y - path @ A.T) ** 2).mean(axis=1)
    best = ((y - A @ np.linalg.lstsq(A, y, rcond=None)[0]) ** 2).mean()
    last = losses[int(0.75 * len(losses)) :] - best
    assert level == pytest.approx(last.mean(), rel=0.05)


def test_a_rate_that_works_is_not_too_large(open_figure):
    figure = open_figure("StochasticGradient")
    figure.set(batch_size=1, standardized=False, seed=2, rate=0.0334, step=1, axis="updates")
    assert "more than at the start" in figure.sentence()
    assert "too large" not in figure.sentence()


def test_only_what_overshoots_swings(open_figure):
    figure = open_figure("StochasticGradient")
    for rate in (0.001, 0.02, 0.03, 0.05):
        figure.set(batch_size=150, standardized=False, rate=rate, step=4)
        across = numbers(figure.sentence())[0]
        assert ("swings" in figure.sentence()) == (across < 0)
