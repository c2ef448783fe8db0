"""Student's t: beside scipy's and beside tables, whichever the degrees of freedom."""

import pytest
from scipy import stats

from nnbook.study.student import inside, quantile


@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 33, 39, 78, 79, 400])
def test_the_finite_sums_are_scipys_integral(df):
    for t in (0.0, 0.3, 1.0, 2.5, 12.0):
        assert inside(t, df) == pytest.approx(1 - 2 * stats.t.sf(t, df), abs=1e-12)
    for level in (0.5, 0.95, 0.999):
        assert quantile(df, level) == pytest.approx(stats.t.ppf((1 + level) / 2, df), rel=1e-9)


def test_what_has_no_quantile_is_refused():
    with pytest.raises(ValueError, match="df must be at least 1, got 0"):
        quantile(0)
    with pytest.raises(ValueError, match="level must lie between 0 and 1, got 95"):
        quantile(3, 95)
