"""Part 3 of the reader's own network: the loss for numbers, and its slopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case, Code, each
from nnlib import mse, mse_derivative, ssr, ssr_derivative
from nnlib._typing import FloatArray


def loss_cases(rng: np.random.Generator) -> Iterator[Case]:
    """One prediction, several samples, several outputs; whole numbers; a perfect prediction."""
    yield "ordinary", (np.array([[1.0], [2.0], [4.0]]), np.array([[1.5], [2.0], [3.0]]))
    yield "ordinary", (np.array([[1, 2], [3, 5]]), np.array([[0, 2], [4, 1]]))
    yield "random", (rng.normal(size=(1, 1)), rng.normal(size=(1, 1)))
    yield "random", (rng.normal(size=(1, 3)), rng.normal(size=(1, 3)))
    for shape in ((5, 1), (4, 2), (3, 3), (20, 4)):
        yield "batch", (rng.normal(size=shape), rng.normal(size=shape))
    Y = rng.normal(size=(3, 2))
    yield "edge", (Y.copy(), Y)
    yield "extreme", (1e150 * rng.normal(size=(3, 2)), Y)


def both(loss: Callable[..., Any] = mse, slope: Callable[..., Any] = mse_derivative) -> Any:
    """The right functions, or one in the place of each."""
    return loss, slope


def right(Y_hat: FloatArray, Y: FloatArray) -> list[Any]:
    """What both functions should give."""
    return [mse(Y_hat, Y), mse_derivative(Y_hat, Y)]


OWN = Code(
    kind="write",
    level=1,
    reference=right,
    cases=loss_cases,
    use=each,
    parts=("mse", "mse_slope"),
    forbids={"nnlib"},
    mistakes={
        "slope_of_the_sum": both(slope=ssr_derivative),
        "slope_divided_by_samples": both(slope=lambda Y_hat, Y: ssr_derivative(Y_hat, Y) / len(Y)),
        "slope_turned": both(slope=lambda Y_hat, Y: -mse_derivative(Y_hat, Y)),
        "two_forgotten": both(slope=lambda Y_hat, Y: mse_derivative(Y_hat, Y) / 2),
        "slopes_added": both(slope=lambda Y_hat, Y: mse_derivative(Y_hat, Y).sum()),
        "slope_squared": both(slope=lambda Y_hat, Y: -2 * (Y - Y_hat) ** 2 / Y.size),
        "slope_of_the_size": both(slope=lambda Y_hat, Y: -np.sign(Y - Y_hat) / Y.size),
        "loss_for_slope": both(slope=mse),
        "loss_summed": both(ssr),
        "divided_by_samples": both(lambda Y_hat, Y: ssr(Y_hat, Y) / len(Y)),
        "half_the_mean": both(lambda Y_hat, Y: mse(Y_hat, Y) / 2),
        "sizes": both(lambda Y_hat, Y: np.mean(np.abs(Y - Y_hat))),
        "not_squared": both(lambda Y_hat, Y: np.mean(Y - Y_hat)),
        "mean_squared": both(lambda Y_hat, Y: np.mean(Y - Y_hat) ** 2),
        "root": both(lambda Y_hat, Y: np.sqrt(mse(Y_hat, Y))),
        "one_loss_per_sample": both(lambda Y_hat, Y: np.mean((Y - Y_hat) ** 2, axis=1)),
        "one_loss_per_output": both(lambda Y_hat, Y: np.mean((Y - Y_hat) ** 2, axis=0)),
        "loss_not_averaged": both(lambda Y_hat, Y: (Y - Y_hat) ** 2),
        "slope_for_loss": both(mse_derivative),
    },
)
