"""Say which page has more words, and which room more lines, than its limit in tools/sizes.json.

After something was taken away, `python tools/lint_size.py --lower` writes the limits down. They go
up by hand alone, in a commit that says what was deleted elsewhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from linting import ROOT, page, run
from nnbook.chapters import CHAPTERS
from nnbook.messages import ORIGINAL
from notebook_form import read

LIMITS = Path(__file__).with_name("sizes.json")
ENDINGS = (".py", ".js", ".ts", ".mjs", ".css")


def words() -> Counter[str]:
    """Count the words of each page's text in the original edition, folds and exercises included."""
    pages = {name: read(page(name, ORIGINAL)) for name in ("intro", "refresher", *CHAPTERS)}
    return Counter(
        {
            name: sum(
                len("".join(cell["source"]).split())
                for cell in notebook["cells"]
                if cell["cell_type"] == "markdown"
            )
            for name, notebook in pages.items()
        }
    )


def lines() -> Counter[str]:
    """Count the lines of code in each room; what is built has next to none."""
    listed = ["git", "ls-files", "-z", *(f"*{ending}" for ending in ENDINGS)]
    found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rooms: Counter[str] = Counter()
    for name in filter(None, found.split("\0")):
        path = ROOT / name
        if "/" in name and path.exists():
            rooms[name.split("/")[0]] += path.read_text("utf-8").count("\n")
    return rooms


def problems() -> Iterator[str]:
    """Compare with the limits."""
    limits = json.loads(LIMITS.read_text("utf-8"))
    for kind, counted in (("words", words()), ("lines", lines())):
        for name in sorted(counted.keys() | limits[kind].keys()):
            if counted[name] > limits[kind].get(name, 0):
                yield f"{name}: {counted[name]} {kind}, at most {limits[kind].get(name, 0)}"


def lower() -> None:
    """Write what there is as limits, where it is less."""
    limits = json.loads(LIMITS.read_text("utf-8")) if LIMITS.exists() else {}
    for kind, counted in (("words", words()), ("lines", lines())):
        before = limits.get(kind, counted)
        limits[kind] = {
            name: min(counted[name], before.get(name, counted[name])) for name in counted
        }
    LIMITS.write_text(json.dumps(limits, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--lower"]:
        lower()
    else:
        sys.exit(run(__doc__, problems))
