"""Print the path of the Chromium or Chrome that the site's tests drive, or say how to get one.

Looks at the environment variable BROWSER_PATH, then for the usual commands and applications, then
for the browser that `playwright install chromium` downloads.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
MISSING = """\
No browser found: the tests open every page of the site in Chromium or Chrome. Do one of:
  apt-get install chromium                            (Debian; Fedora: dnf, macOS: brew)
  python -m playwright install chromium               (with the virtual environment's python)
  BROWSER_PATH=/path/to/a/chromium make test"""


def find_browser() -> str | None:
    """Return the path of a browser, or None if there is none."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).is_file() else None
    for command in COMMANDS:
        path = shutil.which(command)
        if path:
            return path
    for application in APPLICATIONS:
        if Path(application).is_file():
            return application
    return playwright_browser()


def playwright_browser() -> str | None:
    """Return Playwright's own Chromium, or None if it was not downloaded."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def main() -> int:
    """Print the path; without a browser, explain on stderr and return 1."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    path = find_browser()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
