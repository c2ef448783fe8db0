"""The exercises on judging a network: answers as learners write them, right ones and wrong ones."""

import math

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def verdict(name, answer):
    return exercises.check(f"generalization-{name}", answer)


# -- report and bar ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((0, 0, 0, 0, 1, 1), "counted"),
        ((1, 1, 0, 0, 1, 1), "new"),
        ((1, 0, 1, 0, 1, 1), "kind"),
        ((1, 0, 0, 1, 1, 1), "clean"),
        ((1, 0, 0, 0, 0, 1), "chance"),
        ((1, 0, 0, 0, 1, 0), "folds"),
        ((1, 1, 1, 1, 1, 1), "all_of_it"),
        ((0, 0, 0, 0, 0, 0), "nothing"),
    ],
)
def test_report(answer, mistake):
    assert verdict("report", answer).mistake == mistake


def test_a_report_may_be_judged_with_true_and_false():
    assert verdict("report", (1, 0, 0, 0, 1, 1)).correct
    assert verdict("report", [True, False, False, False, True, True]).correct


def with_error(error):
    return lambda right: (np.mean(right), error(np.asarray(right, dtype=float)))


BAR = {
    "answers_for_flowers": lambda r: np.std(r) / np.sqrt(r.size),
    "spread_of_answers": lambda r: np.std(r, ddof=1) / r.size**0.5,
    "one_network": lambda r: (r.mean() * (1 - r.mean()) / r.shape[1]) ** 0.5,
    "networks_for_flowers": lambda r: (
        np.std(r.mean(axis=1), ddof=1) / np.sqrt(len(r)) if len(r) > 1 else 0
    ),
    "spread_for_error": lambda r: np.std(r.mean(axis=0), ddof=1),
    "population": lambda r: np.std(r.mean(axis=0)) / np.sqrt(r.shape[1]),
    "variance_returned": lambda r: np.var(r.mean(axis=0), ddof=1) / r.shape[1],
}


@pytest.mark.parametrize("mistake", BAR)
def test_bar(mistake):
    assert verdict("bar", with_error(BAR[mistake])).mistake == mistake


def test_an_error_bar_may_come_from_sums():
    def error_bar(right):
        n, m = right.shape[1], right.sum(axis=0) / right.shape[0]
        share = m.sum() / n
        return [share, math.sqrt(((m - share) ** 2).sum() / (n * (n - 1)))]

    assert verdict("bar", error_bar).correct


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


def test_a_slope_is_compared_with_a_central_difference():
    text = verdict("factor", FACTOR["truth_forgotten"]).more
    assert "A central difference agrees" in text


# -- scaler --------------------------------------------------------------------------------------


def own_scaler(X, new):
    scaler = nnlib.standardize(new)[1]
    return scaler.transform(new)


def scaled_together(X, new):
    both = np.concatenate([X, new])
    return nnlib.standardize(both)[1].transform(new)


def zero_division(X, new):
    mu = np.sum(X, axis=0) / len(X)
    sigma = np.sqrt(np.sum((X - mu) ** 2, axis=0) / len(X))
    return (new - mu) / sigma


def sample_deviation(X, new):
    return (new - X.mean(axis=0)) / (np.sqrt(X.var(axis=0) * len(X) / (len(X) - 1)))


def ink_lost(X, new):
    sigma = X.std(axis=0)
    return np.divide(new - X.mean(axis=0), sigma, out=np.zeros(new.shape), where=sigma > 0)


def scaled_in_place(X, new):
    new -= X.mean(axis=0)
    return new


def scaled_by_hand(X, new):
    sigma = X.std(axis=0)
    sigma[sigma == 0] = 1
    return (new - X.mean(axis=0)) / sigma


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (lambda X, new: (new - X.mean(0)) / (X.std(0) + 1e-8), "tiny_added"),
        (lambda X, new: (new - X.mean(0)) / np.maximum(X.std(0), 1e-12), "tiny_added"),
        (lambda X, new: (new - X.mean(0)) / np.sqrt(X.var(0) + 1e-10), "tiny_added"),
        (ink_lost, "new_ink_lost"),
        (own_scaler, "own_numbers"),
        (lambda X, new: (new - np.mean(new)) / np.std(new), "one_mean_of_its_own"),
        (scaled_together, "all_together"),
        (zero_division, "constant_column"),
        (sample_deviation, "divided_by_n_minus_one"),
        (lambda X, new: new - np.average(X, axis=0), "not_divided"),
        (lambda X, new: (new - np.mean(X)) / np.sqrt(np.var(X)), "one_mean_for_all"),
        (lambda X, new: nnlib.standardize(X)[1].transform(X), "training_data_returned"),
        (scaled_in_place, "mutated"),
    ],
)
def test_a_wrong_scaler(answer, mistake):
    found = verdict("scaler", answer)
    assert (found.correct, found.mistake) == (False, mistake)


@pytest.mark.parametrize(
    "answer",
    [
        scaled_by_hand,
        lambda X, new: nnlib.standardize(X)[1].transform(new),
    ],
)
def test_a_right_scaler(answer):
    assert verdict("scaler", answer).correct
