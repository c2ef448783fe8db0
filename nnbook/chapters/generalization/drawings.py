"""The drawing of the chapter on judging a network."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnbook.questions.drawing import Axis, Condition, Drawing, Given, Mistake
from nnbook.questions.formats import fixed
from nnlib._typing import FloatArray
from nnlib.datasets import moons
from nnlib.networks import mlp
from nnlib.optim import SGD
from nnlib.train import History, fit


@cache
def _noisy_moons() -> History:
    """Train the large network of the chapter on few points."""
    rng = np.random.default_rng(3)
    train, new, _ = (moons(n, noise=0.3, rng=rng) for n in (40, 200, 2000))
    net = mlp((2, 32, 32, 2), rng=rng)
    return fit(
        net,
        train.X,
        train.y,
        loss="cross_entropy_with_logits",
        optimizer=SGD(net.parameters(), lr=0.03, momentum=0.9),
        epochs=200,
        batch_size=20,
        rng=rng,
        validation=(new.X, new.y),
    )


def _trained(epochs: FloatArray) -> FloatArray:
    losses = _noisy_moons().losses
    return np.interp(epochs, np.arange(len(losses)), losses)


def _new(epochs: FloatArray) -> FloatArray:
    losses = _noisy_moons().validation_losses
    return np.interp(epochs, np.arange(len(losses)), losses)


def _values() -> dict[str, str]:
    new = _noisy_moons().validation_losses
    return {
        "lowest": fixed(min(new), 2),
        "epoch": fixed(new.index(min(new)), 0),
        "end": fixed(new[-1], 2),
        "accuracy": fixed(_noisy_moons().validation_accuracies[-1], 2),
    }


DRAWINGS = {
    "new_points": Drawing(
        x=Axis(symbol="t", low=0, high=200),
        y=Axis(symbol="L", low=0, high=1.2),
        color="loss",
        curve=_new,
        given=[Given(r"L\,(n = 40)", _trained)],
        right=[
            Condition("fall", 0, 120, above=0.08),
            Condition("rise", 10, 200, above=0.15),
            Condition("argmin", 0, 200, above=0.5, below=120),
        ],
        mistakes={
            "together": Mistake(
                lambda t: _trained(t) + 0.02, [Condition("at", 195, 195, below=0.17)]
            ),
            "worse_at_once": Mistake(
                lambda t: 0.7 + 0.002 * t,
                [Condition("fall", 0, 120, below=0.06), Condition("change", 0, 195, above=0.15)],
            ),
            "stuck": Mistake(
                lambda t: np.full_like(t, 0.7), [Condition("fall", 0, 200, below=0.08)]
            ),
            "levels": Mistake(
                lambda t: 0.3 + 0.4 * np.exp(-t / 10), [Condition("rise", 10, 200, below=0.12)]
            ),
        },
        values=_values,
    )
}
