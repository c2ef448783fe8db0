"""Minutes and layers are counted from the notebook."""

import re

import pytest

from nnbook.figures.myst import STATE_MIME
from nnbook.messages import LANGUAGES
from nnbook.widgets import QUESTIONS
from theme.reading.reading_time import (
    EXERCISE,
    sections_of,
    spread,
    spread_of_exercises,
    spread_of_page,
    total,
)
from theme.reading.teachers import first_words, mistakes, objectives

# The same in js/test/reading.test.js.
SPREADS = [
    (0.2, (1, 2)), (1, (1, 2)), (2, (2, 3)), (6, (5, 8)), (9.9, (9, 13)), (10, (10, 15)),
    (14, (15, 20)), (21, (20, 25)), (42, (40, 55)), (46, (40, 60)), (80, (70, 105)),
]  # fmt: skip


def markdown(name, text, **metadata):
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": [text]}


def code(name, source, *outputs, **metadata):
    outputs = list(outputs)
    return {
        "cell_type": "code",
        "id": name,
        "metadata": metadata,
        "source": [source],
        "outputs": outputs,
    }


def figure(name):
    data = {STATE_MIME: {}, "text/plain": [f"{name}(1)"]}
    return {"output_type": "display_data", "data": data}


def test_minutes_are_counted():
    cells = [
        markdown("title", "(sec-a)=\n# A title\n\n" + "word " * 400),
        markdown("formula", "$$\nx = 1\n$$\n\n" + "word " * 99 + "$x^2$"),
        code("shown", "1 + 1\n\n2 + 2"),
        code("folded", "1 + 1\n" * 9, tags=["hide-input"]),
        code("hidden", "1 + 1", tags=["hide-cell"]),
        code("drawn", "widgets.A()", figure("A")),
        *(code(f"asked-{name}", f"widgets.{name}()", figure(name)) for name in QUESTIONS),
        markdown("proof", ":::{dropdown} Proof.\n:class: proof\n\n" + "word " * 199 + "\n:::"),
        markdown("solution-a-text", "word " * 200),
        code("solution-a", "1 + 1"),
    ]
    (section,) = sections_of({"cells": cells})
    path, more = total([section], 0)
    assert path == pytest.approx(2 + 2 / 200 + 1 + 0.5 + 2 * 0.1 + 0.25 + 3 + 3 * 2, abs=0.02)
    assert more == pytest.approx(1, abs=0.02)


def test_exercises_are_counted_apart_by_their_levels():
    asked = "{exercise}\n\n:::{{admonition}} Do\n:class: exercise {own}level-{level}\n:::\n"
    cells = [
        markdown("title", "# A"),
        markdown("own", asked.format(exercise="## Own", own="own ", level=1)),
        markdown("two", asked.format(exercise="## Exercises", own="", level=3)),
        markdown("more", asked.format(exercise="### More", own="", level=2), tags=["more"]),
    ]
    levels = [section.exercises for section in sections_of({"cells": cells})]
    assert levels == [[], [1], [3], [2]]
    assert spread_of_exercises([1]) == (5, 10), "at least"
    assert spread_of_exercises([1, 1, 2, 3]) == (20, 45), "22 to 44, rounded"
    assert spread_of_page(30, []) == spread(30)
    assert spread_of_page(30, [1, 1, 2, 3]) == (spread(30)[0] + 20, spread(30)[1] + 45)
    assert all(low < high for low, high in EXERCISE.values())


def test_a_comment_in_code_is_no_heading():
    text = "# A title\n\n::::{admonition} Do\n```python\n1 + 1\n# 2\n```\n::::\n\n## Next\n"
    assert [section.title for section in sections_of({"cells": [markdown("a", text)]})] == [
        "A title",
        "Next",
    ]


@pytest.mark.parametrize(("minutes", "shown"), SPREADS)
def test_minutes_are_shown_as_a_range(minutes, shown):
    assert spread(minutes) == shown


def test_a_tag_makes_a_section_and_those_inside_it_a_second_reading():
    cells = [
        markdown("title", "# A"),
        markdown("b", "(sec-b)=\n## B\n\nText.", tags=["more"]),
        markdown("c", "### C"),
        markdown("d", "## D\n\nText.\n\n### E"),
    ]
    sections = sections_of({"cells": cells})
    assert [(one.title, one.label, one.more) for one in sections] == [
        ("A", None, False), ("B", "sec-b", True), ("C", None, True), ("D", None, False),
        ("E", None, False),
    ]  # fmt: skip
    assert total(sections, 0)[1] == total(sections, 1)[1] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_teachers_read_of_a_question_is_a_line_of_text(root, language):
    known = mistakes(root / LANGUAGES[language].folder, language)
    assert len(known) > 50
    for name, found in known.items():
        lines = [found["question"], *found["options"].values(), *found["mistakes"].values()]
        assert [line for line in lines if re.search(r"[`$|]|\b(?:eq|fig|sec|tbl)-", line)] == [], (
            name
        )
        assert 5 < len(found["question"]) < 115, name


def test_what_a_chapter_is_for_stands_before_its_first_section():
    cells = [
        markdown("title", "(sec-a)=\n# A\n\nIt is about a."),
        code("figure", "# no heading"),
        markdown("goals", "You can do b."),
        markdown("first", "(sec-b)=\n## B\n\nText."),
        markdown("more", "Text."),
    ]
    lines = [line for line in objectives({"cells": cells}) if line]
    assert lines == ["It is about a.", "You can do b."]


def test_a_long_question_is_cut_between_words_or_after_a_mark():
    assert first_words("one two three", 9) == "one two …"
    assert first_words("从 150 朵里抽取，再训练一次，会怎样？", 14) == "从 150 朵里抽取， …"
    assert first_words("What is `w`?\n\n| a |\n|---|") == "What is w?"
