"""The exercises on networks that do not learn, answered as readers answer."""

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def by_softmax(K):
    p = np.zeros(K)
    p[0] = 1
    return -np.log(np.exp(p[0]) / np.exp(p).sum())


def by_the_roots(eta, c):
    root = np.roots([1, eta * c - 2, 1])[0]
    return 2 * np.pi / abs(np.angle(root))


RIGHT = {
    "floor": by_softmax,
    "swings": by_the_roots,
}


@pytest.mark.parametrize("name", RIGHT)
def test_another_right_way(name):
    assert exercises.check(f"diagnosis-{name}", RIGHT[name]).correct


WRONG = {
    ("floor", "counts_itself"): lambda K: -np.log(np.e / (np.e + K)),
    ("floor", "probability"): lambda K: np.e / (np.e + (K - 1)),
    ("floor", "guessing"): np.log,
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
