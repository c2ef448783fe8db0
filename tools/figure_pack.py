"""Write all figures as SVG and PNG, light and dark, with an index: `_build/downloads/figures.zip`.

The pictures are those of the built site; of an interactive figure it is the state that its caption
describes. A file is named after the figure's label. The index has captions, alternative texts and
a line to copy for attribution, in every language that is built; the README has them as plain text.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from bs4 import BeautifulSoup
from bs4.element import Tag
from playwright.sync_api import Page, sync_playwright

import console
import nnlib
from archives import pack
from find_browser import ARGUMENTS, MISSING, find_browser
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, load
from nnbook.tokens import load_tokens

ROOT = Path(__file__).resolve().parent.parent
SCHEMES = ("light", "dark")
SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"')
PIXELS_PER_POINT = 96 / 72
INDEX = """<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src 'self'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ background: light-dark({light}, {dark}); font: 1rem/1.5 system-ui, sans-serif }}
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
img {{ max-width: 100%; height: auto }}
section {{ margin: 3rem 0; border-top: 1px solid gray }}
.copy {{ user-select: all; overflow-wrap: anywhere; font-family: monospace }}
</style>
</head>
<body>
{leads}
{figures}
</body>
</html>
"""
FIGURE = """<section id="{label}">
<h2>{label}</h2>
<picture>
<source media="(prefers-color-scheme: dark)" srcset="{label}-dark.svg">
<img src="{label}-light.svg" alt="{alt}" loading="lazy">
</picture>
<p>{files}</p>
{texts}
</section>"""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What one edition says of a figure, and its pictures by color scheme."""

    label: str
    number: str
    caption: str
    alt: str
    address: str
    pictures: dict[str, Path]


def main() -> None:
    """Write the pack, and say what is in it."""
    console.prepare()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the built site")
    parser.add_argument("--to", type=Path, default=ROOT / "_build/downloads", help="folder")
    arguments = parser.parse_args()
    editions = {
        language: figures_of(arguments.site / LANGUAGES[language].folder)
        for language in LANGUAGES
        if (arguments.site / LANGUAGES[language].folder / "intro.html").is_file()
    }
    arguments.to.mkdir(parents=True, exist_ok=True)
    target = arguments.to / "figures.zip"
    write(editions, target)
    count = len(next(iter(editions.values())))
    print(f"{target}: {count} figures, {target.stat().st_size / 1e6:.1f} MB")


def figures_of(site: Path) -> list[Figure]:
    """Return the figures of an edition in the order of the book."""
    pages = {path.stem: path for path in [site / "intro.html", *site.glob("chapters/*.html")]}
    names = [*CHAPTERS, *sorted(pages.keys() - {*CHAPTERS})]
    return [
        figure
        for name in names
        for figure in on_page(pages[name].read_text(encoding="utf-8"), pages[name].parent)
    ]


def on_page(html: str, folder: Path) -> Iterator[Figure]:
    """Yield the figures of a page, whose pictures have addresses from a folder on."""
    if "<figure" not in html:
        return
    page = BeautifulSoup(html, "lxml")
    link = page.select_one("link[rel=canonical]")
    for figure in page.select("article figure"):
        caption = figure.select_one("figcaption")
        images = {scheme: figure.select_one(f"img.only-{scheme}") for scheme in SCHEMES}
        found = {scheme: image for scheme, image in images.items() if image is not None}
        if caption is None or len(found) < len(SCHEMES):
            raise ValueError(
                f"{figure.get('id')} must have a caption and a picture for each scheme"
            )
        yield Figure(
            label=str(figure["id"]),
            number=plain(caption.select_one(".caption-number")),
            caption=plain(caption.select_one(".caption-text")),
            alt=str(found["light"]["alt"]),
            address=f"{link['href'] if link else ''}#{figure['id']}",
            pictures={
                scheme: folder / urlsplit(str(image["src"])).path for scheme, image in found.items()
            },
        )


def plain(element: Tag | None) -> str:
    """Return the text of an element, with its formulas as they were written, between dollars."""
    if element is None:
        return ""
    for formula in element.select("[data-tex]"):
        formula.replace_with(f"${formula['data-tex']}$")
    return " ".join(element.get_text().split())


