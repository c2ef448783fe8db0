"""The deep networks that one change wakes: side by side they are those of `nnlib`."""

import json

import numpy as np
import pytest

import nnlib
from nnbook.chapters.backpropagation.deep import PARTS, drawn, errors, slopes

X = np.linspace(-1, 1, 21)[:, np.newaxis]
Y = np.sin(3 * X)
SMALL = {"factor": 0.25, "hidden": 3, "width": 4, "starts": range(2)}


def test_without_a_change_they_train_as_nnlib_does():
    model = nnlib.mlp([1, *[16] * 3, 1], "relu", rng=7)
    for layer in model.layers[::2]:
        layer.weight.value[...] *= 0.5
    sgd = nnlib.SGD(model.parameters(), lr=0.1)
    nnlib.fit(model, X, Y, loss="mse", optimizer=sgd, epochs=50, rng=0)
    ours = errors("", 0.1, factor=0.5, hidden=3, steps=50, seeds=2, offset=6)
    assert np.isclose(ours[1], nnlib.mse(model.predict(X), Y) / np.var(Y), rtol=1e-9)


@pytest.mark.parametrize("change", PARTS)
def test_slopes_are_those_of_the_loss(change):
    layers = drawn(change, **SMALL)
    rng = np.random.default_rng(0)
    for layer in layers:
        layer.b[...] = rng.normal(0, 0.1, layer.b.shape)  # away from the corner of the ReLUs
    found, _ = slopes(layers, X, Y)
    for layer, pair in zip(layers, found, strict=True):
        for values, ours in zip(layer[:2], pair, strict=True):
            start = values[1].copy()

            def loss(theta, values=values):
                values[1] = theta
                return float(slopes(layers, X, Y)[1][1])

            assert np.allclose(nnlib.numerical_gradient(loss, start), ours[1], atol=1e-6)
            values[1] = start


@pytest.mark.parametrize("change", ["start", "normalize", "shortcut"])
def test_the_chapter_builds_the_same_networks(change, root):
    cells = json.loads((root / "chapters" / "backpropagation.ipynb").read_text("utf-8"))["cells"]
    names = {"nnlib": nnlib, "np": np}
    for cell in cells:
        if cell["id"] in {"deep-layers", "deep-shortcut", "deep-build"}:
            exec("".join(cell["source"]), names)
    model = names["sleeper"](change, 1, hidden=3, width=4)
    y_hat = model.forward(X)
    model.backward(nnlib.mse_derivative(y_hat, Y))
    found, losses = slopes(drawn(change, **SMALL), X, Y)
    assert np.isclose(losses[1], nnlib.mse(y_hat, Y))
    theirs = [p.grad for p in model.parameters() if p.value.ndim == 2]
    for mine, gradient in zip(found, theirs, strict=True):
        assert np.allclose(mine[0][1], gradient)
