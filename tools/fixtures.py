"""Write what `nnlib` computes, for the tests of the figures' mathematics in JavaScript.

Each module in tests/fixtures has a function `fixtures()`; what it returns goes to
_build/fixtures/MODULE.json. Nothing of it is committed, so nothing of it can be stale.
"""

import argparse
import json
import math
import runpy
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "_build" / "fixtures"


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


def main() -> None:
    """Write every file."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "tests" / "fixtures").glob("*.py")):
        found = encoded(runpy.run_path(str(path))["fixtures"]())
        (TARGET / f"{path.stem}.json").write_text(json.dumps(found, allow_nan=False), "utf-8")
        print(f"{path.stem}.json")


if __name__ == "__main__":
    main()
