"""Experiments: their numbers are those of their scripts, and the text quotes each of them.

That a script still gives these numbers is tested at night: `make experiments-test`.
"""

import ast
import json
import re
import sys
from pathlib import Path
from unittest.mock import MagicMock

import numpy as np
import pytest
from docutils import nodes

import experiments as tool
import nnlib
import notebook_form
from theme.pages import experiment_numbers
from theme.pages.experiment_numbers import FOLDER

SCRIPTS = sorted(FOLDER.glob("*.py"))
QUOTED = re.compile(r"\{experiment\}`([^`]+)`")
NUMBER = r"[+−-]?\d{1,3}(\{,\}\d{3})*(\.\d+)?( ± 0\.\d+)?|10⁻?[⁰¹²³⁴-⁹]+"


def stored(script):
    return json.loads(script.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_the_numbers_are_those_of_this_script(script):
    assert stored(script)["script"] == experiment_numbers.digest_of(script), "make experiments"
    assert re.search(r"^def numbers\(\) -> dict\[str, str\]:$", script.read_text(), re.MULTILINE)
    for name, text in stored(script)["numbers"].items():
        assert re.fullmatch(r"[a-z][a-z0-9_.]*", name)
        assert re.fullmatch(NUMBER, text), (name, text)


PARTLY = {"digit_splits", "pictures", "remedies", "strangers"}
"""Equal in some environments, and not yet run in all: an hour of two processors. It may shrink."""


@pytest.mark.parametrize(
    "script",
    [one for one in SCRIPTS if one.stem not in {*tool.WITH_TORCH, *PARTLY}],
    ids=lambda one: one.stem,
)
def test_the_numbers_are_those_of_other_processors_too(script):
    proof = experiment_numbers.proof_of(stored(script))
    assert stored(script).get("portable") == proof, f"tools/portable.py {script.stem}"


def test_scripts_and_files_of_numbers_are_pairs():
    assert SCRIPTS
    assert [path.stem for path in sorted(FOLDER.glob("*.json"))] == [one.stem for one in SCRIPTS]


def test_the_book_quotes_each_number_and_no_other(root):
    quoted = set()
    for path in notebook_form.all_notebooks():
        for cell in json.loads((root / path).read_text(encoding="utf-8"))["cells"]:
            quoted.update(QUOTED.findall(notebook_form.text_of(cell["source"])))
    for page in [*root.glob("chapters/*.md"), *root.glob("zh/chapters/*.md")]:
        quoted.update(QUOTED.findall(page.read_text(encoding="utf-8")))
    assert quoted == set(experiment_numbers.quotable())


@pytest.mark.parametrize("edition", [".", "zh"])
def test_the_page_shows_the_code_that_was_run(root, edition):
    """*Where next* has the same network in three libraries."""
    page = (root / edition / "chapters" / "next.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    script = (FOLDER / "frameworks.py").read_text(encoding="utf-8")
    functions = [one for one in ast.parse(script).body if isinstance(one, ast.FunctionDef)]
    for block, function in zip(blocks, functions[:4], strict=True):
        _, *body, _ = (ast.get_source_segment(script, one) for one in function.body)
        assert block == "\n".join(body).replace("\n    ", "\n") + "\n"


def test_the_other_libraries_get_the_batches_of_nnlib(root, monkeypatch):
    page = (root / "chapters" / "next.md").read_text(encoding="utf-8")
    with_nnlib, the_same = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[:2]
    X = np.zeros((1348, 64))
    X[:, 0] = np.arange(len(X))
    names = {"np": np, "nnlib": nnlib, "X": X, "y": np.arange(len(X)) % 10}
    seen = []
    monkeypatch.setattr(
        sys.modules["nnlib.train"],
        "train_step",
        lambda model, X, y, **_: seen.append(X[:, 0]) or 0.0,
    )
    exec(with_nnlib, names)
    exec(the_same, names)
    assert len(seen) == 30 * 43
    for ours, theirs in zip(seen, names["batches"], strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_an_experiment_is_run_and_compared(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    script = tmp_path / "small.py"
    script.write_text('def numbers():\n    return {"half": "0.50"}\n')
    monkeypatch.setattr("sys.argv", ["experiments.py"])
    assert tool.main() == 0
    assert stored(script) == {
        "script": experiment_numbers.digest_of(script),
        "numbers": {"half": "0.50"},
    }
    tool.note_portable(script)
    proven = stored(script)
    assert proven["portable"] == experiment_numbers.proof_of(proven)
    monkeypatch.setattr("sys.argv", ["experiments.py", "--check", "small"])
    assert tool.main() == 0
    monkeypatch.setattr("sys.argv", ["experiments.py", "small"])
    assert tool.main() == 0
    assert stored(script) == proven, "what is as before stays proven"
    monkeypatch.setattr("sys.argv", ["experiments.py", "--check", "small"])
    before = script.with_suffix(".json").read_bytes()
    script.write_text('def numbers():\n    return {"half": "0.51"}\n')
    assert tool.main() == 1
    assert script.with_suffix(".json").read_bytes() == before
    said = capsys.readouterr().err
    assert "small.json: other numbers than before\n  half: 0.50 -> 0.51\n" in said
    monkeypatch.setattr("sys.argv", ["experiments.py", "small"])
    assert tool.main() == 0
    assert "portable" not in stored(script), "other numbers have to be proven again"


def test_an_experiment_with_torch_runs_in_an_environment_of_its_own(tmp_path, monkeypatch):
    python = tmp_path / "own-bench" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(Path(sys.executable).resolve())
    script = tmp_path / "small.py"
    script.write_text('import sys\n\ndef numbers():\n    return {"run_by": sys.executable}\n')
    monkeypatch.setattr(tool, "WITH_TORCH", ("small",))
    monkeypatch.setattr("sys.prefix", str(tmp_path / "own"))
    assert tool.result(script)["numbers"] == {"run_by": str(python)}


@pytest.fixture
def quote(monkeypatch):
    """Return a function that gives what the role makes of its text, and what it warns of."""
    monkeypatch.setattr(
        experiment_numbers, "quotable", lambda: {"a": "experiments/a.py", "a:half": "0.50"}
    )
    warn = MagicMock()
    monkeypatch.setattr(experiment_numbers.logger, "warning", warn)

    def run(text):
        role = experiment_numbers.Experiment()
        role.text, role.inliner, role.lineno = text, MagicMock(), 1
        role.inliner.reporter.get_source_and_line.return_value = ("page", 1)
        options = {"repository_url": "https://x.y/o/n", "repository_branch": "main"}
        role.inliner.document.settings.env.config.html_theme_options = options
        (node,), messages = role.run()
        assert messages == []
        return node, warn.call_count

    return run


def test_the_role_is_the_number_or_a_link_to_the_script(quote):
    node, warned = quote("a:half")
    assert (type(node), node.astext(), warned) == (nodes.math, "0.50", 0)
    node, warned = quote("a")
    assert node["refuri"] == "https://x.y/o/n/blob/main/experiments/a.py"
    assert (node.astext(), warned) == ("experiments/a.py", 0)


def test_an_unknown_number_is_a_warning_which_ends_the_build(quote):
    node, warned = quote("a:third")
    assert (node.astext(), warned) == ("a:third", 1)
