"""Minutes and layers are counted from the notebook."""

import pytest

from nnbook.figures.myst import STATE_MIME
from nnbook.widgets import QUESTIONS
from theme.reading.reading_time import sections_of, total


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
        code("shown", "1 + 1"),
        code("hidden", "1 + 1", tags=["hide-cell"]),
        code("drawn", "widgets.A()", figure("A")),
        *(code(f"asked-{name}", f"widgets.{name}()", figure(name)) for name in QUESTIONS),
        markdown("proof", ":::{dropdown} Proof.\n:class: proof\n\n" + "word " * 199 + "\n:::"),
        markdown("solution-a-text", "word " * 200),
        code("solution-a", "1 + 1"),
    ]
    (section,) = sections_of({"cells": cells})
    path, more = total([section], 0)
    assert path == pytest.approx(2 + 2 / 200 + 0.5 + 1 + 0.5 + 3 + 3 * 1.5, abs=0.02)
    assert more == pytest.approx(1, abs=0.02)


def test_chinese_is_counted_by_its_letters():
    (section,) = sections_of({"cells": [markdown("title", "# 标题\n\n" + "字" * 330)]})
    assert section.path_minutes == pytest.approx(1, abs=0.02)


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
