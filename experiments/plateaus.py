"""Do small classifiers of iris flowers fail, or were they stopped too early?

Twenty seeds, each with its own split, start and batches, as in the section "Twenty seeds" of the
chapter on cross-entropy: petal and sepal width, a rate of 0.1, batches of 16 flowers. One training
of 1,000 epochs is looked at after 100, 300 and 1,000: stopping it there changes nothing before.
"""

import numpy as np

import nnlib

SEEDS = range(20)
LOOKS = (100, 300, 1000)
SHAPES = {"two": (2, 2, 3), "eight": (2, 8, 3), "none": (2, 3)}
FAILED = 0.8  # of the held-out flowers: between the runs that miss a species and the others


def train(sizes: tuple[int, ...], seed: int) -> tuple[nnlib.History, bool]:
    """Return what happened in 1,000 epochs, and whether a hidden neuron is dead in the end."""
    iris, rng = nnlib.datasets.iris(), np.random.default_rng(seed)
    X, X_new, y, y_new = nnlib.split(iris.X[:, [3, 1]], iris.y, rng=rng)
    A, scaler = nnlib.standardize(X)
    net = nnlib.mlp(sizes, rng=rng)
    history = nnlib.fit(
        net,
        A,
        y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=0.1),
        epochs=LOOKS[-1],
        batch_size=16,
        rng=rng,
        validation=(scaler.transform(X_new), y_new),
    )
    dead = len(sizes) == 3 and bool((net.layers[0].forward(A) <= 0).all(axis=0).any())
    return history, dead


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found = {}
    for shape, sizes in SHAPES.items():
        runs = [train(sizes, seed) for seed in SEEDS]
        new = np.array([history.validation_accuracies for history, _ in runs])
        for epochs in LOOKS:
            found[f"{shape}_mean_{epochs}"] = f"{new[:, epochs].mean():.3f}"
            found[f"{shape}_spread_{epochs}"] = f"{new[:, epochs].std(ddof=1):.3f}"
        if shape == "two":
            found |= failures(new, np.array([history.accuracies for history, _ in runs]))
            found["dead"] = str(sum(dead for _, dead in runs))
    return found


def failures(new: np.ndarray, known: np.ndarray) -> dict[str, str]:
    """Return how many runs fail at each look, and when those that fail at the first arrive."""
    found = {f"failed_{epochs}": str((new[:, epochs] < FAILED).sum()) for epochs in LOOKS}
    arrivals = (known >= 0.9).argmax(axis=1)[new[:, LOOKS[0]] < FAILED]  # every run gets there
    for name, epoch in zip(("first", "second", "last"), np.sort(arrivals), strict=True):
        found[f"arrival_{name}"] = str(epoch)
    return found
