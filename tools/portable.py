"""Find stored numbers that hang on the last bit: run everything again in other environments.

The order in which a matrix library adds, and the vector units that numpy uses, decide the last bit
of a sum; a long training can make any digit of it. So the notebooks, the experiments and the
training of the drawing pad's network are run as another processor would run them, and once more
with starting weights moved by a billionth (moved_starts/). Each result has to be the stored one.
An experiment that is the same in all of them gets a note of that in its file.
An environment is a few variables for a process that starts. Which there are is asked of numpy: no
environment names what this processor or this version of numpy does not have.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import console
import experiments
import notebook_form
import notebooks
from nnbook.messages import LANGUAGES

Variables = dict[str, str]

ROOT = Path(__file__).resolve().parent.parent
FEATURES = "NPY_DISABLE_CPU_FEATURES"
KERNEL = "OPENBLAS_CORETYPE"
# OpenBLAS' kernels, the plainest first, and what numpy calls the feature that one needs.
KERNELS: dict[str, dict[str, str | None]] = {
    "x86": {
        "Prescott": None,
        "Nehalem": "SSE42",
        "Sandybridge": "AVX",
        "Zen": "AVX2",
        "Haswell": "AVX2",
        "SkylakeX": "AVX512_SKX",
    },
    "arm": {"ARMV8": None},
}
# Cells that a moved start changes, and why they may stay as they are.
EXCEPTIONS = {
    ("cross_entropy", "training-replay"): "thousands of corners, each in 1/4095 of the window",
    ("generalization", "training-replay-moons"): "the same",
    ("words", "writer"): "thousands of weights, each in thousandths",
    ("digits", "frozen"): "it lists the weights that are exactly where they started",
    (
        "backpropagation",
        "solution-reset",
    ): "its check steps with an optimizer, too, which starts elsewhere",
    ("gradient_descent", "solution-momentum"): "the same",
}


# -- Environments ------------------------------------------------------------------------------


def environments() -> dict[str, Variables]:
    """Return the environments by name: "as it is", "plain", the furthest from it, then others."""
    found: dict[str, Variables] = {"as it is": {}, "plain": plain()}
    found |= {f"kernel {kernel}": {KERNEL: kernel} for kernel in kernels()}
    units = vector_units()
    found |= {
        f"numpy without {units[kept]}": without(units[kept:])
        for kept in sorted({0, len(units) // 2})
        if units
    }
    for seed in ("0", "1"):
        found[f"starts moved, {seed}"] = {
            "PYTHONPATH": os.pathsep.join(
                [str(ROOT / "tools/moved_starts"), *filter(None, [os.environ.get("PYTHONPATH")])]
            ),
            "MOVED_STARTS": seed,
        }
    return found


def plain() -> Variables:
    """Return the environment of the plainest kernel, with numpy's vector units switched off."""
    known = kernels()
    return ({KERNEL: known[0]} if known else {}) | without(vector_units())


def kernels() -> list[str]:
    """Return the kernels of OpenBLAS that this processor can run, the plainest first."""
    machine = platform.machine().lower()
    family = "arm" if machine in ("arm64", "aarch64") else "x86"
    known = KERNELS[family] if machine in ("x86_64", "amd64", "arm64", "aarch64") else {}
    features = _numpy().__cpu_features__
    return [name for name, needs in known.items() if needs is None or features.get(needs)]


def vector_units() -> list[str]:
    """Return the features that numpy looks for when it starts, and finds here."""
    numpy = _numpy()
    return [name for name in numpy.__cpu_dispatch__ if numpy.__cpu_features__.get(name)]


def without(units: list[str]) -> Variables:
    """Return the environment in which numpy does without these, too."""
    names = [*os.environ.get(FEATURES, "").replace(",", " ").split(), *units]
    return {FEATURES: " ".join(names)} if names else {}


def _numpy() -> Any:
    # numpy's only list of its names for features, which change from version to version.
    from numpy._core import _multiarray_umath  # type: ignore[attr-defined]

    return _multiarray_umath


def joined(variables: Variables) -> Variables:
    """Return the environment of this process with these variables."""
    # numpy refuses to be told both; one thread adds in one order.
    here = {name: value for name, value in os.environ.items() if name != "NPY_ENABLE_CPU_FEATURES"}
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} | here | variables


@contextlib.contextmanager
def within(variables: Variables) -> Iterator[None]:
    """Let what starts inside have these variables."""
    before = dict(os.environ)
    os.environ.update(joined(variables))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


# -- Running -----------------------------------------------------------------------------------


