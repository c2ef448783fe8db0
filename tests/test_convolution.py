"""Convolution and pooling: by hand, as a matrix, against central differences, against JAX."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import jax_reference

import nnlib
from nnlib import Conv2d, Linear, MaxPool2d, Sequential

SHAPES = st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 3))


def drawn(shape, filters, size, seed):
    """Return a layer with biases, and three images."""
    rng = np.random.default_rng(seed)
    layer = Conv2d(shape, filters, size=size, rng=rng)
    layer.bias.value = rng.normal(size=filters)
    return layer, rng.normal(size=(3, np.prod(shape)))


def test_a_filter_by_hand():
    layer = Conv2d((2, 3, 1), 1, rng=0)
    layer.weight.value = np.arange(1.0, 10).reshape(3, 3, 1, 1)
    layer.bias.value = [100.0]
    image = [[1.0, 0.0, 0.0, 0.0, 0.0, 2.0]]
    # The middle of the square, 5, meets the pixel itself; 9 the one below it on the right.
    assert layer(image).tolist() == [[105, 104 + 18, 100 + 16, 102, 101 + 12, 100 + 10]]


@settings(max_examples=25)
@given(SHAPES, st.integers(1, 3), st.sampled_from([1, 3, 5]), st.integers(0, 99))
def test_it_is_a_linear_layer_that_shares_its_weights_and_lacks_most_of_them(
    shape, filters, size, seed
):
    layer, X = drawn(shape, filters, size, seed)
    zero = layer(np.zeros((1, np.prod(shape))))
    dense = Linear.from_arrays(layer(np.eye(np.prod(shape))) - zero, zero[0])
    np.testing.assert_allclose(layer(X), dense(X), atol=1e-12)
    G = np.random.default_rng(seed).normal(size=layer(X).shape)
    np.testing.assert_allclose(layer.backward(G), dense.backward(G), atol=1e-12)
    weights = np.abs(layer.weight.value[layer.weight.value != 0])
    there = np.abs(dense.weight.value[np.abs(dense.weight.value) > 1e-12])
    assert all(np.min(np.abs(weights - w)) < 1e-9 for w in there)


@pytest.mark.parametrize(
    ("rows", "columns", "channels", "filters", "block"),
    [(2, 3, 1, 2, 2), (1, 2, 3, 1, 1), (1, 1, 2, 3, 3)],
)
@pytest.mark.slow
def test_values_and_gradients_are_those_of_jax(rows, columns, channels, filters, block):
    shape = rows * block, columns * block, channels
    layer, X = drawn(shape, filters, 3, rows)
    pool = MaxPool2d((*shape[:2], filters), size=block)
    A = pool(layer(X))
    reference = X, layer.weight.value, layer.bias.value, shape, block
    np.testing.assert_allclose(A, jax_reference.convolution(*reference), rtol=1e-10, atol=1e-12)
    G = np.random.default_rng(0).normal(size=A.shape)
    slope = layer.backward(pool.backward(G))
    expected = jax_reference.convolution_gradients(*reference, G)
    for ours, theirs in zip((slope, layer.weight.grad, layer.bias.grad), expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("size", [1, 3, 5])
def test_a_network_of_them_against_central_differences(size):
    rng = np.random.default_rng(size)
    model = Sequential(
        Conv2d((4, 4, 2), 3, size=size, rng=rng),
        nnlib.Tanh(),
        MaxPool2d((4, 4, 3)),
        Conv2d((2, 2, 3), 2, rng=rng),
        nnlib.Softplus(),
        Linear(8, 2, rng=rng),
    )
    X, y = rng.normal(size=(5, 32)), rng.integers(0, 2, 5)
    nnlib.check_model(model, X, y, loss="cross_entropy_with_logits")


def test_what_moves_in_the_image_moves_in_the_sums():
    layer, _ = drawn((6, 6, 1), 2, 3, 0)
    image = np.zeros((6, 6))
    image[1:3, 1:4] = np.random.default_rng(1).normal(size=(2, 3))
    still, moved = (
        layer(np.roll(image, step, axis=(0, 1)).reshape(1, -1)).reshape(6, 6, 2)
        for step in ((0, 0), (2, 1))
    )
    np.testing.assert_allclose(np.roll(still, (2, 1), axis=(0, 1)), moved, atol=1e-12)


def test_each_block_has_its_largest_and_equals_share_the_gradient():
    layer = MaxPool2d((2, 4, 1))
    assert layer([[7.0, 7.0, 1.0, 0.0, 7.0, 2.0, 3.0, 0.0]]).tolist() == [[7, 3]]
    assert layer.backward([[6.0, 5.0]]).tolist() == [[2, 2, 0, 0, 2, 0, 5, 0]]


def test_channels_stay_apart():
    layer = MaxPool2d((2, 2, 2))
    assert layer([[1.0, 8.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0]]).tolist() == [[4, 8]]


def test_the_start_has_the_variance_of_he_for_what_a_filter_sees():
    weights = Conv2d((4, 4, 50), 60, rng=0).weight.value
    assert weights.var() == pytest.approx(2 / (9 * 50), rel=0.03)
    assert Conv2d((4, 4, 50), 60, rng=0).bias.value.tolist() == [0] * 60


def test_float32_stays_and_the_summary_knows_the_widths():
    model = Sequential(
        Conv2d((8, 8, 1), 16, rng=0, dtype=np.float32),
        MaxPool2d((8, 8, 16)),
        nnlib.ReLU(),
        Linear(256, 10, rng=0, dtype=np.float32),
    )
    assert model(np.ones((2, 64), np.float32)).dtype == np.float32
    gradient = model.backward(np.ones((2, 10), np.float32), input_gradient=True)
    assert gradient.dtype == np.float32
    assert [line.split()[-1] for line in model.summary().splitlines()[2:6]] == [
        "160",
        "0",
        "0",
        "2,570",
    ]
    assert "Conv2d((8, 8, 1), 16, size=3)  (n, 1024)" in model.summary()
    assert "MaxPool2d((8, 8, 16), size=2)  (n, 256)" in model.summary()


def test_a_prediction_leaves_what_backward_needs():
    layer, X = drawn((2, 2, 1), 1, 3, 0)
    pool = MaxPool2d((2, 2, 1))
    A = pool(layer(X))
    expected = layer.backward(pool.backward(A))
    pool.predict(layer.predict(-X))
    np.testing.assert_array_equal(layer.backward(pool.backward(A)), expected)


def test_a_layer_of_given_arrays():
    drawn_layer, X = drawn((2, 3, 2), 4, 3, 0)
    weight, bias = drawn_layer.weight.value, drawn_layer.bias.value
    layer = Conv2d.from_arrays(np.array([2, 3, 2]), weight, bias)
    np.testing.assert_array_equal(layer(X), drawn_layer(X))
    assert repr(layer) == repr(drawn_layer)
    assert (layer.in_features, layer.out_features) == (12, 24)
    assert not np.shares_memory(layer.weight.value, weight)


def test_the_shape_may_be_that_of_an_array():
    images = np.zeros((5, 4, 6, 3))
    for shape in (images.shape[1:], np.array([4, 6, 3]), [4, 6, 3]):
        assert Conv2d(shape, 1, rng=0).shape == MaxPool2d(shape).shape == (4, 6, 3)


def test_a_block_with_nan_has_no_largest_and_its_gradient_is_nan():
    layer = MaxPool2d((2, 4, 1))
    assert np.isnan(layer([[np.nan, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]])).tolist() == [
        [True, False]
    ]
    gradient = layer.backward([[1.0, 2.0]]).reshape(2, 4)  # a warning would be an error
    assert np.isnan(gradient[:, :2]).all()
    assert gradient[:, 2:].tolist() == [[0, 0], [0, 2]]
