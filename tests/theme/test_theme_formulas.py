"""Formulas become HTML, or a line of text, and what draws them is of one version."""

import re
import unicodedata

import pytest
from sphinxcontrib import katex

from theme.formulas import plain, rendering


@pytest.fixture
def formulas():
    """Give the renderer of formulas; end its process afterwards."""
    yield rendering.to_html
    rendering.stop_katex()
    rendering.to_html.cache_clear()


def test_style_and_renderer_of_formulas_are_of_one_version(root):
    css = (root / "theme/formulas/static/katex/katex.css").read_text(encoding="utf-8")
    assert f"KaTeX {katex.katex_version} " in css.splitlines()[0].replace(",", " ")


def test_every_font_of_the_formulas_is_there(root):
    folder = root / "theme/formulas/static/katex"
    css = (folder / "katex.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(")[1:]}
    assert named == {f"fonts/{path.name}" for path in (folder / "fonts").iterdir()}


def test_formula_becomes_boxes(formulas):
    inline = formulas(r"\frac{1}{2} \text{ 折线}", display=False)
    assert rendering.BASE in inline
    assert inline.endswith(rendering.ENDS)
    assert "katex-display" not in inline
    assert "katex-display" in formulas("x", display=True)


def test_a_short_formula_stays_in_one_line_and_a_long_one_breaks_at_relations(formulas):
    def pieces(latex):
        whole = rendering.in_one_piece(formulas(latex, display=False))
        assert whole.count("<span") == whole.count("</span>")
        boxes = whole.split('aria-hidden="true">')[1]
        runs = re.split(r'<span class="whole">(?=<span class="base">)', boxes)
        return [run.count(rendering.BASE) for run in runs if run]

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
    assert rendering.CLOSING.match("), and")[0] == "),"
    assert rendering.CLOSING.match(" , and") is None
    assert rendering.OPENING.search("so (")[0] == "("
    assert rendering.OPENING.search("so ( ") is None


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
