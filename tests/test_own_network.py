"""The reader's own network: which code becomes a part, how the program is kept and read again."""

import ast
import json
import linecache
import sys
import warnings

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from nnbook import exercises
from nnbook.exercises import registry
from nnbook.messages import LANGUAGES, load
from nnbook.own import cleaning, keeping, module, program
from nnbook.own.parts import EXERCISES, functions_before, parts
from nnbook.questions.code import Code, each
from nnlib import small

NAME = "activations-own"
MINE = """def relu(Z):
    return Z * (Z > 0)


def relu_slope(Z):
    return (Z > 0) * 1.0"""


def cases(rng):
    yield "ordinary", (np.array([[1.0, -2.0], [0.0, 3.0]]),)
    yield "random", (rng.normal(size=(3, 4)),)


TASK = Code(
    kind="write",
    level=1,
    parts=("relu", "relu_slope"),
    use=each,
    reference=lambda Z: [small.relu(Z), small.relu_slope(Z)],
    cases=cases,
)


@pytest.fixture(autouse=True)
def task(monkeypatch):
    """Have the task of part 2, and a session without parts."""
    for language in LANGUAGES:
        words = {"title": "", "hint": "", "mistakes": {}}
        monkeypatch.setitem(load("chapters/activations", language)["exercises"], "own", words)
    monkeypatch.setitem(registry.chapter_of("activations"), "own", TASK)
    monkeypatch.setattr(keeping, "_page", None)
    monkeypatch.setattr(module, "_said", set())
    monkeypatch.delitem(sys.modules, "my_network", raising=False)


@pytest.fixture
def page(monkeypatch):
    """Be a page that keeps the parts."""
    keeping.page_has({})


@pytest.fixture
def notebook(monkeypatch, tmp_path):
    """Be a notebook in an empty folder; give the file with the program."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(keeping, "is_session", lambda: True)
    return tmp_path / "my_network.py"


class Notebook:
    """Runs cells in one namespace, as Jupyter does."""

    count = 0

    def __init__(self):
        self.names = {"exercises": exercises}

    def run(self, code):
        Notebook.count += 1
        file = f"<test cell {Notebook.count}>"
        linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
        exec(compile(code, file, "exec"), self.names)
        return self

    def check(self, code, answers="relu, relu_slope", exercise=NAME):
        code = f"import numpy as np\n{code}\nverdict = exercises.check('{exercise}', {answers})\n"
        return self.run(code).names["verdict"]


def kept(code, answers="relu, relu_slope", before=""):
    verdict = Notebook().run(before).check(code, answers)
    assert verdict.correct
    return verdict.own


# -- The parts -----------------------------------------------------------------------------------


def test_the_parts_are_the_whole_of_the_small_library():
    names = [name for part in parts().values() for name in part.functions]
    own = [name for name, value in vars(small).items() if callable(value)]
    assert names == own
    assert [part.number for part in parts().values()] == [*range(1, 11)]
    assert functions_before(3) == {"layer": 1, "relu": 2, "relu_slope": 2}
    for language in LANGUAGES:
        assert all(f"part_{number}" in program.words(language) for number in range(1, 11))


def test_without_parts_the_module_is_the_books():
    import my_network

    X = np.ones((2, 3))
    assert np.array_equal(my_network.layer(X, X.T, np.ones(2)), small.layer(X, X.T, np.ones(2)))
    assert {"relu", "train_digits"} <= {*vars(my_network)}


# -- Which code becomes a part -------------------------------------------------------------------


@pytest.mark.usefixtures("page")
def test_a_right_answer_becomes_a_part_and_serves_later_ones():
    own = kept(MINE)
    assert own.code == MINE
    assert own.text == "Kept as part 2 of your network."
    import my_network

    assert my_network.relu(np.array([-1.0, 2.0])).tolist() == [-0.0, 2.0]
    assert my_network.forward.__globals__["relu"] is my_network.relu
    assert keeping.stored() == {NAME: MINE}


@pytest.mark.usefixtures("page")
def test_only_what_the_functions_need_belongs_to_the_part():
    code = """from my_network import layer
import math
# the least that comes out
FLOOR = 0.0
X = np.ones((2, 2))
print(layer(X, X, np.ones(2)))

