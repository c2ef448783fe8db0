"""One training step of a two-layer ReLU classifier, as each library does it.

Every contestant starts from the same weights, and a step is forward, loss, backward and SGD
update on one of the same batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

LEARNING_RATE = 0.05


@dataclass(frozen=True)
class Task:
    """A network d-h-K, its first weights, and batches of standard normal inputs."""

    d: int
    h: int
    K: int
    batch_size: int
    dtype: type = np.float32
    num_batches: int = 20

    def __str__(self) -> str:
        return f"{self.d}-{self.h}-{self.K}, batch {self.batch_size}"

    @cached_property
    def start(self) -> list[np.ndarray]:
        rng = np.random.default_rng(0)
        W1 = rng.normal(0, np.sqrt(2 / self.d), (self.d, self.h))
        W2 = rng.normal(0, np.sqrt(2 / self.h), (self.h, self.K))
        arrays = W1, np.zeros(self.h), W2, np.zeros(self.K)
        return [array.astype(self.dtype) for array in arrays]

    @cached_property
    def batches(self) -> list[tuple[np.ndarray, np.ndarray]]:
        rng = np.random.default_rng(1)
        return [
            (
                rng.normal(size=(self.batch_size, self.d)).astype(self.dtype),
                rng.integers(0, self.K, self.batch_size),
            )
            for _ in range(self.num_batches)
        ]


class Contestant:
    """What the benchmark asks of each."""

    name: str

    def step(self, i: int) -> None:
        """Train on batch i."""
        raise NotImplementedError

    def finish(self) -> None:
        """Wait until all steps are done; only needed where they run in the background."""

    def weights(self) -> list[np.ndarray]:
        """[W1, b1, W2, b2]."""
        raise NotImplementedError


class Nnlib(Contestant):
    """The layers, loss and optimizer that the book uses, in the step that `fit` repeats."""

    name = "nnlib"

    def __init__(self, task: Task) -> None:
        import nnlib
        from nnlib.train import train_step

        W1, b1, W2, b2 = task.start
        self.batches = task.batches
        self.model = nnlib.Sequential(
            nnlib.Linear.from_arrays(W1, b1), nnlib.ReLU(), nnlib.Linear.from_arrays(W2, b2)
        )
        self.optimizer = nnlib.SGD(self.model.parameters(), lr=LEARNING_RATE)
        self.loss = nnlib.LOSSES["cross_entropy_with_logits"]
        self.train_step = train_step

    def step(self, i: int) -> None:
        X, y = self.batches[i]
        self.train_step(self.model, X, y, loss=self.loss, optimizer=self.optimizer)

    def weights(self) -> list[np.ndarray]:
        return [parameter.value for parameter in self.model.parameters()]


class Torch(Contestant):
    """PyTorch, eager, in its usual form; the subclasses are its other ways to update."""

    name = "PyTorch"
    options: ClassVar[dict[str, bool]] = {"foreach": False}

    def __init__(self, task: Task) -> None:
        import torch

        torch.set_num_threads(1)
        W1, b1, W2, b2 = (torch.from_numpy(array.copy()) for array in task.start)
        self.batches = [(torch.from_numpy(X), torch.from_numpy(y)) for X, y in task.batches]
        first = torch.nn.Linear(task.d, task.h, dtype=W1.dtype)
        second = torch.nn.Linear(task.h, task.K, dtype=W1.dtype)
        with torch.no_grad():
            for layer, W, b in ((first, W1, b1), (second, W2, b2)):
                layer.weight.copy_(W.T)
                layer.bias.copy_(b)
        self.model = torch.nn.Sequential(first, torch.nn.ReLU(), second)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=LEARNING_RATE, **self.options)
        self.loss = torch.nn.functional.cross_entropy

    def step(self, i: int) -> None:
        X, y = self.batches[i]
        self.optimizer.zero_grad()
        self.loss(self.model(X), y).backward()
        self.optimizer.step()

    def weights(self) -> list[np.ndarray]:
        W1, b1, W2, b2 = (parameter.detach().numpy() for parameter in self.model.parameters())
        return [W1.T, b1, W2.T, b2]


class TorchForeach(Torch):
    """PyTorch with SGD(foreach=True)."""

    name = "PyTorch foreach"
    options: ClassVar[dict[str, bool]] = {"foreach": True}


class TorchFused(Torch):
    """PyTorch with SGD(fused=True)."""

    name = "PyTorch fused"
    options: ClassVar[dict[str, bool]] = {"fused": True}


class Jax(Contestant):
    """The whole step compiled by `jax.jit`, the old weights given up to it."""

    name = "JAX"

    def __init__(self, task: Task) -> None:
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", task.dtype is np.float64)
        # On one core, handing each step to another thread costs ten times the step.
        jax.config.update("jax_cpu_enable_async_dispatch", False)

        def loss(weights: list[jax.Array], X: jax.Array, y: jax.Array) -> jax.Array:
            W1, b1, W2, b2 = weights
            z = jax.nn.relu(X @ W1 + b1) @ W2 + b2
            return -jnp.mean(jax.nn.log_softmax(z)[jnp.arange(len(y)), y])

        def update(
            weights: list[jax.Array], X: jax.Array, y: jax.Array
        ) -> tuple[jax.Array, list[jax.Array]]:
            value, gradients = jax.value_and_grad(loss)(weights, X, y)
            return value, [w - LEARNING_RATE * g for w, g in zip(weights, gradients, strict=True)]

        self.update = jax.jit(update, donate_argnums=0)
        self.current = [jnp.array(array) for array in task.start]
        self.batches = [(jnp.array(X), jnp.array(y)) for X, y in task.batches]

    def step(self, i: int) -> None:
        X, y = self.batches[i]
        _, self.current = self.update(self.current, X, y)

    def finish(self) -> None:
        for array in self.current:
            array.block_until_ready()

    def weights(self) -> list[np.ndarray]:
        return [np.asarray(array) for array in self.current]


class ScikitLearn(Contestant):
    """`MLPClassifier.partial_fit`, plain SGD without its default penalty and momentum."""

    name = "scikit-learn"

    def __init__(self, task: Task) -> None:
        from sklearn.neural_network import MLPClassifier

        W1, b1, W2, b2 = (array.copy() for array in task.start)
        self.batches = task.batches
        self.classes = np.arange(task.K)
        self.model = MLPClassifier(
            (task.h,),
            solver="sgd",
            alpha=0,
            momentum=0,
            nesterovs_momentum=False,
            learning_rate_init=LEARNING_RATE,
            batch_size=task.batch_size,
            shuffle=False,
        )
        self.model.partial_fit(*self.batches[0], classes=self.classes)  # makes its arrays
        for own, start in zip(self._arrays(), (W1, b1, W2, b2), strict=True):
            own[...] = start

    def _arrays(self) -> list[np.ndarray]:
        (W1, W2), (b1, b2) = self.model.coefs_, self.model.intercepts_
        return [W1, b1, W2, b2]

    def step(self, i: int) -> None:
        self.model.partial_fit(*self.batches[i])

    def weights(self) -> list[np.ndarray]:
        return self._arrays()


class Products(Contestant):
    """Not a training step: only its five matrix products, the least that numpy could take."""

    name = "products only"

    def __init__(self, task: Task) -> None:
        self.W1, _, self.W2, _ = (array.copy() for array in task.start)
        self.batches = task.batches
        self.hidden = np.ones((task.batch_size, task.h), task.dtype)
        self.logits = np.ones((task.batch_size, task.K), task.dtype)
        self.grad_W1, self.grad_W2 = np.empty_like(self.W1), np.empty_like(self.W2)

    def step(self, i: int) -> None:
        X, _ = self.batches[i]
        np.matmul(X, self.W1, out=self.hidden)
        np.matmul(self.hidden, self.W2, out=self.logits)
        np.matmul(self.hidden.T, self.logits, out=self.grad_W2)
        np.matmul(self.logits, self.W2.T, out=self.hidden)
        np.matmul(X.T, self.hidden, out=self.grad_W1)


TRAINERS = (Nnlib, Torch, TorchForeach, TorchFused, Jax, ScikitLearn)
