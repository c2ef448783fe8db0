"""Bitmaps: ink where it belongs, and steps that undo what they promise to undo."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnbook import bitmaps
from nnlib.datasets import digits

SCAN = (bitmaps.SCAN, bitmaps.SCAN)


@pytest.fixture(scope="module")
def dots():
    return bitmaps.from_counts(digits().X[:60])


@pytest.fixture(scope="module")
def scans(dots):
    return bitmaps.enlarge(dots)


def picture(*rows):
    return np.array([[dot == "#" for dot in row] for row in rows])


def test_counts_come_back():
    X = digits().X
    np.testing.assert_array_equal(bitmaps.count_blocks(bitmaps.from_counts(X)), X)


def test_ink_of_a_block_lies_where_its_neighbors_have_ink():
    images = np.zeros((1, 8, 8))
    images[0, 2:5, 2:4] = 16, 8
    block = bitmaps.from_counts(images.reshape(1, 64))[0, 12:16, 12:16]
    assert block[:, :2].all()
    assert not block[:, 2:].any()


@given(
    st.lists(st.tuples(st.integers(-20, 148), st.integers(-20, 148)), min_size=1, max_size=4),
    st.integers(1, 30),
)
@settings(deadline=None, max_examples=60)
def test_a_dot_is_inked_if_it_is_at_most_half_a_pen_from_a_stroke(stroke, pen):
    points = np.array(stroke, dtype=float)
    y, x = np.indices(SCAN)
    nearest = np.full(SCAN, np.inf)
    for a, b in zip(points, [*points[1:], points[-1]], strict=True):
        along = b - a
        length = along @ along
        t = ((x - a[0]) * along[0] + (y - a[1]) * along[1]) / length if length else 0 * x
        t = np.clip(t, 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - a[0] - t * along[0], y - a[1] - t * along[1]))
    drawn = bitmaps.draw([stroke], pen=pen)
    assert drawn[nearest < pen / 2 - 1e-9].all()
    assert not drawn[nearest > pen / 2 + 1e-9].any()


def test_reduce_takes_back_what_enlarge_made(dots, scans):
    assert scans.sum() == 9 * dots.sum()
    np.testing.assert_array_equal(bitmaps.reduce(scans), dots)


def test_a_move_of_twelve_dots_is_a_move_of_a_pixel(scans):
    moved = bitmaps.count_blocks(bitmaps.reduce(bitmaps.move(scans, right=12, down=0)))
    expected = digits().X[:60].reshape(-1, 8, 8)[:, :, :-1]
    np.testing.assert_array_equal(moved.reshape(-1, 8, 8)[:, :, 1:], expected)


def test_what_leaves_the_scan_is_lost():
    scan = np.zeros(SCAN, dtype=bool)
    scan[0, 127] = scan[64, 64] = True
    np.testing.assert_array_equal(np.argwhere(bitmaps.move(scan, right=1, down=2)), [[66, 65]])


def shrunk(scans):
    """Half as large, about the middle: prepare stretches it again."""
    small = np.zeros_like(scans)
    quarter, half = SCAN[0] // 4, SCAN[0] // 2
    small[..., quarter : quarter + half, quarter : quarter + half] = scans[..., ::2, ::2]
    return small


def test_a_turn_is_clockwise_by_its_angle():
    scan = bitmaps.draw([[[64, 64], [64, 14]]], pen=1)  # from the middle straight up
    y, x = np.argwhere(bitmaps.turn(scan))[0] - 63.5
    assert np.degrees(np.arctan2(x, -y)) == pytest.approx(np.degrees(np.arcsin(5 / 13)), abs=1.5)


def test_thick_and_thin():
    cross = picture(".....", "..#..", ".###.", "..#..", ".....")
    dot = picture(".....", ".....", "..#..", ".....", ".....")
    np.testing.assert_array_equal(bitmaps.thicken(dot, 1), cross)
    np.testing.assert_array_equal(bitmaps.thicken(cross, -1), dot)
    np.testing.assert_array_equal(bitmaps.thicken(cross, 0), cross)
    assert not bitmaps.thicken(np.ones((4, 4), dtype=bool), -2).any()  # beyond the rim is no ink


def test_the_box_holds_all_ink_and_nothing_else(scans):
    for scan in scans:
        top, bottom, left, right = bitmaps.bounding_box(scan)
        assert scan[top:bottom, left:right].sum() == scan.sum()
        inner = scan[top:bottom, left:right]
        assert all(edge.any() for edge in (inner[0], inner[-1], inner[:, 0], inner[:, -1]))


def test_stretched_ink_is_as_tall_and_wide_as_it_should_be(scans):
    for scan in scans:
        top, bottom, left, right = bitmaps.bounding_box(bitmaps.stretch(scan))
        assert top <= 1  # a thin tip may lie between the columns that are taken
        assert bottom >= 31
        width = right - left
        assert width <= 20
        assert abs((left + right) / 2 - 16) <= 1.5


def test_a_plain_stroke_grows_at_most_twice_as_much_in_width():
    stretched = bitmaps.stretch(bitmaps.draw([[[64, 10], [64, 110]]], pen=12))
    # 113 dots high and 13 wide: 32 and at most 2 * 32 * 13 / 113 = 7.4
    assert stretched.sum(axis=1).max() == 7


@pytest.mark.parametrize(
    ("width", "change"), [(3, 2), (5, 1), (8, 0), (12, 0), (13, -1), (17, -1), (18, -2), (20, -2)]
)
def test_ink_is_evened_out_at_the_limits_of_nist(width, change):
    bar = np.zeros((32, 32), dtype=bool)
    bar[:, 4 : 4 + width] = True
    np.testing.assert_array_equal(bitmaps.even_out(bar), bitmaps.thicken(bar, change))


@pytest.mark.parametrize("lean", [-0.8, -0.4, 0.3, 0.9])
def test_what_leans_is_set_upright(lean):
    straight = [[64, 10], [64, 110]]
    slanted = [[round(64 + lean * (y - 60)), y] for _, y in straight]
    upright, set_upright = (
        bitmaps.stretch(bitmaps.draw([stroke], pen=12)) for stroke in (straight, slanted)
    )
    columns = [bitmap.argmax(axis=1) for bitmap in (upright, set_upright)]
    assert np.abs(columns[0][4:-4] - columns[1][4:-4]).max() <= 2


def test_a_foot_does_not_make_a_stem_lean():
    """Two dots alone, one near the top and one near the bottom, would be taken in by it."""
    stem, foot = [[64, 10], [64, 110]], [[34, 110], [94, 110]]
    assert not np.any(bitmaps.lean(bitmaps.draw([stem, foot], pen=12)))


def test_no_line_leans_by_more_than_45_degrees():
    shifts = bitmaps.lean(bitmaps.draw([[[10, 50], [110, 90]]], pen=8))
    np.testing.assert_array_equal(np.diff(shifts), -1)
    assert not np.any(bitmaps.lean(bitmaps.draw([[[10, 64], [110, 64]]], pen=1)))


def test_the_frame_holds_what_is_cropped(scans):
    for scan in scans:
        corners = np.array(bitmaps.frame(scan))
        top, bottom, _, _ = bitmaps.bounding_box(scan)
        assert corners[:, 1].tolist() == [top, top, bottom, bottom]
        assert corners[1, 0] - corners[0, 0] == corners[2, 0] - corners[3, 0]
    straight = bitmaps.draw([[[64, 10], [64, 110]]], pen=12)
    top, bottom, left, right = bitmaps.bounding_box(straight)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert bitmaps.frame(straight) == corners


@pytest.mark.parametrize("change", [{"right": 9, "down": -9}, {"right": -14, "down": 3}])
def test_preparation_does_not_mind_the_place(scans, change):
    small = shrunk(scans)
    np.testing.assert_array_equal(
        bitmaps.prepare(bitmaps.move(small, **change)), bitmaps.prepare(small)
    )


def test_preparation_keeps_images_of_the_data_set_much_as_they_are(scans):
    """They have been through it once: the ink per pixel, 0 to 16, hardly differs."""
    again = bitmaps.count_blocks(bitmaps.prepare(scans))
    assert np.abs(again - digits().X[:60]).mean() < 1.5
    upside_down = bitmaps.count_blocks(bitmaps.prepare(scans[:, ::-1]))
    assert np.abs(upside_down - digits().X[:60]).mean() > 3


def test_the_data_set_obeys_the_limits_that_the_steps_set():
    ink = digits().X.sum(axis=1)
    assert np.mean((ink > 200) & (ink <= 412)) > 0.97
    images = digits().X.reshape(-1, 8, 8)
    assert images[:, [0, 7]].any(axis=2).all()  # 32 dots high
    assert np.mean(images[:, :, [0, 7]].any(axis=(1, 2))) < 0.15  # and about 20 wide


def test_scans_are_prepared_together_as_each_by_itself(scans):
    turned = bitmaps.move(bitmaps.turn(scans), right=-20, down=9)
    mixed = np.stack([scans, shrunk(scans), bitmaps.thicken(turned, 3)])
    prepared = bitmaps.prepare(mixed)
    assert prepared.shape == (3, 60, 32, 32)
    for step in (bitmaps.lean, bitmaps.stretch, lambda ink: bitmaps.stretch(ink, upright=False)):
        alone = [[step(scan) for scan in row] for row in mixed]
        np.testing.assert_array_equal(step(mixed), alone)
    alone = [[bitmaps.even_out(bitmaps.stretch(scan)) for scan in row] for row in mixed]
    np.testing.assert_array_equal(prepared, alone)


def test_without_ink_there_is_nothing_to_prepare(scans):
    blank = np.zeros((2, *SCAN), dtype=bool)
    blank[1] = scans[0]
    prepared = bitmaps.prepare(blank)
    assert not prepared[0].any()
    np.testing.assert_array_equal(prepared[1], bitmaps.prepare(scans[0]))
    with pytest.raises(ValueError, match="scan must have ink"):
        bitmaps.bounding_box(blank[0])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: bitmaps.from_counts(np.full((1, 64), 17)), ValueError, "X must be whole numbers"),
        (lambda: bitmaps.from_counts(np.full((1, 64), 0.5)), ValueError, "X must be whole numbers"),
        (lambda: bitmaps.from_counts(np.zeros((1, 63))), ValueError, "X must be whole numbers"),
        (lambda: bitmaps.draw([[[0.5, 1]]], pen=3), ValueError, "strokes must hold whole numbers"),
        (lambda: bitmaps.draw([], pen=0), ValueError, "pen must"),
        (lambda: bitmaps.prepare(np.zeros(SCAN)), TypeError, "scans must be an array of booleans"),
        (lambda: bitmaps.reduce(np.zeros((4, 4), bool)), ValueError, "scans must have shape"),
        (lambda: bitmaps.stretch(np.zeros((2, *SCAN), bool)), ValueError, "scans must have ink"),
        (lambda: bitmaps.thicken(np.zeros(4, bool), 1), ValueError, "bitmaps must have shape"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
