"""Another layer, or wider ones? Each network at its own best learning rate.

Two tasks: three spiral arms in the plane, and the digits. For each task a network without a hidden
layer, three with about the same number of parameters in one, two and four hidden layers, and one
with a single, four times wider layer. Adam's rate falls to zero in a straight line, from the best
of three on the validation set over three seeds; ten other seeds are judged on the held-out set. A
seed decides start and batches. (Plain gradient descent, at its best constant rate, goes so near to
the edge that a start moved by a billionth ends elsewhere.)
"""

import numpy as np

import nnlib

RATES = (0.001, 0.003, 0.01)
CHOOSING, JUDGING = range(3), range(10, 20)
EPOCHS = {"spirals": 300, "digits": 30}
HIDDEN = {
    "spirals": {
        "none": (),
        "one": (64,),
        "two": (16, 16),
        "four": (10, 10, 10, 10),
        "wide": (256,),
    },
    "digits": {
        "none": (),
        "one": (32,),
        "two": (24, 24),
        "four": (18, 18, 18, 18),
        "wide": (128,),
    },
}


def parts(task: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return samples to fit, to validate, and held out."""
    if task == "digits":
        data, largest = nnlib.datasets.digits(), 16
    else:
        data, largest = nnlib.datasets.spirals(600, classes=3, noise=0.05, rng=1), 1
    X, y = data.X / largest, data.y
    rng = np.random.default_rng(0)
    X, X_held_out, y, y_held_out = nnlib.split(X, y, rng=rng)
    X, X_val, y, y_val = nnlib.split(X, y, rng=rng)
    return [(X, y), (X_val, y_val), (X_held_out, y_held_out)]


def accuracies(task: str, sizes: tuple[int, ...], lr: float, seed: int) -> list[float]:
    """Train once; return the accuracy on each part."""
    data, rng = parts(task), np.random.default_rng(seed)
    net, epochs = nnlib.mlp(sizes, rng=rng), EPOCHS[task]
    adam = nnlib.Adam(net.parameters(), lr=lr)

    def slower(epoch: int, _: nnlib.History) -> None:
        adam.lr = lr * (1 - epoch / (epochs + 1))

    nnlib.fit(
        net,
        *data[0],
        loss="cross_entropy_with_logits",
        optimizer=adam,
        epochs=epochs,
        batch_size=32,
        rng=rng,
        callback=slower,
    )
    return [nnlib.accuracy(net.predict(X), y) for X, y in data]


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    found = {}
    for task, shapes in HIDDEN.items():
        (X, y), *_ = parts(task)
        for shape, hidden in shapes.items():
            sizes = (X.shape[1], *hidden, int(y.max()) + 1)
            chosen = {
                lr: np.mean([accuracies(task, sizes, lr, seed)[1] for seed in CHOOSING])
                for lr in RATES
            }
            best = max(chosen, key=lambda lr: chosen[lr])
            runs = np.array([accuracies(task, sizes, best, seed) for seed in JUDGING])
            name = f"{task}_{shape}"
            found[f"{name}_parameters"] = f"{nnlib.parameter_count(sizes):,}".replace(",", "{,}")
            found[f"{name}_rate"] = f"{best:g}"
            found[f"{name}_fitted"] = f"{runs[:, 0].mean():.3f}"
            found[f"{name}_mean"] = f"{runs[:, 2].mean():.3f}"
            found[f"{name}_spread"] = f"{runs[:, 2].std(ddof=1):.3f}"
    return found
