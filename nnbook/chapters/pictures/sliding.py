"""The questions on the window that slides: sums, maps, moves, and how many parameters there are."""

from __future__ import annotations

import re

import numpy as np

from nnbook.questions.choice import Choice
from nnbook.questions.number import Number
from nnbook.questions.picture import grid
from nnbook.questions.question import Question, choice, number
from nnlib._typing import FloatArray
from nnlib.convolution import Conv2d

SEVEN = np.array([[0, 0, 0, 0], [0, 2, 2, 0], [0, 0, 2, 0], [0, 0, 2, 0]])
LEFT = np.array([[-1, 0, 1]] * 3)


def square(rows: str) -> FloatArray:
    """Read rows of numbers below ten: ``"12 -30"`` is [[1, 2], [-3, 0]]."""
    found = [re.findall(r"-?\d", row) for row in rows.split()]
    return np.array(found, dtype=float)


def map_of(x: FloatArray, kernel: FloatArray) -> FloatArray:
    """The map of a picture, with a rim of zeros and no bias."""
    layer = Conv2d.from_arrays((*x.shape, 1), kernel.reshape(3, 3, 1, 1), [0.0])
    return layer(x.reshape(1, -1)).reshape(x.shape)


def cells(x: FloatArray) -> list[list[str]]:
    """Write whole numbers for a panel."""
    return [[f"{int(one)}" for one in row] for row in x]


# -- entry: nine products and their sum --------------------------------------------------------


def _entry(picture: str, kernel: str) -> Number:
    x, w = square(picture), square(kernel)
    return number(
        "z",
        map_of(x, w)[1, 1],
        {},
        {
            "turned": map_of(x, w[::-1, ::-1])[1, 1],
            "ink": x.sum(),
            "middle": x[1, 1] * w[1, 1],
        },
        picture=lambda: [grid(cells(x), "x"), grid(cells(w), "w")],
    )


# -- which: the kernel behind a map --------------------------------------------------------------

KERNELS = {
    "left": LEFT,
    "top": LEFT.T,
    "area": np.ones((3, 3), dtype=int),
    "slanted": np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
}


def _which(picture: str, kernel: str) -> Choice:
    x = square(picture)
    z = map_of(x, KERNELS[kernel])
    return choice(
        tuple(KERNELS),
        kernel,
        {},
        picture=lambda: [grid(cells(x), "x"), grid(cells(z), "z")],
    )


# -- loop: a convolution as it is written --------------------------------------------------------

LINES = {
    "right": "z[r,c] = np.sum(w * p[r:r+3, c:c+3])",
    "mirrored": "z[c,r] = np.sum(w * p[r:r+3, c:c+3])",
    "middle": "z[r,c] = w[1, 1] * p[r + 1, c + 1]",
    "unweighted": "z[r,c] = np.sum(p[r:r+3, c:c+3])",
}


def _loop(line: str, side: int) -> Choice:
    code = (
        f"p, n = np.pad(x, 1), {side}\nz = np.zeros((n, n))\nfor r in range(n):\n"
        f"  for c in range(n):\n    {LINES[line]}"
    )
    return choice(tuple(LINES), line, {"side": side}, code=code)


# -- moved: the map moves along ------------------------------------------------------------------


def _telling(first: str, second: str) -> Choice:
    """Of the kernels that see one thing each, find the one whose sums are unlike."""
    a, b = square(first), square(second)
    sums = {
        name: [float((kernel * x).sum()) for x in (a, b)]
        for name, kernel in KERNELS.items()
        if name != "slanted"
    }
    (right,) = (name for name, (one, other) in sums.items() if one != other)
    return choice(
        tuple(sums),
        right,
        dict(zip(("a", "b"), sums[right], strict=True)),
        picture=lambda: [grid(cells(a), "A"), grid(cells(b), "B")],
    )


# -- count: parameters -----------------------------------------------------------------------------


