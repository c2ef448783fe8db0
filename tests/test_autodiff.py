"""Values: the chain rule on graphs, against finite differences and against layers."""

from __future__ import annotations

import copy
import math
import pickle

import numpy as np
import pytest

import nnlib
from nnlib import Linear, Sequential, Value, topological_order

UNARY = {
    "exp": (lambda u: u.exp(), [-2.0, 0.0, 1.5]),
    "log": (lambda u: u.log(), [0.1, 1.0, 30.0]),
    "relu": (lambda u: u.relu(), [-2.0, 0.3, 4.0]),
    "softplus": (lambda u: u.softplus(), [-2.0, 0.0, 4.0]),
    "sigmoid": (lambda u: u.sigmoid(), [-2.0, 0.0, 4.0]),
    "tanh": (lambda u: u.tanh(), [-2.0, 0.0, 0.7]),
    "-u": (lambda u: -u, [-2.0, 0.0, 4.0]),
    "u + 3": (lambda u: u + 3, [-2.0, 0.0]),
    "3 + u": (lambda u: 3 + u, [-2.0, 0.0]),
    "u - 3": (lambda u: u - 3, [-2.0, 0.0]),
    "3 - u": (lambda u: 3 - u, [-2.0, 0.0]),
    "3 * u": (lambda u: 3 * u, [-2.0, 0.0]),
    "u * 3": (lambda u: u * 3, [-2.0, 0.0]),
    "u / 4": (lambda u: u / 4, [-2.0, 0.0]),
    "4 / u": (lambda u: 4 / u, [-2.0, 0.5]),
    "u ** 2": (lambda u: u**2, [-2.0, 0.0, 3.0]),
    "u ** 3": (lambda u: u**3, [-2.0, 0.0, 3.0]),
    "u ** 1": (lambda u: u**1, [-2.0, 0.0, 3.0]),
    "u ** 0": (lambda u: u**0, [-2.0, 0.0, 3.0]),
    "u ** 0.5": (lambda u: u**0.5, [0.25, 3.0]),
    "u ** -2": (lambda u: u**-2, [-2.0, 3.0]),
    "u + u": (lambda u: u + u, [-2.0, 0.5]),
    "u - u": (lambda u: u - u, [-2.0, 0.5]),
    "u * u": (lambda u: u * u, [-2.0, 0.5]),
    "u / u": (lambda u: u / u, [-2.0, 0.5]),
    "u * exp(u)": (lambda u: u * u.exp(), [-2.0, 0.5]),
}


@pytest.mark.parametrize(
    ("f", "x"),
    [pytest.param(f, x, id=f"{name} at {x}") for name, (f, xs) in UNARY.items() for x in xs],
)
def test_derivative_against_central_differences(f, x):
    u = Value(x)
    f(u).backward()
    (numerical,) = nnlib.numerical_gradient(lambda x: f(Value(x[0])).data, [x])
    assert math.isclose(u.grad, numerical, rel_tol=1e-6, abs_tol=1e-8)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Value(2) + Value(3), 5),
        (Value(2) - Value(3), -1),
        (Value(2) * Value(3), 6),
        (Value(2) / Value(4), 0.5),
        (7 - Value(2), 5),
        (1 / Value(4), 0.25),
        (Value(2) ** 3, 8),
        (Value(0) ** 0, 1),
        (Value(-2) ** 3, -8),
        (-Value(2), -2),
        (Value(0).exp(), 1),
        (Value(math.e).log(), 1),
        (Value(-1).relu(), 0),
        (Value(0).softplus(), math.log(2)),
        (Value(0).sigmoid(), 0.5),
        (Value(0.5).tanh(), math.tanh(0.5)),
    ],
    ids=lambda argument: str(argument),
)
def test_results(result, expected):
    assert math.isclose(result.data, expected)
    assert type(result.data) is float


def test_two_inputs_each_receive_their_own_derivative():
    a, b = Value(3.0), Value(5.0)
    (a * b).backward()
    assert (a.grad, b.grad) == (5, 3)
    a, b = Value(3.0), Value(5.0)
    (a - b).backward()
    assert (a.grad, b.grad) == (1, -1)
    a, b = Value(3.0), Value(4.0)
    (a / b).backward()
    assert math.isclose(a.grad, 1 / 4)
    assert math.isclose(b.grad, -3 / 16)


def test_contributions_of_several_uses_add_up():
    """With assignment in place of addition one of the paths would be lost."""
    u = Value(2.0)
    v = u * u  # 2u
    w = v + u  # 2u + 1
    (w * v).backward()  # (u² + u) u²: 4u³ + 3u²
    assert u.grad == 4 * 8 + 3 * 4
    assert v.grad == w.data + v.data
    assert w.grad == v.data


def test_a_value_feeds_its_results_before_it_passes_its_own_gradient_on():
    """A long path and a short one to the same value: the order has to be topological."""
    u = Value(0.5)
    v = u.exp()
    long = ((v * 2) * 2) * 2
    (long + v).backward()
    assert math.isclose(u.grad, 9 * math.exp(0.5))


def test_a_second_backward_adds_as_much_again():
    u = Value(3.0)
    loss = u**2 * u
    loss.backward()
    assert u.grad == 27
    loss.backward()
    assert u.grad == 54
    assert loss.grad == 2


def test_gradients_of_two_results_add_up_in_what_they_share():
    u = Value(3.0)
    (2 * u).backward()
    (5 * u).backward()
    assert u.grad == 7


def test_values_that_the_result_does_not_depend_on_are_left_alone():
    u, v = Value(1.0), Value(2.0)
    unused = u * v
    (u * 3).backward()
    assert (u.grad, v.grad, unused.grad) == (3, 0, 0)


