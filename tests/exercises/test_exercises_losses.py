"""Answers to the exercises on loss functions as learners write them."""

import math

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


def through_p(z, y):
    p = sigmoid(z)
    return np.where(y == 1, -np.log(p), -np.log(1 - p)).mean(), (p - y) / z.size


def single_losses(z, y):
    return np.logaddexp(0, z) - y * z


def clipped(z, y):
    p = np.clip(sigmoid(z), 1e-12, 1 - 1e-12)
    return np.mean(-y * np.log(p) - (1 - y) * np.log(1 - p)), (p - y) / len(z)


def nudged(z, y):
    p = sigmoid(z)
    return np.mean(-y * np.log(p + 1e-7) - (1 - y) * np.log(1 - p + 1e-7)), (p - y) / len(z)


LOGITS = {
    "overflow": through_p,
    "clipped": clipped,
    "losses_not_averaged": lambda z, y: (single_losses(z, y), (sigmoid(z) - y) / len(z)),
    "slope_first": lambda z, y: ((sigmoid(z) - y) / len(z), single_losses(z, y).mean()),
    "forbidden": lambda z, y: (
        nnlib.binary_cross_entropy_with_logits(z, y),
        (nnlib.sigmoid(z) - y) / len(z),
    ),
    "slope_not_divided": lambda z, y: (through_p(z, y)[0], sigmoid(z) - y),
    "loss_not_divided": lambda z, y: (
        np.sum(np.log(1 + np.exp(z)) - y * z),
        (sigmoid(z) - y) / len(z),
    ),
    "loss_alone": lambda z, y: np.mean(np.log(1 + np.exp(z)) - y * z),
    "slope_with_wrong_sign": lambda z, y: (through_p(z, y)[0], (y - sigmoid(z)) / len(z)),
    "slope_in_p": lambda z, y: (
        through_p(z, y)[0],
        (-y / sigmoid(z) + (1 - y) / (1 - sigmoid(z))) / len(z),
    ),
    "targets_swapped": lambda z, y: through_p(z, 1 - y),
}


@pytest.mark.parametrize("name", LOGITS)
def test_logits(name):
    def right(z, y):
        s = 0.5 * (1 + np.tanh(z / 2))
        return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-abs(z)))), (s - y) / len(z)

    assert exercises.check("losses-logits", right).correct
    assert exercises.check("losses-logits", lambda z, y: list(right(z, y))).correct
    assert mistake("logits", LOGITS[name]) == name


def test_what_is_wrong_at_the_extremes_has_its_reason():
    assert mistake("logits", nudged) == "clipped"

    def doubled_exponent(z, y):
        losses = np.where(y == 1, np.log1p(np.exp(-z)), np.log1p(np.exp(z)))
        return losses.mean(), (sigmoid(z) - y) / len(z)

    verdict = exercises.check("losses-logits", doubled_exponent)
    assert verdict.mistake == "overflow"
    assert "e to the power 1000 is infinite" in verdict.text  # there is no p in this code


def test_each_result_is_told_by_its_own_shape():
    text = exercises.check("losses-logits", lambda z, y: (1.0, np.ones((2, 2)))).text
    assert "result 2 of your function is an array of shape (2, 2); it should be an array of" in text
    text = exercises.check("losses-logits", lambda z, y: (1.0, 2.0, 3.0)).text
    assert "should return 2 results, separated by a comma; it returned 3." in text


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


DIVERGENCES = {
    "kept_finite": lambda q, p: np.sum(q * np.log((q + 1e-12) / (p + 1e-12))),
    "impossible_outcomes": lambda q, p: (q * np.log(q / p)).sum(),
    "order_swapped": lambda q, p: np.nansum(p * np.log(p / q)),
    "cross_entropy": lambda q, p: -(q @ np.log(p)),
    "missing_minus": lambda q, p: np.nansum(q * np.log(p / q)),
    "base_two": lambda q, p: np.nansum(q * np.log2(q / p)),
    "mean_for_sum": lambda q, p: np.nanmean(q * np.log(q / p)),
    "not_weighted": lambda q, p: sum(np.log(q) - np.log(p)),
}


@pytest.mark.parametrize("name", DIVERGENCES)
def test_divergence(name):
    def right(q, p):
        return sum(a * np.log(a / b) for a, b in zip(q, p, strict=True) if a > 0)

    assert exercises.check("losses-divergence", right).correct
    assert mistake("divergence", DIVERGENCES[name]) == name


@pytest.mark.parametrize("tiny", [1e-7, 1e-12, 1e-300])
def test_what_cannot_be_and_happens_costs_without_limit(tiny):
    def clipped(q, p):
        q, p = np.clip(q, tiny, 1), np.clip(p, tiny, 1)
        return np.sum(q * np.log(q / p))

    def added(q, p):
        return sum(q * (np.log(q + tiny) - np.log(p + tiny)))

    assert mistake("divergence", clipped) == mistake("divergence", added) == "kept_finite"
    assert mistake("divergence", lambda q, p: q @ np.log(q) - q @ np.log(p)) == (
        "impossible_outcomes"
    )


def test_valley():
    assert exercises.check("losses-valley", (0.333, -0.296)).correct
    assert mistake("valley", (1 / 3, 0.296)) == "missing_minus"
    assert mistake("valley", (0.5, -0.25)) == "symmetric_place"
    assert mistake("valley", (1 / 3, -4 / 3)) == "slope_in_p_at_the_place"


def log_of_densities(y, y_hat, s):
    return sum(math.log(s * math.sqrt(2 * math.pi)) + r * r / (2 * s * s) for r in y - y_hat)


def test_normal():
    assert exercises.check("losses-normal", log_of_densities).correct
    noise = [lambda y, y_hat, s: -np.log(math.prod(density(y, y_hat, s))), "product_first"]
    half = [lambda y, y_hat, s: np.sum(np.log(s) + (y - y_hat) ** 2 / (2 * s**2)), None]
    for answer, name in (noise, half):
        verdict = exercises.check("losses-normal", answer)
        assert (verdict.correct, verdict.mistake) == (False, name)


def density(y, y_hat, s):
    return np.exp(-0.5 * ((y - y_hat) / s) ** 2) / np.sqrt(2 * np.pi * s**2)