def differences(variables: Variables, path: Path) -> dict[str, list[str]]:
    """Run a notebook; return the cells whose outputs are not the stored ones, with both."""
    stored = notebook_form.canonical(json.loads(path.read_text(encoding="utf-8")))
    again = notebook_form.canonical(notebooks.execute(stored, path.parent, joined(variables)))
    return {
        before["id"]: _changed(_shown(before), _shown(after))
        for before, after in zip(stored["cells"], again["cells"], strict=True)
        if _shown(before) != _shown(after)
        and not ("MOVED_STARTS" in variables and (path.stem, before["id"]) in EXCEPTIONS)
    }


def _shown(cell: notebook_form.Cell) -> list[str]:
    """Return the lines of what a cell shows; a PNG is a second copy of a picture."""
    lines = []
    for output in cell.get("outputs", []):
        parts = {"text": output["text"]} if "text" in output else output.get("data", {})
        for mime, part in parts.items():
            if mime != notebook_form.PNG:
                written = part if isinstance(part, list) else [json.dumps(part, indent=1)]
                lines += notebook_form.text_of(written).splitlines()
    return lines


def _changed(before: list[str], after: list[str]) -> list[str]:
    lines = difflib.unified_diff(before, after, lineterm="", n=0)
    return [line[:120] for line in lines if line[:3] not in ("---", "+++") and line[:2] != "@@"][:8]


def script_differs(variables: Variables, *command: str) -> list[str]:
    """Run a script that compares; return what it says if it finds a difference."""
    ran = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=joined(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return ran.stdout.splitlines()[-8:] if ran.returncode else []


def scripts() -> dict[str, tuple[str, ...]]:
    """Return the commands that train again and compare; PyTorch's own sums are not ours."""
    # mypy takes the folder of that name.
    names = [script.stem for script in experiments.scripts([])]  # type: ignore[attr-defined]
    elsewhere = experiments.WITH_TORCH  # type: ignore[attr-defined]
    found = {
        name: ("tools/experiments.py", "--check", name) for name in names if name not in elsewhere
    }
    stored = ("digit_reader", "ward")  # what figures show of trainings
    return found | {name: (f"tools/{name}.py", "--check") for name in stored}


def pages() -> list[Path]:
    """Return the notebooks of the edition that is written first; the others have its cells."""
    return [path for path in notebook_form.all_notebooks() if not is_translation(path)]


def is_translation(path: Path) -> bool:
    """Return whether a notebook belongs to another edition than the first."""
    prefixes = [language.prefix for language in LANGUAGES.values() if language.prefix]
    return Path(os.path.relpath(path, ROOT)).as_posix().startswith(tuple(prefixes))


def main() -> int:
    """Read the command line; return 1 if anything differs."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = environments()
    parser.add_argument("--list", action="store_true", help="say which environments there are")
    parser.add_argument("--in", dest="names", action="append", choices=known, metavar="NAME")
    parser.add_argument(
        "what", nargs="*", help="chapters/losses.ipynb, plateaus, ...; default: all"
    )
    arguments = parser.parse_args()
    chosen = {name: known[name] for name in arguments.names or known}
    if arguments.list:
        for name, variables in chosen.items():
            print(name, *(f"{key}={value!r}" for key, value in variables.items()))
        return 0
    table = run(chosen, arguments.what, whole=chosen == known)
    print(f"\n{'environment':<28} differs")
    for name, found in table.items():
        print(f"{name:<28} {', '.join(found) or '-'}")
    return int(any(table.values()))


def run(
    chosen: dict[str, Variables], what: list[str], *, whole: bool = False
) -> dict[str, list[str]]:
    """Run all that is asked for in each environment; return what differs there.

    If these are all environments, an experiment that differs in none has that noted in its file.
    """
    commands, notebook_paths = scripts(), {path.as_posix(): path for path in pages()}
    unknown = [name for name in what if name not in commands | notebook_paths]
    if unknown:
        raise SystemExit(f"no notebook or experiment: {', '.join(unknown)}")
    table: dict[str, list[str]] = {name: [] for name in chosen}

    def one(environment: str, name: str) -> None:
        variables = chosen[environment]
        if name in commands:
            found = {name: lines} if (lines := script_differs(variables, *commands[name])) else {}
        else:
            path = notebook_paths[name]
            cells = differences(variables, path)
            found = {f"{path.stem} {cell}": lines for cell, lines in cells.items()}
        table[environment] += found
        for place, lines in found.items():
            print("\n  ".join([f"{environment}: {place}", *lines]), flush=True)

    stored = {script.stem: script for script in experiments.scripts([])}  # type: ignore[attr-defined]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in what or [*commands, *notebook_paths]:
            list(pool.map(one, chosen, [name] * len(chosen)))
            if whole and name in stored and not any(name in found for found in table.values()):
                experiments.note_portable(stored[name])  # type: ignore[attr-defined]
    return {name: sorted(found) for name, found in table.items()}


if __name__ == "__main__":
    sys.exit(main())
