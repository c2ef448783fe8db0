"""The many small networks that the claims on backpropagation train side by side."""

import numpy as np
import pytest

import nnlib
from nnbook.chapters.backpropagation.starts import descend, draw, gradient


@pytest.mark.parametrize("width", [2, 5])
def test_slopes_are_those_of_nnlib(width):
    data, seeds = nnlib.datasets.dosage(), range(3, 6)
    slopes, losses = gradient(draw(seeds, width), data.X[:, 0], data.y[:, 0])
    for index, seed in enumerate(seeds):
        model = nnlib.mlp([1, width, 1], "softplus", rng=seed)
        y_hat = model.forward(data.X)
        model.backward(nnlib.ssr_derivative(y_hat, data.y))
        for mine, parameter in zip(slopes, model.parameters(), strict=True):
            assert np.allclose(mine[index], np.ravel(parameter.grad), rtol=1e-12)
        assert np.isclose(losses[index], nnlib.ssr(y_hat, data.y))


def test_steps_are_those_of_sgd():
    data = nnlib.datasets.dosage()
    model = nnlib.mlp([1, 2, 1], "softplus", rng=7)
    sgd, walk = nnlib.SGD(model.parameters(), lr=0.02), descend(draw(range(7, 8), 2), 0.02)
    for _ in range(50):
        _, losses = next(walk)
        assert np.isclose(losses[0], nnlib.ssr(model.forward(data.X), data.y))
        sgd.zero_grad()
        model.backward(nnlib.ssr_derivative(model.forward(data.X), data.y))
        sgd.step()


def test_the_planted_mistake_is_the_one_of_the_text():
    """With f' at the activation other slopes come out before the bend, the same ones after it."""
    data, theta = nnlib.datasets.dosage(), draw(range(4), 2)
    right, _ = gradient(theta, data.X[:, 0], data.y[:, 0])
    wrong, _ = gradient(theta, data.X[:, 0], data.y[:, 0], at_output=True)
    same = [np.allclose(*pair) for pair in zip(right, wrong, strict=True)]
    assert same == [False, False, True, True]
