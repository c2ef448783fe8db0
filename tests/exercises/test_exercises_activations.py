"""The exercises on activation functions: wrong answers as a learner would write them."""

import math

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def mistake(name, answer):
    verdict = exercises.check(f"activations-{name}", answer)
    assert verdict.correct is False, verdict
    return verdict.mistake


def right(name, answer):
    return exercises.check(f"activations-{name}", answer).correct


# -- Numbers -------------------------------------------------------------------------------


def test_slopes():
    assert right("slopes", (-2, -3, -1, 2))
    assert right("slopes", np.array([-2.0, -3.0, -1.0, 2.0]))
    assert mistake("slopes", (2, 1, -1, 2)) == "inner_minus_forgotten"
    assert mistake("slopes", (0, -1, 1, 4)) == "switched_the_wrong_way"
    assert mistake("slopes", (-2, -3, -3, 0)) == "never_switched_off"
    assert mistake("slopes", (-2, -1, 2, 3)) == "changes"
    assert mistake("slopes", (2, -1, -3, -2)) == "from_right_to_left"
    assert mistake("slopes", (2, 3, 1, -2)) == "missing_minus"
    assert exercises.check("activations-slopes", (-2, -3, -1, 3)).text.startswith("Not yet.")


def test_tanh_product():
    w, factor = np.log(3), 0.75 * np.log(3)
    assert right("tanh-product", (w, factor**10, w**10))
    assert right("tanh-product", [1.0986, 0.144, 2.56])
    assert mistake("tanh-product", (w, 0.75**10, 1)) == "weight_forgotten"
    assert mistake("tanh-product", (w, 0.232, 2.561)) == "slope_at_activation"
    assert mistake("tanh-product", (w, factor, w)) == "one_factor"
    assert mistake("tanh-product", (w, 10 * factor, 10 * w)) == "added"
    assert mistake("tanh-product", (w, (w / 4) ** 10, (w / 4) ** 10)) == "slope_of_the_sigmoid"
    assert mistake("tanh-product", (0.5493, 2.251e-3, 2.501e-3)) == "sum_for_weight"
    assert mistake("tanh-product", (w, w**10, factor**10)) == "exchanged"
    assert mistake("tanh-product", (w, 0.2, 3)) is None


# -- The slope of tanh ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (lambda a: 1 - np.tanh(a) ** 2, "activation_taken_for_sum"),
        (lambda a: a - a * a, "slope_of_the_sigmoid"),
        (lambda a: 4 * a - 4 * np.square(a), "activation_taken_for_sigmoid"),
        (lambda a: 1 - a, "square_forgotten"),
        (lambda a: 1 + a * a, "slope_of_the_tangent"),
        (lambda a: np.cos(np.arcsin(a)), "root_taken"),
        (lambda a: a**2 - 1, "missing_minus"),
        (lambda a: 2 * (1 - a**2), "twice"),
    ],
)
def test_tanh_slope(code, expected):
    assert mistake("tanh-slope", code) == expected


def test_the_slope_of_tanh_may_go_through_the_sigmoid():
    def through_sigmoid(a):
        s = (a + 1) / 2
        return 4 * s * (1 - s)

    assert right("tanh-slope", through_sigmoid)
    assert right("tanh-slope", lambda a: 1 - np.square(a))

    def changes_its_input(a):
        a *= a
        return 1 - a

    assert mistake("tanh-slope", changes_its_input) == "mutated"


# -- The logarithm of the sigmoid ----------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (lambda z: np.log(nnlib.sigmoid(z)), "as_it_stands"),
        (lambda z: -np.log(1 + np.exp(-z)), "as_it_stands"),
        (lambda z: -np.log1p(np.exp(-z)), "overflow"),
        (lambda z: np.log(np.exp(z) / (1 + np.exp(z))), None),
        (lambda z: z - np.log1p(np.exp(z)), "other_form"),
        (lambda z: np.where(z < 0, z, 0) - np.log(1 + np.exp(-abs(z))), "digits_lost"),
        (lambda z: np.log(1 / (1 + np.exp(-z)) + 1e-12), "propped_up"),
        (lambda z: -np.logaddexp(0, z), "mirrored"),
        (lambda z: np.where(z < 0, z, 0), "corner"),
        (lambda z: nnlib.softplus(-z), "missing_minus"),
        (lambda z: np.log10(nnlib.sigmoid(z)), "base_ten"),
    ],
)
def test_log_sigmoid(code, expected):
    assert mistake("log-sigmoid", code) == expected


def test_the_logarithm_of_the_sigmoid_may_be_written_in_several_ways():
    assert right("log-sigmoid", lambda z: -np.logaddexp(0, -z))
    assert right("log-sigmoid", lambda z: np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))))
    text = exercises.check("activations-log-sigmoid", lambda z: np.log(nnlib.sigmoid(z))).more
    assert text.endswith("entry [0] of your result is -inf; it should be -1000.")


# -- Dead neurons --------------------------------------------------------------------------


