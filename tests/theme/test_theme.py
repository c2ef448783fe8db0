"""The parts of the theme that can be tried without a browser."""

import json
import re
import unicodedata
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from sphinx.errors import ExtensionError
from sphinxcontrib import katex

import theme
from nnbook.messages import LANGUAGES, load
from theme import (
    counterparts,
    figures,
    foreign,
    headings,
    internals,
    mathematics,
    plain_formulas,
    search_index,
    site,
    strings,
    tokens,
)

ROOT = Path(__file__).resolve().parents[2]


def document(text):
    """Parse a little reStructuredText."""
    parsed = new_document("test", get_default_settings(Parser()))
    Parser().parse(text, parsed)
    return parsed


def test_style_and_renderer_of_formulas_are_of_one_version():
    css = (ROOT / "theme/book/static/katex/katex.css").read_text(encoding="utf-8")
    assert f"KaTeX {katex.katex_version} " in css.splitlines()[0].replace(",", " ")


def test_every_font_of_the_formulas_is_there():
    folder = ROOT / "theme/book/static/katex"
    css = (folder / "katex.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(")[1:]}
    assert named == {f"fonts/{path.name}" for path in (folder / "fonts").iterdir()}


def test_every_font_of_the_text_is_there_with_its_license():
    static = ROOT / "theme/book/static"
    css = (static / "book.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(fonts/")[1:]}
    assert named == {path.name for path in (static / "fonts").glob("*.woff2")}
    assert "SIL OPEN FONT LICENSE" in (static / "fonts/OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "html", "marked"),
    [
        ("en", "<p>梯度 · A slope</p>", '<p><span lang="zh-CN">梯度</span> · A slope</p>'),
        ("en", "周志华，机器学习。", '<span lang="zh-CN">周志华，机器学习</span>。'),
        ("zh", "<p>读 deep nets，再读</p>", '<p>读 <span lang="en">deep nets</span>，再读</p>'),
        ("zh", "SoftMax 与 ReLU", "SoftMax 与 ReLU"),
        ("zh", "LeCun &amp; Bengio", "LeCun &amp; Bengio"),
        ("en", '<a lang="zh">中<b>文</b></a>', '<a lang="zh">中<b>文</b></a>'),
        ("en", "<code>中<br>文</code>", "<code>中<br>文</code>"),
        ("en", '<img alt="中文">', '<img alt="中文">'),
    ],
)  # fmt: skip
def test_words_of_another_language_say_so(language, html, marked):
    assert foreign.mark(html, language) == marked


def test_a_heading_breaks_between_words_and_not_behind_its_number():
    number = '<span class="section-number">8 </span>'
    assert (
        headings.breakable(f"{number}Losses", "en") == number.replace(" </", "\u00a0</") + "Losses"
    )
    for title, broken in {
        "交叉熵与分类器的训练": "交叉熵|与分类器的|训练",
        "在网页上亲手训练一个网络": "在网页上|亲手训练|一个网络",
        "求和还是求平均：由谁决定": "求和还是求平均：由谁决定",
        "目的在于与众不同的做法吧": "目的在于与众不同的|做法吧",
    }.items():
        assert headings.breakable(title, "zh").replace("<wbr>", "|") == broken


def test_dark_picture_replaces_every_color_of_the_tokens():
    table = json.loads((ROOT / "nnlib/tokens.json").read_text(encoding="utf-8"))
    light = " ".join(token["light"].upper() for token in table.values())
    dark = " ".join(token["dark"] for token in table.values())
    assert figures.darken(light) == dark
    assert figures.darken("#123456 #fffffff url(#p0a7cad)") == "#123456 #fffffff url(#p0a7cad)"


def test_size_of_a_picture_in_pixels():
    svg = '<svg xmlns="x" width="360pt" height="252.5pt" viewBox="0 0 360 252.5">'
    assert figures.size_in_pixels(svg) == ("480px", "337px")
    assert figures.size_in_pixels("<svg viewBox='0 0 1 1'>") is None


def test_every_quantity_has_a_variable():
    css = tokens.css_variables()
    for name, token in tokens.load_tokens().items():
        assert f"--nn-{name}: light-dark({token['light']}, {token['dark']});" in css


@pytest.fixture
def formulas():
    """Give the renderer of formulas; end its process afterwards."""
    yield mathematics.to_html
    mathematics.stop_katex()
    mathematics.to_html.cache_clear()


def test_pages_are_not_written_by_forked_processes():
    """They would share the pipes of the one KaTeX, and each read what another has asked for."""
    assert theme.setup(MagicMock())["parallel_write_safe"] is False


