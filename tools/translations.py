"""What is translated in a cell, and which cell of a translation belongs to which original cell.

A translation belongs to the words that it was made from: their digest is in its metadata. So it
follows them to another place or another id. Where the words were edited it stays with the id. A
translation that no longer belongs to a cell is a conflict for a person to settle; none is dropped.
"""

import copy
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence

import notebook_form
from nnbook.messages import LANGUAGES, ORIGINAL
from notebook_form import Cell, text_of

# What a cell was translated from: a digest of the words of the original.
SOURCE = "translated_from"
# The one word in which code cells differ: which language the book speaks.
LANGUAGE = re.compile(rf'(\bset_language\("){ORIGINAL}("\))')
# Of a code cell, what a reader reads: where its metadata have the words, below mystnb.
DESCRIBED = {"caption": "figure", "alt": "image"}


def digest_of(*words: str) -> str:
    """Return a short digest of the words of the original."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def words_of(cell: Cell) -> dict[str, str]:
    """Return what a translation changes: the text, or the caption and the alternative text."""
    if cell["cell_type"] == "markdown":
        return {"text": text_of(cell["source"])}
    described = cell["metadata"].get("mystnb", {})
    words = {place: described.get(parent, {}).get(place) for place, parent in DESCRIBED.items()}
    return {place: text for place, text in words.items() if text is not None}


def put_words(cell: Cell, words: dict[str, str]) -> None:
    """Put the words of a translation into a cell, each in the place it was found in."""
    if "text" in words:
        cell["source"] = notebook_form.lines(words["text"])
    described = cell["metadata"].get("mystnb", {})
    for place, parent in DESCRIBED.items():
        if place in words and place in described.get(parent, {}):
            described[parent][place] = words[place]


def code_in(language: str, cell: Cell) -> str | list[str]:
    """Return the code of an original cell as it appears in a translation."""
    code: str | list[str] = cell["source"]
    if isinstance(code, str):
        return LANGUAGE.sub(rf"\g<1>{language}\2", code)
    return [LANGUAGE.sub(rf"\g<1>{language}\2", line) for line in code]


def merged(original: Cell, translation: Cell | None, language: str, *, accept: bool) -> Cell:
    """Return a cell of the original with the words of its translation."""
    cell = copy.deepcopy(original)
    if cell["cell_type"] == "code":
        cell["source"] = code_in(language, cell)
    words = words_of(original)
    if words and translation is not None:
        put_words(cell, words_of(translation))
        if SOURCE in translation["metadata"]:
            cell["metadata"][SOURCE] = translation["metadata"][SOURCE]
    if words and accept:
        cell["metadata"][SOURCE] = digest_of(*words.values())
    return cell


# -- Which belong together ---------------------------------------------------------------------


def is_same(original: Cell, translation: Cell) -> bool:
    """Tell whether two cells have one id."""
    return bool(original["id"] == translation["id"])


def is_source(original: Cell, translation: Cell) -> bool:
    """Tell whether these are the words that the translation was made from."""
    words = words_of(original)
    return bool(words) and translation["metadata"].get(SOURCE) == digest_of(*words.values())


def has_place(original: Cell, translation: Cell) -> bool:
    """Tell whether all words of the translation have a place in the cell of the original."""
    return words_of(translation).keys() <= words_of(original).keys()


def paired(
    originals: Sequence[Cell], translations: Sequence[Cell]
) -> tuple[dict[str, Cell], list[Cell]]:
    """Return the translation for the id of each cell, and those that belong to none."""
    pairs: dict[str, Cell] = {}
    left = list(translations)
    both: Callable[[Cell, Cell], bool] = lambda *cells: is_same(*cells) and is_source(*cells)  # noqa: E731
    for belongs in (both, is_source, is_same):
        for cell in originals:
            found = [other for other in left if belongs(cell, other) and has_place(cell, other)]
            if found and cell["id"] not in pairs:
                pairs[cell["id"]] = found[0]
                left = [other for other in left if other is not found[0]]
    return pairs, left


def conflicts(
    originals: Sequence[Cell],
    translations: Sequence[Cell],
    language: str,
    page_of: Callable[[str], str | None],
) -> list[str]:
    """Return what a person has to settle before anything can be written, one sentence each.

    `page_of` finds the page of the original that has the words of a digest.
    """
    problems = []
    for edition, cells in (("original", originals), ("translation", translations)):
        counts = Counter(cell["id"] for cell in cells)
        problems += [
            f"cell {name}: its id occurs twice in the {edition}; give one of them another"
            for name, count in counts.items()
            if count > 1
        ]
    pairs, left = paired(originals, translations)
    known = {digest_of(*words_of(cell).values()) for cell in originals}
    lost = [cell for cell in left if is_translated(cell, language, known)]
    waiting = [cell for cell in originals if words_of(cell) and cell["id"] not in pairs]
    for cell in lost:
        source = cell["metadata"].get(SOURCE, "")
        page = page_of(source)
        if source in known:
            said = "its original has another translation already; keep one of the two"
        elif page:
            said = f"its original is in {page} now; move it there"
        else:
            said = advice(cell, originals, waiting)
        problems.append(f"cell {cell['id']}: {said}")
    return problems


def is_translated(cell: Cell, language: str, known: set[str]) -> bool:
    """Tell whether somebody's words are in a cell, not just a copy of the original's."""
    words = words_of(cell).values()
    if digest_of(*words) in known:
        return False
    letters = re.compile(f"[{LANGUAGES[language].letters}]")
    return any(words) and (SOURCE in cell["metadata"] or bool(letters.search("".join(words))))


def advice(cell: Cell, originals: Sequence[Cell], waiting: Sequence[Cell]) -> str:
    """Say why a translation has no place, and what to do."""
    same = [other for other in originals if is_same(other, cell)]
    names = ", ".join(other["id"] for other in waiting if has_place(other, cell))
    if same and not has_place(same[0], cell):
        missing = ", ".join(words_of(cell).keys() - words_of(same[0]).keys())
        reason = f"the original has no {missing} there any more"
    elif same:
        reason = "the translation of another cell fits its original better"
    else:
        reason = "its original is gone"
    here = f"give it the id of the one that says this now ({names}), or " if names else ""
    return f"{reason}; {here}move its words to where they belong and delete it"
