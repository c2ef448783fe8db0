"""Build the site into _build/html: the English edition, its translations, JupyterLite.

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
from nnbook.messages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
BOOK = Path(sys.executable).with_name("jupyter-book")
STRICT = ("--all", "-n", "-W", "--keep-going", "--quiet")


def run(*command: str | Path) -> None:
    """Run a command in the repository; if it fails, so does this tool."""
    environment = os.environ | {"PYTHONUTF8": "1"}  # it tells of pages in all languages
    result = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if result.returncode != 0:
        sys.exit(result.returncode)


def main() -> None:
    """Read the command line and build."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--offline", action="store_true", help="put Python into the site, too")
    offline = ["--offline"] if parser.parse_args().offline else []
    for language in LANGUAGES.values():  # the original first: translations take its anchors
        folder = editions.output(language)
        made = folder / "_build" / "html"
        shutil.rmtree(made if folder == ROOT else folder, ignore_errors=True)
        run(BOOK, "build", ROOT / language.folder, "--path-output", folder, *STRICT)
        if made != SITE:
            shutil.copytree(made, SITE / language.folder)
    run(sys.executable, ROOT / "tools" / "lite.py", SITE, *offline)
    print(f"\nThe book is ready. Open this file in a browser:\n  {SITE / 'index.html'}")
    if offline:
        print("It holds Python too. To run the pages, serve the folder: README.md says how.")


if __name__ == "__main__":
    main()
