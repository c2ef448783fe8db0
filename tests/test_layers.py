"""Layers and whole networks: by hand, against central differences, and against JAX."""

from __future__ import annotations

import re

import numpy as np
import pytest
from oracles import jax_reference

import nnlib
from nnlib import ACTIVATIONS, Linear, Parameter, Sequential
from nnlib.layers import ACTIVATION_LAYERS, Layer

LOSS_NAMES = [
    "ssr",
    "mse",
    "huber",
    "binary_cross_entropy_with_logits",
    "cross_entropy_with_logits",
]


def targets(loss, n, width, rng):
    if loss == "cross_entropy_with_logits":
        return rng.integers(0, width, n)
    if loss == "binary_cross_entropy_with_logits":
        return rng.integers(0, 2, (n, width)).astype(float)
    return rng.normal(size=(n, width))


def perturb_biases(model, rng):
    """Biases start at 0; give them values, so that a mistake with them shows."""
    for layer in model.layers:
        if isinstance(layer, Linear):
            layer.bias.value = rng.normal(size=layer.bias.value.shape)


# -- Parameter ------------------------------------------------------------------------------


def test_a_parameter_owns_its_value_and_starts_without_gradient():
    source = np.array([1.0, 2.0])
    parameter = Parameter(source)
    source[0] = 9
    assert parameter.value.tolist() == [1, 2]
    assert parameter.grad is None
    assert Parameter([1, 2]).value.dtype == np.float64
    assert Parameter(np.ones(2, np.float32)).value.dtype == np.float32
    assert repr(parameter) == "Parameter(shape=(2,))"


def test_setting_a_value_fills_the_same_array():
    parameter = Parameter([1.0, 2.0])
    array = parameter.value
    new = np.array([3.0, 4.0])
    parameter.value = new
    assert parameter.value is array
    assert array.tolist() == [3, 4]
    new[0] = 9
    assert array.tolist() == [3, 4]


def test_augmented_assignment_of_a_value_works():
    parameter = Parameter([1.0, 2.0])
    parameter.value -= 1
    assert parameter.value.tolist() == [0, 1]


# -- Linear ---------------------------------------------------------------------------------


def test_linear_by_hand():
    layer = Linear.from_arrays([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [0.5, 0.0, -0.5])
    X = np.array([[1.0, 1.0], [2.0, 0.0]])
    assert layer.forward(X).tolist() == [[5.5, 7, 8.5], [2.5, 4, 5.5]]
    G = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 2.0]])
    assert layer.backward(G).tolist() == [[1, 4], [8, 17]]
    assert layer.weight.grad.tolist() == [[1, 2, 4], [1, 0, 0]]
    assert layer.bias.grad.tolist() == [1, 1, 2]


def test_linear_lists_weights_before_biases():
    layer = Linear.from_arrays([[1.0, 2.0]], [0.0, 0.0])
    assert layer.parameters() == [layer.weight, layer.bias]
    assert layer.weight.value.shape == (1, 2)
    assert layer.bias.value.shape == (2,)
    assert repr(layer) == "Linear(1, 2)"


def test_from_arrays_copies():
    weight, bias = np.ones((1, 1)), np.zeros(1)
    layer = Linear.from_arrays(weight, bias)
    weight[:], bias[:] = 7, 7
    assert layer.forward([[1.0]]).tolist() == [[1]]


def test_forward_leaves_its_input_alone_and_takes_lists_of_integers():
    layer = Linear.from_arrays([[1.0], [2.0]], [1.0])
    X = np.array([[1.0, 2.0]])
    layer.forward(X)
    assert X.tolist() == [[1, 2]]
    assert layer.forward([[1, 2]]).tolist() == [[6]]


@pytest.mark.parametrize(
    ("init", "variance"), [("he", 2 / 300), ("glorot", 2 / (300 + 200))], ids=["he", "glorot"]
)
def test_initial_weights_have_the_variance_they_promise(init, variance):
    layer = Linear(300, 200, rng=np.random.default_rng(0), init=init)
    weights = layer.weight.value
    # 60,000 draws: the variance is off by about 0.6 percent, the mean by variance^(1/2) / 245.
    assert abs(weights.var() / variance - 1) < 0.03
    assert abs(weights.mean()) < 5 * np.sqrt(variance / weights.size)
    assert abs(np.mean(np.abs(weights) < np.sqrt(variance)) - 0.6827) < 0.01  # a normal law
    assert (layer.bias.value == 0).all()


