"""A table leads from every heading of the notes to the section that covers it, and one from what
they say loosely to the sections that say it exactly.
"""

import json
import re

import pytest

HEADINGS = [
    "神经网络", "预处理层", "输入层", "隐藏层", "输出层",
    "激活函数", "`ReLU` 函数", "神经元死亡", "`softplus` 函数", "`sigmoid` 函数", "梯度消失",
    "损失函数", "残差平方和", "交叉熵损失",
    "通过计算或估计损失函数最小值点来优化参数", "链式法则", "梯度下降法",
    "反向传播", "多元输入输出的神经网络", "`SoftMax` 函数", "交叉熵",
]  # fmt: skip


@pytest.fixture(scope="module")
def tables(root):
    """The cells of each row, of the headings and of what is put more exactly."""
    page = (root / "chapters/notes.md").read_text(encoding="utf-8")
    return [
        [row.strip("| ").split(" | ") for row in re.findall(r"^\| .+$", part, re.MULTILINE)][1:]
        for part in page.split("\n## ")
    ]


@pytest.fixture(scope="module")
def rows(tables):
    """Heading and place, for each row of the table."""
    return tables[0]


@pytest.fixture(scope="module")
def labels(root):
    return {
        label
        for path in (root / "chapters").glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
        for label in re.findall(r"^\(([\w-]+)\)=$", "".join(cell["source"]), re.MULTILINE)
    }


def test_every_heading_of_the_notes_has_its_row_in_their_order(rows):
    assert len(rows) == len(HEADINGS)
    for heading, (cell, _) in zip(HEADINGS, rows, strict=True):
        assert cell.replace("**", "").startswith(f"{heading} ") or cell == heading


def test_every_row_leads_to_a_section_or_chapter_that_exists(root, rows, labels):
    for heading, place in rows:
        sections = re.findall(r"<([\w-]+)>`", place)
        chapters = re.findall(r"\]\((\w+\.ipynb)\)", place)
        assert sections or chapters, heading
        assert set(sections) <= labels, heading
        assert all((root / "chapters" / chapter).exists() for chapter in chapters), heading


def test_every_correction_says_what_the_notes_say_what_is_so_and_where(tables, labels):
    assert len(tables[1]) >= 10
    for row in tables[1]:
        assert len(row) == 3
        (section,) = re.findall(r"\{numref\}`([\w-]+)`\)", row[2])
        assert section in labels
