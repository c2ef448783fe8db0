"""The hundred lines: after whole trainings the weights of the library, and a program by itself."""

from __future__ import annotations

import ast
import inspect

import numpy as np
import pytest

import nnlib
from nnlib import small


def network(params):
    """The library's network with copies of these weights."""
    W1, b1, W2, b2 = params
    return nnlib.Sequential(
        nnlib.Linear.from_arrays(W1, b1), nnlib.ReLU(), nnlib.Linear.from_arrays(W2, b2)
    )


def assert_same_weights(params, model):
    for array, parameter in zip(params, model.parameters(), strict=True):
        np.testing.assert_allclose(array, parameter.value, rtol=0, atol=1e-12)


def digits(n_fit=330, n_val=120):  # 330: the batches are of 30, not ten of 32 and one of 10
    data = nnlib.datasets.digits()
    X, labels = data.X[: n_fit + n_val], data.y[: n_fit + n_val]
    return X[:n_fit], labels[:n_fit], X[n_fit:], labels[n_fit:]


def test_it_is_plain_numpy_in_at_most_a_hundred_lines():
    source = inspect.getsource(small)
    imports = [node for node in ast.walk(ast.parse(source)) if "Import" in type(node).__name__]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]
    code = [line for line in source.splitlines() if line.strip() and not line.startswith("#")]
    docstring = small.__doc__.count("\n") + 1
    assert len(code) - docstring <= 100


def test_after_a_training_on_digits_it_has_the_weights_of_the_library():
    X, labels, _, _ = digits()
    params = small.start(64, 16, 10, np.random.default_rng(0))
    model = network(params)
    before = [array.copy() for array in params]
    trained = small.train(
        params, X / 16, labels, small.slopes, 0.3, 32, 12, np.random.default_rng(1)
    )
    nnlib.fit(
        model,
        X / 16,
        labels,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(model.parameters(), lr=0.3),
        epochs=12,
        batch_size=32,
        rng=1,
    )
    assert_same_weights(trained, model)
    assert small.accuracy(trained, X / 16, labels) == nnlib.accuracy(model.predict(X / 16), labels)
    assert small.accuracy(trained, X / 16, labels) > 0.97
    for array, old in zip(params, before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_after_a_regression_it_has_the_weights_of_the_library():
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, (90, 3))
    Y = np.column_stack([np.sin(3 * X[:, 0]), X[:, 1] * X[:, 2]])
    params = small.start(3, 12, 2, rng)
    model = network(params)

    def slopes_of(params, X, Y):
        Z, A, out = small.forward(params, X)
        return small.backward(params, X, Z, A, small.mse_slope(out, Y))

    trained = small.train(params, X, Y, slopes_of, 0.1, 20, 60, np.random.default_rng(1))
    nnlib.fit(
        model,
        X,
        Y,
        loss="mse",
        optimizer=nnlib.SGD(model.parameters(), lr=0.1),
        epochs=60,
        batch_size=20,
        rng=1,
    )
    assert_same_weights(trained, model)
    out = small.forward(trained, X)[2]
    assert small.mse(out, Y) == pytest.approx(nnlib.mse(model.predict(X), Y), rel=1e-12)
    assert small.mse(out, Y) < small.mse(small.forward(params, X)[2], Y) / 5


def test_start_is_the_start_of_the_library():
    params = small.start(5, 4, 3, np.random.default_rng(7))
    assert_same_weights(params, nnlib.mlp((5, 4, 3), rng=7))


def test_slopes_by_trying_agree_with_those_of_the_backward_pass():
    rng = np.random.default_rng(2)
    X, labels = rng.normal(size=(6, 4)), rng.integers(0, 3, 6)
    params = small.start(4, 5, 3, rng)
    before = [array.copy() for array in params]
    tried = small.tried_slopes(
        lambda params: small.cross_entropy(small.forward(params, X)[2], labels), params
    )
    for computed, by_trying in zip(small.slopes(params, X, labels), tried, strict=True):
        np.testing.assert_allclose(computed, by_trying, atol=1e-8)
    for array, old in zip(params, before, strict=True):
        np.testing.assert_array_equal(array, old)