def write(editions: dict[str, list[Figure]], target: Path) -> None:
    """Write the zip: pictures, which all editions share, the index and the README."""
    figures = next(iter(editions.values()))
    files: dict[str, bytes] = {}
    executable = find_browser()
    if executable is None:
        raise SystemExit(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        page = browser.new_page(device_scale_factor=2)
        for figure in figures:
            for scheme, path in figure.pictures.items():
                svg = described(path.read_text(encoding="utf-8"), figure)
                files[f"{figure.label}-{scheme}.svg"] = svg.encode()
                files[f"{figure.label}-{scheme}.png"] = pixels(page, svg, scheme)
        browser.close()
    texts = texts_of(editions)
    files["index.html"] = index(figures, texts, [*editions]).encode()
    files["README.md"] = readme(texts, [*editions]).encode()
    pack(target, files)


def described(svg: str, figure: Figure) -> str:
    """Put into a picture what it shows, and where it is from."""
    told = f"<title>{escape(figure.alt)}</title><desc>{escape(attribution(figure))}</desc>"
    return re.sub(r"<svg\b[^>]*>", lambda found: found[0] + told, svg, count=1)


def pixels(page: Page, svg: str, scheme: str) -> bytes:
    """Draw a picture on the ground of its color scheme."""
    size = SIZE.search(svg)
    if size is None:
        raise ValueError(f"a picture must say its size in points, got {svg[:120]!r}")
    width, height = (math.floor(float(points) * PIXELS_PER_POINT) for points in size.groups())
    ground = load_tokens()["background"][scheme]
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(f'<body style="margin: 0; overflow: hidden; background: {ground}">{svg}')
    return page.screenshot()


def attribution(figure: Figure, language: str = next(iter(LANGUAGES))) -> str:
    """Return the line that says where a figure is from."""
    return load("messages/figure_pack", language)["attribution"].format(
        number=figure.number, address=figure.address, **about(language)
    )


def about(language: str) -> dict[str, str]:
    """Return the names of the book and of its authors."""
    config = yaml.safe_load((ROOT / LANGUAGES[language].folder / "_config.yml").read_text("utf-8"))
    return {"book": config["title"], "author": config["author"]}


def texts_of(editions: dict[str, list[Figure]]) -> dict[str, dict[str, list[str]]]:
    """Return label -> language -> caption, alternative text, attribution."""
    texts: dict[str, dict[str, list[str]]] = {}
    for language, figures in editions.items():
        for figure in figures:
            caption = f"{figure.number}: {figure.caption}"
            lines = [caption, figure.alt, attribution(figure, language)]
            texts.setdefault(figure.label, {})[language] = lines
    return texts


def index(
    figures: list[Figure], texts: dict[str, dict[str, list[str]]], languages: list[str]
) -> str:
    """Return the page that shows all figures."""
    ground = load_tokens()["background"]
    return INDEX.format(
        tag=LANGUAGES[languages[0]].tag,
        title=escape(title(languages[0])),
        light=ground["light"],
        dark=ground["dark"],
        leads="\n".join(
            f'<div lang="{LANGUAGES[language].tag}"><h1>{escape(title(language))}</h1>'
            f"<p>{escape(load('messages/figure_pack', language)['lead'])}</p></div>"
            for language in languages
        ),
        figures="\n".join(shown(figure, texts[figure.label]) for figure in figures),
    )


def title(language: str) -> str:
    """Return the title of the index."""
    return load("messages/figure_pack", language)["title"].format(**about(language))


def shown(figure: Figure, texts: dict[str, list[str]]) -> str:
    """Return the part of the index about a figure."""
    names = [f"{figure.label}-{scheme}.{kind}" for kind in ("svg", "png") for scheme in SCHEMES]
    parts = []
    for language, (caption, alt, line) in texts.items():
        parts.append(
            f'<div lang="{LANGUAGES[language].tag}"><p>{escape(caption)}</p>'
            f'<p><small>{escape(alt)}</small></p><p class="copy">{escape(line)}</p></div>'
        )
    return FIGURE.format(
        label=figure.label,
        alt=escape(figure.alt),
        files=" · ".join(f'<a href="{name}">{name}</a>' for name in names),
        texts="\n".join(parts),
    )


def readme(texts: dict[str, dict[str, list[str]]], languages: list[str]) -> str:
    """Return all of it as plain text."""
    lines = [f"# {title(languages[0])} ({nnlib.__version__})", ""]
    for language in languages:
        lines += [load("messages/figure_pack", language)["lead"], ""]
    for label, editions in texts.items():
        lines += [f"## {label}", ""]
        for told in editions.values():
            lines += [f"- {line}" for line in told]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
