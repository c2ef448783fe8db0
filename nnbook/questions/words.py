"""The words of what the text asks in all languages, for its front end."""

from __future__ import annotations

from typing import Any

from nnbook.chapters import ByName, words_of
from nnbook.messages import LANGUAGES
from nnbook.questions.bank import CALCULATIONS, DRAWINGS, PREDICTIONS, QUESTIONS
from nnbook.questions.choice import Choice

PARTS: dict[str, ByName[Any]] = {"": PREDICTIONS, "drawings": DRAWINGS, "steps": CALCULATIONS}
"""By what notebooks store: a prediction goes by its name, a drawing as ``drawings/softmax-...``."""


def words_in_text(stored: str, right: str = "") -> dict[str, dict[str, str]]:
    """Return language -> key -> text, where a nested text has a key such as ``mistakes.median``.

    The right option of a choice, if it is known, need not be found again.
    """
    folder, _, name = stored.rpartition("/")
    part = PARTS[folder]
    asked = part.find(name)
    needed = asked.words_beside(right) if right and isinstance(asked, Choice) else asked.words
    found = {}
    for language in LANGUAGES:
        texts = (
            of_prediction(name, language) if folder == "" else words_of(part.part, name, language)
        )
        found[language] = {key: text for key, text in flat(texts).items() if key in needed}
    return found


def of_prediction(name: str, language: str) -> dict[str, Any]:
    """Return the words of a prediction: its own ones, else those of its question."""
    chapter, _, own = name.partition("-")
    (question,) = (key for key, one in QUESTIONS.of(chapter).items() if own in one.in_text)
    words = on_surface(words_of("questions", f"{chapter}-{question}", language), 0)
    return {key: text for key, text in words.items() if key != "in_text"} | words.get(
        "in_text", {}
    ).get(own, {})


def surfaces(words: dict[str, Any]) -> int:
    """Return in how many wordings a question is asked: as many as each list of texts has.

    A text that is no list serves all of them.
    """
    counts = {key: len(text) for key, text in flat(words).items() if not isinstance(text, str)}
    if len(set(counts.values())) > 1 or 1 in counts.values():
        raise ValueError(
            "lists of texts must all have one text for each surface, two or more, got "
            + ", ".join(f"{key}: {count}" for key, count in counts.items())
        )
    return next(iter(counts.values()), 1)


def on_surface(words: dict[str, Any], variant: int) -> dict[str, Any]:
    """Return the words with which a variant is asked: surfaces take turns."""

    def chosen(text: Any) -> Any:
        if isinstance(text, dict):
            return on_surface(text, variant)
        return text[variant % len(text)] if isinstance(text, list) else text

    return {key: chosen(text) for key, text in words.items()}


def flat(entry: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the texts of nested dictionaries in one."""
    found: dict[str, Any] = {}
    for key, part in entry.items():
        found |= flat(part, f"{prefix}{key}.") if isinstance(part, dict) else {prefix + key: part}
    return found


def with_words(spec: dict[str, Any]) -> dict[str, Any]:
    """Return what a front end gets, with the words of the question that it names, if any.

    A notebook stores only the name; Jupyter and the page add the words with this function.
    """
    if "words" not in spec:
        return spec
    rest = {key: part for key, part in spec.items() if key != "words"}
    answer = spec.get("data", {}).get("answer", "")
    return rest | {"messages": words_in_text(spec["words"], answer)}
