"""Every public function refuses what it cannot compute, by the name of the argument and its value.

The tables hold what is refused; each message has to begin with (or hold) the argument's name, and
to hold what was given: a value, a dtype, or both shapes.
"""

from __future__ import annotations

import math
import re
import types
from decimal import Decimal

import numpy as np
import pytest
import scipy.sparse

import nnlib
from nnlib import SGD, Adam, Linear, Parameter, Sequential, Value

RNG = np.random.default_rng(0)
NAN, INF = math.nan, math.inf


def linear():
    return Linear.from_arrays([[1.0], [2.0]], [0.0])


def convolution():
    return nnlib.Conv2d((1, 2, 1), 1, rng=0)


def network():
    return Sequential(linear(), nnlib.Tanh(), Linear.from_arrays([[1.0]], [0.0]))


def after_forward(model):
    model.forward([[1.0, 2.0]])
    return model


def fit(X=((1.0, 2.0),), y=((1.0,),), *, loss="mse", model=None, **options):
    model = network() if model is None else model
    arguments = {"optimizer": SGD(model.parameters(), lr=0.1), "epochs": 1, "rng": RNG}
    return nnlib.fit(model, X, y, loss=loss, **{**arguments, **options})


def fit_classes(X=((1.0, 2.0),), y=(1,), **options):
    model = Sequential(Linear.from_arrays([[1.0, 0.0, 2.0], [0.0, 1.0, 3.0]], [0.0, 0.0, 0.0]))
    return fit(X, y, loss="cross_entropy_with_logits", model=model, **options)


def check_model(X=((1.0, 2.0),), y=((1.0,),), **options):
    return nnlib.check_model(network(), X, y, **{"loss": "mse", **options})


def scaler():
    return nnlib.standardize([[1.0, 2.0], [3.0, 5.0]])[1]


def gradient_descent(start=1.0, gradient=lambda x: x, lr=0.1, **options):
    return nnlib.gradient_descent(gradient, start, lr=lr, **options)


def check_gradient(f=np.sum, gradient=np.ones_like, x=(1.0,), **options):
    return nnlib.check_gradient(f, gradient, x, **options)


def message_of(error, call, *arguments, **options):
    with pytest.raises(error) as caught:
        call(*arguments, **options)
    assert type(caught.value) is error
    return str(caught.value)


# -- Arrays that are none ---------------------------------------------------------------------

ARRAYS = [
    *(
        (f, {"z": [1.0, 2.0]})
        for activation in nnlib.ACTIVATIONS.values()
        for f in (activation.function, activation.derivative)
    ),
    (nnlib.softmax, {"z": [1.0, 2.0]}),
    (nnlib.log_softmax, {"z": [1.0, 2.0]}),
    (nnlib.softmax_jacobian, {"z": [1.0, 2.0]}),
    (nnlib.ssr, {"y_hat": [1.0], "y": [1.0]}),
    (nnlib.ssr_derivative, {"y_hat": [1.0], "y": [1.0]}),
    (nnlib.mse, {"y_hat": [1.0], "y": [1.0]}),
    (nnlib.mse_derivative, {"y_hat": [1.0], "y": [1.0]}),
    (nnlib.huber, {"y_hat": [1.0], "y": [1.0]}),
    (nnlib.huber_derivative, {"y_hat": [1.0], "y": [1.0]}),
    (nnlib.binary_cross_entropy, {"p": [0.5], "y": [1.0]}),
    (nnlib.binary_cross_entropy_derivative, {"p": [0.5], "y": [1.0]}),
    (nnlib.cross_entropy, {"p": [[0.5, 0.5]], "y": [1]}),
    (nnlib.cross_entropy_derivative, {"p": [[0.5, 0.5]], "y": [1]}),
    (nnlib.binary_cross_entropy_with_logits, {"z": [0.5], "y": [1.0]}),
    (nnlib.binary_cross_entropy_with_logits_derivative, {"z": [0.5], "y": [1.0]}),
    (nnlib.cross_entropy_with_logits, {"z": [[0.5, 0.5]], "y": [1]}),
    (nnlib.cross_entropy_with_logits_derivative, {"z": [[0.5, 0.5]], "y": [1]}),
    (Parameter, {"value": [1.0]}),
    (Linear.from_arrays, {"weight": [[1.0]], "bias": [1.0]}),
    (lambda X: linear().forward(X), {"X": [[1.0, 2.0]]}),
    (lambda X: nnlib.ReLU().forward(X), {"X": [[1.0, 2.0]]}),
    (lambda X: convolution().forward(X), {"X": [[1.0, 2.0]]}),
    (lambda X: nnlib.MaxPool2d((1, 2, 1), size=1).forward(X), {"X": [[1.0, 2.0]]}),
    (
        lambda grad_output: after_forward(convolution()).backward(grad_output),
        {"grad_output": [[1.0, 2.0]]},
    ),
    (lambda X: network().forward(X), {"X": [[1.0, 2.0]]}),
    (lambda grad_output: after_forward(linear()).backward(grad_output), {"grad_output": [[1.0]]}),
    (
        lambda grad_output: after_forward(linear()).backward_parameters(grad_output),
        {"grad_output": [[1.0]]},
    ),
    (lambda grad_output: after_forward(network()).backward(grad_output), {"grad_output": [[1.0]]}),
    (
        lambda grad_output: after_forward(nnlib.ReLU()).backward(grad_output),
        {"grad_output": [[1.0, 1.0]]},
    ),
    (gradient_descent, {"start": [1.0]}),
    (fit, {"X": [[1.0, 2.0]], "y": [[1.0]]}),
    (fit_classes, {"X": [[1.0, 2.0]], "y": [1]}),
    (nnlib.accuracy, {"scores": [[1.0, 2.0]], "labels": [1]}),
    (nnlib.accuracy, {"scores": [1.0], "labels": [1]}),
    (
        lambda predicted, labels: nnlib.confusion_matrix(labels, predicted, 2),
        {"predicted": [1], "labels": [0]},
    ),
    (lambda x: nnlib.numerical_gradient(np.sum, x), {"x": [1.0]}),
    (check_gradient, {"x": [1.0]}),
    (check_model, {"X": [[1.0, 2.0]], "y": [[1.0]]}),
    (nnlib.flatten, {"images": [[1.0]]}),
    (nnlib.standardize, {"X": [[1.0]]}),
    (lambda X: scaler().transform(X), {"X": [[1.0, 2.0]]}),
    (lambda X_scaled: scaler().inverse_transform(X_scaled), {"X_scaled": [[1.0, 2.0]]}),
    (lambda images: nnlib.average_pool(images, 1), {"images": [[[1.0]]]}),
    (lambda labels: nnlib.one_hot(labels, 2), {"labels": [1]}),
    (lambda X, y: nnlib.split(X, y, rng=RNG), {"X": [[1.0], [2.0]], "y": [0, 1]}),
]
NO_ARRAYS = {
    "strings": ([["a", "bc"]], TypeError, "dtype <U2"),
    "objects": (np.array([None, 1.0]), TypeError, "dtype object"),
    "none": (None, TypeError, "dtype object"),
    "complex numbers": ([1j], TypeError, "dtype complex128"),
    "dates": (np.array(["2024-01-01"], "datetime64[D]"), TypeError, "dtype datetime64[D]"),
    "ragged": ([[1.0], [1.0, 2.0]], ValueError, "inhomogeneous shape"),
    "empty": ([], ValueError, "must not be empty, got shape (0,)"),
    "rows of nothing": (np.ones((2, 0)), ValueError, "must not be empty, got shape (2, 0)"),
    "no rows": (np.ones((0, 2)), ValueError, "must not be empty, got shape (0, 2)"),
}


