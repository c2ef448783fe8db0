"""Digits in black and white: drawn or thickened dot by dot, and the way from a scan to 64 numbers.

A scan has 128 x 128 dots, a prepared bitmap 32 x 32. `prepare` goes from one to the other in steps
like those of the programs with which the images of `nnlib.datasets.digits` were made, and
`count_blocks` gives the pixels. Everything is whole numbers: the same on every machine.

Arrays are boolean, True where there is ink. Leading axes, such as that of the samples, stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnlib._typing import FloatArray, IntArray
from nnlib._validation import float_array, integer, positive_int, real_array

Bitmap: TypeAlias = NDArray[np.bool_]
Stroke: TypeAlias = Sequence[Sequence[int]]

SCAN, SIDE = 128, 32
WIDTH = 20  # dots; a digit is stretched to this width
BLOCK = 4  # dots; the side of the block that becomes a pixel
ENLARGED = 3  # dots of a scan along the side of a dot that is laid on it
BATCH = 256  # prepared or bent at a time, so that they take little memory
MARGIN = (SCAN - ENLARGED * SIDE) // 2
TOO_MUCH, TOO_LITTLE = (412, 560), (256, 108)  # dots of ink; each limit passed is a change by 1 dot


def draw(strokes: Iterable[Stroke], *, pen: int) -> Bitmap:
    r"""Ink wherever the middle of a dot is at most half a pen from a stroke.

    Parameters
    ----------
    strokes : sequence of sequences of (x, y)
        The corners of each line in whole dots, x to the right and y down; (0, 0) is the first dot.
    pen : int
        Its width in dots.

    Returns
    -------
    array (128, 128) of bool

    Raises
    ------
    TypeError, ValueError
        If a coordinate or the pen's width is not a whole number, or the width not positive.
    """
    pen = positive_int("pen", pen)
    scan = np.zeros((SCAN, SCAN), dtype=bool)
    for stroke in strokes:
        corners = real_array("strokes", stroke)
        if corners.dtype.kind not in "iu" or corners.ndim != 2 or corners.shape[1] != 2:
            raise ValueError(f"strokes must hold whole numbers (x, y), got {stroke!r}")
        points = corners.astype(np.int64)
        for start, end in zip(points, [*points[1:], points[-1]], strict=True):
            scan |= _near(start, end, pen)
    return scan


def _near(start: IntArray, end: IntArray, pen: int) -> Bitmap:
    """Where the distance d from the line between two points has (2 d)^2 <= pen^2."""
    y, x = np.indices((SCAN, SCAN)) - start[::-1, np.newaxis, np.newaxis]
    dx, dy = (end - start).tolist()
    length = dx * dx + dy * dy
    along, across = x * dx + y * dy, x * dy - y * dx
    beside = (along > 0) & (along < length)
    beyond = np.where(along <= 0, x * x + y * y, (x - dx) ** 2 + (y - dy) ** 2)
    return np.where(beside, 4 * across**2 <= pen**2 * length, 4 * beyond <= pen**2)


def from_counts(X: ArrayLike) -> Bitmap:
    """Make bitmaps whose blocks of 4 x 4 dots hold as much ink as the pixels say.

    Where in its block the ink lies is not known. It goes to the dots where the image, interpolated
    between the middles of its pixels, is darkest. So `count_blocks` gives `X` back.

    Parameters
    ----------
    X : array (n, 64)
        Whole numbers from 0 to 16, as in `nnlib.datasets.digits`.

    Returns
    -------
    array (n, 32, 32) of bool

    Raises
    ------
    TypeError, ValueError
        If `X` is not such an array.
    """
    X = float_array("X", X, ndim=2)
    if X.shape[1] != 64 or not np.isin(X, np.arange(17)).all():
        raise ValueError(f"X must be whole numbers from 0 to 16 of shape (n, 64), got {X.shape}")
    counts = X.reshape(-1, 8, 8).astype(np.int64)
    # In eighths of a pixel the dots lie at 1, 3, 5 and 7, the pixel's own middle at 4.
    darkness = np.pad(counts, ((0, 0), (1, 1), (1, 1)))
    for axis in (1, 2):
        own, before, after = (np.take(darkness, np.arange(8) + shift, axis) for shift in (1, 0, 2))
        dots = [5 * own + 3 * before, 7 * own + before, 7 * own + after, 5 * own + 3 * after]
        darkness = np.stack(dots, axis=axis + 1).reshape(
            *darkness.shape[:axis], SIDE, *darkness.shape[axis + 1 :]
        )
    blocks = darkness.reshape(-1, 8, BLOCK, 8, BLOCK).swapaxes(2, 3).reshape(-1, 8, 8, 16)
    rank = np.argsort(np.argsort(-blocks, axis=-1, kind="stable"), axis=-1, kind="stable")
    inked = (rank < counts[..., np.newaxis]).reshape(-1, 8, 8, BLOCK, BLOCK)
    return inked.swapaxes(2, 3).reshape(-1, SIDE, SIDE)


def enlarge(bitmaps: ArrayLike) -> Bitmap:
    """Lay bitmaps (..., 32, 32) in the middle of scans (..., 128, 128), 3 x 3 dots for each dot."""
    dots = _bitmap("bitmaps", bitmaps, SIDE)
    large = dots.repeat(ENLARGED, axis=-2).repeat(ENLARGED, axis=-1)
    rim = [(0, 0)] * (dots.ndim - 2) + [(MARGIN, MARGIN)] * 2
    return np.pad(large, rim)


def reduce(scans: ArrayLike) -> Bitmap:
    """Take the middle of scans (..., 128, 128) as it is: the way back from `enlarge`."""
    kept = slice(MARGIN + ENLARGED // 2, SCAN - MARGIN, ENLARGED)
    return _bitmap("scans", scans, SCAN)[..., kept, kept]


def move(scans: ArrayLike, *, right: int, down: int) -> Bitmap:
    """Move the ink of scans (..., 128, 128) by whole dots; what leaves the scan is lost."""
    y, x = np.indices((SCAN, SCAN))
    return _looked_up(scans, x - integer("right", right), y - integer("down", down))


def turn(scans: ArrayLike) -> Bitmap:
    """Turn the ink of scans (..., 128, 128) clockwise by 22.6 degrees, about the middle.

    It is the angle whose cosine is 12/13 and whose sine is 5/13.
    """
    y, x = 2 * np.indices((SCAN, SCAN)) + 1 - SCAN
    return _looked_up(scans, (12 * x + 5 * y) // 26 + SCAN // 2, (12 * y - 5 * x) // 26 + SCAN // 2)


def thicken(bitmaps: ArrayLike, dots: int) -> Bitmap:
    """Add ink all round, dot by dot; with a negative number, take as much away.

    Parameters
    ----------
    bitmaps : array (..., height, width) of bool
    dots : int

    Returns
    -------
    array like `bitmaps`
    """
    inked = _bitmap("bitmaps", bitmaps)
    for _ in range(abs(integer("dots", dots))):
        rim = [(0, 0)] * (inked.ndim - 2) + [(1, 1), (1, 1)]
        p = np.pad(inked, rim)
        neighbors = (p[..., 2:, 1:-1], p[..., :-2, 1:-1], p[..., 1:-1, 2:], p[..., 1:-1, :-2])
        combine = np.logical_or if dots > 0 else np.logical_and
        for neighbor in neighbors:
            inked = combine(inked, neighbor)
    return inked


def bounding_box(scan: ArrayLike) -> tuple[int, int, int, int]:
    """Return top, bottom, left and right of the ink, the second and fourth one dot beyond it.

    Raises
    ------
    TypeError, ValueError
        If `scan` is not a boolean array of two dimensions, or has no ink.
    """
    inked = _bitmap("scan", scan)
    rows, columns = np.asarray(inked.any(axis=1)), np.asarray(inked.any(axis=0))
    if not rows.any():
        raise ValueError("scan must have ink, got none")
    (top, bottom), (left, right) = _first_and_beyond(rows), _first_and_beyond(columns)
    return int(top), int(bottom), int(left), int(right)


def lean(scans: ArrayLike) -> IntArray:
    """How far each row of a scan has to go to the right, so that its ink no longer leans.

    Among all straight lines it is the one from which the ink of the rows, seen sideways, deviates
    least: least squares, x from y. It leans by 45 degrees at most; its middle row stays.

    Parameters
    ----------
    scans : array (..., height, width) of bool

    Returns
    -------
    array (..., height) of whole numbers
    """
    inked = _bitmap("scans", scans)
    rows, columns = (np.arange(size, dtype=np.int64) for size in inked.shape[-2:])
    # Of each row the number of its dots and the sum of their places: exact, as below 2^24
    weights = np.stack([np.ones(len(columns)), columns], axis=1).astype(np.float32)
    count, x = np.moveaxis((inked.astype(np.float32) @ weights).astype(np.int64), -1, 0)
    n, sum_x, sum_y = count.sum(axis=-1), x.sum(axis=-1), count @ rows
    spread = n * (count @ rows**2) - sum_y**2
    together = (n * (x @ rows) - sum_x * sum_y).clip(-spread, spread)
    top, bottom = _first_and_beyond(count > 0)
    way = ((top + bottom - 1)[..., np.newaxis] // 2 - rows) * together[..., np.newaxis]
    spread = np.maximum(spread, 1)[..., np.newaxis]  # where it is 0, so is the way
    return np.sign(way) * ((2 * abs(way) + spread) // (2 * spread))


def stretch(scans: ArrayLike, *, upright: bool = True) -> Bitmap:
    """Set a scan upright, crop it, scale it to a height of 32 dots and a width of 20, center it.

    Width and height are scaled each by itself, but the width at most twice as much as the height:
    so a plain stroke for a one does not become a solid block.

    Parameters
    ----------
    scans : array (..., height, width) of bool
        Each with ink.
    upright : bool
        Whether its rows are first shifted as `lean` says.

    Returns
    -------
    array (..., 32, 32) of bool
    """
    inked = _bitmap("scans", scans)
    shifts = lean(inked) if upright else np.zeros(inked.shape[:-1], dtype=np.int64)
    box = _sheared_box(inked, shifts)
    top, bottom, left, right = (edge[..., np.newaxis] for edge in box)
    width = (2 * SIDE * (right - left) // (bottom - top)).clip(1, WIDTH)
    middles = 2 * np.arange(SIDE) + 1  # of the dots, in halves
    rows = top + middles * (bottom - top) // (2 * SIDE)
    own = middles - 2 * ((SIDE - width) // 2)
    columns = left + own * (right - left) // (2 * width)
    shift = np.take_along_axis(shifts, rows, axis=-1)
    places = columns[..., np.newaxis, :] - shift[..., np.newaxis]
    inside = ((own > 0) & (own < 2 * width))[..., np.newaxis, :]
    there = inside & (places >= 0) & (places < inked.shape[-1])
    picked = np.take_along_axis(inked, rows[..., np.newaxis], axis=-2)
    return there & np.take_along_axis(picked, places.clip(0, inked.shape[-1] - 1), axis=-1)


def frame(scan: ArrayLike) -> list[tuple[int, int]]:
    """Return the corners (x, y) of what `stretch` crops: it leans as the ink does."""
    inked = _bitmap("scan", scan)
    shifts = lean(inked)
    top, bottom, left, right = (int(edge) for edge in _sheared_box(inked, shifts))
    high, low = int(shifts[top]), int(shifts[bottom - 1])
    return [(left - high, top), (right - high, top), (right - low, bottom), (left - low, bottom)]


def even_out(bitmaps: ArrayLike) -> Bitmap:
    """Thin bitmaps (..., 32, 32) with much ink, thicken those with little, by 1 or 2 dots."""
    inked = _bitmap("bitmaps", bitmaps, SIDE)
    ink = inked.sum(axis=(-2, -1))
    dots = sum((ink < limit).astype(int) for limit in TOO_LITTLE)
    dots = dots - sum((ink > limit).astype(int) for limit in TOO_MUCH)
    evened = inked.copy()
    for number in np.unique(dots):
        evened[dots == number] = thicken(inked[dots == number], int(number))
    return evened


def prepare(scans: ArrayLike) -> Bitmap:
    """Set upright, crop, scale, center and even out: scans (..., 128, 128) to (..., 32, 32).

    The steps are those of the programs that made the data set, but for one: these set a digit
    upright last, by two of its dots. A scan without ink stays without.

    References
    ----------
    Garris et al. (1994), *NIST Form-Based Handprint Recognition System*, NISTIR 5469.
    """
    inked = _bitmap("scans", scans, SCAN)
    flat = inked.reshape(-1, SCAN, SCAN)
    prepared = np.zeros((len(flat), SIDE, SIDE), dtype=bool)
    with_ink = np.flatnonzero(flat.any(axis=(1, 2)))
    for k in range(0, len(with_ink), BATCH):
        some = with_ink[k : k + BATCH]
        prepared[some] = even_out(stretch(flat[some]))
    return prepared.reshape(*inked.shape[:-2], SIDE, SIDE)


def count_blocks(bitmaps: ArrayLike) -> FloatArray:
    """Count the ink in blocks of 4 x 4 dots, 0 to 16: (..., 32, 32) becomes (..., 64)."""
    inked = _bitmap("bitmaps", bitmaps, SIDE)
    lead = inked.shape[:-2]
    counts = inked.reshape(*lead, 8, BLOCK, 8, BLOCK).sum(axis=(-3, -1))
    return counts.reshape(*lead, 64).astype(float)


def _sheared_box(inked: Bitmap, shifts: IntArray) -> tuple[IntArray, ...]:
    """Top, bottom, left and right of the ink after each row has gone to the right by its shift."""
    rows = np.asarray(inked.any(axis=-1))
    if not rows.any(axis=-1).all():
        raise ValueError("scans must have ink, got one without")
    first, beyond = (edge + shifts for edge in _first_and_beyond(inked))
    left = np.where(rows, first, first.max()).min(axis=-1)
    right = np.where(rows, beyond, beyond.min()).max(axis=-1)
    return *_first_and_beyond(rows), left, right


def _first_and_beyond(inked: Bitmap) -> tuple[IntArray, IntArray]:
    """Along the last axis, where the ink begins, and one place beyond its last dot."""
    return inked.argmax(axis=-1), inked.shape[-1] - inked[..., ::-1].argmax(axis=-1)


def _looked_up(scans: ArrayLike, x: IntArray, y: IntArray) -> Bitmap:
    """Each dot is that at (x, y); outside there is no ink."""
    inside = (x >= 0) & (x < SCAN) & (y >= 0) & (y < SCAN)
    return inside & _bitmap("scans", scans, SCAN)[..., y.clip(0, SCAN - 1), x.clip(0, SCAN - 1)]


def _bitmap(name: str, value: ArrayLike, side: int | None = None) -> Bitmap:
    inked = real_array(name, value)
    if inked.dtype.kind != "b":
        raise TypeError(f"{name} must be an array of booleans, got dtype {inked.dtype}")
    if inked.ndim < 2 or (side and inked.shape[-2:] != (side, side)):
        wanted = f"(..., {side}, {side})" if side else "(..., height, width)"
        raise ValueError(f"{name} must have shape {wanted}, got {inked.shape}")
    return inked.astype(bool, copy=False)
