"""A pad to draw digits on, and the networks that read them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path as MplPath
from numpy.typing import ArrayLike

from nnbook import bitmaps
from nnbook._digit_reader import (
    CONVOLUTION,
    digit_convolution,
    digit_reader,
    network_of,
    stored_weights,
    weights_of,
)
from nnbook.bitmaps import Bitmap
from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Choice, Strokes, Switch, Whole
from nnlib._typing import FloatArray
from nnlib.activations import softmax
from nnlib.datasets import digits
from nnlib.networks import Sequential
from nnlib.plots.grids import plot_bars, plot_images
from nnlib.plots.style import color, crisp
from nnlib.preprocessing import split

FULL = 16  # dots of a block


class DigitPad(InteractiveFigure):
    r"""A digit, drawn or stored, on its way through the network that reads it.

    The pad is a scan of 128 x 128 dots. `nnbook.bitmaps` makes 64 counts :math:`x_i` of it, and a
    network ten probabilities: a 64-128-10 network, trained in the chapter, or one of your own. What
    speaks for the largest output
    :math:`z_k` and against the second :math:`z_l` is exact for the present image, because the
    network is linear as long as no hidden neuron switches:

    .. math:: z_k - z_l = \sum_i x_i \frac{\partial (z_k - z_l)}{\partial x_i} + \text{constant}

    Parameters
    ----------
    network : list of arrays, optional
        ``[W1, b1, W2, b2]`` of a network of your own, with one hidden layer of ReLU neurons between
        64 inputs, counts divided by 16, and 10 raw outputs. Its weights are rounded to three
        decimals.
    convolution : bool
        Whether a convolution, trained on the same images as the network of the chapter, reads too.
    strokes : list of lists of [x, y]
        In dots of the pad, x to the right, y down.
    digit : {0, ..., 9, "none"}
        A held-out image in the place of the strokes.
    right, down : int
        How far the ink is moved, in dots of the pad; 12 are a pixel.
    pen : int
        Width of the strokes in dots of the pad.
    prepared : bool
        Whether the scan is set upright, cropped, scaled, centered and evened out. If not, its
        middle is counted as it is.
    view : {"steps", "compact"}
        All the steps from the ink to the answer, or only the pad and the answer.
    reader : {"dense", "convolution"}
        Whose answer the steps lead to, if the convolution reads too.
    hand : {"draw", "move"}
        Whether a pointer draws on the pad, or moves what is there.
    language : str, such as "zh"

    Examples
    --------
    >>> pad = widgets.DigitPad(strokes=[[[40, 20], [90, 20], [60, 110]]])

    With the weights of a program of your own:

    >>> params = [np.zeros((64, 5)), np.zeros(5), np.zeros((5, 10)), np.arange(10.0)]
    >>> widgets.DigitPad(params).probabilities().argmax()
    np.int64(9)

    With both readers, and a digit to be moved about:

    >>> pad = widgets.DigitPad(convolution=True, digit=6, prepared=False, hand="move")
    """

    strokes = Strokes(min=-16, max=143, most=800)
    digit = Choice([*range(10), "none"], default=3)
    right = Whole(0, min=-16, max=16)
    down = Whole(0, min=-16, max=16)
    pen = Whole(12, min=6, max=24)
    prepared = Switch(True)
    view = Choice(["steps", "compact"])
    reader = Choice(["dense", "convolution"])
    hand = Choice(["draw", "move"])
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "moved": {"digit": 6, "right": 12, "down": 0, "prepared": False},
        "rescued": {"digit": 6, "right": 12, "down": 0, "prepared": True},
        "seven": {
            "digit": "none",
            "strokes": [[[22, 14], [58, 12], [38, 66]]],
            "right": 0,
            "down": 0,
            "pen": 6,
            "prepared": True,
        },
        "flagged": {
            "digit": "none",
            "strokes": [[[44, 46], [68, 20], [68, 110]], [[42, 110], [94, 110]]],
            "right": 0,
            "down": 0,
            "pen": 12,
            "prepared": True,
        },
        "face": {
            "digit": "none",
            "strokes": [
                [[44, 30], [44, 44]],
                [[84, 30], [84, 44]],
                [[64, 50], [64, 66]],
                [
                    [99, 73],
                    [94, 84],
                    [86, 93],
                    [76, 98],
                    [64, 100],
                    [52, 98],
                    [42, 93],
                    [34, 84],
                    [29, 73],
                ],
            ],
            "right": 0,
            "down": 0,
            "pen": 12,
            "prepared": True,
        },
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {"strokes": [[[[20, 20], [100, 110]]]]}

    _weights: list[dict[str, Any]] | None = None  # of a network of one's own

    _both = False  # whether the convolution reads too

    def __init__(
        self,
        network: Sequence[ArrayLike] | None = None,
        *,
        convolution: bool = False,
        **traits: Any,
    ) -> None:
        self._both = bool(convolution)
        if network is not None:
            own = self._weights = weights_of(network)
            self.network = lambda: network_of(own)  # type: ignore[method-assign]
        super().__init__(**traits)

    @staticmethod
    def network() -> Sequential:
        """Return the network that reads; its inputs are counts divided by 16.

        Called on the class, it returns the network of the chapter, 64-128-10.
        """
        return digit_reader()

    @traitlets.validate("reader")
    def _is_there(self, proposal: dict[str, Any]) -> str:
        reader: str = proposal["value"]
        if reader == "convolution" and not self._both:
            raise traitlets.TraitError(
                "reader can be 'convolution' only on a pad that has one: DigitPad(convolution=True)"
            )
        return reader

    def reading(self) -> Sequential:
        """Return the network whose answer is shown: `network`, or the convolution."""
        return digit_convolution() if self.reader == "convolution" else self.network()

    def scan(self) -> Bitmap:
        """Return what is on the pad (128, 128)."""
        inked = (
            bitmaps.draw(self.strokes, pen=int(self.pen))
            if self.digit == "none"
            else bitmaps.enlarge(_stored()[self.digit])
        )
        return bitmaps.move(inked, right=int(self.right), down=int(self.down))

    def bitmap(self) -> Bitmap:
        """Return the dots that are counted (32, 32)."""
        return (bitmaps.prepare if self.prepared else bitmaps.reduce)(self.scan())

    def counts(self) -> FloatArray:
        """Return what the network sees: 64 whole numbers from 0 to 16."""
        return bitmaps.count_blocks(self.bitmap())

    def probabilities(self) -> FloatArray:
        """Return the ten probabilities."""
        return softmax(self.reading().forward(self.counts()[np.newaxis] / FULL)[0])

    def evidence(self) -> tuple[int, int, FloatArray, float]:
        """Return the two digits ahead, what each pixel gives to the lead, and the constant."""
        model, x = self.reading(), self.counts()[np.newaxis] / FULL
        z = model.forward(x)[0]
        first, second = (int(k) for k in np.argsort(-z, kind="stable")[:2])
        lead = np.zeros((1, 10))
        lead[0, first], lead[0, second] = 1.0, -1.0
        slope = model.backward(lead, input_gradient=True)
        assert slope is not None
        each = (slope * x)[0]
        return first, second, each, float(z[first] - z[second] - each.sum())

    def data(self) -> dict[str, Any]:
        """Return the networks, in thousandths, and ten held-out bitmaps, a number for each row."""
        powers = 1 << np.arange(bitmaps.SIDE, dtype=np.int64)[::-1]  # 32 bits and no sign
        weights = self._weights or stored_weights()
        found = {"layers": weights, "stored": (_stored() @ powers).tolist()}
        return found | ({"convolution": stored_weights(CONVOLUTION)} if self._both else {})

    def _draw(self) -> Figure:
        if self.view == "compact":
            figure, (pad, bars) = plt.subplots(1, 2, figsize=(6.4, 2.4), width_ratios=(1, 1.4))
            _plot_ink(self.scan(), pad)
            self._draw_answer(bars)
            return figure
        figure, axes = plt.subplot_mosaic(
            "ABP;CDP", figsize=(7.2, 4.4), width_ratios=(1, 1, 1.15), height_ratios=(1, 1)
        )
        each = self.evidence()[2]
        _plot_ink(self.scan(), axes["A"])
        self._outline(axes["A"])
        _plot_ink(self.bitmap(), axes["B"])
        plot_images(self.counts().reshape(8, 8), limit=FULL, ax=axes["C"])
        plot_images(each.reshape(8, 8), signed=True, ax=axes["D"])
        self._draw_answer(axes["P"])
        return figure

    def _draw_answer(self, ax: Axes) -> None:
        """Draw the ten probabilities, below the digit that is read."""
        p = self.probabilities()
        names, texts = [f"${k}$" for k in range(10)], [f"${value:.2f}$" for value in p]
        shown = plot_bars(p, names, texts=texts, shade="ink", ax=ax)  # orange is a sign
        shown.set_title(f"${p.argmax()}$", fontsize=22)

    def _outline(self, ax: Axes) -> None:
        """Show which part of the scan goes on: it leans as the ink does."""
        scan = self.scan()
        if not self.prepared:
            low, high = bitmaps.MARGIN, bitmaps.SCAN - bitmaps.MARGIN
            corners = [(low, low), (high, low), (high, high), (low, high)]
        elif scan.any():
            corners = bitmaps.frame(scan)
        else:
            return
        ax.add_patch(Polygon(corners, fill=False, edgecolor=color("input"), linestyle="--"))


def _plot_ink(bitmap: Bitmap, ax: Axes) -> None:
    """Draw dots of ink, a box for each run in a row: many dots, a small picture."""
    side = len(bitmap)
    edges = np.diff(np.pad(bitmap.astype(int), ((0, 0), (1, 1))), axis=1)
    rows, left = np.nonzero(edges == 1)
    right = np.nonzero(edges == -1)[1]
    corners = [(left, rows), (right, rows), (right, rows + 1), (left, rows + 1), (left, rows)]
    outline = np.swapaxes(np.array(corners, dtype=float), 1, 2).swapaxes(0, 1).reshape(-1, 2)
    codes = [MplPath.MOVETO, *[MplPath.LINETO] * 3, MplPath.CLOSEPOLY] * len(rows)
    if len(rows):
        ink = PathPatch(MplPath(outline, codes), facecolor=color("ink"), edgecolor="none")
        crisp(ink)
        ax.add_patch(ink)
    ax.add_patch(Rectangle((0, 0), side, side, fill=False, edgecolor=color("grid")))
    ax.set(xlim=(-0.01 * side, 1.01 * side), ylim=(1.01 * side, -0.01 * side), aspect="equal")
    ax.axis("off")


@cache
def _stored() -> Bitmap:
    """The first held-out image of each digit, as a bitmap."""
    data = digits()
    _, X, _, y = split(data.X, data.y, rng=np.random.default_rng(0))
    return bitmaps.from_counts(X[[int(np.argmax(y == k)) for k in range(10)]])
