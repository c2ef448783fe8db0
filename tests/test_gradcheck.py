"""The gradient checks: exact where they should agree, and loud about every planted mistake."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
import pytest

import nnlib
from nnlib import GradientError, Linear, Sequential, check_gradient, check_model, numerical_gradient

# -- Numerical gradients --------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3)])
def test_numerical_gradient_of_a_cubic(shape):
    x = np.linspace(0.5, 2, int(np.prod(shape))).reshape(shape)
    gradient = numerical_gradient(lambda x: np.sum(x**3), x)
    assert gradient.shape == shape
    assert gradient.dtype == np.float64
    np.testing.assert_allclose(gradient, 3 * x**2, rtol=1e-8)


def test_the_difference_is_central():
    """A one-sided difference of x² at 0 would be the step itself, and not 0."""
    assert numerical_gradient(lambda x: float(x[0] ** 2), [0.0], eps=0.5).tolist() == [0]
    # The central difference of x³ is off by the step squared.
    np.testing.assert_allclose(numerical_gradient(lambda x: x**3, 0.0, eps=0.5), 0.25)


def test_the_step_grows_with_the_entry():
    steps = []

    def f(x):
        steps.append(abs(x[0] - 1e6))
        return float(x[0])

    np.testing.assert_allclose(numerical_gradient(f, [1e6]), 1, rtol=1e-9)
    np.testing.assert_allclose(steps, 1, rtol=1e-9)


def test_the_point_is_moved_in_one_entry_at_a_time_and_left_as_it_was():
    x, moved = np.array([1.0, 2.0, 3.0]), []

    def f(z):
        moved.append(int((z != [1, 2, 3]).sum()))
        z[:] = 0  # a careless function
        return 0.0

    numerical_gradient(f, x)
    assert moved == [1] * 6
    assert x.tolist() == [1, 2, 3]


def test_float32_and_integers_are_checked_in_float64():
    np.testing.assert_allclose(numerical_gradient(lambda x: x @ x, [1, 2]), [2, 4], rtol=1e-8)
    x = np.array([0.1, 0.2], np.float32)
    np.testing.assert_allclose(numerical_gradient(lambda x: x @ x, x), 2.0 * x, rtol=1e-8)


# -- check_gradient -------------------------------------------------------------------------

W = np.array([[1.0, 2.0, -1.0], [0.5, -3.0, 2.0], [4.0, 0.0, 1.0]])
X = np.array([1.0, -2.0, 0.5])


def mean_of_squares(x):
    return np.mean((W @ x) ** 2)


def its_gradient(x):
    return 2 / 3 * W.T @ (W @ x)


def test_a_right_gradient_passes():
    check_gradient(mean_of_squares, its_gradient, X)
    check_gradient(lambda x: 7.0, lambda x: np.zeros(3), X)  # nothing but rounding
    check_gradient(lambda x: 1e9 + x[0], lambda x: np.array([1.0, 0, 0]), X, rtol=1e-6)


def flip_one(x):
    wrong = its_gradient(x)
    wrong[1] *= -1
    return wrong


MISTAKES = {
    "missing minus": lambda x: -its_gradient(x),
    "factor 2": lambda x: its_gradient(x) / 2,
    "sum for mean": lambda x: 3 * its_gradient(x),
    "transposed weights": lambda x: 2 / 3 * W @ (W @ x),
    "one sign": flip_one,
    "one percent": lambda x: 1.01 * its_gradient(x),
    "ten times the tolerance": lambda x: (1 + 1e-5) * its_gradient(x),
    "zero": lambda x: 0 * x,
    "not a number": lambda x: x * np.nan,
    "one not a number": lambda x: np.array([np.nan, *its_gradient(x)[1:]]),
    "infinite": lambda x: x * np.inf,
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_every_planted_mistake_is_found(mistake):
    with pytest.raises(GradientError):
        check_gradient(mean_of_squares, mistake, X)


@pytest.mark.parametrize("scale", [1e-12, 1e12])
def test_a_mistake_is_found_at_any_scale(scale):
    def scaled(x):
        return scale * mean_of_squares(x)

    check_gradient(scaled, lambda x: scale * its_gradient(x), X)
    with pytest.raises(GradientError):
        check_gradient(scaled, lambda x: 1.001 * scale * its_gradient(x), X)


def test_the_worst_entry_is_named_with_both_values():
    def wrong(x):
        return its_gradient(x) + np.array([0.001, 1.0, 0.01])

    right = its_gradient(X)
    with pytest.raises(GradientError) as error:
        check_gradient(mean_of_squares, wrong, X)
    message = str(error.value)
    assert "wrong in 3 of 3 entries" in message
    assert "(1,)" in message
    assert f"analytic {right[1] + 1:.6g}"[:14] in message
    assert f"numerical {right[1]:.6g}"[:14] in message


def test_entries_that_agree_are_not_counted():
    with pytest.raises(GradientError, match=r"wrong in 1 of 3 entries; the worst is \(1,\)"):
        check_gradient(mean_of_squares, flip_one, X)


@pytest.mark.parametrize("f", [lambda x: np.nan, lambda x: np.inf, lambda x: np.inf * (x[0] > 1)])
def test_a_function_that_is_not_finite_is_not_passed(f):
    with np.errstate(invalid="ignore"), pytest.raises(GradientError):
        check_gradient(f, lambda x: np.zeros(3), X)


def test_the_tolerance_can_be_chosen():
    def slightly_wrong(x):
        return (1 + 1e-4) * its_gradient(x)

    check_gradient(mean_of_squares, slightly_wrong, X, rtol=1e-3)
    with pytest.raises(GradientError):
        check_gradient(mean_of_squares, slightly_wrong, X, rtol=1e-5)


def test_the_gradient_cannot_spoil_the_point():
    def careless(x):
        result = its_gradient(x)
        x[:] = 0
        return result

    check_gradient(mean_of_squares, careless, X)


def test_a_gradient_error_is_an_assertion_error():
    assert issubclass(GradientError, AssertionError)


# -- check_model ----------------------------------------------------------------------------


def network(linear=Linear):
    rng = np.random.default_rng(2)
    return Sequential(
        linear(3, 3, rng=rng),
        nnlib.Tanh(),
        linear(3, 3, rng=rng),
        nnlib.Tanh(),
        linear(3, 2, rng=rng),
    )


def data():
    rng = np.random.default_rng(4)
    return rng.normal(size=(5, 3)), rng.normal(size=(5, 2))


class MissingMinus(Linear):
    def backward(self, grad_output):
        return -super().backward(grad_output)


class Transposed(Linear):
    """Square layers alone can be confused in this way: the last one keeps its shape."""

    def backward(self, grad_output):
        result = super().backward(grad_output)
        weight = self.weight.value
        return grad_output @ weight if weight.shape[0] == weight.shape[1] else result


class TwiceTheWeights(Linear):
    def backward(self, grad_output):
        result = super().backward(grad_output)
        self.weight.grad *= 2
        return result


class MeanOfBiases(Linear):
    def backward(self, grad_output):
        result = super().backward(grad_output)
        self.bias.grad /= len(grad_output)
        return result


class OneSign(Linear):
    def backward(self, grad_output):
        result = super().backward(grad_output)
        self.weight.grad[0, 1] *= -1
        return result


class NoBias(Linear):
    def backward(self, grad_output):
        result = super().backward(grad_output)
        self.bias.grad *= 0
        return result


def test_a_right_model_passes_and_is_left_as_it_was():
    model = network()
    values = [parameter.value.copy() for parameter in model.parameters()]
    X, y = data()
    check_model(model, X, y, loss="mse")
    for parameter, value in zip(model.parameters(), values, strict=True):
        np.testing.assert_array_equal(parameter.value, value)
        assert parameter.grad is None

    grads = [np.full(parameter.value.shape, 5.0) for parameter in model.parameters()]
    for parameter, grad in zip(model.parameters(), grads, strict=True):
        parameter.grad = grad
    check_model(model, X, y, loss=nnlib.LOSSES["ssr"])
    for parameter, grad in zip(model.parameters(), grads, strict=True):
        np.testing.assert_array_equal(parameter.grad, grad)


@pytest.mark.parametrize(
    "linear", [MissingMinus, Transposed, TwiceTheWeights, MeanOfBiases, OneSign, NoBias]
)
def test_every_mistake_in_a_layer_is_found(linear):
    X, y = data()
    with pytest.raises(GradientError, match=r"^\d\.(weight|bias) is wrong in "):
        check_model(network(linear), X, y, loss="mse")


def test_a_wrong_slope_of_an_activation_is_found():
    layer = nnlib.Tanh()
    layer.activation = nnlib.Activation(
        "tanh", nnlib.tanh, lambda z: 1 - np.tanh(z), nnlib.ACTIVATIONS["tanh"].latex
    )
    rng = np.random.default_rng(0)
    model = Sequential(Linear(3, 3, rng=rng), layer, Linear(3, 2, rng=rng))
    with pytest.raises(GradientError, match=r"^0\.weight is wrong"):
        check_model(model, *data(), loss="ssr")


def test_a_sum_for_a_mean_in_the_loss_is_found():
    right = nnlib.LOSSES["mse"]

    def value_and_gradient(y_hat, y):
        value, slope = right.value_and_gradient(y_hat, y)
        return value, slope * y.size

    with pytest.raises(GradientError):
        check_model(network(), *data(), loss=replace(right, value_and_gradient=value_and_gradient))


def test_values_survive_an_error_in_the_middle():
    model = network()
    values = [parameter.value.copy() for parameter in model.parameters()]
    calls = []

    def value_and_gradient(y_hat, y):
        calls.append(1)
        if len(calls) > 3:
            raise KeyboardInterrupt
        return nnlib.LOSSES["mse"].value_and_gradient(y_hat, y)

    with pytest.raises(KeyboardInterrupt):
        check_model(
            model, *data(), loss=replace(nnlib.LOSSES["mse"], value_and_gradient=value_and_gradient)
        )
    for parameter, value in zip(model.parameters(), values, strict=True):
        np.testing.assert_array_equal(parameter.value, value)


# -- Corners ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("sizes", [(1, 2, 1), (1, 4, 4, 1)])
def test_a_right_model_passes_where_relu_has_its_corner(sizes, seed):
    """The dosage 0 with biases 0: every sum of the first layer is 0."""
    dosage = nnlib.datasets.dosage()
    check_model(nnlib.mlp(sizes, rng=seed), dosage.X, dosage.y, loss="ssr")


def test_a_slope_beyond_those_of_the_corner_is_wrong():
    check_gradient(np.abs, np.sign, 0.0)
    for slope in (1.01, -1.01, 2.0):
        with pytest.raises(GradientError):
            check_gradient(np.abs, lambda x, slope=slope: slope, 0.0)


def test_gradients_survive_a_layer_that_raises():
    model = network()
    model.forward(data()[0])
    model.backward(np.ones((len(data()[0]), model[-1].weight.value.shape[1])))
    before = model.gradient.copy()

    def backward(grad_output):
        raise ZeroDivisionError

    model[0].backward_parameters = backward
    with pytest.raises(ZeroDivisionError):
        check_model(model, *data(), loss="mse")
    np.testing.assert_array_equal(model.gradient, before)


def test_ten_roundings_of_the_function_are_forgiven_and_not_more():
    f, noise = lambda x: 1e9 + x[0], 10 * np.finfo(float).eps * 1e9 / 2e-6  # 1.11
    slope = numerical_gradient(f, [0.0])
    for off, right in ((0.9, True), (-0.9, True), (1.3, False), (-1.3, False)):
        checked = pytest.raises(GradientError) if not right else contextlib.nullcontext()
        with checked:
            check_gradient(f, lambda x, off=off: slope + off * noise, [0.0])


class Dropout(nnlib.Layer):
    def __init__(self):
        self.rng = np.random.default_rng(0)

    def forward(self, X):
        self.kept = self.rng.random(X.shape) < 0.5
        return X * self.kept

    def backward(self, grad_output):
        return grad_output * self.kept


def test_a_layer_that_draws_at_random_is_named_as_that():
    model = Sequential(Linear(3, 3, rng=0), Dropout(), Linear(3, 2, rng=1))
    with pytest.raises(ValueError, match=r"two calls of forward differ.*draws at random"):
        check_model(model, *data(), loss="mse")


def test_a_parameter_without_a_gradient_is_named():
    class Forgetful(Linear):
        def backward_parameters(self, grad_output):
            self.weight.add_grad_product(self._X.T, grad_output)

    with pytest.raises(GradientError, match=r"^0\.bias has no gradient"):
        check_model(Sequential(Forgetful(3, 2, rng=0)), *data(), loss="mse")


class Bend(nnlib.Layer):
    """A scale and a shift; it says only what `given` names."""

    keeps_width = True

    def __init__(self, *given, kept=None):
        self.scale, self.shift = nnlib.Parameter([2.0]), nnlib.Parameter([1.0])
        self.given, self.kept = given, kept

    def forward(self, X):
        self.seen = X
        return self.scale.value * X + self.shift.value

    def backward(self, grad_output):
        self.scale.add_grad((self.seen * grad_output).sum(keepdims=True)[0])
        self.shift.add_grad(grad_output.sum(keepdims=True)[0])
        return self.scale.value * grad_output

    def parameters(self):
        return [getattr(self, name) for name in self.given]


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (Bend(), r"lacks scale, shift, which"),
        (Bend("scale"), r"lacks shift, which"),
        (
            Bend("scale", "shift", kept=Linear(1, 1, rng=0)),
            r"lacks Parameter\(shape=\(1, 1\)\), Par",
        ),
        (
            Bend("scale", "shift", kept={"a": (Linear(1, 1, rng=0),)}),
            r"lacks Parameter\(shape=\(1, 1",
        ),
    ],
    ids=["all", "one", "a layer's", "in a dict"],
)
def test_a_layer_that_forgets_parameters_is_named_with_them(layer, words):
    model = Sequential(Linear(3, 1, rng=0), layer)
    words = rf"^layer 1, Bend\(\): parameters\(\) must give all of its Parameters, but {words}"
    with pytest.raises(ValueError, match=words):
        check_model(model, data()[0], data()[1][:, :1], loss="mse")


def test_a_layer_that_gives_all_of_its_parameters_passes():
    model = Sequential(Linear(3, 1, rng=0), Bend("scale", "shift"))
    check_model(model, data()[0], data()[1][:, :1], loss="mse")


class Standardize(nnlib.Layer):
    """Of a batch its own mean, in `predict` another one: what normalization of batches does."""

    keeps_width = True
    factor = 1.0

    def forward(self, X):
        self.seen = X
        return X - X.mean(axis=0)

    def predict(self, X):
        return X - 0.5

    def backward(self, grad_output):
        return self.factor * (grad_output - grad_output.mean(axis=0))


def test_what_backward_is_compared_with_is_forward_whatever_predict_gives():
    layer = Standardize()
    model, (X, y) = Sequential(Linear(3, 3, rng=0), layer, Linear(3, 2, rng=1)), data()
    check_model(model, X, y, loss="mse")
    seen = layer.seen
    np.testing.assert_array_equal(seen, model[0](X))  # not that of a parameter that was moved
    layer.factor = 2.0
    with pytest.raises(GradientError, match="weight is wrong"):
        check_model(model, X, y, loss="mse")
