"""The colors of the quantities: read from `nnlib/tokens.json`, written as CSS variables."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "nnlib" / "tokens.json"


@cache
def load_tokens() -> dict[str, dict[str, str]]:
    """Name of a quantity -> its "light" and "dark" color."""
    tokens: dict[str, dict[str, str]] = json.loads(TOKENS.read_text(encoding="utf-8"))
    return tokens


def css_variables() -> str:
    """One custom property a quantity; `light-dark` follows the color scheme of the page."""
    lines = [
        f"  --nn-{name.replace('_', '-')}: light-dark({token['light']}, {token['dark']});"
        for name, token in load_tokens().items()
    ]
    return "\n".join(["/* Made from nnlib/tokens.json. */", ":root {", *lines, "}", ""])
