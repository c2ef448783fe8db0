"""Valid HTML that assistive technology understands, where packages in between write something else.

Each part repairs one thing; the tests of the site (html-validate, axe) say when it is not needed.
"""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Generic, Keyword, Number, Operator, String, _TokenType
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from theme.formulas.plain import plain
from theme.formulas.rendering import to_html
from theme.stages import Context, Doctree, on_page
from theme.strings import strings

PERMALINK = re.compile(r'(?<=<a class="headerlink" )(href="[^"]*") title="[^"]*"')
WITHOUT_SPACES = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]{5}")  # Chinese, with its punctuation
PHRASE = 12  # letters, or four Chinese characters: as many bytes
NETWORK = re.compile(r"(\b\d+(?:-\d+)+\b)")
NOT_PROSE = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
COLORED = (Comment, Keyword, Operator.Word, String, Number, Generic.Prompt, Generic.Output)


class ColoredFormatter(HtmlFormatter):  # type: ignore[misc]  # no types there
    """Mark only the tokens that the style sheet colors.

    A chapter has thousands of names and brackets, and a phone lays out each element.
    """

    def _get_css_classes(self, ttype: _TokenType) -> str:
        """Return the classes of a kind of token; without any, it gets no element."""
        classes: str = super()._get_css_classes(ttype)
        return classes if any(ttype in kind for kind in COLORED) else ""


def color_less(app: Sphinx) -> None:
    """Let the builder write code with fewer elements."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.highlighter.formatter = ColoredFormatter


class ListsOutOfParagraphs(SphinxPostTransform):
    """Take lists out of the paragraphs that Sphinx puts around several return values."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Replace such a paragraph by what it holds."""
        for paragraph in list(self.document.findall(nodes.paragraph)):
            if any(isinstance(child, nodes.bullet_list) for child in paragraph.children):
                paragraph.replace_self(paragraph.children)


class NetworksInOneLine(SphinxPostTransform):
    """Keep the name of a network in one line: at 64-32-10 there are two hyphens to break it at."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Put it into an element that does not break."""
        for text in list(self.document.findall(nodes.Text)):
            parts = NETWORK.split(text.astext())
            if len(parts) == 1 or isinstance(text.parent, NOT_PROSE):
                continue
            pieces: list[nodes.Node] = [nodes.Text(part) for part in parts]
            pieces[1::2] = [
                nodes.inline("", part, classes=["network-name"]) for part in parts[1::2]
            ]
            text.parent.replace(text, pieces)


def visit_hidden_code(writer: HTML5Translator, node: HideCodeCellNode) -> None:
    """Open a cell that folds whole: in a summary may be no paragraph."""
    writer.body.append(f"<details><summary>{writer.encode(node['prompt_show'])}</summary>\n")


def depart_hidden_code(writer: HTML5Translator, node: HideCodeCellNode) -> None:
    """Close it."""
    writer.body.append("</details>\n")


def visit_citation(writer: HTML5Translator, node: nodes.citation) -> None:
    """Open an item of the bibliography: docutils gives it a role that ARIA has given up."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        writer.body.append('<ul class="citation-list">\n')
    writer.body.append(writer.starttag(node, "li", classes=["citation"]))


def depart_citation(writer: HTML5Translator, node: nodes.citation) -> None:
    """Close it."""
    writer.body.append("</li>\n")
    if not isinstance(node.next_node(descend=False, siblings=True), nodes.citation):
        writer.body.append("</ul>\n")


class TablesOfWords(SphinxPostTransform):
    """Find the tables with five columns or more, three of them of words: too wide for a phone.

    There each row becomes a block (text.css), and each cell needs the name of its column.
    """

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Mark them."""
        for table in self.document.findall(nodes.table):
            head, *rows = table.findall(nodes.row)
            columns = [
                [len(cell.astext().encode()) for cell in column]
                for column in zip(*rows, strict=True)
            ]
            if len(head) < 5 or sum(max(column) >= PHRASE for column in columns) < 3:
                continue
            table["classes"].append("wordy")
            for row in rows:
                for cell, name in zip(row, head, strict=True):
                    cell["label"] = "".join(
                        plain(to_html(text, display=False))
                        if isinstance(text.parent, nodes.math)
                        else text
                        for text in name.findall(nodes.Text)
                    )


def visit_entry(writer: HTML5Translator, node: nodes.entry) -> None:
    """Open a cell: an empty corner of a table is no header, and a Chinese phrase needs room.

    It may be broken anywhere, so that a narrow page would leave it a single character per line.
    """
    if WITHOUT_SPACES.search(node.astext()):
        node["classes"].append("phrase")
    HTML5Translator.visit_entry(writer, node)
    if "label" in node:
        label = f' data-label="{escape(node["label"])}">'
        writer.body[-1] = label.join(writer.body[-1].rsplit(">", 1))
    if not node.astext().strip() and writer.body[-1].startswith("<th"):
        writer.body[-1] = "<td" + writer.body[-1].removeprefix("<th")
        writer.context[-1] = "</td>\n"


def depart_entry(writer: HTML5Translator, node: nodes.entry) -> None:
    """Close it."""
    HTML5Translator.depart_entry(writer, node)


def name_permalinks(app: Sphinx, pagename: str, context: Context, doctree: Doctree) -> None:
    """Name the links to places in the page's language: Sphinx's Chinese has no words for them."""
    if "body" in context:
        name = strings(app.config.language)["permalink"]
        context["body"] = PERMALINK.sub(rf'\1 title="{name}"', context["body"])


def setup(app: Sphinx) -> None:
    """Register what replaces the writers of other packages."""
    app.connect("builder-inited", color_less)
    on_page(app, name_permalinks)
    app.add_post_transform(ListsOutOfParagraphs)
    app.add_post_transform(NetworksInOneLine)
    app.add_post_transform(TablesOfWords)
    writers = {
        HideCodeCellNode: (visit_hidden_code, depart_hidden_code),
        nodes.citation: (visit_citation, depart_citation),
        nodes.entry: (visit_entry, depart_entry),
    }
    for node, html in writers.items():
        app.add_node(node, override=True, html=html)
