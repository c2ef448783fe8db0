"""The engine behind the exercises, on exercises made for the purpose: what it tells a reader."""

import os
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import nnbook
import nnlib
from nnbook import exercises
from nnbook.exercises import checking, limit, means, registry, verdict
from nnbook.exercises.wording import shown
from nnbook.questions.code import Code, Exercise
from nnbook.questions.values import Values, rounded


def mean_square(X):
    return np.mean(X**2, axis=1)


def cases(rng):
    yield "ordinary", (np.array([[1.0, 2.0]]),)
    yield "random", (rng.normal(size=(1, 4)),)
    for n in (2, 3, 5):
        yield "batch", (rng.normal(size=(n, 4)),)
    yield "extreme", (np.array([[1000.0, -1000.0]]),)


MADE = {
    "squares": Code(
        kind="write",
        level=1,
        reference=mean_square,
        cases=cases,
        mistakes={"no_square": lambda X: np.mean(X, axis=1)},
    ),
    "logarithm": Code(
        kind="write",
        level=1,
        reference=lambda z: np.logaddexp(0, z),
        cases=lambda rng: [("ordinary", (1.0,)), ("batch", (np.ones(3),)), ("extreme", (800.0,))],
        finite_difference=lambda z: np.logaddexp(0, z),
    ),
    "means": Code(kind="write", level=1, reference=mean_square, cases=cases, forbids={"average"}),
    "axes": Code(
        kind="write",
        level=1,
        reference=mean_square,
        cases=lambda rng: [("batch", (np.ones((n, 4)),)) for n in (2, 5)],
        mistakes={"no_square": lambda X: X - np.ones(len(X) + 1)},
    ),
    "silent": Code(
        kind="write",
        level=1,
        reference=mean_square,
        cases=cases,
        mistakes={"no_square": lambda X: None},
    ),
    "tiny": Code(
        kind="write",
        level=1,
        reference=lambda X: X * X,
        cases=lambda rng: [("ordinary", (np.array([1e-300]),))],
    ),
    "layer": Code(
        kind="write",
        level=1,
        reference=lambda X: 2 * X,
        cases=lambda rng: [("ordinary", (rng.normal(size=(2, 3)),))],
        use=lambda layer, X: layer().forward(X),
    ),
    "third": Values(kind="predict", level=1, answer=lambda: 1 / 3, rtol=0.01),
    "ninth": Values(kind="predict", level=1, answer=lambda: [1.1, 1 / 9], rtol=1e-3),
    "half": Values(kind="predict", level=1, answer=lambda: 0.5, atol=0.01),
    "three": Values(kind="predict", level=1, answer=lambda: [1.0, 2.0, 0.25], rtol=0.01),
}


@pytest.fixture(autouse=True)
def made(monkeypatch):
    words = {"title": "", "hint": "", "mistakes": {"no_square": "The square is missing."}}
    monkeypatch.setattr(checking, "find", lambda name: MADE[name])
    monkeypatch.setattr(verdict, "words_of", lambda name: words)
    monkeypatch.setattr(checking, "_tried", {})
    yield
    nnbook.set_language("en")


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
    assert verdict.text == "The square is missing."
    assert verdict.more == (
        "Tested on ordinary input, [[1., 2.]]: entry [0] of your result is 1.5; it should be 2.5."
    )
    assert repr(verdict) == f"✗ {verdict.text}\n{verdict.more}"
    fold = f"<details><summary>More</summary>{verdict.more}</details>"
    assert f"{verdict.text}{fold}</div>" in verdict._html()


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
    "rounded": lambda X: np.round(mean_square(X), 2),
    "imprecise": lambda X: np.mean(X.astype(np.float32) ** 2, axis=1),
}


@pytest.mark.parametrize("name", GENERAL)
def test_mistakes_that_can_be_made_anywhere(name):
    assert exercises.check("squares", GENERAL[name]).mistake == name


@pytest.mark.parametrize(
    ("answer", "digits"),
    [
        (lambda X: mean_square(X) + 1e-6, 5),
        (lambda X: np.float32(mean_square(X)), 7),
    ],
)
def test_results_that_are_almost_right_are_shown_until_they_differ(answer, digits):
    verdict = exercises.check("squares", answer)
    assert verdict.mistake == "imprecise"
    assert f"but only {digits} digits of the results are" in verdict.text
    got, want = re.search(r"result is (.*); it should be (.*)\.", verdict.more).groups()
    assert got != want


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
        (lambda X: "text", "an object of type str"),
        (lambda X: mean_square(X) + 0j, "[0] of your result is (2.5+0j), an object of type c"),
        (
            lambda X: mean_square(X)[:, np.newaxis],
            "right, but your result is an array of shape (1, 1); it should be an array",
        ),
        (lambda X: np.ones((2, 3)), "has shape (2, 3); it should have (1,)"),
        (mean_square(np.ones((1, 2))), "asks for a function"),
        (lambda X: 7.0, "is a single number; there should be 1, in an array of shape (1,)."),
        (lambda X: ["2.5"], "entry [0] of your result is '2.5', an object of type str"),
        (lambda X: [print(X)], "entry [0] of your result is None, an object of type NoneType"),
    ],
)
def test_what_is_not_even_comparable_is_described(answer, words):
    verdict = exercises.check("squares", answer)
    assert verdict.correct is False
    assert words in verdict.text


