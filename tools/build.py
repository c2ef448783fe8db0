"""Build the site into _build/html: Python for its pages, both editions, JupyterLite.

Nothing is executed: the pages show the outputs that `make notebooks` has proved. A warning, an
unknown reference included, is an error. All pages are built each time: Sphinx does not see that
a page depends on a template, a color or a docstring.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import console
import lite
import live
import pyodide

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
CHINESE = ROOT / "_build" / "zh"
BOOK = Path(sys.executable).with_name("jupyter-book")
WITHOUT_PYTHON = """
Python for the pages could not be downloaded: {missing}
The site is built without it: its cells and exercises are there to read, its pages say that they
cannot be run, and there is no JupyterLite. Everything else is there. To have it, build once with a
connection to the internet; what was downloaded is kept in {kept}."""
STRICT = ("--all", "-n", "-W", "--keep-going", "--quiet")


def run(*command: str | Path) -> None:
    """Run a command in the repository; if it fails, so does this tool."""
    environment = os.environ | {"PYTHONUTF8": "1"}  # it tells of pages in both languages
    result = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if result.returncode != 0:
        sys.exit(result.returncode)


def prepare_python() -> str:
    """Put Python for the pages together; return what is missing, if it cannot be had."""
    try:
        lite.fetch_wheels()  # type: ignore[attr-defined]  # mypy sees the folder lite/
        live.write(live.TARGET, pyodide.folder())
    except pyodide.Missing as missing:
        shutil.rmtree(live.TARGET, ignore_errors=True)
        return str(missing)
    return ""


def main() -> None:
    """Read the command line and build."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    missing = prepare_python()
    for folder in (SITE, CHINESE):
        shutil.rmtree(folder, ignore_errors=True)
    run(BOOK, "build", ".", *STRICT)
    run(BOOK, "build", "zh", "--path-output", CHINESE, *STRICT)
    shutil.copytree(CHINESE / "_build" / "html", SITE / "zh")
    if missing:
        print(WITHOUT_PYTHON.format(missing=missing, kept=pyodide.DOWNLOADS), file=sys.stderr)
    else:
        run(sys.executable, ROOT / "tools" / "lite.py", SITE)
    print(f"\nThe book is ready. Open this file in a browser:\n  {SITE / 'index.html'}")


if __name__ == "__main__":
    main()
