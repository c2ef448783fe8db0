"""The questions on the way back and on pooling."""

from __future__ import annotations

import numpy as np

from nnbook.chapters.pictures.sliding import LEFT, SEVEN, cells, map_of, square
from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.picture import grid
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray
from nnlib.convolution import Conv2d, MaxPool2d


def met(height: int, width: int, row: int, column: int) -> int:
    """In how many sums a weight meets a pixel: the slope of all sums, on a picture of ones."""
    layer = Conv2d((height, width, 1), 1, rng=0)
    layer(np.ones((1, height * width)))
    layer.backward(np.ones((1, height * width)))
    assert layer.weight.grad is not None
    return int(layer.weight.grad[row - 1, column - 1, 0, 0])


def _paths(height: int, width: int, row: int, column: int) -> Number:
    return number(
        "n",
        met(height, width, row, column),
        {"height": height, "width": width, "row": row, "column": column},
        {"all": height * width, "one": 1, "frame": (height - 2) * (width - 2)},
        absolute=0.3,
    )


def _kernel_slope(picture: str, signals: str) -> Number:
    x, delta = square(picture), square(signals)
    layer = Conv2d((*x.shape, 1), 1, rng=0)
    layer(x.reshape(1, -1))
    layer.backward(delta.reshape(1, -1))
    assert layer.weight.grad is not None
    grad = layer.weight.grad[:, :, 0, 0]
    return number(
        "s",
        grad[1, 2],
        {},
        {"under": grad[1, 1], "left": grad[1, 0], "signals": delta.sum()},
        picture=lambda: [grid(cells(x), "x"), grid(cells(delta), r"\delta")],
    )


def _pixel_slope(kernel: str, signal: int, side: str) -> Number:
    w = square(kernel)
    down, right = {"left": (0, -1), "right": (0, 1), "above": (-1, 0), "below": (1, 0)}[side]
    delta = np.zeros((5, 5))
    delta[2, 2] = signal
    layer = Conv2d.from_arrays((5, 5, 1), w.reshape(3, 3, 1, 1), [0.0])
    layer(np.zeros((1, 25)))
    slopes = layer.backward(delta.reshape(1, -1)).reshape(5, 5)
    return number(
        "s",
        slopes[2 + down, 2 + right],
        {"signal": signal, "p": 3 + down, "q": 3 + right},
        {
            "turned": slopes[2 - down, 2 - right],
            "middle": slopes[2, 2],
            "alone": w[1 + down, 1 + right],
        },
        picture=lambda: [grid(cells(w), "w")],
    )


# -- Pooling ---------------------------------------------------------------------------------------


def pooled(a: FloatArray) -> FloatArray:
    """The largest of each block."""
    layer = MaxPool2d((*a.shape, 1))
    return layer(a.reshape(1, -1)).reshape(a.shape[0] // 2, a.shape[1] // 2)


def _pooled(numbers: str) -> Number:
    z = square(numbers)
    a = np.maximum(z, 0)
    blocks = a.reshape(2, 2, 2, 2)
    return number(
        "s",
        pooled(a).sum(),
        {},
        {
            "no_relu": pooled(z).sum(),
            "means": blocks.mean(axis=(1, 3)).sum(),
            "all": a.max(),
        },
        picture=lambda: [grid(cells(z), "z")],
    )


def stays(row: FloatArray, step: int) -> bool:
    """Whether blocks of two keep their largest numbers when a row moves by one place."""
    moved = np.zeros_like(row)
    if step > 0:
        moved[1:] = row[:-1]
    else:
        moved[:-1] = row[1:]
    return np.array_equal(moved.reshape(-1, 2).max(axis=1), row.reshape(-1, 2).max(axis=1))


def _kept(left: bool, right: bool) -> str:
    return {(1, 1): "both", (1, 0): "left", (0, 1): "right", (0, 0): "neither"}[left, right]


SIDES = ("left", "right", "both", "neither")


def _row(numbers: str) -> Choice:
    row = square(numbers)[0]
    return choice(
        SIDES,
        _kept(stays(row, -1), stays(row, 1)),
        {},
        picture=lambda: [grid(cells(row[np.newaxis]), "a")],
    )


def _blocks() -> str:
    maps = [np.maximum(map_of(np.roll(SEVEN, k, axis=1), LEFT), 0) for k in (0, -1, 1)]
    still, left, right = map(pooled, maps)
    return _kept(np.array_equal(left, still), np.array_equal(right, still))


QUESTIONS = {
    "paths": Question(
        "sec-pictures-backward",
        "shared-weight",
        _paths,
        (
            (8, 6, 5, 10, 7, 4, 8, 3, 12),
            (8, 6, 5, 10, 4, 6, 5, 9, 5),
            (1, 1, 3, 2, 1, 3, 2, 3, 2),
            (1, 2, 3, 1, 3, 2, 3, 3, 1),
        ),
        in_text={
            "paths": Number(
                symbol="n",
                answer=lambda: met(4, 4, 1, 1),
                absolute=0.3,
                mistakes={
                    "all": lambda: 16.0,
                    "one": lambda: 1.0,
                    "one_side": lambda: 12.0,
                    "frame": lambda: 4.0,
                },
                decimals=0,
            )
        },
        level="apply",
    ),
    "kernel_slope": Question(
        "sec-pictures-backward",
        "windows-add-up",
        _kernel_slope,
        (
            (
                *("421 513 411", "414 543 251", "520 403 154", "255 223 323"),
                *("541 220 042", "233 535 311", "554 122 104", "041 321 525"),
            ),
            (
                *("100 000 010", "000 210 000", "000 100 010", "010 000 200"),
                *("010 020 000", "100 0-10 000", "000 030 100", "010 000 0-10"),
            ),
        ),
        level="apply",
    ),
    "pixel_slope": Question(
        "sec-pictures-backward",
        "turned-kernel",
        _pixel_slope,
        (
            (
                *("437 865 219", "293 187 564", "712 348 956", "264 175 398"),
                *("312 465 798", "396 285 147", "182 697 534", "276 419 538"),
            ),
            (2, 3, 2, -1, -2, 2, 3, 2),
            ("left", "right", "above", "below", "right", "left", "below", "above"),
        ),
        level="apply",
    ),
    "pooled": Question(
        "sec-pictures-pooling",
        "pooling",
        _pooled,
        (
            (
                "-3-223 -1-4-52 -30-4-2 01-56",
                "0-3-1-2 7-4-4-3 0-12-3 4-52-5",
                "-5716 4-2-22 56-1-4 76-2-2",
                "-212-4 -2435 -1-5-20 -4-3-5-1",
                "-4-246 -47-1-5 -4-43-3 -2-1-14",
                "-11-2-4 7-4-1-1 -1-2-5-1 -2560",
                "07-53 -2-333 5-3-4-1 -5-5-3-1",
                "-2-323 -1-1-53 2-20-2 -410-5",
                "120-5 2-20-2 -3-3-15 -2-1-26",
            ),
        ),
        level="apply",
    ),
    "blocks": Question(
        "sec-pictures-pooling",
        "pooling-forgives",
        _row,
        (
            (
                *("004000", "000500", "003300", "222222", "060000", "005000"),
                *("777777", "020200", "304000"),
            ),
        ),
        in_text={"blocks": Choice(options=SIDES, answer=_blocks)},
        level="apply",
    ),
}
