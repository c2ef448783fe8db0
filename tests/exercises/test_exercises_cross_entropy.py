"""The exercises on the cross-entropy: answers as learners write them, right ones and wrong ones."""

import math

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def verdict(name, answer):
    return exercises.check(f"cross_entropy-{name}", answer)


# -- numbers and halving ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((2.30, 0.90, 20, 1.46), "force_for_slope"),
        ((2.30, 0.10, 20, 1.46), "slope_of_another_class"),
        ((2.30, -0.90, 0, 1.46), "leader_taken_for_truth"),
        ((2.30, -0.90, 20, 0.55), "floor_of_three_classes"),
        ((2.30, -0.90, 20, 0), "no_floor"),
        ((1, -0.90, 20, math.log10(math.e + 9) - math.log10(math.e)), "base_ten"),
    ],
)
def test_numbers(answer, mistake):
    assert verdict("numbers", answer).mistake == mistake


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (500, "straight_line"),
        (69, "rate_forgotten"),
        (6.58, "decay_forgotten"),
        (301, "base_ten"),
        (1000, "whole_parameter"),
        (1386, "twice"),
    ],
)
def test_halving(answer, mistake):
    assert verdict("halving", answer).mistake == mistake


def test_numbers_worked_out_by_hand_are_right():
    assert verdict("numbers", [2.30, -0.9, 20, 1.46]).correct
    assert verdict("numbers", (math.log(10), -0.9, 20.0, math.log(math.e + 9) - 1)).correct
    for steps in (693, 692.8, math.log(2) / 0.001):
        assert verdict("halving", steps).correct


# -- average -----------------------------------------------------------------------------------


def targets(labels, K):
    return np.eye(K)[labels]


AVERAGE = {
    "force_for_slope": lambda Z, c: (targets(c, Z.shape[1]) - nnlib.softmax(Z)).sum(0) / len(c),
    "shares_forgotten": lambda Z, c: nnlib.softmax(Z).sum(axis=0) / len(c),
    "samples_not_added": lambda Z, c: (nnlib.softmax(Z) - targets(c, Z.shape[1])) / len(c),
    "along_the_classes": lambda Z, c: np.mean(nnlib.softmax(Z) - np.eye(Z.shape[1])[c], axis=1),
    "softmax_of_mean": lambda Z, c: (
        nnlib.softmax(np.mean(Z, axis=0)) - np.bincount(c, minlength=Z.shape[1]) / len(c)
    ),
    "raw_outputs_for_probabilities": lambda Z, c: np.mean(Z - np.eye(Z.shape[1])[c], axis=0),
    "class_that_never_occurs": lambda Z, c: (
        np.mean(nnlib.softmax(Z), axis=0) - np.bincount(c) / c.size
    ),
    "sum_for_mean": lambda Z, c: (nnlib.softmax(Z) - targets(c, Z.shape[1])).sum(axis=0),
}


@pytest.mark.parametrize("mistake", AVERAGE)
def test_average(mistake):
    assert verdict("average", AVERAGE[mistake]).mistake == mistake


def test_a_softmax_without_a_shift_overflows_in_average():
    def bias_slope(Z, labels):
        E = np.exp(Z)
        P = E / E.sum(axis=1, keepdims=True)
        return np.mean(P - targets(labels, Z.shape[1]), axis=0)

    assert verdict("average", bias_slope).mistake == "overflow"


def test_the_slopes_in_the_biases_may_be_counted_or_come_from_backward():
    def counted(Z, labels):
        share = np.bincount(labels, minlength=Z.shape[1]) / len(labels)
        return nnlib.softmax(Z).mean(axis=0) - share

    def from_backward(Z, labels):
        K = Z.shape[1]
        layer = nnlib.Linear.from_arrays(np.eye(K), np.zeros(K))
        layer.forward(Z)
        layer.backward(nnlib.cross_entropy_with_logits_derivative(Z, labels))
        return layer.bias.grad

    assert verdict("average", counted).correct
    assert verdict("average", from_backward).correct


# -- soft ----------------------------------------------------------------------------------------


def lse_with_one_shift(Z, Q):
    top = np.max(Z)
    return np.mean(top + np.log(np.exp(Z - top).sum(1)) - (Q * Z).sum(1))


