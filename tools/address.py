"""Put the address of the book's repository everywhere.

    make address URL=https://github.com/OWNER/NAME

It appears in the settings, in the first cell of each notebook, in the metadata of the package
and in the pages for teachers and for publishers: plain, encoded for links into Binder and
JupyterHub, and as the address where GitHub Pages publishes. The old one is read from `_config.yml`.
Called with the old address, it undoes what it did.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import console
import editions
import notebook_form
import translations
from nnbook.messages import TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
URL = re.compile(r"https://github\.com/([\w-]+)/([\w.-]+?)(?:\.git)?/?")


def main() -> int:
    """Read the command line; return 1 if the address is none."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("url", help="the new address: https://github.com/OWNER/NAME")
    url = parser.parse_args().url
    new = URL.fullmatch(url)
    if new is None:
        print(f"{url!r} is not of the form https://github.com/OWNER/NAME", file=sys.stderr)
        return 1
    settings = (ROOT / "_config.yml").read_text(encoding="utf-8")
    old = re.search(rf"^  url: {URL.pattern}$", settings, re.MULTILINE)
    assert old is not None
    places = dict(zip(forms(*old.groups()), forms(*new.groups()), strict=True))
    digests: dict[str, str] = {}
    changed = 0
    folders = {editions.translation("", language) for language in TRANSLATIONS}
    # The original pages come first: a translation records which of their words it was made from.
    for path in sorted(files(), key=lambda path: not folders.isdisjoint(path.parents)):
        before = path.read_text(encoding="utf-8")
        after = replaced(before, places)
        if not folders.isdisjoint(path.parents):
            after = replaced(after, digests)
        else:
            digests |= changed_digests(path, before, after)
        if after != before:
            notebook_form.save(path, after)
            changed += 1
    print(f"{changed} files name {new[0]}")
    return 0


def forms(owner: str, name: str) -> list[str]:
    """Return all forms in which the address appears in the repository."""
    url, folder = f"https://github.com/{owner}/{name}", f"lab/tree/{name}/"
    plain = [url, f"https://{owner.lower()}.github.io/{name}/", folder, f"\ncd {name}\n"]
    launched = [f"/gh/{owner}/{name}/", f"/github/{owner}/{name}/"]  # Binder, Colab
    return [*plain, *launched, quote(url, safe=""), quote(folder, safe="")]


def replaced(text: str, places: dict[str, str]) -> str:
    """Return a text with each of the keys replaced, all at once; a longer name is another name."""
    ends = ("/", "%2F", "\n")
    either = "|".join(
        re.escape(place) + ("" if place.endswith(ends) else r"(?![\w-])") for place in places
    )
    return re.sub(either, lambda match: places[match[0]], text) if places else text


def changed_digests(path: Path, before: str, after: str) -> dict[str, str]:
    """Return what translations of a page record of it: old digest -> new digest."""
    if path.suffix == ".md":
        return {translations.digest_of(before): translations.digest_of(after)}
    if path.suffix != ".ipynb":
        return {}
    old, new = (
        [list(translations.words_of(cell).values()) for cell in json.loads(text)["cells"]]
        for text in (before, after)
    )
    changes = (pair for pair in zip(old, new, strict=True) if pair[0] != pair[1])
    return {
        translations.digest_of(*words): translations.digest_of(*others) for words, others in changes
    }


def files() -> list[Path]:
    """Return the text files that git knows."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    binary = {".gz", ".png", ".woff2", ".otf"}
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in binary]


if __name__ == "__main__":
    sys.exit(main())
