"""What helps a network that has only 40 points to learn from? Every remedy gets the same treatment.

Twenty data sets of the chapter on judging a network: 40 noisy points of two half moons, and 2,000
more that judge at the end. Each remedy has one number, which is chosen by five-fold
cross-validation on the 40 points from a grid that contains "no remedy"; then the network is trained
again on all 40. All differences are paired: the same data set, the same start, the same batches.
"""

from typing import Any

import numpy as np

import nnlib
from nnlib.datasets import moons

SETS = range(100, 120)
FOLDS = 5
SIZES = (2, 32, 32, 2)
EPOCHS = 200
DECAYS = (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
SMOOTHINGS = (0, 0.05, 0.1, 0.2, 0.4, 0.6)
WIDTHS = (1, 2, 4, 8, 16, 32)
TEMPERATURES = np.geomspace(1, 30, 40)

Points = tuple[np.ndarray, np.ndarray]


def smoothed(epsilon: float) -> nnlib.Loss:
    """Return the cross-entropy with targets of which a part is spread over both classes."""

    def both(scores: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
        q = (1 - epsilon) * nnlib.one_hot(y, 2) + epsilon / 2
        value = -np.mean(np.sum(q * nnlib.log_softmax(scores), axis=1))
        return float(value), (nnlib.softmax(scores) - q) / len(scores)

    return nnlib.Loss("smoothed", both, target="labels")


def train(
    known: Points,
    seed: int,
    *,
    sizes: tuple[int, ...] = SIZES,
    decay: float = 0,
    smoothing: float = 0,
    epochs: int = EPOCHS,
    new: Points | None = None,
) -> tuple[nnlib.Sequential, nnlib.History]:
    """Train as the chapter does: rate 0.03, momentum 0.9, batches of 20 points."""
    rng = np.random.default_rng(seed)
    net = nnlib.mlp(sizes, rng=rng)
    history = nnlib.fit(
        net,
        *known,
        loss=smoothed(smoothing) if smoothing else "cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9, weight_decay=decay),
        epochs=epochs,
        batch_size=20,
        rng=rng,
        validation=new,
    )
    return net, history


def loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Return the cross-entropy of raw outputs."""
    return nnlib.cross_entropy_with_logits(Z, y)


def folded(few: Points, seed: int, **changed: Any) -> tuple[np.ndarray, np.ndarray]:
    """Answer each point by the network that was trained without its fold.

    Returns the raw outputs, and the mean loss on the points left out after each epoch.
    """
    X, y = few
    Z, by_epoch = np.empty((len(X), 2)), np.zeros(EPOCHS + 1)
    for fold in range(FOLDS):
        out = np.arange(len(X)) % FOLDS == fold
        net, history = train((X[~out], y[~out]), seed, new=(X[out], y[out]), **changed)
        Z[out] = net.forward(X[out])
        by_epoch += np.array(history.validation_losses) / FOLDS
    return Z, by_epoch


def best(grid: Any, costs: list[float]) -> Any:
    """Return the value of the lowest cost."""
    return grid[int(np.argmin(costs))]


def contest(seed: int) -> dict[str, tuple[float, float]]:
    """Return loss and accuracy on new points for each remedy."""
    rng = np.random.default_rng(seed)
    sets = [moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000)]
    few, more, new = ((d.X, d.y) for d in sets)

    def costs(name: str, grid: Any) -> list[float]:
        return [loss(folded(few, seed, **{name: value})[0], few[1]) for value in grid]

    shapes = [(2, width, width, 2) for width in WIDTHS]
    left_out, by_epoch = folded(few, seed)
    T = best(TEMPERATURES, [loss(left_out / T, few[1]) for T in TEMPERATURES])
    ways = {
        "plain": {},
        "decay": {"decay": best(DECAYS, costs("decay", DECAYS))},
        "smoothing": {"smoothing": best(SMOOTHINGS, costs("smoothing", SMOOTHINGS))},
        "stop": {"epochs": int(np.argmin(by_epoch[1:])) + 1},
        "width": {"sizes": best(shapes, costs("sizes", shapes))},
        "none": {"sizes": (2, 2)},
    }
    answers = {name: train(few, seed, **way)[0].forward(new[0]) for name, way in ways.items()}
    answers["temperature"] = answers["plain"] / T
    both = np.concatenate([few[0], more[0]]), np.concatenate([few[1], more[1]])
    answers["more"] = train(both, seed)[0].forward(new[0])
    return {k: (loss(Z, new[1]), nnlib.accuracy(Z, new[1])) for k, Z in answers.items()}


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    sets = [contest(seed) for seed in SETS]
    judged = {name: np.array([each[name] for each in sets]) for name in sets[0]}
    found = {}
    for name, both in judged.items():
        change = both - judged["plain"]
        error = change.std(axis=0, ddof=1) / np.sqrt(len(SETS))
        found[f"{name}_loss"] = f"{both[:, 0].mean():.2f}"
        found[f"{name}_accuracy"] = f"{both[:, 1].mean():.3f}"
        if name != "plain":
            found[f"{name}_less"] = f"{-change[:, 0].mean():.2f} ± {error[0]:.2f}"
            sign = "+" if change[:, 1].mean() >= 0 else "−"
            size = abs(change[:, 1].mean())
            found[f"{name}_right"] = f"{sign}{size:.3f} ± {error[1]:.3f}"
    for name in ("smoothing", "none"):
        behind = judged[name][:, 0] - judged["decay"][:, 0]
        error = behind.std(ddof=1) / np.sqrt(len(SETS))
        found[f"{name}_behind"] = f"{behind.mean():.3f} ± {error:.3f}"
    return found
