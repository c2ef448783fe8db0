"""MathML as browsers set it, from what KaTeX writes.

KaTeX's own MathML leaves to the browser what TeX decides: how wide the space beside a sign is, how
large a bracket, which letters are bold. Browsers know less of it, and each something else. So it is
written out here: spaces as TeX has them, brackets in the size that KaTeX has chosen (the font of
the formulas has them as features, tools/formula_font.py), letters as characters of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring, tostring

from theme.formulas.spaces import APPLIED, SCRIPTS, SPACE, THIN, kind, space, space_row

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
MATHML = re.compile(r"<math.*?</math>", re.DOTALL)
# In an index, as in \lambda_{\max}, KaTeX writes the invisible sign of a function as a third child.
STRAY_SIGN = re.compile(r"<mo>\u2061</mo>(?=</m(?:sub|sup)>)")
# Of each bracket with a size of its own, in KaTeX's HTML: none, one of four, or several pieces.
SIZE = re.compile(
    r'delimcenter"[^>]*>(?:<span class="delimsizing (\w+)|(?=[^<]))|delimsizing (\w+)'
)
ROW_END = re.compile(r"\\\\(\[\d+pt\])?")
IN_ONE_LINE = 20  # letters: about half a line of a phone

ROWS = {"math", "mrow", "mtd", "mstyle", "msqrt"}
ACCENTS = {"^": "\u02c6", "~": "\u02dc", "ˉ": "\u00af"}
# What KaTeX writes for \, \: \; and \!
SPACES = {
    "\u2009": THIN,
    "\u2005": "0.2222em",
    "\u2005\u200a": "0.2778em",
    "\u2009\u2063": f"-{THIN}",
}

# Where the letters of a style begin: A, a, α, 0.
STYLES = {
    "bold": (0x1D400, 0x1D41A, 0x1D6C2, 0x1D7CE),
    "bold-italic": (0x1D468, 0x1D482, 0x1D736, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0, 0x1D7E2),
    "monospace": (0x1D670, 0x1D68A, 0, 0x1D7F6),
    "double-struck": (0x1D538, 0x1D552, 0, 0x1D7D8),
    "script": (0x1D49C, 0x1D4B6, 0, 0),
}
UPRIGHT = re.compile("[^∂]")  # of one letter: names are upright anyway
OLDER = {"script": dict(zip("BEFHILMR", "ℬℰℱℋℐℒℳℛ", strict=True))} | {
    "double-struck": dict(zip("CNPQRZ", "ℂℕℙℚℝℤ", strict=True))
}


def styled(text: str, style: str) -> str:
    """Write letters in a style: Unicode has them as characters."""

    def one(letter: str) -> str:
        for start, first, last in zip(STYLES[style], "Aaα0", "Zzω9", strict=True):
            if start and first <= letter <= last:
                return chr(start + ord(letter) - ord(first))
        return letter

    return "".join(OLDER.get(style, {}).get(letter) or one(letter) for letter in text)


def simplify_table(table: Element) -> None:
    """Name the kind of a table, whose columns and rows the style sheet sets."""
    columns = table.get("columnalign", "").split()  # for readers of the EPUB
    for attribute in ("rowspacing", "columnspacing", "width"):
        table.attrib.pop(attribute, None)
    if columns[:2] == ["right", "left"]:
        table.set("class", "aligned")
    elif set(columns) == {"left"}:
        table.set("class", "cases")
    for cell in (cell for row in table for cell in row):
        if cell[0].get("displaystyle") == "true":
            table.set("displaystyle", "true")
        cell[:] = list(cell[0])  # an mstyle
        if len(cell) == 1 and cell[0].tag == "mrow":
            cell[:] = list(cell[0])
        if len(cell) and cell[0].tag == "mrow" and len(cell[0]) == 0:
            del cell[0]  # a sign that follows is between two columns
            first = next((part for part in cell if part.tag != "mspace"), None)
            if first is not None and first.tag == "mo":
                first.set("form", "infix")
    if columns[2:] == ["right", "left"] and not any(len(row[2]) for row in table if row[2:]):
        table.set("class", "aligned reasons")  # behind && stands why


def simplify(element: Element, level: int, display: bool, before: Element | None = None) -> None:
    """Write an element and all within for browsers; `level` counts indices of indices."""
    style = element.attrib.pop("mathvariant", "")
    if style in STYLES and element.text:
        element.text = styled(element.text, style)
    elif style == "normal" and element.tag == "mi" and UPRIGHT.fullmatch(element.text or ""):
        element.set("mathvariant", "normal")
    for attribute in ("separator", "fence"):
        element.attrib.pop(attribute, None)
    if element.text in SPACES:
        element.tag, element.attrib, element.text = "mspace", {"width": SPACES[element.text]}, None
    if element.tag == "mtable":
        simplify_table(element)
        level, display = 0, "displaystyle" in element.attrib
    elif element.tag == "mstyle":
        level = 0 if element.get("scriptlevel") == "0" else level
        display = element.get("displaystyle", str(display)).lower() == "true"
    elif element.tag == "mover" and element[1].text in ACCENTS:
        element[1].text = ACCENTS[element[1].text or ""]
        element[1].set("stretchy", "false")
    elif element.tag == "mover" and element[1].text == "‾":
        element.tag, element.attrib = "mrow", {"class": "over"}
        del element[1]
    elif element.tag == "msqrt":  # as high as over a digit: over a small letter its sign hangs low
        element.append(Element("mspace", {"height": "0.68em", "depth": "0.05em"}))
    for index, child in enumerate(element):
        indexed = element.tag in SCRIPTS and index > 0
        smaller = indexed or (element.tag == "mfrac" and not display)
        inside = display and not indexed and element.tag != "mfrac"
        simplify(child, level + smaller, inside, element[index - 1] if index else None)
    if element.tag in ROWS:
        # Within a row \textstyle begins another.
        space_row(element, level > 0, kind(before if element.tag == "mstyle" else None))
    if element.tag != "math":
        for index, child in enumerate(list(element)):
            if child.tag == "mrow" and len(child) == 1 and not child.attrib:
                element[index] = child[0]


def size_brackets(math: Element, html: str) -> None:
    """Give brackets the size that they have in KaTeX's HTML; those of several pieces grow."""
    sizes = [first or second for first, second in SIZE.findall(html)]
    grown = (sign for sign in math.iter("mo") if sign.text)
    signs = [sign for sign in grown if sign.get("fence") == "true" or sign.get("minsize")]
    for sign, size in zip(signs, sizes, strict=True):
        sign.attrib.pop("maxsize", None)
        if sign.attrib.pop("minsize", None) or size != "mult":
            space(sign, "0", "0")
            sign.set("stretchy", "false")
        if size and size != "mult":
            sign.set("class", size)


