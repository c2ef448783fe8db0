"""Put JupyterLite into the built site, so that every notebook runs in the reader's browser.

    python tools/lite.py _build/html

Its Python is that of the pages, in the site's folder `python/` (tools/site_python.py). The app
appears in the folder `lite/` of the site, with the notebooks of all editions at the paths that they
have in the repository. `lite/` in the repository has its configuration. It is built in
`_build/lite/` and built again only when something that goes into it has changed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import console
import pyodide
import site_python
from nnbook.messages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "lite"
BUILD = ROOT / "_build" / "lite"
# What nnbook.widgets imports and Pyodide does not have; pure Python, as wheels beside nnlib's own.
WHEELS = ("anywidget", "comm", "ipywidgets", "psygnal", "typing-extensions")
PURE = ("--platform=any", "--implementation=py", "--abi=none")
# From the app to Pyodide.
PYODIDE = f"./../python/{site_python.FOLDER}pyodide.js"
# In its sandbox the app may run every script, since notebooks bring some, and reach nothing.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "data: blob:",
    "connect-src": "data: blob:",
    "worker-src": "blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
OWN_START = re.compile(r"<script>\s*\(async function.*?</script>", re.DOTALL)
MANIFEST = re.compile(r'<link rel="manifest"[^>]*>')
FONT = re.compile(r'\w\.p\+"([0-9a-f]+\.woff2)"')


def run(command: list[str], folder: Path) -> None:
    """Run a command in a folder; show what it prints only if it fails."""
    result = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        sys.exit(f"{result.stdout}\nThis command failed: {' '.join(command)}")


def notebooks() -> Iterator[Path]:
    """Yield the notebooks of every edition."""
    for edition in (ROOT / language.folder for language in LANGUAGES.values()):
        yield from sorted([*edition.glob("intro.ipynb"), *edition.glob("chapters/*.ipynb")])


def inputs() -> Iterator[Path]:
    """Yield every file that goes into the app."""
    scripts = ("lite.py", "site_python.py", "pyodide.py", *site_python.COMPILERS)
    yield from (ROOT / "tools" / name for name in scripts)
    yield from (ROOT / "pyproject.toml", ROOT / "requirements.txt")
    yield from notebooks()
    for folder in (SOURCE, ROOT / "lab", ROOT / "nnlib", ROOT / "nnbook"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def fingerprint() -> str:
    """Return a text that changes when the app has to be built again."""
    digest = hashlib.sha256(sys.version.encode())
    for path in inputs():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def stage_notebooks(files: Path) -> None:
    """Copy the notebooks; JupyterLab shows stored pictures (SVG) only of trusted cells."""
    for path in notebooks():
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["metadata"]["trusted"] = True
        target = files / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def fetch_wheels() -> list[Path]:
    """Return the wheels of others, downloaded.

    Raises
    ------
    pyodide.Missing
        If one cannot be had.
    """
    return [pyodide.fetch_wheel(f"{name}=={version(name)}", *PURE) for name in WHEELS]


def stage_wheels(folder: Path) -> list[str]:
    """Put the wheels into a folder that JupyterLite serves; return their names."""
    folder.mkdir()
    for source in (ROOT, SOURCE / "kernel"):
        build = [sys.executable, "-m", "hatchling", "build", "--target=wheel"]
        run([*build, f"--directory={folder}"], source)
    for wheel in fetch_wheels():
        shutil.copy2(wheel, folder)
    return sorted(path.name for path in folder.glob("*.whl"))


def stage(project: Path) -> None:
    """Put together all that JupyterLite is built from."""
    shutil.copytree(SOURCE / "extensions", project / "extensions")
    shutil.copy2(SOURCE / "jupyter_lite_config.json", project)
    stage_notebooks(project / "files")
    configuration = json.loads(pyodide.CONFIGURATION.read_text(encoding="utf-8"))
    settings = pyodide.kernel_settings(configuration)
    packages = settings["loadPyodideOptions"]["packages"]
    packages += [f"pypi/{name}" for name in stage_wheels(project / "pypi")]
    settings |= {"pyodideUrl": PYODIDE, "disablePyPIFallback": True}
    target = project / pyodide.CONFIGURATION.name
    target.write_text(json.dumps(configuration), encoding="utf-8")


def put_fonts_into_scripts(extensions: Path) -> None:
    """Give scripts the fonts that they name: no server sends one into the frame unless told to."""
    for path in extensions.rglob("*.js"):
        text = path.read_text(encoding="utf-8")

        def font(found: re.Match[str], folder: Path = path.parent) -> str:
            content = (folder / found[1]).read_bytes()
            return f'"data:font/woff2;base64,{base64.b64encode(content).decode()}"'

        if FONT.search(text):
            path.write_text(FONT.sub(font, text), encoding="utf-8")


def enclose(app: Path) -> None:
    """Let the app run in the frame of another page alone, without the site's origin and network."""
    shutil.copytree(SOURCE / "pages", app, dirs_exist_ok=True)
    (app / "service-worker.js").unlink()
    shutil.rmtree(app / "doc")
    put_fonts_into_scripts(app / "extensions")
    page = app / "notebooks" / "index.html"
    text = page.read_text(encoding="utf-8")
    policy = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    start = '<script src="../cage.js"></script>'
    for pattern, new in ((r"(?<=<head>)", head), (OWN_START, start), (MANIFEST, "")):
        text, count = re.subn(pattern, new, text)
        if count != 1:
            sys.exit(f"JupyterLite's page is another one than expected: {pattern}")
    page.write_text(text, encoding="utf-8")


def build() -> Path:
    """Build the app, if something has changed; return its folder."""
    app, stamp = BUILD / "app", BUILD / "fingerprint"
    current = fingerprint()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == current:
        return app
    shutil.rmtree(BUILD, ignore_errors=True)
    project = BUILD / "project"
    project.mkdir(parents=True)
    stage(project)
    run([sys.executable, "-m", "jupyterlite_core", "build", f"--output-dir={app}"], project)
    enclose(app)
    shutil.rmtree(project)
    stamp.write_text(current, encoding="utf-8")
    return app


def main() -> None:
    """Read the command line."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, help="the folder of the built site")
    arguments = parser.parse_args()
    app = build()
    target = arguments.site / "lite"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(app, target)


if __name__ == "__main__":
    main()