@pytest.mark.parametrize(
    ("call", "valid", "name"),
    [
        pytest.param(call, valid, name, id=f"{i}-{call.__name__}-{name}")
        for i, (call, valid) in enumerate(ARRAYS)
        for name in valid
    ],
)
def test_what_is_no_array_of_real_numbers_is_refused(call, valid, name):
    call(**valid)  # what is replaced below is the only thing wrong
    for bad, (value, error, got) in NO_ARRAYS.items():
        message = message_of(error, call, **{**valid, name: value})
        assert message.startswith(f"{name} must "), bad
        assert got in message, bad


def test_every_public_function_of_arrays_stands_in_the_table():
    by_table = {call for call, _ in ARRAYS}
    through_helpers = {
        nnlib.fit,
        nnlib.gradient_descent,
        nnlib.check_gradient,
        nnlib.check_model,
        nnlib.numerical_gradient,
        nnlib.average_pool,
        nnlib.one_hot,
        nnlib.confusion_matrix,
        nnlib.split,
    }
    without_arrays = {
        nnlib.huber_loss,
        nnlib.mlp,
        nnlib.parameter_count,
        nnlib.topological_order,
        nnlib.windows,
        nnlib.write,
    }
    functions = {
        value
        for value in (getattr(nnlib, name) for name in nnlib.__all__)
        if isinstance(value, types.FunctionType)
    }
    assert functions <= by_table | through_helpers | without_arrays


# -- Numbers out of range ---------------------------------------------------------------------

NO_NUMBERS = ["0.1", None, True, 1j, [0.1], np.array([0.1])]
NO_COUNTS = [0, -1, 1.5, True, "3", [2], NAN, np.float64(2.0)]
NOT_POSITIVE = [0, -0.1, -0.0, NAN, INF, -INF, 10**400, *NO_NUMBERS]
NOT_FROM_ZERO = [-0.1, -5e-324, NAN, INF, *NO_NUMBERS]
NOT_BELOW_ONE = [-0.1, 1, 1.5, NAN, INF, *NO_NUMBERS]


def parameter():
    result = Parameter([1.0])
    result.grad = np.array([1.0])
    return result


def set_rate(lr):
    SGD([parameter()], lr=0.1).lr = lr


NUMBERS = [
    ("lr", lambda v: SGD([parameter()], lr=v), NOT_POSITIVE),
    ("lr", lambda v: Adam([parameter()], lr=v), NOT_POSITIVE),
    ("lr", set_rate, NOT_POSITIVE),
    ("lr", lambda v: gradient_descent(lr=v), NOT_POSITIVE),
    ("momentum", lambda v: SGD([parameter()], lr=0.1, momentum=v), NOT_BELOW_ONE),
    ("weight_decay", lambda v: SGD([parameter()], lr=0.1, weight_decay=v), NOT_FROM_ZERO),
    ("weight_decay", lambda v: Adam([parameter()], weight_decay=v), NOT_FROM_ZERO),
    ("eps", lambda v: Adam([parameter()], eps=v), NOT_POSITIVE),
    ("betas", lambda v: Adam([parameter()], betas=(v, 0.9)), NOT_BELOW_ONE),
    ("betas", lambda v: Adam([parameter()], betas=(0.9, v)), NOT_BELOW_ONE),
    ("betas", lambda v: Adam([parameter()], betas=v), [0.9, (0.9,), (0.1, 0.2, 0.3), None]),
    ("tolerance", lambda v: gradient_descent(tolerance=v), NOT_FROM_ZERO),
    ("max_steps", lambda v: gradient_descent(max_steps=v), NO_COUNTS),
    ("epochs", lambda v: fit(epochs=v), [*NO_COUNTS, None]),
    ("batch_size", lambda v: fit(batch_size=v), NO_COUNTS),
    ("in_features", lambda v: Linear(v, 1, rng=RNG), [*NO_COUNTS, None]),
    ("out_features", lambda v: Linear(1, v, rng=RNG), [*NO_COUNTS, None]),
    ("shape", lambda v: nnlib.Conv2d((2, v, 1), 1, rng=RNG), [*NO_COUNTS, None]),
    ("shape", lambda v: nnlib.Conv2d(v, 1, rng=RNG), [4, (4, 4), (1, 2, 3, 4), None]),
    ("filters", lambda v: nnlib.Conv2d((2, 2, 1), v, rng=RNG), [*NO_COUNTS, None]),
    ("size", lambda v: nnlib.Conv2d((2, 2, 1), 1, size=v, rng=RNG), [*NO_COUNTS, None, 2]),
    ("shape", lambda v: nnlib.MaxPool2d((2, v, 1)), [*NO_COUNTS, None]),
    ("size", lambda v: nnlib.MaxPool2d((4, 6, 1), size=v), [*NO_COUNTS, None, 3, 4]),
    ("sizes", lambda v: nnlib.mlp([2, v, 1], rng=RNG), [*NO_COUNTS, None]),
    ("sizes", lambda v: nnlib.mlp(v, rng=RNG), [5, [3], [], None]),
    ("sizes", lambda v: nnlib.parameter_count([2, v, 1]), [*NO_COUNTS, None]),
    ("sizes", nnlib.parameter_count, [5, [3], [], None]),
    ("size", lambda v: nnlib.average_pool(np.ones((1, 4, 4)), v), [*NO_COUNTS, None, 3, 8]),
    ("num_classes", lambda v: nnlib.one_hot([0], v), [*NO_COUNTS, None]),
    ("num_classes", lambda v: nnlib.confusion_matrix([0], [0], v), [*NO_COUNTS, None]),
    (
        "held_out",
        lambda v: nnlib.split([1.0, 2.0], [0, 1], held_out=v, rng=RNG),
        [0, *NOT_BELOW_ONE],
    ),
    ("eps", lambda v: nnlib.numerical_gradient(np.sum, [1.0], eps=v), NOT_POSITIVE),
    ("rtol", lambda v: check_gradient(rtol=v), NOT_POSITIVE),
    ("rtol", lambda v: check_model(rtol=v), NOT_POSITIVE),
    ("negative_slope", lambda v: nnlib.leaky_relu([1.0], v), [*NOT_POSITIVE, 1.5]),
    ("negative_slope", lambda v: nnlib.leaky_relu_derivative([1.0], v), [*NOT_POSITIVE, 1.5]),
    ("negative_slope", nnlib.LeakyReLU, [*NOT_POSITIVE, 1.5]),
    ("delta", lambda v: nnlib.huber([1.0], [1.0], v), NOT_POSITIVE),
    ("delta", lambda v: nnlib.huber_derivative([1.0], [1.0], v), NOT_POSITIVE),
    ("delta", nnlib.huber_loss, NOT_POSITIVE),
    ("axis", lambda v: nnlib.softmax([[1.0, 2.0]], axis=v), [2, -3, 0.5, "x", True, None]),
    ("axis", lambda v: nnlib.log_softmax([[1.0, 2.0]], axis=v), [2, -3, 0.5, "x", True, None]),
    ("data", Value, [NAN, INF, -INF, 10**400, "1", None, True, 1j, [1.0]]),
    ("exponent", lambda v: Value(2.0) ** v, [NAN, INF, "2", None, True, 1j]),
]


