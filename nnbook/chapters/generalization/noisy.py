"""What the chapter says of networks that learn noisy points: overfitting, and what helps."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

import nnlib
from nnlib._typing import FloatArray, IntArray
from nnlib.datasets import Dataset

Labels = FloatArray | IntArray

JUDGES = 2000
"""How many points judge in the end: so many that their own chance hardly matters."""
CHOOSE = 5
"""How many times as many points the chapter has to choose by as to train on; none here."""

# -- Data and training ---------------------------------------------------------------------------


def draw(data: str, n: int, noise: float, rng: np.random.Generator) -> Dataset:
    """Draw points of one of the data sets."""
    if data == "moons":
        return nnlib.datasets.moons(n, noise=noise, rng=rng)
    return nnlib.datasets.blobs(n, classes=2, spread=2 * noise, rng=rng)


@cache
def sets(data: str, points: int, noise: float, seed: int) -> tuple[Dataset, ...]:
    """Draw the few points that train, and those that judge."""
    rng = np.random.default_rng(seed)
    few, _, new = (draw(data, n, noise, rng) for n in (points, CHOOSE * points, JUDGES))
    return few, new


@cache
def trained(
    *,
    data: str,
    points: int,
    noise: float,
    seed: int,
    width: int,
    epochs: int,
    rate: float,
    batch: int,
    decay: float = 0,
) -> nnlib.Sequential:
    """Train 2-width-width-2 on the few points."""
    few, _ = sets(data, points, noise, seed)
    rng = np.random.default_rng([seed, 1])
    net = nnlib.mlp((2, width, width, 2), rng=rng)
    nnlib.fit(
        net,
        few.X,
        few.y,
        loss="cross_entropy_with_logits",
        optimizer=nnlib.SGD(net.parameters(), lr=rate, momentum=0.9, weight_decay=decay),
        epochs=epochs,
        batch_size=batch,
        rng=rng,
    )
    return net


def network(setting: dict[str, Any], seed: int, **changed: Any) -> nnlib.Sequential:
    """Return a network trained in a setting; "32/200/0.03" are width, epochs and rate."""
    kept = {name: value for name, value in setting.items() if name != "run"}
    width, epochs, rate = setting["run"].split("/")
    run = {"width": int(width), "epochs": int(epochs), "rate": float(rate)}
    return trained(**kept, **{**run, **changed}, seed=seed)


def on_new(setting: dict[str, Any], seed: int, **changed: Any) -> tuple[FloatArray, Labels]:
    """Return raw outputs and labels of the points that judge."""
    made = {name: setting[name] for name in ("data", "points", "noise")}
    new = sets(**made, seed=seed)[1]
    return network(setting, seed, **changed).forward(new.X), new.y


def loss(Z: FloatArray, y: Labels) -> float:
    """Return the cross-entropy."""
    return nnlib.cross_entropy_with_logits(Z, y)


# -- Judges --------------------------------------------------------------------------------------


def decay_gain(*, decay: float, seeds: int, offset: int, **setting: Any) -> FloatArray:
    """By how much weight decay lowers the loss on new points."""
    return np.array(
        [
            loss(*on_new(setting, seed)) - loss(*on_new(setting, seed, decay=decay))
            for seed in range(offset, offset + seeds)
        ]
    )


def too_sure(*, seeds: int, offset: int, **setting: Any) -> FloatArray:
    """By how much the mean probability of the answers exceeds the share that is right."""
    gaps = []
    for seed in range(offset, offset + seeds):
        Z, y = on_new(setting, seed)
        gaps.append(float(nnlib.softmax(Z).max(axis=1).mean()) - nnlib.accuracy(Z, y))
    return np.array(gaps)
