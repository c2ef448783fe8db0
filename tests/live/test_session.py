"""What runs cells on the page, as far as no browser is needed to see it."""

import asyncio
import gc
import json
import sys
from pathlib import Path

import pytest

import nnbook
from nnbook.live import outputs, session
from nnbook.live.session import Session
from nnbook.own import keeping

ROOT = Path(__file__).resolve().parents[2]


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
    monkeypatch.setattr("asyncio.run", asyncio.run)
    monkeypatch.setattr("sys.setrecursionlimit", sys.setrecursionlimit)
    for name in ("display", "__jupyter__", "_"):
        monkeypatch.setattr(f"builtins.{name}", None, raising=False)
    monkeypatch.setattr("builtins.input", input)
    monkeypatch.setitem(__import__("sys").modules, "__main__", __import__("__main__"))
    yield Cells()
    nnbook.set_language("en")


def test_the_page_hands_over_the_parts_of_the_readers_network(cells, monkeypatch):
    monkeypatch.setattr(keeping, "_page", None)
    monkeypatch.delitem(sys.modules, "my_network", raising=False)
    mine = {"activations-own": "def relu(Z):\n    return 'mine'"}
    probe = "import my_network\nstr(my_network.relu(-1.0))"
    cells.run(probe, own=json.dumps(mine))
    assert cells.plain() == ["'mine'"]
    cells.run(probe, own="{}")
    assert cells.plain() == ["'0.0'"]
    cells.run("x = 1", own=json.dumps(mine))
    assert keeping.stored() == {}


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
    assert "no program to leave" in cells.run("exit()")["error"]["message"]
    assert cells.run("raise SystemExit('all done')")["error"]["message"] == "all done"


@pytest.mark.parametrize("said", ["1 / 0", "3", "exit()"])
def test_an_error_that_cannot_say_what_it_is_ends_nothing(cells, said):
    told = cells.run(f"x = 1\nclass E(Exception):\n    __str__ = lambda self: {said}\nraise E")
    assert (told["error"]["name"], told["error"]["line"]) == ("E", 4)
    assert told["error"]["message"] == "<exception str() failed>"
    assert cells.run("x")["status"] == "ok"


def test_a_picture_that_cannot_be_drawn_ends_nothing(cells):
    told = cells.run("from matplotlib import pyplot as plt\nplt.title(r'$\\frac$')\nx = 1")
    assert told["status"] == "error"
    assert "frac" in told["error"]["message"]
    assert cells.run("x")["status"] == "ok"
    assert cells.plain() == ["1"]


@pytest.mark.parametrize(
    "code",
    [
        "await f()",
        "async with f() as g:\n    pass",
        "import asyncio\nasync def f(): return 1\nasyncio.run(f())",
    ],
)
def test_what_waits_is_told_that_it_cannot(cells, code):
    told = cells.run(code)["error"]
    assert "This page waits for nothing" in told["message"]
    assert told["line"] == len(code.splitlines()) - code.count("pass")


def test_a_recursion_is_not_deeper_than_the_memory(cells):
    told = cells.run("import sys\nsys.setrecursionlimit(10**6)")["error"]
    assert told["name"] == "ValueError"
    assert "at most 20000 here, got 1000000" in told["message"]
    before = sys.getrecursionlimit()
    assert cells.run(f"sys.setrecursionlimit({before})")["status"] == "ok"


def test_a_long_value_is_cut(cells):
    cells.run(f"'x' * {outputs.Screen.LIMIT * 2}")
    (text,) = cells.plain()
    assert len(text) < outputs.Screen.LIMIT + 10
    assert text.endswith("\n[…]")


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


def test_a_table_comes_with_its_columns(cells, monkeypatch):
    monkeypatch.setattr("IPython.display.display", outputs.display)  # as on a page
    cells.run("import nnbook\nnnbook.table(1, x=[0, -0.5], name=['a', 'b'])")
    (output,) = cells.outputs
    assert output["data"][outputs.TABLE_MIME] == [
        {"head": [["i", "x"]], "kind": None, "cells": ["0.0", "−0.5"]},
        {"head": [["", "name"]], "kind": "word", "cells": ["a", "b"]},
    ]
    assert output["data"]["text/plain"] == "   x  name\n 0.0     a\n-0.5     b"


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
    cells.run("1")
    assert [output["type"] for output in cells.outputs] == ["result"]  # it was told once


def test_a_figure_that_no_code_can_reach_is_let_go(cells):
    cells.run("from nnbook import widgets\nimport weakref\nw = widgets.ChainRule()\nw")
    cells.run("there = weakref.ref(w)\nw.close()\nw = 1\nw")  # open, ipywidgets would keep it
    gc.collect()
    cells.run("there() is None")
    assert cells.plain() == ["True"]


def test_a_page_asks_which_names_its_readers_code_needs(cells):
    codes = ["def f(x, net=model):\n    return net(x)", "np.clip(x, 0, 1)", "b = ("]
    told = json.loads(cells.session.names(json.dumps([codes, ["np"]])))
    assert told["status"] == "ok"
    assert told["names"] == [
        {"makes": ["f"], "sets": ["f"], "uses": ["model"]},
        {"makes": [], "sets": ["x"], "uses": ["np", "x"]},
        {"makes": [], "sets": [], "uses": []},
    ]


HAN_FONT = str(ROOT / "tools" / "letters" / "han.otf")
CHINESE = "from matplotlib import pyplot as plt\nplt.title('损失')\nplt.xlabel('学习率 $\\\\eta$');"


def test_chinese_in_pictures_asks_for_a_font_and_without_it_says_what_is_missing(cells):
    assert not cells.session.spells("x = 1")
    assert cells.session.spells("title = '损失'")
    assert cells.session.spells("plt.title(title)")  # made in an earlier cell
    nnbook.set_language("zh")
    cells.run("from nnlib import plots\nplots.use_style()")
    assert cells.run(CHINESE.replace(" $\\\\eta$", ""))["status"] == "ok"
    assert cells.text() == "本页画图所用的字体里没有这些字符：学习率损失。\n"


def test_with_the_font_chinese_is_drawn_also_beside_formulas(cells, monkeypatch, caplog):
    from matplotlib import _mathtext, rcParams

    from nnlib.plots import style

    monkeypatch.setattr(_mathtext.BakomaFonts, "_get_glyph", _mathtext.BakomaFonts._get_glyph)
    monkeypatch.setitem(rcParams, "font.family", rcParams["font.family"])
    monkeypatch.setitem(style._STYLE, "font.family", style._STYLE["font.family"])
    cells.session.letters_have_come(HAN_FONT)
    assert not cells.session.spells("'损失'")
    cells.run("from nnlib import plots\nplots.use_style()")
    assert cells.run(CHINESE)["status"] == "ok"
    assert cells.text() == ""
    assert [output["type"] for output in cells.outputs] == ["display"]
    assert caplog.text == ""  # where a formula lacks a letter
    assert cells.run("plt.title('𠀀');")["status"] == "ok"
    assert cells.text() == "The fonts of pictures on this page have no 𠀀.\n"