def _count(channels: int, side: int, filters: int, pixels: int) -> Number:
    layer = Conv2d((3, 3, channels), filters, size=side, rng=0)
    right = sum(p.value.size for p in layer.parameters())
    return number(
        "n",
        right,
        {"channels": channels, "side": side, "filters": filters, "pixels": pixels}
        | {"one": side * side * channels + 1},
        {
            "biases": right - filters,
            "channels": (side * side + 1) * filters,
            "places": right * pixels**2,
        },
        absolute=0.4,
    )


# -- sees: how far a number looks ------------------------------------------------------------------


def _sees(layers: int, side: int) -> Number:
    return number(
        "m",
        1 + layers * (side - 1),
        {"layers": layers, "side": side, "more": side - 1},
        {"product": layers * side, "one": side, "power": side**layers},
        absolute=0.3,
    )


QUESTIONS = {
    "entry": Question(
        "sec-pictures-window",
        "window",
        _entry,
        (
            (
                *("440 423 315", "051 341 121", "515 450 232", "343 053 512"),
                *("510 240 521", "355 510 444", "214 410 104", "331 351 401"),
            ),
            (
                *("-101 -101 -101", "-1-1-1 000 111", "100 010 002", "012 000 -100"),
                *("-101 -202 -101", "020 -100 001", "111 000 -1-1-1", "001 020 -300"),
            ),
        ),
        in_text={
            "entry": Number(
                symbol="z_{32}",
                answer=lambda: float(map_of(SEVEN, LEFT)[2, 1]),
                absolute=0.3,
                mistakes={
                    "stays": lambda: float(map_of(SEVEN, LEFT)[1, 1]),
                    "sign": lambda: -float(map_of(SEVEN, LEFT)[2, 1]),
                    "ink": lambda: float(SEVEN[1:, :3].sum()),
                },
                decimals=0,
            )
        },
        level="apply",
    ),
    "which": Question(
        "sec-pictures-window",
        "kernel",
        _which,
        (
            (
                *("0000 0220 0020 0020", "0000 0330 0330 0000", "3333 0000 0000 3333"),
                *("0300 0300 0300 0300", "0000 1110 0000 0000", "1000 0000 0002 0000"),
                *("0020 0200 2000 0000", "4000 0000 0000 0000"),
            ),
            ("left", "area", "top", "left", "slanted", "area", "slanted", "top"),
        ),
        level="diagnose",
    ),
    "loop": Question(
        "sec-pictures-window",
        "loop",
        _loop,
        (
            (*LINES, "right", "mirrored", "unweighted", "middle", "right", "mirrored"),
            (4, 4, 6, 5, 8, 6, 7, 9, 5, 8),
        ),
        level="diagnose",
    ),
    "telling": Question(
        "sec-pictures-window",
        "kernel-for-a-task",
        _telling,
        (
            (
                "033 033 033",
                "000 333 333",
                "111 111 111",
                "200 200 200",
                "222 000 000",
                "090 999 090",
                "512 512 512",
                "777 444 111",
                "303 030 303",
                "100 100 100",
            ),
            (
                "222 222 222",
                "222 222 222",
                "444 444 444",
                "002 002 002",
                "000 000 222",
                "000 090 000",
                "215 215 215",
                "444 444 444",
                "030 303 030",
                "010 010 010",
            ),
        ),
        level="design",
    ),
    "count": Question(
        "sec-pictures-count",
        "parameters",
        _count,
        (
            (3, 2, 4, 3, 8, 6, 10, 5, 3),
            (3, 3, 5, 5, 3, 3, 3, 5, 3),
            (4, 10, 2, 10, 10, 5, 20, 4, 100),
            (32, 28, 20, 100, 16, 50, 8, 40, 224),
        ),
        level="apply",
    ),
    "sees": Question(
        "sec-pictures-pooling",
        "sees",
        _sees,
        ((2, 3, 4, 2, 3, 5, 6, 2, 10), (3, 3, 3, 5, 5, 3, 3, 7, 3)),
        level="apply",
    ),
}
