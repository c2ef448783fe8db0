"""All review questions of an edition as one script, which a page loads when it asks the first.

A classic script that sets a variable also loads from a file, where a page may fetch nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nnbook import predictions
from nnbook.messages import load
from nnbook.review import registry

VERSION = 1
BEFORE, AFTER = "globalThis.nnlibReview=", ";\n"


def describe(name: str, language: str) -> dict[str, Any]:
    """Return what a page needs to ask a question: where it belongs, its words, its variants."""
    question = registry.find(name)
    chapter, _, own = name.partition("-")
    words = load(f"messages/review/{chapter}", language)[own]
    return {
        "chapter": chapter,
        "section": f"chapters/{chapter}.html#{question.section}",
        "idea": question.idea,
        "words": {"mistakes": {}, "options": {}} | words,
        "variants": [variant.describe() for variant in question.variants],
        "text": in_the_text(name),
    }


def in_the_text(name: str) -> dict[str, Any]:
    """Return the predictions that a review question asks again, and how they are judged."""
    asked = {one: predictions.find(one) for one in predictions.names()}
    return {
        one: predictions.judging(prediction.describe())
        for one, prediction in asked.items()
        if prediction.again == name
    }


def script(language: str, titles: Mapping[str, str] | None = None) -> str:
    """Return the text of ``_static/review.js``; `titles` has those of the sections by label."""
    questions = {name: describe(name, language) for name in registry.names()}
    for name, question in questions.items():
        if title := (titles or {}).get(registry.find(name).section):
            question["title"] = title
    data = {"version": VERSION, "questions": questions}
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{BEFORE}{text}{AFTER}"
