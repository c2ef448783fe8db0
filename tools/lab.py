"""Open the notebooks in JupyterLab. Options that this tool does not know are JupyterLab's own.

What is saved has the form in which the book stores its notebooks, so that git shows what their
author changed and nothing else.
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

import notebook_form

ROOT = Path(__file__).resolve().parent.parent
ROOT_USER = """\
JupyterLab does not start for the user root unless told to: who reaches it can change every file.
In a container, or where nobody else works:  make lab OPTIONS=--allow-root"""


class BookContents(AsyncLargeFileManager):
    """JupyterLab's access to files: it gives and takes the book's notebooks as they are stored."""

    async def get(self, path: str, *args: Any, **options: Any) -> Any:
        """Return a file; a notebook as this Python would save it, so that it opens unchanged."""
        model = await super().get(path, *args, **options)  # type: ignore[no-untyped-call]
        if is_book(path) and model["content"]:
            model["content"]["metadata"].get("language_info", {})["version"] = (
                platform.python_version()
            )
        return model

    async def save(self, model: Any, path: str = "") -> Any:
        """Save a file; a notebook of the book in canonical form."""
        if is_book(path) and model.get("content"):
            try:
                model = model | {"content": canonical(model["content"])}
            except (KeyError, TypeError, ValueError) as error:  # nobody's work is lost for that
                self.log.warning("%s is saved unchanged: %r", path, error)
        return await super().save(model, path)  # type: ignore[no-untyped-call]


def is_book(path: str) -> bool:
    """Tell whether a path below the root, as the server writes it, is a notebook of the book."""
    page = PurePosixPath(path.strip("/"))
    return any(
        page.match(pattern) and len(page.parts) == len(PurePosixPath(pattern).parts)
        for pattern in notebook_form.PATTERNS
    )


def canonical(content: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook in canonical form, trusted where it was."""
    text = notebook_form.serialize(notebook_form.canonical(content))
    node: dict[str, Any] = nbformat.reads(text, as_version=4)
    for cell, old in zip(node["cells"], content["cells"], strict=True):
        if "trusted" in old["metadata"]:
            cell["metadata"]["trusted"] = old["metadata"]["trusted"]
    return node


def main() -> int:
    """Trust the notebooks and start JupyterLab, which ends this process; as root, say why not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    _, options = parser.parse_known_args()
    if getattr(os, "geteuid", lambda: 1)() == 0 and "--allow-root" not in options:
        print(ROOT_USER, file=sys.stderr)
        return 1
    # It shows stored pictures (SVG) only of trusted notebooks.
    trust = [sys.executable, "-m", "nbformat.sign", *map(str, notebook_form.all_notebooks())]
    subprocess.run(trust, stdout=subprocess.DEVNULL, check=True)
    os.chdir(ROOT)
    # lab/labconfig: no question about news in front of the page, as on Binder.
    paths = [str(ROOT / "lab"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))
    from jupyterlab.labapp import LabApp  # it takes its time

    # In this process: the server finds this module beside it, and kernels do not.
    contents = f"--ServerApp.contents_manager_class={Path(__file__).stem}.BookContents"
    pages = [] if any(not option.startswith("-") for option in options) else ["intro.ipynb"]
    LabApp.launch_instance([contents, *options, *pages])
    return 0


if __name__ == "__main__":
    sys.exit(main())