@pytest.mark.parametrize("shape", [(1, 2), (7, 3)])
def test_functions_are_those_of_the_library(shape):
    rng = np.random.default_rng(3)
    Z, Y, labels = rng.normal(size=shape), rng.normal(size=shape), rng.integers(0, 2, shape[0])
    for own, theirs in (
        (small.relu(Z), nnlib.relu(Z)),
        (small.relu_slope(Z), nnlib.relu_derivative(Z)),
        (small.relu_slope(np.zeros(2)), nnlib.relu_derivative(np.zeros(2))),
        (small.mse(Z, Y), nnlib.mse(Z, Y)),
        (small.mse_slope(Z, Y), nnlib.mse_derivative(Z, Y)),
        (small.softmax(Z), nnlib.softmax(Z)),
        (small.cross_entropy(Z, labels), nnlib.cross_entropy_with_logits(Z, labels)),
        (
            small.cross_entropy_slope(Z, labels),
            nnlib.cross_entropy_with_logits_derivative(Z, labels),
        ),
    ):
        np.testing.assert_allclose(own, theirs, rtol=1e-12, atol=1e-15)


def test_training_stops_when_the_loss_on_new_data_has_not_fallen_for_so_many_epochs():
    X, labels, X_val, labels_val = digits(100, 60)
    X, X_val = X / 16, X_val / 16
    start = small.start(64, 8, 10, np.random.default_rng(0))

    def one_epoch_at_a_time(epochs):
        params, rng = start, np.random.default_rng(1)
        for _ in range(epochs):
            params = small.train(params, X, labels, small.slopes, 1.0, 10, 1, rng)
            yield params

    epochs = list(one_epoch_at_a_time(40))
    losses = [small.cross_entropy(small.forward(p, X_val)[2], labels_val) for p in epochs]
    for patience in (1, 3):
        best = stop = int(np.argmin(losses[:1]))
        for epoch, loss in enumerate(losses):
            best = epoch if loss < losses[best] else best
            stop = epoch
            if epoch - best == patience:
                break
        assert stop < 39, "the training has to be stopped by its patience"
        found = small.train_until(
            start, X, labels, X_val, labels_val, 1.0, 10, 40, patience, np.random.default_rng(1)
        )
        for array, expected in zip(found, epochs[best], strict=True):
            np.testing.assert_array_equal(array, expected)


def test_the_whole_training_of_the_digits_ends_at_the_weights_of_the_library():
    data = nnlib.datasets.digits()
    X_train, X_test, y_train, y_test = nnlib.split(data.X, data.y, rng=0)
    X_fit, X_val, y_fit, y_val = nnlib.split(X_train, y_train, rng=0)
    trained = small.train_digits(X_fit, y_fit, X_val, y_val, np.random.default_rng(0))
    assert [array.shape for array in trained] == [(64, 64), (64,), (64, 10), (10,)]
    assert small.accuracy(trained, X_test / 16, y_test) > 0.95

    rng = np.random.default_rng(0)
    model = nnlib.mlp((64, 64, 10), rng=rng)
    states = []

    def callback(epoch, history):
        states.append(model.state())
        losses = history.validation_losses[1:]
        return epoch > 0 and epoch - 1 - int(np.argmin(losses)) == 5

    history = nnlib.fit(
        model,
        X_fit / 16,
        y_fit,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(model.parameters(), lr=0.3),
        epochs=30,
        batch_size=32,
        rng=rng,
        validation=(X_val / 16, y_val),
        callback=callback,
    )
    model.load(states[1 + int(np.argmin(history.validation_losses[1:]))])
    assert_same_weights(trained, model)
