"""What runs cells on the page, as far as no browser is needed to see it."""

import json

import pytest

import nnbook
from nnbook.live import outputs, session
from nnbook.live.session import Session


class Cells:
    """A session, and what its cells show."""

    def __init__(self):
        self.outputs = []
        self.session = Session(lambda output: self.outputs.append(json.loads(output)))

    def run(self, code, name="cell", space="", **options):
        self.outputs.clear()
        return json.loads(self.session.run(code, name, space, **options))

    def text(self):
        return "".join(output.get("text", "") for output in self.outputs)

    def plain(self):
        return [output["data"]["text/plain"] for output in self.outputs if "data" in output]


@pytest.fixture
def cells(monkeypatch):
    for name in ("display", "__jupyter__", "_"):
        monkeypatch.setattr(f"builtins.{name}", None, raising=False)
    monkeypatch.setattr("builtins.input", input)
    monkeypatch.setitem(__import__("sys").modules, "__main__", __import__("__main__"))
    yield Cells()
    nnbook.set_language("en")


def test_a_cell_prints_and_shows_the_value_of_its_last_line(cells):
    assert cells.run("x = 2\nprint('a')\nx ** 2") == {"status": "ok", "count": 1}
    assert [output["type"] for output in cells.outputs] == ["stream", "result"]
    assert cells.text() == "a\n"
    assert cells.plain() == ["4"]


@pytest.mark.parametrize(
    "code", ["x = 1", "1;", "None", "", "# nothing", "'é';", "for i in 'ab': i"]
)
def test_other_cells_show_nothing(cells, code):
    assert cells.run(code)["status"] == "ok"
    assert cells.outputs == []


def test_values_are_written_as_jupyter_writes_them(cells):
    cells.run("dict.fromkeys(['a long name ' * 3, 'another long name ' * 3], [1.0, 2.0])")
    (text,) = cells.plain()
    assert text.startswith("{'a long name")
    assert text.count("\n") == 1


@pytest.mark.parametrize(
    ("code", "name", "line"),
    [
        ("x = 1\n1 / 0", "ZeroDivisionError", 2),
        ("def f():\n    return nowhere\n\nf()", "NameError", 2),
        ("x = (\n", "SyntaxError", 1),
        ("a = 1\nif a:\nb = 2", "IndentationError", 3),
        ("import nnlib\nnnlib.relu('a')", "TypeError", 2),
    ],
)
def test_an_error_comes_with_its_line(cells, code, name, line):
    told = cells.run(code)
    assert told["status"] == "error"
    assert (told["error"]["name"], told["error"]["line"]) == (name, line)
    assert told["error"].get("undefined") == ("nowhere" if name == "NameError" else None)
    assert name in told["error"]["traceback"]
    assert session.__file__ not in told["error"]["traceback"]


def test_a_traceback_shows_the_lines_of_each_cell(cells):
    cells.run("def f():\n    return 1 / 0  # here", "first")
    told = cells.run("f()", "second")["error"]
    assert told["line"] == 1
    assert "first" in told["traceback"]
    assert "second" in told["traceback"]
    assert "return 1 / 0  # here" in told["traceback"]


def test_what_ends_python_elsewhere_is_an_error(cells):
    assert cells.run("raise SystemExit")["error"]["name"] == "SystemExit"
    assert cells.run("raise KeyboardInterrupt")["error"]["name"] == "KeyboardInterrupt"


def test_a_space_lies_on_top_of_the_chapter(cells):
    cells.run("x, y = 1, 2")
    cells.run("x = 10", space="exercise")
    cells.run("print(x, y)", space="exercise")
    assert cells.text() == "10 2\n"
    cells.run("x, y = 3, 4")  # what the exercise has not changed itself follows the chapter
    cells.run("print(x, y)", space="exercise")
    assert cells.text() == "10 4\n"
    cells.run("print(x, y)", space="exercise", fresh=True)
    assert cells.text() == "3 4\n"
    cells.run("print(x)")
    assert cells.text() == "3\n"


def test_classes_of_a_cell_can_be_pickled(cells):
    code = "import pickle\nclass A: pass\ntype(pickle.loads(pickle.dumps(A()))) is A"
    for space in ("", "exercise"):
        cells.run(code, space=space)
        assert cells.plain() == ["True"]


