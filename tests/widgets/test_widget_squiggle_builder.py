"""The network of SquiggleBuilder and its presets."""

import numpy as np
import pytest
import traitlets

from nnbook.widgets import SquiggleBuilder


@pytest.mark.parametrize(
    ("preset", "ssr"),
    [("fitted", 6.48e-5), ("flat", 1), ("start", 1.70739), ("relu", 0), ("other", 3.357e-5)],
)
def test_presets_have_the_errors_that_the_book_tells(preset, ssr):
    figure = SquiggleBuilder(b3=-1)
    figure.preset(preset)
    assert figure.ssr() == pytest.approx(ssr, rel=1e-3, abs=1e-15)


def test_two_fits_disagree_between_the_points():
    fitted, other = SquiggleBuilder(), SquiggleBuilder()
    other.preset("other")
    assert np.round(fitted.predict([0.25, 0.75]), 2).tolist() == [0.81, 0.67]
    assert np.round(other.predict([0.25, 0.75]), 2).tolist() == [0.98, 0.54]


def test_the_state_is_checked():
    with pytest.raises(traitlets.TraitError, match="w1 must be from -6 to 6"):
        SquiggleBuilder(w1=7)
    with pytest.raises(traitlets.TraitError):
        SquiggleBuilder(activation="tent")
    with pytest.raises(TypeError, match="has no 'w5'"):
        SquiggleBuilder(w5=1)


@pytest.mark.parametrize("view", ["panels", "compact"])
@pytest.mark.parametrize("preset", list(SquiggleBuilder.presets))
def test_every_state_has_a_picture(view, preset):
    figure = SquiggleBuilder(view=view, **SquiggleBuilder.presets[preset])
    assert len(figure.figure().axes) == {"panels": 4, "compact": 2}[view]
