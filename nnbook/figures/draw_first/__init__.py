"""A curve of the text, which the reader draws before seeing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._question import AskedFigure, Done
from nnbook.figures.traits import ReadOnly, Switch
from nnbook.questions.bank import DRAWINGS
from nnbook.questions.drawing import PLACES, TOP
from nnlib.plots.style import color

UNSET = -1


class Heights(Done):
    """What a reader drew: a whole number for each place, -1 where there is nothing; or nothing."""

    def validate(self, obj: Any, value: object) -> list[Any]:
        known = range(UNSET, TOP + 1)
        if (
            not isinstance(value, Sequence)
            or len(value) not in (0, PLACES)
            or not all(isinstance(one, int) and one in known for one in value)
        ):
            raise traitlets.TraitError(
                f"{self.name} must be empty or {PLACES} whole numbers from {UNSET} to {TOP}, "
                f"got {value!r}"
            )
        return ReadOnly(value)

    def control(self) -> dict[str, Any]:
        """Describe the heights for the front end."""
        return {"min": UNSET, "max": TOP, "most": PLACES}


class DrawFirst(AskedFigure):
    """A curve that one draws with a finger, the mouse or the arrow keys, and then the true one.

    Axes, the true curve and the likely mistakes are those of `nnbook.questions`.

    Parameters
    ----------
    name : str
        The id of the drawing, such as ``"softmax-one_logit"``.
    heights : list of int
        What the reader drew, from 0 at the lower edge to 100 at the upper one.
    compared : bool
        Whether the reader has compared it with the true curve.
    shown : bool
        Whether the reader has asked for the true curve instead.
    language : str, such as "zh"
    """

    _questions = DRAWINGS
    _words = "drawings/"
    key = "draw"
    heights = Heights()
    compared = Switch()
    shown = Switch()

    def _draw(self) -> Figure:
        drawing, (figure, ax) = self.kind, plt.subplots(figsize=(6.4, 3.4))
        x, y = drawing.x, drawing.y
        ax.set(xlim=(x.low, x.high), ylim=(y.low, y.high))
        ax.set(xscale="log" if x.log else "linear", yscale="log" if y.log else "linear")
        ax.set(xlabel=f"${x.symbol}$", ylabel=f"${y.symbol}$")
        if x.ticks:
            ax.set_xticks(list(x.ticks))
        if y.ticks:
            ax.set_yticks(list(y.ticks))
        along = x.along(400)
        for one in drawing.given:
            if one.at is None:
                ax.plot(along, one.curve(along), color=color(one.color), linestyle=":")
            else:
                ax.plot(one.at, one.curve(np.array([one.at])), "o", color=color(one.color))
        if len(self.heights):
            self._draw_line(ax)
        if self.compared or self.shown:
            ax.plot(along, drawing.curve(along), color=color(drawing.color))
        return figure

    def _draw_line(self, ax: Axes) -> None:
        x, y = self.kind.x, self.kind.y
        low, high = y.scaled(y.low), y.scaled(y.high)
        drawn = np.array(self.heights)
        values = low + (high - low) * drawn / TOP
        places, there = x.along(PLACES), drawn != UNSET
        ax.plot(
            places[there],
            (10.0**values if y.log else values)[there],
            color=color("ink"),
            linestyle=":",
        )
