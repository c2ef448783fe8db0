"""What Binder finds in binder/, and a notebook run as it runs there: through the server's API.

`make binder-test` builds the environment itself and runs every notebook in it.
"""

import json
import os
import stat
import subprocess
import sys

import pytest

import binder
import run_on_server


@pytest.mark.filterwarnings("ignore:pythonjsonlogger:DeprecationWarning")
def test_binder_reads_every_file_that_is_there_for_it(root):
    recipe = binder.recipe(root)
    assert recipe.builder == "PythonBuildPack"
    workflow = (root / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8")
    assert f'python-version: "{recipe.python}" # binder/runtime.txt' in workflow
    (install,) = recipe.install
    assert install.endswith('/pip install --no-cache-dir -r "binder/requirements.txt"')
    assert recipe.post_build == ("binder/postBuild",)
    assert recipe.start == "${REPO_DIR}/binder/start"
    files = sorted(path.name for path in (root / "binder").iterdir())
    assert files == ["postBuild", "requirements.txt", "runtime.txt", "start"]


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_its_scripts_can_be_run(root, name):
    path = root / "binder" / name
    assert path.stat().st_mode & stat.S_IXUSR
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")


def test_it_starts_what_it_is_told_to_with_one_thread(root):
    show = "import os, sys; print(sys.argv[1:], os.environ['OMP_NUM_THREADS'])"
    command = [str(root / "binder" / "start"), sys.executable, "-c", show, "two words", "--x"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == "['two words', '--x'] 1\n"


def code(identifier, source):
    empty = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "id": identifier, "source": source} | empty


@pytest.fixture(scope="module")
def server(root, tmp_path_factory):
    """Start this environment's JupyterLab, as Binder starts it, in a copy of the first page."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "intro.ipynb").write_bytes((root / "intro.ipynb").read_bytes())
    cells = [code("good", "x = 0"), code("bad", "1 / x"), code("after", "x = 1")]
    failing = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "failing.ipynb").write_text(json.dumps(failing), encoding="utf-8")
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    command = [str(root / "binder" / "start"), *run_on_server.JUPYTER_LAB]
    with run_on_server.started(folder, os.environ | own, command) as running:
        yield running


@pytest.mark.slow
def test_the_first_page_runs_through_the_servers_api(server):
    run = server.run("intro.ipynb")
    cells = server.notebook("intro.ipynb")["cells"]
    assert run.problem == ""
    assert run.cells == sum(cell["cell_type"] == "code" for cell in cells)
    assert run.megabytes > 50


@pytest.mark.slow
def test_a_cell_that_fails_is_named_and_ends_its_notebook(server):
    run = server.run("failing.ipynb")
    assert (run.cells, run.problem) == (1, "cell bad: ZeroDivisionError: division by zero")


def test_a_server_that_cannot_start_says_why(tmp_path):
    command = [sys.executable, "-c", "print('no port')"]
    with (
        pytest.raises(RuntimeError, match="does not answer:\nno port"),
        run_on_server.started(tmp_path, os.environ, command),
    ):
        pass
