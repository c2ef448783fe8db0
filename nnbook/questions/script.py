"""All review questions of an edition as one script, which a page loads when it asks the first.

A classic script that sets a variable also loads from a file, where a page may fetch nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nnbook.chapters import words_of
from nnbook.questions import bank
from nnbook.questions.words import surfaces

VERSION = 1
BEFORE, AFTER = "globalThis.nnlibReview=", ";\n"


def describe(name: str, language: str) -> dict[str, Any]:
    """Return what a page needs to ask a question: where it belongs, its words, its variants."""
    question = bank.find(name)
    chapter = name.partition("-")[0]
    words = words_of("questions", name, language)
    own = {key: text for key, text in words.items() if key != "in_text"}
    surfaces(own)  # refuses lists that do not fit together
    return {
        "chapter": chapter,
        "section": f"chapters/{chapter}.html#{question.section}",
        "idea": question.idea,
        "level": question.level,
        "words": {"mistakes": {}, "options": {}} | own,
        "variants": [variant.describe() for variant in question.variants],
        "text": in_the_text(name),
    }


def in_the_text(name: str) -> dict[str, Any]:
    """Return what the text asks of the same idea, and how that is judged."""
    return {
        f"{other.partition('-')[0]}-{shown}": kind.judging
        for other in bank.names()
        if name in (other, bank.find(other).again)
        for shown, kind in bank.find(other).in_text.items()
    }


def script(language: str, titles: Mapping[str, str] | None = None) -> str:
    """Return the text of ``_static/review.js``; `titles` has those of the sections by label."""
    questions = {name: describe(name, language) for name in bank.in_review()}
    for name, question in questions.items():
        if title := (titles or {}).get(bank.find(name).section):
            question["title"] = title
    data = {"version": VERSION, "questions": questions}
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{BEFORE}{text}{AFTER}"
