"""On the path of each page there is something to do every few minutes."""

import json
import re

import pytest

from nnbook.chapters import CHAPTERS
from nnbook.messages import ORIGINAL
from nnbook.widgets import QUESTIONS
from theme.reading.reading_time import FIGURE, figure_in, minutes_of_text, sections_after

LIMIT = 8.5
"""Minutes, by what the page itself says of its length."""
TASK = re.compile(r"^:+\{admonition\}.*\n:class: (?:try|exercise)\b", re.MULTILINE)


def stretches(notebook):
    """Yield how long the path goes on with nothing to do, and the cell that ends it.

    A question, a curve to be drawn and lines to be computed are answered on the page; a *Try*, an
    exercise, and with it a part of the reader's own network, are done. To look at a figure is not.
    """
    before = last = 0.0
    for cell, sections in sections_after(notebook):
        now = sum(section.path_minutes for section in sections)
        if sections and not sections[-1].more:
            source = "".join(cell["source"])
            task = cell["cell_type"] == "markdown" and TASK.search(source)
            if task or (cell["cell_type"] == "code" and figure_in(cell) in QUESTIONS):
                above = minutes_of_text(source[: task.start()]) if task else 0.0
                yield last + above - before, cell["id"]
                before = now
        last = now
    yield last - before, "the end"


def pages(root):
    places = (root / "intro.ipynb", *(root / f"chapters/{name}.ipynb" for name in CHAPTERS))
    return [path for path in places if path.is_file()]


def test_nowhere_on_a_path_is_there_nothing_to_do_for_long(root):
    assert ORIGINAL == "en", "the other editions take its minutes"
    long = {
        f"{path.stem}: {cell}": round(minutes, 1)
        for path in pages(root)
        for minutes, cell in stretches(json.loads(path.read_text(encoding="utf-8")))
        if minutes > LIMIT
    }
    assert long == {}, "ask something on the way (nnbook/questions/README.md)"


def text(source, *tags):
    return {"cell_type": "markdown", "id": "text", "metadata": {"tags": [*tags]}, "source": source}


def shown(name):
    data = {"application/vnd.nnlib.figure+json": {}, "text/plain": f"{name}('x')"}
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "source": "",
        "outputs": [{"data": data}],
    }


WORDS = " word" * 200  # a minute
TRY = ":::{admonition} Try\n:class: try\n\nDo.\n:::"


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([text(f"# A\n{WORDS}"), shown("Predict"), text(WORDS)], [1, 1]),
        ([text(f"# A\n{WORDS}{WORDS}"), text(f"{WORDS}\n\n{TRY}"), text(WORDS)], [3, 1]),
        ([text(f"# A\n{WORDS}"), text(f"## B\n{WORDS}", "more"), shown("Predict")], [1]),
        ([text(f"# A\n{WORDS}"), shown("ForwardPass"), shown("DrawFirst")], [1 + FIGURE, 0]),
    ],
)
def test_what_counts_as_something_to_do(cells, found):
    minutes = [minutes for minutes, _ in stretches({"cells": cells})]
    assert minutes == pytest.approx(found, abs=0.05)
