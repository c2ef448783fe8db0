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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import console
import editions
import lite
import pyodide
import site_python
from nnbook.messages import LANGUAGES, TRANSLATIONS, Language

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
BOOK = Path(sys.executable).with_name("jupyter-book")
WITHOUT_PYTHON = """
Python for the pages could not be downloaded: {missing}
The site is built without it: its cells and exercises are there to read, its pages say that they
cannot be run, and there is no JupyterLite. Everything else is there. To have it, build once with a
connection to the internet; what was downloaded is kept in {kept}."""
STRICT = ("--all", "-n", "-W", "--keep-going", "--quiet")


def run(*command: str | Path, output: int | None = None) -> int:
    """Run a command in the repository; return what it ends with."""
    environment = os.environ | {"PYTHONUTF8": "1"}  # it tells of pages in all languages
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=output, check=False).returncode


def build(language: Language) -> int:
    """Build an edition into its folder; return what the command ends with."""
    folder = editions.output(language)
    shutil.rmtree(folder / "_build" / "html", ignore_errors=True)
    # It also says which file to open, one of a half built site; warnings are no output.
    book = (BOOK, "build", ROOT / language.folder, "--path-output", folder, *STRICT)
    return run(*book, output=subprocess.DEVNULL)


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
    # A translation takes each page's anchors as soon as the original has read it.
    shutil.rmtree(ROOT / "_build" / ".doctrees", ignore_errors=True)
    with ThreadPoolExecutor(len(LANGUAGES)) as pool:
        codes = list(pool.map(build, LANGUAGES.values()))
    if any(codes):
        sys.exit(1)
    for language in [LANGUAGES[name] for name in TRANSLATIONS]:
        made = editions.output(language) / "_build" / "html"
        shutil.copytree(made, SITE / language.folder, dirs_exist_ok=True)
    if missing:
        print(WITHOUT_PYTHON.format(missing=missing, kept=pyodide.DOWNLOADS), file=sys.stderr)
    else:
        code = run(sys.executable, ROOT / "tools" / "lite.py", SITE)
        if code:
            sys.exit(code)
    print(f"\nThe book is ready. Open this file in a browser:\n  {SITE / 'index.html'}")


if __name__ == "__main__":
    main()
