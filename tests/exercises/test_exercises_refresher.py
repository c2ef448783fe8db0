"""Answers to the exercises of the reminder as learners write them."""

import numpy as np
import pytest

from nnbook import exercises


def mistake(name, answer):
    verdict = exercises.check(f"refresher-{name}", answer)
    assert verdict.correct is False
    return verdict.mistake


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        (
            "slopes",
            (4, 3),
            {
                (-1, 3): "value_for_slope",
                (8, 1): "constant_kept",
                (10, 0): "linear_term_lost",
                (3, 4): "two_numbers_swapped",
                (4, -5): "value_for_place",
                (4, 5): None,
            },
        ),
        (
            "product",
            (5, 3, 3, 2, 2),
            {
                (0, 3, 3, 2, 2): "row_and_column_swapped",
                (10, 3, 3, 2, 2): "counted_from_zero",
                (5, 2, 2, 3, 3): "shapes_swapped",
                (5, 3, 2, 2, 3): None,
            },
        ),
    ],
)
def test_numbers(name, right, wrong):
    assert exercises.check(f"refresher-{name}", right).correct
    for given, named in wrong.items():
        assert mistake(name, given) == named, given


def test_shapes_in_parentheses_of_their_own():
    found = exercises.check("refresher-product", (5, (3, 3), (2, 2)))
    assert found.correct is False
    assert "Write the 5 numbers one after another" in found.text


def spread_by_loop(X):
    means = [sum(column) / len(column) for column in X.T]
    pairs = zip(X.T, means, strict=True)
    return means, [sum((column - m) ** 2) / len(column) for column, m in pairs]


def test_spread():
    assert exercises.check("refresher-spread", spread_by_loop).correct
    assert mistake("spread", lambda X: (X.mean(1), X.var(1))) == "rows_for_columns"
    assert mistake("spread", lambda X: (X.mean(0), X.std(0))) == "deviation"
    assert mistake("spread", lambda X: (X.mean(0), (X**2).mean(0))) == "mean_of_squares"
    assert mistake("spread", lambda X: (X.var(0), X.mean(0))) == "order_swapped"
    assert mistake("spread", lambda X: (np.mean(X), np.var(X))) == "one_for_all"
    assert mistake("spread", lambda X: (X.mean(0), ((X - X.mean(0)) ** 2).sum(0))) == "not_divided"
    one_mean = "deviations_from_one_mean"
    assert mistake("spread", lambda X: (X.mean(0), np.square(X - X.mean()).mean(0))) == one_mean


def test_rows():
    for right in (
        lambda X: X - X.mean(axis=1)[:, None],
        lambda X: (X.T - X.mean(axis=1)).T,
        lambda X: np.array([row - row.mean() for row in X]),
    ):
        assert exercises.check("refresher-rows", right).correct
    assert mistake("rows", lambda X: X - X.mean(axis=1)) == "still_along_the_columns"
    assert mistake("rows", lambda X: X - X.mean(axis=0)) == "columns"
    assert mistake("rows", lambda X: X - X.mean()) == "one_mean"

    def in_place(X):
        X -= X.mean(axis=1, keepdims=True)
        return X

    assert mistake("rows", in_place) == "mutated"