# cut off
def cut(Z):
    # below
    return np.maximum(Z, FLOOR)

def unused(Z): return math.exp(Z)

def relu(Z):
    X = cut(Z)
    return X

def relu_slope(Z):
    return later(Z)

def later(Z):
    return np.where(Z > 0, 1.0, math.floor(0.5))
X = X + 1
relu(X)"""
    own = kept(code)
    assert (
        own.code
        == """import math

# the least that comes out
FLOOR = 0.0


# cut off
def cut(Z):
    # below
    return np.maximum(Z, FLOOR)


def relu(Z):
    X = cut(Z)
    return X


def relu_slope(Z):
    return later(Z)


def later(Z):
    return np.where(Z > 0, 1.0, math.floor(0.5))"""
    )


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("code", "answers"),
    [
        (MINE.replace("relu(Z)", "cut(Z)"), "cut, relu_slope"),
        ("relu = lambda Z: Z * (Z > 0)\nmy = lambda Z: 1.0 * (Z > 0)", "relu, my"),
        ("from my_network import layer as L\n" + MINE + "\nkept = L", "relu, relu_slope"),
        ("def relu(Z): return 7\n" + MINE, "relu, relu_slope"),
        (
            "n = 0\n" + MINE.replace("    return Z *", "    global n\n    n += 1\n    return Z *"),
            "relu, relu_slope",
        ),
    ],
)
def test_other_names_and_forms_become_a_part(code, answers):
    own = kept(code, answers)
    names = {"np": np}
    exec(own.code, names)
    assert names["relu"](np.array([-1.0, 2.0])).tolist() == [0.0, 2.0]
    assert names["relu_slope"](np.array([-1.0, 2.0])).tolist() == [0.0, 1.0]


@pytest.mark.usefixtures("page")
def test_functions_of_two_cells_become_one_part():
    one, other = MINE.split("\n\n\n")
    assert kept(other, before=one).code == MINE


@pytest.mark.usefixtures("page")
def test_an_earlier_part_that_was_written_again_is_left_out():
    again = "def layer(X, W, b):\n    return X.dot(W) + b\n"
    code = again + MINE.replace("Z * (", "0 * layer(Z, Z.T, 0).sum() + Z * (")
    assert "def layer" not in kept(code).code


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("code", "answers", "before", "says"),
    [
        (MINE.replace("Z > 0", "Z > zero"), "relu, relu_slope", "zero = 0", "uses `zero`"),
        (
            MINE.replace("Z > 0", "Z > m.zero"),
            "relu, relu_slope",
            "import math as m; m.zero = 0",
            "`m`",
        ),
        (MINE, "relu, lambda Z: relu_slope(Z)", "", "no cell defines a function `relu_slope`"),
        (MINE, "relu, np.frompyfunc(relu_slope, 1, 1)", "", "no cell defines"),
        (
            "def softmax(Z): return Z * (Z > 0)\n" + MINE.replace("Z * (Z > 0)", "softmax(Z)"),
            "relu, relu_slope",
            "",
            "`softmax` means something else in part 7",
        ),
        (
            "low = {}\nlow.update(a=0)\n" + MINE.replace("Z > 0", "Z > low['a']"),
            "relu, relu_slope",
            "",
            "does not give the same results",
        ),
        *(
            (code, "mine, relu_slope" if "mine" in code else "relu, relu_slope", "", "for `relu`")
            for code in (
                "import my_network\n" + MINE.replace("Z * (Z > 0)", "my_network.relu(Z)"),
                "import my_network as m\n" + MINE.replace("Z * (Z > 0)", "m.relu(Z)"),
                MINE.replace("return Z *", "from my_network import relu\n    return relu(Z) *"),
                "from my_network import relu as r\n" + MINE.replace("Z * (Z > 0)", "r(Z)"),
                "from my_network import relu\ndef mine(Z): return relu(Z)\n"
                + MINE[MINE.find("def relu_slope") :],
            )
        ),
        (
            "from importlib import import_module as there\n"
            + MINE.replace("Z * (Z > 0)", "there('my_network').relu(Z)"),
            "relu, relu_slope",
            "",
            "does not give the same results",
        ),
        (
            "def sum(Z): return Z * (Z > 0)\n" + MINE.replace("Z * (Z > 0)", "sum(Z)"),
            "relu, relu_slope",
            "",
            "defines `sum` anew",
        ),
        (
            "def layer(Z): return Z * (Z > 0)\n" + MINE.replace("Z * (Z > 0)", "layer(Z)"),
            "relu, relu_slope",
            "",
            "`layer` means something else in part 1",
        ),
    ],
)
def test_what_cannot_run_by_itself_is_not_kept(code, answers, before, says):
    own = kept(code, answers, before)
    assert own.code is None
    assert "not yet kept as part 2 of your network" in own.text
    assert says in own.text
    assert keeping.stored() == {}


@pytest.mark.usefixtures("page")
def test_a_helper_may_not_change_another_part():
    keeping.page_has({"networks-own": "def cut(a): return a\ndef layer(X, W, b): return X @ W + b"})
    code = "def cut(Z): return Z * (Z > 0)\n" + MINE.replace("Z * (Z > 0)", "cut(Z)")
    assert "`cut` means something else in part 1" in kept(code).text
    keeping.page_has({"networks-own": "def cut(Z): return Z * (Z > 0)\ndef layer(X, W, b): pass"})
    assert kept(code).code


@pytest.mark.usefixtures("page")
def test_what_the_reader_wrote_is_the_readers_also_where_it_equals_the_books():
    book = parts()[NAME].code
    assert kept(book).text == "Kept as part 2 of your network."
    assert keeping.stored() == {NAME: book}


@pytest.mark.usefixtures("page")
def test_the_books_solution_is_no_part_of_the_reader_and_replaces_none():
    kept(MINE)
    code = f"{parts()[NAME].code}\nverdict = exercises.check({NAME!r}, relu, relu_slope)"
    solution = f"import numpy as np\n{code}\nexercises.check({NAME!r}, relu, relu_slope).correct"
    verdict = Notebook().run(solution).names["verdict"]
    assert verdict.correct
    assert verdict.own is None
    assert keeping.stored() == {NAME: MINE}


def test_a_wrong_answer_or_another_exercise_or_a_script_keeps_nothing(page):
    assert Notebook().check(MINE.replace(">", "<")).own is None
    assert exercises.check("networks-outside", 1).own is None
    assert keeping.stored() == {}
    keeping._page = None
    assert kept(MINE) is None


@pytest.mark.usefixtures("page")
def test_code_that_cannot_be_seen_is_told():
    cell = Notebook()
    exec(compile(MINE, "<timed exec>", "exec"), cell.run("import numpy as np").names)
    own = cell.check("").own
    assert own.code is None
    assert "the code of `relu` cannot be read. Run its cell without lines such as" in own.text


@pytest.mark.usefixtures("page")
def test_a_part_that_prints_is_told():
    own = kept(MINE.replace("    return Z *", "    print(Z)\n    return Z *"))
    assert own.code
    assert "Kept as part 2 of your network. It prints whenever it runs" in own.text


# -- An earlier part that is wrong ---------------------------------------------------------------

FORWARD = """def forward(params, X):
    W1, b1, W2, b2 = params
    Z = {layer}(X, W1, b1)
    A = relu(Z)
    return Z, A, {layer}(A, W2, b2)
