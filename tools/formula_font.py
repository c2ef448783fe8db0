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
LETTERS = ROOT / "theme" / "formulas" / "letters.txt"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
GREEK = "ΓΔΘΛΞΠΣΦΨΩ" + "".join(map(chr, range(0x3B1, 0x3CA))) + "ϵϑϕ"
SIGNS = "±×÷·…′‖←→↑↓↔⇒⟹⟺↦∀∂∃∅∇∈∉∏∑−∓∗∘√∝∞∥∣∧∨∩∪∫∼≈≠≡≤≥≪≫⊂⊆⊙⊕⊤⊥⋅⋯⋮⋱⌈⌉⌊⌋⟨⟩⏞⏟ℓ\u00a0\u2009\u2061"
ACCENTS = "ˆ˜¯"
STYLES = [
    *[*range(0x1D434, 0x1D468), *range(0x1D6FC, 0x1D71C)],  # italic letters, Latin and Greek
    *[*range(0x1D400, 0x1D434), *range(0x1D468, 0x1D49C)],  # bold, bold italic
    *range(0x1D68A, 0x1D6A4),  # typewriter
    *map(ord, "ℎ𝜶𝜷𝜹𝜽𝝁𝝈𝖳ℂ𝔼ℕℙℝℤℬ𝒟ℒ𝒩ℛ𝟎𝟏"),
]
BRACKETS = "()[]{}|‖⌊⌋⌈⌉⟨⟩"
SIZES = (1200, 1800, 2400, 3000)  # of \big, \Big, \bigg, \Bigg, in thousandths
SPACES = {" ": 250, "\u00a0": 250, "\u2009": 167}  # as wide as in the fonts of KaTeX
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


def redraw(font: TTFont, glyph: str, transform: tuple[float, ...], width: int) -> None:
    """Draw a glyph moved or squeezed."""
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    pen = T2CharStringPen(width - strings[glyph].private.nominalWidthX, font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(TransformPen(pen, transform))
    old = strings[glyph]
    strings[glyph] = pen.getCharString(private=old.private, globalSubrs=old.globalSubrs)
    font["hmtx"][glyph] = (width, font["hmtx"][glyph][1])


def set_constants(font: TTFont) -> None:
    """Set indices, bars and accents so that every engine does the same with them."""
    constants = font["MATH"].table.MathConstants
    for name, value in CONSTANTS.items():
        getattr(constants, name).Value = value
    height = constants.AccentBaseHeight.Value
    for accent in ACCENTS:
        glyph = font.getBestCmap()[ord(accent)]
        down = height - 60 * (accent == "¯")  # a bar needs more room above an x
        redraw(font, glyph, (1, 0, 0, 1, 0, -down), font["hmtx"][glyph][0])
    constants.AccentBaseHeight.Value = constants.FlattenedAccentBaseHeight.Value = 0


def squeeze_roots(font: TTFont) -> None:
    """Make taller roots as narrow as the lowest: browsers leave room for the widest beside each."""
    variants = font["MATH"].table.MathVariants
    root = font.getBestCmap()[ord("√")]
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(root)]
    taller = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    taller |= {part.glyph for part in construction.GlyphAssembly.PartRecords}
    width = font["hmtx"][root][0]
    for glyph in taller - {root}:
        redraw(font, glyph, (width / font["hmtx"][glyph][0], 0, 0, 1, 0, 0), width)


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
    squeeze_roots(font)
    for space, width in SPACES.items():
        redraw(font, known[ord(space)], (1, 0, 0, 1, 0, 0), width)
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
