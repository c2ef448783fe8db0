"""Answers to the exercises on loss functions as learners write them."""

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def mistake(name, answer):
    verdict = exercises.check(f"losses-{name}", answer)
    assert verdict.correct is False
    return verdict.mistake


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def test_numbers():
    assert exercises.check("losses-numbers", (-0.167, 0.006, 0.760, 0.00333)).correct
    assert mistake("numbers", (0.167, 0.006, 0.760, 0.00333)) == "shift_turned"
    assert mistake("numbers", (-0.5, 0.006, 0.760, 0.00333)) == "shift_sum"
    assert mistake("numbers", (-0.167, 15, 0.760, 0.00333)) == "multiplied"
    assert mistake("numbers", (-0.167, 0.006, 7.6, 0.00333)) == "not_averaged"
    assert mistake("numbers", (-0.167, 0.006, 0.760, 0.00667)) == "largest_rate"
    assert mistake("numbers", (-0.167, 0.006, 0.760, 0.0033)) == "rounded_too_far"
    assert mistake("numbers", (-0.167, 0.006, 0.693, 0.00333)) is None


def line_by_loop(w, b, x, y):
    in_w = in_b = 0.0
    for xi, yi in zip(x, y, strict=True):
        in_w += 2 * (w * xi + b - yi) * xi
        in_b += 2 * (w * xi + b - yi)
    return in_w, in_b


LINES = {
    "missing_minus": lambda w, b, x, y: np.array(
        [sum(2 * (y - w * x - b) * x), sum(2 * (y - w * x - b))]
    ),
    "half": lambda w, b, x, y: [np.dot(w * x + b - y, x), np.sum(w * x + b - y)],
    "mean_for_sum": lambda w, b, x, y: (
        [2 * np.mean((w * x + b - y) * x), 2 * np.mean(w * x + b - y)]
    ),
    "input_forgotten": lambda w, b, x, y: [2 * np.sum(w * x + b - y)] * 2,
    "order_swapped": lambda w, b, x, y: line_by_loop(w, b, x, y)[::-1],
    "bias_forgotten": lambda w, b, x, y: [2 * np.sum((w * x - y) * x), 2 * np.sum(w * x - y)],
    "sum_before_product": lambda w, b, x, y: (
        [2 * np.sum(w * x + b - y) * np.sum(x), 2 * np.sum(w * x + b - y)]
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_line(name):
    assert exercises.check("losses-line", line_by_loop).correct
    assert mistake("line", LINES[name]) == name


def test_the_line_is_to_be_derived():
    def measured(w, b, x, y):
        return nnlib.numerical_gradient(lambda v: nnlib.ssr(v[0] * x + v[1], y), np.array([w, b]))

    assert mistake("line", measured) in ("forbidden", "imprecise")
    assert mistake("line", lambda *a: 0 * measured(*a) + line_by_loop(*a)) == "forbidden"


def test_median():
    assert exercises.check("losses-median", np.median).correct
    assert mistake("median", lambda y: sum(y) / len(y)) == "mean"
    assert mistake("median", lambda y: y[(len(y) - 1) // 2]) == "not_sorted"
    assert mistake("median", lambda y: (max(y) + min(y)) / 2) == "middle_of_the_range"

    def sorts_in_place(y):
        y.sort()
        return y[len(y) // 2]

    def sorts_nothing(y):
        return y.sort()[len(y) // 2]

    assert mistake("median", sorts_in_place) == "mutated"
    assert mistake("median", sorts_nothing) is None
    text = exercises.check("losses-median", sorts_nothing).text
    assert "TypeError: 'NoneType' object is not subscriptable" in text


SLOPES = {
    "slope_in_p": lambda w, b, x, y: (
        (-y / sigmoid(w * x + b) + (1 - y) / (1 - sigmoid(w * x + b))) * np.array([x, 1])
    ),
    "sigmoid_slope_left": lambda w, b, x, y: (
        (sigmoid(w * x + b) - y) * sigmoid(w * x + b) * (1 - sigmoid(w * x + b)) * np.array([x, 1])
    ),
    "input_forgotten": lambda w, b, x, y: np.ones(2) * (sigmoid(w * x + b) - y),
    "order_swapped": lambda w, b, x, y: (sigmoid(w * x + b) - y) * np.array([1, x]),
    "missing_minus": lambda w, b, x, y: (y - sigmoid(w * x + b)) * np.array([x, 1]),
    "raw_output_for_probability": lambda w, b, x, y: [(w * x + b - y) * x, w * x + b - y],
}


@pytest.mark.parametrize("name", SLOPES)
def test_slope(name):
    def right(w, b, x, y):
        p = np.exp(-np.logaddexp(0, -(w * x + b)))
        return x * (p - y), p - y

    def chain(w, b, x, y):
        p = sigmoid(w * x + b)
        return SLOPES["slope_in_p"](w, b, x, y) * p * (1 - p)

    assert exercises.check("losses-slope", right).correct
    assert exercises.check("losses-slope", chain).correct
    assert mistake("slope", SLOPES[name]) == name


def test_the_verdict_on_a_wrong_slope_brings_its_witness():
    verdict = exercises.check("losses-slope", SLOPES["slope_in_p"])
    text = verdict.more
    assert verdict.text.startswith("This is still the slope with respect to p.")
    assert "Tested on ordinary input, 2, 2, 1, 0: entry [0] of your result is 55.5982" in text
    assert text.endswith("A central difference agrees: 0.98201.")


def test_valley():
    assert exercises.check("losses-valley", (0.333, -0.296)).correct
    assert mistake("valley", (1 / 3, 0.296)) == "missing_minus"
    assert mistake("valley", (0.5, -0.25)) == "symmetric_place"
    assert mistake("valley", (1 / 3, -4 / 3)) == "slope_in_p_at_the_place"
