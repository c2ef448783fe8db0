"""One convolution: a picture of numbers, nine weights that look everywhere, and their map."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Number, Numbers, Switch, Whole, read_only
from nnlib._typing import FloatArray
from nnlib.convolution import Conv2d
from nnlib.plots.grids import plot_jacobian
from nnlib.plots.style import color

LEAST, MOST = 3, 8  # pixels of a side

_SEVEN = [
    [0, 0, 1, 5, 9, 9, 2, 0],
    [0, 0, 8, 6, 4, 9, 4, 0],
    [0, 0, 2, 0, 0, 8, 3, 0],
    [0, 0, 0, 0, 4, 9, 2, 0],
    [0, 0, 3, 7, 9, 9, 5, 0],
    [0, 1, 9, 8, 9, 3, 0, 0],
    [0, 0, 1, 4, 9, 0, 0, 0],
    [0, 0, 0, 7, 4, 0, 0, 0],
]  # the pad's 7 in ninths
_EDGE = [[0, 0, 0, 0, 9, 9, 9, 9]] * 8
_CORNER = [[0] * 8] * 3 + [[0, 0, 0, 9, 9, 9, 9, 9]] * 5
_STILL = {"right": 0, "down": 0}


class Picture(Numbers):
    """A picture of whole numbers, each side from 3 to 8 pixels."""

    def validate(self, obj: Any, value: object) -> list[Any]:
        try:
            array = np.asarray(value)
        except ValueError:  # rows of several lengths
            array = np.empty(0)
        if array.ndim != 2 or not all(LEAST <= side <= MOST for side in array.shape):
            raise traitlets.TraitError(
                f"{self.name} must have from {LEAST} to {MOST} rows and columns of numbers, "
                f"got {value!r}"
            )
        if array.dtype.kind not in "iuf" or np.any(array != np.round(array)):
            raise traitlets.TraitError(f"every entry of {self.name} must be a whole number")
        if array.min() < self.min or array.max() > self.max:
            raise traitlets.TraitError(
                f"every entry of {self.name} must be from {self.min:g} to {self.max:g}, "
                f"got {array.min():g} to {array.max():g}"
            )
        return read_only(array.astype(int).tolist())

    def default(self, obj: Any = None) -> list[Any]:
        stored: list[Any] = np.asarray(self.default_value, dtype=int).tolist()
        return stored


class KernelExplorer(InteractiveFigure):
    r"""A convolution at work: at every place of a picture the same nine weights.

    A window of 3 x 3 pixels slides over the picture, and at each place it makes one number of the
    map; beyond the rim the picture is 0:

    .. math:: z_{rc} = b + \sum_{i=1}^{3} \sum_{j=1}^{3} w_{ij}\, x_{r + i - 2,\, c + j - 2}

    Parameters
    ----------
    picture : list of lists of int
        From 3 x 3 to 8 x 8 numbers from 0 to 9.
    kernel : list of lists of float
        3 x 3 weights from -3 to 3.
    bias : float
        From -30 to 30.
    relu : bool
        Whether the ReLU follows.
    place : int
        Where the window is: counted row by row, from 0.
    right, down : int
        How far the picture is moved, in pixels, from -3 to 3.
    view : {"forward", "backward"}
        The nine products and their sum; or, for a loss with the slope 1 at this place of the map,
        the slopes of the pixels and of the weights.
    language : str, such as "zh"

    Examples
    --------
    >>> sliding = widgets.KernelExplorer(picture=[[0, 0, 5, 5]] * 4, place=5)
    >>> sliding.map()[0].tolist()
    [0.0, 10.0, 10.0, -10.0]
    """

    picture = Picture(_SEVEN, min=0, max=9, step=1)
    kernel = Numbers([[-1, 0, 1]] * 3, min=-3, max=3, step=0.1)
    bias = Number(0.0, min=-30, max=30, step=1)
    relu = Switch(False)
    place = Whole(28, min=0, max=63)
    right = Whole(0, min=-3, max=3)
    down = Whole(0, min=-3, max=3)
    view = Choice(["forward", "backward"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "picture_edge": {"picture": _EDGE, **_STILL},
        "picture_corner": {"picture": _CORNER, **_STILL},
        "picture_digit": {"picture": _SEVEN, **_STILL},
        "picture_moved": {"picture": _SEVEN, "right": 1, "down": 0},
        "kernel_edge": {"kernel": [[-1, 0, 1]] * 3},
        "kernel_blur": {"kernel": [[0.1, 0.1, 0.1], [0.1, 0.2, 0.1], [0.1, 0.1, 0.1]]},
        "kernel_corner": {"kernel": [[-1, -1, -1], [-1, 1, 1], [-1, 1, 1]]},
    }

    _extremes: ClassVar[dict[str, list[Any]]] = {"kernel": [[[-2.75] * 3] * 3]}

    def shown(self) -> FloatArray:
        """Return the picture as it stands, moved; what left it is lost, what came in is 0."""
        picture = np.array(self.picture, dtype=float)
        height, width = picture.shape
        frame = np.pad(picture, 3)
        top, left = 3 - int(self.down), 3 - int(self.right)
        return frame[top : top + height, left : left + width]

    def layer(self) -> Conv2d:
        """Return the layer, of one channel and one filter."""
        shape = (*np.shape(self.picture), 1)
        weight = np.array(self.kernel).reshape(3, 3, 1, 1)
        return Conv2d.from_arrays(shape, weight, [self.bias])

    def map(self) -> FloatArray:
        """Return the map, as large as the picture."""
        z = self.layer()(self.shown().reshape(1, -1)).reshape(np.shape(self.picture))
        return np.maximum(z, 0) if self.relu else z

    def at(self) -> tuple[int, int]:
        """Return row and column of the window's middle, from 0."""
        height, width = np.shape(self.picture)
        row, column = divmod(min(int(self.place), height * width - 1), width)
        return row, column

    def window(self) -> FloatArray:
        """Return what the window sees (3, 3)."""
        row, column = self.at()
        return np.pad(self.shown(), 1)[row : row + 3, column : column + 3]

    def products(self) -> FloatArray:
        """Return the nine products at this place (3, 3); bias and products make the sum."""
        return np.array(self.kernel) * self.window()

    def slopes(self) -> tuple[FloatArray, FloatArray]:
        """Return the slopes of the number at this place: in each pixel, and in each weight."""
        layer, shape = self.layer(), np.shape(self.picture)
        z = layer(self.shown().reshape(1, -1))
        target = np.zeros(shape)
        target[self.at()] = 1
        if self.relu:
            target = target * (z.reshape(shape) > 0)
        pixels = layer.backward(target.reshape(1, -1))
        weights = layer.weight.grad
        assert weights is not None  # just made
        return pixels.reshape(shape), weights.reshape(3, 3)

    def _draw(self) -> Figure:
        figure, axes = plt.subplots(1, 3, figsize=(8.4, 3.3), width_ratios=(8, 4, 8))
        row, column = self.at()
        backward = self.view == "backward"
        pixels, weights = self.slopes()
        weight = np.array(self.kernel)
        _cells(pixels if backward else self.shown(), axes[0], signed=backward)
        _cells(weights if backward else weight, axes[1], signed=True)
        _cells(self.map(), axes[2], signed=True)
        for ax, corner, side in ((axes[0], (column - 1, row - 1), 3), (axes[2], (column, row), 1)):
            frame = Rectangle(corner, side, side, fill=False, edgecolor=color("ink"), linewidth=2)
            frame.set(clip_on=False, zorder=5)
            ax.add_patch(frame)
        return figure


def _cells(values: FloatArray, ax: Axes, *, signed: bool) -> None:
    """Draw numbers in their cells: shades of ink, or of a sign."""
    plot_jacobian(
        values, rows=[""] * len(values), columns=[""] * values.shape[1], decimals=0, ax=ax
    )
    whole = np.all(values == np.round(values))
    shades = ax.patches[1::2]
    for shade, text, value in zip(shades, ax.texts, values.ravel(), strict=True):
        text.set(text=f"${value:z.{0 if whole else 1}f}$", fontsize=9 if len(values) > 3 else 12)
        if not signed:
            shade.set(facecolor=color("ink"), alpha=0.055 * value)
    ax.set_aspect("equal")
