"""An answer that does not come to an end is stopped, wherever it is and whatever it catches."""

import itertools
import sys
import threading
from types import SimpleNamespace

import numpy as np
import pytest

import nnbook
import nnlib
from nnbook import exercises
from nnbook.exercises import limit

# Each answer has the parameters of the exercise, and says in which line it goes round.
ENDLESS = {
    "empty": """
def answer(*a):
    while True: pass  # <-
""",
    "one line": """
def answer(*a):
    x = 1
    while x > 0: x += 1  # <-
""",
    "the loop outside": """
def answer(*a):
    x = 1
    while x > 0:  # <-
        for i in range(3):
            x += i
""",
    "the loop inside, in a helper": """
def helper(x):
    while x > 0:  # <-
        x += 1
    return x

def answer(*a):
    for x in range(5):
        helper(x + 1)
""",
    "a comprehension": """
def answer(*a):
    return [x for x in itertools.count()]  # <-
""",
    "a generator": """
def ones():
    while True:  # <-
        yield 1

def answer(*a):
    return sum(ones())
""",
    "called from C": """
def answer(*a):
    return sum(map(lambda x: x, itertools.count()))  # <-
""",
    "more and more calls": """
def answer(*a, n=100):
    return answer(n=n - 1) + answer(n=n - 1) if n else 0  # <-
""",
    "everything caught": """
def answer(*a):
    while True:  # <-
        try:
            x = abs(-1)
        except:
            pass
""",
    "everything caught, twice": """
def answer(*a):
    while True:
        try:
            while True:  # <-
                try:
                    x = [abs(x) for x in range(3)]
                except BaseException:
                    continue
        except BaseException:
            continue
""",
    "another error instead": """
def answer(*a):
    while True:  # <-
        try:
            x = 1
        except BaseException:
            raise ValueError("no")
""",
    "finally": """
def answer(*a):
    while True:  # <-
        try:
            x = 1
        finally:
            continue
""",
    "numpy": """
def answer(*a):
    A = np.eye(3)
    while A.any():  # <-
        A = np.sum(A, axis=1, keepdims=True) * A
""",
}
TOLERANCE = "gradient_descent-tolerance"


@pytest.fixture
def clock(monkeypatch):
    """A millisecond passes between two looks at the clock."""
    monkeypatch.setattr(
        limit, "time", SimpleNamespace(monotonic=itertools.count(0, 0.001).__next__)
    )


def made(code, name, monkeypatch):
    lines = code.strip("\n").splitlines(keepends=True)
    monkeypatch.setattr("linecache.getline", lambda file, n: lines[n - 1] if file == name else "")
    space = {"itertools": itertools, "np": np, "nnlib": nnlib}
    exec(compile("".join(lines), name, "exec"), space)
    (wanted,) = [line for line in lines if "# <-" in line] or [""]
    return space["answer"], wanted.strip()


@pytest.mark.parametrize("name", ENDLESS)
def test_it_is_stopped_and_its_loop_is_shown(name, clock, monkeypatch):
    answer, line = made(ENDLESS[name], "<cell>", monkeypatch)
    verdict = exercises.check(TOLERANCE, answer)
    assert verdict.correct is False
    assert verdict.mistake == "endless"
    assert "The limit is 10 seconds." in verdict.text
    assert "your code was still running and has been stopped" in verdict.text
    if name not in ("everything caught, twice", "finally"):  # how the compiler orders these varies
        assert verdict.text.endswith(f"It kept coming back to this line: {line}")


@pytest.mark.parametrize("late", range(4))
def test_the_loop_of_a_generator_is_shown_wherever_its_time_ends(late, clock, monkeypatch):
    """Also where it is about to go on: then its frame is not in the traceback."""
    for _ in range(late):
        limit.time.monotonic()
    monkeypatch.setattr(limit, "SECONDS", 10 + 0.001 * late)
    answer, line = made(ENDLESS["a generator"], "<cell>", monkeypatch)
    assert exercises.check(TOLERANCE, answer).text.endswith(f"this line: {line}")


