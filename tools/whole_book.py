"""The whole book of an edition, put together in a browser: what `pdf.py` and `epub.py` share."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

from find_browser import ARGUMENTS, MISSING, find_browser
from nnbook.messages import LANGUAGES
from theme.strings import strings

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent

Config = dict[str, Any]
Entry = tuple[int, str, str]
"""A line of the contents: its level, its title, the anchor of its heading."""


def parser(description: str | None) -> argparse.ArgumentParser:
    """Make the parser of a command that makes a file of each edition."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument(
        "editions",
        nargs="*",
        default=list(LANGUAGES),
        help=f"{', '.join(LANGUAGES)} (default: all)",
    )
    made.add_argument("--site", type=Path, default=ROOT / "_build/html", help="the built site")
    made.add_argument("--to", type=Path, default=ROOT / "_build", help="folder for the file")
    return made


def make_books(
    make: Callable[[Page, Path, Config, Path], str], arguments: argparse.Namespace, ending: str
) -> None:
    """Let `make` write the file of each edition that is built, and print what it says of it."""
    executable = find_browser()
    if executable is None:
        raise SystemExit(MISSING)
    arguments.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for edition in arguments.editions:
            folder = LANGUAGES[edition].folder
            target = arguments.to / f"book-{edition}{ending}"
            site = arguments.site.absolute() / folder
            if (site / "intro.html").is_file():
                start = time.perf_counter()
                config = yaml.safe_load((ROOT / folder / "_config.yml").read_text("utf-8"))
                page = browser.new_page(bypass_csp=True)
                page.goto((site / "intro.html").as_uri())
                size = make(page, site, config, target)
                page.close()
                print(f"{target}: {size}, {time.perf_counter() - start:.0f} s")


def assemble(
    page: Page, site: Path, config: Config, *, named: bool = False, **words: str
) -> list[Entry]:
    """Put all pages of the site into the open one, in the order of its contents.

    `named` formulas have their source as a name; `words` replace those of the theme.
    """
    links = page.locator("nav.contents a").all()
    paths = [link.get_attribute("href") or "" for link in links]
    paths[0] = "intro.html"  # the page itself is a link to "#"
    sources = [{"href": path, "html": (site / path).read_text("utf-8")} for path in paths]
    words = {**strings(config["sphinx"]["config"]["language"]), "author": config["author"], **words}
    whole_book = (TOOLS / "whole_book.js").read_text("utf-8")
    arguments = {"sources": sources, "words": words, "named": named}
    entries: list[Entry] = page.evaluate(whole_book, arguments)
    page.evaluate("nnlibFigures.hydrate()")
    return entries
