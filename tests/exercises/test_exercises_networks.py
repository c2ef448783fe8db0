"""The exercises on the structure of a network, answered as a learner would."""

import numpy as np
import pytest

import nnbook
import nnlib
from nnbook import exercises

WRONG_NUMBERS = [
    ("five", (-1, 1, -2, 6), "slopes_instead_of_changes"),
    ("five", (-3, 2, 2, -6), "third_to_the_right"),
    ("five", (-3, 2, -2, 0), "bias_forgotten"),
    ("five", (-3, 2, -2, -6), "bias_with_the_wrong_sign"),
    ("five", (-3, 2, -1, 3), None),
    ("outside", (0, 0), "flat_beyond"),
    ("outside", (4, -3.8), "second_hinge_forgotten"),
    ("outside", (-4, -3.8), "place_of_the_hinge_forgotten"),
    ("outside", (-2, -1.22 * 5.25 - 2.30 * -6.49 + 2.61), "no_bend"),
    ("outside", (-2, -6.4), "last_bias_forgotten"),
    ("outside", (-3.8, -2), "two_numbers_swapped"),
    ("outside", (2, 3.8), "missing_minus"),
    ("plane", (3, 1.5, 0.75), "unbent"),
    ("plane", (-0.6, -0.5, 0.75), "unbiased"),
    ("plane", (0.4, 0.5, 0.25), "other_fold"),
    ("plane", (0.4, 0.5, 0.375), "one_input"),
    ("plane", (0.4, 0.6, 0.75), None),
]


@pytest.mark.parametrize(("name", "answer", "mistake"), WRONG_NUMBERS)
def test_wrong_numbers(name, answer, mistake):
    verdict = exercises.check(f"networks-{name}", answer)
    assert (verdict.correct, verdict.mistake) == (False, mistake)


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


def relu_of_each(d):
    return np.diag(np.ones(d)), np.diag(np.ones(d))


def absolute_value(d):
    into = np.concatenate([np.eye(d), -np.eye(d)], axis=1)
    return into, np.abs(into).T


def only_one_value(d):
    return [[1, -1]], [[1], [-1]]


def twice_as_much(d):
    W = np.hstack([np.eye(d), -np.eye(d)])
    return 2 * W, W.T


def no_third_hinge(x, left, middle, right):
    rise = (x - left) / (middle - left) * (x > left)
    return rise - (1 / (middle - left) + 1 / (right - middle)) * np.maximum(0, x - middle)


def slope_as_weight(x, left, middle, right):
    up = np.maximum(x - left, 0) / (middle - left)
    return up - np.maximum(x - middle, 0) / (right - middle)


def even_sides(x, left, middle, right):
    s = 1 / (middle - left)
    hinges = nnlib.relu(x - left) - 2 * nnlib.relu(x - middle) + nnlib.relu(x - right)
    return s * hinges


def unsorted(W1, b1, W2):
    out = W2.copy()
    for j in range(len(b1)):
        out[j] = W2[j] * np.sqrt(np.sum(W1[:, j] ** 2))
    length = np.sqrt(np.sum(W1**2, axis=0))
    return W1 / length, b1 / length, out


def forgot_to_move_the_rows(W1, b1, W2):
    W1, b1, W2 = unsorted(W1, b1, W2)
    order = sorted(range(len(b1)), key=lambda j: (b1[j], W1[0, j]))
    return W1[:, order], b1[order], W2


def falling(W1, b1, W2):
    W1, b1, W2 = unsorted(W1, b1, W2)
    order = np.lexsort((W1[0], -b1))
    return W1[:, order], b1[order], W2[order]


def ties_as_they_come(W1, b1, W2):
    W1, b1, W2 = unsorted(W1, b1, W2)
    order = np.argsort(b1, kind="stable")
    return W1[:, order], b1[order], W2[order]


def changed_in_place(W1, b1, W2):
    W1 /= np.linalg.norm(W1, axis=0)
    return W1, b1, W2


def bump_in_parts(x, left, middle, right):
    up, down = (x - left) / (middle - left), (right - x) / (right - middle)
    return np.maximum(0, np.minimum(up, down))


def table_of_numpy(x, left, middle, right):
    return np.interp(x, (left, middle, right), (0, 1, 0))


