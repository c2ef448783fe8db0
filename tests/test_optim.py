"""Gradient descent and the optimizers: by hand, on quadratics, and on the dosage network."""

from __future__ import annotations

import math

import numpy as np
import pytest

import nnlib
from nnlib import SGD, Adam, Parameter, gradient_descent

DOSAGE = nnlib.datasets.dosage()


def ssr_of_b3(b3):
    """The dosage network with all but its last bias fixed."""
    z = DOSAGE.X * [3.34, -3.53] + [-1.43, 0.57]
    return nnlib.ssr(nnlib.softplus(z) @ [[-1.22], [-2.30]] + b3, DOSAGE.y)


def slope_in_b3(b3):
    z = DOSAGE.X * [3.34, -3.53] + [-1.43, 0.57]
    prediction = nnlib.softplus(z) @ [[-1.22], [-2.30]] + b3
    return nnlib.ssr_derivative(prediction, DOSAGE.y).sum()


# -- Gradient descent -----------------------------------------------------------------------


def test_the_books_steps_of_b3():
    path = gradient_descent(slope_in_b3, 0.0, lr=0.1, loss=ssr_of_b3)
    b3 = path.points[:, 0]
    np.testing.assert_allclose(
        b3[:6], [0, 1.5655, 2.1917, 2.4422, 2.5424, 2.5825], rtol=0, atol=5e-5
    )
    assert round(b3[-1], 2) == 2.61
    assert path.stop_reason == "tolerance"


@pytest.mark.parametrize("lr", [0.01, 0.1, 0.2, 0.3, 0.4])
def test_each_step_multiplies_the_error_by_one_less_six_times_the_rate(lr):
    best = gradient_descent(slope_in_b3, 0.0, lr=1 / 6).points[1, 0]
    path = gradient_descent(slope_in_b3, 0.0, lr=lr, max_steps=10)
    error = path.points[:, 0] - best
    np.testing.assert_allclose(error[1:], (1 - 6 * lr) * error[:-1], rtol=1e-9, atol=1e-12)


def test_one_step_at_a_sixth_and_growth_above_a_third():
    once = gradient_descent(slope_in_b3, 0.0, lr=1 / 6)
    assert len(once.gradients) == 2  # the second step is the one that is found to be nothing
    assert abs(once.steps[1, 0]) < 1e-12

    def steps_to(lr):
        path = gradient_descent(slope_in_b3, 0.0, lr=lr, max_steps=200)
        return np.abs(path.steps[:, 0])

    assert (np.diff(steps_to(0.33)) < 0).all()
    assert (np.diff(steps_to(0.34)) > 0).all()
    np.testing.assert_allclose(steps_to(1 / 3), steps_to(1 / 3)[0], rtol=1e-12)


def test_divergence_ends_the_path_where_it_is_still_finite():
    path = gradient_descent(slope_in_b3, 0.0, lr=1.0, max_steps=1000, loss=ssr_of_b3)
    assert path.stop_reason == "diverged"
    assert len(path.gradients) < 1000
    for array in (path.points, path.gradients, path.steps, path.losses):
        assert np.isfinite(array).all()
    # Without a loss to overflow first, it is the point that overflows.
    assert len(gradient_descent(slope_in_b3, 0.0, lr=1.0).points) > len(path.points)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_slope_that_is_not_finite_is_a_divergence(bad):
    path = gradient_descent(lambda x: 2 * x if x > 0.5 else bad, 1.0, lr=0.25)
    assert path.stop_reason == "diverged"
    assert path.points[:, 0].tolist() == [1, 0.5]
    assert path.gradients[:, 0].tolist() == [2]


def test_a_loss_that_is_not_finite_is_a_divergence():
    path = gradient_descent(
        lambda x: 2 * x, 1.0, lr=0.25, loss=lambda x: math.nan if x < 0.5 else 1.0
    )
    assert path.stop_reason == "diverged"
    assert path.points[:, 0].tolist() == [1, 0.5]
    assert path.losses.tolist() == [1, 1]


def test_the_path_by_hand():
    path = gradient_descent(lambda x: 2 * x, 8.0, lr=0.25, max_steps=3, loss=lambda x: x**2)
    assert path.points.tolist() == [[8], [4], [2], [1]]
    assert path.gradients.tolist() == [[16], [8], [4]]
    assert path.steps.tolist() == [[4], [2], [1]]
    assert path.losses.tolist() == [64, 16, 4, 1]
    assert path.stop_reason == "max_steps"
    assert repr(path) == "Descent(steps=3, stop_reason='max_steps')"


