"""Preprocessing: against scikit-learn, loops, and each function's own way back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

import nnlib
from nnlib import average_pool, flatten, one_hot, parameter_count, standardize

tables = arrays(
    np.float64,
    st.tuples(st.integers(1, 8), st.integers(1, 4)),
    elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 6)),
)


# -- Flatten --------------------------------------------------------------------------------


def test_flatten_reads_row_by_row():
    images = np.arange(24.0).reshape(2, 3, 4)
    assert flatten(images).tolist() == [list(range(12)), list(range(12, 24))]
    assert flatten(images)[1, 2 * 4 + 3] == images[1, 2, 3]
    assert flatten(images[..., np.newaxis]).tolist() == flatten(images).tolist()


@given(arrays(np.float32, array_shapes(min_dims=2, max_dims=4, max_side=4)))
def test_flatten_keeps_every_number_and_the_dtype(images):
    flat = flatten(images)
    assert flat.shape == (len(images), images[0].size)
    assert flat.dtype == np.float32
    np.testing.assert_array_equal(flat.reshape(images.shape), images)


def test_flatten_of_the_digits_is_their_table():
    X = nnlib.datasets.digits().X
    np.testing.assert_array_equal(flatten(X.reshape(-1, 8, 8)), X)


# -- Standardize ----------------------------------------------------------------------------


def test_standardize_by_hand():
    scaled, scaler = standardize([[1, 10], [3, 10], [5, 40]])
    np.testing.assert_allclose(scaler.mean, [3, 20])
    np.testing.assert_allclose(scaler.scale, [np.sqrt(8 / 3), np.sqrt(200)])
    np.testing.assert_allclose(scaled[:, 0], np.array([-2, 0, 2]) / np.sqrt(8 / 3))


@pytest.mark.parametrize("data", [nnlib.datasets.iris, nnlib.datasets.digits])
def test_standardize_against_scikit_learn(data):
    """The digits have pixels that are always blank."""
    X = data().X
    reference = StandardScaler().fit(X)
    scaled, scaler = standardize(X)
    np.testing.assert_allclose(scaler.mean, reference.mean_, rtol=1e-12)
    np.testing.assert_allclose(scaler.scale, reference.scale_, rtol=1e-12)
    np.testing.assert_allclose(scaled, reference.transform(X), rtol=1e-9, atol=1e-12)
    held_out = X[::7] + 1
    np.testing.assert_allclose(
        scaler.transform(held_out), reference.transform(held_out), rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("constant", [0.0, 5.0, 0.1, -1e300, 1e-300])
def test_a_constant_column_becomes_zero(constant):
    X = np.column_stack([np.full(7, constant), np.arange(7.0)])
    scaled, scaler = standardize(X)
    assert scaler.scale[0] == 1
    assert scaler.mean[0] == constant
    assert (scaled[:, 0] == 0).all()
    assert scaled[:, 1].std() > 0.9
    np.testing.assert_array_equal(scaler.inverse_transform(scaled)[:, 0], X[:, 0])


@pytest.mark.parametrize("size", [1e-200, 1e-310, 1e150, 1e200, 1e300])
def test_columns_of_any_size_are_scaled_to_one(size):
    X = np.array([[0.0], [1.0], [3.0]]) * size
    scaled, scaler = standardize(X)
    expected, _ = standardize(X / size)
    assert np.isfinite(scaler.scale).all()
    np.testing.assert_allclose(scaled, expected, rtol=1e-9)


@given(tables)
def test_columns_have_mean_zero_and_deviation_one_and_there_is_a_way_back(X):
    scaled, scaler = standardize(X)
    size = 1 + np.abs(X).max()
    for column in range(X.shape[1]):
        if np.ptp(X[:, column]) > 1e-6 * size:
            assert abs(scaled[:, column].mean()) < 1e-8
            assert abs(scaled[:, column].std() - 1) < 1e-8
        elif np.ptp(X[:, column]) == 0:
            assert (scaled[:, column] == 0).all()
    np.testing.assert_allclose(scaler.inverse_transform(scaled), X, rtol=1e-9, atol=1e-9 * size)
    np.testing.assert_array_equal(scaler.transform(X), scaled)


def test_standardize_keeps_float32_and_its_argument():
    X = np.array([[1, 2], [3, 4]], np.float32)
    scaled, scaler = standardize(X)
    assert scaled.dtype == scaler.mean.dtype == scaler.scale.dtype == np.float32
    assert scaler.inverse_transform(scaled).dtype == np.float32
    assert X.tolist() == [[1, 2], [3, 4]]
    assert repr(scaler) == "Scaler(2 columns)"


def test_one_sample_is_constant():
    scaled, scaler = standardize([[3.0, 4.0]])
    assert scaled.tolist() == [[0, 0]]
    assert scaler.scale.tolist() == [1, 1]


# -- Average pooling ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "size"),
    [((2, 4, 6), 2), ((3, 6, 3), 3), ((2, 4, 6, 3), 2), ((1, 5, 5), 5), ((2, 3, 4), 1)],
    ids=str,
)
def test_average_pool_against_a_loop(shape, size):
    images = np.random.default_rng(0).normal(size=shape)
    pooled = average_pool(images, size)
    n, height, width = shape[:3]
    assert pooled.shape == (n, height // size, width // size, *shape[3:])
    for i, row, column in np.ndindex(pooled.shape[:3]):
        top, left = row * size, column * size
        block = images[i, top : top + size, left : left + size]
        np.testing.assert_allclose(pooled[i, row, column], block.mean(axis=(0, 1)), rtol=1e-12)


@given(st.floats(-1e6, 1e6), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_average_pool_of_a_constant_is_that_constant(constant, size, rows, columns):
    pooled = average_pool(np.full((2, size * rows, size * columns), constant), size)
    assert pooled.shape == (2, rows, columns)
    np.testing.assert_allclose(pooled, constant, rtol=1e-14)


def test_average_pool_keeps_the_mean_and_the_dtype():
    images = np.random.default_rng(0).normal(size=(2, 8, 8)).astype(np.float32)
    pooled = average_pool(images, 4)
    assert pooled.dtype == np.float32
    np.testing.assert_allclose(pooled.mean(axis=(1, 2)), images.mean(axis=(1, 2)), atol=1e-6)
    assert average_pool([[[1, 2], [3, 6]]], 2).tolist() == [[[3]]]


# -- One-hot and counts ---------------------------------------------------------------------


def test_one_hot_by_hand():
    rows = one_hot([2, 0], 3)
    assert rows.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert rows.dtype == np.float64


@given(
    st.integers(1, 6).flatmap(
        lambda k: st.tuples(st.just(k), st.lists(st.integers(0, k - 1), min_size=1))
    )
)
def test_the_largest_entry_of_one_hot_is_the_label(case):
    num_classes, labels = case
    rows = one_hot(labels, num_classes)
    assert rows.shape == (len(labels), num_classes)
    assert rows.argmax(axis=1).tolist() == labels
    assert (rows.sum(axis=1) == 1).all()
    np.testing.assert_array_equal(one_hot(np.array(labels, np.uint8), num_classes), rows)


def test_parameter_count_by_hand_and_in_the_book():
    assert parameter_count([1, 2, 1]) == 7
    assert parameter_count((2, 2, 3)) == 15
    assert parameter_count([64, 32, 10]) == 64 * 32 + 32 + 32 * 10 + 10
    assert 224 * 224 * 3 == 150_528
    assert parameter_count([150_528, 1000]) == 150_529_000
    assert round(parameter_count([150_528, 1000]) * 4 / 1e6) == 602  # MB in float32
    assert parameter_count([3 * 3 * 3, 64]) == 1_792  # a convolution's filters
    assert parameter_count(np.array([1, 2, 1])) == 7


@pytest.mark.parametrize(
    ("n", "share", "count"), [(8, 0.25, 2), (150, 0.3, 45), (3, 0.01, 1), (2, 0.99, 1)]
)
def test_split_parts_the_samples_without_loss(n, share, count):
    X, y = np.arange(2 * n).reshape(n, 2), np.arange(n)
    X_train, X_held_out, y_train, y_held_out = nnlib.split(
        X, y, held_out=share, rng=np.random.default_rng(0)
    )
    assert len(X_held_out) == len(y_held_out) == count
    assert sorted([*y_train, *y_held_out]) == list(range(n))
    np.testing.assert_array_equal(X_train[:, 0], 2 * y_train)
    np.testing.assert_array_equal(X_held_out[:, 1], 2 * y_held_out + 1)


def test_split_shuffles_with_its_generator():
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20)
    first, again, other = (
        nnlib.split(X, y, rng=np.random.default_rng(seed))[2].tolist() for seed in (0, 0, 1)
    )
    assert first == again
    assert first != other
    assert first != sorted(first)


@pytest.mark.parametrize(
    ("arguments", "options", "error", "words"),
    [
        (([1.0, 2.0], [1.0]), {}, ValueError, ["X and y", "(2,)", "(1,)"]),
        (([1.0], [1.0]), {}, ValueError, ["at least two", "(1,)"]),
        (([1.0, 2.0], [1.0, 2.0]), {"held_out": 0}, ValueError, ["held_out", "0"]),
        (([1.0, 2.0], [1.0, 2.0]), {"held_out": 1.0}, ValueError, ["held_out", "1.0"]),
        (([1.0, 2.0], [1.0, 2.0]), {"held_out": "x"}, TypeError, ["held_out", "'x'"]),
        (([1.0, 2.0], [1.0, 2.0]), {"rng": 0.5}, TypeError, ["rng", "0.5"]),
        ((["a", "b"], [1.0, 2.0]), {}, TypeError, ["X", "<U1"]),
    ],
)
def test_split_refuses(arguments, options, error, words):
    with pytest.raises(error) as caught:
        nnlib.split(*arguments, **{"rng": np.random.default_rng(0), **options})
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_near_the_largest_float_are_standardized(dtype):
    X = np.array([[1.0], [1.0], [-1.0], [-0.5]], dtype)
    expected, _ = nnlib.standardize(X)
    big = X * np.finfo(dtype).max
    scaled, scaler = nnlib.standardize(big)
    np.testing.assert_allclose(scaled, expected, rtol=1e-6)
    np.testing.assert_allclose(scaler.transform(big), expected, rtol=1e-6)


def test_scalers_compare_by_their_numbers():
    first, again, other = (
        nnlib.standardize(np.array(X))[1] for X in ([[1.0], [2.0]], [[1.0], [2.0]], [[1.0], [3.0]])
    )
    assert first == again
    assert first != other
    assert first != 1.0


def test_split_comes_in_the_order_of_scikit_learn():
    X, y = np.arange(8.0).reshape(4, 2), np.arange(4)
    ours = nnlib.split(X, y, rng=0)
    theirs = train_test_split(X, y, random_state=0)
    assert [part.shape for part in ours] == [part.shape for part in theirs]