@pytest.mark.parametrize(
    ("name", "call", "values"),
    [pytest.param(*row, id=f"{i}-{row[0]}") for i, row in enumerate(NUMBERS)],
)
def test_a_number_out_of_range_is_refused(name, call, values):
    for value in values:
        with pytest.raises((TypeError, ValueError)) as caught:
            call(value)
        message = str(caught.value)
        assert re.match(rf"{name} must ", message), message
        given = INF if isinstance(value, int) and value > 1e300 else value
        shown = {repr(given), str(given)}
        if isinstance(given, int | float):
            shown.add(str(float(given)))
        assert any(f"got {name} {text}" in message or f"got {text}" in message for text in shown), (
            message
        )


def test_the_edges_that_are_allowed():
    SGD([parameter()], lr=5e-324, momentum=0, weight_decay=0)
    SGD([parameter()], lr=np.float32(0.1), momentum=np.nextafter(1, 0))
    Adam([parameter()], lr=1, betas=[0, 0.5])
    nnlib.leaky_relu([1.0], 1)
    Linear(np.int64(1), np.uint8(1), rng=RNG)
    fit(batch_size=np.int32(1))
    gradient_descent(tolerance=0, max_steps=1)


@pytest.mark.parametrize(
    "call",
    [
        lambda **k: Linear(1, 1, **k),
        lambda **k: nnlib.Conv2d((1, 1, 1), 1, **k),
        lambda **k: nnlib.mlp([1, 1], **k),
        lambda **k: nnlib.split([1.0, 2.0], [0, 1], **k),
        lambda **k: fit(batch_size=1, **k),
    ],
    ids=["Linear", "Conv2d", "mlp", "split", "fit"],
)
@pytest.mark.parametrize(
    "value", [-1, 0.0, True, "0", np.random, np.random.RandomState(0)], ids=str
)
def test_chance_comes_from_a_generator_or_a_seed(call, value):
    message = message_of(TypeError, call, rng=value)
    assert message.startswith("rng must be a numpy.random.Generator or a seed")
    assert message.endswith(f"got {value!r}")


def test_chance_is_never_hidden():
    model = network()
    training = {"loss": "mse", "optimizer": SGD(model.parameters(), lr=0.1), "epochs": 1}
    X, y = np.ones((2, 2)), np.ones((2, 1))
    for call in (
        lambda: Linear(1, 1),
        lambda: nnlib.mlp([1, 1]),
        lambda: nnlib.split([1.0, 2.0], [0, 1]),
        lambda: nnlib.fit(model, X, y, batch_size=1, **training),
    ):
        assert "rng" in message_of(TypeError, call)
    nnlib.fit(model, X, y, **training)  # every update sees all samples: nothing is drawn


# -- One wrong thing each -----------------------------------------------------------------------

ELEMENTWISE_LOSSES = [
    name
    for stem in ("ssr", "mse", "huber", "binary_cross_entropy", "binary_cross_entropy_with_logits")
    for name in (stem, f"{stem}_derivative")
]
CLASS_LOSSES = {
    "cross_entropy": "p",
    "cross_entropy_derivative": "p",
    "cross_entropy_with_logits": "z",
    "cross_entropy_with_logits_derivative": "z",
}


@pytest.mark.parametrize("name", ELEMENTWISE_LOSSES)
@pytest.mark.parametrize(
    ("prediction", "target"),
    [((3, 1), (3,)), ((3,), (3, 1)), ((3,), ()), ((2, 3), (3,)), ((3,), (4,))],
)
def test_nothing_is_broadcast(name, prediction, target):
    message = message_of(
        ValueError, getattr(nnlib, name), np.full(prediction, 0.5), np.ones(target)
    )
    assert message.startswith("y must have the shape of the prediction")
    assert str(prediction) in message
    assert str(target) in message


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE_LOSSES if "binary" not in name])
@pytest.mark.parametrize("value", [NAN, INF, -INF])
def test_regression_targets_are_finite(name, value):
    message = message_of(ValueError, getattr(nnlib, name), [1.0, 1.0], [1.0, value])
    assert message.startswith(f"y must be finite, got {value} at index (1,)")


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE_LOSSES if "binary" in name])
@pytest.mark.parametrize("value", [0.5, 2, -1, NAN, INF, 1e-300])
def test_two_class_targets_are_zero_or_one(name, value):
    message = message_of(ValueError, getattr(nnlib, name), [0.5, 0.5], [1.0, value])
    assert message == f"y must be 0 or 1, got {float(value)}"


@pytest.mark.parametrize(
    "name",
    [
        "binary_cross_entropy",
        "binary_cross_entropy_derivative",
        "cross_entropy",
        "cross_entropy_derivative",
    ],
)
@pytest.mark.parametrize("value", [-0.1, -5e-324, 1.1, 1 + 2**-52, NAN, INF])
def test_probabilities_are_from_0_to_1(name, value):
    f = getattr(nnlib, name)
    if "binary" in name:
        message = message_of(ValueError, f, [0.5, value], [1, 1])
    else:
        message = message_of(ValueError, f, [[0.5, 0.5], [1 - value, value]], [0, 1])
    assert message.startswith("p must be probabilities from 0 to 1, got ")
    assert str(value) in message or str(1 - value) in message


@pytest.mark.parametrize("name", ["cross_entropy", "cross_entropy_derivative"])
@pytest.mark.parametrize("row", [[0.5, 0.50002], [0.5, 0.49998], [0.0, 0.0], [1.0, 1.0]], ids=str)
def test_rows_of_probabilities_sum_to_one(name, row):
    message = message_of(ValueError, getattr(nnlib, name), [[0.5, 0.5], row], [0, 1])
    assert message.startswith("each row of p must sum to 1")
    assert "row 1" in message
    assert str(np.sum(row)) in message


