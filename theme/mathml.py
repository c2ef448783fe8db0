"""MathML as browsers set it, from what KaTeX writes.

KaTeX's own MathML leaves to the browser what TeX decides: how wide the space beside a sign is, how
large a bracket, which letters are bold. Browsers know less of it, and each something else. So it is
written out here: spaces as TeX has them, brackets in the size that KaTeX has chosen (the font of
the formulas has them as features, tools/formula_font.py), letters as characters of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring, tostring

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

APPLIED = "\u2061"  # the invisible sign between a function and its argument
KINDS = {
    **dict.fromkeys("=≈≠≡≤≥<>≪≫←→↦⟺⟹∈∝", "relation"),
    **dict.fromkeys("+−±⋅×∗⊙", "operation"),
    **dict.fromkeys("([{⌊", "opening"),
    **dict.fromkeys(")]}⌋′!", "closing"),
    **dict.fromkeys("∑∏∫", "large"),
    **dict.fromkeys(",;", "mark"),
}
BARS = {"∣": "|", "|": "|", "∥": "‖", "‖": "‖"}
SIGNS = "+−±"
NAMES = {"cos", "exp", "ln", "log", "max", "min", "sin", "tanh"}
NOT_BEFORE_OPERATION = {"opening", "relation", "operation", "mark", "large", "name"}
SCRIPTS = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
ROWS = {"math", "mrow", "mtd", "mstyle", "msqrt"}
ACCENTS = {"^": "\u02c6", "~": "\u02dc", "ˉ": "\u00af"}
THIN = "0.1667em"
# What KaTeX writes for \, \: \; and \!
SPACES = {
    "\u2009": THIN,
    "\u2005": "0.2222em",
    "\u2005\u200a": "0.2778em",
    "\u2009\u2063": f"-{THIN}",
}
RELATION = "0.2778em"

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


def core(element: Element) -> Element:
    """Return what indices, limits and accents stand on."""
    while element.tag in SCRIPTS:
        element = element[0]
    return element


def kind(element: Element | None) -> str:
    """Tell what an element is to its neighbors; at the edge of a row is an opening."""
    if element is None:
        return "opening"
    base = core(element)
    if base.tag == "mo":
        bar = {"prefix": "opening", "postfix": "closing"}.get(base.get("form", ""), "")
        return bar if base.text in BARS else KINDS.get(base.text or "", "")
    if base.tag == "mi" and len(base.text or "") > 1:
        return "name"
    return "opening" if element.tag == "mrow" and len(element) == 0 else ""


def space(sign: Element, before: str, after: str) -> None:
    """Set the spaces beside a sign."""
    sign.set("lspace", before)
    sign.set("rspace", after)


def space_row(row: Element, small: bool) -> None:
    """Set the spaces beside the signs of a row; in indices there are none."""
    parts, bars = [part for part in row if part.tag != "mspace"], 0
    for index, part in enumerate(parts):
        sign = core(part)
        before = kind(parts[index - 1] if index else None)
        after = kind(parts[index + 1] if index + 1 < len(parts) else None)
        of_name = index > 0 and parts[index - 1].text == APPLIED
        if sign.tag != "mo" or not sign.text:
            continue
        if sign.text in BARS:
            bars += 1
            sign.text = BARS[sign.text]
            sign.set("form", "prefix" if bars % 2 else "postfix")
            sign.set("stretchy", "false")
        elif kind(part) == "large":
            bound = before in NOT_BEFORE_OPERATION
            space(
                sign, "0" if bound or small else THIN, "0" if small or after == "opening" else THIN
            )
        elif sign.get("form") == "infix":
            continue
        elif sign.text in SIGNS and (before in NOT_BEFORE_OPERATION or of_name):
            sign.set("form", "prefix")
            space(sign, "0", THIN if after == "name" and not small else "0")
        elif small and kind(part) in {"relation", "operation", "mark"}:
            space(sign, "0", "0")
        elif sign.text == "⊙":
            sign.set("largeop", "false")  # Firefox would
        elif sign.text in "…⋯":
            space(sign, "0" if before in {"opening", "mark"} else THIN, THIN)
    if not small:
        space_names(row)


def space_names(row: Element) -> None:
    """Set the spaces beside names, 2 ln x but ln(x), and beside what is in brackets."""
    parts: list[Element | None] = list(row)
    row[:] = []
    before = None
    for part, after in pairwise([*parts, None]):
        assert part is not None
        if part.text == APPLIED and after is None:
            continue
        if part.tag == "mspace":
            row.append(part)
            continue
        named = (after is not None and after.text == APPLIED) or core(part).text in NAMES
        if before is not None and before.text != APPLIED:
            beside_name = named and kind(before) in {"", "closing"}
            into = fenced(part) and kind(before) in {"", "closing", "name"}
            indexed = before.tag in SCRIPTS and core(before).text in NAMES
            out = (indexed or fenced(before)) and kind(part) in {"", "name", "mark", "large"}
            if beside_name or into or out:
                row.append(Element("mspace", width=THIN))
        row.append(part)
        before = part
        applied = part.text == APPLIED and after is not None
        if applied and kind(after) in {"", "name"} and not fenced(after):
            row.append(Element("mspace", width=THIN))


def fenced(part: Element | None) -> bool:
    """Tell whether a part is in brackets that grow with it."""
    row = None if part is None else core(part)
    return row is not None and row.tag == "mrow" and len(row) > 0 and row[0].tag == "mo"


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
            if len(cell) and cell[0].tag == "mo":
                cell[0].set("form", "infix")


def simplify(element: Element, level: int, display: bool) -> None:
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
    for index, child in enumerate(element):
        indexed = element.tag in SCRIPTS and index > 0
        smaller = indexed or (element.tag == "mfrac" and not display)
        inside = display and not indexed and element.tag != "mfrac"
        simplify(child, level + smaller, inside)
    if element.tag in ROWS:
        space_row(element, level > 0)
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
                space(part, RELATION, RELATION)
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