def neurons(Z, off, dead):
    """Count neurons in loops: those whose numbers of samples pass a test."""
    return sum(dead([off(z) for z in column]) for column in Z.T)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (lambda Z: neurons(Z, lambda z: z <= 0, any), "off_somewhere"),
        (lambda Z: neurons(Z, lambda z: z < 0, all), "zero_counts_as_on"),
        (lambda Z: sum(max(row) <= 0 for row in Z), "samples_counted"),
        (lambda Z: np.count_nonzero(nnlib.relu(Z) == 0), "sums_counted"),
        (lambda Z: np.count_nonzero(Z.max(axis=0) > 0), "living_counted"),
        (lambda Z: ~(Z > 0).any(axis=0), "each_neuron"),
        (lambda Z: int(np.sum(Z.mean(axis=0) <= 0)), "sum_over_samples"),
    ],
)
def test_born_dead(code, expected):
    assert mistake("born-dead", code) == expected


def test_dead_neurons_may_be_counted_in_several_ways():
    assert right("born-dead", lambda Z: neurons(Z, lambda z: z <= 0, all))
    assert right("born-dead", lambda Z: Z.shape[1] - np.count_nonzero(nnlib.relu(Z).sum(axis=0)))


# -- The fixed point that repels -----------------------------------------------------------


def test_repelling():
    end = 0.6
    for _ in range(100):
        end = 1 / (1 + math.exp(2.5 - 5 * end))
    factor = 5 * end * (1 - end)
    assert right("repelling", (1.25, end, factor))
    assert right("repelling", (1.25, 0.855, 0.62))
    assert mistake("repelling", (0.25, end, factor / 5)) == "weight_forgotten"
    assert mistake("repelling", (1.25, 0.5, 1.25)) == "back_to_one_half"
    assert mistake("repelling", (1.25, 1 - end, factor)) == "other_side"
    assert mistake("repelling", (1.25, 1, 0)) == "saturated"
    first = 1 / (1 + math.exp(-0.5))
    slope = nnlib.sigmoid_derivative
    assert mistake("repelling", (1.25, first, 5 * slope(5 * first - 2.5))) == "one_layer"
    assert mistake("repelling", (1.25, 0.6, 5 * slope(0.5))) == "stays_at_the_start"
    assert mistake("repelling", (5 * slope(0.5), end, 5 * slope(end))) == "slope_at_activation"
    assert mistake("repelling", (1.25, 0.7, 0.9)) is None


# -- The plateau ---------------------------------------------------------------------------


def gradients(r, x, w, b, v, c):
    """The three gradients as the chain rule gives them, sample by sample."""
    total = np.zeros(3)
    for residual, number in zip(r, x, strict=True):
        a = c * (w * number + b)
        total += -2 * residual * np.array([v * c * number, v * c, a])
    return total


def slope_for_value(r, x, w, b, v, c):
    link = -2 * r * c
    return v * (link @ x), v * link.sum(), link.sum()


def value_without_slope(r, x, w, b, v, c):
    grad = gradients(r, x, w, b, v, c)
    grad[2] = -2 * r @ (w * x + b)
    return grad


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (lambda r, x, *node: gradients(r, np.full(len(x), sum(x)), *node), "product_of_sums"),
        (slope_for_value, "slope_for_value"),
        (value_without_slope, "value_without_slope"),
        (lambda r, x, w, b, v, c: gradients(r, x, w, b, 1, c), "output_weight_forgotten"),
        (lambda r, x, w, b, v, c: gradients(r, x, w, 0, v, c), "bias_forgotten"),
        (lambda *given: -gradients(*given), "missing_minus"),
        (lambda *given: gradients(*given) / 2, "half"),
        (lambda r, *given: gradients(r, *given) / len(r), "mean_for_sum"),
    ],
)
def test_plateau(code, expected):
    assert mistake("plateau", code) == expected


def test_a_product_of_sums_is_not_a_sum_of_products():
    def from_two_sums(r, x, w, b, v, c):
        s, t = sum(r), sum(r) * sum(x)
        return [-2 * v * c * t, -2 * v * c * s, -2 * c * (w * t + b * s)]

    verdict = exercises.check("activations-plateau", from_two_sums)
    assert verdict.mistake == "product_of_sums"
    assert "A sum of products is not the product of the sums" in verdict.text


def test_the_gradients_may_be_summed_up_in_several_ways():
    def by_layers(r, x, w, b, v, c):
        hidden = nnlib.Linear.from_arrays([[w]], [b])
        output = nnlib.Linear.from_arrays([[c * v]], [0])
        model = nnlib.Sequential(hidden, output)
        model.forward(np.reshape(x, (-1, 1)))
        model.backward(-2 * np.reshape(r, (-1, 1)))
        return hidden.weight.grad[0, 0], hidden.bias.grad[0], c * output.weight.grad[0, 0]

    assert right("plateau", by_layers)
    assert right("plateau", gradients)
