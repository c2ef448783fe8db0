"""Draw the picture that a link to the book shows elsewhere: theme/book/static/preview.png.

A network of two hidden neurons, and the curve that it bends through the three points of the first
chapter. No words: all editions share it.
"""

import argparse
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

import nnlib
from nnlib import plots

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "theme" / "book" / "static" / "preview.png"
SIZE = (1200, 630)  # pixels, the size that Open Graph asks for
SCALE = 160  # dots per inch: the larger, the larger lines and marks


def draw(target: Path) -> None:
    """Draw the picture."""
    plots.use_style()
    mpl.use("agg")
    model = nnlib.Sequential(
        nnlib.Linear.from_arrays([[3.34, -3.53]], [-1.43, 0.57]),
        nnlib.Softplus(),
        nnlib.Linear.from_arrays([[-1.22], [-2.30]], [2.61]),
    )
    figure = plt.figure(figsize=(SIZE[0] / SCALE, SIZE[1] / SCALE), dpi=SCALE, layout="none")
    plots.draw_network(model, ax=figure.add_axes((0.03, 0.1, 0.5, 0.8)))
    data = nnlib.datasets.dosage()
    curve = figure.add_axes((0.56, 0.14, 0.39, 0.72))
    x = np.linspace(-0.02, 1.02, 300)[:, None]
    curve.plot(x, model.forward(x), color=plots.color("prediction"), linewidth=5)
    curve.scatter(data.X, data.y, s=130, color=plots.color("target"), zorder=3)
    curve.set(xticks=[], yticks=[], xlim=(-0.06, 1.06), ylim=(-0.2, 1.2))
    figure.savefig(target, dpi=SCALE, facecolor=plots.color("background"))
    plt.close(figure)


def main() -> None:
    """Draw it where the site finds it."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    draw(TARGET)


if __name__ == "__main__":
    main()
