"""What is installed is what was meant: the wheel, used from an empty environment."""

import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.slow


def run(*command, **options):
    """Return what a command prints; its failure is the test's."""
    result = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """Build the source archive, and from it, not from the work tree, the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, root)
    return folder


@pytest.fixture(scope="module")
def python(built, tmp_path_factory):
    """Return the Python of an environment that holds the wheel and numpy, and nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder / "env", with_pip=False)
    binaries = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    executable = next(binaries.glob("python*"))
    program = "import sysconfig; print(sysconfig.get_path('purelib'))"
    library = run(executable, "-c", program).strip()
    (wheel,) = built.glob("*.whl")
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        "--disable-pip-version-check",
        "--target",
        library,
        wheel,
    )
    # numpy alone comes from the tests' environment: no network, and nothing else beside it.
    packages = Path(np.__file__).parent.parent
    for name in ("numpy", "numpy.libs"):
        if (packages / name).is_dir():
            (Path(library) / name).symlink_to(packages / name, target_is_directory=True)
    return executable


def is_source(path):
    """Tell whether a file is the source of a front end: the wheel has these as they are built."""
    return "nnbook/figures/" in path.as_posix() and (
        path.suffix in (".js", ".ts", ".css") or path.name in ("forms.json", "package.json")
    )


def test_the_wheel_holds_both_packages_their_data_and_licenses(built, root):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    inside = {name for name in names if name.startswith(("nnlib/", "nnbook/"))}
    expected = {
        path.relative_to(root).as_posix()
        for package in ("nnlib", "nnbook")
        for path in (root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not is_source(path)
    }
    assert inside == expected
    assert {"nnlib/py.typed", "nnlib/tokens.json", "nnbook/static/core.js"} <= inside
    assert "nnbook/figures/chain_rule/zh.json" in inside
    licenses = [name for name in names if "/licenses/" in name]
    assert any(name.endswith("/licenses/LICENSE") for name in licenses)
    data_licenses = {path.name for path in (root / "nnlib/datasets").glob("*.LICENSE.txt")}
    assert data_licenses
    assert data_licenses <= {name.rpartition("/")[2] for name in licenses}
    data = [name for name in names if ".data/" in name]
    others = {name.split("/")[0] for name in set(names) - set(data)} - {"nnlib", "nnbook"}
    assert all(name.endswith(".dist-info") for name in others)
    # What JupyterLab loads goes where JupyterLab looks; its settings are for `make lab`.
    loaded = (root / "lab" / "nnlib-book").rglob("*")
    lab = {path.relative_to(root / "lab") for path in loaded if path.is_file()}
    folder = ".data/data/share/jupyter/labextensions/"
    assert {Path(name.partition(folder)[2]) for name in data} == lab


def test_the_metadata_are_those_that_the_upload_accepts(built):
    """The release's action refuses a version it does not know, and what PyPI would refuse."""
    (wheel,) = built.glob("*.whl")
    (archive,) = built.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as opened:
        (name,) = [name for name in opened.namelist() if name.endswith(".dist-info/METADATA")]
        described = [opened.read(name).decode()]
    with tarfile.open(archive) as opened:
        (name,) = [name for name in opened.getnames() if re.fullmatch("[^/]+/PKG-INFO", name)]
        described.append(opened.extractfile(name).read().decode())
    assert [text.splitlines()[0] for text in described] == ["Metadata-Version: 2.4"] * 2
    run(sys.executable, "-m", "twine", "check", "--strict", wheel, archive)


def test_the_source_archive_holds_what_can_be_used_alone(built):
    """Not the tests: they import the tools and the theme, and open the book's pages."""
    (archive,) = built.glob("nnlib_book-*.tar.gz")
    with tarfile.open(archive) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    assert {"nnlib/__init__.py", "js/src/core/page.js", "pyproject.toml", "LICENSE"} <= names
    folders = {name.partition("/")[0] for name in names if "/" in name}
    assert folders == {"nnlib", "nnbook", "lab", "js"}


def test_it_works_with_numpy_alone(python, tmp_path):
    program = """
import importlib.util, sys
import numpy as np
import nnlib

assert importlib.util.find_spec("matplotlib") is None
for load in (nnlib.datasets.dosage, nnlib.datasets.iris, nnlib.datasets.digits):
    data = load()
    assert len(data.X) == len(data.y) and data.source, load
data = nnlib.datasets.iris()
rng = np.random.default_rng(0)
model = nnlib.mlp([4, 8, 3], rng=rng)
history = nnlib.fit(model, data.X, data.y, loss="cross_entropy_with_logits",
                    optimizer=nnlib.Adam(model.parameters(), lr=0.01), epochs=30, rng=rng)
assert history.losses[-1] < history.losses[0]
print(nnlib.__version__)
"""
    assert run(python, "-I", "-c", program, cwd=tmp_path).strip()


def test_types_are_found_by_a_type_checker(python, built, tmp_path):
    (tmp_path / "use.py").write_text("import nnlib\n\nreveal_type(nnlib.relu)\nnnlib.relu()\n")
    result = subprocess.run(
        [sys.executable, "-m", "mypy", "--python-executable", str(python), "use.py"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert "def (" in result.stdout, result.stdout
    assert "Missing positional argument" in result.stdout
