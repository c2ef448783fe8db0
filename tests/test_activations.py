"""Activations and softmax: against 60 digits, JAX, finite differences, and their own identities."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from oracles import high_precision, jax_reference

import nnlib
from nnlib import ACTIVATIONS

EPS = 2.0**-52
SMALLEST = 5e-324
POINTS = high_precision.points()
EXACT = {
    "softplus": high_precision.softplus,
    "softplus_derivative": high_precision.sigmoid,
    "sigmoid": high_precision.sigmoid,
    "sigmoid_derivative": high_precision.sigmoid_derivative,
    "tanh": high_precision.tanh,
    "tanh_derivative": high_precision.tanh_derivative,
    "gelu": high_precision.gelu,
    "gelu_derivative": high_precision.gelu_derivative,
}
LEAST_UNIT = {
    "gelu": 20 * SMALLEST,  # z times a subnormal number that has been rounded
    "gelu_derivative": EPS / 8,  # it goes through 0 as the difference of two numbers around 0.2
}
FUNCTIONS = [
    pytest.param(f, id=f.__name__)
    for activation in ACTIVATIONS.values()
    for f in (activation.function, activation.derivative)
]
LOGITS = arrays(np.float64, st.integers(1, 6), elements=st.floats(-700, 700))
finite = st.floats(-1e300, 1e300)


# -- Against 60 digits ----------------------------------------------------------------------


@pytest.mark.parametrize("name", EXACT)
def test_within_four_ulps_everywhere(name):
    least = LEAST_UNIT.get(name, 0.0)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        computed = getattr(nnlib, name)(POINTS)
    errors = [
        high_precision.ulps(value, EXACT[name](high_precision.mp.mpf(float(z))), least)
        for z, value in zip(POINTS, computed, strict=True)
    ]
    worst = int(np.argmax(errors))
    assert errors[worst] <= 4, f"{errors[worst]} ulps at z = {POINTS[worst]!r}"


@pytest.mark.parametrize("name", EXACT)
def test_float32_within_eight_ulps(name):
    z = np.concatenate([np.linspace(-80, 80, 2001), np.linspace(-1, 1, 801)]).astype(np.float32)
    computed, exact = getattr(nnlib, name)(z), getattr(nnlib, name)(z.astype(np.float64))
    assert computed.dtype == np.float32
    normal = np.abs(exact) > np.finfo(np.float32).tiny
    error = np.abs(computed - exact) / np.spacing(np.abs(exact).astype(np.float32))
    assert error[normal].max() <= 8
    assert np.abs(computed[~normal]).max(initial=0) <= np.finfo(np.float32).tiny


def test_relu_is_exact():
    np.testing.assert_array_equal(nnlib.relu(POINTS), [z if z > 0 else 0 for z in POINTS])
    np.testing.assert_array_equal(nnlib.relu_derivative(POINTS), [float(z > 0) for z in POINTS])


@pytest.mark.parametrize("slope", [0.01, 0.3, 1.0, 1])
def test_leaky_relu_is_exact(slope):
    np.testing.assert_array_equal(
        nnlib.leaky_relu(POINTS, slope), [z if z > 0 else slope * z for z in POINTS]
    )
    np.testing.assert_array_equal(
        nnlib.leaky_relu_derivative(POINTS, slope), [1 if z > 0 else slope for z in POINTS]
    )


def test_leaky_relu_slopes_by_0_01_unless_told_otherwise():
    assert nnlib.leaky_relu(-2.0) == -0.02
    assert nnlib.leaky_relu_derivative(-2.0) == 0.01
    assert nnlib.leaky_relu_derivative(0.0) == 0.01


def test_conventions_at_the_corner():
    assert nnlib.relu_derivative([0.0, -0.0]).tolist() == [0, 0]
    assert nnlib.relu([0.0]).tolist() == [0]


@pytest.mark.parametrize(
    ("name", "at_minus_infinity", "at_infinity"),
    [
        ("relu", 0, math.inf),
        ("relu_derivative", 0, 1),
        ("leaky_relu", -math.inf, math.inf),
        ("leaky_relu_derivative", 0.01, 1),
        ("softplus", 0, math.inf),
        ("softplus_derivative", 0, 1),
        ("sigmoid", 0, 1),
        ("sigmoid_derivative", 0, 0),
        ("tanh", -1, 1),
        ("tanh_derivative", 0, 0),
        ("gelu", 0, math.inf),
        ("gelu_derivative", 0, 1),
    ],
)
def test_infinities_and_nan_pass_through(name, at_minus_infinity, at_infinity):
    f = getattr(nnlib, name)
    assert f(-math.inf) == at_minus_infinity
    assert f(math.inf) == at_infinity
    assert np.isnan(f(math.nan))
    mixed = f(np.array([math.nan, 1.0]))
    assert np.isnan(mixed[0])
    assert mixed[1] == f(1.0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_largest_number_is_no_special_case(dtype):
    largest = np.finfo(dtype).max
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        for activation in ACTIVATIONS.values():
            np.testing.assert_array_equal(
                activation.derivative(np.array([-largest, largest])),
                activation.derivative(np.array([-np.inf, np.inf], dtype)),
            )
            assert np.isfinite(activation.function(np.array([-largest, largest]))).all()
        assert nnlib.softmax(np.array([largest, -largest])).tolist() == [1, 0]
        assert nnlib.log_softmax(np.array([largest, -largest])).tolist() == [0, -np.inf]


# -- Shapes and dtypes ----------------------------------------------------------------------


@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 3)])
def test_shape_and_dtype_are_kept_and_the_argument_is_not_touched(f, dtype, shape):
    z = np.random.default_rng(0).normal(size=shape).astype(dtype).reshape(shape)
    before = z.copy()
    result = f(z)
    assert np.shape(result) == shape
    assert result.dtype == dtype
    np.testing.assert_array_equal(z, before)
    assert not np.shares_memory(result, z)


@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("z", [2, -2, [1, -2], [True, False], np.array([1, -2], dtype=np.int8)])
def test_numbers_lists_and_integers_are_computed_in_float64(f, z):
    result = f(z)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, f(np.asarray(z, dtype=float)))


@pytest.mark.parametrize("f", [nnlib.softmax, nnlib.log_softmax, nnlib.softmax_jacobian])
def test_softmax_keeps_float32_and_takes_lists_of_integers(f):
    assert f(np.array([1, 2, 3], np.float32)).dtype == np.float32
    np.testing.assert_array_equal(f([1, 2, 3]), f(np.array([1.0, 2.0, 3.0])))


def test_the_table_holds_every_activation_under_its_own_name():
    assert {"relu", "leaky_relu", "softplus", "sigmoid", "tanh", "gelu"} <= ACTIVATIONS.keys()
    for name, activation in ACTIVATIONS.items():
        assert activation.name == name
        assert activation.function is getattr(nnlib, name)
        assert activation.derivative is getattr(nnlib, f"{name}_derivative")
        assert activation.latex
        assert repr(activation) == f"Activation('{name}')"


# -- Derivatives ----------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_derivative_against_central_differences(activation):
    z = np.linspace(-4, 4, 41) + 0.013  # clear of the corner at 0
    nnlib.check_gradient(lambda z: activation.function(z).sum(), activation.derivative, z)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_function_and_derivative_against_jax(activation):
    z = np.linspace(-30, 30, 241) + 0.013
    reference = jax_reference.ACTIVATIONS[activation.name]
    np.testing.assert_allclose(activation.function(z), reference(z), rtol=1e-10, atol=0)
    slopes = jax.vmap(jax.grad(reference))(jnp.asarray(z))
    # JAX computes 1 - tanh² with its cancellation, hence the absolute part.
    np.testing.assert_allclose(activation.derivative(z), slopes, rtol=1e-10, atol=1e-14)


def test_leaky_derivative_with_another_slope():
    z = np.array([-2.0, -0.3, 0.4, 5.0])
    nnlib.check_gradient(
        lambda z: nnlib.leaky_relu(z, 0.2).sum(), lambda z: nnlib.leaky_relu_derivative(z, 0.2), z
    )


# -- Softmax against 60 digits --------------------------------------------------------------


def logits() -> list[np.ndarray]:
    rng = np.random.default_rng(7)
    drawn = [
        rng.normal(0, scale, rng.integers(1, 7)) for scale in (1e-8, 0.1, 1, 10, 100, 300) * 12
    ]
    return [
        *drawn,
        np.array([1.43, -0.40, 0.23]),
        np.array([1000.0, -1000.0, 0.0]),
        np.array([0.0, 0.0]),
        np.array([40.0, 0.0]),
        np.array([0.0, 700.0, 699.0]),
        np.array([1e300, -1e300, 0.0]),
        np.array([-1e300, -1e300]),
        np.array([1e300, 1e300, 1e300]),
        np.array([5e-324, 0.0]),
        np.array([3.0]),
        np.array([745.0, 0.0, 10.0]),
    ]


@pytest.mark.parametrize("z", logits(), ids=lambda z: f"{z.size}")
def test_softmax_within_its_bound(z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        p = nnlib.softmax(z)
    for entry, computed, exact in zip(z, p, high_precision.softmax(z), strict=True):
        bound = (4 + (z.max() - entry)) * EPS
        error = abs(high_precision.mp.mpf(float(computed)) - exact)
        assert error <= bound * exact + 2 * SMALLEST


@pytest.mark.parametrize("z", logits(), ids=lambda z: f"{z.size}")
def test_log_softmax_keeps_its_relative_precision(z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        computed = nnlib.log_softmax(z)
    gap = (np.sort(z)[-1] - np.sort(z)[-2]) if z.size > 1 else 0.0
    bound = (8 + min(gap, 750.0)) * EPS
    for value, exact in zip(computed, high_precision.log_softmax(z), strict=True):
        error = abs(high_precision.mp.mpf(float(value)) - exact)
        assert error <= bound * abs(exact) + 2 * SMALLEST


def test_log_softmax_of_a_dominant_class_is_not_zero():
    computed = nnlib.log_softmax([40.0, 0.0])
    np.testing.assert_allclose(computed[0], -math.exp(-40), rtol=1e-14)
    assert computed[1] == -40


@pytest.mark.parametrize("z", logits(), ids=lambda z: f"{z.size}")
def test_softmax_jacobian_entry_by_entry(z):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        jacobian = nnlib.softmax_jacobian(z)
    p = high_precision.softmax(z)
    bound = 4 * (4 + min(z.max() - z.min(), 750.0)) * EPS
    for i, j in np.ndindex(jacobian.shape):
        if i == j:
            exact = p[i] * high_precision.mp.fsum(p[k] for k in range(z.size) if k != i)
        else:
            exact = -p[i] * p[j]
        error = abs(high_precision.mp.mpf(float(jacobian[i, j])) - exact)
        assert error <= bound * abs(exact) + 20 * SMALLEST, (i, j)


def test_softmax_of_infinite_logits():
    assert nnlib.softmax([-np.inf, 0.0]).tolist() == [0, 1]
    assert nnlib.log_softmax([-np.inf, 0.0]).tolist() == [-np.inf, 0]
    assert nnlib.softmax_jacobian([-np.inf, 0.0]).tolist() == [[0, 0], [0, 0]]


@pytest.mark.parametrize(
    "row",
    [[np.nan, 0.0], [np.inf, 0.0], [np.inf, np.inf, 0.0], [-np.inf, -np.inf], [np.nan], [np.inf]],
    ids=str,
)
def test_a_row_without_softmax_is_nan_and_its_neighbor_is_not(row):
    z = np.array([row, [0.0] * len(row)])
    for f in (nnlib.softmax, nnlib.log_softmax, nnlib.softmax_jacobian):
        result = f(z)
        assert np.isnan(result[0]).all(), f.__name__
        np.testing.assert_array_equal(result[1], f(z[1]))


def test_the_books_three_logits():
    np.testing.assert_allclose(
        nnlib.softmax([1.43, -0.40, 0.23]), [0.684, 0.110, 0.206], rtol=0, atol=5e-4
    )


def test_softmax_along_another_axis():
    z = np.random.default_rng(0).normal(size=(2, 3, 4))
    for f in (nnlib.softmax, nnlib.log_softmax):
        np.testing.assert_array_equal(f(z, axis=1)[1, :, 2], f(z[1, :, 2]))
        np.testing.assert_array_equal(f(z, axis=0), f(z, axis=-3))
        np.testing.assert_array_equal(f(z), f(z, axis=2))


def test_softmax_jacobian_of_a_batch_is_one_matrix_a_row():
    z = np.random.default_rng(0).normal(size=(4, 3))
    batch = nnlib.softmax_jacobian(z)
    assert batch.shape == (4, 3, 3)
    for row, jacobian in zip(z, batch, strict=True):
        np.testing.assert_array_equal(nnlib.softmax_jacobian(row), jacobian)


def test_softmax_jacobian_against_jax_and_central_differences():
    z = np.array([1.43, -0.40, 0.23, 2.0])
    jacobian = nnlib.softmax_jacobian(z)
    np.testing.assert_allclose(jacobian, jax.jacobian(jax.nn.softmax)(z), rtol=0, atol=1e-15)
    for i in range(z.size):
        nnlib.check_gradient(lambda z, i=i: nnlib.softmax(z)[i], lambda z, i=i: jacobian[i], z)


# -- Identities -----------------------------------------------------------------------------


@given(LOGITS)
def test_softmax_is_a_distribution(z):
    p = nnlib.softmax(z)
    assert ((p >= 0) & (p <= 1)).all()
    assert abs(p.sum() - 1) <= 8 * EPS
    assert p[z.argmax()] == p.max()


@given(LOGITS, st.integers(-1000, 1000))
def test_softmax_is_the_same_after_a_shift(z, shift):
    z = np.round(z * 1024) / 1024  # so that adding an integer is exact
    np.testing.assert_array_equal(nnlib.softmax(z + shift), nnlib.softmax(z))
    np.testing.assert_array_equal(nnlib.log_softmax(z + shift), nnlib.log_softmax(z))


@given(LOGITS, st.randoms(use_true_random=False))
def test_softmax_does_not_care_for_the_order(z, random):
    order = random.sample(range(z.size), z.size)
    np.testing.assert_allclose(nnlib.softmax(z[order]), nnlib.softmax(z)[order], rtol=8 * EPS)


@given(LOGITS)
def test_log_softmax_is_the_logarithm_of_softmax(z):
    p = nnlib.softmax(z)
    assert (nnlib.log_softmax(z) <= 0).all()
    likely = p > 1e-300
    np.testing.assert_allclose(
        nnlib.log_softmax(z)[likely], np.log(p[likely]), rtol=1e-12, atol=1e-13
    )


@given(arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 6)), elements=finite))
def test_jacobian_is_symmetric_and_its_rows_sum_to_zero(z):
    jacobian = nnlib.softmax_jacobian(z)
    np.testing.assert_array_equal(jacobian, np.swapaxes(jacobian, 1, 2))
    np.testing.assert_allclose(jacobian.sum(axis=-1), 0, atol=4 * EPS)


def test_jacobian_has_rank_one_less_than_the_number_of_classes():
    assert np.linalg.matrix_rank(nnlib.softmax_jacobian([1.43, -0.40, 0.23])) == 2


@given(finite)
def test_sigmoid_is_symmetric(z):
    assert abs(nnlib.sigmoid(z) + nnlib.sigmoid(-z) - 1) <= EPS
    assert nnlib.sigmoid_derivative(z) == nnlib.sigmoid_derivative(-z)


@given(finite)
def test_softplus_of_z_less_that_of_minus_z_is_z(z):
    assert math.isclose(nnlib.softplus(z) - nnlib.softplus(-z), z, rel_tol=4 * EPS, abs_tol=2 * EPS)


@given(finite)
def test_tanh_is_odd_and_a_stretched_sigmoid(z):
    assert nnlib.tanh(-z) == -nnlib.tanh(z)
    assert abs(nnlib.tanh(z) - (2 * nnlib.sigmoid(2 * z) - 1)) <= 4 * EPS
    assert nnlib.tanh_derivative(z) == nnlib.tanh_derivative(-z)


@given(finite)
def test_relu_is_what_is_left_of_leaky_relu_and_softplus_lies_above(z):
    assert nnlib.relu(z) - nnlib.relu(-z) == z
    assert nnlib.leaky_relu(z, 1) == z
    assert nnlib.relu(z) <= nnlib.softplus(z) <= nnlib.relu(z) + math.log(2) * (1 + EPS)


@given(finite)
def test_gelu_lies_a_little_below_relu_on_both_sides_alike(z):
    assert nnlib.relu(z) - 0.17 <= nnlib.gelu(z) <= nnlib.relu(z)
    assert math.isclose(nnlib.gelu(z) - nnlib.gelu(-z), z, rel_tol=4 * EPS, abs_tol=SMALLEST)
    slopes = nnlib.gelu_derivative([z, -z])
    assert abs(slopes.sum() - 1) <= 4 * EPS
    assert (np.abs(slopes - 0.5) <= 0.63).all()


def test_a_tiny_gelu_keeps_its_digits():
    """Far out the slope is nearly z times the value: no part of either is rounded away."""
    z = np.array([-20.0, -30.0, -37.0])
    ratio = nnlib.gelu_derivative(z) / nnlib.gelu(z)
    np.testing.assert_allclose(ratio, -z, rtol=0.004)
    assert (nnlib.gelu(z) < 0).all()


NEVER_FALL = [
    name
    for name, activation in ACTIVATIONS.items()
    if (np.diff(activation.function(np.linspace(-5, 5, 101))) >= 0).all()  # unlike GELU
]


@pytest.mark.parametrize("name", NEVER_FALL)
@given(z=st.lists(finite, min_size=2, max_size=2).map(sorted))
def test_activations_never_fall(name, z):
    activation = ACTIVATIONS[name]
    low, high = activation.function(z)
    slack = 4 * np.spacing(max(abs(low), abs(high)))  # neighbors may round either way
    assert low <= high + slack
    assert (activation.derivative(z) >= 0).all()
    assert (activation.derivative(z) <= 1 + 4 * EPS).all()


@given(st.floats(-700, 700))
def test_sigmoid_is_the_softmax_of_two_classes(z):
    np.testing.assert_allclose(nnlib.softmax([z, 0])[0], nnlib.sigmoid(z), rtol=1e-12)


# -- Numbers of the book --------------------------------------------------------------------


def test_ten_sigmoids_shrink_a_gradient_and_well_chosen_weights_do_not():
    def product(weight, bias, a):
        factors = []
        for _ in range(10):
            z = weight * a + bias
            factors.append(weight * nnlib.sigmoid_derivative(z))
            a = nnlib.sigmoid(z)
        return factors

    np.testing.assert_allclose(np.prod(product(1, 0, 0.5)), 3.5e-7, atol=0.05e-7)
    assert product(4, -2, 0.5) == [1.0] * 10


def test_softplus_does_not_overflow_at_a_thousand():
    assert nnlib.softplus(1000.0) == 1000
    assert nnlib.softplus(-1000.0) == 0
