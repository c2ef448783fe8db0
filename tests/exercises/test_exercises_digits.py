"""The exercises on handwritten digits, answered as readers answer."""

import math

import numpy as np
import pytest

from nnbook import exercises

# -- How many images? ------------------------------------------------------------------------

COUNTS = {
    "right_for_misread": (435, 3, 7744),
    "shares_for_counts": (0.032, 0.007, 7744),
    "training_images": (43, 9, 7744),
    "square_forgotten": (14, 3, 15.5),
    "variance_of_one_forgotten": (14, 3, 250_000),
    "how_many_times": (14, 3, 17),
}


@pytest.mark.parametrize(("mistake", "answer"), COUNTS.items())
def test_counts(mistake, answer):
    assert exercises.check("digits-images", answer).mistake == mistake


def test_numbers_are_right_as_they_are_rounded():
    assert exercises.check("digits-images", (14, 3, 7744)).correct
    assert exercises.check("digits-images", [14.37, 3.143, 7744.0]).correct


# -- Functions -------------------------------------------------------------------------------


def by_the_variance(n, m):
    mean = m / n
    sigma = (mean * (1 - mean)) ** 0.5
    return [(1 - mean) / sigma, -mean / sigma]


def by_the_data(n, m):
    pixel = np.r_[np.full(m, 16.0), np.zeros(n - m)]
    z = (pixel - pixel.mean()) / pixel.std()
    return np.array([z[0], z[-1]])


def larger(X):
    sigma = np.sqrt(((X - X.mean(0)) ** 2).mean(0))
    return np.where(sigma < 1, 1.0, sigma)


def clipped(X):
    return np.clip(np.std(X, axis=0), 1, None)


def in_a_loop(right, block):
    shares = [right[block == b].sum() / (block == b).sum() for b in set(block.tolist())]
    mean = sum(shares) / len(shares)
    squares = sum((share - mean) ** 2 for share in shares)
    return mean, (squares / (len(shares) - 1) / len(shares)) ** 0.5


def by_counting(right, block):
    _, place, sizes = np.unique(block, return_inverse=True, return_counts=True)
    shares = np.bincount(place, weights=right) / sizes
    return np.array([shares.mean(), np.sqrt(shares.var(ddof=1) / shares.size)])


RIGHT = {
    "faint": (by_the_variance, by_the_data),
    "scale": (larger, clipped),
    "hands": (in_a_loop, by_counting),
}


@pytest.mark.parametrize(
    ("name", "answer"), [(name, answer) for name, both in RIGHT.items() for answer in both]
)
def test_right_in_another_form(name, answer):
    verdict = exercises.check(f"digits-{name}", answer)
    assert verdict.correct, verdict


def zeros_untouched(n, m):
    return math.sqrt((n - m) / m), 0.0


def mean_kept(n, m):
    pixel = np.append(np.ones(m), np.zeros(n - m))
    return (pixel / pixel.std())[[0, -1]]


def root_of_the_mean_square(n, m):
    pixel = np.append(np.ones(m), np.zeros(n - m))
    return ((pixel - m / n) / np.sqrt(np.mean(pixel**2)))[[0, -1]]


def scale_where_zero(X):
    s = X.std(axis=0)
    s[s == 0] = 1
    return s


def average_of_all(right, block):
    shares = np.array([right[block == b].mean() for b in np.unique(block)])
    return right.sum() / len(right), shares.std(ddof=1) / len(shares) ** 0.5


def all_images(right, block):
    p = np.mean(right)
    return p, np.sqrt(p * (1 - p) / len(right))


def spread(right, block, ddof=1):
    shares = np.array([right[block == b].mean() for b in np.unique(block)])
    return shares.mean(), shares.std(ddof=ddof)


WRONG = [
    ("faint", "one_image_only", lambda n, m: (np.sqrt(n - 1), -1 / np.sqrt(n - 1))),
    ("faint", "zeros_stay_zero", zeros_untouched),
    ("faint", "mean_not_subtracted", mean_kept),
    ("faint", "square_of_mean_forgotten", root_of_the_mean_square),
    ("faint", "root_forgotten", lambda n, m: (n / m, -n / (n - m))),
    ("faint", "sign_of_zeros", lambda n, m: (((n - m) / m) ** 0.5, (m / (n - m)) ** 0.5)),
    ("faint", "sample_deviation", lambda n, m: np.array(by_the_data(n, m)) * (1 - 1 / n) ** 0.5),
    ("scale", "tiny_added", lambda X: np.sqrt(X.var(axis=0)) + 1e-8),
    ("scale", "constant_alone", scale_where_zero),
    ("scale", "one_added", lambda X: 1 + np.std(X, 0)),
    ("scale", "smaller_of_both", lambda X: np.clip(np.std(X, axis=0), None, 1)),
    ("scale", "variance_for_deviation", lambda X: np.clip(((X - X.mean(0)) ** 2).mean(0), 1, None)),
    ("scale", "sample_deviation", lambda X: np.fmax(np.std(X, axis=0, ddof=1), 1.0)),
    ("scale", "one_scale_for_all", lambda X: max(np.std(X), 1)),
    ("scale", "pixels_for_scale", lambda X: (X - np.mean(X, 0)) / clipped(X)),
    ("scale", "wrong_axis", lambda X: np.maximum(X.std(axis=1), 1)),
    ("hands", "mean_over_images", average_of_all),
    ("hands", "images_for_hands", all_images),
    ("hands", "spread_for_error", spread),
    ("hands", "root_forgotten", lambda r, b: (spread(r, b)[0], spread(r, b)[1] / len(set(b)))),
    ("hands", "root_of_images", lambda r, b: (spread(r, b)[0], spread(r, b)[1] / r.size**0.5)),
    (
        "hands",
        "population_deviation",
        lambda r, b: (spread(r, b)[0], spread(r, b, ddof=0)[1] / len(np.unique(b)) ** 0.5),
    ),
]


@pytest.mark.parametrize(("name", "mistake", "answer"), WRONG)
def test_wrong_as_readers_write_it(name, mistake, answer):
    verdict = exercises.check(f"digits-{name}", answer)
    assert verdict.correct is False
    assert verdict.mistake == mistake, verdict


# -- What the verdicts say -------------------------------------------------------------------


def test_the_cure_of_nnlib_is_told_what_it_leaves():
    verdict = exercises.check("digits-scale", scale_where_zero)
    assert verdict.text.startswith("The constant pixels are cured, as in nnlib.")
    assert "it should be 1" in verdict.more


def test_blocks_taken_for_numbers_from_zero_are_shown_the_case():
    def counted(right, block):
        shares = np.bincount(block, right) / np.bincount(block)
        return shares.mean(), shares.std(ddof=1) / math.sqrt(len(shares))

    verdict = exercises.check("digits-hands", counted)
    assert (verdict.correct, verdict.mistake) == (False, None)
    assert "[13, 10, 10, 13, 10, 12]" in verdict.text
    assert "nan" in verdict.text
