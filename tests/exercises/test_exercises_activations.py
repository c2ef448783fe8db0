"""The exercises on activation functions: wrong answers as a learner would write them."""

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