def test_a_finite_difference_speaks_as_a_witness():
    verdict = exercises.check("logarithm", np.exp)
    assert "A central difference agrees: 1.3133." in verdict.text
    assert exercises.check("logarithm", lambda z: np.log(1 + np.exp(z))).mistake == "overflow"


class Spiteful:
    def __array__(self, *args, **options):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError


ENDLESS = [1.0]
ENDLESS.append([ENDLESS, ENDLESS])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Spiteful(), "an object of type Spiteful"),
        ([1.0, Spiteful()], "[1]{} is <Spiteful>, an object of type Spiteful"),
        (ENDLESS, "[1]{} is [[1.0, [...]], [1.0, [...]]], an object of type list"),
    ],
)
def test_whatever_an_object_does_when_it_is_looked_at_there_is_a_verdict(given, words):
    found = exercises.check("squares", lambda X: given)
    assert found.correct is False
    assert words.format(" of your result") in found.text
    found = exercises.check("three", given)
    assert found.correct is False
    assert words.format("") in found.text


def test_an_answer_that_leaves_python_has_raised_and_an_interrupt_is_for_us():
    def leaves(X):
        raise SystemExit

    assert "your code stopped with SystemExit. It" in exercises.check("squares", leaves).text

    def interrupted(X):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exercises.check("squares", interrupted)


def test_how_the_reader_has_numpy_print_does_not_change_a_verdict():
    expected = exercises.check("squares", lambda X: X)
    assert "[[1., 2.]]" in expected.text
    for options in (
        {"formatter": {"float": lambda x: "X"}},
        {"sign": "+", "floatmode": "fixed", "linewidth": 10, "threshold": 1},
        {"legacy": "1.13"},
    ):
        with np.printoptions(**options):
            assert exercises.check("squares", lambda X: X) == expected


def test_an_array_in_place_of_a_number_is_described():
    verdict = exercises.check("logarithm", lambda z: np.log1p(np.exp([z])))
    assert "right, but your result is an array of shape (1,); it should be a single" in verdict.text
    verdict = exercises.check("logarithm", lambda z: np.ones(3))
    assert "your result is an array of shape (3,); it should be a single" in verdict.text


def test_an_error_without_words_has_no_stray_marks():
    def lost(X):
        raise KeyError

    def unfinished(X):
        raise NotImplementedError

    assert "stopped with KeyError. It happened in" in exercises.check("squares", lost).text
    assert "the method `unfinished` is missing" in exercises.check("squares", unfinished).text


def test_one_error_is_not_taken_for_another_of_its_class():
    def only_one_dimension(X):
        return [x**2 if x > 0 else 0 for x in X]

    def lost_axis(X):
        return np.mean(X**2 - np.ones(len(X) + 1), axis=1)

    assert exercises.check("axes", only_one_dimension).mistake is None
    assert exercises.check("axes", lost_axis).mistake == "no_square"


def test_one_thing_that_is_no_number_is_not_taken_for_another():
    assert exercises.check("silent", lambda X: [].append(X)).mistake == "no_square"
    assert exercises.check("silent", lambda X: "text").mistake is None


def test_rounded_numbers_are_known_on_both_sides_of_zero():
    for value in (1 / 3, 12.3456):
        mirrored = [[-high, -low] for low, high in rounded(value)]
        assert rounded(-value) == mirrored != []


def test_a_rounded_mistake_is_known_only_where_it_was_rounded_to():
    off = Values(kind="predict", level=1, answer=lambda: 1.0, mistakes={"off": lambda: 7.123456})
    for written in (7.123456, 7.1235, 7.123, 7.12, 7.1):
        assert off.judge(np.array(written)).name == "off"
    for other in (7.127, 7.122, 7.1201, 7.1199):
        assert off.judge(np.array(other)).verdict == "large"


def test_a_part_that_never_ends_is_not_tried_again(monkeypatch):
    tried = []

    def endless(X):
        tried.append(X)
        while True:
            pass

    monkeypatch.setattr(limit, "SECONDS", 0.2)
    monkeypatch.setattr(checking, "parts", lambda: ["squares"])
    monkeypatch.setattr(checking, "at_fault", lambda name, answer, is_right: is_right(answer))
    assert exercises.check("squares", endless).mistake == "endless"
    assert len(tried) == 1


