"""Write what `nnlib` computes, for the tests of the figures' mathematics in JavaScript.

A module in tests/fixtures, or `from_nnlib.py` among the tests of a figure (tests/figures), has a
function `fixtures()`; what it returns goes to _build/fixtures/, into a file with the name of the
module or of the figure. Nothing of it is committed; it is computed again if one byte of the
packages or of these modules is another than the last time, or numpy or Python.
"""

import argparse
import hashlib
import json
import math
import platform
import runpy
import shutil
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "_build" / "fixtures"
SOURCES = (
    "nnlib",
    "nnbook",
    "tests/fixtures",
    "tests/figures/*/from_nnlib.py",
    "tools/fixtures.py",
)


def encoded(value: Any) -> Any:
    """Return arrays as lists, and what JSON lacks (NaN, the infinities) as text."""
    if isinstance(value, dict):
        return {key: encoded(entry) for key, entry in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return encoded(value.tolist())
    if isinstance(value, list | tuple):
        return [encoded(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    return value


def modules(root: Path) -> dict[str, Path]:
    """Return name of a file of fixtures -> the module that computes it."""
    shared = {path.stem: path for path in sorted((root / "tests" / "fixtures").glob("*.py"))}
    figures = sorted((root / "tests" / "figures").glob("*/from_nnlib.py"))
    return shared | {path.parent.name: path for path in figures}


def digest(root: Path) -> str:
    """Return a digest of all that the numbers depend on."""
    sources = [path for name in SOURCES for path in root.glob(name)]
    files = [path for source in sources for path in [source, *source.rglob("*")] if path.is_file()]
    found = hashlib.sha256(f"numpy {np.__version__}, Python {platform.python_version()}".encode())
    for path in sorted(path for path in files if path.suffix != ".pyc"):
        found.update(f"\n{path.relative_to(root)} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def main() -> None:
    """Write every file."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    now, stored = digest(ROOT), TARGET / "digest.txt"
    if stored.is_file() and stored.read_text("utf-8") == now:
        print(f"{TARGET.relative_to(ROOT)}: from these sources already")
        return
    shutil.rmtree(TARGET, ignore_errors=True)  # or a test could read what nothing writes any more
    TARGET.mkdir(parents=True)
    for name, path in modules(ROOT).items():
        found = encoded(runpy.run_path(str(path))["fixtures"]())
        (TARGET / f"{name}.json").write_text(json.dumps(found, allow_nan=False), "utf-8")
        print(f"{name}.json")
    stored.write_text(now, "utf-8")  # last: what is broken off begins anew


if __name__ == "__main__":
    main()
