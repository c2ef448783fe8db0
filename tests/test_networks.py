"""Whole networks: one vector of parameters, and what users do with a network besides training."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

import nnlib
from nnlib import SGD, Adam, Linear, Parameter, Sequential


def network(seed=0, dtype=float):
    return nnlib.mlp([2, 3, 1], rng=seed, dtype=dtype)


def train(model, optimizer, steps=3):
    X, y = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0], [2.0]])
    for _ in range(steps):
        optimizer.zero_grad()
        model.backward(nnlib.mse_derivative(model.forward(X), y))
        optimizer.step()


# -- One vector -----------------------------------------------------------------------------------


def test_all_parameters_are_one_vector_and_their_gradients_another():
    model = network()
    assert model.theta.shape == (nnlib.parameter_count([2, 3, 1]),)
    assert model.gradient is None
    expected = np.concatenate([parameter.value.ravel() for parameter in model.parameters()])
    np.testing.assert_array_equal(model.theta, expected)
    for parameter in model.parameters():
        assert np.shares_memory(parameter.value, model.theta)
    model.forward([[1.0, 2.0]])
    model.backward([[1.0]])
    expected = np.concatenate([parameter.grad.ravel() for parameter in model.parameters()])
    np.testing.assert_array_equal(model.gradient, expected)


def test_the_line_of_the_chapter_trains_the_network():
    model, twin = network(), network()
    X, y = np.ones((4, 2)), np.ones((4, 1))
    optimizer = SGD(twin.parameters(), lr=0.1)
    for _ in range(5):
        for net in (model, twin):
            for parameter in net.parameters():
                parameter.grad = None
            net.backward(nnlib.mse_derivative(net.forward(X), y))
        model.theta[:] -= 0.1 * model.gradient
        optimizer.step()
    np.testing.assert_array_equal(model.theta, twin.theta)


def test_the_gradient_is_written_into_the_same_array_in_every_step():
    model = network()
    optimizer = SGD(model.parameters(), lr=0.1)
    train(model, optimizer, 1)
    before = model.gradient
    train(model, optimizer, 1)
    assert model.gradient is not None
    assert np.shares_memory(model.gradient, before)


@pytest.mark.parametrize(
    "make", [lambda p: SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1), Adam], ids=["SGD", "Adam"]
)
def test_one_vector_and_single_parameters_take_the_same_steps(make):
    model = network()
    alone = [Parameter(parameter.value) for parameter in model.parameters()]
    whole, apart = make(model.parameters()), make(alone)
    for step in range(4):
        rng = np.random.default_rng(step)
        for ours, theirs in zip(model.parameters(), alone, strict=True):
            ours.grad = theirs.grad = rng.normal(size=ours.value.shape)
        whole.step()
        apart.step()
    for ours, theirs in zip(model.parameters(), alone, strict=True):
        np.testing.assert_array_equal(ours.value, theirs.value)


def test_frozen_parameters_stay_as_they_are():
    model = network()
    frozen = model[0].weight.value.copy()
    trained = [p for p in model.parameters() if p is not model[0].weight]
    before = model.theta.copy()
    train(model, SGD(trained, lr=0.1))
    np.testing.assert_array_equal(model[0].weight.value, frozen)
    assert (model.theta[frozen.size :] != before[frozen.size :]).any()


def test_an_optimizer_follows_its_parameters_into_another_network():
    first = Linear(2, 3, rng=0)
    model = Sequential(first, nnlib.Tanh(), Linear(3, 1, rng=1))
    optimizer = SGD(model.parameters(), lr=0.1, momentum=0.9)
    twin = copy.deepcopy(model)
    twin_optimizer = SGD(twin.parameters(), lr=0.1, momentum=0.9)
    train(model, optimizer)
    other = Sequential(first, Linear(3, 2, rng=2))  # takes `first` into its own vector
    assert np.shares_memory(first.weight.value, other.theta)
    train(model, optimizer)
    train(twin, twin_optimizer, 6)
    np.testing.assert_array_equal(model.theta, twin.theta)  # comes back when it is asked for
    assert np.shares_memory(first.weight.value, model.theta)


def test_a_parameter_that_layers_share_is_in_the_vector_once():
    first, second = Linear.from_arrays([[3.0]], [0.0]), Linear.from_arrays([[9.0]], [1.0])
    second.weight = first.weight
    model = Sequential(first, second)
    assert model.theta.tolist() == [3, 0, 1]
    assert list(model.state()) == ["0.weight", "0.bias", "1.bias"]
    model.forward([[5.0]])
    model.backward([[1.0]])
    assert model.gradient.tolist() == [2 * 3 * 5, 3, 1]


def test_parameters_of_two_dtypes_are_refused():
    with pytest.raises(ValueError, match="one dtype, got float32 and float64"):
        Sequential(Linear(1, 1, rng=0), Linear(1, 1, rng=0, dtype=np.float32))


def test_a_network_without_parameters_has_an_empty_vector():
    assert Sequential(nnlib.ReLU()).theta.size == 0


# -- A network as a function, a sequence, a part --------------------------------------------------


def test_calling_a_model_or_a_layer_is_its_forward():
    model, X = network(), np.array([[1.0, 2.0]])
    np.testing.assert_array_equal(model(X), model.forward(X))
    np.testing.assert_array_equal(model[0](X), model[0].forward(X))


def test_predict_leaves_the_gradients_in_the_making_alone():
    model, X = network(), np.array([[1.0, 2.0], [3.0, -1.0]])
    model.forward(X)
    model.predict(np.full((2, 2), 7.0))
    model.backward(np.ones((2, 1)))
    expected = model.gradient.copy()
    for parameter in model.parameters():
        parameter.grad = None
    model.forward(X)
    model.backward(np.ones((2, 1)))
    np.testing.assert_array_equal(model.gradient, expected)


def test_predict_of_a_layer_of_ones_own_leaves_no_trace():
    class Recorder(nnlib.Layer):
        def __init__(self):
            self.seen = None

        def forward(self, X):
            self.seen = X
            return X

    layer = Recorder()
    model = Sequential(layer)
    model.forward([[1.0]])
    model.predict([[2.0]])
    assert layer.seen == [[1.0]]


def test_training_records_and_plots_leave_no_batches_behind():
    model, X = network(), np.ones((1000, 2))
    nnlib.fit(
        model,
        X[:10],
        np.ones((10, 1)),
        loss="mse",
        optimizer=SGD(model.parameters(), lr=0.01),
        epochs=1,
        batch_size=5,
        rng=0,
        validation=(X, np.ones((1000, 1))),
    )
    assert len(model[0]._X) == 5


def test_length_index_slice_and_iteration():
    model = network()
    assert len(model) == 3
    assert list(model) == list(model.layers)
    assert model[-1] is model.layers[2]
    head = model[:2]
    assert isinstance(head, Sequential)
    assert head[0] is model[0]
    with pytest.raises(IndexError):
        model[3]


def test_a_network_in_a_network():
    inner = network()
    outer = Sequential(inner, nnlib.Tanh(), Linear(1, 2, rng=1))
    flat = Sequential(*copy.deepcopy(inner).layers, nnlib.Tanh(), Linear(1, 2, rng=1))
    X, G = np.array([[1.0, -2.0]]), np.array([[1.0, 3.0]])
    np.testing.assert_array_equal(outer(X), flat(X))
    np.testing.assert_array_equal(
        outer.backward(G, input_gradient=True), flat.backward(G, input_gradient=True)
    )
    np.testing.assert_array_equal(outer.gradient, flat.gradient)
    np.testing.assert_array_equal(outer.theta, flat.theta)
    assert np.shares_memory(inner.theta, outer.theta)
    assert list(outer.state())[:2] == ["0.0.weight", "0.0.bias"]
    assert outer[0] is inner
    with pytest.raises(ValueError, match="twice"):
        Sequential(inner, inner)


def test_an_array_that_a_layer_of_ones_own_hands_back_is_not_written_into():
    kept = np.array([[3.0]])

    class Constant(Linear):
        def backward(self, grad_output):
            return kept

    model = Sequential(Linear(1, 1, rng=0), nnlib.ReLU(), Constant(1, 1, rng=0))
    model.forward([[0.0]])
    model.backward([[1.0]])
    assert kept.tolist() == [[3]]


def test_mlp_takes_a_dtype_and_a_seed():
    assert network(dtype=np.float32).theta.dtype == np.float32
    np.testing.assert_array_equal(network(3).theta, nnlib.mlp([2, 3, 1], rng=3).theta)
    assert (network(3).theta != network(4).theta).any()
    assert not np.array_equal(network()[0].weight.value[0], network()[2].weight.value[:, 0])


# -- State, copies, pickles, files ----------------------------------------------------------------


def test_a_state_is_a_copy_and_goes_back():
    model = network()
    state = model.state()
    theta = model.theta.copy()
    model.theta[:] = 7
    assert state["2.bias"].tolist() == [0]
    model.load(state)
    np.testing.assert_array_equal(model.theta, theta)


def test_parameters_of_a_layer_of_ones_own_have_names():
    class Scale(nnlib.Layer):
        def __init__(self):
            self.factor = Parameter([2.0])
            self._hidden = {"shift": Parameter([1.0])}

        def parameters(self):
            return [self.factor, self._hidden["shift"]]

    assert list(Sequential(Scale()).state()) == ["0.factor", "0.parameter1"]


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda s: s.pop("0.bias"), ValueError, "must contain 0.bias, but does not"),
        (lambda s: s.update({"9.bias": [1.0]}), ValueError, "state has 9.bias"),
        (lambda s: s.update({"2.bias": [1.0, 2.0]}), ValueError, r"state\['2.bias'\] must have"),
        (lambda s: s.update({"2.bias": [np.nan]}), ValueError, "must be finite, got nan"),
        (lambda s: s.update({"2.bias": ["a"]}), TypeError, "state"),
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(change, error, words):
    model = network()
    state = {name: array + 1 for name, array in model.state().items()}
    change(state)
    theta = model.theta.copy()
    with pytest.raises(error, match=words):
        model.load(state)
    np.testing.assert_array_equal(model.theta, theta)


def test_a_state_beyond_the_range_of_the_dtype_is_refused():
    model = network(dtype=np.float32)
    state = model.state() | {"2.bias": np.array([1e300])}
    with pytest.raises(ValueError, match="finite"):
        model.load(state)


NPY = (
    b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (), }".ljust(127)
    + b"\n"
    + bytes(8)
)


def test_save_and_load_through_a_file_of_exactly_this_name(tmp_path):
    model, other = network(0), network(1)
    for name in ("model.npz", "model"):
        model.save(tmp_path / name)
        other.load(str(tmp_path / name))
        np.testing.assert_array_equal(other.theta, model.theta)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model", "model.npz"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 broken", NPY])
def test_a_file_that_is_none_of_ours_says_so(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(ValueError, match="must be a file that `save` wrote"):
        network().load(tmp_path / "file")
    with pytest.raises(FileNotFoundError):
        network().load(tmp_path / "nothing")


def pickled(model):
    return pickle.loads(pickle.dumps(model))


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
def test_a_copy_trains_by_itself_and_has_seen_no_batch(copied):
    model = network()
    model.forward(np.ones((100_000, 2)))
    twin = copied(model)
    assert len(pickle.dumps(model)) < 5_000
    np.testing.assert_array_equal(twin.theta, model.theta)
    assert np.shares_memory(twin[0].weight.value, twin.theta)
    before = model.theta.copy()
    train(twin, SGD(twin.parameters(), lr=0.1))
    assert (twin.theta != before).any()
    np.testing.assert_array_equal(model.theta, before)
    with pytest.raises(RuntimeError, match="call forward before backward"):
        copied(model).backward([[1.0]])


@pytest.mark.parametrize("copied", [copy.deepcopy, pickled])
@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_a_model_and_its_optimizer_copied_together_go_on_together(copied, momentum):
    model = network()
    optimizer = SGD(model.parameters(), lr=0.1, momentum=momentum)
    train(model, optimizer)
    twin, twin_optimizer = copied((model, optimizer))
    train(model, optimizer)
    train(twin, twin_optimizer)
    np.testing.assert_array_equal(twin.theta, model.theta)


def test_an_optimizer_copied_alone_moves_its_own_copies():
    model = network()
    optimizer = SGD(model.parameters(), lr=0.1)
    train(model, optimizer)
    before = model.theta.copy()
    twin = copy.deepcopy(optimizer)
    values = [parameter.value.copy() for parameter in twin.parameters]
    twin.step()
    np.testing.assert_array_equal(model.theta, before)
    for parameter, value in zip(twin.parameters, values, strict=True):
        np.testing.assert_array_equal(parameter.value, value - 0.1 * parameter.grad)


# -- Parameter ------------------------------------------------------------------------------------


def test_a_gradient_can_be_set_and_forgotten():
    parameter = Parameter([1.0, 2.0])
    parameter.grad = [3, 4]
    assert parameter.grad.tolist() == [3, 4]
    with pytest.raises(ValueError, match="grad must have the shape"):
        parameter.grad = [1.0]
    parameter.grad = None
    assert not parameter.has_grad


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_gradients_of_inputs_in_another_dtype(dtype):
    layer = Linear(2, 1, rng=0, dtype=np.float32)
    X = np.array([[1.0, 2.0]], dtype)
    layer.forward(X)
    layer.backward(np.ones((1, 1), dtype))
    assert layer.weight.grad.dtype == np.float32
    assert layer.weight.grad.tolist() == [[1], [2]]


def test_columns_first_in_memory_is_no_trap():
    layer = Linear.from_arrays(np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]), [0.0, 0.0])
    before = layer.weight.value.copy()
    layer.forward([[1.0, 1.0]])
    layer.backward([[1.0, 2.0]])
    SGD(layer.parameters(), lr=0.5).step()
    np.testing.assert_array_equal(layer.weight.value, before - 0.5 * layer.weight.grad)
