"""Do PyTorch and Keras learn what `nnlib` learns, from the same start and the same batches?

The network that reads digits, 64-32-10, trained as in the chapter on digits with the seed 0.
`nnlib` computes with 64 bits. PyTorch is tried with 64 and with 32, which it takes by itself. Keras
runs on PyTorch here, where it multiplies matrices with 32 bits whatever it is told. The page "Where
next" shows the bodies of the four functions as they are.

This needs PyTorch and Keras: tools/experiments.py runs it in the environment of the benchmarks.
"""

import os

os.environ["KERAS_BACKEND"] = "torch"  # Keras reads this when it is imported

import keras
import numpy as np
import torch

import nnlib

Arrays = list[np.ndarray]


def with_nnlib(X: np.ndarray, y: np.ndarray) -> nnlib.Sequential:
    """Train as the chapter does."""
    rng = np.random.default_rng(0)
    model = nnlib.mlp((64, 32, 10), rng=rng)
    sgd = nnlib.SGD(model.parameters(), lr=0.3)
    loss = "cross_entropy_with_logits"
    nnlib.fit(model, X, y, loss=loss, optimizer=sgd, epochs=30, batch_size=32, rng=rng)
    return model


def start_and_batches(X: np.ndarray) -> tuple[Arrays, Arrays]:
    """Return the weights and biases of that start, and the rows of each batch."""
    rng = np.random.default_rng(0)
    start = [p.value for p in nnlib.mlp((64, 32, 10), rng=rng).parameters()]
    orders = [rng.permutation(len(X)) for _ in range(30)]
    batches = [rows for order in orders for rows in np.array_split(order, 43)]
    return start, batches


def with_torch(X: torch.Tensor, y: torch.Tensor, start: Arrays, batches: Arrays) -> torch.nn.Module:
    """Train with PyTorch."""
    first, second = torch.nn.Linear(64, 32), torch.nn.Linear(32, 10)
    model = torch.nn.Sequential(first, torch.nn.ReLU(), second).to(X.dtype)
    with torch.no_grad():
        for theirs, ours in zip(model.parameters(), start, strict=True):
            theirs.copy_(torch.from_numpy(ours.T))
    sgd = torch.optim.SGD(model.parameters(), lr=0.3)
    for rows in batches:
        sgd.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(X[rows]), y[rows])
        loss.backward()
        sgd.step()
    return model


def with_keras(X: np.ndarray, y: np.ndarray, start: Arrays, batches: Arrays) -> keras.Model:
    """Train with Keras."""
    Dense = keras.layers.Dense
    model = keras.Sequential([keras.Input((64,)), Dense(32, "relu"), Dense(10)])
    model.set_weights(start)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.3), loss=loss)
    for rows in batches:
        model.train_on_batch(X[rows], y[rows])
    return model


def numbers() -> dict[str, str]:
    """Return what the book quotes."""
    torch.set_num_threads(1)
    digits = nnlib.datasets.digits()
    X, X_new, y, y_new = nnlib.split(digits.X, digits.y, rng=np.random.default_rng(0))
    A, scaler = nnlib.standardize(X)
    A_new, same = scaler.transform(X_new), start_and_batches(A)
    ours = with_nnlib(A, y)
    theta = [parameter.value for parameter in ours.parameters()]
    trained = {"nnlib": (ours.forward(A_new), theta)}
    for name, kind in (("torch", torch.float64), ("torch_32", torch.float32)):
        model = with_torch(torch.tensor(A, dtype=kind), torch.tensor(y), *same)
        scores = model(torch.tensor(A_new, dtype=kind)).detach().numpy()
        trained[name] = scores, [p.detach().numpy().T for p in model.parameters()]
    model = with_keras(A.astype("float32"), y, *same)
    scores = model.predict(A_new.astype("float32"), verbose=0)
    trained["keras"] = scores, model.get_weights()

    found = {}
    for name, (scores, learned) in trained.items():
        found[f"accuracy_{name}"] = f"{nnlib.accuracy(scores, y_new):.3f}"
        found[f"loss_{name}"] = f"{nnlib.cross_entropy_with_logits(scores, y_new):.4f}"
        if name != "nnlib":
            gap = max(np.abs(p - q).max() for p, q in zip(learned, theta, strict=True))
            # Below these, how many agree depends on the machine.
            sure = 12 if name == "torch" else 4
            found[f"decimals_{name}"] = str(min(sure, int(-np.log10(gap))))
            found[f"other_answers_{name}"] = str(
                (scores.argmax(axis=1) != trained["nnlib"][0].argmax(axis=1)).sum()
            )
    return found
