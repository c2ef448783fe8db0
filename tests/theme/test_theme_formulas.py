"""Formulas become MathML, with the spaces and sizes of TeX, or a line of text."""

import re
import unicodedata

import pytest

from theme.formulas import mathml, plain, rendering


@pytest.fixture
def formulas():
    """Give the renderer of formulas; end its process afterwards."""
    yield rendering.to_html
    rendering.stop_katex()
    rendering.to_html.cache_clear()


def test_every_font_of_the_figures_is_there(root):
    folder = root / "theme/formulas/static/katex"
    css = (folder / "katex.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(")[1:]}
    assert named == {f"fonts/{path.name}" for path in (folder / "fonts").iterdir()}


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
SUM = ['∑ lspace="0" rspace="0"', "0.1667em"]
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
        (r"V = -\sum x", [LEANING, '− form="prefix" lspace="0" rspace="0.1667em"', *SUM]),
        (r"w \textstyle\sum x", ["0.1667em", *SUM]),
        (r"\text{old} = \text{new}", ["0.2778em", "=", "0.2778em"]),
        (r"x = \textstyle\sum x", ["=", *SUM]),
        (r"\begin{aligned} V &= 1 \end{aligned}", ["0.22em", '= form="infix"']),
        (r"\begin{aligned} a &\quad + b \end{aligned}", ["1em", '+ form="infix"']),
        (r"\begin{aligned} a &+ b \end{aligned}", ['+ form="infix"']),
        (r"\sum_i x_i", SUM),
        (r"\times", ['× lspace="0" rspace="0"']),
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


def test_a_root_is_as_high_over_a_small_letter_as_over_a_digit(set_formula):
    assert "<mspace height=" in set_formula(r"\sqrt{n}")
    assert "<mspace height=" in set_formula(r"\sqrt{2}")


def test_a_table_within_a_table_keeps_all_of_its_cells(set_formula):
    inner = r"\begin{pmatrix} \overline{x^2} & \bar x \\ \bar x & 1 \end{pmatrix}"
    table = set_formula(rf"\begin{{aligned}} A &= {inner} \end{{aligned}}", display=True)
    text = re.sub("<[^>]*>", "", table)
    assert text == "A=(x2x¯x¯1)"
    assert table.count("<mtd>") == 6


def test_a_character_that_the_font_lacks_is_found():
    assert rendering.lacking('<math data-tex="ℷ"><mi>x</mi><mtext>折线 ℵ</mtext></math>”') == "ℵ"


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
    assert rendering.CLOSING.match("), and")[0] == "),"
    assert rendering.CLOSING.match(" , and") is None
    assert rendering.OPENING.search("so (")[0] == "("
    assert rendering.OPENING.search("so ( ") is None


@pytest.mark.wcag("1.1.1")
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
        text = plain.plain(formulas(latex, display=False))
        assert unicodedata.normalize("NFC", text) == line
