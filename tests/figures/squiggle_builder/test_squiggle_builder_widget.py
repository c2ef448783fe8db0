"""The network of SquiggleBuilder and its presets."""

import numpy as np
import pytest
import traitlets

from nnbook.figures._dosage import descend
from nnbook.fitted import PARAMETERS
from nnbook.widgets import SquiggleBuilder

START = {name: SquiggleBuilder.presets["start"][name] for name in PARAMETERS}


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


def ssr_at(theta):
    return SquiggleBuilder(**dict(zip(START, theta.tolist(), strict=True))).ssr()


def test_training_starts_from_the_traits_and_steps_downhill():
    figure = SquiggleBuilder(rate=0.01, step=2, **START)
    theta = np.array(list(START.values()))
    for _ in range(2):
        slopes = []
        for k in range(7):
            sides = [theta + sign * 1e-6 * np.eye(7)[k] for sign in (1, -1)]
            high, low = (
                SquiggleBuilder(**dict(zip(START, s.tolist(), strict=True))) for s in sides
            )
            slopes.append((high.ssr() - low.ssr()) / 2e-6)
        theta = theta - 0.01 * np.array(slopes)
    assert figure.theta() == pytest.approx(theta, abs=1e-7)
    assert figure.w1 == 1
    path, losses = figure.descent()
    assert path.shape == (3, 7)
    assert losses[-1] == figure.ssr()
    assert losses[-1] < losses[0]


def test_the_rate_and_steps_of_the_chapter_fit():
    figure = SquiggleBuilder(view="training", rate=0.01, step=5000, **START)
    _, losses = figure.descent()
    assert losses[[1000, 5000]] == pytest.approx([0.60532, 0.00012], abs=6e-6)


def test_a_run_that_grows_beyond_all_bounds_ends_before():
    steep = dict.fromkeys(START, 6.0) | {"w3": 0.3, "w4": 0.3}
    figure = SquiggleBuilder(rate=0.2, step=5, **steep)
    assert figure.theta() == list(steep.values())


@pytest.mark.parametrize("view", ["panels", "compact", "training"])
@pytest.mark.parametrize("preset", list(SquiggleBuilder.presets))
def test_every_state_has_a_picture(view, preset):
    figure = SquiggleBuilder(view=view, **SquiggleBuilder.presets[preset])
    assert len(figure.figure().axes) == {"panels": 4, "compact": 2, "training": 3}[view]


@pytest.mark.parametrize("seed", range(4))
def test_what_the_text_says_of_the_rate_a_tenth_holds_for_a_start_a_billionth_away(seed):
    moved = 1 + 1e-9 * np.random.default_rng(seed).normal(size=7)
    _, losses = descend(np.array(list(START.values())) * moved, "softplus", 0.1, 600)
    climbs = np.flatnonzero(np.diff(losses) > 0)
    assert climbs[:2].tolist() == [0, 1]
    leaves = climbs[2]
    assert leaves in range(580, 590)
    assert losses[leaves] == pytest.approx(0.4, abs=0.05)
    assert max(losses[leaves : leaves + 11]) > 10
