"""A network that writes: letter after letter, each drawn from 27 probabilities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from nnbook.figures._figure import InteractiveFigure
from nnbook.figures._page_random import PageRandom
from nnbook.figures.traits import Letters, Number, Whole
from nnbook.figures.writer.reading import described, flat, rounded
from nnlib._typing import FloatArray
from nnlib.activations import softmax
from nnlib.datasets import dinosaurs
from nnlib.networks import Sequential
from nnlib.plots.style import color, label_axes
from nnlib.sequences import LETTERS, Attention, Embedding, numbers, windows

LONGEST = 24
"""A name ends after this many letters, if it has not before."""


@dataclass
class Draw:
    """One letter that was drawn: what stood before, the 27 probabilities, its number."""

    before: str
    p: FloatArray
    letter: int


class Writer(InteractiveFigure):
    r"""A network writes a name: it gives 27 probabilities, a letter is drawn, and again.

    The probabilities of the letter that follows are :math:`\operatorname{softmax}(z / T)`, where z
    are the raw outputs for the last letters. The dot stands for the end of the name. If the network
    has attention, a bar under each of the last letters is the weight that this letter had.

    Parameters
    ----------
    network : Sequential, optional
        It takes the numbers of the last letters and gives 27 raw outputs, as those that
        `nnlib.write` takes; its numbers are rounded to three decimals. Without it, the figure has
        a table of how often each letter follows each in the names.
    names : list of str, optional
        What is written is compared with these: by default all of `nnlib.datasets.dinosaurs`.
    start : str
        The first letters.
    temperature : float
        T, from 0.1 to 4.
    seed : int
        Of the letters that are drawn, from 0 to 9,999.
    count : int
        How many draws have been made, from 0 to 24.
    language : str, such as "zh"

    Examples
    --------
    >>> network = nnlib.Sequential(
    ...     nnlib.Embedding(27, 2, length=3, rng=0), nnlib.Linear(6, 27, rng=0)
    ... )
    >>> widgets.Writer(network, start="dino", count=0).word()
    'dino'
    """

    start = Letters(most=12)
    temperature = Number(1.0, min=0.1, max=4, scale="log")
    seed = Whole(1, min=0, max=9999)
    count = Whole(LONGEST, min=0, max=LONGEST)
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "cold": {"temperature": 0.3},
        "plain": {"temperature": 1.0},
        "hot": {"temperature": 2.0},
    }

    def __init__(
        self,
        network: Sequential | None = None,
        *,
        names: Iterable[str] | None = None,
        **traits: Any,
    ) -> None:
        self.names = tuple(dinosaurs() if names is None else names)
        windows(self.names, 1)  # refuses what are no names
        self.network = rounded(_pairs(self.names) if network is None else network)
        self._layers = described(self.network)
        super().__init__(**traits)

    def probabilities(self, word: str) -> FloatArray:
        """Return the 27 probabilities of what follows a word (27,)."""
        return softmax(self.network.predict([self._window(word)])[0] / self.temperature)

    def looks(self, word: str) -> FloatArray | None:
        """Return the weights of the attention on the last letters, if the network has any."""
        A: Any = [self._window(word)]
        for layer in flat(self.network):
            if isinstance(layer, Attention):
                return layer.weights(A)[0]
            A = layer.predict(A)
        return None

    def _window(self, word: str) -> list[int]:
        length = self.network.in_features or 0
        return ([0] * length + numbers("word", word, empty=True))[-length:]

    def draws(self) -> list[Draw]:
        """Return all draws of the name, to its end."""
        rng, word, found = PageRandom(int(self.seed)), self.start, list[Draw]()
        while len(word) < LONGEST:
            p = self.probabilities(word)
            letter = min(int((np.cumsum(p) <= rng.random()).sum()), len(p) - 1)
            found.append(Draw(word, p, letter))
            if letter == 0:
                break
            word += LETTERS[letter]
        return found

    def word(self) -> str:
        """Return what is written after `count` draws."""
        drawn = self.draws()[: int(self.count)]
        return self.start + "".join(LETTERS[draw.letter] for draw in drawn if draw.letter)

    def nearest(self) -> tuple[str, int]:
        """Return the first of the names that is nearest to the word, and its distance.

        That is how many letters have to be put in, taken out or exchanged.
        """
        distances = [edit_distance(self.word(), name) for name in self.names]
        best = int(np.argmin(distances))
        return self.names[best], distances[best]

    def data(self) -> dict[str, Any]:
        """Return the network, in thousandths, and the names."""
        parts = {"layers": self._layers, "window": self.network.in_features}
        return parts | {"names": " ".join(self.names), "longest": LONGEST}

    def _draw(self) -> Figure:
        drawn = self.draws()[: int(self.count)]
        p = drawn[-1].p if drawn else self.probabilities(self.start)
        figure, ax = plt.subplots(figsize=(7.2, 2.6))
        bars = ax.bar(range(len(p)), p, color=color("ink"), width=0.72)
        if drawn:
            bars[drawn[-1].letter].set_color(color("prediction"))
        ax.set_xticks(range(len(p)), [f"$\\mathtt{{{letter}}}$" for letter in LETTERS])
        ax.set(xlim=(-0.6, len(p) - 0.4), ylim=(0, None))
        word = self.word()
        if word:
            ax.set_title(f"$\\mathtt{{{word}}}$", fontsize=15)
        label_axes(ax, "", "$p$")
        return figure


@cache
def _pairs(names: tuple[str, ...]) -> Sequential:
    """Return a network of one layer: the logarithms of how often each letter follows each."""
    X, labels = windows(names, 1)
    counts = np.full((len(LETTERS), len(LETTERS)), 0.01)  # none is impossible
    np.add.at(counts, (X[:, 0], labels), 1)
    layer = Embedding(len(LETTERS), len(LETTERS), length=1, rng=0)
    layer.weight.value = np.log(counts / counts.sum(axis=1, keepdims=True))
    return Sequential(layer)


def edit_distance(one: str, other: str) -> int:
    """Return how many letters have to be put in, taken out or exchanged, after Levenshtein.

    Examples
    --------
    >>> edit_distance("tirex", "trex")
    1
    """
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, match in enumerate(other, 1):
            cost = min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != match))
            diagonal, row[j] = row[j], cost
    return row[-1]
