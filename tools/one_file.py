"""Make of each chapter one HTML file that works alone: `_build/downloads/chapters-en.zip`.

A file has its styles, scripts, fonts and pictures inside, and what its links show in place. Links
to other pages lead to the published book. The policy of the page names each script by its digest
and lets it load nothing. Python, many times as large as a chapter, is left out: cells cannot run.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import mimetypes
import re
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

from archives import pack
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 3_000_000  # bytes
# Run cells, ask questions of other chapters, search, lead to the same page in another language.
ONLY_ON_A_SITE = (
    "meta[name=book-python], meta[name=book-live], .live-choice, .served,"
    " [data-practice], .practice-link, .search-form button"
)
# What it keeps, fetches ahead or looks at first.
ONLY_OF_A_SITE = ("data-keep_offline", "data-translations", "data-text-font", "data-math-font")
ADDRESSES = ("href", "action", "data-mixed")
IN_STYLE = re.compile(r"\burl\(([^)\"'#:]+)\)")
SAID = re.compile(r"\{.*\}", re.DOTALL)
# Everything that a page loads when it is asked for is inside already.
NOTHING_TO_LOAD = "globalThis.nnlibLoad = async () => {};"
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; style-src-attr 'unsafe-inline';"
    " img-src data:; font-src data:; form-action 'none'; base-uri 'none';"
    " require-trusted-types-for 'script'; trusted-types nnlib-paper nnlib-live"
)


def main() -> None:
    """Write an archive of each edition that is built."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the built site")
    parser.add_argument("--to", type=Path, default=ROOT / "_build/downloads", help="folder")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    for key, language in LANGUAGES.items():
        edition = arguments.site / language.folder
        if (edition / "intro.html").is_file():
            target = arguments.to / f"chapters-{key}.zip"
            files = chapters(edition)
            pack(target, files)
            largest = max(map(len, files.values()))
            print(f"{target}: {len(files)} files of up to {largest / 1e6:.1f} MB")


def chapters(edition: Path) -> dict[str, bytes]:
    """Return the file of each chapter of an edition, by a name that sorts as in the book."""
    files = {}
    for number, name in enumerate(CHAPTERS):
        page = edition / ("" if name == "intro" else "chapters") / f"{name}.html"
        if page.is_file():
            content = alone(page).encode()
            if len(content) > LARGEST:
                raise SystemExit(f"{page} alone has {len(content):,} bytes, over {LARGEST:,}")
            files[f"{number:02}-{name}.html"] = content
    return files


def alone(page: Path) -> str:
    """Return a page with all that it loads inside it."""
    text = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    published = str(text.select_one("link[rel=canonical]")["href"])  # type: ignore[index]
    leave_out(text)
    links_to_the_book(text, published)
    for image in text.select("img[src]"):
        image["src"] = data(file_of(page, image["src"]))
    for icon in text.select("link[rel=icon]"):
        icon["href"] = data(file_of(page, icon["href"]))
    styles = [inline_style(text, link, page) for link in text.select("link[rel=stylesheet]")]
    scripts = inline_scripts(text, page, published)
    policy = text.select_one("meta[http-equiv=Content-Security-Policy]")
    policy["content"] = POLICY.format(  # type: ignore[index]
        scripts=" ".join(map(digest, scripts)), styles=" ".join(map(digest, styles))
    )
    return text.decode(formatter=HTMLFormatter(entity_substitution=escaped))


def escaped(text: str) -> str:
    """Escape a text, also for an attribute: what reads it as text expects double quotes there."""
    return EntitySubstitution.substitute_xml(text).replace('"', "&quot;")


def leave_out(text: BeautifulSoup) -> None:
    """Take away what needs the other files of the site."""
    for part in text.select(ONLY_ON_A_SITE):
        part.decompose()
    for name in ONLY_OF_A_SITE:
        for part in text.select(f"[{name}]"):
            del part[name]
    for link in text.select("a[rel=next]"):  # which a page that is served fetches ahead
        del link["rel"]
    for picture in text.select("a.image-reference"):  # leads to the picture's own file
        picture.unwrap()


def links_to_the_book(text: BeautifulSoup, published: str) -> None:
    """Let links to other pages lead to the book where it is published."""
    root = text.html
    root["data-content_root"] = urljoin(published, root["data-content_root"])  # type: ignore
    for name in ADDRESSES:
        for part in text.select(f":is(a, form, meta)[{name}]"):
            address = str(part[name])
            if address and not address.startswith("#"):
                part[name] = urljoin(published, address)


def inline_style(text: BeautifulSoup, link: Tag, page: Path) -> str:
    """Put a style sheet and its fonts into the page; return it."""
    sheet = file_of(page, link["href"])

    def font(found: re.Match[str]) -> str:
        return f"url({data(file_of(sheet, found[1]))})"

    style = text.new_tag("style", attrs={"media": str(link["media"])} if link.get("media") else {})
    style.string = IN_STYLE.sub(font, sheet.read_text(encoding="utf-8"))
    link.replace_with(style)
    return str(style.string)


def inline_scripts(text: BeautifulSoup, page: Path, published: str) -> list[str]:
    """Put all scripts into the page, those that wait for it at its end; return them."""
    in_place = text.select_one("meta[name=book-in-place]")
    said = said_elsewhere(text, file_of(page, in_place["data-said"]), published)  # type: ignore
    showing = file_of(page, in_place["data-script"])  # type: ignore[index]
    for name in ("data-said", "data-script"):
        in_place[name] = ""  # type: ignore[index]
    scripts = []

    def inline(script: Tag, source: str) -> None:
        script.string = source.replace("</script", r"<\/script")
        scripts.append(str(script.string))

    late = []
    for script in text.select("script[src]"):
        source = file_of(page, script["src"]).read_text(encoding="utf-8")
        del script["src"]
        if "defer" in script.attrs:
            late.append(source)
            script.decompose()
        else:
            inline(script, source)
    last = [NOTHING_TO_LOAD, said, showing.read_text(encoding="utf-8")]
    for source in [*late, *last]:
        script = text.new_tag("script")
        inline(script, source)
        text.body.append(script)  # type: ignore[union-attr]
    return scripts


def said_elsewhere(text: BeautifulSoup, script: Path, published: str) -> str:
    """Return the part of a script that the links of this page show in place."""
    everything = json.loads(SAID.search(script.read_text(encoding="utf-8"))[0])  # type: ignore
    root = str(text.html["data-content_root"])  # type: ignore[index]
    links = {str(link["href"]).removeprefix(root) for link in text.select("article a[href]")}
    needed = {place: tree for place, tree in everything.items() if place in links}
    return f"globalThis.nnlibSaidElsewhere = {json.dumps(needed, ensure_ascii=False)};"


def file_of(beside: Path, address: object) -> Path:
    """Return the file that an address in another one leads to."""
    return beside.parent / urlsplit(str(address)).path


def data(path: Path) -> str:
    """Return a file as an address that contains it."""
    if path.suffix == ".svg":  # as text it is smaller, also in an archive
        drawing = quote(path.read_text(encoding="utf-8"), safe=" !$()*+,-./:;=?@[]^_{|}~")
        return f"data:image/svg+xml,{drawing}"
    kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def digest(source: str) -> str:
    """Name a script or a style as the policy of a page does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


if __name__ == "__main__":
    main()
