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
        ("rates", (0.17, 0.33, 0.1), "still_the_sum"),
        ("rates", (0.06, 0.11, 0.03), "divided_by_three"),
        ("rates", (1, 2, 0.6), "two_forgotten"),
        ("rates", (1, 0.5, 0.3), "two_numbers_swapped"),
        ("rates", (0.5, 1, 0.1), "rate_kept"),
    ],
)
def test_numbers(name, answer, mistake):
    verdict = check(name, answer)
    assert (verdict.correct, verdict.mistake) == (False, mistake)


def test_right_numbers():
    assert check("rates", (0.5, 1, 0.3)).correct
    assert check("rates", [1 / 2, 2 / 2, 3 * 0.1]).correct


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


# -- Epoch ---------------------------------------------------------------------------------


def line(x, y, start, lr, order, B, wrong=None, left_out=False):
    """One epoch with the residuals ŷ − y, batch by batch; the last one is shorter or left out."""
    if wrong == "order_ignored":
        order = list(range(len(x)))
    w, b = start
    w_start, b_start = w, b
    n_batches = len(x) // B if left_out else -(-len(x) // B)
    for k in range(n_batches):
        xs, ys = x[order[k * B : (k + 1) * B]], y[order[k * B : (k + 1) * B]]
        error = w_start * xs + b_start - ys if wrong == "gradient_frozen" else w * xs + b - ys
        size = {"batch_sum": 1, "full_size": B}.get(wrong, len(xs))
        two = {"two_forgotten": 1, "uphill": -2}.get(wrong, 2)
        w_old = w
        w -= lr * two * sum(error * xs) / size
        if wrong == "b_after_w":
            error = error + (w - w_old) * xs
        b -= lr * two * sum(error) / size
    return np.array((w, b))


@pytest.mark.parametrize(
    "mistake",
    [
        "batch_sum",
        "full_size",
        "order_ignored",
        "two_forgotten",
        "gradient_frozen",
        "b_after_w",
        "uphill",
    ],
)
def test_epoch(mistake):
    assert check("epoch", lambda *a: line(*a, wrong=mistake)).mistake == mistake
    left_out = check("epoch", lambda *a: line(*a, wrong=mistake, left_out=True))
    # Left out, no batch has fewer samples than it is divided by.
    assert (left_out.correct, left_out.mistake) == (
        (True, None) if mistake == "full_size" else (False, mistake)
    )


def test_an_answer_that_moves_the_parameters_it_is_given():
    def moving(x, y, start, lr, order, B):
        start -= line(x, y, start, lr, order, B)
        return start

    assert check("epoch", moving).mistake == "mutated"


def test_right_epochs():
    def matrix(x, y, start, lr, order, B, cuts=lambda n, B: -(-n // B)):
        A = np.c_[x, np.ones_like(x)]
        theta = start.copy()
        for batch in np.array_split(order, cuts(len(order), B)):
            theta -= lr * 2 * A[batch].T @ (A[batch] @ theta - y[batch]) / len(batch)
        return theta

    assert check("epoch", matrix).correct
    assert check("epoch", lambda *a: matrix(*a, cuts=lambda n, B: range(B, n, B))).correct
    assert check("epoch", line).correct
    assert check("epoch", lambda *a: line(*a, left_out=True)).correct
    too_large = check("epoch", lambda *a: matrix(*a, cuts=lambda n, B: max(n // B, 1)))
    assert not too_large.correct
    assert check("epoch", lambda *a: tuple(line(*a))).correct


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
    verdict = check("rates", (0.5, 1, 0.1))
    assert verdict.text.startswith("The first two are right. With the rate 0.1 the slopes")
    verdict = check("gain", lambda lr, c, slope: -lr * slope**2)
    assert "the tangent promises" in verdict.text
    assert verdict.more.startswith(
        "Tested on ordinary input, 0.1, 6, -15.655: your answer gives -24.5"
    )
