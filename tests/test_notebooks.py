"""The notebooks' checks find what they are there to find: each test plants one error."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import lint_cells
import notebook_form
import notebooks

PICTURE = """\
class Picture:
    def __init__(self, width):
        self.width = width

    def __repr__(self):
        return f"Picture({self.width})"

    def _repr_svg_(self):
        return "<svg/>" * self.width"""
CAPTION = {"mystnb": {"figure": {"caption": "A square."}, "image": {"alt": "A square"}}}


def code(identifier, source, **metadata):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": identifier,
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def markdown(identifier, source):
    return {"cell_type": "markdown", "id": identifier, "metadata": {}, "source": source}


def run_tool(*arguments):
    command = [sys.executable, notebooks.__file__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Return the path of a small notebook as the tool writes it, executed."""
    path = tmp_path_factory.mktemp("stored") / "small.ipynb"
    cells = [
        markdown("title", "# A small notebook"),
        code("sum", "1 + 1"),
        code("name", 'print("relu", 2)\nprint("relu", 3)'),
        code("class", PICTURE),
        code("picture", "Picture(10)", **CAPTION),
        code("html", "from IPython.display import HTML\n\nHTML('<b>7</b>')"),
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))
    result = run_tool(path)
    assert result.returncode == 0, result.stderr
    return path


@pytest.fixture
def plant(stored, tmp_path):
    """Return a function that changes a copy of the stored notebook and gives its path."""

    def change(function):
        notebook = json.loads(stored.read_text())
        by_id = {cell["id"]: cell for cell in notebook["cells"]}
        function(notebook, by_id)
        path = tmp_path / "planted.ipynb"
        path.write_text(notebook_form.serialize(notebook))
        return path

    return change