@pytest.mark.parametrize(("name", "argument"), CLASS_LOSSES.items())
@pytest.mark.parametrize("shape", [(), (2,), (2, 2, 2)], ids=str)
def test_class_losses_take_one_row_a_sample(name, argument, shape):
    message = message_of(ValueError, getattr(nnlib, name), np.full(shape, 0.5), [0, 1])
    assert message == f"{argument} must have 2 dimension(s), got shape {shape}"


BAD_LABELS = [
    ([0, 3], ValueError, "got 3"),
    ([0, -1], ValueError, "got -1"),
    ([0.0, 1.0], TypeError, "float64"),
    ([0.5, 1], TypeError, "float64"),
    ([True, False], TypeError, "bool"),
    ([0, NAN], TypeError, "float64"),
    ([0, 1, 2], ValueError, "(3,)"),
    ([0], ValueError, "(1,)"),
    (0, ValueError, "()"),
    ([[0], [1]], ValueError, "(2, 1)"),
    ([[1, 0], [0, 1]], ValueError, "(2, 2)"),
    ([[1, 0, 0]], ValueError, "(1, 3)"),
    (np.zeros((2, 3, 1)), TypeError, "float64"),
    (np.zeros((2, 3, 1), int), ValueError, "(2, 3, 1)"),
    ([[1, 0, 0], [0.5, 0.5, 0]], ValueError, "row 1: [0.5 0.5 0. ]"),
    ([[1, 0, 0], [1, 1, 0]], ValueError, "row 1: [1 1 0]"),
    ([[1, 0, 0], [0, 0, 0]], ValueError, "row 1: [0 0 0]"),
    ([[1, 0, 0], [1, 1, -1]], ValueError, "row 1: [ 1  1 -1]"),
    ([[1, 0, 0], [2, 0, 0]], ValueError, "row 1: [2 0 0]"),
    ([[1, 0, 0], [NAN, 1, 0]], ValueError, "row 1: [nan  1.  0.]"),
]
TAKES_LABELS = [
    *((name, getattr(nnlib, name), "y") for name in CLASS_LOSSES),
    ("accuracy", nnlib.accuracy, "labels"),
    (
        "confusion_matrix",
        lambda p, labels: nnlib.confusion_matrix(labels, p.argmax(axis=1), 3),
        "labels",
    ),
    ("fit", lambda p, labels: fit_classes(np.ones((2, 2)), labels), "y"),
    (
        "fit's validation",
        lambda p, labels: fit_classes(validation=(np.ones((2, 2)), labels)),
        "validation y",
    ),
]


@pytest.mark.parametrize(
    ("labels", "error", "got"), BAD_LABELS, ids=[str(labels) for labels, *_ in BAD_LABELS]
)
@pytest.mark.parametrize(
    ("call", "argument"),
    [pytest.param(call, argument, id=name) for name, call, argument in TAKES_LABELS],
)
def test_labels_that_are_none(call, argument, labels, error, got):
    message = message_of(error, call, np.full((2, 3), 1 / 3), labels)
    assert message.startswith(f"{argument} must be ")
    assert got in message
    if (
        isinstance(labels, list)
        and error is ValueError
        and np.ndim(labels) == 1
        and len(labels) == 2
    ):
        assert "from 0 to 2" in message


