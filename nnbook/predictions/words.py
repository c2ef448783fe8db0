"""The words of a question in all languages, for its front end."""

from __future__ import annotations

from typing import Any

from nnbook.messages import LANGUAGES, load


def words_of(question: str) -> dict[str, dict[str, str]]:
    """Return language -> key -> text, where a nested text has a key such as ``mistakes.median``.

    A prediction goes by its name, another question also by its folder: ``drawings/softmax-...``.
    """
    folder, _, own = question.rpartition("/")
    chapter, _, name = own.partition("-")
    found = {}
    for language in LANGUAGES:
        found[language] = flat(
            load(f"messages/{folder or 'predictions'}/{chapter}", language)[name]
        )
    return found


def flat(entry: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return the texts of nested dictionaries in one."""
    found: dict[str, str] = {}
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
    return rest | {"messages": words_of(spec["words"])}
