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


def test_a_long_page_and_a_long_section_are_found():
    pages = {"a": sections("# A", "## B\n\n" + "word " * 200 * 12, "## C\n\n" + "word " * 200 * 9)}
    assert list(lint_path.too_long(pages)) == ["a, B: 12 minutes, more than 10"]
    pages = {"intro": sections("# A", *["## B\n\n" + "word " * 200 * 8] * 2)}
    assert list(lint_path.too_long(pages)) == ["intro: its path takes 16 minutes, more than 14"]


def test_the_short_way_has_the_time_that_it_promises():
    pages = {"a": sections("(sec-a)=\n# A\n\n" + "word " * 200 * 20)}

    def found(*stops):
        way = "\n".join(f"{at}. {stop}" for at, stop in enumerate(stops, start=1))
        return list(lint_path.short_way({"cells": [markdown("short-way", way)]}, pages))

    assert found("[](#sec-a)", "{ref}`x <sec-a>`") == []
    assert found("[](#sec-a)", "[](#fig-a)") == [
        "intro: the short way takes 23 minutes, not about 40"
    ]
    assert "has to link" in found("[](#sec-a)", "[](#sec-a)", "nothing")[0]


def test_the_meetings_have_every_chapter_and_its_minutes():
    pages = {name: sections("# A\n\n" + "word " * 200 * 5) for name in CHAPTERS}

    def found(names, minutes):
        links = ", ".join(f"[x]({name}.ipynb)" for name in names)
        return list(lint_path.meetings(f"| {links}: {minutes} minutes |", pages))

    assert found(CHAPTERS, 5 * len(CHAPTERS)) == []
    assert "each chapter once" in found(CHAPTERS[1:], 60)[0]
    assert "said to take 30 minutes, not 65" in found(CHAPTERS, 30)[0]
    assert "more than 80" in found(CHAPTERS, 90)[0]


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
