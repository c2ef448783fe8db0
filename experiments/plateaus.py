"""Do small classifiers of iris flowers fail, or were they stopped too early?

Two hundred starts of the network 2-2-3, each with its own split and batches, as in the chapter on
cross-entropy: petal and sepal width, a rate of 0.1, batches of 16 flowers. One training of 1,000
epochs is looked at after 100, 300 and 1,000: stopping it there changes nothing before.
"""

import numpy as np

import nnlib

SEEDS = range(1000, 1200)
LOOKS = (100, 300, 1000)
LOW = 0.8  # of the training flowers: between the runs that miss a species and the others


def train(seed: int) -> tuple[nnlib.History, dict[int, int], int]:
    """Return what happened, how many species are answered at each look and neurons are dead."""
    iris, rng = nnlib.datasets.iris(), np.random.default_rng(seed)
    X, _, y, _ = nnlib.split(iris.X[:, [3, 1]], iris.y, rng=rng)
    A, _ = nnlib.standardize(X)
    net = nnlib.mlp((2, 2, 3), rng=rng)
    answered: dict[int, int] = {}

    def look(epoch: int, history: nnlib.History) -> None:
        if epoch in LOOKS:
            answered[epoch] = len(np.unique(net.forward(A).argmax(axis=1)))

    history = nnlib.fit(
        net,
        A,
        y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=0.1),
        epochs=LOOKS[-1],
        batch_size=16,
        rng=rng,
        callback=look,
    )
    return history, answered, int((net.layers[0].forward(A) <= 0).all(axis=0).sum())


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    runs = [train(seed) for seed in SEEDS]
    right = np.array([history.accuracies for history, _, _ in runs])
    found, dead = {"runs": str(len(runs))}, np.array([dead for _, _, dead in runs])
    for name, count in (("one", 1), ("both", 2)):
        found[f"{name}_dead"] = str((dead == count).sum())
        found[f"{name}_dead_low"] = str(((dead == count) & (right[:, -1] < LOW)).sum())
    for epochs in LOOKS:
        low = right[:, epochs] < LOW
        missing = np.array([answered[epochs] < 3 for _, answered, _ in runs])
        found[f"low_{epochs}"] = str(low.sum())
        found[f"low_missing_{epochs}"] = str((low & missing).sum())
    return found
