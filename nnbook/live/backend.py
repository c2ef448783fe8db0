"""The backend of matplotlib on the page: `plt.show()` shows what is open."""

from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

from nnbook.live.outputs import show_open_figures

__all__ = ["FigureCanvas", "show"]


def show(*_: object, **__: object) -> None:
    """Show the open figures; the page waits for none."""
    show_open_figures()
