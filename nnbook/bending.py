"""Digits as other hands might have written them: turned, slanted, stretched, bent, with other pens.

What a bent seven shares with the seven that it was made from is only that it is a seven: that
is what a network learns when it sees many of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from nnbook.bitmaps import BATCH, SCAN, SIDE, Bitmap, thicken
from nnlib._typing import FloatArray, IntArray
from nnlib._validation import random_generator, real_array

FINE = SCAN // 2  # dots along the side of the picture that is bent
SCALE = 1.6  # of these dots for a dot of the bitmap
TURN, SLANT, STRETCH = 0.14, 0.2, 0.15  # standard deviations: radians, dots per dot, logarithm
BEND, WAVES = 1.6, 3  # dots of the bitmap, and half waves along a side
PEN = 1.25, -2, 3  # dots all round, at least, at most
LEFT = 0.35  # of the ink; what loses more than the rest when made thinner, stays as it is


def bend(bitmaps: ArrayLike, *, rng: np.random.Generator | int) -> Bitmap:
    r"""Turn, slant, stretch and bend each bitmap a little, and take another pen, all at random.

    Every amount is normally distributed. The standard deviations are 8 degrees for the turn, 0.2
    for the slant (the tangent of its angle), 15 percent for the width, and 1.25 dots of 64 for
    what is added or taken off all round. The bend is a sum of up to three half waves along each
    axis, the longer ones the larger.

    Parameters
    ----------
    bitmaps : array (n, 32, 32) of bool
    rng : numpy.random.Generator or int

    Returns
    -------
    array (n, 128, 128) of bool
        Scans, as `nnbook.bitmaps.prepare` takes them.

    Raises
    ------
    TypeError, ValueError
        If `bitmaps` is not such an array, or `rng` neither a Generator nor a seed.
    """
    small = real_array("bitmaps", bitmaps)
    if small.dtype.kind != "b" or small.ndim != 3 or small.shape[1:] != (SIDE, SIDE):
        raise ValueError(
            f"bitmaps must be an array of booleans of shape (n, {SIDE}, {SIDE}), "
            f"got dtype {small.dtype} and shape {small.shape}"
        )
    rng = random_generator("rng", rng)
    dots = small.astype(bool, copy=False)
    parts = [_bent(dots[k : k + BATCH], rng) for k in range(0, len(dots), BATCH)]
    return np.concatenate(parts).repeat(2, axis=1).repeat(2, axis=2)


def _bent(small: Bitmap, rng: np.random.Generator) -> Bitmap:
    amounts = rng.normal(0, [[TURN], [SLANT], [STRETCH]], (3, len(small))).astype(np.float32)
    turn, slant, stretch = amounts[..., np.newaxis, np.newaxis]
    x = ((np.arange(FINE, dtype=np.float32) + 0.5) - FINE / 2) / np.float32(SCALE)
    y = x[:, np.newaxis]
    # Where in the bitmap the ink of each dot comes from, seen from its middle
    down = np.cos(turn) * y - np.sin(turn) * x
    right = np.exp(stretch) * (np.cos(turn) * x + np.sin(turn) * y) + slant * down
    middle = np.float32(SIDE / 2 - 0.5)
    inked = _between(
        small, right + _waves(len(small), rng) + middle, down + _waves(len(small), rng) + middle
    )
    spread, least, most = PEN
    dots = np.rint(rng.normal(0, spread, len(small))).astype(int).clip(least, most)
    return _with_pens(inked, dots)


def _waves(count: int, rng: np.random.Generator) -> FloatArray:
    """Smooth fields (count, 64, 64): products of half waves down and across."""
    waves = np.arange(WAVES + 1)
    size = BEND / np.maximum(1, np.add.outer(waves, waves))
    size[0, 0] = 0  # a move that the preparation takes back
    amounts = (size * rng.normal(0, 1, (count, *size.shape))).astype(np.float32)
    places = (np.arange(FINE) + 0.5) / FINE
    along = np.cos(np.pi * np.outer(waves, places)).astype(np.float32)
    return along.T @ amounts @ along


def _between(small: Bitmap, x: FloatArray, y: FloatArray) -> Bitmap:
    """Ink where the bitmap, interpolated between the middles of its dots, is at least half dark."""
    rim = 2
    side = SIDE + 2 * rim
    dots = np.pad(small, ((0, 0), (rim, rim), (rim, rim))).astype(np.uint8).ravel()
    # The four dots around a place as one number: most places have four alike.
    fours = dots.copy()
    for bit, further in enumerate((1, side, side + 1), start=1):
        fours[:-further] |= dots[further:] << bit
    x, y = ((places + rim).clip(0, side - 2) for places in (x, y))
    column, row = x.astype(np.int32), y.astype(np.int32)
    first = np.arange(len(small), dtype=np.int32)[:, np.newaxis, np.newaxis] * side**2
    four = fours[first + row * side + column]
    darker: Bitmap = four == 0b1111
    edge = np.nonzero((four != 0) & ~darker)
    x, y, four = x[edge] - column[edge], y[edge] - row[edge], four[edge]
    here, right, below, beyond = ((four >> bit & 1).astype(np.float32) for bit in range(4))
    above, under = (1 - x) * here + x * right, (1 - x) * below + x * beyond
    darker[edge] = (1 - y) * above + y * under >= 0.5
    return darker


def _with_pens(inked: Bitmap, dots: IntArray) -> Bitmap:
    """Make each picture thicker or thinner by a number of its own."""
    changed = inked.copy()
    for number in np.unique(dots):
        rows = np.flatnonzero(dots == number)
        other = thicken(inked[rows], int(number))
        enough = other.sum(axis=(1, 2)) >= LEFT * inked[rows].sum(axis=(1, 2))
        changed[rows[enough]] = other[enough]
    return changed
