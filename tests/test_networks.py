"""Whole networks: one vector of parameters, and what users do with a network besides training."""

from __future__ import annotations

import copy
import pickle
import re

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


class Widen(nnlib.Layer):
    """A layer of one's own that computes in float64 whatever it is given."""

    def forward(self, X):
        return X.astype(np.float64)

    def backward(self, grad_output):
        return grad_output.astype(np.float64)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("given", [np.float32, np.float64, np.int64])
def test_a_network_computes_in_its_own_dtype(dtype, given):
    model = Sequential(
        nnlib.Conv2d((1, 2, 1), 2, rng=0, dtype=dtype),
        Widen(),
        Linear(4, 3, rng=0, dtype=dtype),
        nnlib.Tanh(),
        Linear(3, 1, rng=0, dtype=dtype),
    )
    X = np.array([[1, 2], [3, -1]], given)
    for output in (model.forward(X), model.predict(X)):
        assert output.dtype == dtype
        np.testing.assert_array_equal(output, model.predict(X.astype(dtype)))
    assert model[0].backward(model[2].backward(np.ones((2, 3)))).dtype == dtype
    assert model[3].backward(np.ones((2, 3))).dtype == dtype


def test_a_network_without_parameters_has_an_empty_vector():
    assert Sequential(nnlib.ReLU()).theta.size == 0


