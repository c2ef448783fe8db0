"""Put together what readers can take with them, and list it in the site: `_build/downloads`.

It packs the whole site and the notebooks of each edition, copies all that lies in that folder
(other tools have put the PDF and the rest there) into the site, and writes the list from which the
page of downloads is filled. What is not there is not listed: no page leads to a missing file.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
from pathlib import Path

from archives import pack
from nnbook.messages import LANGUAGES
from theme.files.downloads import FOLDER, write_list

ROOT = Path(__file__).resolve().parent.parent
ENDINGS = (".pdf", ".epub", ".zip", ".xml", ".txt", ".apkg", ".py")


def main() -> None:
    """Pack, copy and list."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the built site")
    parser.add_argument("--to", type=Path, default=ROOT / "_build/downloads", help="the folder")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    published = arguments.site / FOLDER
    empty(published)  # a copy of the site has nothing to download
    pack(arguments.to / "site.zip", files_of(arguments.site))
    for key, language in LANGUAGES.items():
        pack(arguments.to / f"notebooks-{key}.zip", notebooks(ROOT / language.folder))
    shutil.copy2(ROOT / "nnbook" / "ten_tests.py", arguments.to)
    for path in publish(arguments.to, published):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def empty(folder: Path) -> None:
    """Leave nothing in the folder of the site but a list that is empty."""
    shutil.rmtree(folder, ignore_errors=True)
    write_list(folder, {})


def files_of(folder: Path) -> dict[str, Path]:
    """Return all files in a folder by their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in paths}


def notebooks(folder: Path) -> dict[str, Path]:
    """Return the notebooks of an edition by their names, and the pages that they link to."""
    pages = [folder / "intro.ipynb", *sorted((folder / "chapters").iterdir())]
    found = {page.relative_to(folder).as_posix(): page for page in pages}
    written = {name: page for name, page in found.items() if page.suffix in (".ipynb", ".md")}
    return {**written, "LICENSE": ROOT / "LICENSE"}


def publish(made: Path, target: Path) -> list[Path]:
    """Copy the files into the site and list them there; return them."""
    files = [path for path in sorted(made.iterdir()) if path.suffix in ENDINGS]
    listed: dict[str, dict[str, int | str]] = {}
    for path in files:
        shutil.copy2(path, target)
        about = path.stat()
        day = datetime.datetime.fromtimestamp(about.st_mtime, datetime.UTC).date()
        listed[path.name] = {"bytes": about.st_size, "date": day.isoformat()}
    write_list(target, listed)
    return files


if __name__ == "__main__":
    main()