def test_the_loop_is_shown_where_the_machine_slept_through_the_last_tenth(monkeypatch):
    ticks = itertools.chain((0.001 * n for n in range(200)), itertools.count(60, 0.001))
    monkeypatch.setattr(limit, "time", SimpleNamespace(monotonic=ticks.__next__))
    answer, line = made(ENDLESS["the loop outside"], "<cell>", monkeypatch)
    verdict = exercises.check(TOLERANCE, answer)
    assert verdict.mistake == "endless"
    assert verdict.text.endswith(f"It kept coming back to this line: {line}")


def test_the_natural_slip_of_the_exercise_on_the_tolerance(clock):
    def answer(slope, start, lr, tolerance, max_steps):
        point, steps = start, 0
        while not abs(slope(point)) < tolerance:
            point = point - lr * slope(point)
        return point, steps < max_steps

    verdict = exercises.check(TOLERANCE, answer)
    assert verdict.mistake == "endless"
    assert verdict.text.endswith("back to this line: while not abs(slope(point)) < tolerance:")
    nnbook.set_language("zh")
    try:
        assert "反复执行这一行：while not abs" in exercises.check(TOLERANCE, answer).text
    finally:
        nnbook.set_language("en")


def test_a_long_training_inside_nnlib_is_stopped_in_the_line_that_asks_for_it(clock):
    def answer(*a):
        model = nnlib.mlp([1, 1], rng=np.random.default_rng(0))
        sgd = nnlib.SGD(model.parameters(), lr=0.1)
        X = np.ones((1, 1))
        rng = np.random.default_rng(0)
        nnlib.fit(model, X, X, loss="mse", optimizer=sgd, epochs=10**9, rng=rng)

    verdict = exercises.check(TOLERANCE, answer)
    assert verdict.mistake == "endless"
    assert "epochs=10**9" in verdict.text


def test_it_works_in_any_thread(clock, monkeypatch):
    answer, _ = made(ENDLESS["everything caught"], "<cell>", monkeypatch)
    found = []
    thread = threading.Thread(target=lambda: found.append(exercises.check(TOLERANCE, answer)))
    thread.start()
    thread.join()
    assert found[0].mistake == "endless"


def test_recursion_without_end_is_an_error_like_any_other():
    def answer(*a):
        return answer(*a)

    assert "stopped with RecursionError" in exercises.check(TOLERANCE, answer).text


@pytest.mark.parametrize("ending", ["return 0", "raise ValueError", "1 / 0", "while True: x = 1"])
def test_what_traced_before_traces_again(ending, clock, monkeypatch):
    answer, _ = made(f"def answer(*a):\n    {ending}\n", "<cell>", monkeypatch)

    def tracer(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        exercises.check(TOLERANCE, answer)
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)
    if sys.version_info >= (3, 12):
        assert [sys.monitoring.get_tool(number) for number in (3, 4)] == [None, None]


def test_who_debugs_an_answer_takes_their_time_and_sees_the_debugger(clock, capsys):
    def answer(slope, start, lr, tolerance, max_steps):
        sys.settrace(lambda *a: None)  # as breakpoint() does
        print("(Pdb)")
        point, steps = start, 0
        while steps < max_steps and not abs(slope(point)) < tolerance:
            point, steps = point - lr * slope(point), steps + 1
        for _ in range(20_000):
            steps += 1
        return point, abs(slope(point)) < tolerance

    assert exercises.check(TOLERANCE, answer).correct
    assert capsys.readouterr().out.startswith("(Pdb)")


def test_time_runs_only_while_the_answer_does(monkeypatch):
    now = 0.0
    monkeypatch.setattr(limit, "time", SimpleNamespace(monotonic=lambda: now))
    time = limit.Limit(10)
    for _ in range(3):
        with time:
            now += 3
        now += 100
    assert not time.over
    assert time._left == 1