def test_it_stops_after_the_first_step_shorter_than_the_tolerance():
    path = gradient_descent(lambda x: 2 * x, 8.0, lr=0.25, tolerance=1.0)
    assert path.steps[:, 0].tolist() == [4, 2, 1, 0.5]  # 1 is not below 1
    assert path.stop_reason == "tolerance"
    assert path.losses is None


def test_tolerance_zero_never_stops_it():
    path = gradient_descent(lambda x: 0.0 * x, 1.0, lr=1.0, tolerance=0, max_steps=7)
    assert len(path.gradients) == 7
    assert path.stop_reason == "max_steps"


def test_the_tolerance_is_compared_with_the_length_of_the_step():
    """Each component is 0.8, the step is longer than 1: the tolerance does not stop it."""
    path = gradient_descent(lambda x: 0 * x + 0.8, [0.0, 0.0], lr=1.0, tolerance=1.0, max_steps=5)
    assert path.stop_reason == "max_steps"
    path = gradient_descent(lambda x: 0 * x - 0.8, [0.0], lr=1.0, tolerance=1.0, max_steps=5)
    assert path.stop_reason == "tolerance"
    assert len(path.gradients) == 1


def test_defaults():
    path = gradient_descent(lambda x: 1e-4 * x, 1.0, lr=1.0, tolerance=0)
    assert len(path.gradients) == 1000
    path = gradient_descent(lambda x: 2 * x, 1.0, lr=0.25)
    assert 0.5e-6 <= path.steps[-1, 0] < 1e-6


def test_several_dimensions():
    curvature = np.array([1.0, 10.0])
    path = gradient_descent(
        lambda x: curvature * x, [3, -2], lr=0.15, loss=lambda x: 0.5 * np.sum(curvature * x**2)
    )
    steps = np.arange(len(path.points))
    for i, start in enumerate([3, -2]):
        expected = start * (1 - 0.15 * curvature[i]) ** steps
        np.testing.assert_allclose(path.points[:, i], expected, rtol=1e-9, atol=1e-15)
    assert path.gradients.shape == path.steps.shape == (len(steps) - 1, 2)
    np.testing.assert_allclose(path.gradients, curvature * path.points[:-1])
    assert path.losses.shape == (len(steps),)
    assert (np.diff(path.losses) < 0).all()
    np.testing.assert_allclose(path.points[-1], 0, atol=1e-5)


def test_the_start_is_not_changed():
    start = np.array([1.0, 2.0])
    gradient_descent(lambda x: x, start, lr=0.1, max_steps=3)
    assert start.tolist() == [1, 2]


def test_one_number_stays_one_number_for_the_functions():
    seen = []

    def gradient(x):
        seen.append(np.shape(x))
        return 2 * x

    gradient_descent(gradient, 1.0, lr=0.1, max_steps=2)
    gradient_descent(gradient, [1.0], lr=0.1, max_steps=2)
    assert seen == [(), (), (1,), (1,)]


# -- SGD and Adam ---------------------------------------------------------------------------


def one_parameter(value=1.0, grad=None, dtype=np.float64):
    parameter = Parameter(np.array([value], dtype))
    parameter.grad = None if grad is None else np.array([grad], dtype)
    return parameter


def run(make, gradients, start=1.0):
    """Values of one parameter that is given these gradients in turn."""
    parameter = one_parameter(start)
    optimizer = make([parameter])
    values = []
    for gradient in gradients:
        optimizer.zero_grad()
        parameter.add_grad(np.array([gradient(parameter.value[0])]))
        optimizer.step()
        values.append(parameter.value[0])
    return values


def constant(*numbers):
    return [lambda value, number=number: number for number in numbers]


def test_sgd_subtracts_rate_times_gradient():
    assert run(lambda p: SGD(p, lr=0.5), constant(1, 2, -4)) == [0.5, -0.5, 1.5]


def test_momentum_remembers_the_gradients_before():
    """v = 1, 0.25 + 1 = 1.25, 0.3125 + 0 = 0.3125."""
    values = run(lambda p: SGD(p, lr=1.0, momentum=0.25), constant(1, 1, 0), start=0.0)
    assert values == [-1, -2.25, -2.5625]


def test_weight_decay_adds_a_share_of_the_value():
    values = run(lambda p: SGD(p, lr=0.5, weight_decay=0.5), constant(0, 1), start=4.0)
    assert values == [3, 3 - 0.5 * (1 + 1.5)]


def test_weight_decay_enters_the_velocity():
    values = run(
        lambda p: SGD(p, lr=0.5, momentum=0.5, weight_decay=0.5), constant(0, 0), start=4.0
    )
    assert values == [3, 3 - 0.5 * (0.5 * 2 + 1.5)]


