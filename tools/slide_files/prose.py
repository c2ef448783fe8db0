"""Text of a page on a slide: cleaned of what only a page has, cut where a sentence ends."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator

from bs4.element import NavigableString, PageElement, Tag

from nnbook.questions.formats import MINUS, THIN_SPACE
from theme.formulas.mathml import to_mathml
from theme.formulas.rendering import CLOSING, to_html

ONLY_ON_A_PAGE = ".headerlink, a.claim, noscript, .unfold, button"
STOP = re.compile(r"[.?!][”’)]*(?=\s|$)|[。？！][”’）]*")
CHINESE_STOP = re.compile(r"([。？！：；][”’）]*(?:</\w+>)*) ")
ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|cf|Mr|Dr|St)\.$")
FOR_KATEX = str.maketrans({MINUS: "-", THIN_SPACE: "{,}"})
FORMULA = re.compile(r"\$([^$]+)\$")
PLACE = re.compile(r"\{(\w+)\}")


def cleaned(element: Tag) -> Tag:
    """Return a copy without anchors and links: a slide is looked at, not browsed."""
    made = copy.copy(element)
    for part in made.select(ONLY_ON_A_PAGE):
        part.decompose()
    for link in made.find_all("a"):
        drop_aside(link) if "#ex-" in str(link.get("href")) else link.unwrap()
    for part in [made, *made.find_all(True)]:
        for name in ("id", "data-tex", "title", "loading"):
            del part[name]
    return made


def drop_aside(link: Tag) -> None:
    """Take away a link to an exercise if it stands alone in brackets; else only the link."""
    before, after = link.previous_sibling, link.next_sibling
    if (
        isinstance(before, NavigableString)
        and isinstance(after, NavigableString)
        and (opened := re.search(r"\s*[(（]$", before))
        and after[:1] in ")）"
    ):
        before.replace_with(before[: opened.start()])
        after.replace_with(after[1:])
        link.decompose()
    else:
        link.unwrap()


def inner(element: Tag) -> str:
    """Return the cleaned HTML inside an element."""
    return cleaned(element).decode_contents().strip()


def length(html: str) -> int:
    """Count the letters that HTML shows; a Chinese one takes the room of two."""
    text = re.sub(r"<[^>]*>", "", html)
    return len(text) + len(re.findall("[\u2e80-\uffef]", text))


def ends(html: str) -> str:
    """Return the last letter that HTML shows."""
    return re.sub(r"<[^>]*>", "", html).strip()[-1:]


def sentences(paragraph: Tag) -> list[str]:
    """Cut a paragraph where its sentences end, and never inside a formula or an emphasis."""
    found, current = [], ""
    for child in list(cleaned(paragraph).children):
        for piece, at_end in _pieces(child):
            current += piece
            if at_end and current.strip():
                found.append(current.strip())
                current = ""
    return found + ([current.strip()] if current.strip() else [])


def _pieces(node: PageElement) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a child of a paragraph, each with whether a sentence ends behind it."""
    if isinstance(node, Tag):
        stops = re.search(r"[.?!。？！][”’)）]*$", node.get_text().strip())
        yield str(node), bool(stops) and node.name in {"strong", "em", "span", "q"}
        return
    if not isinstance(node, NavigableString):
        return
    text, begin = node.output_ready(formatter="minimal"), 0
    for stop in STOP.finditer(text):
        if not ABBREVIATION.search(text[: stop.end()]):
            yield text[begin : stop.end()], True
            begin = stop.end()
    yield text[begin:], False


def opening(parts: Iterable[str], most: int) -> str:
    """Return the first sentence, and those behind it for which there is room."""
    taken: list[str] = []
    for part in parts:
        if taken and length("".join(taken)) + length(part) > most:
            break
        taken.append(part)
    return joined(taken)


def ending(parts: list[str], most: int) -> str:
    """Return the last sentence, and those before it for which there is room."""
    taken: list[str] = []
    for part in reversed(parts):
        if taken and length("".join(taken)) + length(part) > most:
            break
        taken.insert(0, part)
    return joined(taken)


def joined(parts: Iterable[str]) -> str:
    """Put sentences one behind the other; between Chinese ones there is no space."""
    return CHINESE_STOP.sub(r"\1", " ".join(parts))


def message(text: str, values: dict[str, str]) -> str:
    """Return a message of a question as HTML, with its numbers filled in."""
    filled = PLACE.sub(lambda name: str(values.get(name[1], name[0])), text)
    parts = FORMULA.split(filled)
    made = in_html(parts[0])
    for latex, text in zip(parts[1::2], parts[2::2], strict=True):
        closing = CLOSING.match(text)  # a line never begins with it
        made += formula(latex, closing[0] if closing else "")
        made += in_html(text[closing.end() if closing else 0 :])
    return made


def formula(latex: str, closing: str = "") -> str:
    """Return a formula in a line of text as MathML, with the mark behind it."""
    latex = latex.translate(FOR_KATEX)
    return to_mathml(to_html(latex, display=False), display=False, closing=closing)


def in_html(text: str) -> str:
    """Return a text with its code, between backticks, as HTML."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
