"""Twenty small networks trained with squared residuals: what 20,000 steps or another rate mend.

As in the section "Training it with squared residuals" of the chapter on several inputs and outputs:
2-2-3 networks, each seed with its own split of the iris flowers and its own start, a rate of 0.2,
or others for 1,000 steps, every step with all training flowers. A run fails if it gets less than
0.9 of these right.
"""

import numpy as np

import nnlib

SEEDS = range(20)
STEPS = (1000, 20_000)
RATES = (0.05, 0.1, 0.2, 0.3, 0.5, 1)


def train(seed: int, lr: float = 0.2, steps: int = STEPS[-1]) -> list[tuple[float, bool]]:
    """Return the accuracy and whether a hidden neuron is dead, after each number of steps."""
    iris, rng = nnlib.datasets.iris(), np.random.default_rng(seed)
    X, _, y, _ = nnlib.split(iris.X[:, [3, 1]], iris.y, rng=rng)
    A, _ = nnlib.standardize(X)
    net = nnlib.mlp((2, 2, 3), rng=rng)
    looks = []

    def look(step: int, history: nnlib.History) -> None:
        if step in STEPS:
            dead = bool((net.layers[0].forward(A) <= 0).all(axis=0).any())
            looks.append((nnlib.accuracy(net.forward(A), y), dead))

    sgd, targets = nnlib.SGD(net.parameters(), lr=lr), nnlib.one_hot(y, 3)
    nnlib.fit(net, A, targets, loss="mse", optimizer=sgd, epochs=steps, callback=look)
    return looks


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    early, late = np.array([train(seed) for seed in SEEDS]).swapaxes(0, 1)
    failed, dead = late[:, 0] < 0.9, late[:, 1] > 0
    mended = (early[:, 0] < 0.9) & ~failed
    at_rates = [[train(seed, lr, STEPS[0])[0][0] for seed in SEEDS] for lr in RATES]
    return {
        "failed_early": str((early[:, 0] < 0.9).sum()),
        "failed": str(failed.sum()),
        "mended": str(mended.sum()),
        "mended_alive": f"{late[mended & ~dead, 0].max():.3f}",
        "mended_dead": f"{late[mended & dead, 0].max():.3f}",
        "fewest_failed": str((np.array(at_rates) < 0.9).sum(axis=1).min()),
    }
