"""Pictures for both color schemes."""

import json

from theme.figures import dark_pictures


def test_dark_picture_replaces_every_color_of_the_tokens(root):
    table = json.loads((root / "nnlib/tokens.json").read_text(encoding="utf-8"))
    light = " ".join(token["light"].upper() for token in table.values())
    dark = " ".join(token["dark"] for token in table.values())
    assert dark_pictures.darken(light) == dark
    assert (
        dark_pictures.darken("#123456 #fffffff url(#p0a7cad)") == "#123456 #fffffff url(#p0a7cad)"
    )


def test_size_of_a_picture_in_pixels():
    svg = '<svg xmlns="x" width="360pt" height="252.5pt" viewBox="0 0 360 252.5">'
    assert dark_pictures.size_in_pixels(svg) == ("480px", "337px")
    assert dark_pictures.size_in_pixels("<svg viewBox='0 0 1 1'>") is None
