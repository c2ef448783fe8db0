"""Write tests/questions/asked.txt: every question that review has ever asked, one name on a line.

It only grows: what is asked today and what is retired is added, and nothing is taken out.
"""

import json
from pathlib import Path

from nnbook.questions import bank

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "questions" / "asked.txt"
RETIRED = ROOT / "nnbook" / "chapters" / "retired.json"


def main() -> None:
    """Add the names that are missing."""
    once = LIST.read_text("utf-8").split()
    names = {*once, *bank.in_review(), *json.loads(RETIRED.read_text("utf-8"))}
    LIST.write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")


if __name__ == "__main__":
    main()