# -- Layers that do not fit -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (
            lambda: [Linear(3, 4, rng=0), nnlib.ReLU(), Linear(5, 2, rng=0)],
            "layer 2, Linear(5, 2): takes 5 columns, but layer 0, Linear(3, 4), gives 4",
        ),
        (
            lambda: [nnlib.Conv2d((8, 8, 1), 4, rng=0), nnlib.MaxPool2d((8, 8, 1))],
            "layer 1, MaxPool2d((8, 8, 1), size=2): takes 64 columns, but layer 0, "
            "Conv2d((8, 8, 1), 4, size=3), gives 256",
        ),
        (
            lambda: [nnlib.MaxPool2d((2, 2, 1)), nnlib.Conv2d((2, 2, 1), 1, rng=0)],
            "layer 1, Conv2d((2, 2, 1), 1, size=3): takes 4 columns, but layer 0, "
            "MaxPool2d((2, 2, 1), size=2), gives 1",
        ),
        (
            lambda: [network(), network()],
            "layer 1.0, Linear(2, 3): takes 2 columns, but layer 0.2, Linear(3, 1), gives 1",
        ),
    ],
)
def test_layers_that_do_not_fit_are_refused_when_the_network_is_made(layers, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        Sequential(*layers())


class Twice(nnlib.Layer):
    def forward(self, X):
        return np.hstack([X, X])


def test_a_layer_of_ones_own_need_not_say_its_widths():
    model = Sequential(Linear(2, 3, rng=0), Twice(), Linear(6, 1, rng=0))
    assert model([[1.0, 2.0]]).shape == (1, 1)
    assert model.in_features == 2
    assert Sequential(Twice(), Linear(4, 1, rng=0)).in_features is None


@pytest.mark.parametrize("method", ["forward", "predict"])
def test_what_a_layer_inside_refuses_is_told_with_its_place(method):
    model = Sequential(Linear(2, 3, rng=0), Sequential(Twice(), Linear(5, 1, rng=0)))
    words = r"^layer 1\.1, Linear\(5, 1\): X must have shape \(n, 5\), got \(1, 6\)$"
    with pytest.raises(ValueError, match=words):
        getattr(model, method)([[1.0, 2.0]])
    with pytest.raises(ValueError, match=r"^X must have shape \(n, 2\), got \(1, 1\)$"):
        getattr(model, method)([[1.0]])


def test_what_a_layer_inside_refuses_of_a_gradient_is_told_with_its_place():
    class Narrow(nnlib.Layer):
        def forward(self, X):
            return X

        def backward(self, grad_output):
            return grad_output[:, :1]

    model = Sequential(Linear(2, 3, rng=0), Narrow(), Linear(3, 2, rng=0))
    model([[1.0, 2.0]])
    words = r"^layer 0, Linear\(2, 3\): grad_output must .* \(1, 3\), got \(1, 1\)$"
    for options in ({}, {"input_gradient": True}):
        with pytest.raises(ValueError, match=words):
            model.backward([[1.0, 2.0]], **options)
    with pytest.raises(ValueError, match=r"^grad_output must .* \(1, 2\), got \(1, 1\)$"):
        model.backward([[1.0]])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_layer_that_returns_nothing_is_named(place):
    class Bend(nnlib.Layer):
        def __init__(self, forgets):
            self.forgets = forgets

        def forward(self, X):
            return None if self.forgets == "forward" else X

        def backward(self, grad_output):
            return None if self.forgets == "backward" else grad_output

    def model(forgets):
        layers = [nnlib.ReLU(), nnlib.Tanh()]
        return Sequential(*layers[:place], Bend(forgets), *layers[place:])

    for method in ("forward", "predict"):
        with pytest.raises(
            TypeError, match=rf"^layer {place}, Bend\(\): forward returned nothing$"
        ):
            getattr(model("forward"), method)([[1.0]])
    forgetful = model("backward")
    forgetful([[1.0]])
    with pytest.raises(TypeError, match=rf"^layer {place}, Bend\(\): backward returned nothing$"):
        forgetful.backward([[1.0]], input_gradient=True)


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


class Residual(nnlib.Layer):
    keeps_width = True

    def __init__(self, *layers):
        self.inner, self.listed = Sequential(layers[0]), list(layers[1:])

    def forward(self, X):
        return X + self.listed[0](self.inner(X))

    def backward(self, grad_output):
        return grad_output + self.inner.backward(
            self.listed[0].backward(grad_output), input_gradient=True
        )

    def parameters(self):
        return [*self.inner.parameters(), *self.listed[0].parameters()]


def test_predict_of_a_layer_that_holds_layers_leaves_no_trace_in_these_either():
    model = Sequential(
        Residual(Linear.from_arrays([[2.0]], [0.0]), Linear.from_arrays([[3.0]], [0.0]))
    )
    model.forward([[1.0]])
    model.predict([[100.0]])
    model.backward([[1.0]])
    assert model.gradient.tolist() == [3, 3, 2, 1]


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


def test_mlp_takes_a_dtype_and_a_seed():
    assert network(dtype=np.float32).theta.dtype == np.float32
    np.testing.assert_array_equal(network(3).theta, nnlib.mlp([2, 3, 1], rng=3).theta)
    assert (network(3).theta != network(4).theta).any()
    assert not np.array_equal(network()[0].weight.value[0], network()[2].weight.value[:, 0])


@pytest.mark.parametrize(
    ("activation", "init", "variance"),
    [("relu", None, "he"), ("tanh", None, "glorot"), ("relu", "glorot", "glorot")],
)
def test_mlp_draws_with_the_variance_that_suits_or_that_is_asked_for(activation, init, variance):
    model = nnlib.mlp([2, 3, 1], activation, rng=0, init=init)
    rng = np.random.default_rng(0)
    layers = [Linear(a, b, rng=rng, init=variance) for a, b in ((2, 3), (3, 1))]
    for ours, expected in zip(model[::2], layers, strict=True):
        np.testing.assert_array_equal(ours.weight.value, expected.weight.value)


# -- State, copies, pickles, files ----------------------------------------------------------------


def test_a_state_is_a_copy_and_goes_back():
    model = network()
    state = model.state()
    theta = model.theta.copy()
    model.theta[:] = 7
    assert state["2.bias"].tolist() == [0]
    model.load(state)
    np.testing.assert_array_equal(model.theta, theta)


def test_a_layer_of_ones_own_may_say_that_it_keeps_the_width():
    class Twice(nnlib.Layer):
        keeps_width = True

    assert "\nTwice()       (n, 3) " in Sequential(Linear(2, 3, rng=0), Twice()).summary()
    with pytest.raises(ValueError, match=r"layer 0, Linear\(2, 3\), gives 3"):
        Sequential(Linear(2, 3, rng=0), Twice(), Linear(2, 1, rng=0))


def test_mlp_takes_an_activation_of_ones_own_and_its_first_weights():
    square = nnlib.Activation("square", np.square, lambda z: 2 * z, "z^2", "glorot")
    model = nnlib.mlp([1, 2, 1], square, rng=0)
    np.testing.assert_array_equal(model.theta, nnlib.mlp([1, 2, 1], "tanh", rng=0).theta)
    assert repr(model) == (
        "Sequential(Linear(1, 2), Elementwise(Activation('square')), Linear(2, 1))"
    )
    nnlib.check_model(model, [[0.5]], [[1.0]], loss="mse")
    relu = nnlib.mlp([1, 2, 1], nnlib.ACTIVATIONS["relu"], rng=0)
    assert type(relu[1]) is nnlib.ReLU


def test_mlp_takes_an_activation_that_was_put_into_the_table(monkeypatch):
    swish = nnlib.Activation("swish", lambda z: z * nnlib.sigmoid(z), np.ones_like, "")
    monkeypatch.setitem(nnlib.ACTIVATIONS, "swish", swish)
    assert nnlib.mlp([1, 2, 1], "swish", rng=0)[1].activation is swish


def test_sizes_may_be_of_any_integer_type():
    small = np.int8(100)
    assert Linear(small, small, rng=0, init="glorot")(np.ones((1, 100))).shape == (1, 100)
    assert nnlib.MaxPool2d((16, 16, 1), size=np.int8(16)).out_features == 1
    size, filters = np.int8(13), np.int8(4)
    layer = nnlib.Conv2d((16, 16, 1), filters, size=size, rng=0)
    same = nnlib.Conv2d((16, 16, 1), 4, size=13, rng=0)
    np.testing.assert_array_equal(layer.weight.value, same.weight.value)


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
    state = model.state() | {"2.bias": np.array([-1e300])}
    with pytest.raises(ValueError, match=r"'2.bias'\] must fit into .* float32, got -1e\+300"):
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


@pytest.mark.parametrize("content", [b"", b"1.0,2.0\n", b"PK\x03\x04 broken", NPY, "objects"])
def test_a_file_that_is_none_of_ours_says_so(tmp_path, content):
    if content == "objects":
        np.savez(tmp_path / "objects.npz", **network().state() | {"2.bias": np.array([None])})
        content = (tmp_path / "objects.npz").read_bytes()
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(ValueError, match="must be a file that `save` wrote") as caught:
        network().load(tmp_path / "file")
    assert str(caught.value).endswith(f"got one that begins with {content[:20]!r}")
    assert "pickle" not in str(caught.value)  # numpy's advice would run what the file holds
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


@pytest.mark.parametrize("left", [np.float32, np.float64])
@pytest.mark.parametrize("right", [np.float32, np.float64])
@pytest.mark.parametrize("before", [None, [[1.0]]])
def test_a_product_of_any_dtypes_is_added_to_a_gradient(left, right, before):
    parameter = Parameter(np.zeros((1, 1), np.float32))
    parameter.grad = before
    parameter.add_grad_product(np.array([[2.0, 3.0]], left), np.array([[5.0], [7.0]], right))
    assert parameter.grad.dtype == np.float32
    assert parameter.grad.tolist() == [[31 + (before is not None)]]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_gradients_of_inputs_in_another_dtype(dtype):
    layer = Linear(2, 1, rng=0, dtype=np.float32)
    X = np.array([[1.0, 2.0]], dtype)
    layer.forward(X)
    layer.backward(np.ones((1, 1), dtype))
    assert layer.weight.grad.dtype == np.float32
    assert layer.weight.grad.tolist() == [[1], [2]]


def test_the_byte_order_of_another_machine_is_no_trap():
    foreign = np.dtype(float).newbyteorder()
    weight, bias = np.array([[1.0, 2.0]], foreign), np.zeros(2, foreign)
    for layer in (Linear.from_arrays(weight, bias), Linear(1, 2, rng=0, dtype=foreign)):
        assert layer(np.ones((1, 1), foreign)).dtype.isnative
        layer.backward(np.ones((1, 2), foreign))
        assert layer.weight.grad.tolist() == [[1, 1]]
    assert nnlib.relu(np.ones(2, foreign)).dtype.isnative


def test_columns_first_in_memory_is_no_trap():
    layer = Linear.from_arrays(np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]), [0.0, 0.0])
    before = layer.weight.value.copy()
    layer.forward([[1.0, 1.0]])
    layer.backward([[1.0, 2.0]])
    SGD(layer.parameters(), lr=0.5).step()
    np.testing.assert_array_equal(layer.weight.value, before - 0.5 * layer.weight.grad)
