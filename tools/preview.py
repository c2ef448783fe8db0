"""Take a screenshot of a single interactive figure, without building the book.

    python tools/preview.py ActivationExplorer '{"function": "tanh"}' --width 390 --dark
    python tools/preview.py Predict '{"name": "losses-constant", "tries": [0.5]}'

The picture goes into _build/preview. `--act` runs JavaScript on the page first, for example
`document.querySelector("[data-name=play]").click()`.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from find_browser import ARGUMENTS, find_browser
from nnbook.figures._figure import STATIC, InteractiveFigure
from nnbook.figures.myst import element_of, script_of

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "_build" / "preview"


def page_of(figure: InteractiveFigure, *, language: str = "en", copies: int = 1) -> str:
    """Return a page that shows nothing but a figure, made of the files in nnbook/static."""
    return page_with(figure._stored(), language=language, copies=copies)


def page_with(*stored: dict[str, Any], language: str = "en", copies: int = 1) -> str:
    """Return such a page for what notebooks store of a figure, or of several of one kind."""
    name = stored[0]["figure"]
    theme = (ROOT / "theme/formulas/static").as_uri()
    return "\n".join(
        [
            f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><title>{name}</title>',
            '<meta name="viewport" content="width=device-width">',
            f'<link rel="stylesheet" href="{theme}/katex/katex.css">',
            f'<link rel="stylesheet" href="{(STATIC / "figures.css").as_uri()}">',
            "<style>:root {color-scheme: light dark; font-size: 106.25%} body {margin: 16px;"
            "background: light-dark(#fff, #14181f)}</style>",
            *[element_of(one) for one in stored] * copies,
            f'<script src="{(STATIC / "core.js").as_uri()}"></script>',
            f'<script src="{(STATIC / script_of(name)).as_uri()}"></script>',
            "<script>nnlibFigures.hydrate()</script></html>",
        ]
    )


def main() -> None:
    """Read the command line, take the picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("figure", help="name of the class in nnbook.widgets")
    parser.add_argument("traits", nargs="?", default="{}", help="JSON")
    parser.add_argument("--width", type=int, default=760)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--language", default="en")
    parser.add_argument("--act", default="", help="JavaScript to run first")
    parser.add_argument("--out", default="", help="name of the picture")
    parser.add_argument("--static", action="store_true", help="the picture by matplotlib instead")
    arguments = parser.parse_args()
    from nnbook import widgets  # not before: tools/figures.py writes it

    figure = getattr(widgets, arguments.figure)(**json.loads(arguments.traits))
    TARGET.mkdir(parents=True, exist_ok=True)
    name = arguments.out or arguments.figure
    picture = TARGET / f"{name}.png"
    if arguments.static:
        figure.figure().savefig(picture, dpi=110, facecolor="white")
        print(picture)
        return
    page_file = TARGET / f"{name}.html"
    page_file.write_text(page_of(figure, language=arguments.language), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(
            viewport={"width": arguments.width, "height": 400},
            color_scheme="dark" if arguments.dark else "light",
        )
        page.on("console", lambda message: print("console:", message.text))
        page.on("pageerror", lambda error: print("error:", error))
        page.goto(page_file.as_uri())
        if arguments.act:
            page.evaluate(arguments.act)
            page.wait_for_timeout(300)
        page.screenshot(path=picture, full_page=True)
        print(picture, page.inner_text(".nn-sentence, .nn-broken"))
        browser.close()


if __name__ == "__main__":
    main()
