"""Run the experiments behind numbers in the text, and write what the text quotes.

An experiment is a script in `experiments/` whose training takes too long for a notebook. Its
function `numbers` returns the numbers as the text shows them; they are kept beside it in NAME.json,
with a digest of the script that made them. The role {experiment}`NAME:NUMBER` quotes one
(theme/experiments.py). With `--check` nothing is written; the exit code says whether all numbers
are as before.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
from pathlib import Path

import console
import notebooks

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from theme.experiments import FOLDER, digest_of  # noqa: E402


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("names", nargs="*", help="plateaus; default: every experiment")
    arguments = parser.parse_args()
    changed = False
    for script in scripts(arguments.names):
        text = serialized(script)
        print(f"{script.relative_to(ROOT)}\n{text}", end="")
        stored = script.with_suffix(".json")
        if stored.exists() and stored.read_text(encoding="utf-8") == text:
            continue
        changed = True
        print(f"{stored.relative_to(ROOT)}: other numbers than before", file=sys.stderr)
        if not arguments.check:
            notebooks.save(stored, text)
    return int(changed and arguments.check)


def scripts(names: list[str]) -> list[Path]:
    """Return the scripts of these experiments, or all."""
    return [FOLDER / f"{name}.py" for name in names] or sorted(FOLDER.glob("*.py"))


def serialized(script: Path) -> str:
    """Run an experiment; return the text of its file."""
    numbers = runpy.run_path(str(script))["numbers"]()
    stored = {"script": digest_of(script), "numbers": numbers}
    return json.dumps(stored, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
