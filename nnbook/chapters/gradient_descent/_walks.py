"""The walks of the exercises on gradient descent: the right ones, and wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from nnbook.questions.code import Case
from nnbook.questions.given import parts_like
from nnlib.datasets import iris
from nnlib.optim import SGD
from nnlib.parameters import Parameter

Gradient = Callable[[Any], Any]


# -- momentum: all points of the walk ------------------------------------------------------------

IRIS = iris()
A = np.column_stack([IRIS.X[:, 2], np.ones(len(IRIS.X))])
Y = IRIS.X[:, 3]


def narrow_valley(theta: Any) -> Any:
    """The gradient of the MSE of the iris line, with x in cm."""
    return -2 / len(Y) * A.T @ (Y - A @ theta)


def tanh(theta: Any) -> Any:
    """A gradient that is not linear."""
    return np.tanh(theta)


def heavy_ball(gradient: Gradient, start: Any, lr: float, mu: float, steps: int) -> Any:
    """The walk of `nnlib.SGD`."""
    place = Parameter(start)
    walker, points = SGD([place], lr=lr, momentum=mu), [place.value.copy()]
    for _ in range(steps):
        place.grad = gradient(place.value)
        walker.step()
        points.append(place.value.copy())
    return np.array(points)


def walk_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Valleys of one to four dimensions; no momentum, and no step at all."""
    yield "ordinary", (narrow_valley, np.zeros(2), 0.045, 0.8, 3)
    yield "ordinary", (tanh, np.array([3.0]), 0.5, 0.5, 5)
    for d in (1, 3, 4):
        start, slopes = rng.normal(size=d), rng.uniform(0.5, 4, d)

        def random_bowl(theta: Any, slopes: Any = slopes) -> Any:
            return slopes * theta

        yield "random", (random_bowl, start, rng.uniform(0.05, 0.3), rng.uniform(0.3, 0.9), 12)
    yield "edge", (narrow_valley, np.array([1.0, 1.0]), 0.01, 0.0, 4)
    yield "edge", (tanh, np.array([1.0, -2.0]), 0.1, 0.9, 1)
    yield "edge", (tanh, np.array([1.0, -2.0]), 0.1, 0.9, 0)


def late_ball(gradient: Gradient, start: Any, lr: float, mu: float, steps: int) -> Any:
    """Each step goes by the velocity of the step before."""
    points, velocity = [start], np.zeros_like(start)
    for _ in range(steps):
        points.append(points[-1] - lr * velocity)
        velocity = mu * velocity + gradient(points[-2])
    return np.array(points)


def one_array(gradient: Gradient, start: Any, lr: float, mu: float, steps: int) -> Any:
    """The last point again and again."""
    points = heavy_ball(gradient, start, lr, mu, steps)
    return np.tile(points[-1], (len(points), 1))


# -- tolerance: a descent that does not claim too much -------------------------------------------


def arrive(slope: Gradient, start: float, lr: float, tolerance: float, max_steps: int) -> Any:
    """Walk until the slope at the current point is below the tolerance."""
    point, steps = start, 0
    while steps < max_steps and not abs(slope(point)) < tolerance:
        point, steps = point - lr * slope(point), steps + 1
    return point, abs(slope(point)) < tolerance


def slope_b3(b3: float) -> float:
    """The slope of the SSR in the last bias of the dosage network, rounded."""
    return 6.0 * (b3 - 2.6092)


def parabola(theta: float) -> float:
    """The slope of a parabola with its lowest point at −1."""
    return 2.0 * (theta + 1.0)


def arrive_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Rates that are useless, good and too large; starts on both sides and at the goal."""
    yield "ordinary", (slope_b3, 0.0, 1e-8, 1e-5, 20)
    yield "ordinary", (slope_b3, 0.0, 0.15, 0.1, 50)
    yield "ordinary", (slope_b3, 5.0, 0.1, 1e-3, 50)
    for _ in range(3):
        goal = rng.normal()

        def random_slope(theta: float, goal: float = goal) -> float:
            return float(np.sinh(theta - goal))

        yield "random", (random_slope, goal + rng.normal(), rng.uniform(0.1, 0.6), 1e-4, 100)
    yield "edge", (parabola, 3.0, 0.5, 1e-6, 1)
    yield "edge", (parabola, -1.0, 0.1, 1e-6, 10)
    yield "edge", (parabola, -0.99, 0.1, 0.1, 10)  # flat enough already: no step
    yield "edge", (parabola, 3.0, 0.01, 1e-6, 3)
    yield "edge", (parabola, 3.0, 1.0, 1e-6, 7)
    yield "extreme", (parabola, 3.0, 1e10, 1e-6, 200)


def two_numbers(answer: Callable[..., Any], *arguments: Any) -> Any:
    """The point, and whether the descent has arrived there."""
    return np.stack(parts_like(answer(*arguments), (), ()))


def step_walk(
    slope: Gradient,
    start: float,
    lr: float,
    tolerance: float,
    max_steps: int,
    *,
    short: Callable[[float, float], bool],
) -> Any:
    """The broken walk: it steps first and then looks at the step or the slope it has used."""
    point = start
    for _ in range(max_steps):
        steep = slope(point)
        point = point - lr * steep
        if short(steep, tolerance):
            return point, True
    return point, False


def signed(slope: Gradient, start: float, lr: float, tolerance: float, max_steps: int) -> Any:
    """Without the absolute value."""
    point, steps = start, 0
    while steps < max_steps and not slope(point) < tolerance:
        point, steps = point - lr * slope(point), steps + 1
    return point, slope(point) < tolerance


def unchecked(slope: Gradient, start: float, lr: float, tolerance: float, max_steps: int) -> Any:
    """The place after the last step is not looked at."""
    point = start
    for _ in range(max_steps):
        if abs(slope(point)) < tolerance:
            return point, True
        point = point - lr * slope(point)
    return point, False