WRONG_CODE = [
    ("bump", bump_in_parts, "forbidden"),
    ("bump", table_of_numpy, "forbidden"),
    ("bump", lambda x, a, b, c: table_of_numpy(x, a, b, c), "forbidden"),
    ("scaler", lambda X, new: (new - X.mean(0)) / (X.std(0) + 1e-8), "tiny_added"),
    ("scaler", lambda X, new: (new - X.mean(0)) / np.maximum(X.std(0), 1e-12), "tiny_added"),
    ("scaler", lambda X, new: (new - X.mean(0)) / np.sqrt(X.var(0) + 1e-10), "tiny_added"),
    ("scaler", ink_lost, "new_ink_lost"),
    ("scaler", own_scaler, "own_numbers"),
    ("scaler", lambda X, new: (new - np.mean(new)) / np.std(new), "one_mean_of_its_own"),
    ("scaler", scaled_together, "all_together"),
    ("scaler", zero_division, "constant_column"),
    ("scaler", sample_deviation, "divided_by_n_minus_one"),
    ("scaler", lambda X, new: new - np.average(X, axis=0), "not_divided"),
    ("scaler", lambda X, new: (new - np.mean(X)) / np.sqrt(np.var(X)), "one_mean_for_all"),
    ("scaler", lambda X, new: nnlib.standardize(X)[1].transform(X), "training_data_returned"),
    ("scaler", scaled_in_place, "mutated"),
    ("identity", relu_of_each, "one_neuron_each"),
    ("identity", absolute_value, "added"),
    ("identity", only_one_value, "one_value_alone"),
    ("identity", twice_as_much, "twice"),
    ("bump", no_third_hinge, "falls_on"),
    ("bump", slope_as_weight, "slope_instead_of_change"),
    ("bump", lambda x, a, b, c: np.clip((x - a) / (b - a), 0, 1), "stays_up"),
    ("bump", even_sides, "same_slope_down"),
    ("bump", lambda x, a, b, c: (b - a) * even_sides(x, a, b, c), "slope_one"),
    ("symmetry", unsorted, "not_sorted"),
    ("symmetry", falling, "largest_first"),
    ("symmetry", ties_as_they_come, "equal_biases"),
    ("symmetry", forgot_to_move_the_rows, "out_in_the_old_order"),
    ("symmetry", changed_in_place, "mutated"),
]


@pytest.mark.parametrize(("name", "answer", "mistake"), WRONG_CODE)
def test_wrong_code(name, answer, mistake):
    verdict = exercises.check(f"networks-{name}", answer)
    assert (verdict.correct, verdict.mistake) == (False, mistake)


def scaled_by_hand(X, new):
    sigma = X.std(axis=0)
    sigma[sigma == 0] = 1
    return (new - X.mean(axis=0)) / sigma


def pairs_of_neurons(d):
    out = np.zeros((2 * d, d))
    for i in range(d):
        out[2 * i, i], out[2 * i + 1, i] = 5, -5
    return out.T / 25, out


def bump_from_network(x, left, middle, right):
    u, d = 1 / (middle - left), 1 / (right - middle)
    first = nnlib.Linear.from_arrays([[1, 1, 1]], [-left, -middle, -right])
    last = nnlib.Linear.from_arrays([[u], [-u - d], [d]], [0])
    return nnlib.Sequential(first, nnlib.ReLU(), last).forward(x[:, np.newaxis]).ravel()


def neuron_by_neuron(W1, b1, W2):
    lengths = [float(sum(w**2 for w in column)) ** 0.5 for column in W1.T]
    rows = zip(b1, W1.T.tolist(), W2.tolist(), lengths, strict=True)
    made = sorted((b / c, [w / c for w in into], [w * c for w in out]) for b, into, out, c in rows)
    biases, into, out = zip(*made, strict=True)
    return np.transpose(into), biases, out


def by_pairs(W1, b1, W2):
    W1, b1, W2 = unsorted(W1, b1, W2)
    order = sorted(range(len(b1)), key=lambda j: (b1[j], W1[0, j]))
    return [W1[:, order].tolist(), b1[order].tolist(), W2[order].tolist()]


RIGHT = [
    ("five", (-3, 2, -2, 6)),
    ("five", np.array([-3.0, 2.0, -2.0, 6.0])),
    ("outside", (-2, -3.8)),
    ("outside", np.array([-2.0, -3.796])),
    ("plane", (0.4, 0.5, 0.75)),
    ("plane", [2 / 5, 1 / 2, 3 / 4]),
    ("scaler", scaled_by_hand),
    ("scaler", lambda X, new: nnlib.standardize(X)[1].transform(new)),
    ("identity", pairs_of_neurons),
    (
        "identity",
        lambda d: (np.hstack([-np.eye(d), np.eye(d)]), np.vstack([-np.eye(d), np.eye(d)])),
    ),
    ("bump", bump_from_network),
    ("symmetry", neuron_by_neuron),
    ("symmetry", by_pairs),
]


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_right_answers_in_other_forms(name, answer):
    verdict = exercises.check(f"networks-{name}", answer)
    assert verdict.correct, verdict


def test_a_verdict_says_what_was_tried_and_what_should_have_come_out():
    verdict = exercises.check("networks-bump", no_third_hinge)
    assert "keeps falling, below 0" in verdict.text
    assert "entry [6] of your result is -3; it should be 0" in verdict.more
    nnbook.set_language("zh")
    try:
        verdict = exercises.check("networks-identity", absolute_value)
        assert "相加" in verdict.text
        assert "应为 -3" in verdict.more
    finally:
        nnbook.set_language("en")
