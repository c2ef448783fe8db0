"""The error to raise where a part of nnlib needs more than numpy and does not find it."""

from __future__ import annotations

DISTRIBUTION = "nnlib-book"
"""The name of this package on PyPI, where `nnlib` is a different project."""


def missing(part: str, extra: str, error: ImportError) -> ImportError:
    """Return an error that names what is missing and the command that installs it."""
    needed = (error.name or "").partition(".")[0]
    command = f'pip install "{requirement(extra)}"'
    return ImportError(f"{part} needs {needed}: {command}", name=error.name)


def requirement(extra: str) -> str:
    """Return the requirement to give to pip: the package with an extra, from the book's repository.

    The address comes from the metadata of this installation (`project.urls`).
    """
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        urls = metadata(DISTRIBUTION).get_all("Project-URL", [])
    except PackageNotFoundError:  # a folder on the path, not installed
        urls = []
    addresses = dict(url.split(", ", 1) for url in urls)
    source = f" @ git+{addresses['Repository']}" if "Repository" in addresses else ""
    return f"{DISTRIBUTION}[{extra}]{source}"
