"""Print what a release changes, from CHANGELOG.md; refuse a tag that is not this version.

    python tools/release.py v0.4.0

The version stands in `pyproject.toml`, `nnlib/__init__.py`, `CITATION.cff` and `CHANGELOG.md`, and
a test compares these. Here it is compared with the tag, before anything is published.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def notes_of(version: str, changelog: str) -> str:
    """Return the section of a version without its heading, or "" if there is none."""
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)"
    found = re.search(heading, changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def main() -> int:
    """Read the command line; return 1 if the tag releases something else than this version."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tag", help="v and the version: v0.4.0")
    tag = parser.parse_args().tag
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    if tag != f"v{version}":
        print(
            f"The tag is {tag!r}, and pyproject.toml has the version {version!r}, whose tag is "
            f"'v{version}'. Change the version in all four files, or tag the right commit.",
            file=sys.stderr,
        )
        return 1
    notes = notes_of(version, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    if not notes:
        print(
            f"CHANGELOG.md has no section '## [{version}] - DATE' with any line: write it.",
            file=sys.stderr,
        )
        return 1
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
