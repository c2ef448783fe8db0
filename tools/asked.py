"""Add what review asks now to tests/questions/asked.txt, the list of all it ever asked.

python tools/asked.py

What is retired is added, too, and nothing is taken out.
"""

import argparse
import json
from pathlib import Path

from nnbook.questions import bank

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "questions" / "asked.txt"
RETIRED = ROOT / "nnbook" / "chapters" / "retired.json"


def main() -> None:
    """Add the names that are missing."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    once = LIST.read_text("utf-8").split()
    names = {*once, *bank.in_review(), *json.loads(RETIRED.read_text("utf-8"))}
    LIST.write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")


if __name__ == "__main__":
    main()