def half_shifted(Z, Q):
    shifted = Z - Z.max(axis=1)[:, None]
    return (np.log(np.exp(shifted).sum(axis=1)) - np.einsum("nk,nk->n", Q, Z)).mean()


def naive(Z, Q):
    E = np.exp(Z)
    return -(Q * np.log(E / E.sum(axis=1, keepdims=True))).sum() / len(Q)


SOFT = {
    "entries_counted": lambda Z, Q: (-Q * np.log(nnlib.softmax(Z))).mean(),
    "likeliest_alone": lambda Z, Q: (
        -nnlib.log_softmax(Z)[np.arange(len(Q)), np.argmax(Q, axis=1)].mean()
    ),
    "roles_swapped": lambda Z, Q: -(np.log(Q) * nnlib.softmax(Z)).sum(axis=1).mean(),
    "shift_of_all_forgotten": half_shifted,
    "one_shift_for_all": lse_with_one_shift,
    "samples_not_averaged": lambda Z, Q: -(Q * nnlib.log_softmax(Z)).sum(1),
    "overflow": naive,
    "missing_minus": lambda Z, Q: (Q * nnlib.log_softmax(Z)).sum(axis=1).mean(),
    "sum_for_mean": lambda Z, Q: -(Q * nnlib.log_softmax(Z)).sum(),
}


@pytest.mark.parametrize("mistake", SOFT)
def test_soft(mistake):
    assert verdict("soft", SOFT[mistake]).mistake == mistake


def test_a_cross_entropy_of_soft_targets_may_loop_or_use_logaddexp():
    def looped(Z, Q):
        total = 0.0
        for z, q in zip(Z, Q, strict=True):
            top = max(z)
            lse = top + math.log(sum(math.exp(v - top) for v in z))
            total += sum(share * (lse - v) for share, v in zip(q, z, strict=True))
        return total / len(Z)

    def short(Z, Q):
        return np.mean(np.logaddexp.reduce(Z, axis=1) - (Q * Z).sum(axis=1))

    assert verdict("soft", looped).correct
    assert verdict("soft", short).correct


# -- leak ----------------------------------------------------------------------------------------


def best(A, y, keep):
    return np.argsort(-np.abs((A * (y - y.mean())[:, None]).sum(axis=0)))[:keep]


def as_it_came(X, y, n, keep):
    A = (X - X.mean(0)) / X.std(0)
    return A[:, best(A, y, keep)]


def only_scaled_right(X, y, n, keep):
    columns = best((X - X.mean(0)) / X.std(0), y, keep)
    return (X[:, columns] - X[:n, columns].mean(0)) / X[:n, columns].std(0)


def only_chosen_right(X, y, n, keep):
    A, _ = nnlib.standardize(X[:n])
    return nnlib.standardize(X)[0][:, best(A, y[:n], keep)]


def each_by_itself(X, y, n, keep):
    A, _ = nnlib.standardize(X[:n])
    B, _ = nnlib.standardize(X[n:])
    return np.concatenate([A, B])[:, best(A, y[:n], keep)]


def training_part(X, y, n, keep):
    A, _ = nnlib.standardize(X[:n])
    return A[:, best(A, y[:n], keep)]


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (as_it_came, "nothing_mended"),
        (only_scaled_right, "choice_leaks"),
        (only_chosen_right, "scaling_leaks"),
        (each_by_itself, "scaled_apart"),
        (training_part, "held_out_rows_lost"),
    ],
)
def test_leak(answer, mistake):
    assert verdict("leak", answer).mistake == mistake


def test_data_may_be_prepared_with_columns_in_any_order():
    def scaled_first(X, y, n, keep):
        A = (X - X[:n].mean(axis=0)) / X[:n].std(axis=0)
        return A[:, best(A[:n], y[:n], keep)]

    def chosen_first(X, y, n, keep):
        correlation = [abs(np.corrcoef(column, y[:n])[0, 1]) for column in X[:n].T]
        X = X[:, np.sort(np.argsort(correlation)[-keep:])]
        return nnlib.standardize(X[:n])[1].transform(X)

    assert verdict("leak", scaled_first).correct
    assert verdict("leak", chosen_first).correct


# -- factor --------------------------------------------------------------------------------------


def true_ones(Z, labels):
    return np.take_along_axis(Z, labels[:, None], axis=1)[:, 0]


def weighted(Z, P):
    return np.einsum("nk,nk->n", P, Z)