def test_he_is_the_default_and_the_generator_decides():
    def draw(**options):
        return Linear(3, 2, rng=np.random.default_rng(5), **options).weight.value

    np.testing.assert_array_equal(draw(), draw(init="he"))
    np.testing.assert_allclose(draw(init="glorot") * np.sqrt(5 / 3), draw(), rtol=1e-15)
    expected = np.random.default_rng(5).normal(0, np.sqrt(2 / 3), (3, 2))
    np.testing.assert_array_equal(draw(), expected)


def test_gradients_add_up_until_they_are_cleared():
    layer = Linear.from_arrays([[1.0]], [0.0])
    layer.forward([[2.0], [3.0]])
    layer.backward([[1.0], [1.0]])
    first = layer.weight.grad.copy(), layer.bias.grad.copy()
    layer.backward([[1.0], [1.0]])
    assert layer.weight.grad == 2 * first[0] == 10
    assert layer.bias.grad == 2 * first[1] == 4
    layer.backward_parameters([[1.0], [1.0]])
    assert layer.weight.grad == 3 * first[0]
    assert layer.bias.grad == 3 * first[1]


def test_adding_a_gradient_does_not_change_the_array_that_came_in():
    layer = Linear.from_arrays([[1.0]], [0.0])
    G = np.array([[1.0]])
    for _ in range(3):
        layer.forward([[2.0]])
        layer.backward(G)
    assert G.tolist() == [[1]]
    assert layer.bias.grad.tolist() == [3]


def test_a_parameter_that_two_layers_share_receives_a_gradient_from_each():
    """The square of a weight: f(x) = w (w x), so df/dw = 2 w x."""
    first, second = Linear.from_arrays([[3.0]], [0.0]), Linear.from_arrays([[3.0]], [0.0])
    second.weight = first.weight
    model = Sequential(first, second)
    model.forward([[5.0]])
    model.backward([[1.0]])
    assert first.weight.grad.tolist() == [[2 * 3 * 5]]
    assert model.parameters() == [first.weight, first.bias, second.bias]


# -- Activation layers ----------------------------------------------------------------------


def test_there_is_a_layer_for_every_activation():
    assert list(ACTIVATION_LAYERS) == list(ACTIVATIONS)
    for name, layer in ACTIVATION_LAYERS.items():
        assert layer().activation.name == name
        assert layer().parameters() == []
        assert repr(layer()) == f"{layer.__name__}()"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_layer_applies_its_function_and_its_slope(name):
    rng = np.random.default_rng(0)
    X, G = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    layer = ACTIVATION_LAYERS[name]()
    np.testing.assert_array_equal(layer.forward(X), ACTIVATIONS[name].function(X))
    np.testing.assert_array_equal(layer.backward(G), G * ACTIVATIONS[name].derivative(X))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_layer_at_zero_follows_the_convention(name):
    layer = ACTIVATION_LAYERS[name]()
    layer.forward([[0.0]])
    assert layer.backward([[1.0]]) == ACTIVATIONS[name].derivative(0.0)


def test_leaky_relu_layer_takes_its_slope():
    layer = nnlib.LeakyReLU(0.25)
    assert layer.forward([[-4.0, 4.0]]).tolist() == [[-1, 4]]
    assert layer.backward([[1.0, 1.0]]).tolist() == [[0.25, 1]]
    assert nnlib.LeakyReLU().forward([[-1.0]]).tolist() == [[-0.01]]


@pytest.mark.parametrize("make", ACTIVATION_LAYERS.values(), ids=ACTIVATION_LAYERS)
def test_an_activation_layer_leaves_its_arguments_alone(make):
    X, G = np.array([[-1.0, 2.0]]), np.array([[3.0, 4.0]])
    layer = make()
    layer.forward(X)
    layer.backward(G)
    assert X.tolist() == [[-1, 2]]
    assert G.tolist() == [[3, 4]]


# -- Sequential -----------------------------------------------------------------------------


