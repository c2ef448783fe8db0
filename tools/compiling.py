"""Compile the Python files of an archive, so that a page need not: it starts in half the time.

Runs in Pyodide itself, since bytecode belongs to one version of Python (tools/compile.mjs).
"""

from __future__ import annotations

import importlib.util
import io
import marshal
import zipfile

WHEN = (1980, 1, 1, 0, 0, 0)  # the same archive from the same files


def compiled(archive: bytes, folder: str, *, keep: str | None = None) -> bytes:
    """Return an archive with its Python files compiled.

    Parameters
    ----------
    archive : bytes
        A zip file.
    folder : str
        Where its files will lie, for tracebacks; with a slash at the end.
    keep : str, optional
        How the names of those files begin whose sources are kept, too, for tracebacks to show.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:

        def write(name: str, content: bytes) -> None:
            target.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED, 9)

        source = zipfile.ZipFile(io.BytesIO(archive))
        for name in source.namelist():
            content = source.read(name)
            if not name.endswith(".py") or (code := bytecode(content, folder + name)) is None:
                if not name.endswith(".pyi"):
                    write(name, content)
            elif keep is not None and name.startswith(keep):
                write(name, content)
                write(importlib.util.cache_from_source(name), code)
            else:
                write(name + "c", code)
    return buffer.getvalue()


def bytecode(source: bytes, path: str) -> bytes | None:
    """Return what Python would keep in a file of its cache, unchecked; None if it is no Python."""
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except SyntaxError:  # templates, and old tests of tools
        return None
    unchecked = (1).to_bytes(4, "little")  # whether the source is newer is not looked at
    digest = importlib.util.source_hash(source)
    return importlib.util.MAGIC_NUMBER + unchecked + digest + marshal.dumps(code)
