"""What a page asks, as slides: the question with the figure that takes answers; the answer."""

from __future__ import annotations

import json
from typing import Any

from bs4.element import Tag

from slide_files.prose import cleaned, formula, inner, message
from slide_files.slide import Slide, Words

ADMONITION_PARTS = ("cell", "admonition-title", "held")


def live(element: Tag) -> str:
    """Return an interactive figure for a deck: it remembers nothing of those who try it."""
    spec = json.loads(str(element["data-state"]))
    spec.pop("remember", None)
    made = Tag(name="div", attrs={"class": "nn-figure", "data-state": json.dumps(spec)})
    return f'<div class="stage" data-prevent-swipe>{made}</div>'


def asked(box: Tag, heading: str, words: Words, language: str) -> list[Slide]:
    """Return a prediction as two slides, the question and then the answer; a drawing as one."""
    figure = box.select_one(".nn-figure")
    if figure is None:
        return []
    title = box.select_one(".admonition-title")
    label = f'<p class="label">{inner(title) if title else ""}</p>'
    text = "".join(
        str(cleaned(part))
        for part in box.find_all(recursive=False)
        if not {*ADMONITION_PARTS} & {*part.get_attribute_list("class")}
    )
    question = f'<div class="asked">{label}{text}</div>{live(figure)}'
    spec = json.loads(str(figure["data-state"]))
    slides = [Slide(kind="question", heading=heading, body=question)]
    if spec["figure"] == "Predict":
        slides[0].notes += mistakes(spec, words, language)
        slides.append(Slide(kind="answer", heading=heading, body=answer(spec, words, language)))
    return slides


def answer(spec: dict[str, Any], words: Words, language: str) -> str:
    """Return the right answer and its reason."""
    data, said = spec["data"], spec["messages"][language]
    right = (
        message(said[f"options.{data['answer']}"], data["values"])
        if data["kind"] == "choice"
        else formula(data["answer"])
    )
    reason = message(said["reason"], data["values"])
    return (
        f'<p class="label">{words["answer"]}</p>'
        f'<p class="right">{right}</p><p class="reason">{reason}</p>'
    )


def mistakes(spec: dict[str, Any], words: Words, language: str) -> list[str]:
    """Return a list of the wrong answers that the book expects, with the thought behind each."""
    values, said = spec["data"]["values"], spec["messages"][language]
    lines = []
    for key, text in said.items():
        part, _, name = key.partition(".")
        if part == "mistakes":
            option = said.get(f"options.{name}")
            begin = f"<b>{message(option, values)}</b> – " if option else ""
            lines.append(f"<li>{begin}{message(text, values)}</li>")
    return [f"<p>{words['mistakes']}</p><ul>{''.join(lines)}</ul>"] if lines else []
