"""What width, weight decay and more images do for the networks that read digits.

The images, their three parts and the training are those of the chapter on digits: 30 epochs of
batches of 32, standardized pixels. Whatever is chosen is chosen by the validation set, over five
seeds; the held-out set judges ten networks that were trained on the whole training set.
"""

import numpy as np

import nnlib

LOSS = "cross_entropy_with_logits"
CHOOSING, JUDGING = range(5), range(10)
WIDTHS = (8, 16, 32, 64, 128)
RATES = (0.03, 0.1, 0.3)  # at 1 the last bit of a sum decides where a narrow network ends
DECAYS = {"none": 0.0, "small": 0.0003, "middle": 0.001, "large": 0.003, "huge": 0.01}
COUNTS = (84, 168, 337, 674, 1348)
STEPS = 1290  # as many as in 30 epochs of the whole training set

Part = tuple[np.ndarray, np.ndarray]


def parts() -> tuple[Part, Part, Part, Part]:
    """Return the chapter's training and held-out set, then what the training set is split into."""
    digits, rng = nnlib.datasets.digits(), np.random.default_rng(0)
    X, X_held_out, y, y_held_out = nnlib.split(digits.X, digits.y, rng=rng)
    X_fit, X_val, y_fit, y_val = nnlib.split(X, y, rng=rng)
    return (X, y), (X_held_out, y_held_out), (X_fit, y_fit), (X_val, y_val)


def judged(
    known: Part,
    new: Part,
    seed: int,
    *,
    hidden: tuple[int, ...] = (32,),
    lr: float = 0.3,
    decay: float = 0.0,
    epochs: int = 30,
) -> tuple[float, float]:
    """Train a network, and return its accuracy and its loss on new images."""
    A, scaler = nnlib.standardize(known[0])
    rng = np.random.default_rng(seed)
    net = nnlib.mlp((64, *hidden, 10), rng=rng)
    sgd = nnlib.SGD(net.parameters(), lr=lr, weight_decay=decay)
    nnlib.fit(net, A, known[1], loss=LOSS, optimizer=sgd, epochs=epochs, batch_size=32, rng=rng)
    scores = net.forward(scaler.transform(new[0]))
    loss = nnlib.cross_entropy_with_logits(scores, new[1])
    return nnlib.accuracy(scores, new[1]), loss


def summary(name: str, values: list[float]) -> dict[str, str]:
    """Return mean and standard deviation as the text shows them."""
    return {
        f"{name}_mean": f"{np.mean(values):.3f}",
        f"{name}_spread": f"{np.std(values, ddof=1):.3f}",
    }


def widths(train: Part, held_out: Part, fit: Part, val: Part) -> dict[str, str]:
    """Give each width the rate that suits it, then judge it."""
    found = {}
    for width in WIDTHS:
        hidden = (width,)
        means = {
            lr: np.mean([judged(fit, val, seed, hidden=hidden, lr=lr)[0] for seed in CHOOSING])
            for lr in RATES
        }
        lr = max(means, key=lambda rate: float(means[rate]))
        found[f"rate_{width}"] = f"{lr:g}"
        runs = [judged(train, held_out, seed, hidden=hidden, lr=lr)[0] for seed in JUDGING]
        found |= summary(f"width_{width}", runs)
    return found


def decays(train: Part, held_out: Part, fit: Part, val: Part) -> dict[str, str]:
    """Look at several decays on the validation set, and judge none and the best."""
    found, losses = {}, {}
    for name, decay in DECAYS.items():
        runs = [judged(fit, val, seed, decay=decay) for seed in CHOOSING]
        accuracies, each = zip(*runs, strict=True)
        found[f"val_accuracy_{name}"] = f"{np.mean(accuracies):.3f}"
        found[f"val_loss_{name}"] = f"{np.mean(each):.3f}"
        losses[name] = np.mean(each)
    best = min(losses, key=lambda name: float(losses[name]))
    found["best_decay"] = f"{DECAYS[best]:g}"
    for name, decay in (("without", 0.0), ("with", DECAYS[best])):
        runs = [judged(train, held_out, seed, decay=decay) for seed in JUDGING]
        accuracies, each = zip(*runs, strict=True)
        found |= summary(f"accuracy_{name}", list(accuracies))
        found |= summary(f"loss_{name}", list(each))
    return found


def learning_curve(train: Part, held_out: Part) -> dict[str, str]:
    """Train on fewer images, drawn anew for each seed, with the same number of steps."""
    found: dict[str, str] = {}
    for count in COUNTS:
        results: dict[str, list[float]] = {"network": [], "regression": [], "nearest": []}
        epochs = round(STEPS / np.ceil(count / 32))
        for seed in CHOOSING:
            rows = np.random.default_rng(seed).permutation(len(train[0]))[:count]
            some = train[0][rows], train[1][rows]
            results["network"].append(judged(some, held_out, seed, epochs=epochs)[0])
            regression = judged(some, held_out, seed, hidden=(), lr=1.0, epochs=epochs)
            results["regression"].append(regression[0])
            results["nearest"].append(nearest(some, held_out))
        found |= {f"{name}_{count}": f"{np.mean(each):.3f}" for name, each in results.items()}
    return found


def nearest(known: Part, new: Part) -> float:
    """Return the accuracy of the nearest neighbor among the pixels as they are."""
    squares = np.sum(known[0] ** 2, axis=1) - 2 * new[0] @ known[0].T
    return float(np.mean(known[1][squares.argmin(axis=1)] == new[1]))


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    train, held_out, fit, val = parts()
    found = widths(train, held_out, fit, val) | decays(train, held_out, fit, val)
    return found | learning_curve(train, held_out)
