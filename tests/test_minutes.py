"""The path through the book: how long it is, and that it never leans on the second reading."""

import json
import re

import pytest

from nnbook import chapters
from nnbook.figures.myst import STATE_MIME
from nnbook.widgets import QUESTIONS
from theme.minutes import FIGURE, sections_of, total, whole_minutes

CHAPTERS = re.compile(r"file: (chapters/\w+)")
MOST = {"page": 40, "section": 10}
OTHERS = {"intro": 14, "refresher": 18, "cross_entropy": 41, "diagnosis": 41}

DEFINED = re.compile(r"\*\*\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
USED = re.compile(r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`")
EQUATION = re.compile(r"^\$\$ \(([\w-]+)\)", re.MULTILINE)
NAMED = re.compile(r"^:name: (\S+)", re.MULTILINE)
REFERENCE = re.compile(r"\{(?:eq|numref)\}`(?:[^`<]*<)?((?:eq|fig|tbl)-[\w-]+)>?`")
PUBLIC = re.compile(r"\bnnlib\.((?:[a-z]+\.)?\w+)\b")


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


def pages_of(root, edition=""):
    """Return the sections of every notebook, in the book's order."""
    names = ["intro", *CHAPTERS.findall((root / "_toc.yml").read_text(encoding="utf-8"))]
    paths = [root / edition / f"{name}.ipynb" for name in names]
    return {
        path.stem: sections_of(json.loads(path.read_text(encoding="utf-8")))
        for path in paths
        if path.exists()
    }


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


def test_the_path_is_short(root):
    long = []
    for name, sections in pages_of(root).items():
        if (minutes := whole_minutes(total(sections, 0)[0])) > OTHERS.get(name, MOST["page"]):
            long.append((name, minutes))
        for index, section in enumerate(sections):
            if (
                section.level == 2
                and (minutes := whole_minutes(total(sections, index)[0])) > MOST["section"]
            ):
                long.append((name, section.title, minutes))
    assert long == []


def test_the_short_way_is_short(root):
    """The first page promises 40 minutes from here to a network that learns."""
    cells = json.loads((root / "intro.ipynb").read_text(encoding="utf-8"))["cells"]
    (way,) = ("".join(cell["source"]) for cell in cells if cell["id"] == "short-way")
    minutes = {
        section.label: total(sections, index)[0]
        for sections in pages_of(root).values()
        for index, section in enumerate(sections)
        if section.label
    }
    stops = re.findall(r"^\d\. .*?(?:<|\(#|`)((?:sec|fig)-[\w-]+)", way, re.MULTILINE)
    assert len(stops) == len(re.findall(r"^\d\.", way, re.MULTILINE))
    figures = sum(stop.startswith("fig-") for stop in stops)
    sections = sum(minutes[stop] for stop in stops if stop.startswith("sec-"))
    assert sections + FIGURE * figures == pytest.approx(40, abs=6)


def test_four_meetings_have_room_for_every_chapter(root):
    """The plan for teachers: each chapter once, in the book's order, with its minutes."""
    minutes = {name: total(sections, 0)[0] for name, sections in pages_of(root).items()}
    plan = (root / "chapters" / "teaching.md").read_text(encoding="utf-8")
    cells = re.findall(r"\| (\[[^|]+): (\d+) minutes", plan)
    planned = [re.findall(r"(\w+)\.ipynb\)", links) for links, _ in cells]
    assert [name for names in planned for name in names] == list(chapters.CHAPTERS)
    for names, (_, said) in zip(planned, cells, strict=True):
        assert int(said) <= 80
        assert sum(minutes[name] for name in names) == pytest.approx(int(said), abs=5)


def leaning(pages):
    """List what the path uses and only the second reading introduces."""
    everything = [(name, section) for name, sections in pages.items() for section in sections]
    folded = {label for _, section in everything if section.more for label in labels_in(section)}
    found, path, more = [], set(), set()
    for name, section in everything:
        text, source = "\n".join(section.texts), "\n".join(section.codes)
        introduced = {f"term {one}" for one in DEFINED.findall(text)}
        introduced |= {f"nnlib.{one}" for one in PUBLIC.findall(text)}
        used = {f"term {one}" for one in USED.findall(text)}
        used |= {f"nnlib.{one}" for one in PUBLIC.findall(source)}
        if section.more:
            more |= (introduced | used) - path
            continue
        path |= introduced
        leans = (used & (more - path)) | (set(REFERENCE.findall(text)) & folded)
        found += [(name, section.title, one) for one in sorted(leans)]
        path |= used
    return found


def labels_in(section):
    """Return the labels of a section's equations, figures and tables."""
    patterns = (EQUATION, NAMED)
    labels = (pattern.findall(text) for text in section.texts for pattern in patterns)
    return [*section.figures, *(label for found in labels for label in found)]


def test_leaning_on_the_second_reading_is_found():
    more = "(sec-m)=\n## M\n\nA **{term}`saddle`**.\n\n$$ (eq-m)\nx\n$$\n\nSee `nnlib.adam`."
    path = "## P\n\nThe {term}`saddle` of {eq}`eq-m` and {numref}`sec-m`."
    cells = [markdown("m", more, tags=["more"]), markdown("p", path), code("c", "nnlib.adam(1)")]
    found = leaning({"a": sections_of({"cells": cells})})
    assert sorted(one for _, _, one in found) == ["eq-m", "nnlib.adam", "term saddle"]


@pytest.mark.parametrize("edition", ["", "zh"])
def test_the_path_never_leans_on_the_second_reading(root, edition):
    assert leaning(pages_of(root, edition)) == []


def test_both_editions_have_the_same_layers(root):
    english, chinese = (
        {
            name: [(one.level, one.label, one.more) for one in sections]
            for name, sections in pages_of(root, edition).items()
        }
        for edition in ("", "zh")
    )
    assert english == chinese
