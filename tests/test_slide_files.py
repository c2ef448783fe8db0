"""A page becomes slides: one idea each, a question before its answer, prose for the speaker."""

import json

import pytest
from bs4 import BeautifulSoup

from nnbook import widgets
from nnbook.figures.myst import STATE_MIME, element_of
from nnbook.messages import LANGUAGES, load
from slide_files.deck import deck, digest
from slide_files.page import slides_of
from slide_files.prose import sentences
from slide_files.slide import chunks
from slides import without_paper


def stored(figure):
    return element_of(figure._repr_mimebundle_()[0][STATE_MIME])


PAGE = """<article><section id="softmax"><h1><span class="section-number">7 </span>SoftMax</h1>
<p class="facts">45 min<span class="practice-link"> · <a href="practice.html">test</a></span></p>
<p>The softmax turns numbers into probabilities.</p>
<section id="first"><h2><span class="section-number">7.1 </span>First
<a class="headerlink" href="#first">#</a></h2>
<p>Three numbers come in. Here is what comes out:</p>
<div class="math" id="eq"><div class="displayed"><math data-tex="p"><mi>p</mi></math></div>
<span class="eqno">(7.1)</span></div>
<p>It is called <a href="x.html">softmax</a>.<a class="claim" href="claims.html">30 of 30</a></p>
<div class="predict admonition"><p class="admonition-title">Predict</p><p>How much?</p>
<div class="cell"><div class="cell_output">QUESTION</div></div></div>
<div class="math"><div class="displayed"><math><mi>q</mi></math></div></div>
<details class="proof"><summary>Proof.</summary><p>Hidden away.</p></details>
<div class="cell"><div class="cell_output"><figure id="fig-steps">
<a class="only-light" href="a.svg"><img class="only-light" alt="Bars." src="a.svg"></a>
<figcaption><p><span class="caption-number">Figure 7.1 </span>
<span class="caption-text">Two steps.</span></p></figcaption></figure></div></div>
<section id="more"><details class="second-reading"><summary><h3>More</h3></summary>
<p>For later.</p></details></section>
<p><strong>Where a border runs through a gap, the start matters.</strong> So try again.</p>
</section>
<section id="second"><h2>Second</h2><div class="cell interactive"><div class="cell_output">
<figure id="fig-live">FIGURE<figcaption><p><span class="caption-text">Move it.</span></p>
</figcaption></figure></div></div>
<table><caption><span class="caption-text">Rows.</span></caption><thead><tr><th>n</th></tr></thead>
<tbody>ROWS</tbody></table></section>
<section id="summary"><h2>Summary</h2><ul><li>Short (<a href="#ex-a">exercise 1</a>).</li>
<li>Said. LONG</li></ul></section>
<section id="exercises"><h2>Exercises</h2><div class="exercise admonition">
<p class="admonition-title">Exercise 1 – Try</p><p>Do it.</p></div></section>
</section></article>"""


@pytest.fixture(scope="module")
def slides():
    page = PAGE.replace("QUESTION", stored(widgets.Predict("softmax-first")))
    page = page.replace("FIGURE", stored(widgets.SoftmaxExplorer())).replace("LONG", "Word " * 99)
    page = page.replace("ROWS", "".join(f"<tr><td>{n}</td></tr>" for n in range(15)))
    article = BeautifulSoup(page, "html.parser").article
    return slides_of(article, load("messages/slides", "en"), "en")


def test_each_part_of_the_path_has_its_slide(slides):
    assert [slide.kind for slide in slides] == [
        *("title", "points", "section", "formula", "question", "answer", "picture", "statement"),
        *("section", "live", "table", "table", "points", "points"),
    ]
    shown = "".join(slide.heading + slide.body + "".join(slide.notes) for slide in slides)
    for absent in ("Hidden away", "For later", "<mi>q</mi>", "30 of 30", "href", ' id="'):
        assert absent not in shown


def test_a_section_begins_with_a_whole_sentence_and_a_formula_with_what_leads_to_it(slides):
    title, about, section, formula, *_ = slides
    assert title.notes == ["<p>45 min</p>"]
    assert "turns numbers into probabilities" in about.body
    assert section.body == "<p>Three numbers come in.</p>"
    assert formula.body.startswith('<p class="lead">Here is what comes out:</p>')
    assert "(7.1)" in formula.body


