"""Whole networks: one vector of parameters, and what users do with a network besides training."""

from __future__ import annotations

import collections
import copy
import io
import pickle
import re
import sys
import threading
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nnlib
from nnlib import SGD, Adam, Linear, Parameter, Sequential
from nnlib.parameters import frozen


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
    kept = model[0].weight.value.copy()
    trained = [p for p in model.parameters() if p is not model[0].weight]
    before = model.theta.copy()
    train(model, SGD(trained, lr=0.1))
    np.testing.assert_array_equal(model[0].weight.value, kept)
    assert (model.theta[kept.size :] != before[kept.size :]).any()


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
    words = (
        r"^layer 1, Narrow\(\): backward must fit layer 0, Linear\(2, 3\): "
        r"grad_output must have the shape of the output, \(1, 3\), got \(1, 1\)$"
    )
    for options in ({}, {"input_gradient": True}):
        with pytest.raises(ValueError, match=words):
            model.backward([[1.0, 2.0]], **options)
    with pytest.raises(ValueError, match=r"^grad_output must .* \(1, 2\), got \(1, 1\)$"):
        model.backward([[1.0]])


def test_a_layer_that_sends_a_wrong_shape_through_layers_of_its_own_is_to_blame_itself():
    class Wrong(Residual):
        def backward(self, grad_output):
            return super().backward(grad_output[:, :1])

    inner = Linear(2, 2, rng=0), Linear(2, 2, rng=1)
    model = Sequential(Linear(1, 2, rng=2), Wrong(*inner), Linear(2, 2, rng=3))
    model([[1.0]])
    with pytest.raises(ValueError, match=r"^layer 1, Wrong\(\): grad_output must .* got \(1, 1\)$"):
        model.backward([[1.0, 2.0]])


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


class Held(nnlib.Layer):
    """Sends X through one layer, kept in some way, and back."""

    keeps_width = True

    def __init__(self, keep, taken):
        self.layer = Linear.from_arrays([[2.0]], [0.0])
        self.kept, self.taken = keep(self.layer), taken
        del self.layer

    def forward(self, X):
        return self.taken(self.kept).forward(X)

    def backward(self, grad_output):
        layer = self.taken(self.kept)
        if isinstance(layer, Sequential):
            return layer.backward(grad_output, input_gradient=True)
        return layer.backward(grad_output)

    def parameters(self):
        return self.taken(self.kept).parameters()


Pair = collections.namedtuple("Pair", "first second")
KEPT = {
    "itself": (lambda layer: layer, lambda kept: kept),
    "dict": (lambda layer: {"a": layer}, lambda kept: kept["a"]),
    "list": (lambda layer: [layer], lambda kept: kept[0]),
    "tuple": (lambda layer: (0, layer), lambda kept: kept[1]),
    "named tuple": (lambda layer: Pair(layer, 0), lambda kept: kept.first),
    "dict of lists": (lambda layer: {"a": [(layer,)]}, lambda kept: kept["a"][0][0]),
    "network": (Sequential, lambda kept: kept),
    "layer": (lambda layer: Held(lambda _: layer, lambda kept: kept), lambda kept: kept),
}


@pytest.mark.parametrize(("keep", "taken"), KEPT.values(), ids=KEPT)
def test_predict_leaves_no_trace_in_a_layer_however_it_is_kept(keep, taken):
    model = Sequential(Held(keep, taken))
    assert model.forward([[1.0], [3.0]]).tolist() == [[2], [6]]
    assert model.predict([[100.0]]).tolist() == [[200]]
    model.backward([[1.0], [1.0]])
    assert model.gradient.tolist() == [4, 2]
    nnlib.check_model(model, [[1.0], [3.0]], [[0.0], [0.0]], loss="mse")


def test_predict_leaves_no_trace_in_arrays_and_lists_that_forward_changes():
    class Counting(nnlib.Layer):
        def __init__(self):
            self.seen, self.calls, self.myself = np.zeros(1), [], self

        def forward(self, X):
            assert self.myself is self
            self.seen += len(X)
            self.calls.append(len(X))
            return X

    layer = Counting()
    layer.forward([[1.0]])
    layer.predict([[1.0], [2.0]])
    assert (layer.seen.tolist(), layer.calls) == ([1], [1])


