"""Answers to the exercises on the softmax as learners write them."""

import numpy as np
import pytest

import nnlib
from nnbook import exercises


def mistake(name, answer):
    verdict = exercises.check(f"softmax-{name}", answer)
    assert verdict.correct is False
    return verdict.mistake


def softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def test_ratios():
    assert exercises.check("softmax-ratios", (0.6, 0.3, 0.1)).correct
    assert mistake("ratios", (6, 3, 1)) == "not_divided"
    z = np.array([3.79, 3.10, 2.0])
    assert mistake("ratios", z / z.sum()) == "no_exponential"
    assert mistake("ratios", (60, 30, 10)) == "percent"
    assert mistake("ratios", (0.5, 0.4, 0.1)) is None


def test_base():
    assert exercises.check("softmax-base", [8, 1 / np.log(2)]).correct
    assert exercises.check("softmax-base", (8, 1.443)).correct
    assert mistake("base", (20.09, 1)) == "base_e"
    assert mistake("base", (8, 0.693)) == "temperature_upside_down"
    assert mistake("base", (8, 2)) == "base_for_temperature"
    assert mistake("base", (8, 0.5)) == "base_half"
    assert mistake("base", (6, 1.443)) == "three_times_two"
    assert mistake("base", (8, 3.322)) == "base_ten"
    assert mistake("base", (9, 1.443)) is None


def by_rows(p, g):
    return np.array([(np.diag(row) - np.outer(row, row)) @ h for row, h in zip(p, g, strict=True)])


def row_by_row(p, g):
    return np.array([row * (h - row @ h) for row, h in zip(p, g, strict=True)])


PRODUCTS = {
    "forbidden": by_rows,
    "diagonal_alone": lambda p, g: np.array([np.diag(np.diag(r - r * r)) for r in p]) * g,
    "others_forgotten": lambda p, g: np.array(
        [np.diag(row) @ h for row, h in zip(p, g, strict=True)]
    ),
    "plain_mean": lambda p, g: p * g - p * np.mean(g, axis=1)[:, None],
    "all_rows_together": lambda p, g: p * g - p * (p * g).sum(),
    "factor_p_forgotten": lambda p, g: g - np.einsum("nk,nk->n", p, g)[:, None],
    "axis_dropped": lambda p, g: p * (g - (p * g).sum(1)),
    "wrong_axis": lambda p, g: p * g - p * (p * g).sum(axis=0),
    "missing_minus": lambda p, g: p * ((p * g).sum(axis=1, keepdims=True) - g),
    "twice": lambda p, g: 2 * by_rows(p, g),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_product(name):
    assert exercises.check("softmax-product", row_by_row).correct
    assert mistake("product", PRODUCTS[name]) == name


def test_a_gradient_changed_in_place_is_noticed():
    def in_place(p, g):
        g -= np.sum(p * g, axis=1, keepdims=True)
        g *= p
        return g

    assert mistake("product", in_place) == "mutated"


def pair_by_hand(Z):
    return np.array([[nnlib.sigmoid(z - w), nnlib.sigmoid(w - z)] for z, w in Z.tolist()])


def test_pair():
    assert exercises.check("softmax-pair", pair_by_hand).correct
    assert exercises.check("softmax-pair", lambda Z: nnlib.sigmoid(Z - Z[:, ::-1])).correct
    assert mistake("pair", lambda Z: np.array([softmax(z) for z in Z])) == "forbidden"
    assert mistake("pair", lambda Z: nnlib.sigmoid(Z)) == "each_alone"
    assert mistake("pair", lambda Z: 1 - nnlib.sigmoid(Z[:, ::-1] - Z)) == "one_minus"
