"""Say how long each chapter takes: its path, and what is for a second reading.

python tools/reading_time.py                          the chapters
python tools/reading_time.py chapters/losses.ipynb    the sections of one
"""

from __future__ import annotations

import argparse
from pathlib import Path

import console
from theme.reading.reading_time import read, total

ROOT = Path(__file__).resolve().parent.parent


def show(name: str, path: float, more: float) -> None:
    """Print one line of the table."""
    print(f"{path:6.1f} {more:6.1f}  {name}")


def main() -> None:
    """Read the command line and print."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebook", nargs="?", type=Path, help="default: every chapter")
    notebook = parser.parse_args().notebook
    print("  path   more  (minutes, without the exercises)")
    if notebook is not None:
        sections = read(notebook)
        for index, section in enumerate(sections):
            show("  " * (section.level - 1) + section.title, *total(sections, index))
        return
    every = [total(sections, 0) for path in paths() if (sections := read(path))]
    for path, minutes in zip(paths(), every, strict=True):
        show(path.stem, *minutes)
    show("the book", *map(sum, zip(*every, strict=True)))


def paths() -> list[Path]:
    """Return the notebooks of the English edition."""
    return [ROOT / "intro.ipynb", *sorted((ROOT / "chapters").glob("*.ipynb"))]


if __name__ == "__main__":
    main()
