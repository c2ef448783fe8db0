"""Build the site into _build/html: Python for its pages, every edition, JupyterLite.

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
import editions
import lite
import pyodide
import site_python
from nnbook.messages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
BOOK = Path(sys.executable).with_name("jupyter-book")
WITHOUT_PYTHON = """
Python for the pages could not be downloaded: {missing}
The site is built without it: its cells and exercises are there to read, its pages say that they
cannot be run, and there is no JupyterLite. Everything else is there. To have it, build once with a
connection to the internet; what was downloaded is kept in {kept}."""
STRICT = ("--all", "-n", "-W", "--keep-going", "--quiet")


def run(*command: str | Path, output: int | None = None) -> None:
    """Run a command in the repository; if it fails, so does this tool."""
    environment = os.environ | {"PYTHONUTF8": "1"}  # it tells of pages in all languages
    result = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, check=False)
    if result.returncode != 0:
        sys.exit(result.returncode)


def prepare_python() -> str:
    """Put Python for the pages together; return what is missing, if it cannot be had."""
    try:
        lite.fetch_wheels()  # type: ignore[attr-defined]  # mypy sees the folder lite/
        site_python.write(site_python.TARGET, pyodide.folder())
    except pyodide.Missing as missing:
        shutil.rmtree(site_python.TARGET, ignore_errors=True)
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
    for language in LANGUAGES.values():  # the original first: translations take its anchors
        folder = editions.output(language)
        made = folder / "_build" / "html"
        shutil.rmtree(made if folder == ROOT else folder, ignore_errors=True)
        # It also says which file to open, one of a half built site; warnings are no output.
        book = (BOOK, "build", ROOT / language.folder, "--path-output", folder, *STRICT)
        run(*book, output=subprocess.DEVNULL)
        if made != SITE:
            shutil.copytree(made, SITE / language.folder)
    if missing:
        print(WITHOUT_PYTHON.format(missing=missing, kept=pyodide.DOWNLOADS), file=sys.stderr)
    else:
        run(sys.executable, ROOT / "tools" / "lite.py", SITE)
    print(f"\nThe book is ready. Open this file in a browser:\n  {SITE / 'index.html'}")


if __name__ == "__main__":
    main()
