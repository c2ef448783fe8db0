"""The engine behind the exercises, on exercises made for the purpose: what it tells a reader."""

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import nnlib
from nnlib import exercises
from nnlib.exercises import checking, registry
from nnlib.exercises.exercise import Exercise, FunctionExercise, ValueExercise
from nnlib.exercises.wording import shown


def mean_square(X):
    return np.mean(X**2, axis=1)


def cases(rng):
    yield "ordinary", (np.array([[1.0, 2.0]]),)
    yield "random", (rng.normal(size=(1, 4)),)
    for n in (2, 3, 5):
        yield "batch", (rng.normal(size=(n, 4)),)
    yield "extreme", (np.array([[1000.0, -1000.0]]),)


MADE = {
    "squares": FunctionExercise(
        kind="write",
        level=1,
        reference=mean_square,
        cases=cases,
        mistakes={"no_square": lambda X: np.mean(X, axis=1)},
    ),
    "logarithm": FunctionExercise(
        kind="write",
        level=1,
        reference=lambda z: np.logaddexp(0, z),
        cases=lambda rng: [("ordinary", (1.0,)), ("batch", (np.ones(3),)), ("extreme", (800.0,))],
        finite_difference=lambda z: np.logaddexp(0, z),
    ),
    "layer": FunctionExercise(
        kind="write",
        level=1,
        reference=lambda X: 2 * X,
        cases=lambda rng: [("ordinary", (rng.normal(size=(2, 3)),))],
        use=lambda layer, X: layer().forward(X),
    ),
    "half": ValueExercise(kind="predict", level=1, answer=lambda: 0.5, atol=0.01),
    "three": ValueExercise(kind="predict", level=1, answer=lambda: [1.0, 2.0, 0.25], rtol=0.01),
}


@pytest.fixture(autouse=True)
def made(monkeypatch):
    words = {"title": "", "hint": "", "mistakes": {"no_square": "The square is missing."}}
    monkeypatch.setattr(checking, "find", lambda name: MADE[name])
    monkeypatch.setattr(checking, "words_of", lambda name: words)
    yield
    nnlib.set_language("en")


def test_a_right_function_is_told_what_it_was_tried_on():
    verdict = exercises.check("squares", lambda X: (X * X).sum(axis=1) / X.shape[1])
    assert verdict.correct is True
    assert verdict.text == (
        "Right. It agrees with the book's own solution on all 6 inputs: ordinary, random, batched, "
        "extreme."
    )
    assert repr(verdict).startswith("✓ Right")


def test_a_mistake_comes_with_the_first_difference():
    verdict = exercises.check("squares", lambda X: X.mean(axis=1))
    assert verdict.mistake == "no_square"
    assert verdict.text == (
        "The square is missing.\nTried on ordinary input, [[1., 2.]]: entry [0] of your result is "
        "1.5, and it should be 2.5."
    )


def in_place(X):
    X *= X
    return X.mean(axis=1)


GENERAL = {
    "missing_minus": lambda X: -mean_square(X),
    "sum_for_mean": lambda X: len(X) * mean_square(X),
    "mean_for_sum": lambda X: mean_square(X) / len(X),
    "twice": lambda X: 2 * mean_square(X),
    "half": lambda X: mean_square(X) / 2,
    "base_two": lambda X: mean_square(X) / np.log(2),
    "base_ten": lambda X: mean_square(X) / np.log(10),
    "mutated": in_place,
    "forgotten_batch": lambda X: np.array([np.mean(X**2)]),
    "overflow": lambda X: np.where(np.abs(X).max(axis=1) > 500, np.inf, mean_square(X)),
}


@pytest.mark.parametrize("name", GENERAL)
def test_mistakes_that_can_be_made_anywhere(name):
    assert exercises.check("squares", GENERAL[name]).mistake == name


def test_what_the_reader_raises_is_shown_short_with_its_line():
    def broken(X):
        return X @ X

    verdict = exercises.check("squares", broken)
    assert verdict.correct is False
    assert "your code stopped with ValueError: matmul" in verdict.text
    assert verdict.text.endswith("It happened in this line: return X @ X")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda X: [].append(X), "returned None. Is a `return` missing?"),
        (lambda X: "text", "an object of the type str"),
        (lambda X: mean_square(X) + 0j, "an object of the type ndarray"),
        (lambda X: mean_square(X)[:, np.newaxis], "has the shape (1, 1), and it should have (1,)"),
        (mean_square(np.ones((1, 2))), "asks for a function"),
    ],
)
def test_what_is_not_even_comparable_is_described(answer, words):
    verdict = exercises.check("squares", answer)
    assert verdict.correct is False
    assert words in verdict.text


def test_a_finite_difference_speaks_as_a_witness():
    verdict = exercises.check("logarithm", np.exp)
    assert "A central difference says so too: 1.3133." in verdict.text
    assert exercises.check("logarithm", lambda z: np.log(1 + np.exp(z))).mistake == "overflow"