def test_prints_appear_once_and_not_all_of_them(capsys):
    def talkative(X):
        for n in range(1000):
            print("line", n)
        return X.mean(axis=1)

    verdict = exercises.check("squares", talkative)
    assert verdict.text.endswith(
        "\nFor this input your code printed:\nline 0\nline 1\nline 2\nline 3\nline 4\n"
        "(and 995 more lines)"
    )
    right = exercises.check("squares", lambda X: [print("Here"), mean_square(X)][1])
    assert right.correct
    assert right.text.endswith("\nFor this input your code printed:\nHere")
    assert capsys.readouterr().out == ""


def test_what_the_reader_has_set_in_numpy_does_not_matter():
    with np.errstate(all="raise"):
        assert exercises.check("logarithm", lambda z: np.logaddexp(0, z)).correct
        assert exercises.check("squares", lambda X: X.mean(axis=1)).mistake == "no_square"
        assert exercises.check("tiny", lambda X: X * X).correct

        def sets(X):
            np.seterr(all="raise")
            return mean_square(X)

        assert exercises.check("squares", sets).correct
        assert np.geterr()["under"] == "raise"


def test_a_replaced_function_of_nnlib_fools_nobody(monkeypatch):
    monkeypatch.undo()
    program = """
import numpy as np
import nnlib
from nnbook import exercises
wrong = lambda Z, axis=-1: Z
nnlib.softmax = nnlib.activations.softmax = wrong
print(exercises.check("softmax-own", wrong).correct)
nnlib.activations.softmax_jacobian = lambda z: 0 * np.multiply.outer(z, z)
print(exercises.check("softmax-product", lambda p, g: 0 * p).correct)
nnlib.Value.backward = lambda self: None
print(exercises.check("softmax-product", lambda p, g: p * (g - (p * g).sum(1)[:, None])).correct)
print(nnlib.softmax is wrong, nnlib.Value.backward(1))
own = nnlib.LOSSES["ssr"] = nnlib.Loss("ssr", lambda p, y: (0.0, 0 * p))
nnlib.ACTIVATIONS["own"] = nnlib.ACTIVATIONS["relu"]
print(exercises.check("losses-line", lambda w, b, x, y: np.zeros(2)).correct)
right = lambda w, b, x, y: np.array([2 * ((w * x + b - y) * x).sum(), 2 * (w * x + b - y).sum()])
print(exercises.check("losses-line", right).correct)
print(nnlib.LOSSES["ssr"] is own, "own" in nnlib.ACTIVATIONS)
"""
    assert run(program).split() == b"False False True True None False True True True".split()


def run(program, **environment):
    found = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | environment, capture_output=True
    )
    assert found.stderr == b""
    return found.stdout


def test_a_pipe_under_windows_can_say_all_of_it():
    program = """
from nnbook import exercises, messages, set_language
print(exercises.check("softmax-ratios", (0.6, 0.3, 0.1)))
print(repr(exercises.check("softmax-ratios", (0.6, 0.3, 3))))
print(repr(exercises.list_exercises("softmax")[0]))
for language in messages.LANGUAGES:
    set_language(language)
    print(exercises.list_exercises())
    for exercise in exercises.list_exercises():
        print(exercises.hint(exercise.name))
        print([exercises.hint(exercise.name)])
"""
    lines = run(program, PYTHONIOENCODING="cp1252", PYTHONUTF8="0").splitlines()
    assert lines[0] == b"[right] Right: 0.6, 0.3 and 0.1."
    assert lines[1].startswith(b"[wrong] Right so far: 2 of 3.")
    assert lines[2] == b'`exercises.hint("softmax-ratios")` shows the hint.'
    assert lines[3].split() == [b"softmax-own", b"*--", b"Probabilities"]


def test_an_error_is_told_before_a_changed_array():
    def sorts(X):
        return X.sort()[0]

    verdict = exercises.check("squares", sorts)
    assert verdict.mistake is None
    assert "'NoneType' object is not subscriptable" in verdict.text
    assert exercises.check("squares", in_place).mistake == "mutated"


