"""ChainRule: its slopes are those of finite differences, its error has the size of the theory."""

import pytest
import traitlets

from nnbook.widgets import ChainRule


@pytest.mark.parametrize("z", [-3, -1, 0.24, 2])
def test_the_error_is_half_the_curvature_times_the_square(z):
    figure = ChainRule(z=z, dz=0.001)
    change = figure.change()
    assert change["true_L"] == pytest.approx(change["g_slope"] * change["f_slope"] * 1e-3, rel=2e-2)
    assert change["error"] / 1e-6 == pytest.approx(figure.curvature() / 2, rel=2e-2)


def test_the_errors_of_the_chapter():
    errors = [ChainRule(z=0.24, dz=dz).change()["error"] for dz in (1, 0.1, 0.01)]
    assert errors == pytest.approx([0.413, 2.83e-3, 2.70e-5], rel=2e-3)


@pytest.mark.parametrize("traits", [{"z": 3}, {"dz": 0}, {"dz": 2}, {"z": float("nan")}])
def test_values_out_of_range_are_refused(traits):
    with pytest.raises(traitlets.TraitError):
        ChainRule(**traits)
