"""Calculations that fade: each line is computed and exact, and no mistake looks like another.

How a line is judged on the page is tried in js/test/questions.test.js.
"""

import itertools
import json
import re
from fractions import Fraction

import numpy as np
import pytest

import nnlib
from nnbook.questions.bank import CALCULATIONS
from nnbook.questions.calculation import Calculation, Step, insert, written

NAMES = CALCULATIONS.names()
CHAPTERS = list(dict.fromkeys(name.partition("-")[0] for name in NAMES))
LINES = [
    (name, turn, line)
    for name in NAMES
    for turn in range(len(CALCULATIONS.find(name).rounds))
    for line in CALCULATIONS.find(name).steps
]


def value(formula):
    """Compute what is written, exactly."""
    plain = formula.replace(r"\cdot", "*").replace("−", "-").replace(r"\,", "*")
    exact = re.sub(r"\d+(?:\.\d+)?", lambda number: f"Fraction('{number[0]}')", plain)
    return eval(exact, {"Fraction": Fraction})


@pytest.mark.parametrize(("name", "turn", "line"), LINES)
def test_each_line_is_true_as_it_is_written(name, turn, line):
    written_line = CALCULATIONS.find(name).line(turn, line)
    assert value(written_line["inserted"]) == value(written_line["answer"])


@pytest.mark.parametrize(("name", "turn", "line"), LINES)
def test_mistakes_differ_from_the_answer_and_from_each_other_in_every_round(name, turn, line):
    calculation = CALCULATIONS.find(name)
    every = Calculation(
        numbers=calculation.numbers,
        given=calculation.given,
        steps=calculation.steps,
        rounds=[calculation.rounds[turn]] * 2,
        blanks=[len(calculation.steps)],
    )
    judged = every.blank(1, line)
    assert judged.judge(judged.right).verdict == "right"
    assert judged.mistakes
    for mistake, wrong in judged.mistakes.items():
        assert judged.judge(wrong()).name == mistake


@pytest.mark.parametrize("name", NAMES)
def test_more_is_left_out_from_round_to_round_and_the_numbers_are_others(name):
    calculation = CALCULATIONS.find(name)
    count = [len(calculation.left_out(turn)) for turn in range(len(calculation.rounds))]
    assert count[0] == 0
    assert count == sorted(set(count))
    assert calculation.left_out(len(count) - 1) == list(calculation.steps)
    results = [[numbers[line] for line in calculation.steps] for numbers in calculation.computed]
    for one, other in itertools.combinations(results, 2):
        assert one[-1] != other[-1]
    json.dumps(calculation.describe(), allow_nan=False)


def test_the_seven_slopes_are_those_of_the_network():
    """The forward pass is rounded to two digits: the slopes are right to a twentieth."""
    calculation = CALCULATIONS.find("backpropagation-sweep")
    for numbers in calculation.computed:
        w1, b1, w2, b2, w3, w4, b3 = (
            numbers[key] for key in ("w1", "b1", "w2", "b2", "w3", "w4", "b3")
        )
        model = nnlib.Sequential(
            nnlib.Linear.from_arrays([[w1, w2]], [b1, b2]),
            nnlib.Softplus(),
            nnlib.Linear.from_arrays([[w3], [w4]], [b3]),
        )
        y_hat = model.forward([[numbers["x"]]])
        model.backward(nnlib.ssr_derivative(y_hat, [[numbers["y"]]]))
        W1, B1, W2, B2 = (parameter.grad.ravel() for parameter in model.parameters())
        order = ("dw1", "dw2", "db1", "db2", "dw3", "dw4", "db3")
        found = np.concatenate([W1, B1, W2, B2])
        np.testing.assert_allclose([numbers[key] for key in order], found, rtol=0.05, atol=0.02)


def test_the_slopes_of_the_softmax_agree_with_finite_differences():
    for numbers in CALCULATIONS.find("softmax-slopes").computed:
        z = np.log([numbers[f"e{k}"] for k in (1, 2, 3)])
        slopes = nnlib.numerical_gradient(lambda z: nnlib.softmax(z)[0], z)
        assert [numbers["own"], numbers["other"]] == pytest.approx(slopes[:2], abs=1e-6)


def test_negative_numbers_get_parentheses_where_a_sign_is_before_them():
    numbers = {"a": -2, "b": 0.5, "y": 3}
    assert insert(r"{a} \cdot {a} - {a}", numbers) == r"−2 \cdot (−2) - (−2)"
    assert insert(r"\hat{y} = {a}, ({a},\,{b})", numbers) == r"\hat{y} = −2, (−2,\,0.5)"
    assert [written(number) for number in (-0.10, 3.0, 0.088)] == ["−0.1", "3", "0.088"]


def test_what_does_not_fit_is_refused():
    step = Step(symbol="s", formula="", inserted="{s}")
    with pytest.raises(ValueError, match="2 rounds need one number of blanks less"):
        Calculation(numbers=dict, given=[], steps={"s": step}, rounds=[{}, {}], blanks=[])
    with pytest.raises(ValueError, match="name must be one of"):
        CALCULATIONS.find("softmax-slopes").blank(1, "p1")
