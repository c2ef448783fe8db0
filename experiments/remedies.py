"""What helps a network that has only 40 points to learn from, and what does the choice cost?

A hundred data sets: 40 noisy points of two half moons, and 2,000 that judge. Weight decay takes
part with the 0.01 of the chapter, and with numbers from a grid that five-fold cross-validation on
the 40 points and 200 other points choose. Differences are paired: same data set, same start.
"""

from typing import Any

import numpy as np

import nnlib
from nnlib.datasets import moons

SETS = range(100, 200)
FOLDS = 5
SIZES = (2, 32, 32, 2)
DECAYS = (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)

Points = tuple[np.ndarray, np.ndarray]


def train(
    known: Points, seed: int, *, sizes: tuple[int, ...] = SIZES, decay: float = 0
) -> nnlib.Sequential:
    """Train as the chapter does: rate 0.03, momentum 0.9, 200 epochs in batches of 20 points."""
    rng = np.random.default_rng(seed)
    net = nnlib.mlp(sizes, rng=rng)
    nnlib.fit(
        net,
        *known,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9, weight_decay=decay),
        epochs=200,
        batch_size=20,
        rng=rng,
        evaluate_training=False,
    )
    return net


def left_out(few: Points, seed: int, decay: float) -> float:
    """Return the loss of networks on the points of the folds that they were trained without."""
    X, y = few
    Z = np.empty((len(X), 2))
    for fold in range(FOLDS):
        out = np.arange(len(X)) % FOLDS == fold
        Z[out] = train((X[~out], y[~out]), seed, decay=decay).forward(X[out])
    return nnlib.cross_entropy_with_logits(Z, y)


def contest(seed: int) -> dict[str, tuple[float, float]]:
    """Return loss and accuracy on new points for each remedy."""
    rng = np.random.default_rng(seed)
    few, more, new = ((d.X, d.y) for d in (moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000)))
    both = np.concatenate([few[0], more[0]]), np.concatenate([few[1], more[1]])

    def judged(by: Points, known: Points = few, **way: Any) -> tuple[float, float]:
        Z = train(known, seed, **way).forward(by[0])
        return nnlib.cross_entropy_with_logits(Z, by[1]), nnlib.accuracy(Z, by[1])

    chosen = min(DECAYS, key=lambda decay: left_out(few, seed, decay))
    asked = min(DECAYS, key=lambda decay: judged(more, decay=decay))
    return {
        "plain": judged(new),
        "decay": judged(new, decay=0.01),
        "chosen": judged(new, decay=chosen),
        "asked": judged(new, decay=asked),
        "none": judged(new, sizes=(2, 2)),
        "more": judged(new, both),
        "value": (chosen, 0),
    }


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    sets = [contest(seed) for seed in SETS]
    judged = {name: np.array([each[name] for each in sets]) for name in sets[0]}
    values, asked = judged.pop("value")[:, 0], judged.pop("asked")[:, 1]
    found = {"least": f"{values.min():g}", "most": f"{values.max():g}"}
    for name, both in judged.items():
        found[f"{name}_loss"] = f"{both[:, 0].mean():.2f}"
        found[f"{name}_accuracy"] = f"{both[:, 1].mean():.3f}"
        if name != "plain":
            found[f"{name}_less"] = paired(judged["plain"][:, 0], both[:, 0]).removeprefix("+")
            found[f"{name}_right"] = paired(both[:, 1], judged["plain"][:, 1])
    for name, right in (("choice", judged["chosen"][:, 1]), ("asked", asked)):
        found[f"{name}_accuracy"] = paired(judged["decay"][:, 1], right).removeprefix("+")
    return found


def paired(first: np.ndarray, second: np.ndarray) -> str:
    """Write the mean difference with its sign, and its standard error."""
    d = first - second
    mean, error = float(d.mean()), float(d.std(ddof=1)) / np.sqrt(len(d))
    return f"{'+' if mean >= 0 else '−'}{abs(mean):.3f} ± {error:.3f}"
