"""Answers to the exercises on gradient descent, as learners write them."""

import numpy as np
import pytest

from nnbook import exercises


def check(name, answer):
    return exercises.check(f"gradient_descent-{name}", answer)


# -- Numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "answer", "mistake"),
    [
        ("quartic", (0.98, 7.07, 10), "slope_without_four"),
        ("quartic", (0.92, 12.5, 25), "square_forgotten"),
        ("quartic", (0.92, 5, 3.54), "two_numbers_swapped"),
    ],
)
def test_numbers(name, answer, mistake):
    verdict = check(name, answer)
    assert (verdict.correct, verdict.mistake) == (False, mistake)


def test_right_numbers():
    assert check("quartic", (0.92, 3.54, 5)).correct
    assert check("quartic", [1 - 0.08, (1 / 0.08) ** 0.5, (2 / 0.08) ** 0.5]).correct


# -- Gain ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (lambda lr, c, slope: -lr * slope * slope, "straight_line"),
        (lambda lr, c, slope: lr * (lr * c - 1) * slope**2, "half_forgotten"),
        (lambda lr, c, slope: lr * slope * (0.5 * lr * c - 1), "square_forgotten"),
        (lambda lr, c, slope: -lr * slope**2 - 0.5 * c * (lr * slope) ** 2, "bracket_sign"),
        (
            lambda lr, c, slope: 0.5 * c * ((1 - lr * c) ** 2 - 1) * (slope / c / c) ** 2,
            "distance_for_slope",
        ),
        (lambda lr, c, slope: lr * (1 - lr * c / 2) * slope**2, "missing_minus"),
        (lambda lr, c, slope: c * ((slope / c - lr * slope) ** 2 - (slope / c) ** 2), "twice"),
    ],
)
def test_gain(answer, mistake):
    assert check("gain", answer).mistake == mistake


def test_right_gains():
    assert check("gain", lambda lr, c, slope: 0.5 * c * (lr * slope) ** 2 - lr * slope**2).correct
    assert check("gain", lambda lr, c, slope: ((1 - lr * c) ** 2 - 1) * slope**2 / (2 * c)).correct


# -- Momentum ------------------------------------------------------------------------------


def ball(gradient, start, lr, mu, steps, wrong=None):
    """A walk with a loop, and the slips that such a loop invites."""
    v = np.zeros(len(start))
    place = start.copy()
    path = [] if wrong == "start_missing" else [place]
    for _ in range(steps):
        slope = np.array(gradient(place))
        if wrong == "averaged":
            slope = (1 - mu) * slope
        before = v
        v = slope if wrong == "no_memory" else mu * v + slope
        if wrong == "rate_twice":
            v = mu * before + lr * slope
        if wrong == "same_array":
            place -= lr * v
        elif wrong == "uphill":
            place = place + lr * v
        else:
            place = place - lr * (before if wrong == "old_velocity" else v)
        path.append(place)
    return np.vstack(path) if path else np.empty((0, len(start)))


@pytest.mark.parametrize(
    "mistake",
    [
        "start_missing",
        "averaged",
        "no_memory",
        "rate_twice",
        "same_array",
        "uphill",
        "old_velocity",
    ],
)
def test_momentum(mistake):
    assert check("momentum", lambda *a: ball(*a, wrong=mistake)).mistake == mistake


def test_an_answer_that_moves_the_start_itself():
    def moving(gradient, start, lr, mu, steps):
        path, v = [start.copy()], 0
        for _ in range(steps):
            v = mu * v + gradient(start)
            start -= lr * v
            path.append(start.copy())
        return np.array(path)

    assert check("momentum", moving).mistake == "mutated"


def test_right_walks():
    def rate_inside(gradient, start, lr, mu, steps):
        path = np.empty((steps + 1, len(start)))
        path[0], v = start, np.zeros_like(start)
        for t in range(steps):
            v = mu * v - lr * gradient(path[t])
            path[t + 1] = path[t] + v
        return path

    assert check("momentum", ball).correct
    assert check("momentum", rate_inside).correct


# -- Tolerance -----------------------------------------------------------------------------


