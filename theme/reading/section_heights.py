"""How high each section of a page will be, estimated from its contents.

A browser lays out only the sections near the screen (content-visibility in the style sheet). For
the others it uses the height given here, so that the scrollbar tells the truth and a reader
who comes back finds the place. Nothing is measured: words, formulas, lines of code and pictures
are counted while the book is built. A test compares with what a browser makes of it.

Lengths are in em of the text. Room between two elements is counted once, with the second.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx import addnodes
from sphinx.application import Sphinx

from theme.formulas.rendering import to_html
from theme.pages.folding import fold
from theme.reading.layers import second_reading
from theme.stages import Context, Doctree, on_page
from theme.strings import edition_of

STRUT = re.compile(r'class="strut" style="height:([\d.]+)em')
UNSEEN = re.compile(r"\\(?:text|mathrm|mathbf|left|right|frac|sqrt|hat)\b|[{}^_&\s]")
COMMAND = re.compile(r"\\[a-zA-Z]+")
ROOM = re.compile(r"--phone:([\d.-]+);--rise:([\d.-]+);--tablet:[\d.-]+;--laptop:([\d.-]+)")
TIGHT = (nodes.list_item, nodes.definition, nodes.field_body, addnodes.desc_content)
LATIN, CHINESE = 0.515, 1.0  # the width of a letter
LINE = {"zh": 1.75}  # the height of a line; elsewhere it is that of Latin letters, 1.6
FORMULA = 1.12  # the size of formulas in text


@dataclass(frozen=True)
class Screen:
    """What decides how high a text is; the width and the height of a line are in em."""

    width: float
    line: float
    pixels: int
    viewport: int
    code: float  # the size of code

    def inside(self, padding: float) -> Screen:
        """Return a screen whose text is narrower."""
        return replace(self, width=self.width - padding)


def screens(language: str) -> tuple[Screen, Screen, Screen]:
    """Return a narrow and a wide phone and a laptop, as the style sheet lays out a page there."""
    line = LINE.get(language, 1.6)
    phones = [Screen((width - 40) / 17, line, 17, width, 0.67) for width in (360, 430)]
    return phones[0], phones[1], Screen(37, line, 18, 1280, 0.8)


def width_of(node: nodes.Node) -> float:
    """Return how wide a text would be in one line."""
    if isinstance(node, nodes.math):
        return 0.6 * FORMULA * len(COMMAND.sub("x", UNSEEN.sub("", node.astext())))
    if isinstance(node, nodes.Text):
        return sum(CHINESE if letter >= "\u2e80" else LATIN for letter in node.astext())
    return sum(width_of(child) for child in node.children)


def lines(node: nodes.Node, screen: Screen, size: float = 1) -> float:
    """Return the height of a text of a size; on average a line is left a little early."""
    count = math.ceil(width_of(node) * size / (screen.width - 0.7) - 0.1)
    return max(1, count) * screen.line * size


@cache
def formula_height(latex: str) -> float:
    """Read from the boxes that KaTeX makes how high a formula is."""
    try:
        return FORMULA * max(map(float, STRUT.findall(to_html(latex, display=True))), default=1)
    except ValueError:
        return 1.5  # and a warning from those who write it


def table_height(table: nodes.table, screen: Screen) -> float:
    """Return the height of a table: a column is as wide as it needs, while there is room."""
    rows = [row.children for row in table.findall(nodes.row)]
    needs = [max(map(width_of, column)) + 1.1 for column in zip(*rows, strict=False)]
    total = 0.0
    for row in rows:
        share = min(1, screen.width / sum(needs))
        widths = [max(4.0, need * share) for need in needs]
        total += (
            0.95
            + max(
                lines(cell, screen.inside(screen.width - width), 0.92)
                for cell, width in zip(row, widths, strict=False)
            )
            * 0.91
        )
    return total + 3


def picture_height(image: nodes.image, screen: Screen) -> float:
    """Return the height of a picture, which may be narrower than it was drawn."""
    if "only-dark" in image["classes"]:
        return 0
    width, height = (
        float(image.get(side, "0px").removesuffix("px")) for side in ("width", "height")
    )
    room = (screen.width + 2) * screen.pixels
    return height * min(1, room / (width or 1)) / screen.pixels


def figure_height(room: re.Match[str], screen: Screen) -> float:
    """Return the height of an interactive figure, for which room is kept."""
    phone, rise, laptop = map(float, room.groups())
    narrow = screen.viewport < 480
    return (phone + rise * (screen.viewport - 360) if narrow else laptop) / screen.pixels


def height(node: nodes.Node, screen: Screen) -> float:
    """Return the height of an element of a page, with the room around it that is not shared."""

    def inner(screen: Screen) -> float:
        return sum(height(child, screen) for child in node.children)

    match node:
        case nodes.title() if isinstance(node.parent, nodes.Admonition):
            return 2
        case nodes.title():
            return 1.6 + lines(node, screen, 1.3) * 0.8
        case nodes.paragraph():
            return lines(node, screen) + (0.4 if isinstance(node.parent, TIGHT) else 1.1)
        case nodes.math_block():
            return formula_height(node.astext()) + 2.1
        case nodes.literal_block():
            return (node.astext().count("\n") + 1) * 1.55 * screen.code + 1.4
        case nodes.bullet_list() | nodes.enumerated_list():
            return inner(screen.inside(1.4)) + 0.5
        case HideCodeCellNode():
            return 4.2
        case fold():
            return 2.5 if "hint" in node["classes"] else 4.2
        case nodes.Admonition():
            return inner(screen) + 3.2
        case nodes.table():
            return table_height(node, screen)
        case nodes.image():
            return picture_height(node, screen)
        case nodes.reference():  # around a picture
            return inner(screen)
        case nodes.caption():
            return lines(node, screen.inside(max(0, screen.width - 33)), 0.88) + 0.75
        case nodes.figure():
            return inner(screen) + 2.9
        case nodes.container() if "tag_hide-input" in node.parent["classes"] and (
            "cell_input" in node["classes"]
        ):
            return 0
        case nodes.container() if "cell" in node["classes"]:
            return inner(screen) + 1.6
        case nodes.container() if room := ROOM.search(node.astext()):
            return figure_height(room, screen)
        case addnodes.desc_signature():
            return lines(node, screen.inside(3), 0.9) + 1
        case addnodes.desc():
            return inner(screen.inside(0.9)) + 0.3
        case nodes.term() | nodes.rubric():
            return lines(node, screen) + 0.6
        case nodes.citation():
            return lines(node, screen.inside(1.6)) + 0.7
        case nodes.section() if folded := next(iter(node.findall(second_reading)), None):
            if folded.parent is node:
                return lines(node[0], screen.inside(1.2)) + 1
        case nodes.TextElement() | nodes.raw() | addnodes.index():
            return 0
    return inner(screen)


def add_heights(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Write the heights into the sections of a page, where the style sheet reads them."""
    for chapter in doctree.children if doctree else ():
        for section in chapter.children:
            if not isinstance(section, nodes.section):
                continue
            narrow, wide, laptop = (
                height(section, screen) * screen.pixels
                for screen in screens(edition_of(app.config.language))
            )
            rise = (wide - narrow) / 70  # 430 - 360 pixels
            style = f"--phone:{narrow:.0f};--rise:{rise:.2f};--laptop:{laptop / 18:.1f}"
            opening = f'<section id="{section["ids"][0]}"'
            context["body"] = context["body"].replace(
                opening + ">", f'{opening} style="{style}">', 1
            )


def setup(app: Sphinx) -> None:
    """Connect to the build."""
    on_page(app, add_heights)
