"""What is stored holds on other processors; what stands for these is what it says it is."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import notebook_form
import portable


@pytest.fixture
def processor(monkeypatch):
    """Return a function that puts another processor, and what numpy looks for, in place of this."""

    def change(machine, *, finds=(), looks_for=()):
        features = dict.fromkeys(finds, True)
        numpy = SimpleNamespace(__cpu_dispatch__=list(looks_for), __cpu_features__=features)
        monkeypatch.setattr(portable, "_numpy", lambda: numpy)
        monkeypatch.setattr("platform.machine", lambda: machine)
        monkeypatch.delenv(portable.FEATURES, raising=False)

    return change


def python(code, variables):
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=portable.joined(variables),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_this_numpy_does_without_its_vector_units_and_without_a_word():
    code = (
        "from numpy._core._multiarray_umath import __cpu_dispatch__ as d, __cpu_features__ as f\n"
    )
    found = python(code + "print([name for name in d if f.get(name)])", portable.plain())
    assert found == "[]\n"


def test_no_environment_names_what_a_processor_lacks(processor):
    processor("x86_64", finds=["SSE42", "AVX2"], looks_for=["AVX2", "AVX512F"])
    assert portable.kernels() == ["Prescott", "Nehalem", "Zen", "Haswell"]
    assert portable.plain() == {portable.KERNEL: "Prescott", portable.FEATURES: "AVX2"}
    processor("arm64", finds=["NEON", "ASIMDHP"], looks_for=["ASIMDHP", "SVE"])
    assert portable.plain() == {portable.KERNEL: "ARMV8", portable.FEATURES: "ASIMDHP"}
    processor("riscv64")
    assert portable.plain() == {}
    assert list(portable.environments()) == [
        *("as it is", "plain"),
        *("starts moved, 0", "starts moved, 1"),
    ]


def test_numpy_is_not_told_what_contradicts_its_user(processor, monkeypatch):
    processor("x86_64", finds=["X86_V4"], looks_for=["X86_V3", "X86_V4"])
    monkeypatch.setenv(portable.FEATURES, "X86_V3")
    assert portable.plain()[portable.FEATURES] == "X86_V3 X86_V4"
    monkeypatch.setenv("NPY_ENABLE_CPU_FEATURES", "X86_V4")
    assert "NPY_ENABLE_CPU_FEATURES" not in portable.joined({})


def test_a_moved_start_is_a_billionth_away_and_so_are_equal_ones():
    code = """
import nnlib
apart = []
for _ in range(2):
    one, other = nnlib.mlp((2, 3, 1), rng=0), nnlib.mlp((2, 3, 1), rng=0)
    nnlib.SGD(one.parameters(), lr=1)
    apart.append(max(abs(one[0].weight.value / other[0].weight.value - 1).ravel()))
print(*apart)
"""
    found = portable.environments()
    moved = [python(code, found[f"starts moved, {seed}"]).split() for seed in (0, 1)]
    assert all(first == second for first, second in moved)
    assert all(1e-10 < float(first) < 1e-8 for first, _ in moved)
    assert moved[0] != moved[1]
    assert python(code, {}) == "0.0 0.0\n"


@pytest.mark.slow
def test_a_cell_that_hangs_on_its_environment_is_found(tmp_path):
    path = tmp_path / "small.ipynb"
    source = """
import logging, os, sys

print(1, os.environ.get("MACHINE"))
if "MACHINE" in os.environ:
    print("wrong", file=sys.stderr)
logging.getLogger("tornado.general").error("the kernel speaks of itself")
"""
    cell = {
        "cell_type": "code",
        "execution_count": 1,
        "id": "machine",
        "metadata": {},
        "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1 None\n"]}],
        "source": source,
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    found = []
    for variables in ({}, {"MACHINE": "2"}):  # elsewhere: nbclient leaves sockets to be collected
        code = "import sys, pathlib\nsys.path.insert(0, sys.argv[1])\nimport portable\n"
        code += f"print(portable.differences({variables}, pathlib.Path(sys.argv[2])))"
        command = [sys.executable, "-c", code, str(Path(portable.__file__).parent), str(path)]
        environment = {key: text for key, text in os.environ.items() if "PYTEST" not in key}
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.append(ran.stdout)
    assert found == ["{}\n", "{'machine': ['-1 None', '+1 2', '+wrong']}\n"]


def test_a_script_that_finds_a_difference_is_heard():
    assert portable.script_differs({}, "-c", "print('equal')") == []
    assert portable.script_differs({}, "-c", "print('a: 1 -> 2'); raise SystemExit(1)") == [
        "a: 1 -> 2"
    ]


def test_what_differs_nowhere_is_noted_once_all_environments_were_asked(monkeypatch):
    noted = []
    scripts = [Path("deep.py"), Path("plateaus.py")]
    commands = {"deep": ("deep",), "plateaus": ("plateaus",), "ward": ("ward",)}
    monkeypatch.setattr(portable, "scripts", lambda: commands)
    monkeypatch.setattr(portable.experiments, "scripts", lambda names: scripts)
    monkeypatch.setattr(portable.experiments, "note_portable", lambda one: noted.append(one.stem))
    monkeypatch.setattr(portable, "environments", lambda: {"as it is": {}, "plain": {"A": "1"}})
    differs = {("plateaus", "1"): ["one_dead: 31 -> 32"]}
    monkeypatch.setattr(
        portable, "script_differs", lambda variables, name: differs.get((name, variables.get("A")))
    )
    for arguments in (["ward"], ["plateaus"], ["--in", "as it is", "deep"], ["deep", "plateaus"]):
        monkeypatch.setattr("sys.argv", ["portable.py", *arguments])
        assert portable.main() == ("plateaus" in arguments)
    assert noted == ["deep"]


def test_cells_that_are_excepted_exist(root):
    for name, cell in portable.EXCEPTIONS:
        page = json.loads((root / f"chapters/{name}.ipynb").read_text(encoding="utf-8"))
        assert cell in {one["id"] for one in page["cells"]}


def test_translations_are_run_as_a_plainer_machine_would(root, processor):
    processor("x86_64", finds=["X86_V3"], looks_for=["X86_V3"])
    hook = runpy.run_path(str(root / "conftest.py"))["pytest_runtest_setup"]
    before = dict(os.environ)
    seen = {}
    for path in (*notebook_form.all_notebooks(), Path("tests/test_portable.py")):
        setup = hook(SimpleNamespace(path=path.absolute()))
        next(setup)
        seen[path.as_posix()] = os.environ.get(portable.FEATURES)
        with pytest.raises(StopIteration):
            setup.send(None)
    assert dict(os.environ) == before
    assert {path for path, features in seen.items() if features} == {
        path for path in seen if path.startswith("zh/")
    }
    assert {path.as_posix() for path in portable.pages()} == {
        path for path in seen if path.endswith(".ipynb") and not path.startswith("zh/")
    }
