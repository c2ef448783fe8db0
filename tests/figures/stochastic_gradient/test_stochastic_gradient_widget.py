"""StochasticGradient: what it stores is what nnlib.fit draws, and its path is that of fit."""

import base64

import numpy as np
import pytest
import traitlets

from nnbook.widgets import StochasticGradient
from nnlib.datasets import iris


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


@pytest.mark.parametrize("traits", [{"batch_size": 7}, {"rate": 3}, {"step": 1501}, {"axis": "t"}])
def test_values_out_of_range_are_refused(traits):
    with pytest.raises(traitlets.TraitError):
        StochasticGradient(**traits)
