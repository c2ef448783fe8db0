"""Figures of the book, drawn by matplotlib.

Every function takes `ax=None` (then it makes a new figure) and returns the Axes it drew on.
Figures hold symbols and names of code, never words, so that every edition of the book can
share them. `use_style` comes first. The examples need the imports of every chapter:
`import numpy as np`, `import nnlib`, `from nnlib import plots`.
"""

from nnlib._extras import missing

try:
    import matplotlib  # noqa: F401 (only to say what is missing)
except ImportError as error:
    raise missing("nnlib.plots", "plots", error) from error

from nnlib.plots.curves import plot_activation, plot_curves, plot_loss
from nnlib.plots.fits import plot_fit, plot_residuals
from nnlib.plots.graph import draw_graph
from nnlib.plots.grids import plot_bars, plot_images, plot_jacobian, plot_lamps
from nnlib.plots.network import draw_network
from nnlib.plots.regions import plot_classes, plot_contour, plot_decision_regions
from nnlib.plots.squiggle import plot_squiggle
from nnlib.plots.style import color, label_axes, label_ends, to_svg, use_style
from nnlib.plots.surfaces import plot_output, plot_surface

__all__ = [
    "color",
    "draw_graph",
    "draw_network",
    "label_axes",
    "label_ends",
    "plot_activation",
    "plot_bars",
    "plot_classes",
    "plot_contour",
    "plot_curves",
    "plot_decision_regions",
    "plot_fit",
    "plot_images",
    "plot_jacobian",
    "plot_lamps",
    "plot_loss",
    "plot_output",
    "plot_residuals",
    "plot_squiggle",
    "plot_surface",
    "to_svg",
    "use_style",
]
