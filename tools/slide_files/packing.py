"""A zip that is the same whenever it is made of the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

DATE = (2026, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16  # by everyone, where permissions are kept


def pack(files: Mapping[str, bytes], target: Path) -> None:
    """Write a zip of files, given by their names in it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            about = zipfile.ZipInfo(name, DATE)
            about.external_attr = READABLE
            archive.writestr(about, content, zipfile.ZIP_DEFLATED)
