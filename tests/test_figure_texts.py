"""What the pack of figures reads from a page."""

import pytest

from figure_pack import attribution, described, on_page, pixels, readme, texts_of
from nnbook.messages import LANGUAGES

PAGE = """<link rel="canonical" href="https://book.example/softmax.html"><article>
<figure id="fig-steps"><a><img class="only-light" alt="Bars &lt; 1." src="../_images/a.svg?v=1"></a>
<a><img class="only-dark" alt="Bars &lt; 1." src="../_images/a-dark.svg?v=2"></a>
<figcaption><p><span class="caption-number">Figure 7.1 </span><span class="caption-text">Two
steps of
<span class="whole" data-tex="e^z"><math><mi>e</mi></math></span>.</span></p></figcaption></figure>
</article>"""


@pytest.fixture
def figure(tmp_path):
    (found,) = on_page(PAGE, tmp_path / "chapters")
    return found


def test_a_figure_has_its_words_and_its_pictures(figure, tmp_path):
    assert (figure.label, figure.number) == ("fig-steps", "Figure 7.1")
    assert figure.caption == "Two steps of $e^z$."
    assert figure.alt == "Bars < 1."
    pictures = {scheme: path.resolve() for scheme, path in figure.pictures.items()}
    images = tmp_path.resolve() / "_images"
    assert pictures == {"light": images / "a.svg", "dark": images / "a-dark.svg"}


def test_the_line_to_copy_names_figure_book_place_and_license(figure):
    for language in LANGUAGES:
        line = attribution(figure, language)
        assert line.startswith("Figure 7.1")
        assert "https://book.example/softmax.html#fig-steps" in line
        assert "CC BY 4.0" in line
        assert "{" not in line
    text = readme(texts_of({language: [figure] for language in LANGUAGES}), [*LANGUAGES])
    assert text.count("- Figure 7.1: Two steps of $e^z$.") == len(LANGUAGES)


def test_a_picture_says_what_it_shows(figure):
    svg = described('<svg width="72pt" height="36pt"><g/></svg>', figure)
    assert svg.startswith(
        '<svg width="72pt" height="36pt"><title>Bars &lt; 1.</title><desc>Figure 7.1'
    )
    assert svg.endswith("</desc><g/></svg>")


def test_what_is_no_picture_of_the_book_is_refused(tmp_path):
    with pytest.raises(ValueError, match="fig-steps must have a caption and a picture for each"):
        list(on_page(PAGE.replace("only-dark", "dark"), tmp_path))
    with pytest.raises(ValueError, match="a picture must say its size in points, got '<svg>'"):
        pixels(None, "<svg>", "light")
