"""Measure everybody in the ward (nnbook.patients), and store it for the figure.

    python tools/ward.py            write nnbook/patients/measured.json
    python tools/ward.py --check    fail if it would be another file

Three minutes.
"""

import argparse
import json
import sys
from typing import Any

from nnbook.patients.checks import CHECKS
from nnbook.patients.measured import KINDS, STORED, beds, profiles


def text_of(data: dict[str, Any]) -> str:
    """Return the file's text: a line for each bed and each fault."""

    def lines(part: dict[str, Any], depth: int) -> str:
        pairs = ((key, text(value, depth - 1)) for key, value in part.items())
        return "{\n" + ",\n".join(f'"{key}":{value}' for key, value in pairs) + "\n}"

    def text(value: Any, depth: int) -> str:
        return lines(value, depth) if depth else json.dumps(value, separators=(",", ":"))

    depths = {"profiles": 2}
    parts = (f'"{name}":{lines(part, depths.get(name, 1))}' for name, part in data.items())
    return "{" + ",".join(parts) + "}\n"


def main() -> None:
    """Read the command line, measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    found = beds()
    minutes = {name: check.minutes for name, check in CHECKS.items()}
    images = {str(at): image for at, image in enumerate(found.pop("images"))}
    known = {kind: profiles(kind) for kind in KINDS}
    text = text_of({"minutes": minutes, "profiles": known, "images": images} | found)
    if not check:
        STORED.write_text(text, encoding="utf-8")
    elif STORED.read_text(encoding="utf-8") != text:
        sys.exit(f"{STORED.name} is not what is measured now: run python tools/ward.py")


if __name__ == "__main__":
    main()
