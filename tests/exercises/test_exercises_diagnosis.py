"""The exercises on networks that do not learn, answered as readers answer."""

import math

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def by_softmax(K):
    p = np.zeros(K)
    p[0] = 1
    return -np.log(np.exp(p[0]) / np.exp(p).sum())


def by_dot(before, after, slopes, eta):
    g = np.ravel(slopes)
    return (before - after) / eta / (g @ g)


def one_by_one(A):
    n, m = len(A), len(A[0])
    zeros = sum(A[i][j] == 0 for i in range(n) for j in range(m))
    dead = sum(max(A[i][j] for i in range(n)) == 0 for j in range(m))
    return zeros / (n * m), dead / m


def with_ifs(K, start, heart, ratio, val):
    if start > 2 * math.log(K):
        return 3
    if heart > 0.1:
        return 5
    if not 0.9 <= ratio <= 1.1:
        return 6
    return 10 if val < 2 / K else 0


def by_the_roots(eta, c):
    root = np.roots([1, eta * c - 2, 1])[0]
    return 2 * np.pi / abs(np.angle(root))


RIGHT = {
    "floor": by_softmax,
    "promise": by_dot,
    "census": one_by_one,
    "alarm": with_ifs,
    "swings": by_the_roots,
}


@pytest.mark.parametrize("name", RIGHT)
def test_another_right_way(name):
    assert exercises.check(f"diagnosis-{name}", RIGHT[name]).correct


def overwritten(K, start, heart, ratio, val):
    found = 0
    if start > 2 * np.log(K):
        found = 3
    if heart > 0.1:
        found = 5
    if abs(ratio - 1) > 0.1:
        found = 6
    if val < 2 / K:
        found = 10
    return found


def low_only(K, start, heart, ratio, val):
    return with_ifs(K, start, heart, 1.0 if ratio > 1 else ratio, val)


WRONG = {
    ("floor", "counts_itself"): lambda K: -np.log(np.e / (np.e + K)),
    ("floor", "probability"): lambda K: np.e / (np.e + (K - 1)),
    ("floor", "guessing"): np.log,
    ("promise", "sum_of_slopes"): lambda b, a, g, eta: (b - a) / (eta * np.abs(g).sum()),
    ("promise", "length_for_square"): lambda b, a, g, eta: (b - a) / eta / np.linalg.norm(g),
    ("promise", "upside_down"): lambda b, a, g, eta: (a - b) / (eta * (g**2).sum()),
    ("promise", "mean_for_sum"): lambda b, a, g, eta: (b - a) / (eta * (g**2).mean()),
    ("census", "off_somewhere"): lambda A: ((A == 0).mean(), (A.min(axis=0) == 0).mean()),
    ("census", "samples_for_neurons"): lambda A: ((A == 0).mean(), (A.max(axis=1) == 0).mean()),
    ("census", "counts"): lambda A: ((A == 0).sum(), (A.max(axis=0) == 0).sum()),
    ("alarm", "last_alarm"): overwritten,
    ("alarm", "small_ratios_only"): low_only,
    ("alarm", "ten_classes"): lambda K, *rest: with_ifs(10, *rest),
    ("alarm", "twice_forgotten"): lambda K, start, *rest: with_ifs(K, 2 * start, *rest),
    ("alarm", "common_logarithm"): lambda K, start, *rest: with_ifs(K, start * np.log(10), *rest),
    ("swings", "small_steps"): lambda eta, c: 2 * np.pi / np.sqrt(eta * c),
    ("swings", "angle"): lambda eta, c: np.arccos(1 - eta * c / 2),
    ("swings", "of_the_loss"): lambda eta, c: np.pi / np.arccos(1 - eta * c / 2),
}


@pytest.mark.parametrize(("name", "mistake"), WRONG)
def test_mistakes_as_readers_write_them(name, mistake):
    assert exercises.check(f"diagnosis-{name}", WRONG[name, mistake]).mistake == mistake


def test_the_floor_may_be_found_with_the_rows_of_a_matrix():
    def derived(K):
        return -np.log(nnlib.softmax(np.eye(K)[0])[0])

    assert exercises.check("diagnosis-floor", derived).correct


NEARLY = {
    "alarm": (
        lambda K, start, heart, *rest: with_ifs(K, start, heart / 1.2, *rest),
        lambda K, start, heart, *rest: with_ifs(K, start, heart * 1.2, *rest),
        lambda K, start, heart, ratio, val: with_ifs(K, start, heart, (ratio + 0.5) / 1.5, val),
        lambda K, start, *rest: with_ifs(K, start / 1.05, *rest),
        lambda K, start, heart, ratio, val: with_ifs(K, start, heart, ratio, val * 1.1),
    ),
    "census": (lambda A: ((A == 0).mean(), (A.mean(axis=0) < 0.01).mean()),),
}


@pytest.mark.parametrize(("name", "answer"), [(n, f) for n, wrong in NEARLY.items() for f in wrong])
def test_what_is_nearly_the_threshold_is_not_the_threshold(name, answer):
    assert exercises.check(f"diagnosis-{name}", answer).correct is False


def shuffled(X, y):
    return X, np.random.default_rng().permutation(y)


@pytest.mark.parametrize(
    "way", [shuffled, lambda X, y: (X[::-1].tolist(), y), lambda X, y: (X, 9 - y)]
)
def test_spoil(way):
    assert exercises.check("diagnosis-spoil", way).correct


def test_spoil_that_is_seen():
    for way, name in (
        (lambda X, y: (X * 255, y), "start"),
        (lambda X, y: (np.full_like(X, 0.5), y), "heart"),
        (lambda X, y: (X + 0.0, y.copy()), "unnoticed"),
    ):
        verdict = exercises.check("diagnosis-spoil", way)
        assert (verdict.correct, verdict.mistake) == (False, name)


def test_spoil_keeps_the_shapes_and_the_labels_whole():
    for way, said in (
        (
            lambda X, y: (X[:11], (y[:11] + 1) % 10),
            "result 1 of your function is an array of shape (11, 64)",
        ),
        (lambda X, y: (X, y + 0.5), "integer labels"),
        (lambda X, y: X, "should return 2 results"),
    ):
        verdict = exercises.check("diagnosis-spoil", way)
        assert verdict.correct is False
        assert said in verdict.text
