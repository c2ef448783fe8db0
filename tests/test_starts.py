"""Networks that train side by side end where each ends by itself."""

import numpy as np
import pytest

import nnlib
from nnbook.chapters.activations import claims, starts

DATA = nnlib.datasets.dosage()


def by_itself(name, seed, rate, steps):
    model = starts.draw(name, 0.1, 3, "normal", seed)
    before = model.layers[0].forward(DATA.X) > 0
    sgd = nnlib.SGD(model.parameters(), lr=rate)
    fit = nnlib.fit(model, DATA.X, DATA.y, loss="ssr", optimizer=sgd, epochs=steps, rng=0)
    after = model.layers[0].forward(DATA.X) > 0
    return fit.losses[-1], bool((before.any(axis=0) & ~after.any(axis=0)).any())


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "softplus", "tanh"])
def test_side_by_side_as_by_themselves(monkeypatch, name):
    monkeypatch.setattr(starts, "BLOCK", 12)  # four networks at a time: six are in two blocks
    setting = {"neurons": 3, "rate": 0.02, "steps": 60, "seeds": 6, "start": "normal"}
    residuals, died = starts.trained.__wrapped__(name, **setting)
    alone = [by_itself(name, seed, 0.02, 60) for seed in range(6)]
    np.testing.assert_allclose(residuals, [end for end, _ in alone], rtol=1e-9)
    assert died.tolist() == [dead for _, dead in alone]


def test_a_network_that_diverges_takes_no_other_with_it():
    residuals, _ = starts.trained.__wrapped__("tanh", rate=0.4, steps=200, seeds=20)
    assert np.isfinite(residuals).all()
    assert (starts.trained.__wrapped__("tanh", rate=50.0, steps=50, seeds=20)[0] > 1).any()


def test_a_deep_network_that_diverges_has_not_learned_the_mean():
    small = {"width": 4, "steps": 100, "seeds": 2}
    assert claims.mean_only(rate=0.03, hidden=6, **small).all()
    assert not claims.mean_only(rate=100, hidden=2, **small).any()
