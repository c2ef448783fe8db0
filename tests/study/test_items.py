"""Questions: alpha and its interval, difficulty, discrimination, options, ranks."""

import numpy as np
import pytest
from scipy import stats

from nnbook.study import (
    bootstrap,
    cronbach_alpha,
    difficulty,
    discrimination,
    option_shares,
    spearman,
)

TABLE = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])


def test_alpha_by_hand():
    """Guttman's ladder: items vary by 1/4, 1/3, 1/4, the sums 3, 2, 1, 0 by 5/3."""
    assert cronbach_alpha(TABLE) == pytest.approx(3 / 2 * (1 - (5 / 6) / (5 / 3)))
    doubled = np.hstack([TABLE[:, :1], TABLE[:, :1]])
    assert cronbach_alpha(doubled) == pytest.approx(1)


def test_alpha_of_items_that_share_nothing_is_zero_on_average():
    rng = np.random.default_rng(1)
    found = [cronbach_alpha(rng.random((60, 10)) < 0.5) for _ in range(400)]
    assert np.mean(found) == pytest.approx(0, abs=0.05)


def test_the_bootstrap_is_that_of_the_mean():
    rng = np.random.default_rng(4)
    x = rng.normal(size=200)
    found = bootstrap(lambda rows: float(rows.mean()), x, rng, draws=4000)
    known = stats.norm.interval(0.95, x.mean(), x.std() / np.sqrt(200))
    assert found.value == x.mean()
    assert (found.low, found.high) == pytest.approx(known, abs=0.012)


def test_the_interval_of_alpha_covers_the_true_one():
    """Readers with a factor of variance 0.12 in each of 24 items: alpha is 24 r / (1 + 23 r)."""
    rng = np.random.default_rng(6)
    latent = np.sqrt(0.3) * rng.normal(size=(20000, 1)) + np.sqrt(0.7) * rng.normal(
        size=(20000, 24)
    )
    true = cronbach_alpha(latent > 0)
    hits = []
    for _ in range(120):
        chosen = rng.integers(20000, size=80)
        hits.append(bootstrap(cronbach_alpha, latent[chosen] > 0, rng, draws=150).covers(true))
    assert 0.87 < np.mean(hits) < 0.99


def test_a_drawn_class_without_a_value_is_drawn_again():
    rng = np.random.default_rng(0)
    found = bootstrap(cronbach_alpha, TABLE[:2], rng, draws=50)
    assert np.isfinite([found.low, found.high]).all()
    with pytest.raises(ValueError, match="too few of the drawn classes: 0"):
        bootstrap(cronbach_alpha, np.ones((3, 3)), rng, draws=50)


def test_difficulty_and_discrimination_beside_numpys_correlation():
    rng = np.random.default_rng(9)
    X = rng.random((30, 6)) < rng.random((30, 1))
    assert difficulty(TABLE) == pytest.approx([0.75, 0.5, 0.25])
    known = [np.corrcoef(X[:, j], np.delete(X, j, 1).sum(axis=1))[0, 1] for j in range(6)]
    assert discrimination(X) == pytest.approx(known)
    X[:, 2] = True
    assert np.flatnonzero(np.isnan(discrimination(X))).tolist() == [2]


def test_shares_of_options_and_of_none():
    assert option_shares([0, 0, 3, None]) == pytest.approx([0.5, 0, 0, 0.25, 0.25])
    with pytest.raises(ValueError, match="0 to 3, or None"):
        option_shares([4])


def test_ranks_are_scipys():
    x, y = [1, 2, 2, 5, 9, 9], [0.5, 0, 3, 3, 4, 1]
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic)


def test_a_table_that_is_none_is_refused():
    for wrong in ([[1, 2], [0, 1]], [1, 0], [[1, 0]]):
        with pytest.raises(ValueError, match="right must be a table of 0 and 1"):
            cronbach_alpha(wrong)
    with pytest.raises(ValueError, match="different sums"):
        cronbach_alpha([[1, 0], [0, 1]])
