"""What the templates are told, and what becomes of the text of a page."""

import pytest
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

import lost_addresses
from theme.pages import context, counterparts, foreign, headings, joining


def document(text):
    """Parse a little reStructuredText."""
    parsed = new_document("test", get_default_settings(Parser()))
    Parser().parse(text, parsed)
    return parsed


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "<p>梯度 · A slope</p>", '<p><span lang="zh-CN">梯度</span> · A slope</p>'),
        ("en", "周志华，机器学习。", '<span lang="zh-CN">周志华，机器学习</span>。'),
        ("zh", "<p>读 deep nets，再读</p>", '<p>读 <span lang="en">deep nets</span>，再读</p>'),
        ("zh", "SoftMax 与 ReLU", "SoftMax 与 ReLU"),
        ("zh", "LeCun &amp; Bengio", "LeCun &amp; Bengio"),
        ("en", '<a lang="zh">中<b>文</b></a>', '<a lang="zh">中<b>文</b></a>'),
        ("en", "<code>中<br>文</code>", "<code>中<br>文</code>"),
        ("en", '<img alt="中文">', '<img alt="中文">'),
    ],
)  # fmt: skip
@pytest.mark.wcag("3.1.2")
def test_words_of_another_language_say_so(language, text, marked):
    assert foreign.mark(text, language) == marked


def test_a_heading_breaks_between_words_and_not_behind_its_number():
    number = '<span class="section-number">8 </span>'
    assert (
        headings.breakable(f"{number}Losses", "en") == number.replace(" </", "\u00a0</") + "Losses"
    )
    for title, broken in {
        "交叉熵与分类器的训练": "交叉熵|与分类器的|训练",
        "在网页上亲手训练一个网络": "在网页上|亲手训练|一个网络",
        "求和还是求平均：由谁决定": "求和还是求平均：由谁决定",
        "目的在于与众不同的做法吧": "目的在于与众不同的|做法吧",
    }.items():
        assert headings.breakable(title, "zh").replace("<wbr>", "|") == broken


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("叫做 **梯度** （gradient）。", "叫做梯度（gradient）。"),
        ("**阅读。** 从头读起", "阅读。从头读起"),
        ("先看 **梯度** *再看* `损失`_ 。\n\n.. _损失: x.html", "先看梯度再看损失。"),
        ("叫做 **SoftMax** 函数", "叫做 SoftMax 函数"),
        ("数 ``x`` 与 :math:`y` 之差", "数 x 与 y 之差"),
        ("**方向** 从甲 到乙", "方向从甲 到乙"),
        ("the **slope** of it", "the slope of it"),
    ],
)
def test_marks_leave_no_space_between_chinese_characters(text, shown):
    parsed = document(text)
    joining.JoinedCharacters(parsed).run()
    assert parsed[0].astext() == shown


def test_chinese_sentences_have_no_space_between_them():
    assert (
        joining.beside("需要 40 分钟。", "选读另需 5 分钟。") == "需要 40 分钟。选读另需 5 分钟。"
    )
    assert (
        joining.beside("It takes 40 minutes.", "More take 5.")
        == "It takes 40 minutes. More take 5."
    )


def test_description_is_the_first_paragraph_cut_at_a_word():
    assert context.description(document("Title\n=====\n\nShort and\nplain.")) == "Short and plain."
    long = context.description(document("word " * 100))
    assert long.endswith("word …")
    assert len(long) <= context.DESCRIPTION_LENGTH + 2
    assert context.description(None) == ""


def test_address_of_the_published_site_follows_from_the_repository():
    repository = "https://github.com/Some/book"
    assert context.pages_address(repository) == "https://some.github.io/book/"
    assert context.pages_address(repository, "zh") == "https://some.github.io/book/zh/"


@pytest.mark.parametrize(
    ("page", "language", "other", "address"),
    [
        ("intro", "en", "zh", "zh/intro.html"),
        ("chapters/softmax", "en", "zh", "../zh/chapters/softmax.html"),
        ("intro", "zh", "en", "../intro.html"),
        ("chapters/softmax", "zh", "en", "../../chapters/softmax.html"),
    ],
)
def test_each_page_knows_its_counterpart(page, language, other, address):
    assert counterparts.way(page, language, other) == address


def test_a_place_is_lost_that_is_neither_there_nor_said_to_be_elsewhere(tmp_path):
    text = '<p id="out"></p><article><p id="a"><p id="b"><h2 id="{}"><p id="id7"></article>'
    for site, anchor in (("old", "c"), ("new", "d")):
        (tmp_path / site / "chapters").mkdir(parents=True)
        for page in ("intro.html", "chapters/losses.html"):
            (tmp_path / site / page).write_text(text.format(anchor), encoding="utf-8")
    (tmp_path / "old" / "chapters" / "gone.html").write_text(text.format("c"), encoding="utf-8")
    moved = {"intro#c": "intro#d", "chapters/gone#a": "intro#a", "chapters/gone#b": "intro#b"}
    assert list(lost_addresses.lost(tmp_path / "old", tmp_path / "new", moved)) == [
        "chapters/gone#c",
        "chapters/losses#c",
    ]
