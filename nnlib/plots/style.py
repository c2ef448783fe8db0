"""The look of every figure: colors from the tokens, thin axes, and one exact form of SVG."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, cast

import matplotlib.patheffects
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib import textpath
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from nnlib._typing import FloatArray
from nnlib._validation import one_of

_the_parser = cache(MathTextParser)

TOKENS: dict[str, dict[str, str]] = json.loads(
    Path(__file__).parents[1].joinpath("tokens.json").read_text(encoding="utf-8")
)
"""Quantity -> its color on a light page and on a dark one. Figures are drawn in the light ones;
the site makes the dark twin by replacing each light color with its dark one."""


def color(name: str) -> str:
    """Color of a quantity, as `"#rrggbb"`.

    Parameters
    ----------
    name : str
        `"input"`, `"weight"`, `"bias"`, `"activation"`, `"prediction"`, `"target"`, `"loss"`,
        `"gradient"`, `"ink"`, `"muted"`, `"grid"`, `"background"`, `"positive"`, `"zero"`,
        `"negative"`, or `"class0"` to `"class9"` (for text: `"class2-text"`,
        `"negative-text"`); the page's own are `"soft"` (secondary text), `"surface"`, `"edge"`
        (outlines of controls), `"rest"` (of a slider's track), `"amber"` (tasks and mistakes)
        and `"right"` (right answers).

    Raises
    ------
    ValueError
        If there is no such quantity.
    """
    return TOKENS[one_of("name", name, TOKENS)]["light"]


CLASS_COLORS = [color(f"class{k}") for k in range(10)]
CLASS_MARKERS = ["o", "s", "^", "D", "v", "P", "X", "p", "<", ">"]
LINE_STYLES: list[Any] = ["-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)), (0, (1, 1))]
"""Curves differ not only in color but also in style."""

_STYLE: dict[str, Any] = {
    "figure.figsize": (5.6, 3.4),
    "figure.facecolor": "none",
    "figure.constrained_layout.use": True,
    "savefig.facecolor": "none",
    "font.family": "cmr10",  # the numbers of the formulas
    "font.size": 11.5,
    "axes.formatter.use_mathtext": True,  # that font has no minus sign of its own
    "mathtext.fontset": "cm",
    "text.color": color("ink"),
    "axes.facecolor": "none",
    "axes.edgecolor": color("muted"),
    "axes.labelcolor": color("ink"),
    "axes.labelsize": 14,
    "axes.titlesize": 13,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=CLASS_COLORS),
    "xtick.color": color("muted"),
    "ytick.color": color("muted"),
    "xtick.major.width": 0.8,
    "ytick.major.width": 0.8,
    "xtick.minor.width": 0.5,
    "ytick.minor.width": 0.5,
    "grid.color": color("grid"),
    "grid.linewidth": 0.8,
    "lines.linewidth": 2,
    "lines.solid_capstyle": "round",
    "patch.edgecolor": color("ink"),
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "nnlib",
}


def style_context() -> AbstractContextManager[None]:
    """Draw in the book's style inside a `with` block, whatever the style outside."""
    return plt.rc_context(cast("Any", _STYLE))


def use_style() -> None:
    """Draw all figures that follow in the book's style.

    In a notebook, figures are shown only as SVG, in a form that is the same byte for byte on every
    machine; and a cell that ends with a plot shows the plot without the name of the Axes.
    """
    plt.rcParams.update(cast("Any", _STYLE))
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        return
    if "inline" in plt.get_backend():
        from matplotlib_inline.backend_inline import configure_inline_support
        from matplotlib_inline.config import InlineBackend

        # The inline backend registers its PNG once, at some time of its own: let it do so now.
        InlineBackend.instance(parent=shell).figure_formats = set()
        configure_inline_support(shell, plt.get_backend())  # type: ignore[no-untyped-call]
    display = shell.display_formatter
    for formatter in display.formatters.values():
        formatter.pop(Figure, None)
    display.formatters["image/svg+xml"].for_type(Figure, to_svg)
    display.ipython_display_formatter.for_type(Axes, lambda axes: None)


@contextmanager
def _formulas_read_once() -> Iterator[None]:
    """Let matplotlib keep one parser, which remembers the formulas that it has read.

    It makes a new one each time that it lays a figure out or draws it: nearly twice the time.
    """
    made = textpath.MathTextParser  # type: ignore[attr-defined]
    textpath.MathTextParser = _the_parser  # type: ignore[attr-defined, assignment]
    try:
        yield
    finally:
        textpath.MathTextParser = made  # type: ignore[attr-defined]


def to_svg(figure: Figure) -> str:
    """Write a figure as SVG: the same figure gives the same bytes, wherever it is drawn.

    No date, no version, no comments; coordinates to two decimals, so that the last digits of a
    machine's arithmetic do not show; identifiers numbered in order instead of hashed.

    Parameters
    ----------
    figure : matplotlib Figure

    Returns
    -------
    str
    """
    buffer = io.StringIO()
    nothing = dict.fromkeys(["Creator", "Date", "Format", "Type"])
    # Afterwards matplotlib would give a figure without a layout the default one.
    with plt.rc_context({"figure.constrained_layout.use": False}), _formulas_read_once():
        figure.savefig(buffer, format="svg", metadata=nothing)
    return _canonical(buffer.getvalue())


def to_png(figure: Figure) -> str:
    """Write a figure as PNG in base64, in few colors: a third of the bytes, the same to the eye."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=120)
    small = io.BytesIO()
    few = Image.open(buffer).quantize(96, method=Image.Quantize.FASTOCTREE)
    few.save(small, format="PNG", optimize=True)
    return base64.b64encode(small.getvalue()).decode("ascii")


def _canonical(svg: str) -> str:
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    # The style sheet's one rule that is not the default, where it cannot leak into a page.
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = svg.replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    svg = re.sub(r'(?<= d=")[^"]*', lambda path: _short_path(path[0]), svg)
    svg = re.sub(r'(?<=translate\()[^)]*|(?<= [xy]=")[^"]*', lambda text: _rounded(text[0]), svg)
    # Six decimals are all that matplotlib writes, but for the opacity of a hatch.
    svg = re.sub(r"\d+\.\d{7,}", lambda number: f"{float(number[0]):.6f}", svg)
    svg = re.sub(r">\s+<", ">\n<", svg).strip() + "\n"
    svg = re.sub(r"<g([^>]*)>\n((?:<use [^>]*/>\n){2,})</g>", _style_once, svg)
    svg = svg.replace(' id="crisp"', ' shape-rendering="crispEdges"')
    references = set(re.findall(r'(?:href="#|url\(#)([^")]*)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda name: name[0] if name[1] in references else "", svg)
    hashed = dict.fromkeys(re.findall(r' id="([A-Za-z]+[0-9a-f]{10})"', svg))
    for number, name in enumerate(hashed):
        svg = re.sub(rf"\b{name}\b", f"i{number}", svg)
    # Two figures on one page must not share these names, so a digest of the figure goes in front.
    digest = hashlib.sha256(svg.encode()).hexdigest()[:8]
    return re.sub(r'(id="|href="#|url\(#)(i\d+)\b', rf"\g<1>f{digest}-\2", svg)


def _style_once(group: re.Match[str]) -> str:
    """Let markers that share one style take it from their group."""
    attributes, markers = group.groups()
    styles = re.findall(r' style="[^"]*"', markers)
    if len(styles) != markers.count("<use ") or len(set(styles)) > 1:
        return group[0]
    return f"<g{attributes}{styles[0]}>\n{markers.replace(styles[0], '')}</g>"


def _short_path(path: str) -> str:
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(" ".join(path.split())))


def _rounded(text: str) -> str:
    def two_decimals(number: re.Match[str]) -> str:
        short = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
        return "0" if short == "-0" else short

    return re.sub(r"-?\d+\.\d+", two_decimals, text)


def new_axes(ax: Axes | None, *, figsize: tuple[float, float] | None = None) -> Axes:
    """`ax` itself, or the Axes of a new figure."""
    if ax is None:
        return plt.subplots(figsize=figsize)[1]
    if not isinstance(ax, Axes):
        raise TypeError(f"ax must be a matplotlib Axes or None, got {ax!r}")
    return ax


def label_axes(ax: Axes, x: str = "", y: str = "") -> Axes:
    r"""Name the axes where a mathematician does: x at the right end, y on top, upright.

    Parameters
    ----------
    ax : Axes
    x, y : str
        Symbols, such as `r"$\hat y$"`.
    """
    ax.set_xlabel(x, loc="right")
    ax.set_title(y, loc="left", fontsize=plt.rcParams["axes.labelsize"], pad=8)
    return ax


def code(name: str) -> str:
    """Name of code for a figure, in the typewriter face: `relu`."""
    return rf"$\mathtt{{{name.replace('_', chr(92) + '_')}}}$"


def crisp(artist: Artist) -> None:
    """Draw an artist without antialiasing, so that squares side by side leave no seam."""
    artist.set_gid("crisp")  # matplotlib has no word for it in SVG; `to_svg` translates this one


def halo(width: float = 3) -> list[matplotlib.patheffects.AbstractPathEffect]:
    """Outline in the page's color, so that text on a line stays readable."""
    return [matplotlib.patheffects.withStroke(linewidth=width, foreground=color("background"))]


LineEnd = tuple[float, float, str, str]
"""Where a line ends (x, y), its label, and its color."""


def line_end(x: ArrayLike, y: ArrayLike, label: str, shade: str) -> list[LineEnd]:
    """Find the last finite point of a line, for its label; nothing without a label or a point."""
    finite = np.flatnonzero(np.isfinite(y))
    if not label or not finite.size:
        return []
    last = int(finite[-1])
    return [(float(np.asarray(x)[last]), float(np.asarray(y)[last]), label, shade)]


def label_ends(ax: Axes, labels: Sequence[LineEnd]) -> None:
    r"""Write labels to the right of where lines end, moved apart where they would overlap.

    Call it when the limits of the Axes are final.

    Parameters
    ----------
    ax : Axes
    labels : sequence of (x, y, text, color)
        Where each line ends, and what to write there, such as
        `(1, 0.5, r"$\hat y$", plots.color("prediction"))`.
    """
    ax.get_xlim(), ax.get_ylim()  # matplotlib computes pending limits only when asked
    to_axes = ax.transData + ax.transAxes.inverted()
    spots = [to_axes.transform((x, y)) for x, y, _, _ in labels]
    step = 0.085  # a line of text, as a part of the height
    order = sorted(range(len(labels)), key=lambda i: (round(float(spots[i][1]), 6), i))
    heights = np.array([float(np.clip(spots[i][1], 0, 1)) for i in order])
    for _ in range(50):  # push neighbors apart by half of what is missing, until nothing is
        for i in range(len(heights) - 1):
            missing = step - (heights[i + 1] - heights[i])
            if missing > 1e-6:
                heights[i] -= missing / 2
                heights[i + 1] += missing / 2
    for i, height in zip(order, heights, strict=True):
        text, shade = labels[i][2:]
        ax.annotate(
            text,
            (float(spots[i][0]), float(height)),
            xycoords="axes fraction",
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=shade,
            fontsize=12,
        )


def marker(k: int, **more: Any) -> dict[str, Any]:
    """How points of class k look: classes differ not only in color but also in shape."""
    return {"linestyle": "", "marker": CLASS_MARKERS[k], "color": CLASS_COLORS[k], **more}


def around(values: FloatArray, part: float = 0.08) -> tuple[float, float]:
    """Limits of an axis: wider than the values by a part of their range on either side."""
    margin = part * float(np.ptp(values)) or 0.5
    return float(values.min()) - margin, float(values.max()) + margin


def stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int)))
    return [(int(first), int(after) - 1) for first, after in edges.reshape(-1, 2)]
