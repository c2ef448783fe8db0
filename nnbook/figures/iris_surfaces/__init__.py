"""The iris network: three folded surfaces over the plane of two features, and who is on top."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures.traits import Number
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import iris
from nnlib.layers import Linear, ReLU
from nnlib.networks import Sequential
from nnlib.plots.regions import plot_decision_regions
from nnlib.plots.style import CLASS_COLORS, CLASS_MARKERS, color, halo
from nnlib.plots.surfaces import cut, flat_pieces, folds, plot_surface, seen

XLIM, YLIM = (0.0, 2.6), (1.9, 4.5)
STEP = 0.2
"""Difference in height from one line to the next; they are at odd multiples of its half."""


class IrisSurfaces(InteractiveFigure):
    r"""Three outputs of a 2-2-3 ReLU network as surfaces, for a flower that the reader drags.

    .. math:: a = \max(0, x W^{(1)} + b^{(1)}), \qquad z = a W^{(2)} + b^{(2)}

    Each output :math:`z_k` is a surface of flat pieces over the plane of the inputs, folded along
    the two lines where a hidden neuron switches. The class of a point is the surface on top there.
    The parameters are fixed: those of the chapter.

    Parameters
    ----------
    x1 : float
        Width of the flower's petals in centimeters, from 0 to 2.6.
    x2 : float
        Width of its sepals in centimeters, from 1.9 to 4.5.
    language : str, such as "zh"
    """

    x1 = Number(0.1, min=XLIM[0], max=XLIM[1], step=0.01)
    x2 = Number(4.1, min=YLIM[0], max=YLIM[1], step=0.01)
    # A tie of z1 and z2 where only neuron 1 is on: 0.57 a1 - 0.04 = -0.55 a1 + 1.02. One of z2
    # and z3 where only neuron 2 is on: -0.63 a2 + 1.02 = 0.63 a2.
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "flower32": {"x1": 0.1, "x2": 4.1},
        "flower50": {"x1": 1.4, "x2": 3.2},
        "flower100": {"x1": 2.5, "x2": 3.3},
        "fold": {"x1": 1.3, "x2": 3.5},
        "tie12": {"x1": (1.55 + 0.3 * 3.0 - 1.06 / 1.12) / 2, "x2": 3.0},
        "tie23": {"x1": (0.85 + 0.6 * 3.0 + 1.02 / 1.26) / 2, "x2": 3.0},
    }

    @staticmethod
    def network() -> Sequential:
        """Return the iris network of the chapter."""
        return Sequential(
            Linear.from_arrays([[-2.0, 2.0], [0.3, -0.6]], [1.55, -0.85]),
            ReLU(),
            Linear.from_arrays([[0.57, -0.55, 0.09], [0.03, -0.63, 0.63]], [-0.04, 1.02, 0.0]),
        )

    def pre_activations(self) -> FloatArray:
        """Return the two sums of the hidden neurons (2,)."""
        return self.network().layers[0].forward(np.array([[self.x1, self.x2]]))[0]

    def outputs(self) -> FloatArray:
        """Return the three raw outputs (3,)."""
        return self.network().forward(np.array([[self.x1, self.x2]]))[0]

    def data(self) -> dict[str, Any]:
        """Return the network, the flowers and the geometry: pieces, folds, height lines, regions.

        Within a piece nothing switches, so all of it is cut out of a rectangle by straight lines.
        """
        return _geometry()

    def _draw(self) -> Figure:
        (X, y), model, z = _places(), self.network(), self.outputs()
        figure, axes = plt.subplots(2, 2, figsize=(6.4, 6.4), height_ratios=(4, 5))
        for k, ax in enumerate(axes.flat[:3]):
            plot_surface(model, k, X, y, xlim=XLIM, ylim=YLIM, z="", ax=ax)
            self._stand(ax, k, float(z[k]))
            best = r" = \mathrm{max}" if k == z.argmax() else ""
            ax.set_title(f"$z_{k + 1} = {z[k]:z.2f}{best}$", color=CLASS_COLORS[k])
        above = plot_decision_regions(model, X, y, xlim=XLIM, ylim=YLIM, ax=axes[1, 1])
        for fold in folds(model, XLIM, YLIM):
            above.plot(*fold.T, color=color("ink"), linewidth=1.4, linestyle=(0, (5, 2)))
        style: dict[str, Any] = {"markeredgecolor": color("background"), "zorder": 5}
        above.plot(self.x1, self.x2, "*", color=color("ink"), markersize=15, **style)
        return figure

    def _stand(self, ax: Axes, k: int, height: float) -> None:
        """Draw the flower on the floor, with a stem up or down to the surface."""
        ends = np.array([[self.x1, self.x2, 0], [self.x1, self.x2, height]])
        foot, top = seen(ends, XLIM, YLIM)
        ax.plot(*np.array([foot, top]).T, color=color("ink"), linewidth=2, zorder=6)
        ax.plot(*foot, "o", color=color("ink"), markersize=4, zorder=6)
        ax.plot(
            *top,
            CLASS_MARKERS[k],
            color=CLASS_COLORS[k],
            markersize=10,
            markeredgecolor=color("ink"),
            zorder=7,
            path_effects=halo(2),
        )


@cache
def _places() -> tuple[FloatArray, IntArray]:
    """Return places and species of the flowers; of those that share both, one is enough."""
    flowers = iris()
    places = np.unique(np.column_stack([flowers.X[:, [3, 1]], flowers.y]), axis=0)
    return places[:, :2], places[:, 2].astype(int)


def _short(points: FloatArray) -> list[Any]:
    return np.round(points, 4).tolist()


@cache
def _geometry() -> dict[str, Any]:
    model, (X, y) = IrisSurfaces.network(), _places()
    hidden, _, output = model.layers
    pieces = [piece for piece, _ in flat_pieces(model, 0, XLIM, YLIM)]
    lines: list[list[FloatArray]] = [[], [], []]
    regions: list[list[FloatArray]] = [[], [], []]
    for piece in pieces:
        z = model.forward(piece)
        for k in range(3):
            first, last = np.ceil(np.array([z[:, k].min(), z[:, k].max()]) / STEP - 0.5).astype(int)
            for level in (np.arange(first, last) + 0.5) * STEP:
                line = cut(piece, z[:, k] - level)[1]
                if len(line) == 2:
                    lines[k].append(line)
            region = piece
            for other in range(3):
                if other != k:
                    ahead = model.forward(region)
                    region = cut(region, ahead[:, k] - ahead[:, other])[0]
                if len(region) == 0:
                    break
            else:
                regions[k].append(region)
    return {
        "layers": [
            {"W": layer.weight.value.tolist(), "b": layer.bias.value.tolist()}
            for layer in (hidden, output)
        ],
        "names": list(iris().class_names),
        "flowers": [_short(X[y == k]) for k in range(3)],
        "pieces": [_short(piece) for piece in pieces],
        "folds": [_short(_bent(model, fold)) for fold in folds(model, XLIM, YLIM)],
        "lines": [[_short(line) for line in some] for some in lines],
        "regions": [[_short(region) for region in some] for some in regions],
    }


def _bent(model: Sequential, fold: FloatArray) -> FloatArray:
    """Put the place where a fold meets the other one between its ends: it also bends there."""
    sums = model.layers[0].forward(fold)
    for here, there in sums.T:
        if here * there < -1e-9:
            crossing = fold[0] + here / (here - there) * (fold[1] - fold[0])
            return np.array([fold[0], crossing, fold[1]])
    return fold
