"""Archives that are the same when they are made again: their files bear the date of the release."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent


def released() -> str:
    """Return the date of the release, as 2026-11-30."""
    return str(yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["date-released"])


def entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return what an archive says of a file."""
    year, month, day = map(int, released().split("-"))
    made = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
    made.compress_type = compression
    made.external_attr = 0o644 << 16
    return made


def pack(target: Path, contents: Mapping[str, bytes | Path]) -> None:
    """Write an archive in which everything lies in one folder, named like the archive."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in contents.items():
            data = content.read_bytes() if isinstance(content, Path) else content
            archive.writestr(entry(f"{target.stem}/{name}"), data)