def test_sequential_by_hand():
    """ReLU keeps the first unit and blocks the second."""
    model = Sequential(
        Linear.from_arrays([[1.0, -1.0]], [0.0, 0.0]),
        nnlib.ReLU(),
        Linear.from_arrays([[2.0], [3.0]], [1.0]),
    )
    assert model.forward([[4.0]]).tolist() == [[9]]
    assert model.backward([[1.0]], input_gradient=True).tolist() == [[2]]
    grads = [parameter.grad.tolist() for parameter in model.parameters()]
    assert grads == [[[8, 0]], [2, 0], [[4], [0]], [1]]


def test_the_input_gradient_is_there_only_on_request_and_changes_nothing_else():
    rng = np.random.default_rng(0)
    model, X, G = nnlib.mlp([3, 4, 2], "tanh", rng=rng), rng.normal(size=(5, 3)), np.ones((5, 2))
    model.forward(X)
    assert model.backward(G) is None
    without = [parameter.grad for parameter in model.parameters()]
    for parameter in model.parameters():
        parameter.grad = None
    gradient = model.backward(G, input_gradient=True)
    for parameter, grad in zip(model.parameters(), without, strict=True):
        np.testing.assert_array_equal(parameter.grad, grad)
    nnlib.check_gradient(lambda X: model.forward(X).sum(), lambda X: gradient, X)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradient_with_respect_to_the_input_against_central_differences(name):
    rng = np.random.default_rng(3)
    model, X = nnlib.mlp([3, 5, 2], name, rng=rng), rng.normal(size=(4, 3))
    perturb_biases(model, rng)
    G = rng.normal(size=(4, 2))

    def gradient(X):
        model.forward(X)
        return model.backward(G, input_gradient=True)

    nnlib.check_gradient(lambda X: np.sum(G * model.forward(X)), gradient, X)


def test_a_network_may_begin_with_an_activation():
    model = Sequential(nnlib.ReLU(), Linear.from_arrays([[2.0]], [0.0]))
    model.forward([[-1.0], [3.0]])
    assert model.backward([[1.0], [1.0]], input_gradient=True).tolist() == [[0], [2]]
    assert model.backward([[1.0], [1.0]]) is None
    assert model.parameters()[0].grad.tolist() == [[6]]


def test_parameters_come_in_the_order_of_the_layers():
    model = nnlib.mlp([2, 3, 1], rng=np.random.default_rng(0))
    shapes = [parameter.value.shape for parameter in model.parameters()]
    assert shapes == [(2, 3), (3,), (3, 1), (1,)]
    assert model.parameters() == model.layers[0].parameters() + model.layers[2].parameters()
    assert repr(model) == "Sequential(Linear(2, 3), ReLU(), Linear(3, 1))"


def test_layers_without_a_nonlinearity_are_one_linear_map():
    rng = np.random.default_rng(0)
    first, second = Linear(3, 4, rng=rng), Linear(4, 2, rng=rng)
    X = rng.normal(size=(5, 3))
    W = first.weight.value @ second.weight.value
    b = first.bias.value @ second.weight.value + second.bias.value
    np.testing.assert_allclose(
        Sequential(first, second).forward(X), Linear.from_arrays(W, b).forward(X), rtol=1e-12
    )


