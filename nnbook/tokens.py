"""The colors of the quantities on a light page and on a dark one, from `nnlib/tokens.json`."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import nnlib

TOKENS = Path(nnlib.__file__).with_name("tokens.json")
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")


@cache
def load_tokens() -> dict[str, dict[str, str]]:
    """Name of a quantity -> its "light" and "dark" color."""
    tokens: dict[str, dict[str, str]] = json.loads(TOKENS.read_text(encoding="utf-8"))
    return tokens


def darken(svg: str) -> str:
    """Replace every light color of the tokens in `svg` by its dark value."""
    dark = {token["light"].lower(): token["dark"] for token in load_tokens().values()}
    return HEX_COLOR.sub(lambda match: dark.get(match[0].lower(), match[0]), svg)