def test_the_graph_can_be_read():
    x, w = Value(2.0, "x"), Value(3.0, label="w")
    z = w * x
    assert (x.label, w.label, z.label) == ("x", "w", "")
    assert (x.operation, z.operation, (z + 1).operation) == ("", "*", "+")
    assert [(source.label, slope) for source, slope in z.edges] == [("w", 2.0), ("x", 3.0)]
    assert x.edges == ()
    assert (x**2).operation == "**2"
    assert x.softplus().operation == "softplus"
    assert x.exp().operation == "exp"
    assert x.log().operation == "log"
    z.backward()
    assert repr(x) == "Value(2, grad=3, label='x')"
    assert repr(z) == "Value(6, grad=1)"


def test_topological_order_holds_each_value_once_inputs_first():
    a, b = Value(1.0), Value(2.0)
    c = a * b
    d = c + a
    e = d * c
    order = topological_order(e)
    assert len(order) == len(set(order)) == 5
    assert set(order) == {a, b, c, d, e}
    place = {value: i for i, value in enumerate(order)}
    for value in order:
        assert all(place[source] < place[value] for source, _ in value.edges)
    assert order[-1] is e
    assert topological_order(a) == [a]


def test_a_long_graph_does_not_exhaust_the_stack():
    length = 10_000
    x = Value(1.0)
    y = x
    for _ in range(length):
        y = y + 1.0
    y.backward()
    assert y.data == length + 1
    assert x.grad == 1
    assert len(topological_order(y)) == 2 * length + 1


def test_a_graph_with_exponentially_many_paths_takes_one_step_a_value():
    x = Value(1.0)
    y = x
    for _ in range(200):
        y = y + y
    y.backward()
    assert x.grad == 2.0**200


# -- Values and layers ----------------------------------------------------------------------

DOSAGE = {"w1": 3.34, "b1": -1.43, "w2": -3.53, "b2": 0.57, "w3": -1.22, "w4": -2.30, "b3": 2.61}


@pytest.mark.parametrize("activation", ["relu", "softplus", "sigmoid", "tanh"])
@pytest.mark.parametrize("b3", [2.61, 0.0])
def test_values_and_layers_agree_on_the_dosage_network(activation, b3):
    data = nnlib.datasets.dosage()
    numbers = {**DOSAGE, "b3": b3}

    v = {name: Value(number, name) for name, number in numbers.items()}
    ssr = Value(0.0)
    for x, y in zip(data.X[:, 0], data.y[:, 0], strict=True):
        a1 = getattr(v["w1"] * x + v["b1"], activation)()
        a2 = getattr(v["w2"] * x + v["b2"], activation)()
        ssr += (y - (v["w3"] * a1 + v["w4"] * a2 + v["b3"])) ** 2
    ssr.backward()

    w1, b1, w2, b2, w3, w4, b3 = numbers.values()
    model = Sequential(
        Linear.from_arrays([[w1, w2]], [b1, b2]),
        nnlib.layers.ACTIVATION_LAYERS[activation](),
        Linear.from_arrays([[w3], [w4]], [b3]),
    )
    prediction = model.forward(data.X)
    model.backward(nnlib.ssr_derivative(prediction, data.y))

    assert math.isclose(ssr.data, nnlib.ssr(prediction, data.y), rel_tol=1e-12)
    flat = np.concatenate([parameter.grad.ravel() for parameter in model.parameters()])
    by_values = [v[name].grad for name in ("w1", "w2", "b1", "b2", "w3", "w4", "b3")]
    np.testing.assert_allclose(flat, by_values, rtol=1e-12, atol=1e-15)
    assert np.abs(flat).max() > 0.01


def test_values_and_layers_agree_on_a_2_2_3_classifier():
    rng = np.random.default_rng(1)
    X, labels = rng.normal(size=(4, 2)), np.array([0, 2, 1, 1])
    model = nnlib.mlp([2, 2, 3], "softplus", rng=rng)
    model.layers[0].bias.value = rng.normal(size=2)
    model.layers[2].bias.value = rng.normal(size=3)
    W1, b1, W2, b2 = (
        np.vectorize(Value, otypes=[object])(parameter.value) for parameter in model.parameters()
    )

    loss = Value(0.0)
    for x, label in zip(X, labels, strict=True):
        a = [(W1[0, j] * x[0] + W1[1, j] * x[1] + b1[j]).softplus() for j in range(2)]
        z = [W2[0, k] * a[0] + W2[1, k] * a[1] + b2[k] for k in range(3)]
        loss += ((z[0].exp() + z[1].exp() + z[2].exp()).log() - z[label]) / len(X)
    loss.backward()

    prediction = model.forward(X)
    assert math.isclose(loss.data, nnlib.cross_entropy_with_logits(prediction, labels))
    model.backward(nnlib.cross_entropy_with_logits_derivative(prediction, labels))
    for parameter, values in zip(model.parameters(), (W1, b1, W2, b2), strict=True):
        grads = np.vectorize(lambda value: value.grad)(values)
        np.testing.assert_allclose(parameter.grad, grads, rtol=1e-12, atol=1e-15)


def test_a_copy_has_the_whole_graph_and_a_deep_one_is_refused():
    x = Value(2.0)
    y = x
    for _ in range(45):
        y = y + 1
    for copied in (copy.deepcopy(y), pickle.loads(pickle.dumps(y))):
        copied.backward()
        assert copied.data == 47
    assert x.grad == 0
    for _ in range(10):
        y = y + 1
    with pytest.raises(TypeError, match="cannot be copied or pickled"):
        copy.deepcopy(y)


def test_the_logarithm_of_the_least_float_has_no_finite_slope():
    with pytest.raises(ValueError, match="infinite slope"):
        Value(5e-324).log()