@pytest.mark.slow
def test_what_the_tool_wrote_is_canonical_and_complete(stored):
    assert notebooks.check(stored) == []
    notebook = json.loads(stored.read_text())
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    assert cells["sum"]["outputs"][0]["data"] == {"text/plain": ["2"]}
    assert cells["name"]["outputs"][0]["text"] == ["relu 2\n", "relu 3\n"]
    assert set(cells["picture"]["outputs"][0]["data"]) == {"image/svg+xml", "text/plain"}
    counts = [cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert counts == [1, 2, 3, 4, 5]
    assert notebook["metadata"] == notebook_form.NOTEBOOK_METADATA
    assert stored.read_text().endswith("}\n")


@pytest.mark.slow
def test_a_second_run_changes_nothing(stored):
    before = stored.read_bytes()
    result = run_tool(stored)
    assert result.returncode == 0
    assert "unchanged" in result.stdout
    assert stored.read_bytes() == before


def test_the_check_writes_nothing_and_fails_with_a_reason(plant):
    path = plant(lambda notebook, cells: cells["sum"]["metadata"].update(collapsed=True))
    before = path.read_bytes()
    result = run_tool("--check", path)
    assert result.returncode == 1
    assert "not in canonical form" in result.stderr
    assert path.read_bytes() == before


def test_data_are_stored_as_jupyterlab_saves_them(plant):
    """A figure's numbers pass through JavaScript, which has no 1.0; a PNG stays in one piece."""
    state = {"a": 1.0, "b": [0.0, 0.5, True, {"c": -2.0}], "d": "1.0"}

    def add(notebook, cells):
        data = cells["picture"]["outputs"][0]["data"]
        data |= {notebook_form.STATE_MIME: state, "image/png": ["aGk="]}

    path = plant(add)
    assert "not in canonical form" in notebooks.check(path)
    assert run_tool("--no-execute", path).returncode == 0
    stored = path.read_text(encoding="utf-8")
    cells = {cell["id"]: cell for cell in json.loads(stored)["cells"]}
    data = cells["picture"]["outputs"][0]["data"]
    assert data["image/png"] == "aGk="
    assert json.dumps(data[notebook_form.STATE_MIME]) == json.dumps(
        {"a": 1, "b": [0, 0.5, True, {"c": -2}], "d": "1.0"}
    )
    node = nbformat.reads(stored, as_version=4)
    assert nbformat.writes(node, version=nbformat.NO_CONVERT) + "\n" == stored


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "page.ipynb"
    notebook_form.save(path, "old")

    def fail(self, text, **options):
        with self.open("w") as file:
            file.write(text[:2])
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(OSError, match="full"):
        notebook_form.save(path, "new words")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_pipe_cannot_write_is_written_as_its_number(plant, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    result = run_tool("--check", plant(set_source('print("\u2713 \u5bf9\u4e86 \u6b63\u786e")')))
    assert result.returncode == 1
    assert "words in a string: '\\u2713 \\u5bf9\\u4e86 \\u6b63\\u786e'" in result.stderr


@pytest.mark.parametrize("tool", ["notebook_form.py", "notebooks.py", "editions.py"])
def test_tools_write_files_through_save_alone(root, tool):
    source = (root / "tools" / tool).read_text(encoding="utf-8")
    assert source.count(".write_text(") == (tool == "notebook_form.py")


def set_output(identifier, mime, text):
    def change(notebook, cells):
        cells[identifier]["outputs"][0]["data"][mime] = [text]

    return change


def set_source(source):
    return lambda notebook, cells: cells["class"].update(source=notebook_form.lines(source))


def set_cell(identifier, **values):
    return lambda notebook, cells: cells[identifier].update(values)


def add_output(identifier, **output):
    return lambda notebook, cells: cells[identifier]["outputs"].append(output)


PLANTED = {
    "execution times": (
        lambda notebook, cells: cells["sum"]["metadata"].update(execution={"started": "now"}),
        "not in canonical form",
    ),
    "widget state": (
        lambda notebook, cells: notebook["metadata"].update(widgets={}),
        "not in canonical form",
    ),
    "another kernel": (
        lambda notebook, cells: notebook["metadata"]["kernelspec"].update(name="mine"),
        "not in canonical form",
    ),
    "a missing count": (set_cell("sum", execution_count=None), "not in canonical form"),
    "a count out of order": (set_cell("sum", execution_count=7), "not in canonical form"),
    "an id twice": (set_cell("name", id="sum"), "cell sum: its id occurs twice"),
    "a random id": (set_cell("sum", id="3f0a9c1d"), "its id is not a readable slug"),
    "a PNG": (set_output("picture", "image/png", "aGk="), "it stores image/png"),
    "stderr": (
        add_output("sum", output_type="stream", name="stderr", text=["1"]),
        "it writes to stderr",
    ),
    "an error": (
        add_output("sum", output_type="error", ename="ValueError", evalue="", traceback=[]),
        "it stores an error: ValueError",
    ),
    "two pictures": (
        lambda notebook, cells: cells["picture"]["outputs"].append(
            copy.deepcopy(cells["picture"]["outputs"][0])
        ),
        "each would get the caption",
    ),
    "no caption": (
        set_cell("picture", metadata={"mystnb": {"image": {"alt": "A square"}}}),
        "a picture without a caption",
    ),
    "an empty alternative text": (
        set_cell("picture", metadata={"mystnb": CAPTION["mystnb"] | {"image": {"alt": " "}}}),
        "a picture without an alternative text",
    ),
    "a tag that skips": (
        set_cell("sum", metadata={"tags": ["nbval-skip"]}),
        "the tag nbval-skip keeps nbval from comparing",
    ),
    "a tag that ignores": (
        set_cell("sum", metadata={"tags": ["nbval-ignore-output"]}),
        "the tag nbval-ignore-output keeps nbval from comparing",
    ),
    "a comment that skips": (set_source("# NBVAL_SKIP\nx = 1"), "a comment: # NBVAL_SKIP"),
    "a comment": (set_source("x = 1  # one"), "a comment: # one"),
    "a semicolon": (set_source("x = 1\nx;"), "a trailing semicolon"),
    "a docstring": (set_source('def f():\n    """Return the sum."""'), "words in a string"),
    "words in a print": (set_source('print("the sum is", 2)'), "words in a string"),
    "words in an f-string": (set_source('x = 1\nprint(f"after step {x}")'), "words in a string"),
    "a word on an axis": (set_source('ax.set_xlabel("Dosage")'), "a word in the text of a figure"),
    "a word in a formula on an axis": (
        set_source('plots.label_axes(ax, "$x$", r"$\\mathtt{accuracy}$")'),
        "a word in the text of a figure",
    ),
    "a word in a legend": (set_source('ax.plot(x, label="loss")'), "a word in the text"),
    "words in a result": (set_output("sum", "text/plain", "two apples"), "words in its text/plain"),
    "words in a table": (
        set_output("html", "text/html", "<td>hidden units</td>"),
        "words in its text/html",
    ),
    "words in stdout": (
        lambda notebook, cells: cells["name"]["outputs"][0].update(text=["all is well"]),
        "words in what it prints",
    ),
    "a long cell": (
        set_source("\n".join(f"x{i} = {i}" for i in range(lint_cells.MAX_LINES + 1))),
        "lines of code",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_check_finds(name, plant):
    change, message = PLANTED[name]
    problems = notebooks.check(plant(change))
    assert any(message in problem for problem in problems), problems


@pytest.mark.parametrize(
    "source",
    [
        'ax.set_xlabel(r"$x$")',
        'ax.set_title(r"$\\operatorname{softplus}(z) \\to z$")',
        'ax.legend(loc="upper left")',
        'ax.plot(x, y, label="relu")',
        'print(f"w1 = {w1:.2f}, b1 = {b1:.2f}")',
        "x = {'w1': 1}\nx['w1']",
        'try:\n    import nnlib\nexcept ImportError:\n    %pip install -q "nnlib-book @ git+x"',
        'raise ImportError(f"{nnlib.__file__}: %pip uninstall -y nnlib")',
    ],
)
def test_symbols_and_names_of_code_are_no_language(source):
    assert list(lint_cells.source_problems(source)) == []


def test_ids_come_from_the_heading_above_and_keep_those_that_exist():
    cells = [
        markdown("", "# Dead neurons: *seen* dying"),
        code("0a1b2c3d", "1"),
        code("", "2"),
        markdown("", "text"),
        code("kept", "3"),
    ]
    notebook_form.name_cells(cells)
    assert [cell["id"] for cell in cells] == [
        "dead-neurons-seen-dying",
        "dead-neurons-seen-dying-code",
        "dead-neurons-seen-dying-code-2",
        "dead-neurons-seen-dying-2",
        "kept",
    ]


def nbval(path):
    """Return the cells that nbval, called as `make notebooks` calls it, reports as failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--color=no", "-p", "no:cacheprovider"]
    command += ["--nbval", "--nbval-current-env", "--rootdir", str(path.parent), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=path.parent, check=False)
    assert "passed" in result.stdout, result.stdout + result.stderr
    return [
        line.split("::")[1].split(" - ")[0]
        for line in result.stdout.splitlines()
        if line.startswith("FAILED")
    ]


@pytest.mark.slow
def test_nbval_passes_what_the_tool_wrote(stored):
    assert nbval(stored) == []


@pytest.mark.slow
def test_nbval_fails_each_stale_output(plant):
    def stale(notebook, cells):
        set_output("sum", "text/plain", "3")(notebook, cells)
        cells["name"]["outputs"][0]["text"] = ["relu 2\n", "relu 4\n"]
        set_output("picture", "image/svg+xml", "<svg/>")(notebook, cells)
        set_output("html", "text/html", "<b>8</b>")(notebook, cells)

    assert nbval(plant(stale)) == ["Cell 0", "Cell 1", "Cell 3", "Cell 4"]
