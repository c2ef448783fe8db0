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
        flat: dict[str, str] = {}
        for key, entry in load(f"{folder or 'predictions'}/{chapter}", language)[name].items():
            if isinstance(entry, dict):
                flat |= {f"{key}.{part}": text for part, text in entry.items()}
            else:
                flat[key] = entry
        found[language] = flat
    return found


def with_words(spec: dict[str, Any]) -> dict[str, Any]:
    """Return what a front end gets, with the words of the question that it names, if any.

    A notebook stores only the name; Jupyter and the page add the words with this function.
    """
    if "words" not in spec:
        return spec
    rest = {key: part for key, part in spec.items() if key != "words"}
    return rest | {"messages": words_of(spec["words"])}