def test_adams_first_step_is_the_rate_whatever_the_gradient():
    for gradient in (1e-3, 1.0, -1e5):
        (value,) = run(lambda p: Adam(p, lr=0.1), constant(gradient), start=0.0)
        assert math.isclose(value, -0.1 * np.sign(gradient), rel_tol=2e-5)


def test_adam_by_its_formula():
    """beta_1 = 1/2, beta_2 = 3/4, eps = 1/8, gradients 2 and 4."""
    values = run(lambda p: Adam(p, lr=1.0, betas=(0.5, 0.75), eps=0.125), constant(2, 4), start=0.0)
    first = -(1 / 0.5) / (math.sqrt(1 / 0.25) + 0.125)
    second = first - (2.5 / 0.75) / (math.sqrt(4.75 / 0.4375) + 0.125)
    np.testing.assert_allclose(values, [first, second], rtol=1e-14)


def test_adams_weight_decay_shortens_a_value_whatever_its_gradients_are():
    """With gradients of 0 each step leaves 1 - 0.5 * 0.25 of it."""
    values = run(lambda p: Adam(p, lr=0.5, weight_decay=0.25), constant(0, 0, 0), start=8.0)
    assert values == [7, 6.125, 5.359375]


def test_adams_weight_decay_by_its_formula():
    values = run(
        lambda p: Adam(p, lr=1.0, betas=(0.5, 0.75), eps=0.125, weight_decay=0.25),
        constant(2, 4),
        start=8.0,
    )
    first = 6 - (1 / 0.5) / (math.sqrt(1 / 0.25) + 0.125)
    second = 0.75 * first - (2.5 / 0.75) / (math.sqrt(4.75 / 0.4375) + 0.125)
    np.testing.assert_allclose(values, [first, second], rtol=1e-14)


def test_adams_defaults():
    optimizer = Adam([one_parameter()])
    assert (optimizer.lr, tuple(optimizer.betas), optimizer.eps) == (1e-3, (0.9, 0.999), 1e-8)
    assert optimizer.weight_decay == 0
    assert repr(optimizer) == "Adam(lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.0)"
    assert repr(SGD([one_parameter()], lr=0.5)) == "SGD(lr=0.5, momentum=0.0, weight_decay=0.0)"


@pytest.mark.parametrize(
    "make",
    [
        lambda p: SGD(p, lr=0.1),
        lambda p: SGD(p, lr=0.02, momentum=0.8),
        lambda p: SGD(p, lr=0.1, momentum=0.5),
        lambda p: Adam(p, lr=0.05),
    ],
    ids=["sgd", "momentum", "more momentum", "adam"],
)
def test_optimizers_find_the_bottom_of_a_bowl(make):
    values = run(make, [lambda x: 2 * (x - 3)] * 600, start=-1.0)
    assert abs(values[-1] - 3) < 1e-3


def test_each_parameter_moves_by_its_own_gradient_within_its_own_array():
    first, second = Parameter([1.0, 2.0]), Parameter([[3.0]])
    arrays = first.value, second.value
    optimizer = SGD([first, second], lr=1.0)
    first.grad, second.grad = np.array([1.0, 0.0]), np.array([[5.0]])
    optimizer.step()
    assert first.value.tolist() == [0, 2]
    assert second.value.tolist() == [[-2]]
    assert first.value is arrays[0]
    assert second.value is arrays[1]


@pytest.mark.parametrize(
    "make", [lambda p: SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1), lambda p: Adam(p, lr=0.1)]
)
def test_a_step_leaves_the_gradient_alone_and_keeps_float32(make):
    parameter = one_parameter(1.0, 2.0, np.float32)
    optimizer = make([parameter])
    for _ in range(3):
        optimizer.step()
    assert parameter.grad.tolist() == [2]
    assert parameter.value.dtype == np.float32
    for state in vars(optimizer).values():
        if isinstance(state, list) and isinstance(state[0], np.ndarray):
            assert state[0].dtype == np.float32


def test_zero_grad_forgets():
    parameter = one_parameter(1.0, 2.0)
    SGD([parameter], lr=0.1).zero_grad()
    assert parameter.grad is None


@pytest.mark.parametrize("make", [lambda p: SGD(p, lr=0.25), lambda p: Adam(p, lr=0.25)])
def test_the_rate_may_change_between_steps(make):
    parameter = one_parameter(0.0, 1.0)
    optimizer = make([parameter])
    optimizer.step()
    before = parameter.value[0]
    optimizer.lr = 0.5
    assert optimizer.lr == 0.5
    optimizer.step()
    np.testing.assert_allclose(parameter.value[0] - before, 2 * before, rtol=1e-6)