"""


@pytest.mark.parametrize(
    ("imported", "called"),
    [
        ("from my_network import layer, relu, relu_slope", "layer"),
        ("from my_network import layer as L, relu, relu_slope", "L"),
        ("import my_network\nfrom my_network import relu, relu_slope", "my_network.layer"),
    ],
)
def test_the_earlier_part_that_makes_an_answer_wrong_is_named(page, imported, called):
    wrong = "def mine(X, W, b): return X @ W - b\nlayer = mine"
    before = {"networks-own": wrong, NAME: MINE}
    keeping.page_has(before)
    part = parts()["backpropagation-own"]
    rest = part.code[part.code.find("def backward") :]
    cell = Notebook()
    verdict = cell.check(
        f"{imported}\n{FORWARD.format(layer=called)}\n{rest}",
        ", ".join(part.functions),
        "backpropagation-own",
    )
    assert verdict.correct is False
    assert "with the book's part 1 in place of yours, all results are right" in verdict.text
    assert cell.names.get("layer", cell.names.get("L", np)) is not small.layer
    import my_network

    assert my_network.layer.__name__ == "mine"
    assert keeping.stored() == before


def test_an_answer_that_is_wrong_by_itself_blames_no_part(page):
    keeping.page_has({"networks-own": "def layer(X, W, b): return X @ W - b"})
    verdict = Notebook().check("from my_network import layer\n" + MINE.replace(">", "<"))
    assert verdict.correct is False
    assert "part 1" not in verdict.text


# -- The program ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_complete_and_its_parts_are_found_again(language):
    text = program.text_of(
        {NAME: MINE, "digits-own": parts()["digits-own"].code + "\n\nX = 3"}, language
    )
    names = {}
    exec(text, names)
    assert {name for part in parts().values() for name in part.functions} <= {*names}
    found = program.parts_in(text)
    assert [*found] == [NAME, "digits-own"]
    assert found[NAME] == MINE
    assert program.is_as_written(text)
    assert program.is_as_written(text.replace("Z * (Z > 0)", "np.maximum(Z, 0)"))
    assert not program.is_as_written(text.replace("lr * s", "s * lr"))
    assert not program.is_as_written(text.replace("import numpy", "import math, numpy"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("# -- 3.", "# -- 4."),
        lambda text: text.replace("return Z * (", "return Z * (("),
        lambda text: "print('mine')\n",
    ],
)
def test_a_damaged_program_has_no_parts(damage):
    assert program.parts_in(damage(program.text_of({NAME: MINE}))) is None


# -- In Jupyter ----------------------------------------------------------------------------------


def test_a_notebook_has_its_program_in_a_file(notebook):
    own = kept(MINE)
    assert "part 2 of your network, in the file `my_network.py`" in own.text
    assert notebook.read_text(encoding="utf-8") == program.text_of({NAME: MINE})
    assert keeping.stored() == {NAME: MINE}
    import my_network

    assert my_network.relu.__code__.co_filename == "<my_network, part 2>"
    kept(MINE.replace("* 1.0", "+ 0.0"))
    assert "+ 0.0" in notebook.read_text(encoding="utf-8")
    assert [*notebook.parent.iterdir()] == [notebook]


def test_a_file_in_which_anything_else_stands_is_set_aside(notebook, capsys):
    for number, other in enumerate(
        ("print('my own file')\n", program.text_of({}) + "\n# note\n"), 1
    ):
        notebook.write_text(other, encoding="utf-8")
        text = kept(MINE).text
        damaged = "could not be read as a network" in text
        assert damaged is ("my_network.py` cannot be read as" in capsys.readouterr().err)
        assert damaged is (number == 1)
        aside = notebook.with_name(f"my_network_{number}.py")
        assert f"t is now `{aside.name}`" in text
        assert aside.read_text(encoding="utf-8") == other
        assert program.parts_in(notebook.read_text(encoding="utf-8")) == {NAME: MINE}


def test_a_part_that_was_edited_in_the_file_is_the_readers(notebook):
    kept(MINE)
    text = notebook.read_text(encoding="utf-8").replace("* 1.0", "/ 1.0")
    notebook.write_text(text, encoding="utf-8", newline="\r\n")
    assert "/ 1.0" in keeping.stored()[NAME]


def test_a_part_of_the_file_that_cannot_run_gives_way_to_the_books(notebook, capsys):
    kept(MINE)
    text = notebook.read_text(encoding="utf-8").replace("def relu(Z)", "def relu(Z=1 / 0)")
    notebook.write_text(text, encoding="utf-8")
    sys.modules.pop("my_network", None)
    import my_network

    module.renew(keeping.stored())
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("Part 2 of `my_network.py` stops with ZeroDivisionError")
    assert my_network.relu(np.array([-1.0]))[0] == 0
    assert callable(my_network.train_digits)


def test_a_file_that_cannot_be_written_is_told(notebook, monkeypatch):
    notebook.mkdir()
    own = kept(MINE)
    assert own.code is None
    assert "the file `my_network.py` cannot be written" in own.text


def test_a_damaged_file_leaves_the_books_parts(notebook, capsys):
    notebook.write_text("x = (", encoding="utf-8")
    import my_network

    assert "cannot be read as a network" in capsys.readouterr().err
    assert callable(my_network.relu)


def test_the_module_is_found_once():
    before = len(sys.meta_path)
    module.install(keeping.stored)
    assert len(sys.meta_path) == before
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        names = {}
        module.fill(names, {}, before=3)
    assert "relu" in names
    assert "mse" not in names


def test_names_from_nowhere_are_seen():
    assert cleaning.foreign("def f(a):\n    return np.sqrt(a) + b + len(layer(a))", {"layer"}) == {
        "b"
    }
    assert cleaning.foreign("def f(n):\n    return n and f(n - 1)", set()) == set()


@pytest.mark.slow
def test_a_real_notebook_keeps_its_parts_beside_it(tmp_path):
    answer = f"{MINE}\nexercises.check({NAME!r}, relu, relu_slope)"
    again = "import my_network\nprint(my_network.relu.__code__.co_consts, my_network.layer)"
    edit = (
        "from pathlib import Path\nfile = Path('my_network.py')\n"
        "text = file.write_text(file.read_text('utf-8').replace('* 1.0', '* 1.5'), 'utf-8')"
    )
    after = "from my_network import relu_slope\nprint(relu_slope(np.ones(1)), my_network.layer)"
    back = edit.replace("'* 1.0', '* 1.5'", "'* 1.5', '* 1.0'")
    first = ["from nnbook import exercises\nimport numpy as np", answer, again, edit, after]
    for cells in ([*first, back, again], [again]):
        cells = cells if len(cells) > 1 else ["import nnbook.exercises", *cells]
        notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
        NotebookClient(notebook, resources={"metadata": {"path": tmp_path}}).execute()
        if len(cells) > 2:
            text = notebook.cells[1].outputs[0]["data"]["text/plain"]
            assert "Kept as part 2 of your network, in the file" in text
            assert notebook.cells[4].outputs[0]["text"].startswith("[1.5]")
        assert "<function layer" in notebook.cells[-1].outputs[0]["text"]
    assert program.parts_in((tmp_path / "my_network.py").read_text(encoding="utf-8")) == {
        NAME: MINE
    }


# -- The exercises -------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [language.prefix for language in LANGUAGES.values()])
@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_the_books_part(root, name, folder):
    path = root / folder / "chapters" / f"{name.partition('-')[0]}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (cell,) = (cell for cell in cells if cell["id"] == "solution-own")
    code = "".join(cell["source"])
    tree = ast.parse(code)
    part = parts()[name]
    own = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name in part.functions]
    assert cleaning.same("\n".join(map(ast.unparse, own)), part.code)
    assert f'exercises.check("{name}", {", ".join(part.functions)}).correct' in code


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_who_solves_all_exercises_has_the_whole_program():
    for name, part in parts().items():
        before = ", ".join(functions_before(part.number)) or "layer"
        code = f"import numpy as np\nfrom my_network import {before}\n"
        code += part.code.replace(":\n", ":\n    'As I wrote it.'\n", 1)
        call = f"verdict = exercises.check({name!r}, {', '.join(part.functions)})"
        verdict = Notebook().run(f"{code}\n{call}").names["verdict"]
        assert verdict.correct, verdict.text
        assert verdict.own.code, verdict.own.text
    assert [*keeping.stored()] == [*EXERCISES]
    names = {}
    exec(program.text_of(keeping.stored()), names)
    rng = np.random.default_rng(0)
    X, labels = rng.integers(17, size=(40, 64)), rng.integers(10, size=40)
    own, book = (
        train(X, labels, X, labels, np.random.default_rng(0), epochs=3)
        for train in (names["train_digits"], small.train_digits)
    )
    assert all(map(np.array_equal, own, book))


def test_every_exercise_of_a_part_is_in_its_chapter():
    assert [name.partition("-")[0] for name in EXERCISES] == [
        chapter for chapter in registry.CHAPTERS if f"{chapter}-own" in EXERCISES
    ]
