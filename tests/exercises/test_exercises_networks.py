"""The exercises on the structure of a network, answered as a learner would."""

import numpy as np
import pytest

import nnbook
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
]


@pytest.mark.parametrize(("name", "answer", "mistake"), WRONG_NUMBERS)
def test_wrong_numbers(name, answer, mistake):
    verdict = exercises.check(f"networks-{name}", answer)
    assert (verdict.correct, verdict.mistake) == (False, mistake)


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


WRONG_CODE = [
    ("identity", relu_of_each, "one_neuron_each"),
    ("identity", absolute_value, "added"),
    ("identity", only_one_value, "one_value_alone"),
    ("identity", twice_as_much, "twice"),
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


def pairs_of_neurons(d):
    out = np.zeros((2 * d, d))
    for i in range(d):
        out[2 * i, i], out[2 * i + 1, i] = 5, -5
    return out.T / 25, out


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
    ("identity", pairs_of_neurons),
    (
        "identity",
        lambda d: (np.hstack([-np.eye(d), np.eye(d)]), np.vstack([-np.eye(d), np.eye(d)])),
    ),
    ("symmetry", neuron_by_neuron),
    ("symmetry", by_pairs),
]


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_right_answers_in_other_forms(name, answer):
    verdict = exercises.check(f"networks-{name}", answer)
    assert verdict.correct, verdict


def test_a_verdict_says_what_was_tried_and_what_should_have_come_out():
    verdict = exercises.check("networks-identity", absolute_value)
    assert "added here" in verdict.text
    assert "should be -3" in verdict.more
    nnbook.set_language("zh")
    try:
        verdict = exercises.check("networks-identity", absolute_value)
        assert "相加" in verdict.text
        assert "应为 -3" in verdict.more
    finally:
        nnbook.set_language("en")
