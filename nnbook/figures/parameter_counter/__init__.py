"""How many parameters a fully connected network needs to read a picture, and why."""

from __future__ import annotations

from typing import Any, ClassVar

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Whole
from nnlib.networks import parameter_count
from nnlib.plots.style import color

_KERNEL, _FILTERS = 3, 64


class ParameterCounter(InteractiveFigure):
    r"""The parameters of a network for pictures, as lengths on a logarithmic scale.

    A picture of H x W pixels with C channels is average-pooled by s x s blocks, and the
    :math:`d_0 = \lfloor H/s \rfloor \lfloor W/s \rfloor C` numbers that remain go into two fully
    connected layers with :math:`(d_0 + 1)\,d_1` and :math:`(d_1 + 1)\,d_2` parameters. Each factor
    is a piece of its bar, so that what makes a layer large can be seen. Beside them is a
    3 x 3 convolution with 64 filters, whose :math:`(9C + 1) \cdot 64` parameters know neither H
    nor W.

    Rows and columns at the rim that fill no block are left out (`nnlib.average_pool` refuses such
    a size).

    Parameters
    ----------
    height, width : int
        Of the picture in pixels, from 8 to 512.
    channels : int
        From 1 to 4.
    pool : int
        Side s of a block, from 1 (no pooling) to 8.
    hidden : int
        Width of the hidden layer, from 1 to 10,000.
    outputs : int
        From 1 to 1000.
    language : str, such as "zh"
    """

    height = Whole(224, min=8, max=512)
    width = Whole(224, min=8, max=512)
    channels = Whole(3, min=1, max=4)
    pool = Whole(1, min=1, max=8)
    hidden = Whole(1000, min=1, max=10_000, scale="log")
    outputs = Whole(10, min=1, max=1000)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        name: {"height": side, "width": side, "channels": channels, "pool": pool, **widths}
        for name, side, channels, pool, widths in (
            ("photo", 224, 3, 1, {"hidden": 1000, "outputs": 10}),
            ("photo_pooled", 224, 3, 4, {"hidden": 1000, "outputs": 10}),
            ("digits", 8, 1, 1, {"hidden": 32, "outputs": 10}),
            ("digits_pooled", 8, 1, 2, {"hidden": 32, "outputs": 10}),
        )
    }
    _extremes: ClassVar[dict[str, list[Any]]] = {"pool": [1, 2, 8]}

    def pooled_shape(self) -> tuple[int, int, int]:
        """Return rows, columns and channels of what the network reads."""
        rows, columns = self.height // self.pool, self.width // self.pool
        return int(rows), int(columns), int(self.channels)

    def sizes(self) -> list[int]:
        """Return the widths of the network, as `nnlib.parameter_count` takes them."""
        rows, columns, channels = self.pooled_shape()
        return [rows * columns * channels, int(self.hidden), int(self.outputs)]

    def _draw(self) -> Figure:
        rows, columns, channels = self.pooled_shape()
        _, hidden, outputs = sizes = self.sizes()
        bars = [
            (
                "$(d_0 + 1)\\,d_1$",
                parameter_count(sizes[:2]),
                [
                    ("H", rows, "input"),
                    ("W", columns, "input"),
                    ("C", channels, "input"),
                    ("d_1", hidden, "activation"),
                ],
            ),
            (
                "$(d_1 + 1)\\,d_2$",
                parameter_count(sizes[1:]),
                [("d_1", hidden, "activation"), ("d_2", outputs, "prediction")],
            ),
            (
                rf"${_KERNEL} \times {_KERNEL},\ {channels} \to {_FILTERS}$",
                parameter_count([_KERNEL**2 * channels, _FILTERS]),
                [
                    (r"3 \cdot 3", _KERNEL**2, "weight"),
                    ("C", channels, "input"),
                    ("", _FILTERS, "weight"),
                ],
            ),
        ]
        figure, ax = plt.subplots(figsize=(6.4, 2.5))
        style: dict[str, Any] = {"height": 0.5, "linewidth": 1.2}
        for at, (_, total, factors) in enumerate(bars):
            start = 1.0
            for symbol, factor, shade in factors:
                face, width = (color(shade), 0.2), start * factor - start
                ax.barh(at, width, left=start, facecolor=face, edgecolor=color(shade), **style)
                text = f"{factor}" if factor < 8 or not symbol else f"${symbol}$\n{factor}"
                if factor > 1:
                    place = start * factor**0.5
                    ax.text(place, at, text, ha="center", va="center", fontsize=9.5)
                start *= factor
            saved = self.height * self.width * channels * hidden / start if at == 0 else 1
            if saved > 1:
                edge = color("muted")
                ax.barh(at, start * (saved - 1), left=start, fill=False, ls="--", ec=edge, **style)
            end = (start * saved, at)
            ax.annotate(f"{total:,}", end, (7, 0), textcoords="offset points", va="center")
        ax.set_xscale("log")
        ax.set_yticks(range(3), [name for name, *_ in bars])
        ax.set(xlim=(1, 3e11), ylim=(2.5, -0.5))
        ax.set_xticks([10**k for k in range(0, 11, 2)])
        ax.minorticks_off()
        ax.tick_params(axis="y", length=0, labelsize=12, labelcolor=color("ink"))
        ax.spines["left"].set_visible(False)
        return figure
