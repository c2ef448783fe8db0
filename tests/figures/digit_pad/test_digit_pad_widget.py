"""DigitPad: the network that it holds, and what it shows of it."""

import numpy as np
import pytest
import traitlets

import nnlib
from nnbook import bitmaps
from nnbook.widgets import DigitPad

CASES = [
    {},
    {"digit": "none"},
    {"digit": 8, "right": -12, "prepared": False},
    *DigitPad.presets.values(),
]


@pytest.fixture(scope="module")
def held_out():
    data = nnlib.datasets.digits()
    _, X, _, y = nnlib.split(data.X, data.y, rng=np.random.default_rng(0))
    return X, y


def test_the_stored_digits_are_held_out_images(held_out):
    X, y = held_out
    for digit in range(10):
        counts = DigitPad(digit=digit, prepared=False).counts()
        np.testing.assert_array_equal(counts, X[np.argmax(y == digit)])


@pytest.mark.parametrize("case", CASES)
def test_ink_and_constant_make_up_the_lead(case):
    pad = DigitPad(**case)
    first, second, each, constant = pad.evidence()
    z = pad.network().forward(pad.counts()[np.newaxis] / 16)[0]
    assert first == z.argmax() == pad.probabilities().argmax()
    assert z[first] - z[second] == np.diff(np.sort(z)[-2:])[0]
    assert each.sum() + constant == pytest.approx(z[first] - z[second])
    assert np.all(each[pad.counts() == 0] == 0)


@pytest.mark.parametrize("digit", range(10))
def test_what_a_pixel_gives_is_its_ink_times_the_slope(digit):
    pad = DigitPad(digit=digit)
    first, second, each, _ = pad.evidence()
    x = pad.counts() / 16
    lead = np.zeros(10)
    lead[[first, second]] = 1, -1
    slope = nnlib.numerical_gradient(lambda v: pad.network().forward(v[np.newaxis])[0] @ lead, x)
    assert each == pytest.approx(x * slope, abs=1e-6)


def test_a_moved_digit_is_rescued_by_preparation():
    moved, rescued, still = DigitPad(), DigitPad(), DigitPad(digit=6)
    moved.preset("moved")
    rescued.preset("rescued")
    assert moved.probabilities().argmax() == 8
    np.testing.assert_array_equal(rescued.counts(), still.counts())
    assert rescued.probabilities().argmax() == 6


def test_a_digit_takes_the_place_of_the_strokes():
    stroke = [[[40, 20], [90, 20], [60, 110]]]
    np.testing.assert_array_equal(DigitPad(strokes=stroke).scan(), DigitPad().scan())
    drawn = DigitPad(strokes=stroke, digit="none", right=5)
    expected = bitmaps.move(bitmaps.draw(stroke, pen=12), right=5, down=0)
    np.testing.assert_array_equal(drawn.scan(), expected)
    assert drawn.probabilities().argmax() == 7


def test_too_many_points_are_refused_by_name():
    with pytest.raises(traitlets.TraitError, match="strokes must have at most 800 points, got 801"):
        DigitPad(strokes=[[[0, 0]] * 801])


def test_every_stored_digit_is_read_after_the_preparation():
    """So the figure has no sentence for one that is misread although it is prepared."""
    assert [DigitPad(digit=k).probabilities().argmax() for k in range(10)] == list(range(10))