@pytest.mark.parametrize("make", [lambda p: SGD(p, lr=0.1), lambda p: Adam(p, lr=0.1)])
def test_a_step_that_was_refused_leaves_no_trace(make):
    refused, fresh = one_parameter(1.0), one_parameter(1.0)
    optimizers = make([refused]), make([fresh])
    with pytest.raises(RuntimeError, match="backward before step"):
        optimizers[0].step()
    assert refused.value.tolist() == [1]
    for parameter, optimizer in zip((refused, fresh), optimizers, strict=True):
        for gradient in (1.0, 3.0):
            parameter.grad = np.array([gradient])
            optimizer.step()
    assert refused.value.tolist() == fresh.value.tolist()


@pytest.mark.parametrize("make", [lambda p: SGD(p, lr=0.1), lambda p: Adam(p, lr=0.1)])
def test_a_step_with_one_gradient_missing_moves_nothing(make):
    with_gradient, without = one_parameter(1.0, 2.0), one_parameter(1.0)
    optimizer = make([with_gradient, without])
    with pytest.raises(RuntimeError, match="backward before step"):
        optimizer.step()
    assert with_gradient.value.tolist() == [1]


# -- Hyperparameters that change ------------------------------------------------------------------


def steps_of(optimizer, gradients):
    """Values of the only parameter after each gradient."""
    (parameter,) = optimizer.parameters
    found = []
    for gradient in gradients:
        parameter.grad = [gradient]
        optimizer.step()
        found.append(parameter.value.item())
    return found


def test_momentum_that_is_set_later_acts_from_then_on():
    optimizer = SGD([Parameter([0.0])], lr=1)
    assert steps_of(optimizer, [1.0]) == [-1]
    optimizer.momentum = 0.5
    assert steps_of(optimizer, [1.0, 1.0]) == [-2, -3.5]
    optimizer.weight_decay = 1.0
    optimizer.momentum = 0.0
    assert steps_of(optimizer, [0.0]) == [0]


def test_betas_and_eps_that_are_set_later_act():
    first, second = Adam([Parameter([0.0])], lr=1), Adam([Parameter([0.0])], lr=1)
    second.betas = 0.0, 0.0
    second.eps = 1.0
    assert steps_of(second, [1.0]) == [-0.5]
    assert steps_of(first, [1.0]) != [-0.5]


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("lr", 0, ValueError),
        ("lr", "a", TypeError),
        ("momentum", 7, ValueError),
        ("momentum", 1.0, ValueError),
        ("weight_decay", -1e-9, ValueError),
        ("betas", (0.9,), ValueError),
        ("betas", (0.9, 1.0), ValueError),
        ("eps", 0, ValueError),
    ],
)
def test_a_bad_hyperparameter_is_refused_whenever_it_is_set(name, value, error):
    made = [make([Parameter([0.0])], lr=0.1) for make in (SGD, Adam)]
    having = [optimizer for optimizer in made if hasattr(optimizer, name)]
    assert having
    for optimizer in having:
        before = getattr(optimizer, name)
        with pytest.raises(error, match=f"{name} must"):
            setattr(optimizer, name, value)
        assert getattr(optimizer, name) == before


def test_an_optimizer_of_ones_own_needs_one_method():
    class SignDescent(nnlib.Optimizer):
        def update(self, theta, gradient, part):
            theta -= self.lr * np.sign(gradient)

    optimizer = SignDescent([Parameter([0.0])], lr=0.5)
    assert steps_of(optimizer, [3.0, -7.0]) == [-0.5, 0]
    assert repr(optimizer) == "SignDescent(lr=0.5)"


def test_descents_compare_by_their_numbers():
    def descent(lr):
        return nnlib.gradient_descent(lambda x: 2 * x, [1.0, 2.0], lr=lr, max_steps=3)

    assert descent(0.1) == descent(0.1)
    assert descent(0.1) != descent(0.2)
    assert descent(0.1) != "descent"


def test_a_descent_records_numbers_and_not_the_arrays_of_its_gradient():
    kept = np.zeros(1)

    def gradient(point):
        kept[:] = 2 * point
        point[:] = 7
        return kept

    descent = nnlib.gradient_descent(gradient, [8.0], lr=0.25, max_steps=3)
    assert descent.gradients.ravel().tolist() == [16, 8, 4]
    assert descent.points.ravel().tolist() == [8, 4, 2, 1]
