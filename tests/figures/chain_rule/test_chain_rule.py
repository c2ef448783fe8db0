"""The numbers that ChainRule shows are those of nnlib."""

import pytest
from driver import numbers

from nnbook.widgets import ChainRule


@pytest.mark.parametrize("z", [-3, -1, 0.24, 2])
def test_the_error_is_half_the_curvature_times_the_square(z):
    figure = ChainRule(z=z, dz=0.001)
    change = figure.change()
    assert change["true_L"] == pytest.approx(change["g_slope"] * change["f_slope"] * 1e-3, rel=2e-2)
    assert change["error"] / 1e-6 == pytest.approx(figure.curvature() / 2, rel=2e-2)


def cells(figure, row):
    return [numbers(text)[0] for text in figure.get(row).locator("td").all_text_contents()]


def in_plot(figure, name):
    return numbers(figure.get(name).text_content().replace("\u00a0", ""))[-1]


@pytest.mark.parametrize("z", [-3, -0.58, 0.24, 0.54, 2])
@pytest.mark.parametrize("dz", [0.004, 0.1, 1])
def test_slopes_and_changes(open_figure, z, dz):
    figure = open_figure("ChainRule")
    figure.set(z=z, dz=dz)
    expected = ChainRule(z=z, dz=dz)
    now = expected.change()
    g_slope, f_slope, step, line = figure.numbers("line")[-4:]
    assert g_slope == pytest.approx(now["g_slope"], abs=5.1e-5)
    assert f_slope == pytest.approx(now["f_slope"], abs=5.1e-5)
    assert step == dz
    assert line == pytest.approx(now["line_L"], rel=6e-4)
    for row, part in (("whole", 1), ("half", 2), ("quarter", 4)):
        change = expected.change(dz / part)
        found = cells(figure, row)
        assert found[0] == pytest.approx(dz / part, rel=5e-3)
        assert found[1] == pytest.approx(change["line_L"], rel=6e-4)
        assert found[2] == pytest.approx(change["true_L"], rel=6e-4)
        assert found[3] == pytest.approx(change["error"], rel=6e-3)
        assert found[4] == pytest.approx(change["error"] / (dz / part) ** 2, abs=5.1e-5)
    values = [z, now["a"], now["L"]]
    changes = [dz, now["true_a"], now["true_L"]]
    for name, value, change in zip("zaL", values, changes, strict=True):
        assert in_plot(figure, f"value-{name}") == pytest.approx(value, abs=5.1e-5)
        assert in_plot(figure, f"change-{name}") == pytest.approx(change, rel=6e-3)
    assert "NaN" not in figure.root.text_content()


def test_presets_show_the_errors_of_the_chapter(open_figure):
    figure = open_figure("ChainRule")
    for name, error in (("dz_1", 0.413), ("dz_01", 0.00283), ("dz_001", 2.70e-5)):
        figure.click(f"preset-{name}")
        assert cells(figure, "whole")[3] == pytest.approx(error, rel=1e-3)
    figure.click("preset-flat")
    assert "almost 0" in figure.sentence()


def test_half_of_the_change_has_a_quarter_of_the_error(open_figure):
    figure = open_figure("ChainRule")
    figure.set(z=0.24, dz=0.01)
    before = cells(figure, "whole")[3]
    figure.click("halve")
    assert figure.state()["dz"] == 0.005
    assert before / cells(figure, "whole")[3] == pytest.approx(4, rel=0.02)
    assert "by a factor of 4.0" in figure.sentence()
    figure.set(dz=0.001)
    assert figure.get("halve").is_disabled()
    figure.set(dz=1)
    assert "too far for straight lines" in figure.sentence()
    figure.set(z=-0.58, dz=0.1)
    assert "hardly bends" in figure.sentence()


def test_an_error_that_grows_is_not_said_to_fall(open_figure):
    """Where the curve bends both ways between z and z + dz, half of the change can miss more."""
    figure = open_figure("ChainRule")
    for z, dz in ((-1, 1), (-0.75, 0.452)):
        figure.set(z=z, dz=dz)
        whole, half = (abs(cells(figure, row)[3]) for row in ("whole", "half"))
        assert half > whole
        assert "halving Δz does not help" in figure.sentence()
        assert "falls" not in figure.sentence()


def test_the_change_is_dragged_along_the_curve_of_errors(open_figure):
    figure = open_figure("ChainRule")
    figure.set(z=0.24, dz=0.1)
    figure.press("point", "ArrowLeft", times=5)
    assert figure.state()["dz"] == pytest.approx(10**-1.1, rel=0.01)
    figure.press("point", "PageDown", times=20)
    assert figure.state()["dz"] == 0.001
