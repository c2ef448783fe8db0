"""The linter of terms finds what it is there to find; `make lint` asks it of the editions."""

import pytest

import lint_terms as lint

ENTRY = ":::{{glossary}}\n{}\n:::\n"
ENGLISH = ENTRY.format(
    "epoch\n    轮 · A.\n\nloss function\ncost function\n    损失函数，成本函数 · B."
)
CHINESE = ENTRY.format(
    "轮\n回合\n    epoch · 甲。\n\n损失函数\n成本函数\n    loss function, cost function · 乙。"
)


@pytest.fixture
def glossaries():
    return lint.glossary(ENGLISH), lint.glossary(CHINESE)


def test_entries_are_read(glossaries):
    english, chinese = glossaries
    assert english[1] == (["loss function", "cost function"], ["损失函数", "成本函数"])
    assert chinese[0] == (["轮", "回合"], ["epoch"])
    assert list(lint.unpaired(english, chinese)) == []


@pytest.mark.parametrize(
    ("edition", "before", "after"),
    [
        (0, "损失函数，成本函数", "损失函数，代价函数"),  # a word that the other glossary lacks
        (0, "轮 ·", "轮，损失函数 ·"),  # words of two entries
        (1, "epoch ·", "era ·"),
    ],
)
def test_a_term_with_another_translation_is_found(edition, before, after):
    texts = [ENGLISH, CHINESE]
    assert before in texts[edition]
    texts[edition] = texts[edition].replace(before, after)
    assert len(list(lint.unpaired(*map(lint.glossary, texts)))) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一{term}`轮`，也叫{term}`回合`", []),
        ("一{term}`轮 <损失函数>`", ["epoch", "loss function"]),
        ("一轮", ["epoch"]),
    ],
)
def test_a_cell_links_to_the_terms_of_the_original(glossaries, text, found):
    pages = [
        {"cells": [{"id": "a", "cell_type": "markdown", "source": source}]}
        for source in ("An {term}`Epochs <epoch>`.", text)
    ]
    entries, chinese = glossaries
    problems = lint.other_terms(*pages, entries, lint.paired(entries, chinese))
    assert [problem.partition("links to ")[2] for problem in problems] == found


def unwanted(line, words=()):
    stays = [{"files": {"zh/a.md": list(words)}}]
    return list(lint.unwanted({"zh/a.md": [line]}, {"平均值|早停(?!了)": "均值"}, stays))


def test_a_word_that_is_not_used_is_found_and_what_stands_instead():
    assert unwanted("这些差的均值，它早停了一轮") == []
    (found,) = unwanted("这些差的平均值")
    assert found.startswith("zh/a.md: 平均值 (instead: 均值)")


def test_an_exception_holds_for_one_word_and_has_to_be_needed():
    assert unwanted("又叫早停", ["早停"]) == []
    assert len(unwanted("又叫早停，取平均值", ["早停"])) == 1
    (found,) = unwanted("均值", ["早停"])
    assert found == "zh/a.md: 早停 is no exception, it does not occur"
