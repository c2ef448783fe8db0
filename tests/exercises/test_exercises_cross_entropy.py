"""The exercises on the cross-entropy: answers as learners write them, right ones and wrong ones."""

import math

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def verdict(name, answer):
    return exercises.check(f"cross_entropy-{name}", answer)


# -- step and carry ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ((1.6, -0.35, 2.1), "forces"),
        ((-0.8, 0.7, 2.1), "inputs_forgotten"),
        ((-1.6, 0.35, 1.7), "bias_forgotten"),
        ((-1.6, 0.35, -2.1), "moved_down"),
        ((-1.6, 0.35, 4.2), "rate_forgotten"),
        ((-1.6, 0.35, 1.6), "only_its_weight"),
    ],
)
def test_step(answer, mistake):
    assert verdict("step", answer).mistake == mistake


def test_a_step_worked_out_by_hand_is_right():
    assert verdict("step", (-1.6, 0.35, 2.1)).correct


def force(A, W, b, labels):
    E = np.exp(A @ W + b)
    return np.eye(W.shape[1])[labels] - E / E.sum(axis=1, keepdims=True)


CARRY = {
    "nothing_mended": lambda A, G, n: [*(A.T @ G / n), G.sum(axis=0)],
    "sign_left": lambda A, G, n: [*(A.T @ G / n), G.mean(axis=0)],
    "bias_not_averaged": lambda A, G, n: [*(-A.T @ G / n), -G.sum(axis=0)],
    "sums": lambda A, G, n: [*(-A.T @ G), -G.sum(axis=0)],
    "twice_divided": lambda A, G, n: [*(-A.T @ G / n**2), -G.mean(axis=0)],
}


@pytest.mark.parametrize("mistake", CARRY)
def test_carry(mistake):
    def answer(A, W, b, labels):
        return np.array(CARRY[mistake](A, force(A, W, b, labels), len(A)))

    assert verdict("carry", answer).mistake == mistake


def test_the_last_layer_may_read_a_column_of_ones():
    def answer(A, W, b, labels):
        return np.column_stack([A, np.ones(len(A))]).T @ -force(A, W, b, labels) / len(A)

    assert verdict("carry", answer).correct


# -- average -----------------------------------------------------------------------------------


def test_average():
    assert exercises.check("cross_entropy-average", [0.375, 0.321, 0.304]).correct
    assert verdict("average", [0.333, 0.333, 0.333]).mistake == "thirds"
    assert verdict("average", [42, 36, 34]).mistake == "counts"


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


# -- What a learner reads ------------------------------------------------------------------------


def test_the_verdict_on_a_mean_over_all_entries_says_which_mean_is_meant():
    found = verdict("soft", SOFT["entries_counted"])
    assert found.text.startswith("It is too small by the factor K")
    assert "it should be 1.99941" in found.more


def counted(Z, labels):
    found = [max(range(len(row)), key=row.__getitem__) for row in Z.tolist()]
    return [(list(labels).count(k), found.count(k)) for k in range(Z.shape[1])]


def only_those_that_occur(Z, labels):
    found = np.argmax(Z, axis=1)
    return np.column_stack([np.bincount(labels), np.bincount(found)])


def test_answers():
    assert exercises.check("cross_entropy-answers", counted).correct
    wrong = exercises.check("cross_entropy-answers", only_those_that_occur)
    assert wrong.correct is False
    right = exercises.check("cross_entropy-answers", right_ones)
    assert right.mistake == "right_only"


def right_ones(Z, labels):
    K, found = Z.shape[1], np.argmax(Z, axis=1)
    hits = [np.sum((found == k) & (labels == k)) for k in range(K)]
    return np.column_stack([np.bincount(labels, minlength=K), hits])
