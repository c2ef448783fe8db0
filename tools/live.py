"""Put together what Python on the page is made of: the folder `python/` of the site.

    python tools/live.py

It appears in `_build/python/`: Pyodide with numpy and matplotlib, nnlib and nnbook as one archive,
a list of all (`parts.js`), and the same once more as classic scripts (`packed/`), since a page that
is opened as a file can load nothing else. Where Pyodide cannot be had, the folder is missing, and
the pages say so.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import console
import pyodide

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "_build" / "python"
WORKER = ROOT / "theme" / "book" / "static" / "live" / "worker.js"
STANDINS = ROOT / "nnbook" / "live" / "standins"
FOLDER = f"pyodide-{pyodide.VERSION}/"
LOCK = "lock-live.json"
# What matplotlib's package asks for and the page does not need: for PDF, time zones, its canvas.
LEFT_OUT = {"fonttools", "pytz", "matplotlib-pyodide"}
WHEN = (1980, 1, 1, 0, 0, 0)  # the same archive from the same files


def lock_of(original: dict[str, Any]) -> dict[str, Any]:
    """Return Pyodide's list of packages, with those of the page alone."""
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
            left_out = {"__pycache__", "static", "standins"} & set(path.parts)
            if path.is_file() and not left_out and path.suffix not in (".txt", ".typed"):
                yield path.relative_to(ROOT).as_posix(), path
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


def packed(name: str, content: bytes) -> str:
    """Return a file as a classic script."""
    small = gzip.compress(content, 9, mtime=0)
    zipped = len(small) < 0.98 * len(content)
    text = base64.b64encode(small if zipped else content).decode()
    part = json.dumps({"gzip": zipped, "base64": text}, separators=(",", ":"))
    return f'nnlibPython.taken["{name}"]={part};\n'


def write(target: Path, source: Path) -> None:
    """Write the folder.

    Parameters
    ----------
    target : Path
    source : Path
        The folder of Pyodide's files.
    """
    shutil.rmtree(target, ignore_errors=True)
    (target / "packed").mkdir(parents=True)
    shutil.copytree(source, target / FOLDER)
    original = json.loads((source / pyodide.LOCK).read_text(encoding="utf-8"))
    lock = lock_of(original)
    (target / FOLDER / LOCK).write_text(json.dumps(lock), encoding="utf-8")
    book = archive()
    book_name = f"book-{hashlib.sha256(book).hexdigest()[:10]}.zip"
    (target / book_name).write_bytes(book)

    def listed(name: str, folder: str = FOLDER) -> dict[str, Any]:
        path = target / folder / name
        if not (target / "packed" / f"{name}.js").exists():
            text = packed(name, path.read_bytes())
            (target / "packed" / f"{name}.js").write_text(text, encoding="ascii")
        return {"name": name, "address": folder + name, "size": path.stat().st_size}

    files = {name: package["file_name"] for name, package in lock["packages"].items()}
    parts = {
        "folder": FOLDER,
        "python": [listed(name) for name in ("pyodide.asm.wasm", "python_stdlib.zip", LOCK)],
        "numpy": [listed(files.pop("numpy"))],
        "book": listed(book_name, ""),
        "drawing": [listed(name) for name in files.values()],
        "taken": {},
    }
    for name, path in (
        ("worker.js", WORKER),
        *((name, target / FOLDER / name) for name in ("pyodide.js", "pyodide.asm.js")),
    ):
        text = packed(name, path.read_bytes())
        (target / "packed" / f"{name}.js").write_text(text, encoding="ascii")
    script = f"globalThis.nnlibPython = {json.dumps(parts)};\n"
    (target / "parts.js").write_text(script, encoding="utf-8")


def main() -> None:
    """Put it together."""
    console.prepare()
    write(TARGET, pyodide.folder())


if __name__ == "__main__":
    main()