FACTOR = {
    "probabilities_without_factor": lambda Z, c, a: (
        weighted(Z, nnlib.softmax(Z)) - true_ones(Z, c)
    ).mean(),
    "inner_slope_forgotten": lambda Z, c, a: (
        (nnlib.softmax(a * Z) - np.eye(Z.shape[1])[c]).sum(1).mean()
    ),
    "factor_left": lambda Z, c, a: (
        weighted(a * Z, nnlib.softmax(a * Z)) - true_ones(a * Z, c)
    ).mean(),
    "truth_forgotten": lambda Z, c, a: weighted(Z, nnlib.softmax(a * Z)).mean(),
    "leader_for_mean": lambda Z, c, a: (Z.max(1) - true_ones(Z, c)).mean(),
    "entries_counted": lambda Z, c, a: ((nnlib.softmax(a * Z) - np.eye(Z.shape[1])[c]) * Z).mean(),
    "missing_minus": lambda Z, c, a: (true_ones(Z, c) - weighted(Z, nnlib.softmax(a * Z))).mean(),
    "sum_for_mean": lambda Z, c, a: (weighted(Z, nnlib.softmax(a * Z)) - true_ones(Z, c)).sum(),
}


@pytest.mark.parametrize("mistake", FACTOR)
def test_factor(mistake):
    assert verdict("factor", FACTOR[mistake]).mistake == mistake


def test_the_slope_in_the_factor_may_be_written_in_two_ways():
    def as_in_the_formula(Z, labels, a):
        return (weighted(Z, nnlib.softmax(a * Z)) - true_ones(Z, labels)).mean()

    def from_the_gradient(Z, labels, a):
        return np.vdot(nnlib.cross_entropy_with_logits_derivative(a * Z, labels), Z)

    assert verdict("factor", as_in_the_formula).correct
    assert verdict("factor", from_the_gradient).correct


# -- patience ------------------------------------------------------------------------------------


def counting(is_new, after=lambda waited, steps: waited >= steps, reset=True):
    """A `patience` that counts epochs, as one writes it with an own state."""

    def patience(steps):
        state = {"best": math.inf, "waited": 0, "last": math.inf}

        def stop(epoch, history):
            value = history.validation_losses[-1]
            if is_new(value, state):
                state["best"] = min(value, state["best"])
                state["waited"] = 0 if reset else state["waited"]
            else:
                state["waited"] += 1
            state["last"] = value
            return after(state["waited"], steps)

        return stop

    return patience


def lower(value, state):
    return value < state["best"]


def numpys_comparison(steps):
    return lambda epoch, history: epoch - np.argmin(history.validation_losses) >= steps


def one_for_true(steps):
    return lambda epoch, history: int(numpys_comparison(steps)(epoch, history))


def on_training_losses(steps):
    return lambda epoch, history: bool(epoch - np.argmin(history.losses) >= steps)


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (counting(lower, after=lambda waited, steps: waited > steps), "one_epoch_late"),
        (counting(lambda value, state: value < state["last"]), "compared_with_previous"),
        (counting(lambda value, state: value <= state["best"]), "equal_is_taken_for_new"),
        (counting(lower, reset=False), "never_reset"),
        (one_for_true, "never_true"),
        (on_training_losses, "training_loss"),
    ],
)
def test_patience(answer, mistake):
    assert verdict("patience", answer).mistake == mistake


def test_patience_may_count_or_look_for_the_lowest():
    assert verdict("patience", numpys_comparison).correct

    def looking(steps):
        def stop(epoch, history):
            losses = history.validation_losses
            return len(losses) > steps and min(losses[-steps:]) >= min(losses[:-steps])

        return stop

    assert verdict("patience", counting(lower)).correct
    assert verdict("patience", looking).correct


def test_a_patience_that_returns_no_callback_is_told_what_happened():
    assert "callable" in verdict("patience", lambda steps: steps > 3).text


# -- What a learner reads ------------------------------------------------------------------------


def test_the_verdict_on_a_mean_over_all_entries_says_which_mean_is_meant():
    text = verdict("soft", SOFT["entries_counted"]).text
    first, second = text.split("\n")
    assert first.startswith("It is too small by the factor K")
    assert "it should be 1.99941" in second


def test_a_slope_is_compared_with_a_central_difference():
    text = verdict("factor", FACTOR["truth_forgotten"]).text
    assert "A central difference agrees" in text
