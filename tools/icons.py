"""Draw the icons that the book has where it is installed: theme/book/static/icon-*.png.

They are the logo (favicon.svg) on paper. A maskable one may be cut to any shape: a circle of four
fifths of its width is sure to be left.
"""

import argparse
from pathlib import Path

from playwright.sync_api import sync_playwright

from find_browser import ARGUMENTS, MISSING, find_browser
from nnbook.tokens import load_tokens

STATIC = Path(__file__).resolve().parent.parent / "theme" / "book" / "static"
ICONS = {"icon-192": (192, 0.8), "icon-512": (512, 0.8), "icon-maskable": (512, 0.56)}
"""Name -> width in pixels, and how much of it the logo takes."""


def page_of(logo: str, share: float) -> str:
    """Return a page that shows nothing but the logo in the middle of the paper."""
    paper = load_tokens()["background"]["light"]
    return (
        f"<style>html {{ background: {paper}; color-scheme: light }}"
        "body { display: grid; place-items: center; height: 100vh; margin: 0 }"
        f"svg {{ width: {share:.0%} }}</style>{logo}"
    )


def main() -> None:
    """Draw them where the site finds them."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    logo = (STATIC / "favicon.svg").read_text(encoding="utf-8")
    path = find_browser()
    if path is None:
        raise SystemExit(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for name, (width, share) in ICONS.items():
            page = browser.new_page(
                viewport={"width": width, "height": width}, color_scheme="light"
            )
            page.set_content(page_of(logo, share))
            page.screenshot(path=STATIC / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