MODEL = "X must have shape (n, 2)"
CASES = [
    # Shapes of inputs and gradients.
    (lambda: linear().forward([1.0, 2.0]), ValueError, MODEL, "(2,)"),
    (lambda: linear().forward([[1.0, 2.0, 3.0]]), ValueError, MODEL, "(1, 3)"),
    (lambda: linear().forward([[[1.0, 2.0]]]), ValueError, MODEL, "(1, 1, 2)"),
    (lambda: network().forward([[1.0]]), ValueError, MODEL, "(1, 1)"),
    (
        lambda: after_forward(linear()).backward([1.0]),
        ValueError,
        "grad_output must have the shape of the output",
        "(1, 1)",
        "(1,)",
    ),
    (
        lambda: after_forward(linear()).backward_parameters([[1.0, 1.0]]),
        ValueError,
        "grad_output must have the shape of the output",
        "(1, 1)",
        "(1, 2)",
    ),
    (
        lambda: after_forward(nnlib.ReLU()).backward([[1.0]]),
        ValueError,
        "grad_output must have the shape of the output",
        "(1, 2)",
        "(1, 1)",
    ),
    (
        lambda: after_forward(nnlib.Tanh()).backward([1.0, 1.0]),
        ValueError,
        "grad_output must have the shape of the output",
        "(1, 2)",
        "(2,)",
    ),
    (
        lambda: after_forward(Sequential(nnlib.Sigmoid())).backward([[1.0]]),
        ValueError,
        "grad_output must have the shape of the output",
        "(1, 2)",
        "(1, 1)",
    ),
    (
        lambda: after_forward(network()).backward([[1.0], [1.0]]),
        ValueError,
        "grad_output must have the shape of the output",
        "(1, 1)",
        "(2, 1)",
    ),
    # Parameters.
    (lambda: Parameter([1.0, NAN]), ValueError, "value must be finite", "nan at index (1,)"),
    (lambda: setattr(Parameter([1.0]), "value", [INF]), ValueError, "value must be finite", "inf"),
    (
        lambda: setattr(Parameter([[1.0], [2.0]]), "value", [1.0, 2.0]),
        ValueError,
        "value must have the shape of the parameter",
        "(2, 1)",
        "(2,)",
    ),
    (lambda: setattr(Parameter([1.0]), "value", 1.0), ValueError, "value", "(1,)", "()"),
    (lambda: setattr(Parameter([1.0]), "value", "a"), TypeError, "value", "<U1"),
    (lambda: Linear.from_arrays([1.0], [1.0]), ValueError, "weight", "(1,)"),
    (lambda: Linear.from_arrays([[1.0, 2.0]], [1.0]), ValueError, "bias", "(1, 2)", "(1,)"),
    (lambda: Linear.from_arrays([[1.0]], [[1.0]]), ValueError, "bias", "(1, 1)"),
    (lambda: Linear.from_arrays([[NAN]], [1.0]), ValueError, "weight must be finite", "nan"),
    (lambda: Linear.from_arrays([[1.0]], [INF]), ValueError, "bias must be finite", "inf"),
    # Layers and models.
    (lambda: Linear(1, 1, rng=RNG, init="xavier"), ValueError, "init", "he, glorot", "'xavier'"),
    (lambda: Linear(1, 1, rng=RNG, init=None), ValueError, "init", "None"),
    (lambda: Linear(1, 1, rng=RNG, dtype=int), TypeError, "dtype", "int64"),
    (lambda: nnlib.Conv2d((1, 1, 1), 1, rng=RNG, dtype=int), TypeError, "dtype", "int64"),
    (lambda: convolution().forward([[1.0]]), ValueError, "X must have shape (n, 2)", "(1, 1)"),
    (
        lambda: after_forward(convolution()).backward([[1.0]]),
        ValueError,
        "grad_output must have the shape of the output, (1, 2)",
        "(1, 1)",
    ),
    (
        lambda: after_forward(nnlib.MaxPool2d((1, 2, 1), size=1)).backward([[1.0]]),
        ValueError,
        "grad_output must have the shape of the output, (1, 2)",
        "(1, 1)",
    ),
    (lambda: Linear(1, 1, rng=RNG, dtype=complex), TypeError, "dtype", "complex128"),
    (lambda: Linear(1, 1, rng=RNG, dtype="abc"), TypeError, "dtype", "'abc'"),
    (lambda: Sequential(), ValueError, "layers must not be empty"),
    (lambda: Sequential(linear(), 5), TypeError, "layers must be Layer or Sequential objects", "5"),
    (
        lambda: Sequential([linear()]),
        TypeError,
        "layers must be Layer or Sequential objects",
        "[Linear(2, 1)]",
    ),
    (
        lambda: Sequential(nnlib.ReLU),
        TypeError,
        "layers must be Layer or Sequential objects",
        "ReLU",
    ),
    (
        lambda: (lambda layer: Sequential(layer, nnlib.ReLU(), layer))(linear()),
        ValueError,
        "layers must be different objects",
        "Linear(2, 1)",
    ),
    (
        lambda: nnlib.mlp([1, 1], "no_such", rng=RNG),
        ValueError,
        "activation",
        "softplus",
        "'no_such'",
    ),
    (
        lambda: nnlib.mlp([1, 1], nnlib.tanh, rng=RNG),
        TypeError,
        "activation must be an Activation or the name of one",
        ': use activation="tanh"',
    ),
    (lambda: nnlib.mlp("23", rng=RNG), TypeError, "sizes must be an integer", "'2'"),
    # Optimizers.
    (lambda: SGD([], lr=0.1), ValueError, "parameters must not be empty"),
    (lambda: Adam([]), ValueError, "parameters must not be empty"),
    (lambda: SGD(network(), lr=0.1), TypeError, "parameters must be a list", "Sequential(Linear"),
    (lambda: SGD([np.ones(1)], lr=0.1), TypeError, "parameters must be Parameter", "array([1.])"),
    (lambda: SGD([parameter()] * 2, lr=0.1), ValueError, "parameters must all be different"),
    # Gradient descent.
    (lambda: gradient_descent([[1.0]]), ValueError, "start", "(1, 1)"),
    (lambda: gradient_descent([1.0, NAN]), ValueError, "start must be finite", "nan"),
    (lambda: gradient_descent(gradient=3.0), TypeError, "gradient must be a function", "3.0"),
    (lambda: gradient_descent(loss=3.0), TypeError, "loss must be a function", "3.0"),
    (
        lambda: gradient_descent([1.0, 2.0], gradient=np.sum),
        ValueError,
        "gradient must have the shape of start",
        "(2,)",
        "()",
    ),
    (
        lambda: gradient_descent(1.0, gradient=lambda x: [1.0]),
        ValueError,
        "gradient must have the shape of start",
        "()",
        "(1,)",
    ),
    (lambda: gradient_descent(gradient=lambda x: "a"), TypeError, "gradient", "<U1"),
    (
        lambda: Sequential([linear()]),
        TypeError,
        "got [Linear(2, 1)]: give them one by one, without the list",
    ),
    (lambda: Sequential(linear(), nnlib.ReLU), TypeError, "make one, ReLU(...)"),
    (lambda: nnlib.Elementwise("tanh"), TypeError, "activation", 'ACTIVATIONS["tanh"]', "'tanh'"),
    (lambda: nnlib.Elementwise(np.tanh), TypeError, "activation", 'ACTIVATIONS["relu"]', "tanh"),
    (
        lambda: nnlib.Activation("swish", 5, np.sin, ""),
        TypeError,
        "function must be a function",
        "5",
    ),
    (
        lambda: nnlib.Activation("swish", np.sin, None, ""),
        TypeError,
        "derivative must be a function",
        "None",
    ),
    (
        lambda: nnlib.Activation("swish", np.sin, np.cos, "", "x"),
        ValueError,
        "init must be one of he, glorot",
        "'x'",
    ),
    (lambda: nnlib.mlp([1, 1], rng=RNG, init="x"), ValueError, "init", "he, glorot", "'x'"),
    (
        lambda: convolution().forward(np.ones((3, 1, 2))),
        ValueError,
        "X must have shape (n, 2), got (3, 1, 2): nnlib.flatten(X) makes rows of images",
    ),
    (
        lambda: nnlib.Conv2d.from_arrays((2, 2, 3), np.ones((3, 3, 2, 1)), [0.0]),
        ValueError,
        "weight must have shape (s, s, 3, F)",
        "(3, 3, 2, 1) and (1,)",
    ),
    *(
        (
            lambda weight=weight, bias=bias: nnlib.Conv2d.from_arrays((2, 2, 1), weight, bias),
            ValueError,
            "weight must have shape (s, s, 1, F), s odd, and bias (F,)",
            f"got {np.shape(weight)} and {np.shape(bias)}",
        )
        for weight, bias in (
            (np.ones((2, 2, 1, 1)), [0.0]),
            (np.ones((1, 3, 1, 1)), [0.0]),
            (np.ones((3, 3, 1)), [0.0]),
            (np.ones((3, 3, 1, 2)), [0.0]),
            (1.0, 1.0),
        )
    ),
    (
        lambda: nnlib.Conv2d.from_arrays((1, 1, 1), [[[[NAN]]]], [0.0]),
        ValueError,
        "weight must be finite",
        "nan",
    ),
    # Training.
    (lambda: fit([1.0, 2.0]), ValueError, "X must have shape (n, 2)", "(2,)"),
    (
        lambda: fit(np.ones((3, 1, 2))),
        ValueError,
        "X must have shape (n, 2), got (3, 1, 2): nnlib.flatten(X) makes rows of images",
    ),
    (
        lambda: fit([1.0, 2.0], model=Sequential(Linear(1, 1, rng=0))),
        ValueError,
        "X must have shape (n, 1), got (2,): np.reshape(X, (-1, 1)) makes a column of it",
    ),
    (
        lambda: fit([1.0, 2.0], model=Sequential(nnlib.ReLU(), Linear(1, 1, rng=0))),
        ValueError,
        "X must have shape (n, d), got (2,): np.reshape(X, (-1, 1)) makes a column of it",
    ),
    (
        lambda: fit(np.ones((4, 2)), np.ones(4)),
        ValueError,
        "y must have the shape of the prediction, (4, 1), got (4,): "
        "np.reshape(y, (-1, 1)) makes a column of it",
    ),
    (
        lambda: fit(np.ones((4, 2)), [0, 1, 1, 0], loss="binary_cross_entropy_with_logits"),
        ValueError,
        "np.reshape(y, (-1, 1))",
    ),
    (
        lambda: fit_classes(np.ones((2, 2)), [[0], [1]]),
        ValueError,
        "y must be one-hot of shape (2, 3), got (2, 1): for labels use np.ravel(y)",
    ),
    (
        lambda: nnlib.fit(network, [[1.0]], [[1.0]], loss="mse", optimizer=None, epochs=1),
        TypeError,
        "model must be a Sequential",
        "<function network",
    ),
    (
        lambda: nnlib.check_model(linear(), [[1.0]], [[1.0]], loss="mse"),
        TypeError,
        "model must be a Sequential",
        "Linear(2, 1)",
    ),
    (lambda: fit(np.ones((4, 3)), np.ones((4, 1))), ValueError, MODEL, "(4, 3)"),
    (
        lambda: fit(np.ones((4, 2)), np.ones(4)),
        ValueError,
        "y must have the shape",
        "(4, 1)",
        "(4,)",
    ),
    (lambda: fit(np.ones((4, 2)), np.ones((3, 1))), ValueError, "y", "(4, 1)", "(3, 1)"),
    (lambda: fit(y=[[0.5]], loss="binary_cross_entropy_with_logits"), ValueError, "y", "0.5"),
    (
        lambda: fit(validation=(np.ones((4, 2)), np.ones(4))),
        ValueError,
        "validation y must have the shape",
        "(4, 1)",
        "(4,)",
    ),
    (lambda: fit(validation=([1.0, 2.0], [1.0])), ValueError, "validation X", "(2,)"),
    (
        lambda: fit(validation=([[1.0, 2.0]],)),
        TypeError,
        "validation must be a pair (X, y)",
        "tuple",
    ),
    (lambda: fit(validation=5), TypeError, "validation must be a pair (X, y)", "int"),
    (lambda: fit(loss="hinge"), ValueError, "loss must be one of ssr, mse", "'hinge'"),
    (
        lambda: fit(loss=nnlib.mse),
        TypeError,
        "loss must be a Loss or the name of one",
        "mse",
        ': use loss="mse"',
    ),
    (lambda: fit(loss=np.sum), TypeError, "loss must be a Loss or the name of one", "sum"),
    (
        lambda: fit(loss="cross_entropy"),
        ValueError,
        "loss cross_entropy takes probabilities",
        "cross_entropy_with_logits",
    ),
    (
        lambda: fit(loss=nnlib.LOSSES["binary_cross_entropy"]),
        ValueError,
        "loss binary_cross_entropy takes",
        "binary_cross_entropy_with_logits",
    ),
    (lambda: fit(optimizer=None), TypeError, "optimizer must be an Optimizer", "None"),
    (lambda: fit(optimizer=SGD), TypeError, "optimizer must be an Optimizer", "SGD"),
    (lambda: fit(callback=3), TypeError, "callback must be a function", "3"),
    (
        lambda: nnlib.accuracy(np.ones((2, 2, 2)), [0, 1]),
        ValueError,
        "scores must have shape (n, K), (n, 1) or (n,)",
        "(2, 2, 2)",
    ),
    (lambda: nnlib.accuracy(1.0, 1), ValueError, "scores must have shape", "()"),
    (lambda: nnlib.accuracy([[1.0, NAN]], [1]), ValueError, "scores must be finite", "nan"),
    (lambda: nnlib.accuracy([1.0, 2.0], [0, 2]), ValueError, "labels", "0 to 1", "got 2"),
    (
        lambda: nnlib.accuracy([1, 2, 0], [0, 2, 0]),
        ValueError,
        "labels must be labels from 0 to 1, got 2. Scores have a column for each class",
        "np.mean(predicted == labels)",
    ),
    (
        lambda: nnlib.accuracy([1, 0], [[0.5, 1.5], [0.5, -1.0]]),
        ValueError,
        "labels must be one-hot",
        ". Scores come first: accuracy(scores, labels)",
    ),
    (
        lambda: nnlib.accuracy([[1.0], [0.0]], [[0.5], [-1.5]]),
        TypeError,
        "labels must be integer labels",
        ". Scores come first: accuracy(scores, labels)",
    ),
    (
        lambda: nnlib.confusion_matrix([0, 1], [[0.5, 1.5], [0.5, -1.0]], 2),
        ValueError,
        "predicted must be classes of shape (n,), got shape (2, 2)",
        "scores.argmax(axis=1)",
    ),
    (
        lambda: nnlib.confusion_matrix([0, 1], [[0], [1]], 2),
        ValueError,
        "predicted must be classes of shape (n,), got shape (2, 1): use np.ravel(predicted)",
    ),
    (lambda: nnlib.accuracy([[1.0, 2.0]], [1], threshold="0"), TypeError, "threshold must", "'0'"),
    (lambda: nnlib.accuracy([1.0, 2.0], [0]), ValueError, "labels", "(2,)", "(1,)"),
    (lambda: nnlib.accuracy([1.0, 2.0], [[0], [1]]), ValueError, "labels", "(2, 1)"),
    (
        lambda: nnlib.accuracy([[1.0], [2.0]], [0.5, 1.0]),
        TypeError,
        "labels",
        "got dtype float64, 0.5",
    ),
    (
        lambda: nnlib.confusion_matrix([0, 1], [0, 2], 2),
        ValueError,
        "predicted must be labels from 0 to 1",
        "got 2",
    ),
    (lambda: nnlib.confusion_matrix([0, 1], [0, -1], 2), ValueError, "predicted", "got -1"),
    (lambda: nnlib.confusion_matrix([0, 1], [[0, 1]], 2), ValueError, "predicted", "(1, 2)"),
    (lambda: nnlib.confusion_matrix([0], 0, 2), ValueError, "predicted", "()"),
    (lambda: nnlib.confusion_matrix([0], [0.0], 2), TypeError, "predicted", "float64"),
    # Gradient checks.
    (lambda: nnlib.numerical_gradient(3.0, [1.0]), TypeError, "f must be a function", "3.0"),
    (lambda: nnlib.numerical_gradient(np.sum, [NAN]), ValueError, "x must be finite", "nan"),
    (lambda: nnlib.numerical_gradient(lambda x: x, [1.0, 2.0]), ValueError, "f", "(2,)"),
    (lambda: nnlib.numerical_gradient(lambda x: "a", [1.0]), TypeError, "f", "<U1"),
    (lambda: nnlib.numerical_gradient(lambda x: None, [1.0]), TypeError, "f", "object"),
    (lambda: check_gradient(f=3.0), TypeError, "f must be a function", "3.0"),
    (lambda: check_gradient(gradient=[1.0]), TypeError, "gradient must be a function", "[1.0]"),
    (lambda: check_gradient(gradient=np.sum), ValueError, "gradient", "shape of x", "(1,)", "()"),
    (lambda: check_gradient(x=[INF]), ValueError, "x must be finite", "inf"),
    (lambda: check_gradient(gradient=lambda x: "a"), TypeError, "gradient", "<U1"),
    (lambda: check_model([[1.0, NAN]]), ValueError, "X must be finite", "nan at index (0, 1)"),
    (lambda: check_model([[1.0]]), ValueError, MODEL, "(1, 1)"),
    (lambda: check_model(y=[1.0]), ValueError, "y must have the shape", "(1, 1)", "(1,)"),
    (lambda: check_model(y=[[NAN]]), ValueError, "y must be finite", "nan"),
    (lambda: check_model(loss="hinge"), ValueError, "loss must be one of", "'hinge'"),
    (lambda: check_model(loss="cross_entropy"), ValueError, "takes probabilities"),
    (
        lambda: nnlib.check_model(
            Sequential(Linear(1, 1, rng=RNG, dtype=np.float32)), [[1.0]], [[1.0]], loss="mse"
        ),
        ValueError,
        "model must hold float64 parameters",
        "float32",
    ),
    (
        lambda: nnlib.check_model(
            Sequential(nnlib.ReLU()), [1.0, 2.0], [0, 1], loss="cross_entropy_with_logits"
        ),
        ValueError,
        "the prediction must have shape (n, K)",
        "(2,)",
    ),
    # Softmax.
    (lambda: nnlib.softmax(1.0), ValueError, "z must have at least one dimension"),
    (lambda: nnlib.log_softmax(1.0), ValueError, "z must have at least one dimension"),
    (lambda: nnlib.softmax([1.0, 2.0], axis=1), ValueError, "axis", "axis 1", "(2,)"),
    (lambda: nnlib.softmax_jacobian(1.0), ValueError, "z must have shape (K,) or (n, K)", "()"),
    (lambda: nnlib.softmax_jacobian(np.ones((1, 2, 3))), ValueError, "z", "(1, 2, 3)"),
    # Preprocessing.
    (lambda: nnlib.flatten([1.0, 2.0]), ValueError, "images must have shape (n, ...)", "(2,)"),
    (lambda: nnlib.flatten(1.0), ValueError, "images", "()"),
    (lambda: nnlib.standardize([1.0, 2.0]), ValueError, "X must have 2 dimension(s)", "(2,)"),
    (
        lambda: nnlib.standardize([[1.0], [NAN]]),
        ValueError,
        "X must be finite",
        "nan at index (1, 0)",
    ),
    (lambda: nnlib.standardize([[INF]]), ValueError, "X must be finite", "inf"),
    (lambda: scaler().transform([[1.0]]), ValueError, MODEL, "(1, 1)"),
    (lambda: scaler().transform([1.0, 2.0]), ValueError, "X must have 2 dimension(s)", "(2,)"),
    (lambda: scaler().inverse_transform([[1.0]]), ValueError, "X_scaled", "(n, 2)", "(1, 1)"),
    (lambda: nnlib.average_pool(np.ones((4, 4)), 2), ValueError, "images", "(4, 4)"),
    (
        lambda: nnlib.average_pool(np.ones((1, 2, 2, 2, 2)), 2),
        ValueError,
        "images",
        "(1, 2, 2, 2, 2)",
    ),
    (lambda: nnlib.average_pool(np.ones((1, 4, 6)), 4), ValueError, "size", "4 and 6", "got 4"),
    (lambda: nnlib.average_pool(np.ones((1, 6, 4)), 4), ValueError, "size", "6 and 4", "got 4"),
    (lambda: nnlib.one_hot([0, 2], 2), ValueError, "labels", "0 to 1", "got 2"),
    (lambda: nnlib.one_hot([0, -1], 2), ValueError, "labels", "got -1"),
    (lambda: nnlib.one_hot([0.0], 2), TypeError, "labels must be integer labels", "float64"),
    (lambda: nnlib.one_hot([[0]], 2), ValueError, "labels", "(1, 1)"),
    (lambda: nnlib.one_hot(0, 2), ValueError, "labels", "()"),
    (lambda: nnlib.parameter_count("23"), TypeError, "sizes must be an integer", "'2'"),
    # Values.
    (lambda: Value(1.0) + "a", TypeError, "data must be a real number", "'a'"),
    (lambda: [1.0] * Value(1.0), TypeError, "data must be a real number", "[1.0]"),
    (lambda: Value(-1.0).log(), ValueError, "log needs a positive number", "-1.0"),
    (lambda: Value(0.0).log(), ValueError, "log needs a positive number", "0.0"),
    (lambda: Value(1000.0).exp(), ValueError, "exp(1000.0)", "beyond the range"),
    (lambda: Value(1.0) / 0, ZeroDivisionError, "Value(1", "cannot be divided by 0"),
    (lambda: 1 / Value(0.0), ZeroDivisionError, "cannot be divided by 0"),
    (lambda: Value(-2.0) ** 0.5, ValueError, "negative base", "-2.0", "integer exponent"),
    (lambda: Value(0.0) ** -1, ValueError, "0 ** -1", "no finite value or slope"),
    (lambda: Value(0.0) ** 0.5, ValueError, "0 ** 0.5", "no finite value or slope"),
    (lambda: Value(2.0) ** Value(2.0), TypeError, "exponent must be a number"),
    (lambda: 2.0 ** Value(2.0), TypeError, "unsupported operand"),
    (lambda: Value(1e200) ** 2, ValueError, "1e+200 ** 2", "beyond the range"),
    (lambda: Value(1e-200) ** -1, ValueError, "1e-200 ** -1", "beyond the range"),
    (lambda: Value(1e200) * Value(1e200), ValueError, "* must have a finite result", "inf"),
    (lambda: Value(1.7e308) + Value(1.7e308), ValueError, "+ must have a finite result", "inf"),
    (lambda: nnlib.topological_order(3.0), TypeError, "value must be a Value", "3.0"),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{case[2][:32]}" for i, case in enumerate(CASES)])
def test_one_wrong_thing(case):
    call, error, *fragments = case
    message = message_of(error, call)
    for fragment in fragments:
        assert fragment in message, message


# -- Out of order -------------------------------------------------------------------------------

LAYERS = {
    "Linear": linear,
    "Conv2d": convolution,
    "MaxPool2d": lambda: nnlib.MaxPool2d((2, 2, 1)),
    **nnlib.layers.ACTIVATION_LAYERS,
}


@pytest.mark.parametrize("make", LAYERS.values(), ids=LAYERS)
@pytest.mark.parametrize("method", ["backward", "backward_parameters"])
def test_backward_before_forward_says_so(make, method):
    layer = make()
    message = message_of(RuntimeError, getattr(layer, method), [[1.0]])
    assert message == f"{layer!r}: call forward before backward"


@pytest.mark.parametrize("make", [network, lambda: Sequential(nnlib.Tanh())])
@pytest.mark.parametrize("input_gradient", [True, False])
def test_backward_of_a_model_before_forward_says_so(make, input_gradient):
    message = message_of(RuntimeError, make().backward, [[1.0]], input_gradient=input_gradient)
    assert "call forward before backward" in message


@pytest.mark.parametrize("make", [lambda p: SGD(p, lr=0.1), lambda p: Adam(p)], ids=["SGD", "Adam"])
def test_step_before_backward_says_so(make):
    optimizer = make(network().parameters())
    assert "call backward before step" in message_of(RuntimeError, optimizer.step)


def test_a_layer_or_an_optimizer_that_lacks_something_says_so():
    class Scale(nnlib.Layer):
        pass

    class Descent(nnlib.Optimizer):
        pass

    calls = {
        "Scale must define forward(self, X)": lambda: Scale().forward([[1.0]]),
        "Scale must define backward(self, grad_output)": lambda: Scale().backward([[1.0]]),
        "Descent must define update(self, theta, gradient, part)": Descent(
            [parameter()], lr=0.1
        ).step,
    }
    for words, call in calls.items():
        assert message_of(NotImplementedError, call) == words


def test_a_layer_of_ones_own_is_shown_by_its_name():
    class Scale(nnlib.Layer):
        pass

    assert repr(Sequential(Scale())) == "Sequential(Scale())"
    assert "\nScale()  (n, ?) " in Sequential(Scale()).summary()


# -- Data as people have it -----------------------------------------------------------------------


class Frame:
    """Labels as pandas keeps them: an array of objects, whatever its own dtype is called."""

    def __init__(self, *entries):
        self.entries = entries

    def __array__(self, dtype=None, copy=None):
        return np.array(self.entries, dtype=object)


@pytest.mark.parametrize(
    "names",
    [np.array(["cat", "dog"]), np.array(["cat", "dog"], object), Frame("cat", "dog")],
    ids=["numpy", "objects", "frame"],
)
def test_names_of_classes_are_told_how_to_become_numbers(names):
    message = message_of(TypeError, nnlib.one_hot, names, 2)
    assert "np.unique(names, return_inverse=True)[1]" in message
    assert "astype(float)" not in message
    assert nnlib.one_hot(np.unique(names, return_inverse=True)[1], 2).tolist() == [[1, 0], [0, 1]]


def test_numbers_in_an_array_of_objects_are_told_how_to_become_floats():
    assert ".to_numpy(float)" in message_of(TypeError, nnlib.relu, Frame(1.0, Decimal(1)))


def test_a_sparse_matrix_is_told_how_to_become_an_array():
    X = scipy.sparse.csr_array([[0.0, 1.0]])
    message = message_of(TypeError, nnlib.standardize, X)
    assert message.startswith("X must be an array of real numbers")
    assert message.endswith("a sparse matrix becomes an array with .toarray()")
    assert nnlib.standardize(X.toarray())[0].tolist() == [[0, 0]]


class NAType:
    """What pandas puts where something is missing: compared with anything, it is neither."""

    def __eq__(self, other):
        return self

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")


NA = NAType()


@pytest.mark.parametrize("entry", [None, NAN, np.float32(NAN), NA], ids=["None", "nan", "32", "NA"])
@pytest.mark.parametrize("call", [nnlib.relu, lambda y: fit_classes(np.ones((3, 2)), y)])
def test_missing_entries_are_counted(entry, call):
    message = message_of(TypeError, call, Frame(0, entry, 1))
    assert message.endswith("1 of 3 entries are missing: leave out their samples")


@pytest.mark.parametrize("name", ["y", "validation y"])
def test_a_missing_label_is_not_sent_to_integers(name):
    labels, X = [0.0, NAN, 1.0], np.ones((3, 2))
    options = {"y": labels} if name == "y" else {"y": [0, 1, 1], "validation": (X, labels)}
    message = message_of(TypeError, fit_classes, X, **options)
    assert message == (
        f"{name} must be integer labels, got dtype float64, nan at index (1,) (1 of 3 entries): "
        "leave out samples without a label"
    )


@pytest.mark.parametrize(
    "table",
    [[["a"], ["b"]], [[1.0, "a"], [2.0, "b"]], np.array([[1.0, "a"]], object), ["a", "b"]],
    ids=["column", "list", "objects", "words"],
)
def test_texts_in_a_table_are_not_sent_to_labels(table):
    message = message_of(TypeError, nnlib.standardize, table)
    assert message.endswith(": leave out columns of text, or make numbers of them")


@pytest.mark.parametrize(
    "labels", [[0.0, 1.0], [False, True], np.array([0, 1], np.float32)], ids=str
)
def test_whole_labels_are_told_how_to_become_integers(labels):
    message = message_of(TypeError, nnlib.one_hot, labels, 2)
    assert message.endswith(f"got dtype {np.array(labels).dtype}: use np.array(labels, int)")
    assert nnlib.one_hot(np.array(labels, int), 2).tolist() == [[1, 0], [0, 1]]
    X = np.ones((2, 2))
    message = message_of(TypeError, fit_classes, X, [0, 1], validation=(X, labels))
    assert message.startswith("validation y must ")
    assert message.endswith(": use np.array(y, int)")


@pytest.mark.parametrize("shape", [(6,), (2, 3), (3, 2, 1)])
def test_one_sample_is_told_how_to_become_a_batch(shape):
    model, X = nnlib.mlp([6, 1], rng=0), np.ones(shape)
    message = message_of(ValueError, model.predict, X)
    assert message == (
        f"X must have shape (n, 6), got {shape}: np.reshape(X, (1, -1)) makes a batch of one sample"
    )
    assert model.predict(np.reshape(X, (1, -1))).shape == (1, 1)


def test_a_network_with_too_few_outputs_for_its_labels_is_named_as_that():
    message = message_of(ValueError, fit, np.ones((2, 2)), [0, 1], loss="cross_entropy_with_logits")
    assert (
        message == "y must be labels from 0 to 0, got 1: a network needs an output for each class"
    )
    assert "output" not in message_of(ValueError, nnlib.one_hot, [0, 2], 2)


def test_a_mask_is_never_dropped():
    masked = np.ma.masked_greater([[1.0], [9.0]], 5)
    assert "masked entries" in message_of(TypeError, nnlib.standardize, masked)
    free = np.ma.array([[1.0], [9.0]])
    assert nnlib.standardize(free)[0].tolist() == [[-1], [1]]


def test_half_precision_is_refused():
    half = np.ones((2, 1), np.float16)
    assert "astype(np.float32)" in message_of(TypeError, nnlib.relu, half)
    assert "float16" in message_of(TypeError, nnlib.Linear, 1, 1, rng=0, dtype=np.float16)


def test_a_loss_on_probabilities_of_ones_own_is_not_sent_to_one_that_does_not_exist():
    loss = nnlib.Loss("brier", lambda p, y: (0.0, p), on_probabilities=True)
    message = message_of(ValueError, fit, loss=loss)
    assert message.endswith("use one that takes raw outputs")


def test_a_loss_is_not_made_with_a_word_for_its_predict():
    with pytest.raises(TypeError, match="predict must be a function, got 'no'"):
        nnlib.Loss("own", nnlib.mse, predict="no")
