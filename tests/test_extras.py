"""What is missing is named, with the command that installs it."""

import subprocess
import sys
import tomllib

import pytest

from nnlib import _extras

HIDE = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {hidden!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Hidden())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hidden", "code", "part", "extra"),
    [
        ("matplotlib", "from nnlib import plots", "nnlib.plots", "plots"),
        ("matplotlib", "from nnbook import widgets", "nnbook.widgets", "widgets"),
        ("anywidget", "from nnbook import widgets", "nnbook.widgets", "widgets"),
        ("tqdm", "import nnlib.train\nnnlib.train._counted(3, True)", "progress=True", "progress"),
    ],
)
def test_an_import_that_fails_names_the_extra(hidden, code, part, extra):
    program = HIDE.format(hidden=hidden) + code
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    said = result.stderr.strip().splitlines()[-1]
    command = f'pip install "{_extras.requirement(extra)}"'
    assert said == f"ImportError: {part} needs {hidden}: {command}"


def test_the_address_is_that_of_the_project(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == _extras.DISTRIBUTION
    address = project["urls"]["Repository"]
    assert _extras.requirement("plots") == f"nnlib-book[plots] @ git+{address}"


def test_a_folder_that_is_not_installed_has_no_address(monkeypatch):
    monkeypatch.setattr(_extras, "DISTRIBUTION", "nnlib-book-nowhere")
    assert _extras.requirement("plots") == "nnlib-book-nowhere[plots]"
