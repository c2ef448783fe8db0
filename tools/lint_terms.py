"""Say which words of a translated edition are not the ones on which it has settled.

The glossary is the table of terms, and both editions have it: each entry names the words of the
other. So each term has one translation, and where a cell links to a term, the other edition's cell
links to the same one. What the translation does not write is in `terms.toml` in its folder.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from linting import ROOT, page, run
from nnbook.chapters import CHAPTERS
from nnbook.messages import LANGUAGES, ORIGINAL, TRANSLATIONS
from notebook_form import Notebook, read, text_of

GLOSSARY = re.compile(r":::\{glossary\}\n(.*?)\n:::", re.DOTALL)
AND = re.compile(r",\s*|，|、")  # between the words of the other edition
TERM = re.compile(r"\{term\}`(?:[^`<]*<([^>`]*)>|([^`]*))`")
Entries = list[tuple[list[str], list[str]]]  # own words, words of the other edition


def glossary(text: str) -> Entries:
    """Return the entries of a page, each with the words that stand before its explanation."""
    (body,) = GLOSSARY.findall(text)
    entries = []
    for entry in re.split(r"\n\n+", body.strip()):
        *own, explanation = entry.split("\n")
        entries.append((own, AND.split(explanation.strip().partition(" · ")[0])))
    return entries


def names_of(entries: Entries) -> dict[str, int]:
    """Return the place of the entry for each of its words."""
    return {word.lower(): place for place, (own, _) in enumerate(entries) for word in own}


def unpaired(original: Entries, translated: Entries) -> Iterator[str]:
    """Yield what one glossary says of the other, if that has no single entry with these words."""
    for here, there in ((original, translated), (translated, original)):
        names = names_of(there)
        for own, others in here:
            found = {names.get(word.lower()) for word in others}
            if None in found or len(found) > 1:
                yield f"glossary: {own[0]} is called {', '.join(others)}, which is not one entry"


def terms_in(text: str, names: dict[str, int]) -> set[int]:
    """Return the places of the entries to which a text links."""
    return {names[(named or shown).strip().lower()] for named, shown in TERM.findall(text)}


def paired(original: Entries, translated: Entries) -> dict[str, int]:
    """Return for the words of a translation the place of the entry in the original glossary."""
    places = names_of(original)
    return {word.lower(): places[others[0].lower()] for own, others in translated for word in own}


def other_terms(
    original: Notebook, translated: Notebook, entries: Entries, names: dict[str, int]
) -> Iterator[str]:
    """Yield the cells of two editions that do not link to the same terms."""
    there = {cell["id"]: text_of(cell["source"]) for cell in translated["cells"]}
    for cell in original["cells"]:
        if cell["cell_type"] == "markdown":
            first = terms_in(text_of(cell["source"]), names_of(entries))
            second = terms_in(there[cell["id"]], names)
            for place in sorted(first ^ second):
                yield f"{cell['id']}: only one edition links to {entries[place][0][0]}"


def texts(language: str) -> Iterator[Path]:
    """Yield the files with words of a translation: its pages, its docstrings, the messages.

    Not what the search knows: those are the words that others use.
    """
    folder = ROOT / LANGUAGES[language].folder
    for pattern in ("*.ipynb", "chapters/*.ipynb", "chapters/*.md", "chapters/*.json"):
        yield from sorted(folder.glob(pattern))
    for path in sorted((ROOT / "nnbook").rglob(f"{language}.json")):
        if path.parent.name != "search_names":
            yield path


def words_in(path: Path) -> Iterator[str]:
    """Yield the lines in which a reader finds words."""
    if path.suffix != ".ipynb":
        yield from path.read_text(encoding="utf-8").splitlines()
        return
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "markdown":
            yield from text_of(cell["source"]).splitlines()
        shown = cell["metadata"].get("mystnb", {})
        yield shown.get("figure", {}).get("caption", "")
        yield shown.get("image", {}).get("alt", "")


def unwanted(
    lines: Mapping[str, Iterable[str]], instead: Mapping[str, str], stays: list[dict[str, Any]]
) -> Iterator[str]:
    """Yield words that are not to be used, and exceptions that nothing needs."""
    allowed = {
        (name, word) for rule in stays for name, words in rule["files"].items() for word in words
    }
    needed = set()
    for name, written in lines.items():
        for line in written:
            for pattern, better in instead.items():
                for match in re.finditer(pattern, line):
                    if (name, match[0]) in allowed:
                        needed.add((name, match[0]))
                        continue
                    around = line[max(0, match.start() - 12) : match.end() + 12]
                    yield f"{name}: {match[0]} (instead: {better})  ... {around} ..."
    for name, word in sorted(allowed - needed):
        yield f"{name}: {word} is no exception, it does not occur"


def problems() -> Iterator[str]:
    """Go through the editions."""
    english = page("glossary", ORIGINAL).with_suffix(".md").read_text(encoding="utf-8")
    entries = glossary(english)
    for language in TRANSLATIONS:
        own = glossary(page("glossary", language).with_suffix(".md").read_text(encoding="utf-8"))
        found = list(unpaired(entries, own))
        yield from found
        for name in () if found else ("intro", *CHAPTERS):
            pair = read(page(name, ORIGINAL)), read(page(name, language))
            for problem in other_terms(*pair, entries, paired(entries, own)):
                yield f"{language}, {name}, {problem}"
        table = ROOT / LANGUAGES[language].folder / "terms.toml"
        rules = tomllib.loads(table.read_text(encoding="utf-8")) if table.exists() else {}
        lines = {path.relative_to(ROOT).as_posix(): words_in(path) for path in texts(language)}
        yield from unwanted(lines, rules.get("instead", {}), rules.get("stays", []))


if __name__ == "__main__":
    sys.exit(run(__doc__, problems))
