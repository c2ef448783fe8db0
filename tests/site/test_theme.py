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

import theme
from nnbook.messages import LANGUAGES, load
from theme import (
    counterparts,
    figures,
    foreign,
    headings,
    internals,
    mathematics,
    mathml,
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


def test_every_font_of_the_figures_is_there():
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
    assert "GUST Font License" in (static / "fonts/GUST-FONT-LICENSE.txt").read_text("utf-8")


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


@pytest.fixture
def set_formula(formulas):
    """Give a function from LaTeX to the MathML of the site."""

    def written(latex, *, display=False, **marks):
        return mathml.to_mathml(formulas(latex, display=display), display=display, **marks)

    return written


def test_a_formula_is_one_element_with_its_source(set_formula):
    assert set_formula("x_1") == ('<math data-tex="x_1"><msub><mi>x</mi><mn>1</mn></msub></math>')
    assert set_formula("a < b", display=True) == (
        '<math display="block" data-tex="a &lt; b"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>'
    )


def test_a_short_formula_stays_in_one_line_and_a_long_one_breaks_at_relations(set_formula):
    def parts(latex):
        found = re.findall("<math.*?</math>", set_formula(latex))
        return [re.sub("<[^>]*>", "", part) for part in found]

    assert parts("Z = XW + b") == ["Z=XW+b"]
    assert parts(r"L(w + h) = L(w) + h L'(w) = 0.1234 + 0.5 \times 0.6543") == [
        *["L(w+h)=", "L(w)+hL′(w)="],
        "0.1234+0.5×0.6543",
    ]
    assert len(parts("+".join("abcdefghijkl" * 3))) == 1


def test_punctuation_stays_with_the_piece_of_a_formula_that_it_is_next_to(set_formula):
    short = set_formula("x", opening="(", closing="),")
    assert short == '<span class="whole">(<math data-tex="x"><mi>x</mi></math>),</span>'
    long = set_formula("a + b + c + d + e = f + g + h + i + j + k", closing=".")
    assert re.sub("<m.*?</math>|data-[^>]*", "|", long) == (
        '<span |>|<wbr><span class="whole">|.</span></span>'
    )


ROUND = [f'{sign} stretchy="false"' for sign in "()"]
GROWN = [f'{sign} lspace="0" rspace="0" stretchy="false"' for sign in "()"]
SUM = '∑ lspace="0" rspace="0.1667em"'
LEANING = '= lspace="0.4978em" rspace="0.2778em"'
SPACED = re.compile(r'<mo([^>]*)>([^<]*)</mo>|<mspace width="([^"]*)">')


@pytest.mark.parametrize(
    ("latex", "signs"),
    [
        ("a - b", ["−"]),
        ("a = -b", ["=", '− form="prefix" lspace="0" rspace="0"']),
        ("x_{i - 1}", ['− lspace="0" rspace="0"']),
        (r"\tfrac{m + 1}{2}", ['+ lspace="0" rspace="0"']),
        (r"2 \ln x", ["0.1667em", "\u2061", "0.1667em"]),
        (r"\ln(x)", ["\u2061", *ROUND]),
        (
            r"\lvert x \rvert",
            ['| stretchy="false" form="prefix"', '| stretchy="false" form="postfix"'],
        ),
        (r"x\,y\!", ["0.1667em", "-0.1667em"]),
        (r"G \tanh'(Z)", ["0.1667em", '′ lspace="0em" rspace="0em"', *ROUND]),
        (r"2 \left(x\right) y", ["0.1667em", *GROWN, "0.1667em"]),
        (r"V = -\sum x", [LEANING, '− form="prefix" lspace="0" rspace="0.1667em"', SUM]),
        (r"w \textstyle\sum x", [SUM.replace('"0"', '"0.1667em"')]),
        (r"\text{old} = \text{new}", ["0.2778em", "=", "0.2778em"]),
        (r"x = \textstyle\sum x", ["=", SUM]),
        (r"\begin{aligned} V &= 1 \end{aligned}", ["0.22em", '= form="infix"']),
        (r"\begin{aligned} a &\quad + b \end{aligned}", ["1em", '+ form="infix"']),
        (r"\begin{aligned} a &+ b \end{aligned}", ['+ form="infix"']),
        (r"\sum_i x_i", [SUM]),
    ],
)
def test_signs_have_the_spaces_of_tex(set_formula, latex, signs):
    found = SPACED.findall(set_formula(latex))
    assert [(sign + attributes) or width for attributes, sign, width in found] == signs


def test_brackets_have_the_size_that_katex_has_chosen(set_formula):
    def sizes(latex, **options):
        signs = re.findall(r"<mo([^>]*)>[(){]</mo>", set_formula(latex, **options))
        return [re.findall(r"size\d", sign) or "stretchy" in sign for sign in signs]

    assert sizes(r"\bigl(\Bigl( x \Bigr)\bigr)") == [["size1"], ["size2"], ["size2"], ["size1"]]
    assert sizes(r"\left(\frac{a}{b}\right)", display=True) == [["size2"]] * 2
    cases = r"\left\{ \begin{matrix} a \\ b \\ c \\ d \\ e \end{matrix} \right."
    assert sizes(cases, display=True) == [False]  # of several pieces: it grows


def test_letters_of_a_style_are_characters(set_formula):
    latex = r"\mathbf{Xb} \boldsymbol{\delta} \mathsf T \mathbb E \mathcal L \mathtt{s} \mathrm d"
    text = re.sub("<[^>]*>", "", set_formula(latex))
    assert text == "𝐗𝐛𝜹𝖳𝔼ℒ𝚜d"


def test_a_table_within_a_table_keeps_all_of_its_cells(set_formula):
    inner = r"\begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}"
    table = set_formula(rf"\begin{{aligned}} A &= {inner} \end{{aligned}}", display=True)
    text = re.sub("<[^>]*>", "", table)
    assert text == "A=(x2x¯x¯1)"
    assert table.count("<mtd>") == 6


def test_a_character_that_the_font_lacks_is_found():
    assert mathematics.lacking('<math data-tex="ℷ"><mi>x</mi><mtext>折线 ℵ</mtext></math>”') == "ℵ"


def test_columns_and_rows_of_a_table_are_named(set_formula):
    table = set_formula(
        r"\begin{aligned} a &= b \\ c &= d \\[6pt] e &= f \end{aligned}", display=True
    )
    assert 'class="aligned"' in table
    assert re.findall("<mtr[^>]*>", table) == ["<mtr>", "<mtr>", '<mtr class="apart">']


def test_wrong_formula_is_refused_and_the_next_one_rendered(formulas):
    with pytest.raises(ValueError, match="Undefined control sequence"):
        formulas(r"\fraction{1}{2}", display=False)
    assert "<math" in formulas("x", display=False)


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
