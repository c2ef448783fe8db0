"""Bent digits: other hands, the same digits."""

import numpy as np
import pytest

from nnbook import bending, bitmaps
from nnlib.datasets import digits


@pytest.fixture(scope="module")
def dots():
    return bitmaps.from_counts(digits().X[:300])


def test_a_seed_decides_all(dots):
    once, again, other = (bending.bend(dots[:9], rng=seed) for seed in (0, 0, 1))
    assert once.shape == (9, 128, 128)
    np.testing.assert_array_equal(once, again)
    assert np.any(once != other)


def test_a_bent_digit_is_another_but_still_resembles_the_first(dots):
    bent = bending.bend(dots, rng=0)
    assert bent.any(axis=(1, 2)).all()
    counts = [
        bitmaps.count_blocks(bitmaps.prepare(scans)) for scans in (bitmaps.enlarge(dots), bent)
    ]
    change = np.abs(counts[1] - counts[0]).mean(axis=1)
    strange = np.abs(np.roll(counts[1], 1, axis=0) - counts[0]).mean(axis=1)
    assert change.min() > 0.3
    assert np.mean(change) < 0.7 * np.mean(strange)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros((2, 32, 32)), "got dtype float64 and shape .2, 32, 32."),
        (np.zeros((32, 32), bool), r"got dtype bool and shape \(32, 32\)"),
    ],
)
def test_what_is_no_bitmap_is_refused(wrong, message):
    expected = f"bitmaps must be .* booleans of shape .n, 32, 32., {message}"
    with pytest.raises(ValueError, match=expected):
        bending.bend(wrong, rng=0)
