"""Make the font of Chinese in pictures that readers draw on a page: `tools/letters/han.otf`.

    python tools/letters.py NotoSansCJK-VF.otf.ttc

takes the 3,755 characters of GB 2312's first level and the usual marks from Noto Sans CJK, whose
license (`tools/letters/OFL.txt`) then also holds for them. The whole font would be 33 MB; of this
one a page loads 0.8 MB, once code that draws has such a character. PyPI's `manimgx-fonts-cjk`
carries the collection. The tool is needed again only if other characters are wanted.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection

import console

TARGET = Path(__file__).with_name("letters") / "han.otf"
FAMILY = "Book Han"
MARKS = "，。、；：？！“”‘’（）《》【】—…·　"
REGULAR = {"wght": 400}


def characters() -> list[str]:
    """List the characters: those of the first level, ordered by sound, come before the others."""
    pairs = product(range(0xB0, 0xD8), range(0xA1, 0xFF))
    common = (bytes(pair).decode("gb2312", errors="ignore") for pair in pairs)
    return sorted({*common, *MARKS} - {""})


def build(collection: Path) -> FontBuilder:
    """Return a font with these characters, as the collection draws them in simplified Chinese."""
    fonts = TTCollection(collection).fonts
    source = next(f for f in fonts if f["name"].getDebugName(1) == "Noto Sans CJK SC")
    drawn, known = source.getGlyphSet(location=REGULAR), source.getBestCmap()
    names = {".notdef": ".notdef"} | {f"u{ord(one):04X}": known[ord(one)] for one in characters()}
    outlines: dict[str, Any] = {}
    for name, of_source in names.items():
        pen = T2CharStringPen(drawn[of_source].width, drawn)
        drawn[of_source].draw(pen)
        outlines[name] = pen.getCharString()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=False)
    builder.setupGlyphOrder(list(names))
    builder.setupCharacterMap({int(name[1:], 16): name for name in names if name[0] == "u"})
    builder.setupCFF(FAMILY.replace(" ", ""), {"FullName": FAMILY}, outlines, {})
    widths = {name: (round(drawn[of_source].width), 0) for name, of_source in names.items()}
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    about = {"familyName": FAMILY, "styleName": "Regular"}
    about |= {"copyright": source["name"].getDebugName(0), "licenseDescription": "SIL OFL 1.1"}
    builder.setupNameTable(about)
    builder.setupOS2()
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    return builder


def main() -> None:
    """Read the command line and write the font."""
    console.prepare()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("collection", type=Path)
    build(parser.parse_args().collection).save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