def test_what_an_exercise_asks_to_do_without_is_found_in_helpers_too():
    def helper(X):
        return np.average(X * X, axis=1)

    table = {"average": lambda X: X}  # a name of the reader's own is not the function
    average = table["average"]
    for uses in (
        lambda X: np.average(X**2, 1),
        helper,
        lambda X: helper(X),
        lambda X: np.array([*map(np.average, X**2)]),
        partial(helper),
    ):
        verdict = exercises.check("means", uses)
        assert (verdict.correct, verdict.mistake) == (False, "forbidden")
        assert verdict.text.endswith("that the code uses.\nYour code uses `average`.")
    assert exercises.check("means", lambda X: average(X * X).mean(axis=1)).correct
    assert exercises.check("means", np.average).mistake != "forbidden"  # it is wrong first
    assert "average" in means.used(cache(helper))
    assert means.used(np.average) == {"average", "numpy"}
    assert {"softmax", "nnlib"} <= means.used(lambda z: nnlib.softmax(z))

    def imports_a_name(z):
        from nnlib.activations import softmax as own

        return own(z)

    def imports_a_module(z):
        import nnlib.activations as own

        return own.softmax(z)

    assert "nnlib" in means.used(imports_a_name) & means.used(imports_a_module)


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
        ([0.5], None, "asks for one number"),
        ("0.5", None, "type str"),
        (None, None, "None arrived here"),
        (Fraction(1, 2), None, "Right: 0.5."),
        (Decimal("0.5"), None, "Right: 0.5."),
        (np.float32(0.5), None, "Right: 0.5."),
        (0.5100001, None, "Not yet: 0.51 is too large."),
        (10**400, None, "type int"),
    ],
)
def test_numbers(answer, mistake, words):
    verdict = exercises.check("half", answer)
    assert verdict.correct is words.startswith("Right")
    assert verdict.mistake == mistake
    assert words in verdict.text


def test_numbers_cannot_be_found_by_trying():
    assert "The second number, 3, is too large." in exercises.check("three", (1, 3, 0.25)).text
    assert "The second number, 3, is too large." in exercises.check("three", (1, 3, 0.25)).text
    other, fewer = (exercises.check("three", tried) for tried in ((1, 2.5, 0.25), (3, 3, 3)))
    assert other.text == fewer.text == "Not yet. The hint says which idea is missing."
    assert repr(other).endswith('\n`exercises.hint("three")` shows the hint.')
    assert exercises.check("half", 0.6).text == "Not yet: 0.6 is too large."
    assert exercises.check("half", 0.55).text == "Not yet. The hint says which idea is missing."
    assert exercises.check("half", 0.7).hint
    assert not exercises.check("half", 50).hint  # a mistake that is known says more
    assert not exercises.check("half", 0.5).hint


def test_a_right_number_with_too_few_digits_is_no_wrong_number():
    few = exercises.check("third", 0.34)
    assert few.mistake is None
    assert exercises.check("ninth", (1.1, 0.1111)).correct
    assert exercises.check("ninth", (1.1, 0.11)).mistake == "rounded_too_far"
    assert exercises.check("ninth", (1.2, 0.11)).mistake is None


def test_several_numbers():
    assert exercises.check("three", (1, 2, 0.25)).correct
    assert exercises.check("three", np.array([1, 2, 0.25])).correct
    one_wrong = exercises.check("three", (1, 3, 0.25)).text
    assert one_wrong == "Right so far: 2 of 3. The second number, 3, is too large."
    assert "still missing" in exercises.check("three", (1, ..., 0.25)).text
    assert "2 numbers arrived; the exercise asks for 3." in exercises.check("three", (1, 2)).text
    assert exercises.check("three", (..., ..., ...)).correct is None
    assert exercises.check("three", 1).text == "One number arrived; the exercise asks for 3."
    assert (
        "shape (1, 3); the exercise asks for (3,)" in exercises.check("three", [[1, 2, 0.25]]).text
    )
    assert exercises.check("three", [1, Fraction(2), Fraction(1, 4)]).correct
    assert exercises.check("three", (Fraction(1), 2, 3)).text.startswith("Not yet. The hint")
    text = exercises.check("three", (1, "2", 0.25)).text
    assert text == (
        "This exercise asks for numbers, and entry [1] is '2', a string. "
        "Leave out the quotation marks."
    )
    text = exercises.check("three", (1, 2, print)).text
    assert "entry [2] is <built-in function print>, an object of type builtin_fun" in text
    assert exercises.check("three", (1, 2, None)).correct is False
    percent = exercises.check("three", (100, 200, 25.0))
    assert percent.mistake == exercises.check("third", 33).mistake == "percent"


def test_verdicts_speak_the_language_of_the_session():
    nnbook.set_language("zh")
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
    assert "<strong>✗</strong> Tested on" in wrong.data["text/html"]
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
    with pytest.raises(ValueError, match=r"chapter must be one of refresher, .*, got 'x'"):
        exercises.list_exercises("x")


def test_hints_and_the_list():
    hint = exercises.hint("softmax-product")
    assert hint._repr_markdown_() == repr(hint) == str(hint)
    assert "$p^{\\mathsf T} g$" in hint
    lines = repr(exercises.list_exercises("softmax")).splitlines()
    assert len(lines) == len(registry.chapter_of("softmax"))
    assert lines[0].split() == ["softmax-own", "●○○", "Probabilities"]
    assert lines[1].split() == ["softmax-ratios", "●○○", "Predict", "the", "numbers"]
    nnbook.set_language("zh")
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
