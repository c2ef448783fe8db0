"""The linter of the path finds what it is there to find; `make lint` asks it of the book."""

import lint_path
from nnbook.chapters import CHAPTERS
from theme.reading.reading_time import sections_of


def markdown(name, text, **metadata):
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": [text]}


def code(name, source):
    return {"cell_type": "code", "id": name, "metadata": {}, "source": [source], "outputs": []}


def sections(*texts, **metadata):
    cells = [markdown(f"t{at}", text, **metadata) for at, text in enumerate(texts)]
    return sections_of({"cells": cells})


def test_each_stop_of_the_short_way_leads_somewhere():
    def found(*stops):
        way = "\n".join(f"{at}. {stop}" for at, stop in enumerate(stops, start=1))
        return list(lint_path.short_way({"cells": [markdown("short-way", way)]}))

    assert found("[](#sec-a)", "{ref}`x <sec-a>`", "[](#fig-a)") == []
    assert "has to link" in found("[](#sec-a)", "nothing")[0]


def test_the_meetings_have_every_chapter_and_its_minutes():
    def found(names, counted):
        links = ", ".join(f"[x]({name}.ipynb)" for name in names)
        return list(lint_path.meetings(f"| {links}: {{minutes}}`{' '.join(counted)}` |"))

    assert found(CHAPTERS, CHAPTERS) == []
    assert "each chapter once" in found(CHAPTERS[1:], CHAPTERS[1:])[0]
    assert "but the minutes of" in found(CHAPTERS, CHAPTERS[1:])[0]


def test_leaning_on_the_second_reading_is_found():
    more = "(sec-m)=\n## M\n\nA **{term}`saddle`**.\n\n$$ (eq-m)\nx\n$$\n\nSee `nnlib.adam`."
    path = "## P\n\nThe {term}`saddle` of {eq}`eq-m` and {numref}`sec-m`."
    cells = [markdown("m", more, tags=["more"]), markdown("p", path), code("c", "nnlib.adam(1)")]
    found = lint_path.leaning({"a": sections_of({"cells": cells})})
    assert sorted(one.partition("introduces ")[2] for one in found) == [
        "eq-m", "nnlib.adam", "term saddle",
    ]  # fmt: skip


def test_another_layer_is_found():
    one, other = {"a": sections("# A", "## B")}, {"a": sections("# A", "## B", tags=["more"])}
    assert list(lint_path.other_layers(one, one)) == []
    assert len(list(lint_path.other_layers(other, one))) == 1
    assert len(list(lint_path.other_layers({}, one))) == 1
