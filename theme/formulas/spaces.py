"""The spaces that TeX has beside the signs of a formula, written into its MathML.

Browsers have a table of operators of their own, which differs from TeX's, and from browser to
browser: what matters is said at each sign.
"""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

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
# By how much an italic letter leans over what follows; browsers know it only of large operators.
LEANING = {"F": 0.14, "P": 0.14, "T": 0.14, "V": 0.22, "W": 0.14, "Y": 0.22}
THIN = "0.1667em"
SPACE = {"relation": 0.2778, "operation": 0.2222}


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


def space_row(row: Element, small: bool, edge: str) -> None:
    """Set the spaces beside the signs of a row, at whose edge is a kind; in indices are none."""
    parts, bars = [part for part in row if part.tag != "mspace"], 0
    for index, part in enumerate(parts):
        sign = core(part)
        before = kind(parts[index - 1]) if index else edge
        after = kind(parts[index + 1] if index + 1 < len(parts) else None)
        of_name = index > 0 and parts[index - 1].text == APPLIED
        if sign.tag != "mo" or not sign.text:
            continue
        if row.tag == "math" and len(parts) == 1:  # a sign that the text speaks of
            space(sign, "0", "0")
        elif sign.text in BARS:
            bars += 1
            sign.text = BARS[sign.text]
            sign.set("form", "prefix" if bars % 2 else "postfix")
            sign.set("stretchy", "false")
        elif kind(part) == "large":
            space(sign, "0", "0")  # WebKit would set its spaces between it and its index
            if not small and after != "opening":
                row.insert(list(row).index(part) + 1, Element("mspace", width=THIN))
            if not small and before not in NOT_BEFORE_OPERATION:
                row.insert(list(row).index(part), Element("mspace", width=THIN))
        elif (
            sign.text in SIGNS
            and sign.get("form") != "infix"
            and (before in NOT_BEFORE_OPERATION or of_name)
        ):
            sign.set("form", "prefix")
            space(sign, "0", THIN if after in {"name", "large"} and not small else "0")
        elif small and kind(part) in {"relation", "operation", "mark"}:
            space(sign, "0", "0")
        elif kind(part) in SPACE and part is sign:
            width = SPACE[kind(part)]
            leaning = LEANING.get(parts[index - 1].text or "", 0) if index else 0
            if leaning:
                space(sign, f"{width + leaning:.4f}em", f"{width}em")
            if all(each.tag == "mtext" for each in parts if each is not sign):
                row.insert(list(row).index(sign), Element("mspace", width=f"{width}em"))
                row.insert(list(row).index(sign) + 1, Element("mspace", width=f"{width}em"))
            if sign.text == "⊙":
                sign.set("largeop", "false")  # Firefox would
        elif sign.text in "…⋯":
            space(sign, "0" if before in {"opening", "mark"} else THIN, THIN)
    if row.tag == "mtd" and parts and parts[-1].text in LEANING:
        row.append(Element("mspace", width=f"{LEANING[parts[-1].text]}em"))
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
    if row is None or row.tag != "mrow" or len(row) == 0:
        return False
    return row[0].tag == "mo" and kind(row[0]) == "opening"