def test_no_warning_reaches_the_reader():
    exercises.check("logarithm", lambda z: np.log(-np.exp(z)))  # warnings are errors here


def test_a_class_is_tried_as_the_exercise_says():
    class Double:
        def forward(self, X):
            return X + X

    class Blank:
        def forward(self, X):
            return ...

    class Broken:
        def forward(self, X):
            return X.missing

    assert exercises.check("layer", Double).correct
    assert exercises.check("layer", Blank).correct is None
    verdict = exercises.check("layer", Broken)
    assert "AttributeError" in verdict.text
    assert "return X.missing" in verdict.text


@pytest.mark.parametrize(
    ("answer", "mistake", "words"),
    [
        (0.505, None, "Right: 0.5."),
        (0.6, None, "0.6 is too large"),
        (0.3, None, "0.3 is too small"),
        (-0.5, "missing_minus", "minus"),
        (50, "percent", "percentage"),
        (np.nan, None, "nan is not a finite number"),
        ([0.5], None, "One number is asked for"),
        ("0.5", None, "type str"),
    ],
)
def test_numbers(answer, mistake, words):
    verdict = exercises.check("half", answer)
    assert verdict.correct is words.startswith("Right")
    assert verdict.mistake == mistake
    assert words in verdict.text


def test_several_numbers():
    assert exercises.check("three", (1, 2, 0.25)).correct
    assert exercises.check("three", np.array([1, 2, 0.25])).correct
    one_wrong = exercises.check("three", (1, 3, 0.25)).text
    assert one_wrong == "2 of 3 numbers are right. 3 at [1] is too large."
    assert "still missing" in exercises.check("three", (1, ..., 0.25)).text
    assert "The shape is (2,), and (3,) is asked for" in exercises.check("three", (1, 2)).text
    assert exercises.check("three", (..., ..., ...)).correct is None


def test_verdicts_speak_the_language_of_the_session():
    nnlib.set_language("zh")
    assert exercises.check("half", 0.5).text == "正确：0.5。"
    assert "偏大" in exercises.check("half", 0.6).text
    assert "中心差分" in exercises.check("logarithm", np.exp).text


def shows(code):
    shell = InteractiveShell.instance()
    shell.user_ns.update(exercises=exercises, mean_square=mean_square)
    with capture_output() as captured:
        shell.run_cell(code)
    InteractiveShell.clear_instance()
    return captured


def test_jupyter_shows_a_verdict_and_nothing_for_no_answer():
    (wrong,) = shows('exercises.check("squares", lambda X: [].missing)').outputs
    assert set(wrong.data) == {"text/plain", "text/html"}
    assert "<strong>✗</strong> Tried on" in wrong.data["text/html"]
    assert "&#x27;list&#x27; object" in wrong.data["text/html"]  # what the reader wrote is no HTML
    assert "'list' object" in wrong.data["text/plain"]
    for code in ('exercises.check("squares", ...)', 'exercises.check("half", ...)'):
        assert shows(code).outputs == []


def test_an_unknown_exercise_is_named_with_its_neighbors(monkeypatch):
    monkeypatch.undo()
    with pytest.raises(ValueError, match=r"no exercise 'softmax-produkt'; did you mean softmax-p"):
        exercises.check("softmax-produkt", 1)
    with pytest.raises(ValueError, match=r"no exercise 'q'; see list_exercises\(\)"):
        exercises.hint("q")
    with pytest.raises(TypeError, match="name must be the name of an exercise, got 3"):
        exercises.check(3, 1)
    with pytest.raises(ValueError, match=r"chapter must be one of networks, .*, got 'x'"):
        exercises.list_exercises("x")


def test_hints_and_the_list():
    hint = exercises.hint("softmax-product")
    assert hint._repr_markdown_() == repr(hint) == str(hint)
    assert "$p^{\\mathsf T} g$" in hint
    lines = repr(exercises.list_exercises("softmax")).splitlines()
    assert len(lines) == len(registry.chapter_of("softmax"))
    assert lines[0].split() == ["softmax-ratios", "●○○", "Predict", "the", "numbers"]
    nnlib.set_language("zh")
    assert exercises.list_exercises("softmax")[2].title == "不用矩阵"
    assert exercises.hint("softmax-product") != hint


def test_an_exercise_is_checked_when_it_is_written():
    with pytest.raises(ValueError, match=r"kind must be one of predict, .*, got 'guess'"):
        Exercise(kind="guess", level=1)
    with pytest.raises(ValueError, match="level must be 1, 2 or 3, got 4"):
        Exercise(kind="write", level=4)


def test_a_small_array_is_shown_without_powers_of_ten_where_four_decimals_do():
    assert shown(np.array([0.0005, 0.1695])) == "[0.0005, 0.1695]"
    assert shown(np.array([5e-9, 1.0])) == "[5.e-09, 1.e+00]"
