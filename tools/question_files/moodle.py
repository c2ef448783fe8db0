"""Moodle XML: questions in categories, with feedback to each mistake, hints and pictures.

The format: docs.moodle.org, *Moodle XML format*.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from question_files.items import Item, image, picture, title

PENALTY = "0.3333333"  # of a wrong try, where several are allowed: Moodle's own


def moodle(items: Iterable[Item], book: str) -> bytes:
    """Return the file; the categories are those of the chapters, in one named like the book.

    Everybody is told the reason, so the right answer says nothing of its own.
    """
    quiz = ET.Element("quiz")
    for chapter, asked in groupby(items, key=lambda item: item.chapter):
        shown = list(asked)
        category = ET.SubElement(quiz, "question", type="category")
        _text(category, "category", f"$course$/top/{book}/{title(chapter, shown[0].language)}")
        for item in shown:
            quiz.append(_question(item))
    ET.indent(quiz, " ")
    return ET.tostring(quiz, encoding="utf-8", xml_declaration=True)


def _question(item: Item) -> ET.Element:
    question = ET.Element("question", type="multichoice" if item.options else "numerical")
    _text(question, "name", item.name)
    shown = image(item, f"@@PLUGINFILE@@/{item.name}.png")
    stem = _html(question, "questiontext", item.stem + shown)
    if item.panels:
        file = ET.SubElement(stem, "file", name=f"{item.name}.png", path="/", encoding="base64")
        file.text = b64encode(picture(item)).decode()
    _html(question, "generalfeedback", f"<p>{item.reason}</p>")
    ET.SubElement(question, "defaultgrade").text = "1"
    ET.SubElement(question, "penalty").text = PENALTY
    ET.SubElement(question, "hidden").text = "0"
    ET.SubElement(question, "idnumber").text = item.name
    if item.options:
        ET.SubElement(question, "single").text = "true"
        ET.SubElement(question, "shuffleanswers").text = "true"
        ET.SubElement(question, "answernumbering").text = "none"
    for option in item.options:
        answer = ET.SubElement(question, "answer", fraction=_share(option.right), format="html")
        ET.SubElement(answer, "text").text = option.text
        _html(answer, "feedback", "" if option.right else option.feedback)
    for one in item.answers:
        answer = ET.SubElement(
            question, "answer", fraction=_share(one.right), format="moodle_auto_format"
        )
        ET.SubElement(answer, "text").text = f"{one.middle:.9g}"
        _html(answer, "feedback", "" if one.right else one.feedback)
        ET.SubElement(answer, "tolerance").text = f"{one.tolerance:.9g}"
    _html(question, "hint", f"<p>{item.hint}</p>")
    tags = ET.SubElement(question, "tags")
    for tag in (item.chapter, item.level):
        _text(tags, "tag", tag)
    return question


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(ET.SubElement(parent, name), "text").text = text


def _html(parent: ET.Element, name: str, text: str) -> ET.Element:
    part = ET.SubElement(parent, name, format="html")
    ET.SubElement(part, "text").text = text
    return part


def _share(right: bool) -> str:
    return "100" if right else "0"