def test_tolerance_asks_for_two_results():
    def right(slope, start, lr, tolerance, max_steps):
        for _ in range(max_steps):
            if abs(slope(start)) < tolerance:
                break
            start -= lr * slope(start)
        return start, abs(slope(start)) < tolerance

    def found(answer):
        return exercises.check("gradient_descent-tolerance", answer).mistake

    assert exercises.check("gradient_descent-tolerance", right).correct
    assert found(lambda *a: right(*a)[0]) == "point_alone"
    assert found(lambda *a: right(*a)[1]) is None
    assert found(lambda *a: right(*a)[::-1]) == "order_swapped"


def test_tolerance():
    def as_it_was(slope, start, lr, tolerance, max_steps):
        for _ in range(max_steps):
            old, start = start, start - lr * slope(start)
            if abs(start - old) < tolerance:
                return start, True
        return start, False

    def divided(slope, start, lr, tolerance, max_steps):
        return as_it_was(slope, start, lr, tolerance / lr, max_steps)

    def multiplied(slope, start, lr, tolerance, max_steps):
        return as_it_was(slope, start, lr, tolerance * lr, max_steps)

    def no_abs(slope, start, lr, tolerance, max_steps):
        for _ in range(max_steps):
            if slope(start) < tolerance:
                return start, True
            start -= lr * slope(start)
        return start, slope(start) < tolerance

    def no_last_look(slope, start, lr, tolerance, max_steps):
        for _ in range(max_steps):
            g = slope(start)
            if -tolerance < g < tolerance:
                return start, True
            start -= lr * g
        return start, False

    for answer, mistake in (
        (as_it_was, "step_measured"),
        (divided, "rate_on_the_wrong_side"),
        (multiplied, "one_step_late"),
        (no_abs, "no_absolute_value"),
        (no_last_look, "last_place_unchecked"),
    ):
        assert check("tolerance", answer).mistake == mistake


def test_right_descents():
    def loop(slope, start, lr, tolerance, max_steps):
        steps, here = 0, slope(start)
        while abs(here) >= tolerance and steps < max_steps:
            start = start - lr * here
            here = slope(start)
            steps += 1
        return [start, np.abs(here) < tolerance]

    def recursion(slope, start, lr, tolerance, max_steps):
        there = bool(-tolerance < slope(start) < tolerance)
        if there or max_steps == 0:
            return start, there
        return recursion(slope, start - lr * slope(start), lr, tolerance, max_steps - 1)

    assert check("tolerance", loop).correct
    assert check("tolerance", recursion).correct


# -- Floor ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        (lambda y, lr, B: lr / (1 - lr) * y.var(), "batch_forgotten"),
        (lambda y, lr, B: y.var() * lr / B, "small_rates_alone"),
        (lambda y, lr, B: y.std() * lr / (B - B * lr), "deviation_for_variance"),
        (
            lambda y, lr, B: lr * sum((y - y.mean()) ** 2) / (len(y) - 1) / (1 - lr) / B,
            "divided_by_n_less_one",
        ),
        (lambda y, lr, B: lr / (1 - lr) * y.var() / B**0.5, "root_of_batch"),
        (lambda y, lr, B: (2 * lr) ** 2 * y.var() / B, "noise_of_one_step"),
        (
            lambda y, lr, B: lr / (1 - lr) / B * (sum(y * y) / len(y) - y.mean() ** 2),
            "digits_lost",
        ),
    ],
)
def test_floor(answer, mistake):
    assert check("floor", answer).mistake == mistake


def test_right_floors():
    def fixed_point(y, lr, B):
        noise, keeps = 4 * lr**2 * np.var(y) / B, (1 - 2 * lr) ** 2
        return noise / (1 - keeps)

    assert check("floor", fixed_point).correct
    assert check("floor", lambda y, lr, B: np.std(y) ** 2 / B / (1 / lr - 1)).correct


# -- What is said --------------------------------------------------------------------------


def test_what_a_verdict_says():
    verdict = check("gain", lambda lr, c, slope: -lr * slope**2)
    assert "the tangent promises" in verdict.text
    assert verdict.more.startswith(
        "Tested on ordinary input, 0.1, 6, -15.655: your answer gives -24.5"
    )
