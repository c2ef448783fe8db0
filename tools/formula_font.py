r"""Make the font of the formulas, theme/book/static/fonts/Math.woff2.

    pip install fonttools brotli
    python tools/formula_font.py NewCMMath-Book.otf

New Computer Modern Math by Antonis Tsolomitis (version 4.0; GUST Font License, which wants another
name for a changed font) is on CTAN in `newcomputermodern`; the compiler Typst carries it, too. What
is changed: only the characters of the book are left. Brackets have four sizes as features, ss01 to
ss04 for \bigl, \Bigl, ..., because browsers leave too much room beside one that grows. Accents
lie on the baseline, and indices are lowered by the same for z and p, because engines differ in what
they do with the tables for these. Bars are never thinner than a pixel. The prime is an index's.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "theme" / "book" / "static" / "fonts" / "Math.woff2"
LETTERS = ROOT / "theme" / "formula_letters.txt"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
GREEK = "ΓΔΘΛΞΠΣΦΨΩ" + "".join(map(chr, range(0x3B1, 0x3CA))) + "ϵϑϕ"
SIGNS = "±×÷·…′‖←→↑↓↔⇒⟹⟺↦∀∂∃∅∇∈∉∏∑−∓∗∘√∝∞∥∣∧∨∩∪∫∼≈≠≡≤≥≪≫⊂⊆⊙⊕⊤⊥⋅⋯⋮⋱⌈⌉⌊⌋⟨⟩⏞⏟ℓ\u00a0\u2009\u2061"
ACCENTS = "ˆ˜¯"
# Italic, bold, bold italic letters; script, double-struck and sans-serif capitals; typewriter.
STYLES = [
    *[*range(0x1D400, 0x1D49C), *range(0x1D49C, 0x1D4B6), *range(0x1D538, 0x1D552)],
    *[*range(0x1D5A0, 0x1D5BA), *range(0x1D68A, 0x1D6A4), 0x1D6A4, 0x1D6A5],
    *[*range(0x1D6FC, 0x1D71C), *range(0x1D736, 0x1D756), *range(0x1D7CE, 0x1D7D8)],
    *map(ord, "ℎℬℰℱℋℐℒℳℛℂℕℙℚℝℤ"),
]
BRACKETS = "()[]{}|‖⌊⌋⌈⌉⟨⟩"
SIZES = (1200, 1800, 2400, 3000)  # of \big, \Big, \bigg, \Bigg, in thousandths
CONSTANTS = {
    "SubscriptShiftDown": 150,
    "SubscriptBaselineDropMin": -1000,
    "SuperscriptShiftUp": 400,
    "SuperscriptBaselineDropMax": 420,
    "FractionRuleThickness": 52,
    "RadicalRuleThickness": 50,
    "OverbarRuleThickness": 50,
}


def subset(path: Path, characters: str) -> TTFont:
    """Return the font with some of its characters, and what these may grow to."""
    font = TTFont(path)
    prime = drawn_small(font, "′")
    for table in font["cmap"].tables:
        if ord("′") in table.cmap:
            table.cmap[ord("′")] = prime
    options = Options(layout_features=[], hinting=False, desubroutinize=True)
    options.drop_tables += ["FFTM", "PfEd"]
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    return font


def drawn_small(font: TTFont, character: str) -> str:
    """Return the glyph of a character in an index."""
    lookups = [lookup.SubTable for lookup in font["GSUB"].table.LookupList.Lookup]
    tables = [getattr(table, "ExtSubTable", table) for each in lookups for table in each]
    small = {key: alt for table in tables for key, alt in getattr(table, "alternates", {}).items()}
    return small[font.getBestCmap()[ord(character)]][0]


def lower(font: TTFont, glyph: str, by: int) -> None:
    """Move the drawing of a glyph down."""
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    pen = T2CharStringPen(font["hmtx"][glyph][0], font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(TransformPen(pen, (1, 0, 0, 1, 0, -by)))
    old = strings[glyph]
    strings[glyph] = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)


def set_constants(font: TTFont) -> None:
    """Set indices, bars and accents so that every engine does the same with them."""
    constants = font["MATH"].table.MathConstants
    for name, value in CONSTANTS.items():
        getattr(constants, name).Value = value
    height = constants.AccentBaseHeight.Value
    for accent in ACCENTS:
        lower(font, font.getBestCmap()[ord(accent)], height)
    constants.AccentBaseHeight.Value = constants.FlattenedAccentBaseHeight.Value = 0


def set_features(font: TTFont) -> None:
    """Make the sizes of brackets features."""
    glyphs = font.getBestCmap()
    variants = font["MATH"].table.MathVariants
    grown = dict(
        zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True)
    )
    features = ""
    for number, size in enumerate(SIZES, start=1):
        rules = ""
        for bracket in BRACKETS:
            glyph = glyphs[ord(bracket)]
            records = grown[glyph].MathGlyphVariantRecord
            best = min(records, key=lambda record: abs(record.AdvanceMeasurement - size))
            rules += f"sub {glyph} by {best.VariantGlyph};"
        features += f"feature ss0{number} {{ {rules} }} ss0{number};"
    addOpenTypeFeaturesFromString(font, features)


def main() -> None:
    """Make the font and the list of its characters."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="NewCMMath-Book.otf")
    characters = "".join(dict.fromkeys([*ASCII, *GREEK, *SIGNS, *ACCENTS, *map(chr, STYLES)]))
    font = subset(parser.parse_args().source, characters)
    known = font.getBestCmap()
    set_constants(font)
    set_features(font)
    for number, name in {1: "Book Math", 4: "Book Math", 6: "BookMath"}.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(name, number, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(TARGET)
    written = "".join(character for character in characters if ord(character) in known)
    LETTERS.write_text(written + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(written)} characters, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
