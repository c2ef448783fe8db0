"""27 letters in the plane, while a network learns which letter follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures._page_random import PageRandom
from nnbook.figures.traits import Choice, Whole
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import dinosaurs
from nnlib.layers import Linear, Tanh
from nnlib.losses import LOSSES
from nnlib.networks import Sequential
from nnlib.optim import SGD
from nnlib.plots.style import color, label_axes
from nnlib.sequences import LETTERS, Embedding, windows
from nnlib.train import train_step

WINDOW = 3
HIDDEN = 32
RATE = 0.4
BATCH = 32
SPREAD = 0.3
"""The standard deviation of the letters' coordinates at the start."""
EVERY = 50
"""The loss is measured after so many steps."""
ASIDE = 5
"""One name of so many is kept aside: on these names the loss is measured."""
VOWELS = "aeiou"


@dataclass
class Training:
    """A run: where the letters are (27, 2), and the losses after each `EVERY` steps."""

    points: FloatArray
    losses: list[float]


class EmbeddingTrainer(InteractiveFigure):
    r"""An embedding of the 27 letters in the plane, watched while it trains.

    A network reads the last three letters of a dinosaur's name and learns which one follows:
    ``Embedding(27, 2)``, 6-32-27 with tanh, steps of stochastic gradient descent with batches of
    32 windows and the rate 0.4. The coordinates of the letters are parameters like all others. One
    name of five is kept aside: on these the loss is measured, in nats.

    Parameters
    ----------
    step : int
        The moment shown, from 0 (the start) to 4,000.
    seed : int
        Of the start and the batches, from 0 to 99.
    letter : {".", "a", ..., "z"}
        The letter whose nearest letters are named.
    language : str, such as "zh"
    """

    step = Whole(0, min=0, max=4000)
    seed = Whole(0, min=0, max=99)
    letter = Choice(list(LETTERS), default="a")
    presets: ClassVar[dict[str, dict[str, Any]]] = {}

    def network(self) -> Sequential:
        """Return the network at its start."""
        return _start(PageRandom(int(self.seed)))

    def training(self) -> Training:
        """Train to the moment that is shown."""
        return _trained(int(self.seed), int(self.step))

    def nearest(self, count: int = 3) -> list[tuple[str, float]]:
        """Return the letters that are nearest to `letter`, with their distances."""
        points = self.training().points
        here = LETTERS.index(self.letter)
        distances = np.hypot(*(points - points[here]).T)
        order = [k for k in np.argsort(distances, kind="stable") if k != here]
        return [(LETTERS[k], float(distances[k])) for k in order[:count]]

    def data(self) -> dict[str, Any]:
        """Return the names, and what the page needs to train as `nnlib` does."""
        return {
            "names": " ".join(dinosaurs()),
            "window": WINDOW,
            "hidden": HIDDEN,
            "rate": RATE,
            "batch": BATCH,
            "spread": SPREAD,
            "every": EVERY,
            "aside": ASIDE,
        }

    def _draw(self) -> Figure:
        run = self.training()
        # One above the other, as on a narrow page: there the letters stay as large as the text.
        figure, (plane, loss) = plt.subplots(2, 1, figsize=(4.6, 5.6), height_ratios=(3, 1))
        here = LETTERS.index(self.letter)
        for name, _ in self.nearest():
            ends = run.points[[here, LETTERS.index(name)]]
            plane.plot(*ends.T, color=color("muted"), linewidth=1, zorder=0)
        for name, point in zip(LETTERS, run.points, strict=True):
            shade = "class0" if name in VOWELS else "ink"
            style = {"ha": "center", "va": "center", "fontsize": 14}
            plane.text(*point, f"${name}$", color=color(shade), **style)
        reach = 1.15 * np.abs(run.points).max()
        plane.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        steps = EVERY * np.arange(len(run.losses))
        loss.plot(steps, run.losses, color=color("loss"), marker="o", markersize=3)
        loss.axhline(np.log(len(LETTERS)), color=color("muted"), linestyle=(0, (1, 3)))
        loss.set(xlim=(0, max(EVERY, int(self.step))))
        label_axes(loss, "$t$", "$L$")
        return figure


@cache
def _windows() -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return windows and labels of the names to train on, and of those kept aside."""
    names = dinosaurs()
    train = [name for i, name in enumerate(names) if i % ASIDE != ASIDE - 1]
    return *windows(train, WINDOW), *windows(names[ASIDE - 1 :: ASIDE], WINDOW)


def _start(rng: PageRandom) -> Sequential:
    letters = Embedding(len(LETTERS), 2, length=WINDOW, rng=rng)
    letters.weight.value = SPREAD * letters.weight.value
    hidden = Linear(2 * WINDOW, HIDDEN, rng=rng, init="glorot")
    return Sequential(letters, hidden, Tanh(), Linear(HIDDEN, len(LETTERS), rng=rng, init="glorot"))


@cache
def _trained(seed: int, steps: int) -> Training:
    X, labels, X_aside, labels_aside = _windows()
    rng, loss = PageRandom(seed), LOSSES["cross_entropy_with_logits"]
    model = _start(rng)
    optimizer = SGD(model.parameters(), lr=RATE)
    losses: list[float] = []
    for step in range(steps + 1):
        if step % EVERY == 0:
            losses.append(loss.function(model.predict(X_aside), labels_aside))
        if step < steps:
            batch = (rng.random(BATCH) * len(X)).astype(int)
            train_step(model, X[batch], labels[batch], loss=loss, optimizer=optimizer)
    return Training(model.layers[0].weight.value.copy(), losses)
