"""Say which places of an older site are gone from the one in _build/html.

python tools/lost_addresses.py FOLDER    an older site, such as the published one

A link to such a place leads to the beginning of its page. nnbook/chapters/moved.json says where it
is now.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import console

ROOT = Path(__file__).resolve().parent.parent
MOVED = ROOT / "nnbook" / "chapters" / "moved.json"
ARTICLE = re.compile(r"<article.*</article>", re.DOTALL)
ANCHOR = re.compile(r'\sid="([^"]+)"')
COUNTED = re.compile(r"(?:id|index-)\d+")  # of no name: nobody links to them


def anchors(page: Path) -> list[str]:
    """Return the anchors in the text of a page."""
    text = ARTICLE.search(page.read_text(encoding="utf-8")) if page.is_file() else None
    found = ANCHOR.findall(text[0]) if text else []
    return [anchor for anchor in found if not COUNTED.fullmatch(anchor)]


def lost(old: Path, new: Path, moved: dict[str, str]) -> Iterator[str]:
    """Yield what is neither where it was nor said to be elsewhere, of the original edition."""
    for page in [old / "intro.html", *sorted(old.glob("chapters/*.html"))]:
        name = page.relative_to(old).with_suffix("").as_posix()
        there = anchors(new / f"{name}.html")
        for anchor in anchors(page):
            address = f"{name}#{anchor}"
            if anchor not in there and address not in moved:
                yield address


def main() -> None:
    """Read the command line and print."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path, help="the folder of the older site")
    parser.add_argument("--new", type=Path, default=ROOT / "_build" / "html", help="the newer one")
    arguments = parser.parse_args()
    moved = json.loads(MOVED.read_text(encoding="utf-8"))["addresses"]
    print(*lost(arguments.old, arguments.new, moved), sep="\n")


if __name__ == "__main__":
    main()