def test_while_a_layer_predicts_and_if_it_fails_it_is_as_it_was():
    class Fails(nnlib.Layer):
        def __init__(self):
            self.factor, self.seen = Parameter([2.0]), None

        def forward(self, X):
            self.seen, self.factor = X, None
            assert vars(layer) == before
            raise KeyboardInterrupt

    layer = Fails()
    before = dict(vars(layer))
    with pytest.raises(KeyboardInterrupt):
        layer.predict([[1.0]])
    assert vars(layer) == before


def test_one_network_predicts_in_several_threads():
    class Meeting(nnlib.Layer):
        """Goes on when all threads have come so far."""

        def forward(self, X):
            self.seen = X
            together.wait()
            return self.seen

    layers = [
        nnlib.Conv2d((2, 2, 1), 2, rng=0),
        nnlib.MaxPool2d((2, 2, 2)),
        Residual(Linear(2, 2, rng=1), Linear(2, 2, rng=2)),
        nnlib.Places(2, 1, rng=3),
        nnlib.Attention(2, 1, rng=4),
    ]
    inputs = [np.random.default_rng(seed).normal(size=(seed + 1, 4)) for seed in range(8)]
    expected = [Sequential(*layers).predict(X) for X in inputs]
    together = threading.Barrier(8, timeout=20)
    model = Sequential(Meeting(), *layers)

    def agree(i):
        outputs = [model.predict(inputs[i]) for _ in range(50)]
        return all(np.array_equal(output, expected[i]) for output in outputs)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(agree, range(8)))
    finally:
        sys.setswitchinterval(interval)


def test_predict_computes_many_samples_in_parts():
    class Counting(nnlib.Layer):
        rows = ()

        def forward(self, X):
            Counting.rows += (len(X),)
            return X

    model, X = Sequential(Counting(), Linear(2, 3, rng=0)), np.ones((600, 2)) * np.arange(1, 3)
    np.testing.assert_allclose(model.predict(X), model(X), rtol=1e-14)
    assert Counting.rows == (256, 256, 88, 600)
    assert Sequential(nnlib.ReLU()).predict(3.0) == 3
    with pytest.raises(ValueError, match=r"^X must have shape \(n, 2\), got \(600, 3\)$"):
        Sequential(Linear(2, 3, rng=0)).predict(np.ones((600, 3)))


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
    square = nnlib.Activation("square", np.square, lambda z: 2 * z, init="glorot")
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
    got = "is damaged, cut off, or made by something else"
    got = got if content.startswith(b"PK") else f"begins with {content[:20]!r}"
    assert str(caught.value).endswith(f"got one that {got}")
    assert "pickle" not in str(caught.value)  # numpy's advice would run what the file holds
    with pytest.raises(FileNotFoundError):
        network().load(tmp_path / "nothing")


