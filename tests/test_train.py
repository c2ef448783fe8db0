"""Training: whole runs against an independent one, the book's runs, and all that stops one."""

from __future__ import annotations

import dataclasses
import linecache
import math
import sys
import warnings
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import jax_reference

import nnlib
from nnlib import (
    SGD,
    Adam,
    DivergenceWarning,
    History,
    Linear,
    Sequential,
    accuracy,
    fit,
)


def rng(seed=0):
    return np.random.default_rng(seed)


def values(model):
    return [parameter.value.copy() for parameter in model.parameters()]


def line(weight=0.0, bias=0.0):
    return Sequential(Linear.from_arrays([[weight]], [bias]))


# -- Whole runs against an independent implementation -----------------------------------------
# The gradients come from JAX, the updates are written here from their formulas.


def sgd(lr, momentum=0.0, weight_decay=0.0):
    def update(theta, gradient, state, step):
        velocity = momentum * state.get("v", 0.0) + gradient + weight_decay * theta
        return theta - lr * velocity, {"v": velocity}

    return update


def adam(lr, beta_1=0.9, beta_2=0.999, eps=1e-8, weight_decay=0.0):
    def update(theta, gradient, state, step):
        m = beta_1 * state.get("m", 0.0) + (1 - beta_1) * gradient
        v = beta_2 * state.get("v", 0.0) + (1 - beta_2) * gradient * gradient
        m_hat, v_hat = m / (1 - beta_1**step), v / (1 - beta_2**step)
        direction = m_hat / (np.sqrt(v_hat) + eps) + weight_decay * theta
        return theta - lr * direction, {"m": m, "v": v}

    return update


