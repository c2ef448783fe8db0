"""Losses: against 60 digits, JAX, finite differences, each other, and the numbers of the book."""

from __future__ import annotations

import copy
import math
import pickle

import jax
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from oracles import high_precision, jax_reference
from oracles.high_precision import mp

import nnlib
from nnlib import LOSSES, losses


def example(name, n=5, num_classes=3, seed=0):
    """A prediction and a target that the loss takes."""
    rng = np.random.default_rng(seed)
    loss = LOSSES[name]
    if loss.target == "same shape":
        return rng.normal(size=(n, 2)), rng.normal(size=(n, 2))
    if loss.target == "binary":
        p, z = rng.uniform(0.05, 0.95, size=(n, 1)), 3 * rng.normal(size=(n, 1))
        return (p if loss.on_probabilities else z), rng.integers(0, 2, (n, 1)).astype(float)
    logits, labels = 3 * rng.normal(size=(n, num_classes)), rng.integers(0, num_classes, n)
    return (nnlib.softmax(logits) if loss.on_probabilities else logits), labels


# -- Values ---------------------------------------------------------------------------------


def test_values_by_hand():
    y_hat, y = [[1.0], [2.0], [4.0]], [[1.5], [2.0], [1.0]]
    assert nnlib.ssr(y_hat, y) == 0.25 + 9
    assert nnlib.mse(y_hat, y) == (0.25 + 9) / 3
    assert nnlib.ssr_derivative(y_hat, y).tolist() == [[-1], [0], [6]]
    assert nnlib.mse_derivative(y_hat, y).tolist() == [[-1 / 3], [0], [2]]
    assert nnlib.huber(y_hat, y) == (0.125 + 2.5) / 3
    assert nnlib.huber(y_hat, y, delta=2) == (0.125 + 2 * (3 - 1)) / 3
    assert nnlib.huber_derivative(y_hat, y).tolist() == [[-0.5 / 3], [0], [1 / 3]]
    assert nnlib.huber_derivative(y_hat, y, delta=0.25).tolist() == [[-0.25 / 3], [0], [0.25 / 3]]

    p, y = [0.25, 0.5], [1, 0]
    assert math.isclose(nnlib.binary_cross_entropy(p, y), (math.log(4) + math.log(2)) / 2)
    assert nnlib.binary_cross_entropy_derivative(p, y).tolist() == [-2, 1]

    p, y = [[0.25, 0.5, 0.25], [0.125, 0.375, 0.5]], [0, 2]
    assert math.isclose(nnlib.cross_entropy(p, y), (math.log(4) + math.log(2)) / 2)
    assert nnlib.cross_entropy_derivative(p, y).tolist() == [[-2, 0, 0], [0, 0, -1]]

    assert math.isclose(nnlib.binary_cross_entropy_with_logits([0.0], [1]), math.log(2))
    assert nnlib.binary_cross_entropy_with_logits_derivative([0.0, 0.0], [1, 0]).tolist() == [
        -0.25,
        0.25,
    ]
    assert math.isclose(nnlib.cross_entropy_with_logits([[0.0, 0.0, 0.0]], [1]), math.log(3))
    np.testing.assert_allclose(
        nnlib.cross_entropy_with_logits_derivative([[0.0, 0.0, 0.0]] * 2, [1, 0]),
        np.array([[1, -2, 1], [-2, 1, 1]]) / 6,
        rtol=1e-15,
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("n", [1, 5])
def test_value_and_derivative_against_jax(name, n):
    prediction, target = example(name, n)
    reference = jax_reference.LOSSES[name]
    loss = LOSSES[name]
    assert math.isclose(
        loss.function(prediction, target), float(reference(prediction, target)), rel_tol=1e-12
    )
    np.testing.assert_allclose(
        loss.derivative(prediction, target),
        jax.grad(reference)(prediction, target),
        rtol=1e-10,
        atol=1e-15,
    )


@pytest.mark.parametrize("name", [name for name in LOSSES if name != "cross_entropy"])
def test_derivative_against_central_differences(name):
    prediction, target = example(name)
    loss = LOSSES[name]
    nnlib.check_gradient(
        lambda prediction: loss.function(prediction, target),
        lambda prediction: loss.derivative(prediction, target),
        prediction,
    )


def test_cross_entropy_derivative_against_central_differences_along_the_simplex():
    """A single probability cannot move alone: move two, so that the sum stays 1."""
    p, labels = example("cross_entropy")
    slope = nnlib.cross_entropy_derivative(p, labels)
    h = 1e-6
    for i, k in np.ndindex(p.shape):
        step = np.zeros_like(p)
        step[i, k], step[i, k - 1] = h, -h
        change = nnlib.cross_entropy(p + step, labels) - nnlib.cross_entropy(p - step, labels)
        np.testing.assert_allclose(change / (2 * h), slope[i, k] - slope[i, k - 1], rtol=1e-6)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("scale", [0.1, 3, 10])
def test_with_logits_to_fourteen_digits(seed, scale):
    rng = np.random.default_rng(seed)
    n = 1 + seed
    z = np.clip(scale * rng.normal(size=(n, 4)), -30, 30)
    labels = rng.integers(0, 4, n)
    exact = mp.fsum(-high_precision.log_softmax(z[i])[labels[i]] for i in range(n)) / n
    computed = nnlib.cross_entropy_with_logits(z, labels)
    assert high_precision.relative_error(computed, exact) <= 1e-14

    y = rng.integers(0, 2, z.shape)
    signs = np.where(y == 1, -1.0, 1.0)
    exact = mp.fsum(high_precision.softplus(mp.mpf(float(s))) for s in (signs * z).ravel()) / z.size
    computed = nnlib.binary_cross_entropy_with_logits(z, y)
    assert high_precision.relative_error(computed, exact) <= 1e-14


def test_with_logits_keep_the_tiny_loss_of_a_confident_truth():
    assert math.isclose(nnlib.cross_entropy_with_logits([[40.0, 0.0]], [0]), math.exp(-40))
    assert math.isclose(nnlib.binary_cross_entropy_with_logits([40.0], [1]), math.exp(-40))
    assert math.isclose(nnlib.binary_cross_entropy_with_logits([-40.0], [0]), math.exp(-40))
    assert math.isclose(
        nnlib.binary_cross_entropy_with_logits_derivative([40.0], [1])[0], -math.exp(-40)
    )


@pytest.mark.parametrize("seed", range(6))
def test_slope_with_logits_keeps_its_digits(seed):
    rng = np.random.default_rng(seed)
    z, labels = 4 * rng.normal(size=(3, 4)), rng.integers(0, 4, 3)
    z[0, labels[0]] = 30  # nearly certain, and right
    if seed % 2:
        z[1, labels[1]] = -40  # nearly certain, and wrong
    slope = nnlib.cross_entropy_with_logits_derivative(z, labels)
    for i, k in np.ndindex(z.shape):
        exact = (high_precision.softmax(z[i])[k] - int(k == labels[i])) / 3
        assert high_precision.relative_error(slope[i, k], exact) <= 1e-14

    y = rng.integers(0, 2, z.shape)
    slope = nnlib.binary_cross_entropy_with_logits_derivative(z, y)
    for i, k in np.ndindex(z.shape):
        logit = mp.mpf(float(z[i, k]))
        exact = high_precision.sigmoid(logit) if y[i, k] == 0 else -high_precision.sigmoid(-logit)
        assert high_precision.relative_error(slope[i, k], exact / z.size) <= 1e-14


def test_a_truth_far_behind_costs_the_other_slopes_no_digits():
    z, labels = np.random.default_rng(0).normal(size=(4, 5)), np.zeros(4, int)
    z[:, 0] = -300
    slope = nnlib.cross_entropy_with_logits_derivative(z, labels)
    for i, k in np.ndindex(z.shape):
        exact = (high_precision.softmax(z[i])[k] - int(k == 0)) / 4
        assert high_precision.relative_error(slope[i, k], exact) <= 1e-15


PLAIN = {
    "binary_cross_entropy_with_logits": losses._plain_binary_cross_entropy_with_logits,
    "cross_entropy_with_logits": losses._plain_cross_entropy_with_logits,
}


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("seed", range(4))
def test_the_plain_formulas_differ_from_the_exact_ones_by_roundings(name, seed):
    z, target = example(name, n=20, seed=seed)
    value, slope = LOSSES[name].value_and_gradient(z, target)
    plain_value, plain_slope = PLAIN[name](z, target)
    assert math.isclose(plain_value, value, rel_tol=1e-13)
    np.testing.assert_allclose(plain_slope, slope, rtol=0, atol=1e-15)


def both_formulas(name, difference):
    """Losses of a truth that is ahead of the other class by this much: plain, and exact."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        if name == "cross_entropy_with_logits":
            z, target = np.array([[difference, 0.0]]), np.array([0])
        else:
            z, target = np.array([[difference]]), np.array([[1.0]])
        return PLAIN[name](z, target)[0], LOSSES[name].value_and_gradient(z, target)[0]


@pytest.mark.parametrize("name", PLAIN)
def test_the_plain_formulas_lose_small_losses_and_overflow_at_large_ones(name):
    plain, exact = both_formulas(name, 30.0)
    assert math.isclose(exact, math.exp(-30), rel_tol=1e-12)
    assert not math.isclose(plain, exact, rel_tol=1e-6)
    plain, exact = both_formulas(name, -800.0)
    assert exact == 800
    assert not math.isfinite(plain)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_finite_logits_warn_of_nothing_where_training_computes(dtype):
    for distance in (29.0, 31.0, 100.0, 1e30):
        z = np.array([[0, distance, 1], [1, 0, 2]], dtype)
        value, slope = LOSSES["cross_entropy_with_logits"].value_and_gradient(z, np.array([0, 2]))
        assert math.isclose(value, (distance + np.log1p(np.exp(-1) + np.exp(-2))) / 2, rel_tol=0.05)
        np.testing.assert_allclose(slope[0], [-0.5, 0.5, 0], atol=1e-6)
        z, y = np.array([distance], dtype), np.zeros(1, dtype)
        value, slope = LOSSES["binary_cross_entropy_with_logits"].value_and_gradient(z, y)
        assert math.isclose(value, distance, rel_tol=1e-6)
        np.testing.assert_allclose(slope, 1, rtol=1e-6)


# -- Extremes -------------------------------------------------------------------------------


@pytest.mark.parametrize("z", [1e3, 1e10, 1e300])
def test_limits_of_the_losses_with_logits(z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert nnlib.binary_cross_entropy_with_logits([z, -z], [1, 0]) == 0
        assert nnlib.binary_cross_entropy_with_logits([z], [0]) == z
        assert nnlib.binary_cross_entropy_with_logits([-z], [1]) == z
        assert nnlib.binary_cross_entropy_with_logits_derivative([z, -z], [0, 1]).tolist() == [
            0.5,
            -0.5,
        ]
        assert nnlib.cross_entropy_with_logits([[z, -z, 0]], [0]) == 0
        assert nnlib.cross_entropy_with_logits([[z, -z, 0]], [1]) == 2 * z
        assert nnlib.cross_entropy_with_logits([[z, -z, 0]], [2]) == z
        assert math.isclose(nnlib.cross_entropy_with_logits([[z, z]], [0]), math.log(2))
        for label, slope in enumerate([[0, 0, 0], [1, -1, 0], [1, 0, -1]]):
            computed = nnlib.cross_entropy_with_logits_derivative([[z, -z, 0]], [label])
            assert computed.tolist() == [slope]


def test_logits_whose_difference_is_beyond_the_range_of_a_float():
    largest = np.finfo(float).max
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert nnlib.cross_entropy_with_logits([[largest, -largest]], [1]) == math.inf
        slope = nnlib.cross_entropy_with_logits_derivative([[largest, -largest]], [1])
        assert slope.tolist() == [[1, -1]]


@pytest.mark.parametrize("tiny", [5e-324, 1e-310, -5e-324])
def test_subnormal_logits_are_as_good_as_zero(tiny):
    assert math.isclose(nnlib.binary_cross_entropy_with_logits([tiny], [1]), math.log(2))
    assert math.isclose(nnlib.cross_entropy_with_logits([[tiny, 0.0]], [0]), math.log(2))


def test_probability_zero_for_the_truth_costs_infinitely_much():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert nnlib.binary_cross_entropy([0.0, 0.5], [1, 1]) == math.inf
        assert nnlib.binary_cross_entropy([1.0], [0]) == math.inf
        assert nnlib.binary_cross_entropy_derivative([0.0, 1.0], [1, 0]).tolist() == [
            -math.inf,
            math.inf,
        ]
        assert nnlib.cross_entropy([[0.0, 1.0]], [0]) == math.inf
        assert nnlib.cross_entropy_derivative([[0.0, 1.0]], [0]).tolist() == [[-math.inf, 0]]


def test_certainty_that_is_right_costs_nothing():
    for value in (
        nnlib.binary_cross_entropy([1.0, 0.0], [1, 0]),
        nnlib.cross_entropy([[1.0, 0.0]], [0]),
        nnlib.ssr([2.0], [2.0]),
        nnlib.mse([2.0], [2.0]),
        nnlib.huber([2.0], [2.0]),
    ):
        assert value == 0
        assert math.copysign(1, value) == 1  # 0, and not -0
    assert nnlib.binary_cross_entropy_derivative([1.0, 0.0], [1, 0]).tolist() == [-0.5, 0.5]


def test_small_probabilities_keep_their_digits():
    p = 1e-300
    assert math.isclose(nnlib.binary_cross_entropy([p], [1]), -math.log(p), rel_tol=1e-15)
    assert nnlib.binary_cross_entropy([1e-20], [0]) == 1e-20
    assert math.isclose(nnlib.cross_entropy([[p, 1.0]], [0]), -math.log(p), rel_tol=1e-15)
    assert math.isclose(nnlib.binary_cross_entropy([5e-324], [1]), -math.log(5e-324))
    assert nnlib.binary_cross_entropy_derivative([5e-324], [1]).tolist() == [-math.inf]
    assert nnlib.cross_entropy_derivative([[5e-324, 1.0]], [0]).tolist() == [[-math.inf, 0]]


def test_residuals_beyond_the_range_of_a_float_square_to_infinity():
    assert nnlib.ssr([1e300], [0.0]) == math.inf
    assert nnlib.mse([1e300], [0.0]) == math.inf
    assert nnlib.ssr_derivative([1e300], [0.0]).tolist() == [2e300]
    assert nnlib.mse_derivative([1e300], [0.0]).tolist() == [2e300]
    assert nnlib.huber([1e300], [0.0], delta=1e300) == math.inf


def test_a_residual_of_any_size_pulls_a_huber_loss_by_delta():
    for residual in (3.0, 1e300, math.inf):
        assert nnlib.huber([residual, 0.0], [0.0, 0.0]) == (residual - 0.5) / 2
        assert nnlib.huber_derivative([residual, -residual], [0.0, 0.0]).tolist() == [0.5, -0.5]


@pytest.mark.parametrize("name", ["ssr", "mse", "huber", "binary_cross_entropy_with_logits"])
def test_nan_and_infinity_propagate(name):
    loss = LOSSES[name]
    assert math.isnan(loss.function([math.nan, 1.0], [1, 0]))
    slope = loss.derivative([math.nan, 1.0], [1, 0])
    assert np.isnan(slope[0])
    assert np.isfinite(slope[1])
    assert loss.function([math.inf, 1.0], [0, 0]) == math.inf
    assert loss.function([-math.inf, 1.0], [1, 0]) == math.inf


@pytest.mark.parametrize("row", [[math.nan, 0.0], [math.inf, 0.0], [math.inf, math.inf]], ids=str)
def test_logits_without_softmax_have_no_loss_and_no_slope(row):
    z = [row, [0.0] * len(row)]
    for label in range(len(row)):
        assert math.isnan(nnlib.cross_entropy_with_logits(z, [label, 0]))
        slope = nnlib.cross_entropy_with_logits_derivative(z, [label, 0])
        assert np.isnan(slope[0]).all()
        assert np.isfinite(slope[1]).all()


def test_a_logit_of_minus_infinity_is_probability_zero():
    z = [[-math.inf, 0.0]]
    assert nnlib.cross_entropy_with_logits(z, [0]) == math.inf
    assert nnlib.cross_entropy_with_logits(z, [1]) == 0
    assert nnlib.cross_entropy_with_logits_derivative(z, [0]).tolist() == [[-1, 1]]


# -- Form -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOSSES)
def test_a_float_comes_out_and_a_slope_of_the_predictions_shape_and_dtype(name):
    prediction, target = example(name)
    loss = LOSSES[name]
    for dtype in (np.float32, np.float64):
        typed = prediction.astype(dtype)
        before = typed.copy()
        assert type(loss.function(typed, target)) is float
        slope = loss.derivative(typed, target)
        assert slope.shape == prediction.shape
        assert slope.dtype == dtype
        np.testing.assert_array_equal(typed, before)
    np.testing.assert_allclose(
        loss.function(prediction.astype(np.float32), target),
        loss.function(prediction, target),
        rtol=1e-5,
    )


@pytest.mark.parametrize("name", LOSSES)
def test_lists_do_as_well(name):
    prediction, target = example(name)
    loss = LOSSES[name]
    as_lists = prediction.tolist(), target.tolist()
    assert loss.function(*as_lists) == loss.function(prediction, target)
    np.testing.assert_array_equal(loss.derivative(*as_lists), loss.derivative(prediction, target))


def test_numbers_without_dimension():
    assert nnlib.ssr(3, 1) == 4
    assert nnlib.mse(3, 1) == 4
    assert nnlib.huber(3, 1) == 1.5
    assert nnlib.ssr_derivative(3, 1) == 4
    assert math.isclose(nnlib.binary_cross_entropy(0.5, 1), math.log(2))
    assert nnlib.binary_cross_entropy_with_logits_derivative(0.0, 1) == -0.5


@pytest.mark.parametrize("name", ["cross_entropy", "cross_entropy_with_logits"])
@pytest.mark.parametrize("dtype", [float, int, bool, np.float32, np.uint8])
def test_one_hot_rows_and_labels_mean_the_same(name, dtype):
    prediction, labels = example(name)
    one_hot = nnlib.one_hot(labels, 3).astype(dtype)
    loss = LOSSES[name]
    assert loss.function(prediction, one_hot) == loss.function(prediction, labels)
    np.testing.assert_array_equal(
        loss.derivative(prediction, one_hot), loss.derivative(prediction, labels)
    )
    for integers in (np.uint8, np.uint64):  # numpy adds uint64 and int64 to a float
        same = labels.astype(integers)
        assert loss.function(prediction, same) == loss.function(prediction, labels)


@pytest.mark.parametrize("name", ["cross_entropy_with_logits", "binary_cross_entropy_with_logits"])
def test_logits_in_any_memory_order(name):
    prediction, target = example(name, n=6)
    loss = LOSSES[name]
    for same in (np.asfortranarray(prediction), np.repeat(prediction, 2, axis=0)[::2]):
        assert math.isclose(loss.function(same, target), loss.function(prediction, target))
        np.testing.assert_allclose(
            loss.derivative(same, target), loss.derivative(prediction, target), rtol=1e-15
        )


@pytest.mark.parametrize("name", LOSSES)
def test_what_training_evaluates_is_what_the_public_functions_return(name):
    prediction, target = example(name)
    loss = LOSSES[name]
    value, slope = loss.value_and_gradient(prediction, loss.prepare_target(prediction, target))
    assert value == loss.function(prediction, target) == getattr(nnlib, name)(prediction, target)
    np.testing.assert_array_equal(slope, loss.derivative(prediction, target))
    derivative = getattr(nnlib, f"{name}_derivative")
    np.testing.assert_array_equal(slope, derivative(prediction, target))
    assert repr(loss) == f"Loss({name!r})"
    assert loss.latex


def test_probabilities_may_miss_the_sum_of_one_by_a_rounding_and_no_more():
    p = np.array([[0.3, 0.7 + 9e-6]])
    assert nnlib.cross_entropy(p, [0]) == -math.log(0.3)
    with pytest.raises(ValueError, match="sum to 1"):
        nnlib.cross_entropy(p + np.array([[0, 3e-6]]), [0])
    with pytest.raises(ValueError, match="sum to 1"):
        nnlib.cross_entropy(p - np.array([[0, 2.2e-5]]), [0])


# -- Identities -----------------------------------------------------------------------------

moderate = st.floats(-1e6, 1e6)


@given(arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=moderate), st.data())
def test_ssr_is_n_times_mse(y_hat, data):
    y = data.draw(arrays(np.float64, y_hat.shape, elements=moderate))
    assert math.isclose(nnlib.mse(y_hat, y) * y.size, nnlib.ssr(y_hat, y), rel_tol=1e-12)
    np.testing.assert_allclose(
        nnlib.mse_derivative(y_hat, y) * y.size, nnlib.ssr_derivative(y_hat, y), rtol=1e-12
    )
    assert nnlib.ssr(y_hat, y) == nnlib.ssr(y, y_hat)
    assert nnlib.ssr(y_hat, y_hat) == 0


@given(
    arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=moderate),
    st.floats(1e-3, 1e3),
    st.data(),
)
def test_huber_is_half_the_squared_error_until_delta_and_below_it_beyond(y_hat, delta, data):
    y = data.draw(arrays(np.float64, y_hat.shape, elements=moderate))
    farthest = float(np.abs(y - y_hat).max())
    half = nnlib.mse(y_hat, y) / 2
    loss = nnlib.huber(y_hat, y, delta)
    assert 0 <= loss <= half * (1 + 1e-12)
    assert loss <= delta * np.abs(y - y_hat).mean() * (1 + 1e-12)
    assert math.isclose(nnlib.huber(y_hat, y, farthest + 1), half, rel_tol=1e-12)
    assert np.abs(nnlib.huber_derivative(y_hat, y, delta)).max() <= delta / y.size
    assert nnlib.huber(y, y_hat, delta) == loss


@given(arrays(np.float64, (3, 4), elements=st.floats(-200, 200)), st.data())
def test_with_logits_is_the_loss_of_the_probabilities(z, data):
    labels = data.draw(arrays(np.int64, 3, elements=st.integers(0, 3)))
    p = nnlib.softmax(z)
    assume((p[np.arange(3), labels] > 1e-300).all())
    assert math.isclose(
        nnlib.cross_entropy_with_logits(z, labels),
        nnlib.cross_entropy(p, labels),
        rel_tol=1e-9,
        abs_tol=1e-12,
    )


@given(arrays(np.float64, (3, 4), elements=st.floats(-1e300, 1e300)), st.data())
def test_slope_in_the_logits_is_softmax_less_truth_and_sums_to_zero(z, data):
    labels = data.draw(arrays(np.int64, 3, elements=st.integers(0, 3)))
    slope = nnlib.cross_entropy_with_logits_derivative(z, labels)
    expected = (nnlib.softmax(z) - nnlib.one_hot(labels, 4)) / 3
    np.testing.assert_allclose(slope, expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(slope.sum(axis=1), 0, atol=1e-15)
    assert nnlib.cross_entropy_with_logits(z, labels) >= 0


@given(st.floats(-700, 700), st.integers(0, 1))
def test_two_classes_are_the_case_of_one_logit(z, label):
    one = nnlib.binary_cross_entropy_with_logits([z], [label])
    two = nnlib.cross_entropy_with_logits([[0.0, z]], [label])
    assert math.isclose(one, two, rel_tol=1e-12)
    p = nnlib.sigmoid(np.array([z]))
    assume(1e-15 < p[0] < 1 - 1e-15)
    assert math.isclose(
        nnlib.binary_cross_entropy(p, [label]),
        nnlib.cross_entropy([[1 - p[0], p[0]]], [label]),
        rel_tol=1e-9,
        abs_tol=1e-15,
    )


def test_the_slope_in_z_is_the_jacobian_times_the_slope_in_p():
    z, labels = example("cross_entropy_with_logits")
    slope_in_p = nnlib.cross_entropy_derivative(nnlib.softmax(z), labels)
    through_jacobian = np.einsum("nij,ni->nj", nnlib.softmax_jacobian(z), slope_in_p)
    np.testing.assert_allclose(
        through_jacobian,
        nnlib.cross_entropy_with_logits_derivative(z, labels),
        rtol=1e-12,
        atol=1e-15,
    )


# -- Numbers of the book --------------------------------------------------------------------


def test_slopes_of_both_losses_in_p_and_in_z():
    y, p = np.array([1.0]), np.array([0.01])
    dp_dz = p * (1 - p)
    z = np.log(p / (1 - p))
    np.testing.assert_allclose(nnlib.sigmoid_derivative(z), dp_dz, rtol=1e-12)
    np.testing.assert_allclose(nnlib.ssr_derivative(p, y), -1.98, rtol=1e-12)
    np.testing.assert_allclose(nnlib.ssr_derivative(p, y) * dp_dz, -0.0196, atol=5e-5)
    np.testing.assert_allclose(nnlib.binary_cross_entropy_derivative(p, y), -100, rtol=1e-12)
    np.testing.assert_allclose(
        nnlib.binary_cross_entropy_with_logits_derivative(z, y), -0.99, rtol=1e-12
    )


def test_the_race_of_squared_residual_and_cross_entropy():
    def output_after_50_steps(slope_in_z):
        w = b = 2.0
        for _ in range(50):
            slope = slope_in_z(np.array([w + b]))[0]
            w, b = w - 0.15 * slope, b - 0.15 * slope
        return nnlib.sigmoid(w + b)

    y = np.array([0.0])

    def squared(z):
        return nnlib.ssr_derivative(nnlib.sigmoid(z), y) * nnlib.sigmoid_derivative(z)

    def cross_entropy(z):
        return nnlib.binary_cross_entropy_with_logits_derivative(z, y)

    assert round(output_after_50_steps(squared), 3) == 0.964
    assert round(output_after_50_steps(lambda z: squared(z) / 2), 3) == 0.976
    assert round(output_after_50_steps(cross_entropy), 3) == 0.099


# -- The Huber loss with another delta ------------------------------------------------------------


def test_huber_loss_has_the_delta_that_it_is_given():
    y_hat, y = example("huber", seed=3)
    loss = nnlib.huber_loss(0.3)
    assert loss.function(y_hat, y) == nnlib.huber(y_hat, y, 0.3) != nnlib.huber(y_hat, y)
    np.testing.assert_array_equal(
        loss.derivative(y_hat, y), nnlib.huber_derivative(y_hat, y, delta=0.3)
    )
    nnlib.check_gradient(lambda p: loss.function(p, y), lambda p: loss.derivative(p, y), y_hat)
    assert repr(loss) == "Loss('huber(delta=0.3)')"
    assert repr(nnlib.huber_loss()) == repr(LOSSES["huber"]) == "Loss('huber')"


# -- A loss of one's own ---------------------------------------------------------------------------


def soft_cross_entropy(z, y):
    p = nnlib.softmax(z)
    return float(-np.sum(y * nnlib.log_softmax(z)) / len(z)), (p - y) / len(z)


def test_a_loss_of_ones_own_is_checked_and_differentiated():
    loss = nnlib.Loss("soft cross_entropy", soft_cross_entropy)
    z, y = np.array([[1.0, -1.0], [0.5, 2.0]]), np.array([[0.7, 0.3], [0.0, 1.0]])
    nnlib.check_gradient(lambda z: loss.function(z, y), lambda z: loss.derivative(z, y), z)
    with pytest.raises(ValueError, match="y must have the shape of the prediction"):
        loss.function(z, y[0])


def test_targets_come_in_the_form_that_a_loss_asks_for():
    def form(target, y):
        seen = []
        loss = nnlib.Loss("seen", lambda p, t: (seen.append(t), (0.0, p))[1], target=target)
        loss.function(np.zeros((2, 3)), y)
        return seen[0].tolist()

    rows = [[0, 0, 1], [1, 0, 0]]
    assert form("labels", rows) == form("labels", [2, 0]) == [2, 0]
    assert form("one-hot", rows) == form("one-hot", [2, 0]) == rows
    assert form("binary", rows) == rows
    with pytest.raises(ValueError, match="0 or 1"):
        form("binary", [[0, 0, 2], [1, 0, 0]])
    assert form("any", [2, 0]) == [2, 0]
    assert form("any", [[0.5], [7]]) == [[0.5], [7]]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("target", [[1.5, 2.5], [[1.0, 2.0, 3.0, 4.0]] * 2, [1, 2]])
def test_a_target_of_any_shape_comes_in_the_dtype_of_the_prediction_if_it_is_of_floats(
    dtype, target
):
    seen = []
    loss = nnlib.Loss("own", lambda p, t: (seen.append(t), (0.0, p))[1], target="any")
    loss.function(np.zeros((2, 3), dtype), target)
    assert seen[0].dtype == (dtype if seen[0].dtype.kind == "f" else np.array(target).dtype)


@pytest.mark.parametrize(
    ("target", "options", "words"),
    [
        ([1.0], {}, r"^y must have as many rows as the prediction, \(2, 3\), got shape \(1,\)$"),
        (1.0, {}, r"as many rows as the prediction, \(2, 3\), got shape \(\)$"),
        ([1.0, math.nan], {}, r"^y must be finite, got nan at index \(1,\)"),
        (
            [[1.0], [0.0]],
            {"predict": np.sum},
            r"^y must have the shape of .*, got \(2, 1\): Loss\('own'\) has a predict$",
        ),
    ],
)
def test_a_target_of_any_shape_has_finite_numbers_for_each_row(target, options, words):
    loss = nnlib.Loss("own", lambda p, t: (0.0, p), target="any", **options)
    with pytest.raises(ValueError, match=words):
        loss.function(np.zeros((2, 3)), target)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"reduction": "none"}, ValueError, "reduction must be one of mean, sum"),
        ({"target": "soft"}, ValueError, "target must be one of same shape"),
        ({"value_and_gradient": 3}, TypeError, "value_and_gradient must be a function"),
    ],
)
def test_a_loss_that_makes_no_sense_is_refused(options, error, words):
    with pytest.raises(error, match=words):
        nnlib.Loss(**{"name": "own", "value_and_gradient": soft_cross_entropy, **options})


def test_a_loss_stays_as_it_is():
    with pytest.raises(AttributeError):
        LOSSES["mse"].reduction = "sum"


@pytest.mark.parametrize(
    ("name", "scores", "expected"),
    [
        ("binary_cross_entropy", [[0.5], [0.6]], [0, 1]),
        ("binary_cross_entropy_with_logits", [[0.0], [1.5]], [0, 1]),
        ("cross_entropy", [[0.5, 0.5], [0.4, 0.6]], [0, 1]),
        ("cross_entropy_with_logits", [[2.0, 2.0], [2.0, 3.0]], [0, 1]),
    ],
)
def test_of_equals_the_first_class_is_predicted(name, scores, expected):
    """As `accuracy` does, which the chapters use beside `fit`."""
    assert LOSSES[name].predict(np.array(scores)).tolist() == expected
    threshold = 0.5 if name == "binary_cross_entropy" else None
    assert nnlib.accuracy(scores, expected, threshold=threshold) == 1


def test_targets_beyond_the_range_of_the_prediction_are_refused():
    with pytest.raises(ValueError, match=r"y must fit into the prediction's float32, got 1e\+300"):
        nnlib.mse(np.ones(2, np.float32), [1.0, 1e300])


def test_labels_of_any_integers_are_taken():
    """Python in a browser has 32 bits, and its labels may have 64."""
    logits = np.array([[1.0, 0.0], [0.5, 2.0]])
    of = nnlib.LOSSES["cross_entropy_with_logits"].value_and_gradient
    expected = of(logits, np.array([1, 0]))
    for kind in (np.int8, np.uint64):
        loss, gradient = of(logits, np.array([1, 0], dtype=kind))
        assert loss == expected[0]
        np.testing.assert_array_equal(gradient, expected[1])


def absolute(prediction, y):
    residual = prediction - y
    return float(np.abs(residual).mean()), np.sign(residual) / residual.size


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda loss: pickle.loads(pickle.dumps(loss))])
@pytest.mark.parametrize(
    "loss",
    [*LOSSES.values(), nnlib.huber_loss(0.3), nnlib.Loss("absolute", absolute)],
    ids=lambda loss: loss.name,
)
def test_a_loss_can_be_copied_and_pickled(loss, copied):
    prediction = np.array([[0.25, 0.75], [0.5, 0.5]])
    y = np.array([1, 0]) if loss.target == "labels" else np.array([[0.0, 1.0], [1.0, 0.0]])
    twin = copied(loss)
    assert twin.function(prediction, y) == loss.function(prediction, y)
    np.testing.assert_array_equal(twin.derivative(prediction, y), loss.derivative(prediction, y))
    if loss.predict is not None:
        np.testing.assert_array_equal(twin.predict(prediction), loss.predict(prediction))


@pytest.mark.parametrize(
    ("value_and_gradient", "error", "words"),
    [
        (lambda p, y: 3.0, TypeError, "two things, the loss and its gradient, got float"),
        (lambda p, y: p, TypeError, "two things, the loss and its gradient, got ndarray"),
        (lambda p, y: (1.0, p, p), TypeError, "two things"),
        (lambda p, y: (p - y, p), ValueError, r"must be one number, got shape \(2, 1\)"),
        (lambda p, y: ("1", p), TypeError, r"the loss of Loss\('mine'\) must be"),
        (lambda p, y: (1.0, p.sum()), ValueError, r"the prediction, \(2, 1\), got \(\)"),
    ],
)
def test_a_loss_that_returns_something_else_says_so_before_the_first_step(
    value_and_gradient, error, words
):
    loss = nnlib.Loss("mine", value_and_gradient)
    model, X = nnlib.mlp([1, 1], rng=0), np.ones((2, 1))
    optimizer = nnlib.SGD(model.parameters(), lr=0.1)
    for use in (
        lambda: loss.function(X, X),
        lambda: loss.derivative(X, X),
        lambda: nnlib.check_model(model, X, X, loss=loss),
        lambda: nnlib.fit(
            model, X, X, loss=loss, optimizer=optimizer, epochs=1, evaluate_training=False
        ),
    ):
        with pytest.raises(error, match=words) as caught:
            use()
        assert "Loss('mine')" in str(caught.value)
    assert optimizer.step_count == 0
