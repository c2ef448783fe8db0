"""Execute notebooks in a fresh kernel and write them in the one form in which they are stored.

It is the form that JupyterLab saves, without what changes from run to run and from reader to
reader; `tools/lab.py` saves in it, too. nbval does not compare a cell whose execution count is
missing, so the counts are 1, 2, 3, ...

With `--check` nothing is executed or written: the script then says where a notebook is not in that
form or breaks a rule (tools/lint_cells.py).
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import console
import lint_cells
from notebook_form import Notebook, all_notebooks, canonical, save, serialize


def main() -> int:
    """Read the command line; return 1 if a check fails."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="execute and write nothing")
    parser.add_argument("--no-execute", action="store_true", help="write, but keep the outputs")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every one of the book")
    arguments = parser.parse_args()
    paths = arguments.notebooks or all_notebooks()
    failed = False
    for path in paths:
        if not arguments.check:
            write(path, execute_cells=not arguments.no_execute)
        for problem in check(path):
            print(f"{path}: {problem}", file=sys.stderr)
            failed = True
    if failed:
        print("Notebooks are written by tools/notebooks.py (make execute).", file=sys.stderr)
    elif arguments.check:
        print(f"{len(paths)} notebooks: in canonical form")
    return int(failed)


def write(path: Path, *, execute_cells: bool = True) -> None:
    """Execute one notebook and write it in canonical form."""
    notebook = canonical(json.loads(path.read_text(encoding="utf-8")))
    if execute_cells:
        notebook = canonical(execute(notebook, path.parent))
    text = serialize(notebook)
    changed = text != path.read_text(encoding="utf-8")
    save(path, text)
    print(f"{path}: {'written' if changed else 'unchanged'}")


def execute(notebook: Notebook, folder: Path, variables: dict[str, str] | None = None) -> Notebook:
    """Run all cells in a fresh kernel of this Python, started as nbval starts it.

    `variables` is the environment of the kernel, if not that of this process.
    """
    import nbformat
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient
    from nbval.kernel import CURRENT_ENV_KERNEL_NAME, NbvalKernelspecManager

    node = nbformat.reads(serialize(notebook), as_version=4)
    kernel = KernelManager(
        kernel_name=CURRENT_ENV_KERNEL_NAME, kernel_spec_manager=NbvalKernelspecManager()
    )
    client = NotebookClient(
        node,
        km=kernel,
        resources={"metadata": {"path": str(folder)}},
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        # Or what the kernel logs about its own sockets would be an output of the cell that runs.
        # In nbval's kernels this is off, too: ipykernel leaves file descriptors to pytest.
        extra_arguments=["--IPKernelApp.capture_fd_output=False"],
    )
    try:
        # It warns about its own transport.
        client.execute(stderr=subprocess.DEVNULL, env=variables or os.environ.copy())
    finally:
        kernel.shutdown_kernel(now=True)
    executed: Notebook = json.loads(nbformat.writes(node))
    return executed


def check(path: Path) -> list[str]:
    """Return what is wrong with a stored notebook, one sentence each."""
    text = path.read_text(encoding="utf-8")
    notebook: Notebook = json.loads(text)
    problems = list(lint_cells.problems_of(notebook))
    identifiers = [cell.get("id") for cell in notebook["cells"]]
    problems += [
        f"cell {identifier}: its id occurs twice"
        for identifier in sorted({i for i in identifiers if i and identifiers.count(i) > 1})
    ]
    if text != serialize(canonical(notebook)):
        problems.append("not in canonical form")
    return problems


if __name__ == "__main__":
    sys.exit(main())
