"""Run the experiments behind numbers in the text, and write what the text quotes.

An experiment is a script in `experiments/` whose training takes too long for a notebook. Its
function `numbers` returns the numbers as the text shows them; they are kept beside it in NAME.json,
with a digest of the script that made them; `tools/portable.py` adds that they are the same on other
processors. The role {experiment}`NAME:NUMBER` quotes one
(theme/pages/experiment_numbers.py). With `--check` nothing is written; the exit code says whether
all numbers are as before. An experiment that needs PyTorch runs in the environment of the
benchmarks, the one beside this (`make .venv-bench/.bench`).
"""

from __future__ import annotations

import argparse
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import console
import notebook_form
from theme.pages.experiment_numbers import FOLDER, digest_of, proof_of

ROOT = Path(__file__).resolve().parent.parent


WITH_TORCH = ("frameworks",)


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
        found, stored = result(script), script.with_suffix(".json")
        print(f"{script.relative_to(ROOT)}\n{serialized(found)}", end="")
        known = json.loads(stored.read_text(encoding="utf-8")) if stored.exists() else {}
        if known | found == known:
            continue
        changed = True
        print(f"{stored.relative_to(ROOT)}: other numbers than before", file=sys.stderr)
        for line in differences(known.get("numbers", {}), found["numbers"]):
            print(f"  {line}", file=sys.stderr)
        if not arguments.check:
            notebook_form.save(stored, serialized(found))
    return int(changed and arguments.check)


def scripts(names: list[str]) -> list[Path]:
    """Return the scripts of these experiments, or all."""
    return [FOLDER / f"{name}.py" for name in names] or sorted(FOLDER.glob("*.py"))


def differences(known: dict[str, str], numbers: dict[str, str]) -> list[str]:
    """Return which numbers are others than the known ones, and how they were and are."""
    return [
        f"{name}: {known.get(name)} -> {numbers.get(name)}"
        for name in [*known, *(name for name in numbers if name not in known)]
        if known.get(name) != numbers.get(name)
    ]


def result(script: Path) -> dict[str, Any]:
    """Run an experiment; return what is stored of it."""
    run = run_elsewhere if script.stem in WITH_TORCH else run_here
    return {"script": digest_of(script), "numbers": run(script)}


def serialized(stored: dict[str, Any]) -> str:
    """Return the text of an experiment's file."""
    return json.dumps(stored, indent=1, ensure_ascii=False) + "\n"


def note_portable(script: Path) -> None:
    """Write that the stored numbers of this script are those of other processors too."""
    path = script.with_suffix(".json")
    stored = json.loads(path.read_text(encoding="utf-8"))
    notebook_form.save(path, serialized(stored | {"portable": proof_of(stored)}))


def run_here(script: Path) -> dict[str, str]:
    """Return the numbers of an experiment that needs only what this environment has."""
    numbers: dict[str, str] = runpy.run_path(str(script))["numbers"]()
    return numbers


def run_elsewhere(script: Path) -> dict[str, str]:
    """Return the numbers of an experiment that runs in the environment of the benchmarks."""
    code = "import json, runpy, sys; run = runpy.run_path(sys.argv[1])['numbers']; "
    code += "print(json.dumps(run()))"
    python = Path(f"{sys.prefix}-bench") / "bin" / "python"
    ran = subprocess.run(
        [python, "-c", code, script], cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    numbers: dict[str, str] = json.loads(ran.stdout)
    return numbers


if __name__ == "__main__":
    sys.exit(main())