def test_what_a_page_does_not_have_says_so_in_the_language_of_the_book(cells):
    told = cells.run("name = input('name? ')")["error"]
    assert "nobody to ask" in told["message"]
    told = cells.run("x = 1\n%timeit x\n")["error"]
    assert "%timeit do not exist" in told["message"]
    assert told["line"] == 2
    nnbook.set_language("zh")
    assert "不能用 input() 提问" in cells.run("input()")["error"]["message"]


def test_a_command_that_is_not_reached_does_no_harm(cells):
    code = "try:\n    import nnlib\nexcept ImportError:\n    %pip install -q numpy\nnnlib.__name__"
    assert cells.run(code)["status"] == "ok"
    assert cells.plain() == ["'nnlib'"]


def test_displays_can_change_later(cells):
    cells.run("handle = display(1, display_id=True)\nhandle.update(2)")
    first, second = cells.outputs
    assert (first["type"], second["type"]) == ("display", "update")
    assert first["displayId"] == second["displayId"]
    assert cells.plain() == ["1", "2"]


def test_outputs_keep_their_order(cells):
    cells.run("import sys\nprint(1)\ndisplay(2)\nprint(3, file=sys.stderr)\nprint(4)\n5")
    kinds = [output.get("name", output["type"]) for output in cells.outputs]
    assert kinds == ["stdout", "display", "stderr", "stdout", "result"]


def test_a_flood_of_prints_ends(cells):
    cells.run("for i in range(100_000): print('0123456789')")
    assert len(cells.text()) < outputs.Screen.LIMIT + 100
    assert cells.text().endswith("[…]\n")
    cells.run("print(1)")
    assert cells.text() == "1\n"


def test_a_verdict_comes_in_its_parts(cells):
    cells.run("from nnbook import exercises")
    cells.run("exercises.check('softmax-product', lambda p, g: p)")
    (output,) = cells.outputs
    parts = output["data"][outputs.VERDICT_MIME]
    assert parts["correct"] is False
    assert parts["exercise"] == "softmax-product"
    assert parts["hint"] is True  # the page has a button for it, Jupyter a sentence
    assert output["data"]["text/plain"].startswith("✗ " + parts["text"] + "\n`exercises.hint(")
    cells.run("exercises.check('softmax-product', ...)")
    assert cells.outputs[0]["data"][outputs.VERDICT_MIME]["correct"] is None
    cells.run("exercises.hint('softmax-product')")
    assert "text/markdown" in cells.outputs[0]["data"]
    cells.run("exercises.list_exercises('softmax')")
    listed = cells.outputs[0]["data"][outputs.LISTING_MIME]
    assert "softmax-product" in [entry["name"] for entry in listed]


def test_what_an_answer_prints_comes_once(cells):
    cells.run("from nnbook import exercises")
    cells.run("def f(p, g):\n    print('inside')\n    return p")
    cells.run("exercises.check('softmax-product', f)")
    assert json.dumps(cells.outputs).count("inside") == 2  # as text, and in the verdict's parts


def test_a_picture_comes_for_light_and_dark_pages(cells):
    cells.run("import nnlib\nfrom nnlib import plots\nplots.use_style()")
    cells.run("plots.plot_activation('relu')")
    (output,) = cells.outputs
    svg, dark = output["data"]["image/svg+xml"], output["metadata"]["image/svg+xml"]["dark"]
    assert output["type"] == "display"
    assert svg.startswith("<svg")
    assert dark.startswith("<svg")
    assert svg != dark
    cells.run("1")
    assert len(cells.outputs) == 1  # the figure is closed


def test_figures_and_page_know_of_each_other(cells):
    cells.run("from nnbook import widgets\nw = widgets.ChainRule()\nw")
    figure = cells.outputs[0]["data"]["application/vnd.nnlib.figure+json"]
    trait = next(name for name, value in figure["state"].items() if isinstance(value, float))
    value = figure["controls"][trait]["max"]
    moved = json.dumps({figure["figureId"]: {trait: value}})
    cells.run(f"w.{trait}", moved=moved)
    assert cells.plain() == [repr(float(value))]
    assert [output["type"] for output in cells.outputs] == ["result"]
    cells.run(f"w.{trait} = {figure['controls'][trait]['min']}")
    (output,) = cells.outputs
    assert (output["type"], output["figureId"]) == ("state", figure["figureId"])
    assert output["state"][trait] == figure["controls"][trait]["min"]