def reference_run(theta, X, y, *, activation, loss, update, epochs, batch_size, rng):
    states = [{} for _ in theta]
    step = 0
    for _ in range(epochs):
        order = rng.permutation(len(X)) if batch_size < len(X) else np.arange(len(X))
        # The sizes differ by at most one, the larger batches come first.
        count = math.ceil(len(X) / batch_size)
        sizes = [len(X) // count + (place < len(X) % count) for place in range(count)]
        for end, size in zip(np.cumsum(sizes), sizes, strict=True):
            batch = order[end - size : end]
            gradients = jax_reference.network_gradient(
                theta, X[batch], y[batch], activation=activation, loss=loss
            )
            step += 1
            for i, gradient in enumerate(gradients):
                theta[i], states[i] = update(theta[i], np.asarray(gradient), states[i], step)
    return theta, step


OPTIMIZERS = {
    "sgd": (lambda p: SGD(p, lr=0.1), sgd(0.1)),
    "momentum": (lambda p: SGD(p, lr=0.05, momentum=0.9), sgd(0.05, 0.9)),
    "weight decay": (lambda p: SGD(p, lr=0.1, weight_decay=0.1), sgd(0.1, 0, 0.1)),
    "both": (lambda p: SGD(p, lr=0.05, momentum=0.5, weight_decay=0.02), sgd(0.05, 0.5, 0.02)),
    "adam": (lambda p: Adam(p, lr=0.01), adam(0.01)),
    "other betas": (
        lambda p: Adam(p, lr=0.01, betas=(0.5, 0.9), eps=1e-3),
        adam(0.01, 0.5, 0.9, 1e-3),
    ),
    "adam with weight decay": (
        lambda p: Adam(p, lr=0.01, weight_decay=0.3),
        adam(0.01, weight_decay=0.3),
    ),
}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(
    ("loss", "activation"),
    [
        ("mse", "tanh"),
        ("huber", "gelu"),
        ("cross_entropy_with_logits", "softplus"),
        ("binary_cross_entropy_with_logits", "sigmoid"),
    ],
)
def test_a_hundred_steps_follow_an_independent_run(optimizer, loss, activation):
    make, update = OPTIMIZERS[optimizer]
    n = 19  # with batches of at most 6: three of 5 and one of 4 in each epoch
    X = rng(1).normal(size=(n, 3))
    y = {
        "mse": np.sin(X[:, :2]),
        "huber": 3 * np.sin(X[:, :2]),
        "cross_entropy_with_logits": (X[:, 0] > 0).astype(int),
        "binary_cross_entropy_with_logits": (X[:, :2] > 0).astype(float),
    }[loss]
    model = nnlib.mlp([3, 5, 2], activation, rng=rng(2))
    theta, steps = reference_run(
        values(model),
        X,
        y,
        activation=activation,
        loss=loss,
        update=update,
        epochs=25,
        batch_size=6,
        rng=rng(3),
    )
    start = values(model)
    history = fit(
        model,
        X,
        y,
        loss=loss,
        optimizer=make(model.parameters()),
        epochs=25,
        batch_size=6,
        rng=rng(3),
    )
    assert len(history.step_losses) == steps == 100
    for before, after, expected in zip(start, values(model), theta, strict=True):
        assert np.abs(after - before).max() > 0.001
        np.testing.assert_allclose(after, expected, rtol=1e-9, atol=1e-10)


def test_a_full_batch_run_follows_an_independent_one_too():
    X = rng(1).normal(size=(8, 3))
    y = np.sin(X[:, :2])
    model = nnlib.mlp([3, 5, 2], "tanh", rng=rng(2))
    theta, _ = reference_run(
        values(model),
        X,
        y,
        activation="tanh",
        loss="ssr",
        update=sgd(0.01),
        epochs=100,
        batch_size=8,
        rng=rng(3),
    )
    fit(model, X, y, loss="ssr", optimizer=SGD(model.parameters(), lr=0.01), epochs=100, rng=rng(3))
    for after, expected in zip(values(model), theta, strict=True):
        np.testing.assert_allclose(after, expected, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_data_is_brought_to_the_dtype_of_the_network(dtype):
    seen = set()

    class Witness(nnlib.Layer):
        def forward(self, X):
            seen.add(X.dtype)
            return X

        def backward(self, grad_output):
            seen.add(grad_output.dtype)
            return grad_output

    def run(X):
        model = nnlib.mlp([3, 4, 2], rng=0, dtype=dtype)
        return fit(
            Sequential(Witness(), *model, Witness()),
            X,
            (X[:, 0] > 0).astype(int),
            loss="cross_entropy_with_logits",
            optimizer=SGD(model.parameters(), lr=0.1),
            epochs=3,
            batch_size=4,
            rng=0,
            validation=(X[:2], [0, 1]),
        )

    X = rng().normal(size=(9, 3)).astype(np.float32)
    assert run(X.astype(np.float64)) == run(X)
    assert seen == {np.dtype(dtype)}


def test_data_beyond_the_range_of_the_network_is_refused():
    model = nnlib.mlp([1, 1], rng=0, dtype=np.float32)
    with pytest.raises(ValueError, match=r"^X must fit into the network's float32, got -1e\+300"):
        fit(
            model,
            [[1.0], [-1e300]],
            [[1.0], [1.0]],
            loss="mse",
            optimizer=SGD(model.parameters(), lr=0.1),
            epochs=1,
        )


def test_float32_stays_float32():
    model = Sequential(
        Linear(3, 4, rng=rng(), dtype=np.float32),
        nnlib.ReLU(),
        Linear(4, 2, rng=rng(), dtype=np.float32),
    )
    X = rng().normal(size=(9, 3)).astype(np.float32)
    labels = (X[:, 0] > 0).astype(int)
    history = fit(
        model,
        X,
        labels,
        loss="cross_entropy_with_logits",
        optimizer=Adam(model.parameters(), lr=0.05),
        epochs=30,
        batch_size=4,
        rng=rng(),
    )
    assert history.losses[-1] < 0.5 * history.losses[0]
    for parameter in model.parameters():
        assert parameter.value.dtype == parameter.grad.dtype == np.float32


# -- The book's dead neurons ------------------------------------------------------------------


def dosage_run(activation, lr, epochs):
    """The dosage network from the book's start; also the step at which each unit went dark."""
    model = Sequential(
        Linear.from_arrays([[1.0, 1.0]], [0.1, -0.2]),
        nnlib.layers.ACTIVATION_LAYERS[activation](),
        Linear.from_arrays([[1.0], [-1.5]], [0.0]),
    )
    data = nnlib.datasets.dosage()
    dark = {}

    def watch(step, history):
        z = model.layers[0].forward(data.X)
        for unit in range(2):
            if (z[:, unit] <= 0).all():
                dark.setdefault(unit + 1, step)

    history = fit(
        model,
        data.X,
        data.y,
        loss="ssr",
        optimizer=SGD(model.parameters(), lr=lr),
        epochs=epochs,
        rng=rng(),
        callback=watch,
    )
    return model, history, dark


def test_a_small_rate_fits_the_dosage_points():
    _, history, dark = dosage_run("relu", 0.05, 2000)
    assert history.losses[-1] < 1e-12
    assert dark == {}


@pytest.mark.parametrize(("lr", "deaths"), [(0.1, {2: 3}), (0.2, {2: 1, 1: 2})])
def test_larger_rates_kill_neurons_for_good(lr, deaths):
    model, history, dark = dosage_run("relu", lr, 2000)
    assert dark == deaths
    assert math.isclose(history.losses[-1], 2 / 3, abs_tol=1e-9)
    for unit in deaths:
        assert (model.layers[0].weight.grad[:, unit - 1] == 0).all()
        assert model.layers[0].bias.grad[unit - 1] == 0
        assert model.layers[2].weight.grad[unit - 1] == 0


def test_two_thirds_is_the_best_constant_and_the_best_line():
    data = nnlib.datasets.dosage()
    x, y = data.X[:, 0], data.y[:, 0]
    assert math.isclose(np.sum((y - y.mean()) ** 2), 2 / 3)
    slope, intercept = np.polyfit(x, y, 1)
    assert math.isclose(np.sum((y - slope * x - intercept) ** 2), 2 / 3)


def test_softplus_keeps_its_neurons_alive():
    _, history, _ = dosage_run("softplus", 0.01, 5000)
    assert abs(history.losses[-1] - 0.00012) < 0.5e-5


# -- What is recorded -------------------------------------------------------------------------


def test_history_of_a_run_by_hand():
    """One weight, one sample, x = 1, y = 1, rate 1/4: the residual halves with each step."""
    model = line()
    history = fit(
        model,
        [[1.0]],
        [[1.0]],
        loss="mse",
        optimizer=SGD([*model.parameters()], lr=0.125),
        epochs=3,
        rng=rng(),
    )
    assert history.losses == [1, 0.25, 0.0625, 0.015625]
    assert history.step_losses == [1, 0.25, 0.0625]
    assert history.stop_reason == "epochs"
    assert history.validation_losses == []
    assert history.accuracies == []
    assert history.validation_accuracies == []
    assert repr(history) == "History(epochs=3, loss=0.01562, stop_reason='epochs')"
    assert repr(History()) == "History(steps=0, loss=nan, stop_reason='epochs')"


def classifier_run(model=None, **options):
    X = rng(5).normal(size=(10, 2))
    labels = (X[:, 0] + X[:, 1] > 0).astype(int)
    model = nnlib.mlp([2, 4, 2], rng=rng(0)) if model is None else model
    arguments = {
        "loss": "cross_entropy_with_logits",
        "optimizer": SGD(model.parameters(), lr=0.1),
        "epochs": 4,
        "batch_size": 4,
        "rng": rng(7),
        "validation": (X[:3] + 0.1, labels[:3]),
    }
    history = fit(model, X, labels, **{**arguments, **options})
    return model, history, (X, labels)


def test_lengths_of_the_history():
    _, history, _ = classifier_run()
    assert len(history.losses) == len(history.accuracies) == 5
    assert len(history.validation_losses) == len(history.validation_accuracies) == 5
    assert len(history.step_losses) == 4 * 3  # batches of 4, 3 and 3


def test_what_is_recorded_is_the_whole_set_after_each_epoch():
    model, history, (X, labels) = classifier_run()
    scores, held_out = model.forward(X), model.forward(X[:3] + 0.1)
    assert history.losses[-1] == nnlib.cross_entropy_with_logits(scores, labels)
    assert history.accuracies[-1] == np.mean(scores.argmax(axis=1) == labels)
    assert history.validation_losses[-1] == nnlib.cross_entropy_with_logits(held_out, labels[:3])
    assert history.validation_accuracies[-1] == np.mean(held_out.argmax(axis=1) == labels[:3])
    start = nnlib.mlp([2, 4, 2], rng=rng(0)).forward(X)
    assert history.losses[0] == nnlib.cross_entropy_with_logits(start, labels)


class Rows(nnlib.Layer):
    """Notes how many samples it is given at once, and passes them on."""

    def __init__(self):
        self.trained, self.evaluated = [], []

    def forward(self, X):
        self.trained.append(len(X))
        return X

    def predict(self, X):
        self.evaluated.append(len(X))
        return X

    def backward(self, grad_output):
        return grad_output


@pytest.mark.parametrize("batch_size", [50, 400, 600, None])
def test_sets_are_evaluated_in_parts(batch_size):
    """So that a layer for images needs little room; the loss is that of all samples at once."""
    rows = Rows()
    model = Sequential(rows, Linear(3, 2, rng=0))
    X = rng().normal(size=(600, 3))
    labels = (X[:, 0] > 0).astype(int)
    options = {"optimizer": SGD(model.parameters(), lr=0.1), "epochs": 1, "batch_size": batch_size}
    validation = X[:300], labels[:300]
    history = fit(
        model,
        X,
        labels,
        loss="cross_entropy_with_logits",
        validation=validation,
        rng=0,
        **options,
    )
    assert sum(rows.trained) == 600
    assert sum(rows.evaluated) == 3 * (600 + 300)  # the check before the start, the start, the end
    assert max(rows.evaluated) == {50: 256, 400: 400}.get(batch_size, 600)
    for losses, right, (inputs, y) in (
        (history.losses, history.accuracies, (X, labels)),
        (history.validation_losses, history.validation_accuracies, validation),
    ):
        scores = model.forward(inputs)
        assert math.isclose(losses[-1], nnlib.cross_entropy_with_logits(scores, y), rel_tol=1e-12)
        assert right[-1] == accuracy(scores, y)


def test_the_training_set_need_not_be_evaluated():
    model, history, _ = classifier_run(evaluate_training=False)
    same, expected, (X, labels) = classifier_run()
    for ours, theirs in zip(values(model), values(same), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert history.losses == history.accuracies == []
    assert history.validation_losses == expected.validation_losses
    assert history.validation_accuracies == expected.validation_accuracies
    assert history.step_losses == expected.step_losses
    assert history.stop_reason == "epochs"
    last = f"{history.step_losses[-1]:.4g}"
    assert repr(history) == f"History(steps=12, loss={last}, stop_reason='epochs')"
    assert history.plot().lines[0].get_ydata().tolist() == history.step_losses

    rows = Rows()
    model = Sequential(rows, Linear(2, 2, rng=0))
    fit(
        model,
        X,
        labels,
        loss="cross_entropy_with_logits",
        optimizer=SGD(model.parameters(), lr=0.1),
        epochs=3,
        evaluate_training=False,
    )
    assert (rows.trained, rows.evaluated) == ([10] * 3, [10])  # once, to check the data


def test_on_full_batches_the_losses_of_the_steps_are_those_of_the_set():
    _, history, _ = classifier_run(batch_size=None)
    _, without, _ = classifier_run(batch_size=None, evaluate_training=False)
    assert without.step_losses == history.step_losses == history.losses[:-1]


def test_a_run_that_is_not_evaluated_reports_divergence_and_interrupts_too():
    with pytest.warns(DivergenceWarning, match=r"diverged at step 3 \(epoch 3\).* is inf\b"):
        _, history = diverging_run(epochs=9, evaluate_training=False)
    assert history.stop_reason == "diverged"

    def callback(epoch, history):
        if epoch == 2:
            raise KeyboardInterrupt

    with pytest.warns(RuntimeWarning, match=r"interrupted after 2 of 4 epochs"):
        classifier_run(callback=callback, evaluate_training=False)


def test_accuracies_are_recorded_for_one_logit_as_well():
    X = rng(5).normal(size=(10, 2))
    y = (X[:, :1] > 0).astype(float)
    model = nnlib.mlp([2, 1], rng=rng(0))
    history = fit(
        model,
        X,
        y,
        loss="binary_cross_entropy_with_logits",
        optimizer=SGD(model.parameters(), lr=1.0),
        epochs=20,
        rng=rng(),
    )
    assert len(history.accuracies) == 21
    assert history.accuracies[-1] == np.mean((model.forward(X) > 0) == y)
    assert history.accuracies[-1] > 0.8


def test_accuracy_of_several_yes_or_no_questions_is_the_share_of_right_answers():
    X = rng(5).normal(size=(10, 2))
    y = np.column_stack([X[:, 0] > 0, X[:, 1] > 0]).astype(float)
    model = nnlib.mlp([2, 2], rng=rng(0))
    history = fit(
        model,
        X,
        y,
        loss="binary_cross_entropy_with_logits",
        optimizer=SGD(model.parameters(), lr=1.0),
        epochs=3,
        rng=rng(),
    )
    assert history.accuracies[-1] == np.mean((model.forward(X) > 0) == y)


def test_one_hot_targets_train_alike():
    with_labels, history, (X, labels) = classifier_run()
    model = nnlib.mlp([2, 4, 2], rng=rng(0))
    same = fit(
        model,
        X,
        nnlib.one_hot(labels, 2),
        loss=nnlib.LOSSES["cross_entropy_with_logits"],
        optimizer=SGD(model.parameters(), lr=0.1),
        epochs=4,
        batch_size=4,
        rng=rng(7),
        validation=(X[:3] + 0.1, nnlib.one_hot(labels[:3], 2)),
    )
    assert same.losses == history.losses
    assert same.accuracies == history.accuracies
    for ours, theirs in zip(values(model), values(with_labels), strict=True):
        np.testing.assert_array_equal(ours, theirs)


# -- Batches ----------------------------------------------------------------------------------


class Recorder(nnlib.layers.Layer):
    """Remembers the batches that it is given while training."""

    def __init__(self):
        self.batches = []
        self.latest = None

    def forward(self, X):
        self.latest = X[:, 0].tolist()
        return X

    def backward(self, grad_output):
        self.batches.append(self.latest)
        return grad_output

    def backward_parameters(self, grad_output):
        self.batches.append(self.latest)


def batches_of(batch_size, epochs=2, n=7, seed=0, **options):
    recorder = Recorder()
    model = Sequential(recorder, Linear.from_arrays([[0.0]], [0.0]))
    X = np.arange(n, dtype=float).reshape(n, 1)
    fit(
        model,
        X,
        X,
        loss="mse",
        optimizer=SGD(model.parameters(), lr=1e-3),
        epochs=epochs,
        batch_size=batch_size,
        rng=rng(seed),
        **options,
    )
    return recorder.batches


def test_an_epoch_sees_every_sample_once_in_batches_of_nearly_equal_size():
    batches = batches_of(3)
    assert [len(batch) for batch in batches] == [3, 2, 2, 3, 2, 2]
    first, second = (list(chain(*epoch)) for epoch in (batches[:3], batches[3:]))
    assert sorted(first) == sorted(second) == list(range(7))
    assert first != second
    assert first != sorted(first)


def test_the_generator_decides_the_order():
    assert batches_of(3, seed=1) == batches_of(3, seed=1)
    assert batches_of(3, seed=1) != batches_of(3, seed=2)


@given(n=st.integers(1, 60), batch_size=st.integers(1, 70))
def test_no_batch_is_larger_than_asked_or_much_smaller_than_another(n, batch_size):
    batches = batches_of(batch_size, epochs=1, n=n)
    sizes = [len(batch) for batch in batches]
    assert len(batches) == math.ceil(n / batch_size)
    assert max(sizes) <= batch_size
    assert max(sizes) - min(sizes) <= 1
    assert sorted(chain(*batches)) == list(range(n))


@pytest.mark.parametrize("batch_size", [None, 7, 8, 1000])
def test_a_full_batch_keeps_the_order_and_needs_no_chance(batch_size):
    assert batches_of(batch_size) == [list(range(7))] * 2


def test_batches_of_one():
    batches = batches_of(1, epochs=1)
    assert [len(batch) for batch in batches] == [1] * 7


def test_inputs_and_targets_are_shuffled_together():
    """y = 2x + 1 is learned only if each x keeps its own y."""
    X = rng(0).normal(size=(50, 1))
    model = line()
    fit(
        model,
        X,
        2 * X + 1,
        loss="mse",
        optimizer=SGD(model.parameters(), lr=0.1),
        epochs=100,
        batch_size=8,
        rng=rng(),
    )
    weight, bias = values(model)
    assert math.isclose(weight[0, 0], 2, rel_tol=1e-6)
    assert math.isclose(bias[0], 1, rel_tol=1e-6)


def test_the_data_is_not_changed():
    X, y = rng(0).normal(size=(9, 2)), rng(1).normal(size=(9, 1))
    before = X.copy(), y.copy()
    model = nnlib.mlp([2, 3, 1], rng=rng())
    optimizer = SGD(model.parameters(), lr=0.1)
    fit(model, X, y, loss="mse", optimizer=optimizer, epochs=3, batch_size=2, rng=rng())
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(y, before[1])


def test_validation_is_not_trained_on():
    with_validation, _, _ = classifier_run()
    without, _, _ = classifier_run(validation=None)
    for ours, theirs in zip(values(with_validation), values(without), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_old_gradients_do_not_enter_the_first_step():
    model = line()
    for parameter in model.parameters():
        parameter.grad = np.full(parameter.value.shape, 1e6)
    optimizer = SGD(model.parameters(), lr=0.125)
    fit(model, [[1.0]], [[1.0]], loss="mse", optimizer=optimizer, epochs=1, rng=rng())
    assert model.forward([[1.0]]).tolist() == [[0.5]]


# -- What stops a run ---------------------------------------------------------------------------


def test_the_callback_is_told_epoch_and_history_and_may_stop():
    calls = []

    def callback(epoch, history):
        calls.append((epoch, len(history.losses), history.losses[-1]))
        return epoch == 2

    _, history, _ = classifier_run(callback=callback)
    assert [(epoch, length) for epoch, length, _ in calls] == [(0, 1), (1, 2), (2, 3)]
    assert [loss for _, _, loss in calls] == history.losses
    assert history.stop_reason == "callback"
    assert len(history.step_losses) == 2 * 3


@pytest.mark.parametrize("answer", [True, np.True_])
def test_a_callback_may_stop_before_the_first_step(answer):
    model, history, _ = classifier_run(callback=lambda epoch, history: answer)
    for ours, start in zip(values(model), values(nnlib.mlp([2, 4, 2], rng=rng(0))), strict=True):
        np.testing.assert_array_equal(ours, start)
    assert history.step_losses == []
    assert history.stop_reason == "callback"


@pytest.mark.parametrize("answer", [None, False, np.False_])
def test_a_training_goes_on_after_false_or_nothing(answer):
    _, history, _ = classifier_run(callback=lambda epoch, history: answer)
    assert history.stop_reason == "epochs"
    assert len(history.losses) == 5


@pytest.mark.parametrize("answer", [1, 0, "yes", History(), np.array([True])])
def test_a_callback_that_answers_with_something_else_is_refused(answer):
    with pytest.raises(
        TypeError, match=r"^callback must return True \(to stop\), .* got "
    ) as caught:
        classifier_run(callback=lambda epoch, history: answer)
    assert str(caught.value).endswith(f"got {answer!r}")


def test_an_interrupt_keeps_what_was_learned():
    def callback(epoch, history):
        if epoch == 2:
            raise KeyboardInterrupt

    with pytest.warns(RuntimeWarning, match=r"interrupted after 2 of \d+ epochs") as caught:
        model, history, _ = classifier_run(callback=callback)
    # The warning points at the call of fit.
    assert "fit(" in linecache.getline(__file__, caught[0].lineno)
    assert caught[0].filename == __file__
    two_epochs, expected, _ = classifier_run(epochs=2)
    assert history.stop_reason == "interrupted"
    assert history.losses == expected.losses
    assert history.step_losses == expected.step_losses
    for ours, theirs in zip(values(model), values(two_epochs), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("evaluation", range(10))
def test_after_an_interrupt_in_an_evaluation_all_records_are_of_one_length(evaluation):
    """Of ten evaluations, two at the start and after each of four epochs, one is interrupted."""
    loss, calls = nnlib.LOSSES["cross_entropy_with_logits"], []

    def predicted(scores):
        calls.append(len(scores))
        if len(calls) == evaluation + 1:
            raise KeyboardInterrupt
        return loss.predict(scores)

    model = nnlib.mlp([2, 4, 2], rng=rng(0))
    with pytest.warns(RuntimeWarning, match=rf"interrupted after {max(evaluation // 2 - 1, 0)} of"):
        _, history, _ = classifier_run(model, loss=dataclasses.replace(loss, predict=predicted))
    lengths = {
        *(len(history.losses), len(history.validation_losses)),
        *(len(history.accuracies), len(history.validation_accuracies)),
    }
    assert lengths == {evaluation // 2}


def test_an_error_in_the_callback_is_not_swallowed():
    def callback(epoch, history):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        classifier_run(callback=callback)


def diverging_run(epochs, **options):
    """x = 1, y = 1, w = b = 0, rate 1e100: residuals 1, about -4e100, then too large to square."""
    model = line()
    X = np.ones((4, 1))
    optimizer = SGD(model.parameters(), lr=1e100)
    history = fit(model, X, X, loss="mse", optimizer=optimizer, epochs=epochs, rng=rng(), **options)
    return model, history


def test_divergence_stops_with_step_and_loss_named_and_keeps_the_rest():
    with pytest.warns(DivergenceWarning, match=r"diverged at step 2 \(epoch 2\).* is inf\b"):
        model, history = diverging_run(epochs=9)
    assert history.stop_reason == "diverged"
    np.testing.assert_allclose(history.losses, [1, 1.6e201, math.inf])
    assert history.step_losses == history.losses[:2]
    assert all(np.isfinite(value).all() for value in values(model))


def test_divergence_within_an_epoch_leaves_the_parameters_of_the_step_before():
    with pytest.warns(DivergenceWarning, match=r"diverged at step 3 \(epoch 1\).* is inf\b"):
        model, history = diverging_run(epochs=9, batch_size=1)
    assert history.stop_reason == "diverged"
    assert history.losses == [1]
    np.testing.assert_allclose(history.step_losses, [1, 1.6e201, math.inf])
    with pytest.warns(DivergenceWarning):
        two_steps, _ = diverging_run(epochs=2)
    for ours, theirs in zip(values(model), values(two_steps), strict=True):
        assert np.isfinite(ours).all()
        np.testing.assert_array_equal(ours, theirs)


def test_divergence_in_the_last_step_is_reported_too():
    with pytest.warns(DivergenceWarning, match=r"diverged at step 2 \(epoch 2\).* is inf\b"):
        _, history = diverging_run(epochs=2)
    assert history.stop_reason == "diverged"
    assert len(history.step_losses) == 2


@pytest.mark.parametrize(
    ("loss", "make"),
    [
        ("ssr", lambda p: SGD(p, lr=10.0, momentum=0.9)),
        ("cross_entropy_with_logits", lambda p: SGD(p, lr=1e200)),
        ("cross_entropy_with_logits", lambda p: Adam(p, lr=1e200)),
    ],
    ids=["slow", "sgd", "adam"],
)
def test_divergence_is_all_that_is_warned_of(loss, make):
    model = nnlib.mlp([1, 8, 2], rng=rng())
    X = np.linspace(-1, 1, 9).reshape(-1, 1)
    y = np.hstack([X, -X]) if loss == "ssr" else np.arange(9) % 2
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fit(
            model,
            X,
            y,
            loss=loss,
            optimizer=make(model.parameters()),
            epochs=500,
            batch_size=2,
            rng=rng(),
        )
    assert [warning.category for warning in caught] == [DivergenceWarning]
    assert caught[0].filename == __file__  # the warning points at the call of fit
    assert issubclass(DivergenceWarning, RuntimeWarning)


# -- The progress bar -----------------------------------------------------------------------------


def test_a_progress_bar_counts_the_epochs(capsys):
    _, history, _ = classifier_run(progress=True)
    assert "4/4" in capsys.readouterr().err
    assert len(history.losses) == 5


def test_there_is_no_bar_unless_asked_for(capsys):
    classifier_run()
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_a_progress_bar_without_tqdm_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    model = nnlib.mlp([2, 4, 2], rng=rng(0))
    start = values(model)
    with pytest.raises(ImportError, match=r"progress=True needs tqdm.*nnlib-book\[progress\]"):
        classifier_run(model, progress=True)
    for ours, before in zip(values(model), start, strict=True):
        np.testing.assert_array_equal(ours, before)
    classifier_run(model)  # without the bar nothing is needed


def test_a_history_plots_itself():
    _, history, _ = classifier_run()
    axes = history.plot()
    assert any(len(line.get_xdata()) == 5 for line in axes.lines)


# -- Data that fit refuses, and leaves the model alone --------------------------------------------


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("place", ["X", "y", "validation X", "validation y"])
def test_numbers_that_are_not_finite_are_refused_before_the_first_step(bad, place):
    model = nnlib.mlp([2, 3, 1], rng=rng())
    start = values(model)
    arrays = {
        "X": np.ones((4, 2)),
        "y": np.ones((4, 1)),
        "validation X": np.ones((3, 2)),
        "validation y": np.ones((3, 1)),
    }
    arrays[place][2, 0] = bad
    calls = []
    with pytest.raises(ValueError, match=rf"{place} must be finite, got {bad} at index \(2, 0\)"):
        fit(
            model,
            arrays["X"],
            arrays["y"],
            loss="mse",
            optimizer=SGD(model.parameters(), lr=0.1),
            epochs=2,
            rng=rng(),
            validation=(arrays["validation X"], arrays["validation y"]),
            callback=lambda epoch, history: calls.append(epoch),
        )
    assert calls == []
    for ours, before in zip(values(model), start, strict=True):
        np.testing.assert_array_equal(ours, before)


def test_parameters_that_the_optimizer_does_not_hold_stay_as_they_are():
    model = nnlib.mlp([2, 3, 1], "softplus", rng=rng())
    first, rest = model.parameters()[:1], model.parameters()[1:]
    before = values(model)
    fit(
        model,
        np.ones((4, 2)),
        np.ones((4, 1)),
        loss="mse",
        optimizer=SGD(first, lr=0.1),
        epochs=2,
        rng=rng(),
    )
    assert (first[0].value != before[0]).any()
    for parameter, value in zip(rest, before[1:], strict=True):
        np.testing.assert_array_equal(parameter.value, value)


def test_what_the_optimizer_does_not_hold_gets_no_gradient():
    """It would pile up: the optimizer clears only what it holds."""
    model = nnlib.mlp([2, 3, 1], "softplus", rng=rng())
    X, y = rng(1).normal(size=(8, 2)), np.ones((8, 1))
    model.forward(X)
    model.backward(y)
    optimizer = SGD(model[2].parameters(), lr=0.1)
    seen = []

    def callback(epoch, history):
        nnlib.check_model(model, X, y, loss="mse")  # between epochs nothing is frozen
        seen.append([parameter.has_grad for parameter in model.parameters()])

    fit(model, X, y, loss="mse", optimizer=optimizer, epochs=3, callback=callback)
    assert seen == [[True] * 4] + [[False, False, True, True]] * 3
    assert model.gradient is None

    gradient = model[2].weight.grad.copy()
    model.forward(X)
    model.backward(y)  # after the run all get one again
    assert model[0].weight.grad.any()
    assert (model[2].weight.grad != gradient).any()


def test_what_was_frozen_is_no_longer_after_an_error():
    def value_and_gradient(y_hat, y):
        return 1.0, y_hat if next(calls) else 1 / 0

    calls = iter([1, 1, 0])
    model = nnlib.mlp([2, 3, 1], rng=rng())
    with pytest.raises(ZeroDivisionError):
        fit(
            model,
            np.ones((4, 2)),
            np.ones((4, 1)),
            loss=nnlib.Loss("mine", value_and_gradient),
            optimizer=SGD(model[2].parameters(), lr=0.1),
            epochs=1,
        )
    model.forward(np.ones((4, 2)))
    model.backward(np.ones((4, 1)))
    assert model[0].weight.has_grad


@pytest.mark.parametrize("others", ["none", "another model's", "more"])
def test_the_optimizer_has_to_hold_the_models_parameters(others):
    model, other = nnlib.mlp([2, 3, 1], rng=rng()), nnlib.mlp([2, 3, 1], rng=rng())
    parameters = {
        "none": other.parameters()[:1],
        "another model's": other.parameters(),
        "more": model.parameters() + other.parameters(),
    }[others]
    start = values(model)
    with pytest.raises(ValueError, match="optimizer must hold parameters of model"):
        fit(
            model,
            np.ones((4, 2)),
            np.ones((4, 1)),
            loss="mse",
            optimizer=SGD(parameters, lr=0.1),
            epochs=1,
            rng=rng(),
        )
    for ours, before in zip(values(model), start, strict=True):
        np.testing.assert_array_equal(ours, before)


# -- What users reach for -------------------------------------------------------------------------


def test_a_seed_stands_for_its_generator():
    by_seed, _, _ = classifier_run(rng=3)
    by_generator, _, _ = classifier_run(rng=rng(3))
    for ours, theirs in zip(values(by_seed), values(by_generator), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_loss_that_exploded_is_reported():
    model = Sequential(Linear.from_arrays([[1.0]], [0.0]))
    optimizer = SGD(model.parameters(), lr=3.0)
    X, y = [[1.0], [2.0]], [[1.0], [0.0]]
    with pytest.warns(nnlib.DivergenceWarning, match="training ended at a loss of .* at the start"):
        history = fit(model, X, y, loss="mse", optimizer=optimizer, epochs=40)
    assert history.stop_reason == "epochs"


@pytest.mark.parametrize(("ratio", "reported"), [(0.99e6, False), (1.01e6, True)])
@pytest.mark.parametrize("evaluate_training", [True, False])
def test_an_explosion_is_a_loss_a_million_times_the_first(ratio, reported, evaluate_training):
    """One weight and a bias, x = 1, y = 0: a step multiplies the residual by 1 - 4 lr."""
    model = line(1.0)
    optimizer = SGD(model.parameters(), lr=(1 + math.sqrt(ratio)) / 4)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        history = fit(
            model,
            [[1.0]],
            [[0.0]],
            loss="mse",
            optimizer=optimizer,
            epochs=1 if evaluate_training else 2,
            evaluate_training=evaluate_training,
        )
    assert math.isclose((history.losses or history.step_losses)[1], ratio)
    assert [warning.category for warning in caught] == [DivergenceWarning] * reported


def test_accuracies_are_recorded_for_a_loss_that_says_what_a_prediction_is():
    def value_and_gradient(z, y):
        residual = z - y
        return float(np.mean(residual**2)), 2 * residual / residual.size

    def history(**options):
        model = nnlib.mlp([2, 3], rng=0)
        X, labels = rng().normal(size=(20, 2)), rng().integers(0, 3, 20)
        found = fit(
            model,
            X,
            0.9 * nnlib.one_hot(labels, 3),
            loss=nnlib.Loss("cross_entropy of soft targets", value_and_gradient, **options),
            optimizer=SGD(model.parameters(), lr=0.1),
            epochs=1,
        )
        return found, accuracy(model.predict(X), labels)

    assert history()[0].accuracies == []
    found, expected = history(predict=lambda scores: scores.argmax(axis=1))
    assert found.accuracies[-1] == expected


def test_held_out_data_may_come_as_a_list_of_two():
    X, labels = np.ones((3, 2)), [0, 1, 1]
    _, pair, _ = classifier_run(validation=(X, labels))
    _, listed, _ = classifier_run(validation=[X, labels])
    assert listed.validation_losses == pair.validation_losses


def test_soft_labels_with_weights_train_like_labels_that_come_as_often():
    """Weights 2 and 1 of a sample are the sample twice and once."""

    def soft(z, P):
        slope = P.sum(axis=1, keepdims=True) * nnlib.softmax(z) - P
        return float(-(P * nnlib.log_softmax(z)).sum()), slope

    def largest(rows):
        return rows.argmax(axis=1)

    soft = nnlib.Loss("soft", soft, reduction="sum", target="any", predict=largest)
    X, labels = rng(0).normal(size=(6, 2)), np.array([0, 1, 1, 0, 1, 0])
    weights = np.array([2, 1, 1, 2, 1, 1])
    often, once = (nnlib.mlp([2, 4, 2], "tanh", rng=0) for _ in range(2))
    nnlib.check_model(once, X, np.full((6, 2), 0.5), loss=soft)
    options = {"epochs": 20, "rng": 0}
    whole = nnlib.fit(
        often,
        np.repeat(X, weights, axis=0),
        np.repeat(labels, weights),
        loss="cross_entropy_with_logits",
        optimizer=SGD(often.parameters(), lr=0.1),
        **options,
    )
    history = nnlib.fit(
        once,
        X,
        nnlib.one_hot(labels, 2) * weights[:, np.newaxis],
        loss=soft,
        optimizer=SGD(once.parameters(), lr=0.1 / weights.sum()),
        validation=(X, nnlib.one_hot(labels, 2) * 0.9 + 0.05),
        **options,
    )
    np.testing.assert_allclose(once.theta, often.theta, rtol=1e-12)
    np.testing.assert_allclose(history.losses, np.array(whole.losses) * weights.sum(), rtol=1e-12)
    right = accuracy(once.predict(X), labels)
    assert history.accuracies[-1] == history.validation_accuracies[-1] == right


def test_a_normal_distribution_is_learned_from_one_number_for_two_outputs():
    """The best constants are the mean and the deviation of the targets; batches keep the rows."""

    def surprise(z, y):
        r = (y - z[:, :1]) / np.exp(z[:, 1:])
        slopes = np.hstack([-r / np.exp(z[:, 1:]), 1 - r**2])
        return float((r**2 / 2 + z[:, 1:]).mean()), slopes / len(y)

    loss = nnlib.Loss("surprise", surprise, target="any")
    X, y = np.zeros((8, 1)), np.array([[1.0], [2.0], [4.0], [5.0]] * 2)
    model = nnlib.mlp([1, 2], rng=0)
    nnlib.check_model(model, X, y, loss=loss)
    history = nnlib.fit(
        model, X, y, loss=loss, optimizer=Adam(model.parameters(), lr=0.05), epochs=800
    )
    mean, log_deviation = model.predict([[0.0]])[0]
    np.testing.assert_allclose([mean, np.exp(log_deviation)], [3, np.sqrt(2.5)], rtol=1e-3)
    assert history.accuracies == []
    with pytest.raises(
        ValueError, match=r"^y must have as many rows .* \(8, 2\), got .* \(7, 1\)$"
    ):
        nnlib.check_model(model, X, y[1:], loss=loss)


def test_the_shape_of_held_out_data_is_named_as_theirs():
    with pytest.raises(ValueError, match=r"^validation X must have shape \(n, 2\)"):
        classifier_run(validation=(np.ones((3, 5)), [0, 1, 1]))


class Doubled(nnlib.Layer):
    keeps_width = True

    def forward(self, X):
        X *= 2
        return X

    def backward(self, grad_output):
        return 2 * grad_output


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_layer_that_changes_its_input_is_refused_before_the_first_step(place):
    layers = [nnlib.ReLU(), nnlib.Linear(2, 1, rng=0)]
    model = nnlib.Sequential(*layers[:place], Doubled(), *layers[place:])
    before, X = model.theta.copy(), np.ones((3, 2))
    words = rf"^layer {place}, Doubled\(\): .*read-only: make a new array, as in X = 2 \* X"
    with pytest.raises(ValueError, match=words):
        nnlib.fit(model, X, X[:, :1], loss="mse", optimizer=SGD(model.parameters(), lr=1), epochs=1)
    assert (X == 1).all()
    np.testing.assert_array_equal(model.theta, before)


@pytest.mark.parametrize("changed", ["prediction", "target"])
def test_a_loss_that_changes_its_arguments_is_refused_before_the_first_step(changed):
    def mean_square(y_hat, y):
        part = y_hat if changed == "prediction" else y
        part += 1
        return 0.0, y_hat - y

    model, y = nnlib.Sequential(nnlib.Linear(1, 1, rng=0), nnlib.ReLU()), np.ones((2, 1))
    loss = nnlib.Loss("own", mean_square)
    with pytest.raises(
        ValueError, match=r"^value_and_gradient of Loss\('own'\): .*make a new array"
    ):
        nnlib.fit(model, y, y, loss=loss, optimizer=SGD(model.parameters(), lr=1), epochs=1)
    assert (y == 1).all()


def test_parameters_that_end_as_no_numbers_are_reported_without_an_evaluation():
    model = line(1.0)
    loss = nnlib.Loss("own", lambda y_hat, y: (0.0, np.full_like(y_hat, np.nan)))
    options = {"loss": loss, "optimizer": SGD(model.parameters(), lr=1), "epochs": 1}
    with pytest.warns(nnlib.DivergenceWarning, match=r"at step 1 \(epoch 1\): a parameter is not"):
        history = nnlib.fit(model, [[1.0]], [[1.0]], **options, evaluate_training=False)
    assert history.stop_reason == "diverged"


def test_a_validation_loss_that_is_not_finite_is_reported():
    model = line(1.0)
    loss = nnlib.Loss("own", nnlib.LOSSES["mse"].value_and_gradient, predict=lambda p: p[:, 0] > 0)
    options = {"loss": loss, "optimizer": SGD(model.parameters(), lr=0.1), "epochs": 2}
    words = r"^the validation loss was inf after epoch 0: compare its X"
    with pytest.warns(nnlib.DivergenceWarning, match=words) as warned:
        history = nnlib.fit(model, [[1.0]], [[0.0]], **options, validation=([[1e160]], [[0.0]]))
    assert [each.filename for each in warned] == [__file__]
    assert history.stop_reason == "epochs"
    model.theta[:] = 1e200, 0
    with pytest.warns(nnlib.DivergenceWarning):  # the epochs of both lists stay the same
        history = nnlib.fit(model, [[0.0]], [[0.0]], **options, validation=([[1e200]], [[0.0]]))
    assert len(history.validation_accuracies) == len(history.validation_losses) == 3
    assert np.isnan(history.validation_accuracies).all()


def test_a_loss_of_ones_own_may_divide_by_zero_and_its_numbers_are_kept_as_floats():
    def logarithm(p, y):
        gone = np.zeros_like(p) if len(seen) > 2 else np.ones_like(p)
        seen.append(p)
        return -np.log(gone).sum(), np.zeros_like(p)

    seen, model = [], nnlib.mlp([1, 1], rng=0, dtype=np.float32)
    options = {"loss": nnlib.Loss("own", logarithm), "optimizer": SGD(model.parameters(), lr=0.1)}
    with pytest.warns(nnlib.DivergenceWarning) as warned:
        history = nnlib.fit(model, [[1.0]], [[1.0]], **options, epochs=2)
    assert len(warned) == 1  # none of numpy's
    assert [type(value) for value in (*history.losses, *history.step_losses)] == [float] * 3