def test_the_question_comes_first_and_the_speaker_knows_the_mistakes(slides):
    question, answer = slides[4:6]
    spec = json.loads(
        BeautifulSoup(question.body, "html.parser").select_one(".nn-figure")["data-state"]
    )
    assert spec["figure"] == "Predict"
    assert "remember" not in spec
    assert "How much?" in question.body
    assert "About two thirds" not in BeautifulSoup(question.body, "html.parser").get_text()
    assert '<p class="right">About two thirds</p>' in answer.body
    assert "<mn>0.684</mn>" in answer.body
    notes = "".join(question.notes)
    assert "It is called softmax." in notes
    assert notes.count("<li>") == 2
    assert "<b>Nearly all</b> – The largest wins" in notes


def test_prose_before_a_slide_is_in_its_notes_and_the_rest_of_a_section_in_its_last(slides):
    picture, statement = slides[6:8]
    assert '<img alt="Bars." class="only-light" src="a.svg"/>' in picture.body
    assert "<b>Figure 7.1</b> Two steps." in picture.body
    assert "the start matters." in statement.body
    assert "<p>So try again.</p>" in statement.body


def test_what_is_too_long_is_shared_out_or_shortened(slides):
    first, second, summary, exercises = slides[-4:]
    assert first.body.count("<td>") + second.body.count("<td>") == 15
    assert "<thead>" in second.body
    assert summary.body == "<ul><li>Short.</li><li>Said.</li></ul>"
    assert "Word Word" in "".join(summary.notes)
    assert exercises.body == '<ul class="titles"><li>Exercise 1 – Try</li></ul>'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two? Three", ["One.", "Two?", "Three"]),
        ("A rate of 0.5, e.g. here. Next.", ["A rate of 0.5, e.g. here.", "Next."]),
        ("<b>x</b> <strong>Bold.</strong> Next.", ["<b>x</b> <strong>Bold.</strong>", "Next."]),
        ("一句。第二句？", ["一句。", "第二句？"]),
        ("It is <span>5.</span> <i>a. b</i> ends.", ["It is <span>5.</span>", "<i>a. b</i> ends."]),
    ],
)
def test_sentences_end_outside_of_marks(text, parts):
    assert sentences(BeautifulSoup(f"<p>{text}</p>", "html.parser").p) == parts


@pytest.mark.parametrize(
    ("sizes", "shares"),
    [([1, 1, 1], [3]), ([4, 4, 4, 4], [2, 2]), ([9, 9], [1, 1]), ([30], [1]), ([3] * 7, [3, 3, 1])],
)
def test_parts_are_shared_out_to_few_slides(sizes, shares):
    parts = [str(n) for n in range(len(sizes))]
    found = chunks(parts, sizes, 10)
    assert [part for share in found for part in share] == parts
    assert [len(share) for share in found] == shares


def test_a_deck_runs_no_script_but_its_own(slides):
    speaker = digest("open(`<script>\\n\\talert(1)<\\/script>`)")
    assert speaker == "sha256-9mZMQq1laoswguZqjuMu3HHLMEl9X/lREL96upnxLbE="
    made = deck(slides, title="A & B", tag="en", foot="A", figures=["core.js"], speaker=speaker)
    page = BeautifulSoup(made, "html.parser")
    policy = page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith(f"default-src 'none'; script-src 'self' '{speaker}'; style-src")
    assert [script["src"] for script in page.find_all("script")] == [
        f"shared/{name}.js" for name in ("core", "reveal", "notes", "slides")
    ]
    assert len(page.select(".slides > section")) == len(slides)
    assert len(page.find_all("h1")) == 1
    with pytest.raises(
        ValueError, match="must have one script, got 0: look at what its new version"
    ):
        digest("nothing")


def test_all_languages_have_the_same_words():
    english, *others = (load("messages/slides", language) for language in LANGUAGES)
    assert all(other.keys() == english.keys() for other in others)


def test_a_deck_looks_on_paper_as_on_the_screen():
    style = "a { b: c }\n@media print { d { e: f } g { h: i } }\n@media screen { j { k: l } }"
    assert without_paper(style) == "a { b: c }\n\n@media screen { j { k: l } }"