@pytest.mark.slow
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_whole_models_against_central_differences_and_jax(activation, loss):
    rng = np.random.default_rng(11)
    model = nnlib.mlp([3, 4, 4, 2], activation, rng=rng)
    perturb_biases(model, rng)
    X, y = rng.normal(size=(6, 3)), targets(loss, 6, 2, rng)
    nnlib.check_model(model, X, y, loss=loss)

    values = [parameter.value for parameter in model.parameters()]
    prediction = model.forward(X)
    np.testing.assert_allclose(
        prediction, jax_reference.network(values, X, activation), rtol=1e-10, atol=1e-13
    )
    model.backward(nnlib.LOSSES[loss].derivative(prediction, y))
    expected = jax_reference.network_gradient(values, X, y, activation=activation, loss=loss)
    for parameter, gradient in zip(model.parameters(), expected, strict=True):
        assert np.abs(gradient).max() > 1e-3  # there is something to compare
        np.testing.assert_allclose(parameter.grad, gradient, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_float32_goes_in_and_comes_out(activation):
    rng = np.random.default_rng(0)
    model = Sequential(
        Linear(3, 4, rng=rng, dtype=np.float32),
        ACTIVATION_LAYERS[activation](),
        Linear(4, 2, rng=rng, dtype="float32"),
    )
    X = rng.normal(size=(5, 3)).astype(np.float32)
    assert model.forward(X).dtype == np.float32
    gradient = model.backward(np.ones((5, 2), np.float32), input_gradient=True)
    assert gradient.dtype == np.float32
    for parameter in model.parameters():
        assert parameter.value.dtype == np.float32
        assert parameter.grad.dtype == np.float32


def test_backward_uses_the_latest_forward():
    layer = Linear.from_arrays([[1.0]], [0.0])
    layer.forward([[1.0]])
    layer.forward([[7.0]])
    layer.backward([[1.0]])
    assert layer.weight.grad.tolist() == [[7]]


def test_a_layer_of_ones_own_fits_in():
    class Double(Layer):
        def forward(self, X):
            return 2 * X

        def backward(self, grad_output):
            return 2 * grad_output

    model = Sequential(Linear.from_arrays([[1.0]], [0.0]), Double())
    assert model.forward([[3.0]]).tolist() == [[6]]
    model.backward([[1.0]])
    assert model.parameters()[0].grad.tolist() == [[6]]


# -- mlp and summary ------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_mlp_puts_the_activation_between_linear_layers_only(activation):
    model = nnlib.mlp((4, 3, 2), activation, rng=np.random.default_rng(0))
    assert [type(layer) for layer in model.layers] == [
        Linear,
        ACTIVATION_LAYERS[activation],
        Linear,
    ]
    rng = np.random.default_rng(0)
    init = "glorot" if activation in ("sigmoid", "tanh") else "he"
    for layer, shape in ((model.layers[0], (4, 3)), (model.layers[2], (3, 2))):
        expected = Linear(*shape, rng=rng, init=init)
        np.testing.assert_array_equal(layer.weight.value, expected.weight.value)


def test_mlp_is_of_relu_unless_told_otherwise_and_may_be_a_single_layer():
    rng = np.random.default_rng(0)
    assert isinstance(nnlib.mlp([2, 3, 1], rng=rng).layers[1], nnlib.ReLU)
    assert [type(layer) for layer in nnlib.mlp([2, 3], rng=rng).layers] == [Linear]


def test_summary_is_a_table():
    model = nnlib.mlp([64, 32, 10], "tanh", rng=np.random.default_rng(0))
    rows = [re.split(r"\s{2,}", line.strip()) for line in model.summary().splitlines()]
    assert rows[0] == ["layer", "output", "parameters"]
    assert rows[2:5] == [
        ["Linear(64, 32)", "(n, 32)", "2,080"],
        ["Tanh()", "(n, 32)", "0"],
        ["Linear(32, 10)", "(n, 10)", "330"],
    ]
    assert rows[-1] == ["2,410"]
    assert len({len(line) for line in model.summary().splitlines()}) == 1


@pytest.mark.parametrize("sizes", [(1, 2, 1), (2, 2, 3), (64, 32, 10), (5, 1), (3, 7, 7, 2)])
def test_summary_parameter_count_and_the_arrays_agree(sizes):
    model = nnlib.mlp(sizes, rng=np.random.default_rng(0))
    count = sum(parameter.value.size for parameter in model.parameters())
    assert nnlib.parameter_count(sizes) == count
    assert model.summary().splitlines()[-1].strip() == f"{count:,}"


def test_a_value_beyond_the_range_of_the_dtype_is_refused():
    parameter = nnlib.Parameter(np.ones(2, np.float32))
    with pytest.raises(ValueError, match=r"fit into the parameter's float32, got 1e\+300"):
        parameter.value = [1.0, 1e300]
    assert parameter.value.tolist() == [1, 1]


def test_leaky_relu_shows_a_slope_that_is_not_the_usual_one():
    assert repr(nnlib.LeakyReLU(0.2)) == "LeakyReLU(0.2)"


def test_a_relu_layer_has_the_slope_of_the_function_also_at_the_corner_and_at_nan():
    z = np.array([[-1.0, 0.0, 2.0, np.nan, np.inf, -np.inf]])
    layer = nnlib.ReLU()
    layer.forward(z)
    np.testing.assert_array_equal(layer.backward(np.ones_like(z)), nnlib.relu_derivative(z))