def packed(arrays, compression=zipfile.ZIP_DEFLATED):
    """A file like one of `save`, of whatever headers and contents."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as file:
        for name, (header, numbers) in arrays.items():
            head = header.encode().ljust(117) + b"\n"
            start = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little")
            file.writestr(f"{name}.npy", start + head + numbers)
    return content.getvalue()


def header(shape, descr="<f8", order=False):
    return f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}"


def small():
    return Sequential(Linear.from_arrays([[1.0, 2.0], [3.0, 4.0]], [5.0, 6.0]))


BIAS = {"0.bias": (header("(2,)"), np.array([7.0, 8.0]).tobytes())}
WEIGHT = np.array([[1.5, 2.5], [3.5, 4.5]])


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("descr", ["<f8", ">f8", "<f4", "<i2"])
@pytest.mark.parametrize("order", [True, False])
def test_arrays_in_any_order_of_bytes_and_of_entries_are_read(tmp_path, compression, descr, order):
    weight = (header("(2, 2)", descr, order), WEIGHT.astype(descr).tobytes("F" if order else "C"))
    (tmp_path / "file").write_bytes(packed({"0.weight": weight} | BIAS, compression))
    model = small()
    model.load(tmp_path / "file")
    expected = WEIGHT.astype(descr).astype(float)
    np.testing.assert_array_equal(model.theta, [*expected.ravel(), 7, 8])


@pytest.mark.parametrize(
    ("names", "shape", "words"),
    [
        (["0.weight"], "(10000, 10000)", r"\(2, 2\), got \(10000, 10000\)"),
        (["0.weight"], "(10000000000000,)", r"\(2, 2\), got \(10000000000000,\)"),
        (["0.weight", "more"], "(2, 2)", "state has more, but the network does not"),
        (["other"], "(2, 2)", r"state must contain 0\.weight, but does not"),
    ],
)
def test_nothing_is_unpacked_before_names_and_shapes_fit(tmp_path, names, shape, words):
    """Forty million zeros, packed in 40 kB."""
    arrays = dict.fromkeys(names, (header(shape), bytes(40_000_000)))
    (tmp_path / "file").write_bytes(packed(arrays | BIAS))
    model = small()
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=words):
            model.load(tmp_path / "file")
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert model.theta.tolist() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("shape", "numbers"),
    [
        ("(2, 2)", bytes(31)),
        ("(2, 2)", bytes(33)),
        ("(2, 2)", bytes(40_000_000)),
        ("(2, 2), 'more': 1", bytes(32)),
        ("[2, 2]", bytes(32)),
        (f"({'9' * 5000},)", bytes(32)),
    ],
    ids=lambda value: str(value)[:20],
)
def test_an_array_whose_header_is_no_truth_is_refused(tmp_path, shape, numbers):
    (tmp_path / "file").write_bytes(packed({"0.weight": (header(shape), numbers)} | BIAS))
    with pytest.raises(ValueError, match=r"is damaged, cut off, or made by something else$"):
        small().load(tmp_path / "file")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_is_packed_in_another_way_is_refused(tmp_path, method):
    weight = {"0.weight": (header("(2, 2)"), WEIGHT.tobytes())}
    (tmp_path / "file").write_bytes(packed(weight | BIAS, method))
    with pytest.raises(ValueError, match=r"is damaged, cut off, or made by something else$"):
        small().load(tmp_path / "file")


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_file_is_read_whole_or_refused_with_what_is_promised(tmp_path, compression):
    weight = {"0.weight": (header("(2, 2)"), WEIGHT.tobytes())}
    whole, rng, model = packed(weight | BIAS, compression), np.random.default_rng(0), small()
    right, refused = [*WEIGHT.ravel(), 7, 8], 0
    for attempt in range(400):
        content = bytearray(whole)
        for _ in range(attempt % 4):
            content[rng.integers(len(content))] = rng.integers(256)
        if attempt % 4 == 0:
            del content[rng.integers(len(content)) :]
        (tmp_path / "file").write_bytes(content)
        model.theta[:] = 1
        try:
            model.load(tmp_path / "file")
            assert model.theta.tolist() == right
        except (TypeError, ValueError):
            assert (model.theta == 1).all()
            refused += 1
    assert 100 < refused < 400


# -- Buffers --------------------------------------------------------------------------------------


class BatchNorm(nnlib.Layer):
    """Normalizes a batch by its own mean and variance, new data by running ones."""

    keeps_width = True
    remembers = ("seen",)

    def __init__(self, width):
        self.scale, self.shift = Parameter(np.ones(width)), Parameter(np.zeros(width))
        self.mean, self.variance = np.zeros(width), np.ones(width)

    def parameters(self):
        return [self.scale, self.shift]

    def buffers(self):
        return {"mean": self.mean, "variance": self.variance}

    def forward(self, X):
        mean, variance = X.mean(axis=0), X.var(axis=0)
        self.mean = 0.9 * self.mean + 0.1 * mean
        self.variance += 0.1 * (variance - self.variance)
        deviation = np.sqrt(variance + 1e-5)
        A = (X - mean) / deviation
        self.seen = A, deviation
        return self.scale.value * A + self.shift.value

    def predict(self, X):
        A = (X - self.mean) / np.sqrt(self.variance + 1e-5)
        return self.scale.value * A + self.shift.value

    def backward(self, grad_output):
        A, deviation = self.seen
        self.scale.add_grad((A * grad_output).sum(axis=0))
        self.shift.add_grad(grad_output.sum(axis=0))
        G = self.scale.value * grad_output
        return (G - G.mean(axis=0) - A * (A * G).mean(axis=0)) / deviation


def normalizing(seed=0):
    inner = Sequential(BatchNorm(3), nnlib.Tanh())
    return Sequential(Linear(2, 3, rng=seed), inner, Linear(3, 1, rng=seed + 1))


@pytest.mark.parametrize("way", ["file", "state", "copy", "pickle"])
def test_a_layer_with_buffers_trains_and_predicts_the_same_after_it_was_kept(tmp_path, way):
    rng = np.random.default_rng(0)
    X, model = rng.normal(5, 2, (40, 2)), normalizing()
    y = np.sin(X[:, :1])
    optimizer = Adam(model.parameters(), lr=0.02)
    options = {"loss": "mse", "optimizer": optimizer, "epochs": 60, "batch_size": 10, "rng": 0}
    history = nnlib.fit(model, X, y, **options)
    assert history.losses[-1] < 0.5 * history.losses[0]
    twin = normalizing(7)
    if way == "file":
        model.save(tmp_path / "file")
        twin.load(tmp_path / "file")
    elif way == "state":
        twin.load(model.state())
    else:
        twin = copy.deepcopy(model) if way == "copy" else pickled(model)
    assert list(twin.state()) == [
        *("0.weight", "0.bias", "1.0.scale", "1.0.shift", "2.weight", "2.bias"),
        *("1.0.mean", "1.0.variance"),
    ]
    np.testing.assert_array_equal(twin.predict(X), model.predict(X))
    assert twin[1][0].mean is not model[1][0].mean


def test_a_check_leaves_buffers_as_they_were():
    model, X = normalizing(), np.random.default_rng(0).normal(size=(6, 2))
    model.forward(X)
    state = model.state()
    nnlib.check_model(model, X, np.ones((6, 1)), loss="mse")
    for name, array in model.state().items():
        np.testing.assert_array_equal(array, state[name])


def test_a_state_with_a_wrong_buffer_changes_nothing():
    model = normalizing()
    before = model.state()
    for new in ({"1.0.mean": [1.0]}, {"1.0.variance": [1.0, np.nan, 1.0]}):
        with pytest.raises(ValueError, match=next(iter(new))):
            model.load({name: array + 1 for name, array in before.items()} | new)
    with pytest.raises(ValueError, match=r"must contain 1\.0\.mean, 1\.0\.variance, but"):
        model.load({name: before[name] for name in model.named_parameters()})
    for name, array in model.state().items():
        np.testing.assert_array_equal(array, before[name])


@pytest.mark.parametrize(
    ("buffers", "error", "words"),
    [
        ({"mean": 0.5}, TypeError, r"^layer 0, Own\(\): buffers must be arrays of .* mean=0\.5$"),
        ({"n": np.zeros(1, int)}, TypeError, r"arrays of floats, got n=array\(\[0\]\)$"),
        ({"factor": np.ones(1)}, ValueError, r"not be named like parameters, got 0\.factor$"),
    ],
)
def test_buffers_that_are_none_are_refused(buffers, error, words):
    class Own(nnlib.Layer):
        def __init__(self):
            self.factor = Parameter([1.0])

        def parameters(self):
            return [self.factor]

        def buffers(self):
            return buffers

    with pytest.raises(error, match=words):
        Sequential(Own()).state()


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


def test_frozen_parameters_may_be_frozen_again_inside():
    weight, bias = Parameter([1.0]), Parameter([1.0])
    with frozen([weight]):
        with frozen([weight, bias]):
            pass
        for parameter in (weight, bias):
            parameter.add_grad(np.array([5.0]))
        assert weight.grad is None
        assert bias.grad.tolist() == [5]
    weight.add_grad(np.array([5.0]))
    assert weight.grad.tolist() == [5]


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
