"""What helps a network that has 40 points to learn from? Every remedy gets the same treatment.

Twenty data sets of the chapter on judging a network: 40 noisy points of two half moons, 2,000 more
that judge at the end. Each remedy has one number that is chosen by five-fold cross-validation on
the 40 points, over a grid that contains "no remedy"; then the network is trained again on all 40.
All differences are paired: the same data set, the same start.
"""

from collections.abc import Callable, Mapping

import numpy as np

import nnlib
from nnlib.datasets import Dataset, moons

SETS = range(100, 120)
FOLDS = 5
SIZES = (2, 32, 32, 2)
EPOCHS = 200
GRIDS: dict[str, list[float]] = {
    "decay": [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
    "smoothing": [0, 0.05, 0.1, 0.2, 0.4, 0.6],
    "width": [1, 2, 4, 8, 16, 32],
    "temperature": [float(T) for T in np.geomspace(1, 30, 40)],
}


def smoothed(epsilon: float) -> nnlib.Loss:
    """Return the cross-entropy with targets of which a part is spread over both classes."""

    def both(scores: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
        q = (1 - epsilon) * nnlib.one_hot(y, 2) + epsilon / 2
        value = -np.mean(np.sum(q * nnlib.log_softmax(scores), axis=1))
        return float(value), (nnlib.softmax(scores) - q) / len(scores)

    return nnlib.Loss("smoothed", both, target="labels")


def train(
    X: np.ndarray,
    y: np.ndarray,
    seed: int,
    *,
    sizes: tuple[int, ...] = SIZES,
    decay: float = 0,
    smoothing: float = 0,
    epochs: int = EPOCHS,
    callback: Callable[[int, nnlib.History], None] | None = None,
    look: tuple[nnlib.Sequential, list[float]] | None = None,
) -> nnlib.Sequential:
    """Train as the chapter does: rate 0.03, momentum 0.9, batches of 20 points."""
    rng = np.random.default_rng(seed)
    net = nnlib.mlp(sizes, rng=rng)
    nnlib.fit(
        net,
        X,
        y,
        loss=smoothed(smoothing) if smoothing else "cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9, weight_decay=decay),
        epochs=epochs,
        batch_size=20,
        rng=rng,
        callback=callback,
    )
    return net


def loss(Z: np.ndarray, y: np.ndarray) -> float:
    """Return the cross-entropy of raw outputs."""
    return nnlib.cross_entropy_with_logits(Z, y)


def settings(name: str, value: float) -> dict[str, object]:
    """Return what a remedy changes in the training."""
    if name == "width":
        return {"sizes": (2, int(value), int(value), 2)}
    return {name: value}


def validated(X: np.ndarray, y: np.ndarray, seed: int, **changed: object) -> np.ndarray:
    """Return the raw outputs for each point, of the network that was trained without its fold."""
    Z = np.empty((len(X), 2))
    for fold in range(FOLDS):
        out = np.arange(len(X)) % FOLDS == fold
        Z[out] = train(X[~out], y[~out], seed, **changed).forward(X[out])
    return Z


def losses_by_epoch(X: np.ndarray, y: np.ndarray, seed: int) -> np.ndarray:
    """Return the loss on the points left out, after each epoch."""
    total = np.zeros(EPOCHS + 1)
    for fold in range(FOLDS):
        out = np.arange(len(X)) % FOLDS == fold
        rng = np.random.default_rng(seed)
        net = nnlib.mlp(SIZES, rng=rng)
        sgd = nnlib.SGD(net.parameters(), lr=0.03, momentum=0.9)
        history = nnlib.fit(
            net,
            X[~out],
            y[~out],
            loss="cross_entropy_with_logits",
            optimizer=sgd,
            epochs=EPOCHS,
            batch_size=20,
            rng=rng,
            validation=(X[out], y[out]),
        )
        total += np.array(history.validation_losses)
    return total


def contest(seed: int) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """Return loss and accuracy on new points for each remedy, and what was chosen."""
    rng = np.random.default_rng(seed)
    few, more, new = (moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000))
    chosen = choices(few, seed)
    plain = train(few.X, few.y, seed).forward(new.X)
    many = nnlib_stack(few, more)
    answers = {
        "plain": plain,
        "stop": train(few.X, few.y, seed, epochs=int(chosen["stop"])).forward(new.X),
        "temperature": plain / chosen["temperature"],
        "none": train(few.X, few.y, seed, sizes=(2, 2)).forward(new.X),
        "more": train(*many, seed).forward(new.X),
    }
    for name in ("decay", "smoothing", "width"):
        answers[name] = train(few.X, few.y, seed, **settings(name, chosen[name])).forward(new.X)
    judged = {k: (loss(Z, new.y), nnlib.accuracy(Z, new.y)) for k, Z in answers.items()}
    return judged, chosen


def nnlib_stack(*parts: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """Return several sets as one."""
    return np.concatenate([d.X for d in parts]), np.concatenate([d.y for d in parts])


def choices(few: Dataset, seed: int) -> dict[str, float]:
    """Choose every remedy's number by five-fold cross-validation."""
    X, y = few.X, few.y
    chosen = {}
    for name in ("decay", "smoothing", "width"):
        costs = [loss(validated(X, y, seed, **settings(name, v)), y) for v in GRIDS[name]]
        chosen[name] = GRIDS[name][int(np.argmin(costs))]
    Z = validated(X, y, seed)
    costs = [loss(Z / T, y) for T in GRIDS["temperature"]]
    chosen["temperature"] = GRIDS["temperature"][int(np.argmin(costs))]
    chosen["stop"] = float(np.argmin(losses_by_epoch(X, y, seed)[1:]) + 1)
    return chosen
