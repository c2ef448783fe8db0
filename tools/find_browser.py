"""Print the path of the Chromium or Chrome that the site's tests drive, or say how to get one.

Looks at the environment variable BROWSER_PATH, then for the browser that Playwright downloads, the
same on every machine with the same Playwright, then for the usual commands and applications.
"""

import argparse
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

# First the one without windows: it needs a third less of the processor.
COMMANDS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable", "chrome"),
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# How our own processes start it. Without hinting, text is as wide in one browser as in another.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
MISSING = """\
No browser found: the tests open every page of the site in Chromium or Chrome. Do one of:
  apt-get install chromium                            (Debian; Fedora: dnf, macOS: brew)
  PINNED_BROWSER=1 make browser                       (downloaded by Playwright)
  BROWSER_PATH=/path/to/a/chromium make test"""
# In a process of its own: where one Playwright runs already, it refuses a second.
PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


@cache
def playwright_browser() -> str | None:
    """Return Playwright's own Chromium, or None if it was not downloaded."""
    done = subprocess.run(
        [sys.executable, "-c", PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = done.stdout.strip()
    return path if path and Path(path).is_file() else None


def find_browser() -> str | None:
    """Return the path of a browser, or None if there is none."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).is_file() else None
    if path := playwright_browser():
        return path
    commands = filter(None, map(shutil.which, COMMANDS))
    applications = (path for path in APPLICATIONS if Path(path).is_file())
    return next(commands, None) or next(applications, None)


def version(path: str) -> str:
    """Ask a browser for its name and version; on Windows it does not tell."""
    if os.name == "nt":
        return Path(path).name
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip() or Path(path).name


def main() -> int:
    """Print the path and the version; without a browser, explain on stderr and return 1."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pinned", action="store_true", help="let Playwright download its own")
    if parser.parse_args().pinned:
        install = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(install, check=False).returncode != 0:
            return 1
    path = find_browser()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    print(f"{path}\n{version(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
