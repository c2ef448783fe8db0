"""Write a deck of slides for each chapter from the built site: `_build/slides`, and zips.

A deck has the headings of the chapter's path, its figures, predictions, numbered formulas,
lists, summary and common mistakes; for the speaker, minutes, prose and the thoughts behind wrong
answers. It opens by a double click, without a network; its figures are those of the page, alive.
reveal.js shows it. For each edition that is built there is a folder, and a zip of it.
"""

from __future__ import annotations

import argparse
import re
import shutil
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup
from bs4.element import Tag

import console
import nnlib
from archives import pack
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, load
from slide_files.deck import deck, digest
from slide_files.page import slides_of
from slide_files.slide import Slide, Words

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent
REVEAL = ROOT / "js" / "node_modules" / "reveal.js"
ADDRESS = re.compile(r"""url\(["']?(?!data:)([^"')?#]+)""")
OWN = ("slides.css", "slides.js")
VENDORED = {
    "dist/reveal.js": "reveal.js",
    "dist/reveal.css": "reveal.css",
    "dist/plugin/notes.js": "notes.js",
    "LICENSE": "reveal.js.LICENSE.txt",
}
CONTENTS = """<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'self'; font-src 'self'">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="shared/site.css">
<link rel="stylesheet" href="shared/slides.css">
</head>
<body class="contents-of-decks">
<h1>{title}</h1>
<p>{keys}</p>
<ul>
{decks}
</ul>
<p>{license}</p>
</body>
</html>
"""


def main() -> None:
    """Write the decks of each edition that is built, and say how many slides they have."""
    console.prepare()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("editions", nargs="*", default=list(LANGUAGES), help="default: all")
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the built site")
    parser.add_argument("--to", type=Path, default=ROOT / "_build/slides", help="folder")
    parser.add_argument("--zips", type=Path, default=ROOT / "_build/downloads", help="folder")
    arguments = parser.parse_args()
    if not REVEAL.is_dir():
        raise SystemExit(f"{REVEAL} is missing: `make slides` installs it")
    for edition in arguments.editions:
        site = arguments.site / LANGUAGES[edition].folder
        if (site / "intro.html").is_file():
            folder = arguments.to / edition
            count = write(edition, site, folder)
            packed = arguments.zips / f"slides-{edition}.zip"
            packed.parent.mkdir(parents=True, exist_ok=True)
            paths = [path for path in folder.rglob("*") if path.is_file()]
            pack(packed, {path.relative_to(folder).as_posix(): path for path in sorted(paths)})
            print(f"{packed}: {count} slides, {packed.stat().st_size / 1e6:.1f} MB")


def write(edition: str, site: Path, folder: Path) -> int:
    """Write the decks of an edition, and what they share; return how many slides there are."""
    shutil.rmtree(folder, ignore_errors=True)
    shared = folder / "shared"
    share(site / "_static", shared)
    speaker = digest((shared / "notes.js").read_text(encoding="utf-8"))
    book = yaml.safe_load((ROOT / LANGUAGES[edition].folder / "_config.yml").read_text("utf-8"))
    words: Words = load("messages/slides", edition)
    names = {"book": book["title"], "author": book["author"], "version": nnlib.__version__}
    decks, count = {}, 0
    for chapter in CHAPTERS[1:]:  # the first is the first page
        page = BeautifulSoup((site / f"chapters/{chapter}.html").read_text("utf-8"), "lxml")
        article = page.find("article")
        assert isinstance(article, Tag)
        copy_pictures(article, site / "chapters", folder)
        slides = slides_of(article, words, edition)
        title = re.sub(r"<[^>]*>", "", slides[0].heading)
        slides[0].body = f'<p class="book">{escape(book["title"])}</p><p>{book["author"]}</p>'
        slides[0].notes += [f"<p>{words[key]}</p>" for key in ("keys", "how_to_ask")]
        link = page.select_one("link[rel=canonical]")
        address = str(link["href"]) if link else ""
        slides.append(last(words, names | {"chapter": title}, address))
        count += len(slides)
        written = deck(
            slides,
            title=f"{title} · {book['title']}",
            tag=LANGUAGES[edition].tag,
            foot=f'<span class="book">{escape(book["title"])} · </span>{slides[0].heading}',
            figures=scripts(page, site / "chapters", shared),
            speaker=speaker,
        )
        decks[f"{chapter}.html"] = title
        (folder / f"{chapter}.html").write_text(written, encoding="utf-8")
    lines = [f'<li><a href="{name}">{title}</a></li>' for name, title in decks.items()]
    (folder / "index.html").write_text(
        CONTENTS.format(
            tag=LANGUAGES[edition].tag,
            title=words["contents"].format(**names),
            keys=words["keys"],
            decks="\n".join(lines),
            license=words["license"],
        ),
        encoding="utf-8",
    )
    return count


def last(words: Words, names: dict[str, str], address: str) -> Slide:
    """Return the slide that says whose all this is."""
    body = (
        f"<p>{escape(words['attribution'].format(**names))}</p><p>{escape(words['license'])}</p>"
        f'<p>{words["chapter"]}: <a href="{address}">{address}</a></p>'
    )
    return Slide(kind="end", heading=names["chapter"], body=body)


def share(static: Path, shared: Path) -> None:
    """Put beside the decks what all of them load."""
    shared.mkdir(parents=True)
    style = (static / "site.css").read_text(encoding="utf-8")
    (shared / "site.css").write_text(without_paper(style), encoding="utf-8")
    for file in ADDRESS.findall(style):
        (shared / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(static / file, shared / file)
    for name in OWN:
        shutil.copy(TOOLS / name, shared)
    for path, name in VENDORED.items():
        shutil.copy(REVEAL / path, shared / name)


def without_paper(style: str) -> str:
    """Leave out the rules for paper: a figure has the size that it was given on the screen."""
    kept, *blocks = re.split(r"@media print\s*\{", style)
    for block in blocks:
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(block[end], 0)
            end += 1
        kept += block[end:]
    return kept


def copy_pictures(article: Tag, page: Path, folder: Path) -> None:
    """Put the pictures of a page beside the decks, and let it lead to them there."""
    (folder / "images").mkdir(exist_ok=True)
    for image in article.find_all("img"):
        source = page / urlsplit(str(image["src"])).path
        shutil.copy(source, folder / "images")
        image["src"] = f"images/{source.name}"


def scripts(page: BeautifulSoup, folder: Path, shared: Path) -> list[str]:
    """Put the scripts of a page's figures beside the decks; return their names."""
    found = []
    for script in page.select('script[src*="_static/figures/"]'):
        source = folder / urlsplit(str(script["src"])).path
        shutil.copy(source, shared)
        found.append(source.name)
    return found


if __name__ == "__main__":
    main()