def letters(parts: list[Element]) -> int:
    """Count what is seen of a part of a formula."""
    return len("".join(text for part in parts for text in part.itertext()).replace(APPLIED, ""))


def pieces(math: Element) -> Iterator[list[Element]]:
    """Divide a longer formula after its relations, where a line may break; browsers break none."""
    parts = list(math)
    start = 0
    if letters(parts) > IN_ONE_LINE:
        for index, part in enumerate(parts[:-1]):
            if part.tag == "mo" and kind(part) == "relation":
                space(part, *[f"{SPACE['relation']}em"] * 2)
                yield parts[start : index + 1]
                start = index + 1
    yield parts[start:]


def spread_rows(math: Element, source: str) -> None:
    """Keep the room that an author has left between two rows: KaTeX's MathML knows of none."""
    tables = list(math.iter("mtable"))
    if len(tables) == 1:
        for row, room in zip(tables[0][1:], ROW_END.findall(source), strict=False):
            if room:
                row.set("class", "apart")


def html_of(element: Element) -> str:
    """Write an element as HTML."""
    written = tostring(element, encoding="unicode", short_empty_elements=False)
    return written.replace("</wbr>", "")


def beside(piece: Element, opening: str, closing: str) -> Element:
    """Keep punctuation in one line with a formula."""
    if not opening and not closing:
        return piece
    whole = Element("span", {"class": "whole"})
    whole.text, piece.tail = opening, closing
    whole.append(piece)
    return whole


def to_mathml(html: str, *, display: bool, opening: str = "", closing: str = "") -> str:
    """Give the formula that KaTeX wrote as HTML as MathML; `data-tex` has its source."""
    found = MATHML.search(html)
    assert found, html
    written = fromstring(found[0])
    for element in written.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
    body, annotation = written[0]
    source = " ".join((annotation.text or "").split())
    math = Element("math", {"display": "block"} if display else {})
    math[:] = list(body) if body.tag == "mrow" else [body]
    spread_rows(math, source)
    size_brackets(math, html)
    simplify(math, 0, display)
    first, *others = [list(math)] if display else pieces(math)
    math[:] = first
    math.set("data-tex", source)
    if not others:
        return html_of(beside(math, opening, closing))
    long = Element("span", math.attrib)
    math.attrib = {}
    long.append(beside(math, opening, ""))
    for parts in others:
        piece = Element("math")
        piece[:] = parts
        long.extend([Element("wbr"), beside(piece, "", closing if parts is others[-1] else "")])
    return html_of(long)
