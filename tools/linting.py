"""What the linters of prose share (`tools/lint_*.py`, which `make lint` runs one after the other).

Each says of the book's pages what is wrong, one line each; nothing is written, and the exit code is
1 if there is anything.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import console
from nnbook.messages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent


def page(name: str, language: str, root: Path = ROOT) -> Path:
    """Return the path of a chapter's notebook in an edition; the first page is no chapter."""
    folder = root / LANGUAGES[language].folder
    return folder / ("" if name == "intro" else "chapters") / f"{name}.ipynb"


def run(documentation: str | None, problems: Callable[[], Iterable[str]]) -> int:
    """Be a linter: read the command line, print what is wrong, return the exit code."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    found = list(problems())
    for problem in found:
        print(problem, file=sys.stderr)
    return int(bool(found))
