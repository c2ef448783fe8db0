"""The colors of the quantities, written as CSS variables."""

from __future__ import annotations

from nnbook.tokens import load_tokens


def css_variables() -> str:
    """One custom property a quantity; `light-dark` follows the color scheme of the page."""
    lines = [
        f"  --nn-{name.replace('_', '-')}: light-dark({token['light']}, {token['dark']});"
        for name, token in load_tokens().items()
    ]
    return "\n".join(["/* Made from nnlib/tokens.json. */", ":root {", *lines, "}", ""])
