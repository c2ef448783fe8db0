"""A table leads from every heading of the notes to the section that covers it."""

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
def rows(root):
    """Heading and place, for each row of the table."""
    lines = (root / "chapters/notes.md").read_text(encoding="utf-8").splitlines()
    pairs = (re.fullmatch(r"\| (.+?) \| (.+) \|", line) for line in lines)
    return [pair.groups() for pair in pairs if pair][1:]


def test_every_heading_of_the_notes_has_its_row_in_their_order(rows):
    assert len(rows) == len(HEADINGS)
    for heading, (cell, _) in zip(HEADINGS, rows, strict=True):
        assert cell.replace("**", "").startswith(f"{heading} ") or cell == heading


def test_every_row_leads_to_a_section_or_chapter_that_exists(root, rows):
    labels = {
        label
        for path in (root / "chapters").glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
        for label in re.findall(r"^\(([\w-]+)\)=$", "".join(cell["source"]), re.MULTILINE)
    }
    for heading, place in rows:
        sections = re.findall(r"<([\w-]+)>`", place)
        chapters = re.findall(r"\]\((\w+\.ipynb)\)", place)
        assert sections or chapters, heading
        assert set(sections) <= labels, heading
        assert all((root / "chapters" / chapter).exists() for chapter in chapters), heading