def test_a_version_that_was_never_tried_is_refused(monkeypatch):
    internals.check()
    monkeypatch.setitem(internals.USED, "docutils", ("0.9.", "figures: `visit_image`"))
    with pytest.raises(ExtensionError, match=r"docutils 0\.\d.*tested: 0\.9\.\*.*Look at figures"):
        theme.setup(MagicMock())


def test_formula_becomes_boxes(formulas):
    inline = formulas(r"\frac{1}{2} \text{ 折线}", display=False)
    assert mathematics.BASE in inline
    assert inline.endswith(mathematics.ENDS)
    assert "katex-display" not in inline
    assert "katex-display" in formulas("x", display=True)


def test_a_short_formula_stays_in_one_line_and_a_long_one_breaks_at_relations(formulas):
    def pieces(latex):
        whole = mathematics.in_one_piece(formulas(latex, display=False))
        assert whole.count("<span") == whole.count("</span>")
        boxes = whole.split('aria-hidden="true">')[1]
        runs = re.split(r'<span class="whole">(?=<span class="base">)', boxes)
        return [run.count(mathematics.BASE) for run in runs if run]

    assert pieces("x") == [1]
    assert pieces("Z = XW + b") == [3]
    assert pieces(r"\sigma(z) (1 - \sigma(z))") == [2]
    assert pieces(r"3 \times 10^{-6}") == [2]
    assert pieces(r"L(w + h) = L(w) + h L'(w) = 0.1234 + 0.5 \times 0.6543") == [2, 2, 3]
    assert pieces("+".join("abcdefghijkl" * 3)) == [36]


def test_wrong_formula_is_refused_and_the_next_one_rendered(formulas):
    with pytest.raises(ValueError, match="Undefined control sequence"):
        formulas(r"\fraction{1}{2}", display=False)
    assert "katex" in formulas("x", display=False)


def test_punctuation_patterns():
    assert mathematics.CLOSING.match("), and")[0] == "),"
    assert mathematics.CLOSING.match(" , and") is None
    assert mathematics.OPENING.search("so (")[0] == "("
    assert mathematics.OPENING.search("so ( ") is None


def test_description_is_the_first_paragraph_cut_at_a_word():
    assert site.description(document("Title\n=====\n\nShort and\nplain.")) == "Short and plain."
    long = site.description(document("word " * 100))
    assert long.endswith("word …")
    assert len(long) <= site.DESCRIPTION_LENGTH + 2
    assert site.description(None) == ""


def test_address_of_the_published_site_follows_from_the_repository():
    repository = "https://github.com/Some/book"
    assert site.pages_address(repository) == "https://some.github.io/book/"
    assert site.pages_address(repository, "zh") == "https://some.github.io/book/zh/"


def test_editions_say_the_same():
    english = strings.strings("en")
    assert strings.strings("unknown") is english
    assert strings.strings("zh_CN") is strings.strings("zh") is not english
    assert [strings.edition_of(name) for name in (None, "fr", "zh_CN")] == ["en", "en", "zh"]
    for language in LANGUAGES:
        assert strings.strings(language).keys() == english.keys()


def test_formulas_have_a_line_of_text(formulas):
    lines = {
        r"\hat y = w_3 a_1 + b_3": "ŷ = w₃a₁ + b₃",
        r"p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}": "pᵢ = (e^zᵢ)/(∑ⱼe^zⱼ)",
        r"\frac{\partial L}{\partial w_1} = -2": "∂L/∂w₁ = −2",
        r"\operatorname{relu}(x - t)": "relu(x − t)",
        r"\ln 2": "ln 2",
        r"f'(z)\, W^{(1)}": "f′(z) W⁽¹⁾",
        r"\lambda_{\max}, \sqrt{2/d}": "λ_max, √(2/d)",
        r"\begin{aligned} z &= 1, \\ a &= 2 \end{aligned}": "z = 1; a = 2",
    }
    for latex, line in lines.items():
        text = plain_formulas.plain(formulas(latex, display=False))
        assert unicodedata.normalize("NFC", text) == line


def test_other_names_are_given_in_each_language_and_once():
    for language in LANGUAGES:
        terms = load(search_index.OTHER_NAMES, language)
        assert terms, language
        names = [name.lower() for names in terms.values() for name in names]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("page", "language", "other", "address"),
    [
        ("intro", "en", "zh", "zh/intro.html"),
        ("chapters/softmax", "en", "zh", "../zh/chapters/softmax.html"),
        ("intro", "zh", "en", "../intro.html"),
        ("chapters/softmax", "zh", "en", "../../chapters/softmax.html"),
    ],
)
def test_each_page_knows_its_counterpart(page, language, other, address):
    assert counterparts.way(page, language, other) == address
