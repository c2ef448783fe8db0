"""Answers of several functions, results of several parts: the first that is wrong is named."""

import numpy as np
import pytest

from nnbook import exercises
from nnbook.exercises import checking, registry
from nnbook.messages import load
from nnbook.questions.code import Code, each

NAME = "networks-parts"


def double(x):
    return 2 * x


def shift(x):
    return double(x) + 1


def cases(rng):
    yield "ordinary", (np.array([1.0, -2.0, 0.0]),)
    yield "random", (rng.normal(size=(3, 4)),)


TWO = Code(
    kind="write",
    level=1,
    parts=("double", "shift"),
    use=each,
    reference=lambda x: [2 * x, 2 * x + 1],
    cases=cases,
    forbids={"nnlib", "add"},
    mistakes={"minus": (double, lambda x: 2 * x - 1)},
)


def use_pair(answers, x, scale):
    pair, last = answers
    yield from pair(x)
    yield last(x, scale=scale)


PAIR = Code(
    kind="write",
    level=1,
    parts=("pair up", "pair down", "last"),
    use=use_pair,
    reference=lambda x, scale: [x + 1, x - 1, scale * x],
    cases=lambda rng: [("ordinary", (np.array([1.0, 2.0]), 3))],
)


@pytest.fixture
def check(monkeypatch):
    words = {"title": "", "hint": "", "mistakes": {"minus": "plus, not minus"}}
    words["parts"] = {"pair down": "the second array"}
    monkeypatch.setitem(load("chapters/networks")["exercises"], "parts", words)

    def check(exercise, *answers):
        monkeypatch.setitem(registry.chapter_of("networks"), "parts", exercise)
        return exercises.check(NAME, *answers)

    return check


def test_all_parts_right(check):
    assert check(TWO, double, shift).correct
    assert check(TWO, (double, shift)).correct
    assert check(TWO, double, lambda x: x + x + np.ones(x.shape)).correct


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ((lambda x: x + 3, shift), "Not yet right: `double`.\nTested on ordinary"),
        ((lambda x: x, lambda x: x), "Not yet right: `double`."),
        ((double, lambda x: x), "Right: `double`. Not yet right: `shift`."),
        ((lambda x: x[5, 5], shift), "Not yet right: `double`.\n"),
        ((double, lambda x: x[5, 5]), "Right: `double`. Not yet right: `shift`.\nTested on"),
        ((double, lambda x: -2 * x - 1), "Right: `double`. Not yet right: `shift`.\nThe size is"),
        ((double, lambda x: (2 * x + 1).sum()), "a single number; there should be 3"),
        ((double, print), "your function returned None"),
    ],
)
def test_the_first_part_that_differs_is_said(check, answers, says):
    verdict = check(TWO, *answers)
    assert verdict.correct is False
    assert says in verdict.text


def test_a_mistake_in_a_part_is_named(check):
    verdict = check(TWO, double, lambda x: x + x - 1)
    assert verdict.mistake == "minus"
    assert "Right: `double`. Not yet right: `shift`.\nplus, not minus" in verdict.text
    assert check(TWO, abs, lambda x: x + x - 1).mistake is None


def test_what_an_answer_uses_is_looked_at_in_all_functions(check):
    verdict = check(TWO, double, lambda x: np.add(double(x), 1))
    assert verdict.mistake == "forbidden"
    assert "Right: `" not in verdict.text
    assert check(TWO, lambda x: np.add(x, x), abs).mistake != "forbidden"


def test_other_counts_of_functions_are_refused(check):
    for answers in ((double,), (double, 3), (double, shift, double), (3,)):
        verdict = check(TWO, *answers)
        assert verdict.correct is False
        assert 'exercises.check("networks-parts", double, shift)' in verdict.text
    with pytest.raises(TypeError, match="needs an answer after the name"):
        exercises.check(NAME)


def test_one_function_may_give_several_parts(check):
    assert check(PAIR, lambda x: (x + 1, x - 1), lambda x, scale: scale * x).correct
    verdict = check(PAIR, lambda x: (x + 1, x + 1), lambda x, scale: scale * x)
    assert "Right: `up` of `pair`. Not yet right: the second array." in verdict.text


def test_the_arguments_shown_are_those_of_the_function(check):
    def pair(x):
        return x + 1, x - 1

    shown = check(PAIR, pair, lambda x, scale: x).text
    assert "Right: `pair`. Not yet right: `last`." in shown
    assert "Tested on ordinary input, [1., 2.], 3:" in shown
    shown = check(PAIR, lambda x: (x, x), lambda x, scale: x).text
    assert "Tested on ordinary input, [1., 2.]:" in shown


def test_functions_with_dots_left_are_not_finished(check):
    def todo(x):
        return ...

    def begun(x):
        y = ...
        return y + x

    assert check(TWO, todo, begun).correct is None
    assert check(TWO, begun, begun).correct is None
    text = check(TWO, double, begun).text
    assert "Not yet right: `shift`.\n`shift` is not finished: replace every `...`." in text
    assert "`double` is not finished" in check(TWO, todo, shift).text
    assert check(TWO, lambda x: 2 * x[...], shift).correct


def test_one_function_with_dots_left_is_no_answer(check):
    def begun(x):
        y = ...
        return y + x

    alone = Code(kind="write", level=1, reference=double, cases=cases)
    assert check(alone, begun).correct is None


def test_lists_of_arrays_are_compared_and_shown():
    assert checking.shown([np.ones((2, 2)), np.ones(1)]) == "[[[1., 1.], [1., 1.]], [1.]]"


def test_what_is_given_may_hold_lists_and_generators(check):
    def step(params, rng):
        return [p + rng.normal() for p in params]

    def change(params, rng):
        params[0] += 1
        return params

    lists = Code(
        kind="write",
        level=1,
        parts=("step W", "step b"),
        use=lambda answer, params, rng: answer(params, rng),
        reference=step,
        cases=lambda rng: [
            ("ordinary", ([np.ones((2, 2)), np.zeros(1)], np.random.default_rng(0))),
        ],
    )
    assert check(lists, step).correct
    assert check(lists, change).mistake == "mutated"
