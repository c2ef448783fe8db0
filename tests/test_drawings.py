"""Drawings: nnlib computes each curve, every mistake has words, each question is asked once.

How a drawn curve is judged is tried in js/test/drawings.test.js.
"""

import itertools
import json
import re

import numpy as np
import pytest

from nnbook import drawings
from nnbook.drawings.drawing import PLACES, SAMPLES, TOP, Axis, Condition, Drawing
from nnbook.messages import FOLDER, LANGUAGES, ORIGINAL, load
from nnbook.predictions.words import words_of

NAMES = drawings.names()
CHAPTERS = list(dict.fromkeys(name.partition("-")[0] for name in NAMES))


def places(text, values):
    """Names in braces; between dollars only those that have a value: the rest is mini-TeX."""
    pieces = enumerate(text.split("$"))
    found = [
        {name for name in re.findall(r"\{(\w+)\}", piece) if index % 2 == 0 or name in values}
        for index, piece in pieces
    ]
    return set().union(*found)


@pytest.mark.parametrize("name", NAMES)
def test_each_drawing_is_described_in_numbers_that_fit_its_axes(name):
    drawing = drawings.find(name)
    described = json.loads(json.dumps(drawing.describe(), allow_nan=False))
    assert len(described["truth"]) == SAMPLES
    drawn = drawing.heights(drawing.curve)
    assert len(drawn) == PLACES
    seen = [y for y in described["truth"] if y is not None and drawing.y.low <= y <= drawing.y.high]
    assert len(seen) > SAMPLES / 2
    ends = sorted((drawing.x.low, drawing.x.high))
    for condition in itertools.chain(
        drawing.right, *[mistake.when for mistake in drawing.mistakes.values()]
    ):
        assert ends[0] <= condition.start <= condition.end <= ends[1]
        assert condition.above < condition.below
        assert np.isfinite([condition.above, condition.below]).any()


def test_heights_are_parts_of_the_axis():
    axis = {"symbol": "x", "low": 0, "high": 1}
    drawing = Drawing(
        x=Axis(**axis),
        y=Axis(symbol="y", low=1, high=100, log=True),
        color="loss",
        curve=lambda x: 10.0 ** (2 * x),
        right=[],
        mistakes={},
    )
    assert drawing.heights(drawing.curve) == [round(TOP * k / 24) for k in range(PLACES)]
    assert set(drawing.heights(lambda x: np.where(x < 0.5, 0.1, np.inf))) == {0, TOP}
    assert set(drawing.heights(lambda x: x * np.nan)) == {TOP}
    assert drawing.sampled(lambda x: np.where(x < 0.5, 1, np.inf))[-1] is None


def test_an_unknown_feature_or_name_is_refused():
    with pytest.raises(ValueError, match="feature must be one of"):
        Condition("slope", 0, 1)
    with pytest.raises(ValueError, match="did you mean softmax-one_logit"):
        drawings.find("softmax-one_logits")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_has_words_and_no_others(language):
    files = (FOLDER / "drawings").glob(f"*/{language}.json")
    assert sorted(path.parent.name for path in files) == sorted(CHAPTERS)
    for chapter in CHAPTERS:
        asked = [name.partition("-")[2] for name in NAMES if name.startswith(f"{chapter}-")]
        assert list(load(f"messages/drawings/{chapter}", language)) == asked


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_has_a_sentence_in_each_language(name):
    drawing = drawings.find(name)
    words = words_of(f"drawings/{name}")
    english = words.pop(ORIGINAL)
    assert set(english) == {f"mistakes.{mistake}" for mistake in drawing.mistakes} | {"reason"}
    assert len(set(english.values())) == len(english)
    quoted = set().union(*[places(text, drawing.quoted) for text in english.values()])
    assert quoted == set(drawing.quoted)
    for language, translated in words.items():
        assert set(translated) == set(english)
        for key, text in translated.items():
            assert re.search(f"[{LANGUAGES[language].letters}]", text), key
            assert places(text, drawing.quoted) == places(english[key], drawing.quoted), key


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_question_has_its_drawing_below_it(root, chapter):
    """A cell with the id alone, right below the admonition, in the order of the chapter."""
    notebook = json.loads((root / f"chapters/{chapter}.ipynb").read_text("utf-8"))
    asked = []
    for above, cell in itertools.pairwise(notebook["cells"]):
        found = re.fullmatch(r'widgets\.DrawFirst\("([\w-]+)"\)', "".join(cell["source"]))
        if not found:
            continue
        asked.append(found[1])
        assert cell["id"] == f"{found[1]}-drawing".replace("_", "-")
        assert cell["metadata"]["tags"] == ["remove-input"]
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}
        question = "".join(above["source"]).rpartition(":::{admonition}")[2]
        assert re.search(r"^:class: predict$", question, re.MULTILINE), found[1]
        assert question.endswith("\n:::"), found[1]
    assert asked == [name for name in NAMES if name.startswith(f"{chapter}-")]
