"""Sizes of effects: worked by hand, beside scipy and least squares, and by simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from nnbook.study import (
    Estimate,
    Mean,
    adjusted_difference,
    form_effect,
    hedges_g,
    mean_change,
    normalized_gain,
)
from nnbook.study.effects import NORMAL

BEFORE, AFTER = [2, 4, 6], [5, 6, 10]  # variances 4 and 7, covariance 5, means 4 and 7


def test_the_change_is_scipys_paired_interval():
    known = stats.ttest_rel(AFTER, BEFORE).confidence_interval(0.95)
    found = mean_change(BEFORE, AFTER)
    assert found.value == 3
    assert (found.low, found.high) == pytest.approx((known.low, known.high))


def test_hedges_g_by_hand():
    d, factor = 3 / math.sqrt(5.5), 1 - 3 / 7
    variance = (9 / 5.5) * (16 + 49 + 2 * 25) / (8 * 2 * 5.5**2) + (4 + 7 - 10) / (2 * 5.5)
    found = hedges_g(BEFORE, AFTER)
    assert found.value == pytest.approx(factor * d)
    assert found.high - found.value == pytest.approx(1.959963984540054 * math.sqrt(variance))
    assert found.value - found.low == pytest.approx(found.high - found.value)
    assert stats.norm.ppf(0.975) == pytest.approx(NORMAL, abs=1e-15)


@pytest.mark.parametrize("effect", [0.0, 1.0])
@pytest.mark.parametrize("spread", [1.0, 1.5])
def test_the_interval_of_g_covers_the_truth_in_95_of_100_studies(effect, spread):
    rng = np.random.default_rng(5)
    true = effect / math.sqrt((1 + spread**2) / 2)
    first, rest = rng.normal(size=(2, 1000, 40))
    second = effect + spread * (0.6 * first + 0.8 * rest)
    found = [hedges_g(x, y) for x, y in zip(first, second, strict=True)]
    assert 0.93 < np.mean([one.covers(true) for one in found]) < 0.97
    assert np.mean([one.value for one in found]) == pytest.approx(true, abs=0.02)


def test_normalized_gain_by_hand():
    assert normalized_gain(BEFORE, AFTER, 10) == pytest.approx(3 / 6)
    with pytest.raises(ValueError, match="most must exceed the mean before, 4, got 4"):
        normalized_gain(BEFORE, AFTER, 4)


def test_the_adjusted_difference_is_that_of_two_regressions():
    """Frisch and Waugh: the group's coefficient is that of what the first test does not tell."""
    rng = np.random.default_rng(2)
    before, group = rng.normal(size=30), np.arange(30) % 3 == 0
    after = before + 2 * group + rng.normal(size=30)
    design = np.column_stack([np.ones(30), before])
    rest = [y - design @ np.linalg.lstsq(design, y, rcond=None)[0] for y in (group * 1.0, after)]
    line = stats.linregress(*rest)
    error = line.stderr * math.sqrt(28 / 27)  # one degree of freedom less
    found = adjusted_difference(before, after, group)
    assert found.value == pytest.approx(line.slope)
    assert found.high - found.low == pytest.approx(2 * stats.t.ppf(0.975, 27) * error)


def test_the_adjusted_difference_finds_what_was_planted_in_95_of_100_studies():
    rng = np.random.default_rng(3)
    group = np.arange(40) >= 20
    hits = []
    for _ in range(500):
        before = rng.normal(12, 4, size=40)
        after = 5 + 0.6 * before + 1.5 * group + rng.normal(0, 3, size=40)
        hits.append(adjusted_difference(before, after, group).covers(1.5))
    assert 0.925 < np.mean(hits) < 0.975


def test_the_form_effect_is_free_of_what_was_learned():
    """A, then B, with B two points easier: those change by 5 + 2, the others by 5 - 2."""
    before, after = [10, 11, 12, 12, 13, 14], [17, 18, 20, 15, 16, 18]
    a_first = [True] * 3 + [False] * 3
    found = form_effect(before, after, a_first)
    known = stats.ttest_ind([7, 7, 8], [3, 3, 4], equal_var=False).confidence_interval(0.95)
    assert found.value == pytest.approx(2)
    assert (found.low, found.high) == pytest.approx((known.low / 2, known.high / 2))


def test_the_form_effect_rounds_the_freedom_of_welch_down():
    first, second = [0.0, 1.0, 5.0], [2.0, 9.0, 2.0, 3.0, 2.0]
    known = stats.ttest_ind(first, second, equal_var=False)
    assert known.df % 1 > 0.5
    error = (known.confidence_interval(0.95).high - (2 - 3.6)) / stats.t.ppf(0.975, known.df)
    found = form_effect(np.zeros(8), [*first, *second], [True] * 3 + [False] * 5)
    half = stats.t.ppf(0.975, int(known.df)) * error / 2
    assert found.high - found.value == pytest.approx(half, rel=1e-6)


def test_an_estimate_is_written_with_its_interval():
    assert f"{Estimate(-0.5, -1.25, 0.25) / 0.5:.2f}" == "−1.00 [−2.50, 0.50]"
    assert Mean.of([1, 3]) == Mean(2, 2.0, math.sqrt(2))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: mean_change([1, 2, 3], [1, 2, 3, 4]), "the same readers, got 3 and 4"),
        (lambda: mean_change([1, 2], [1, 2]), "at least 3 finite numbers"),
        (lambda: hedges_g([1, 2, math.nan], AFTER), "1 that are missing"),
        (lambda: hedges_g([1, 1, 1], [2, 2, 2]), "every reader has the same score"),
        (lambda: adjusted_difference(BEFORE, AFTER, [1, 1, 1]), "and both of some"),
        (lambda: adjusted_difference(BEFORE, AFTER, [0, 1, 1]), "four readers are the least"),
        (lambda: form_effect(BEFORE, AFTER, [True, False, False]), "true of two readers"),
        (lambda: form_effect([1, 2, 3, 4], [2, 3, 4, 5], [1, 1, 0, 0]), "changes must vary"),
    ],
)
def test_what_has_no_effect_size_says_why(wrong, said):
    with pytest.raises(ValueError, match=said):
        wrong()
