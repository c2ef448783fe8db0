"""Formulas as a line of text, where no markup can be: read from the MathML that KaTeX writes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

MATHML = re.compile(r"<math.*?</math>", re.DOTALL)
RELATION = re.compile(r"\s*([=≈≠≡≤≥<>≪≫←→↦⟺⟹∈∝⋅×+−])\s*")
SIGN = re.compile(r"(^|[(\[{^_/∣]|[=≈≤≥<>←→↦⋅,;] )\s*([+−]) ")
SINGLE = re.compile(r"∂?[\w.]*[\u0300-\u036f′⁰-₟]*|\([^()]*\)|∗")
RAISED = str.maketrans("0123456789+−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+−()ijkn", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖₙ")
ACCENTS = {"^": "\u0302", "~": "\u0303", "ˉ": "\u0304", "‾": "\u0304"}
APPLIED = "\u2061"  # the invisible sign between a function and its argument


def grouped(text: str) -> str:
    """Put brackets around what is more than one symbol or number."""
    return text if SINGLE.fullmatch(text) else f"({text})"


def script(base: str, index: str, small: dict[int, int], mark: str) -> str:
    """Write an index in small characters if they exist, else after a mark."""
    if all(ord(character) in small for character in index):
        return base + index.translate(small)
    return base + (index if set(index) == {"′"} else mark + grouped(index))


def line(element: ElementTree.Element) -> str:
    """Give an element of MathML as text."""
    name = element.tag.rpartition("}")[2]
    parts = [line(child) for child in element]
    match name:
        case "annotation":  # the formula as LaTeX
            return ""
        case "mfrac":
            return f"{grouped(parts[0])}/{grouped(parts[1])}"
        case "msqrt":
            return "√" + grouped("".join(parts))
        case "mover" if parts[1] in ACCENTS:
            return parts[0] + ACCENTS[parts[1]]
        case "msub" | "munder":
            return script(parts[0], parts[1], LOWERED, "_")
        case "msup" | "mover":
            return script(parts[0], parts[1], RAISED, "^")
        case "msubsup" | "munderover":
            return script(script(parts[0], parts[1], LOWERED, "_"), parts[2], RAISED, "^")
        case "mtable":
            return "; ".join(part.rstrip(" ,;") for part in parts)
        case "mtd":
            return "".join(parts) + " "
        case "mo" if element.get("separator"):
            return f"{element.text} "
    return (element.text or "") + "".join(parts)


def plain(html: str) -> str:
    """Give the formula that KaTeX wrote as HTML as a line of text."""
    found = MATHML.search(html)
    text = line(ElementTree.fromstring(found[0])) if found else ""
    text = RELATION.sub(r" \1 ", re.sub(f"{APPLIED}(?=[(])", "", text).replace(APPLIED, " "))
    return SIGN.sub(r"\1\2", " ".join(text.split()))
