"""What the chapter says of steps with a few samples, on straight lines through the iris data."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnbook.claims import Claim
from nnlib._typing import FloatArray
from nnlib.datasets import iris
from nnlib.optim import SGD
from nnlib.parameters import Parameter
from nnlib.preprocessing import standardize

SEEDS = range(20)
COLUMNS = {
    "petals": (2, 3),
    "petals-turned": (3, 2),
    "lengths": (0, 2),
    "widths": (1, 3),
    "sepals": (1, 0),
}


class Line:
    """The line from one measurement of the flowers to another, fitted by the MSE.

    Parameters
    ----------
    data : str
        Which two.
    standard : bool
        Whether the input is standardized first.
    """

    def __init__(self, data: str, *, standard: bool) -> None:
        x, self.y = iris().X[:, COLUMNS[data]].T
        if standard:
            x = standardize(x[:, np.newaxis])[0][:, 0]
        self.rows = np.column_stack([x, np.ones_like(x)])
        self.lowest = np.linalg.lstsq(self.rows, self.y, rcond=None)[0]
        self.steepest = float(np.linalg.eigvalsh(2 / len(x) * self.rows.T @ self.rows)[-1])

    def excess(self, places: FloatArray) -> FloatArray:
        """By how much the MSE of each place is above the lowest."""
        moved: FloatArray = (places - self.lowest) @ self.rows.T
        return np.mean(moved**2, axis=1)


class Walkers:
    """Several walks at once, each with samples shuffled in its own way.

    Parameters
    ----------
    line : Line
    seeds : sequence of int
        One for each walk.
    """

    def __init__(self, line: Line, seeds: Sequence[int]) -> None:
        self.line = line
        self.rngs = [np.random.default_rng(seed) for seed in seeds]
        self.place = Parameter(np.zeros((len(seeds), 2)))
        self.sgd = SGD([self.place], lr=1.0)

    def epochs(
        self, count: int, rate: float, batch: int, look: Callable[[FloatArray], None] | None = None
    ) -> FloatArray:
        """Walk on for some epochs, let `look` see the places after each step; return the last."""
        n, self.sgd.lr = len(self.line.y), rate
        for _ in range(count):
            order = np.array([rng.permutation(n) for rng in self.rngs])
            for picked in np.array_split(order, -(-n // batch), axis=1):
                self.step(picked)
                if look is not None:
                    look(self.place.value)
        return self.place.value.copy()

    def step(self, picked: FloatArray) -> None:
        """One step of each walk with its samples."""
        rows, y = self.line.rows[picked], self.line.y[picked]
        residuals = (rows @ self.place.value[:, :, np.newaxis])[..., 0] - y
        self.place.grad = 2 * (residuals[:, np.newaxis] @ rows)[:, 0] / picked.shape[1]
        self.sgd.step()


# -- a smaller rate: what lowers the floor of a constant rate -----------------------------------


def smaller(strength: int, rate: float, batch: int, epochs: int, data: str) -> FloatArray:
    """By how many powers of ten a smaller rate lowers the excess, against going on as before.

    Both begin with the same epochs. Then the excess is averaged over all steps of the second half
    of as many epochs again.
    """
    line = Line(data, standard=True)
    before, after = (
        floor(line, epochs, (rate, batch), (then, batch)) for then in (rate, rate / strength)
    )
    return np.log10(before / after)


def floor(line: Line, epochs: int, first: tuple[float, int], then: tuple[float, int]) -> FloatArray:
    """The mean excess over the steps at the end."""
    walkers, sums = Walkers(line, SEEDS), []
    walkers.epochs(epochs, first[0] / line.steepest, first[1])
    walkers.epochs(epochs // 2, then[0] / line.steepest, then[1])

    def look(places: FloatArray) -> None:
        sums.append(line.excess(places))

    walkers.epochs(epochs - epochs // 2, then[0] / line.steepest, then[1], look)
    return np.mean(sums, axis=0)


CLAIMS = {
    "smaller-rate": Claim(
        judge=smaller,
        usual={"strength": 4, "rate": 0.1, "batch": 5, "epochs": 60, "data": "petals"},
        varied={
            "strength": (2, 3, 8, 20),
            "rate": (0.03, 0.05, 0.2, 0.3),
            "batch": (1, 2, 3, 15),
            "epochs": (30, 120, 270),
            "data": [data for data in COLUMNS if data != "petals"],
        },
    ),
}
