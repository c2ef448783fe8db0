"""The linter of notation finds what it is there to find; `make lint` asks it of the book."""

import pytest

import lint_notation as lint
from nnbook.tokens import load_tokens

CHAPTERS = {"losses": {"x", "L"}, "softmax": {"x", "p"}}
TABLES = {
    "tbl-notation-symbols": [["$x$", "a number"]],
    "tbl-notation-moment": [["$L$", "something"]],
    "tbl-notation-chapters": [["$p$", "a share, in [](softmax.ipynb)"]],
}


def unlisted(tables, **editions):
    return list(lint.unlisted(TABLES | tables, {"en": CHAPTERS} | editions))


def test_letters_of_a_formula():
    text = r"$$\begin{aligned} \hat y_i &= \text{so } \tanh(W^{\mathsf T}x) \\[6pt] \end{aligned}$$"
    assert lint.letters(text) == {"y", "i", "W", "x"}
    assert lint.letters(r"$\Delta\theta \cdot 3$, `$q$` and $\frac{d L}{d z}$") == {
        "\\Delta", "\\theta", "d", "L", "z",
    }  # fmt: skip


def test_letters_and_tables_agree():
    assert unlisted({}) == []
    assert unlisted({}, zh=CHAPTERS | {"losses": {"p", "q"}}) == [
        "zh, losses: p is in no table",
        "zh, losses: q is in no table",
    ]


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("tbl-notation-chapters", ["$p$", "[](losses.ipynb)"], "p does not occur in losses"),
        ("tbl-notation-symbols", ["$q$", ""], "q occurs nowhere"),
        ("tbl-notation-symbols", ["$L$", ""], "L has a meaning both"),
    ],
)
def test_a_row_that_is_wrong_is_found(table, row, problem):
    (found,) = unlisted({table: [*TABLES[table], row]})
    assert problem in found


def test_tables_are_read_and_compared_without_their_words():
    page = ":name: tbl-a\n\n| s | m |\n|---|---|\n| $x$ | {words} [](softmax.ipynb) |\n:::\n"
    english, chinese = page.format(words="a number"), page.format(words="一个数")
    assert lint.tables(english) == {"tbl-a": [["$x$", "a number [](softmax.ipynb)"]]}
    assert lint.skeleton(english) == lint.skeleton(chinese)
    assert lint.skeleton(english) != lint.skeleton(english.replace("$x$", "$y$"))


def test_colors_and_their_table_agree():
    quantities = set(load_tokens()) - lint.NO_QUANTITY
    rows = [[f"`{name}`"] for name in quantities if not lint.CLASS.fullmatch(name)]
    rows.append(["`class0` to `class9`"])
    assert list(lint.unlisted_colors(rows)) == []
    assert [name.split()[3] for name in lint.unlisted_colors([["`ink`"], *rows])] == ["ink"]
    assert len(list(lint.unlisted_colors(rows[1:]))) == 1
    assert "`class0` to" in next(lint.unlisted_colors(rows[:-1]))


def test_colors_of_pictures():
    text = "Colors of classes in {numref}`fig-a` tell curves apart."
    assert list(lint.odd_pictures(text, [("softmax", "fig-a", {"class3", "ink"})])) == []
    found = list(lint.odd_pictures(text, [("losses", "fig-a", {"class3", "#123456"})]))
    assert found == [
        "losses, fig-a: #123456 is no color of nnlib/tokens.json",
        "notation: fig-a is listed, but has no colors of classes",
    ]
