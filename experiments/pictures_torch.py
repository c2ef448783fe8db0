"""Does PyTorch learn what `nnlib` learns with convolutions, from the same start and batches?

The network of the chapter on pictures, two convolutions whose maps are pooled in blocks, trained as
there with the seed 0, with 64 bits. The chapter shows how the network is built.

This needs PyTorch: tools/experiments.py runs it in the environment of the benchmarks.
"""

import numpy as np
import torch

import nnlib

RATE, EPOCHS, BATCH = 0.2, 20, 32
SURE = 10
"""Decimals; how many more agree depends on the machine."""


def start(rng: np.random.Generator) -> nnlib.Sequential:
    """Return the untrained network of the chapter."""
    return nnlib.Sequential(
        nnlib.Conv2d((8, 8, 1), 8, rng=rng),
        nnlib.ReLU(),
        nnlib.MaxPool2d((8, 8, 8)),
        nnlib.Conv2d((4, 4, 8), 20, rng=rng),
        nnlib.ReLU(),
        nnlib.MaxPool2d((4, 4, 20)),
        nnlib.Linear(80, 10, rng=rng),
    )


def with_nnlib(X: np.ndarray, y: np.ndarray) -> nnlib.Sequential:
    """Train as the chapter does."""
    rng = np.random.default_rng(0)
    model = start(rng)
    sgd = nnlib.SGD(model.parameters(), lr=RATE)
    loss = "cross_entropy_with_logits"
    nnlib.fit(model, X, y, loss=loss, optimizer=sgd, epochs=EPOCHS, batch_size=BATCH, rng=rng)
    return model


def network() -> torch.nn.Sequential:
    """Return the network of PyTorch."""
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Conv2d(8, 20, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(80, 10),
    )
    return model.to(torch.float64)


def their_order(values: list[np.ndarray]) -> list[np.ndarray]:
    """Return our weights and biases in the axes and the order of PyTorch's."""
    *before, last, bias = values
    kernels = [value.transpose(3, 2, 0, 1) if value.ndim == 4 else value for value in before]
    # The maps come to the last layer one after the other, and not pixel by pixel.
    return [*kernels, last.reshape(2, 2, 20, 10).transpose(3, 2, 0, 1).reshape(10, 80), bias]


def pictures(X: np.ndarray) -> torch.Tensor:
    """Return rows of numbers as PyTorch wants them: (n, channels, height, width)."""
    return torch.tensor(X.reshape(-1, 8, 8, 1).transpose(0, 3, 1, 2))


def with_torch(X: np.ndarray, y: np.ndarray) -> torch.nn.Module:
    """Train from the same start, with the same images in each step."""
    rng = np.random.default_rng(0)
    model = network()
    begun = their_order([parameter.value for parameter in start(rng).parameters()])
    with torch.no_grad():
        for theirs, ours in zip(model.parameters(), begun, strict=True):
            theirs.copy_(torch.from_numpy(ours.copy()))
    sgd = torch.optim.SGD(model.parameters(), lr=RATE)
    images, labels = pictures(X), torch.tensor(y)
    for _ in range(EPOCHS):
        for rows in np.array_split(rng.permutation(len(X)), -(-len(X) // BATCH)):
            sgd.zero_grad()
            torch.nn.functional.cross_entropy(model(images[rows]), labels[rows]).backward()
            sgd.step()
    return model


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    torch.set_num_threads(1)
    digits = nnlib.datasets.digits()
    X, X_new, y, y_new = nnlib.split(digits.X / 16, digits.y, rng=np.random.default_rng(0))
    ours, theirs = with_nnlib(X, y), with_torch(X, y)
    learned = their_order([parameter.value for parameter in ours.parameters()])
    pairs = zip(theirs.parameters(), learned, strict=True)
    gap = max(np.abs(p.detach().numpy() - q).max() for p, q in pairs)
    scores = theirs(pictures(X_new)).detach().numpy()
    return {
        "accuracy": f"{nnlib.accuracy(scores, y_new):.3f}",
        "other_answers": str((scores.argmax(axis=1) != ours.forward(X_new).argmax(axis=1)).sum()),
        "decimals": str(min(SURE, int(-np.log10(gap)))),
    }
