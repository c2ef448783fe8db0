"""Chinese in pictures that a reader draws: its font comes once code has such characters.

matplotlib's own fonts have none of them, and where one is still missing a sentence says so.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from nnbook.live.refused import words

HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
FAMILY = "Book Han"
_MISSING = re.compile(r"Glyph (\d+) .*missing")
_T = TypeVar("_T")


def arrive(font: str) -> None:
    """Let pictures use a font, in all that the fonts which they have do not know."""
    import matplotlib as mpl
    from matplotlib import _mathtext, font_manager

    from nnlib.plots import style

    font_manager.fontManager.addfont(font)
    for settings in (mpl.rcParams, style._STYLE):
        families = settings["font.family"]
        families = [families] if isinstance(families, str) else families
        settings["font.family"] = [*families, FAMILY]
    han, in_formulas = font_manager.get_font(font), _mathtext.BakomaFonts._get_glyph

    def get_glyph(self: Any, name: str, kind: str, symbol: str) -> Any:
        """Text beside a formula is drawn with the formula, which knows no other fonts."""
        known = len(symbol) == 1 and HAN.match(symbol) and han.get_char_index(ord(symbol))
        return (han, ord(symbol), False) if known else in_formulas(self, name, kind, symbol)

    _mathtext.BakomaFonts._get_glyph = get_glyph  # type: ignore[method-assign, assignment]


def told(draw: Callable[[], _T]) -> _T:
    """Draw; what no font has is said once, in the language of the book."""
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("default")
        drawn = draw()
    missing = ""
    for warning in raised:
        if found := _MISSING.match(str(warning.message)):
            missing += chr(int(found[1])) if chr(int(found[1])) not in missing else ""
        else:
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
    if missing:
        sys.stderr.write(words()["letters"].format(letters=missing) + "\n")
    return drawn
